"""The check list before a month closes: each line passes, warns or fails, and names its evidence."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import lru_cache
from typing import Any

from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.resources_dir import resource
from village_ledger.services import openings, prepaid, project_funds, recurring
from village_ledger.services.bank_check import bank_checks
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.storage.reader import Reader


@lru_cache(maxsize=1)
def year_end_rules() -> dict[str, Any]:
    """Year-end accounts and those that must be empty (rules/year_end.toml)."""
    return tomllib.loads(resource("rules", "year_end.toml").read_text(encoding="utf-8"))


def check_list(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Everything looked at before ``month`` closes, in the order of the trade (规范 art. 63)."""
    return [
        _in_order(reader, ledger, month),
        _unposted(reader, ledger, month),
        _numbers(reader, ledger, month),
        _money(reader, ledger, month, Money.CASH, Verdict.FAIL),
        _money(reader, ledger, month, Money.BANK, Verdict.WARN),
        _balanced(reader, ledger, month),
        *openings.closing_check(reader, ledger, month),
        *_mirrors(reader, month),
        *_must_be_empty(reader, ledger, month),
        _second_review(reader, ledger, month),
        *bank_checks(reader, ledger, month),
        *prepaid.check_items(reader, ledger, month),
        *recurring.check_items(reader, ledger, month),
        *project_funds.check_items(reader, ledger, month),
    ]


def _in_order(reader: Reader, ledger: str, month: Month) -> CheckItem:
    earlier = [m for m in reader.months(ledger) if m.month < month and m.state.accepts_vouchers]
    if earlier:
        names = tuple(str(m.month) for m in earlier)
        return CheckItem("K1", Verdict.FAIL, f"前面还有 {len(earlier)} 个月没有结账。", names)
    return CheckItem("K1", Verdict.PASS, "前面各月都已结账。")


def _unposted(reader: Reader, ledger: str, month: Month) -> CheckItem:
    waiting = [
        v
        for v in reader.vouchers_by_id(reader.unposted_ids(ledger, month.last.isoformat()))
        if v.ref.month == month
    ]
    if waiting:
        return CheckItem(
            "K2", Verdict.FAIL, f"有 {len(waiting)} 张凭证没有记账。", tuple(str(v.ref) for v in waiting)
        )
    return CheckItem("K2", Verdict.PASS, "凭证全部记账。")


def _numbers(reader: Reader, ledger: str, month: Month) -> CheckItem:
    gaps = [g for g in reader.gaps(ledger) if g.month == month]
    if gaps:
        return CheckItem("K3", Verdict.FAIL, "凭证断号。", tuple(f"缺 {g.word}-{g.first:04d}" for g in gaps))
    return CheckItem("K3", Verdict.PASS, "凭证号连续。")


def _money(reader: Reader, ledger: str, month: Month, kind: Money, verdict: Verdict) -> CheckItem:
    rule, name = ("K4", "库存现金") if kind is Money.CASH else ("K5", "银行存款")
    low: list[str] = []
    for account in reader.money_accounts(ledger):
        if account.money is not kind:
            continue
        balance = reader.balance_before(ledger, [account.code], month.first)
        for day, debit, credit, _ in reader.ledger_days(ledger, [account.code], Span.of_month(month)):
            balance += debit - credit
            if balance < 0:
                low.append(f"{day} {account.code} {account.name} {format_fen(balance)}")
    if low:
        return CheckItem(rule, verdict, f"{name}有 {len(low)} 天日终小于零。", tuple(low))
    return CheckItem(rule, Verdict.PASS, f"{name}每天日终都不小于零。")


def _balanced(reader: Reader, ledger: str, month: Month) -> CheckItem:
    turnovers = reader.turnovers(ledger, Span.of_month(month))
    off = [
        words
        for words, debit, credit in (
            ("期初", sum(t.opening_debit for t in turnovers), sum(t.opening_credit for t in turnovers)),
            ("本期", sum(t.debit for t in turnovers), sum(t.credit for t in turnovers)),
            ("期末", sum(t.closing_debit for t in turnovers), sum(t.closing_credit for t in turnovers)),
        )
        if debit != credit
    ]
    if off:
        return CheckItem("K6", Verdict.FAIL, f"试算不平：{'、'.join(off)}借贷不等。")
    return CheckItem("K6", Verdict.PASS, "试算平衡。")


def _mirrors(reader: Reader, month: Month) -> list[CheckItem]:
    """The two ledgers say the same of each other: 112 = 2202 and 211 = 1122 (committee_ledger, checks)."""
    village = reader.main_ledgers()
    if village is None:
        return []
    collective, committee = village
    after = month.last + timedelta(days=1)
    chart = reader.chart(committee.code)
    if "2202" not in chart:
        return []
    items: list[CheckItem] = []
    for ours, theirs, words in (
        ("112", "2202", "集体应收村委会款和村委会应付集体款"),
        ("211", "1122", "集体应付村委会款和村委会应收集体款"),
    ):
        here = abs(reader.party_balance_before(collective.code, ours, committee.entity, after))
        there = abs(reader.balance_before(committee.code, _leaves(chart, theirs), after))
        if here == there:
            items.append(CheckItem("K7", Verdict.PASS, f"{words}一致，都是 {format_fen(here)}。"))
        else:
            evidence = (f"集体账 {ours}：{format_fen(here)}", f"村委会账 {theirs}：{format_fen(there)}")
            items.append(CheckItem("K7", Verdict.FAIL, f"{words}不一致。", evidence))
    return items


def _must_be_empty(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    chart = reader.chart(ledger)
    items: list[CheckItem] = []
    for rule in year_end_rules()["must_be_empty"]:
        for code in rule["codes"]:
            if code not in chart:
                continue
            balance = reader.balance_before(ledger, _leaves(chart, code), month.last + timedelta(days=1))
            if balance == 0:
                items.append(CheckItem("K8", Verdict.PASS, f"{code} {rule['name']}没有余额。"))
                continue
            fails = month.month == 12 and rule["year_end"] == "fail"
            text = f"{code} {rule['name']}还有余额 {format_fen(balance)}。"
            items.append(CheckItem("K8", Verdict.FAIL if fails else Verdict.WARN, text))
    return items


def _second_review(reader: Reader, ledger: str, month: Month) -> CheckItem:
    pending = [v.ref for v in reader.vouchers(ledger, month=month) if v.awaits_second_review]
    if pending:
        return CheckItem("K10", Verdict.WARN, f"有 {len(pending)} 张凭证待补审。", tuple(map(str, pending)))
    return CheckItem("K10", Verdict.PASS, "没有待补审的凭证。")


def _leaves(chart: Chart, prefix: str) -> list[str]:
    return [a.code for a in chart if a.is_leaf and a.code.startswith(prefix)]


def latest_closed(reader: Reader, ledger: str) -> Month | None:
    """The latest month that is closed and may still be reopened, None when there is none."""
    closed = [m for m in reader.months(ledger) if not m.state.accepts_vouchers]
    if not closed or closed[-1].state is MonthState.SEALED:
        return None
    return closed[-1].month

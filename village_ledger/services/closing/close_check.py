"""The check list before a month closes: each line passes, warns or fails, and names its evidence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.resources_dir import resource
from village_ledger.services.assets import assets_check
from village_ledger.services.attachments import attachments_check
from village_ledger.services.bank import cash_counts
from village_ledger.services.bank.bank_check import bank_checks
from village_ledger.services.book import openings
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.claims import claims
from village_ledger.services.closing import close_lines
from village_ledger.services.contracts import contracts_check
from village_ledger.services.counting import counting_check
from village_ledger.services.decisions import decisions_check
from village_ledger.services.disclosure import disclosure_check, outdated, record_check
from village_ledger.services.dividends import dividend_ties
from village_ledger.services.entry import recurring
from village_ledger.services.handover import handover_check
from village_ledger.services.limits import limits_check
from village_ledger.services.merger import merger_check
from village_ledger.services.parcels import parcels_check
from village_ledger.services.people import member_ties
from village_ledger.services.planning import prepaid, project_funds
from village_ledger.services.projects import projects_check
from village_ledger.services.separation import separation_check
from village_ledger.services.shares import certificates, share_ties
from village_ledger.services.transfers import mirrors
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import Gap


@lru_cache(maxsize=1)
def year_end_rules() -> dict[str, Any]:
    """Year-end accounts and those that must be empty (rules/year_end.toml)."""
    return tomllib.loads(resource("rules", "year_end.toml").read_text(encoding="utf-8"))


def check_list(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Everything looked at before ``month`` closes, in the order of the trade (规范 art. 63), with what was let pass.

    A reason belongs to the very sentence it was written for: when the finding changes, the warning asks again.
    """
    items = [item for look in LOOKS for item in look(reader, ledger, month)]
    written = {(w.rule, w.found): w for w in reader.waivers(ledger, month, month)}
    return [
        replace(item, waiver=written.get((item.rule, item.text))) if item.verdict is Verdict.WARN else item
        for item in items
    ]


def _in_order(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    earlier = [m for m in reader.months(ledger) if m.month < month and m.state.accepts_vouchers]
    if earlier:
        names = tuple(str(m.month) for m in earlier)
        leads = tuple(Lead(Leads.MONTH, name) for name in names)
        return [CheckItem("K1", Verdict.FAIL, f"前面还有 {len(earlier)} 个月没有结账。", names, leads)]
    return [CheckItem("K1", Verdict.PASS, "前面各月都已结账。")]


def _unposted(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    waiting = [
        v
        for v in reader.vouchers_by_id(reader.unposted_ids(ledger, month.last.isoformat()))
        if v.ref.month == month
    ]
    if waiting:
        refs = tuple(str(v.ref) for v in waiting)
        return [CheckItem("K2", Verdict.FAIL, f"有 {len(waiting)} 张凭证没有记账。", refs)]
    return [CheckItem("K2", Verdict.PASS, "凭证全部记账。")]


def _numbers(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    gaps = reader.month_gaps(ledger, month)
    if gaps:
        missing = tuple(_gap_words(gap) for gap in gaps)
        return [CheckItem("K3", Verdict.FAIL, "凭证断号。", missing)]
    runs = [
        f"{word}-{first:04d} 至 {word}-{last:04d}"
        for word, first, last in reader.month_numbers(ledger, month)
    ]
    return [CheckItem("K3", Verdict.PASS, f"凭证号连续{'：' if runs else ''}{'、'.join(runs)}。")]


def _gap_words(gap: Gap) -> str:
    first, last = f"{gap.word}-{gap.first:04d}", f"{gap.word}-{gap.last:04d}"
    return f"缺 {first}" if gap.first == gap.last else f"缺 {first} 至 {last}"


def _cash(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    return _money(reader, ledger, month, Money.CASH)


def _bank(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    return _money(reader, ledger, month, Money.BANK)


def money_lines(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Only the lines about cash and bank below zero."""
    return [*_cash(reader, ledger, month), *_bank(reader, ledger, month)]


def _money(reader: Reader, ledger: str, month: Month, kind: Money) -> list[CheckItem]:
    """Days on which there was less than nothing: impossible with cash, a question to the bank otherwise."""
    rule, name = ("K4", "库存现金") if kind is Money.CASH else ("K5", "银行存款")
    low: list[tuple[str, str]] = []
    for account in reader.money_accounts(ledger):
        if account.money is not kind:
            continue
        balance = reader.balance_before(ledger, [account.code], month.first)
        for day, debit, credit, _ in reader.ledger_days(ledger, [account.code], Span.of_month(month)):
            balance += debit - credit
            if balance < 0:
                low.append((account.code, f"{day} {account.code} {account.name} {format_fen(balance)}"))
    if not low:
        return [CheckItem(rule, Verdict.PASS, f"{name}每天日终都不小于零。")]
    return [
        CheckItem(
            rule,
            Verdict.FAIL if kind is Money.CASH else Verdict.WARN,
            f"{name}有 {len(low)} 天日终小于零。",
            tuple(words for _, words in low),
            tuple(Lead(Leads.ACCOUNT, code) for code, _ in low),
        )
    ]


def _balanced(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
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
        lead = Lead(Leads.PAGE, "trial_balance")
        return [
            CheckItem("K6", Verdict.FAIL, f"试算不平：{'、'.join(off)}借贷不等。", ("科目余额表",), (lead,))
        ]
    return [CheckItem("K6", Verdict.PASS, "试算平衡，三组合计相等。")]


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
            verdict = Verdict.FAIL if fails else Verdict.WARN
            items.append(CheckItem("K8", verdict, text, leads=(Lead(Leads.ACCOUNT, code),)))
    return items


def _second_review(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    pending = [v.ref for v in reader.vouchers(ledger, month=month) if v.awaits_second_review]
    if pending:
        return [CheckItem("K10", Verdict.WARN, f"有 {len(pending)} 张凭证待补审。", tuple(map(str, pending)))]
    return [CheckItem("K10", Verdict.PASS, "没有待补审的凭证。")]


def _leaves(chart: Chart, prefix: str) -> list[str]:
    return [a.code for a in chart if a.is_leaf and a.code.startswith(prefix)]


def latest_closed(reader: Reader, ledger: str) -> Month | None:
    """The latest month that is closed and may still be reopened, None when there is none."""
    closed = [m for m in reader.months(ledger) if not m.state.accepts_vouchers]
    if not closed or closed[-1].state is MonthState.SEALED:
        return None
    return closed[-1].month


LOOKS: tuple[Callable[[Reader, str, Month], list[CheckItem]], ...] = (
    _in_order,
    _unposted,
    _numbers,
    _cash,
    cash_counts.check_items,
    _bank,
    bank_checks,
    share_ties.check_items,
    certificates.check_items,
    member_ties.check_items,
    _balanced,
    openings.closing_check,
    close_lines.charged,
    separation_check.check_items,
    mirrors.check_items,
    _must_be_empty,
    close_lines.old_debts,
    close_lines.papers,
    prepaid.check_items,
    recurring.check_items,
    project_funds.check_items,
    claims.check_for_close,
    assets_check.check_items,
    parcels_check.check_items,
    contracts_check.check_items,
    decisions_check.check_items,
    limits_check.check_items,
    projects_check.check_items,
    attachments_check.check_items,
    counting_check.check_items,
    handover_check.check_items,
    merger_check.check_items,
    disclosure_check.check_items,
    outdated.check_items,
    record_check.check_items,
    dividend_ties.check_items,
    _second_review,
    close_lines.chain_intact,
)
"""Every look at the books, in the order of the list; an area with something to say adds its own here."""

"""Carrying a year forward (年终结转): drafts that can be looked at as often as one likes, posted once.

The drafts follow from the balances alone, so that looking twice gives the same twice, and what is posted is what was
shown. 上年结转 and 结转下年 need no voucher (规范 art. 63): the ledgers carry the balances over by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError, PeriodError
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import StoredVoucher, Voucher, VoucherKind, VoucherLine
from village_ledger.services.changes import Changes
from village_ledger.services.closing.close_check import year_end_rules
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

AUTOMATIC = "automatic"
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class CarryForward:
    """A carry-forward voucher to be, and the balances its lines come from (debit − credit, fen, by account)."""

    voucher: Voucher
    sources: Mapping[str, int]


def carry_forward(reader: Reader, ledger: str, year: int) -> list[CarryForward]:
    """The year's carry-forward vouchers in order, each from the balances the earlier ones leave; nothing is written.

    Before December is closed they show what would be carried forward now. Raises PeriodError when the year was carried
    forward already, LedgerError for a chart without rules.
    """
    if reader.year_is_closed(ledger, year):
        raise PeriodError(f"{year}年已经年终结转过", "一年只结转一次。")
    chart, rule = reader.chart(ledger), rule_of(reader, ledger)
    balances = {t.account: t.closing for t in reader.turnovers(ledger, Span.of_year(year))}
    results = result_accounts(chart)
    made: list[CarryForward] = []

    def clear(moved: dict[str, int], against: str, summary: str) -> None:
        """One more voucher; the balances move with it."""
        moved = {code: balance for code, balance in moved.items() if balance}
        if moved:
            made.append(CarryForward(_clearing(year, moved, against, summary), moved))
            balances.update(dict.fromkeys(moved, 0))
            balances[against] = balances.get(against, 0) + sum(moved.values())

    clear({c: min(balances.get(c, 0), 0) for c in results}, rule["result"], rule["summary_income"])
    clear({c: max(balances.get(c, 0), 0) for c in results}, rule["result"], rule["summary_expense"])
    retained = chart.usable_leaf(rule["retained"]).code
    clear({rule["result"]: balances.get(rule["result"], 0)}, retained, rule["summary_result"])
    if rule["appropriations"]:
        used = {c: b for c, b in balances.items() if c.startswith(rule["appropriations"])}
        clear(used, retained, rule["summary_appropriations"])
    return made


def close_year(uow: UnitOfWork, ledger: str, year: int) -> Outcome[list[StoredVoucher]]:
    """Carry the year's income and expense to the result and the result on; December is closed first.

    The vouchers are dated 31 December, number on after December's, belong to the closing period and are posted as
    automatic (rules/year_end.toml). Raises PeriodError when December is open or the year was carried forward before.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    months = uow.reader.months(ledger)
    december = next((m for m in months if m.month == Month(year, DECEMBER)), None)
    if december is None or december.state.accepts_vouchers:
        raise PeriodError(f"{year}年12月还没有结账", "请先结完12月，再做年终结转。")
    drafts = carry_forward(uow.reader, ledger, year)
    month = uow.periods.open_closing(ledger, year)
    made = [_post(uow, ledger, draft.voucher) for draft in drafts]
    uow.periods.set_state(ledger, month, MonthState.CLOSED)
    uow.log.add("年终结转", ledger=ledger, subject=str(year), detail="、".join(str(v.ref) for v in made))
    return Outcome(made, Changes(vouchers=True, balances=True, periods=True, ledger=ledger))


def rule_of(reader: Reader, ledger: str) -> dict[str, Any]:
    """The year-end rule of a ledger's chart; raises LedgerError where there is none."""
    chart_id = reader.ledger(ledger).chart_id
    rule = next((r for r in year_end_rules()["chart"] if r["id"] == chart_id), None)
    if rule is None:
        raise LedgerError("这张科目表没有年终结转的规则", "请联系技术人员补上规则文件。")
    return rule


def result_accounts(chart: Chart) -> list[str]:
    """Leaves of income and expense."""
    return [a.code for a in chart if a.is_leaf and a.category in INCOME_AND_EXPENSE]


def _post(uow: UnitOfWork, ledger: str, voucher: Voucher) -> StoredVoucher:
    number = uow.reader.next_number(ledger, voucher.month, voucher.word)
    voucher_id = uow.vouchers.add(ledger, voucher, number)
    uow.postings.post(ledger, [voucher_id], AUTOMATIC)
    return uow.reader.voucher(voucher_id)


def _clearing(year: int, balances: dict[str, int], against: str, summary: str) -> Voucher:
    """A voucher that empties some leaves into one account; balances debit − credit, fen."""
    lines = [
        VoucherLine(summary, code, credit=balance)
        if balance > 0
        else VoucherLine(summary, code, debit=-balance)
        for code, balance in sorted(balances.items())
    ]
    total = sum(balances.values())
    rest = (
        [VoucherLine(summary, against, debit=total)]
        if total > 0
        else [VoucherLine(summary, against, credit=-total)]
    )
    return Voucher(
        day=date(year, DECEMBER, 31),
        lines=(*lines, *(rest if total else [])),
        kind=VoucherKind.GENERATED,
        no_attachment_reason="年终结转",
        closing=True,
    )

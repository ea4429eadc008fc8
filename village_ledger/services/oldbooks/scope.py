"""Which part of an old program's files a ledger can take: by where it begins and what it holds already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.errors import PeriodError, VoucherError
from village_ledger.domain.old_plan import Scope, YearEndRule
from village_ledger.domain.period import Month, Span
from village_ledger.services.closing.year_end import result_accounts, rule_of

if TYPE_CHECKING:
    from village_ledger.domain.chart import Chart
    from village_ledger.domain.old_program import OldRecords
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo


class Wishes(NamedTuple):
    """What a person may choose."""

    keep_open: bool = False
    """The old year stays open here: its closing vouchers are left out and made again by closing."""
    renumber: bool = False
    """Gaps in the old numbers are closed up."""


def scope_of(reader: Reader, ledger: str, records: OldRecords, wishes: Wishes) -> Scope:
    """What is taken; raises PeriodError or VoucherError where files and ledger do not meet, or have met before."""
    if reader.has_old_import(ledger, records.digest):
        raise VoucherError(
            "这几个文件已经导入过这本账", "不用再导入；要看对照表，用报表“旧账导入前后对照表”。"
        )
    info = reader.ledger(ledger)
    opening = _opening(reader, info, records)
    with_vouchers = bool(records.vouchers) and opening != "closing"
    finish = with_vouchers and not wishes.keep_open and may_finish(reader, ledger, records)
    return Scope(with_vouchers, opening, finish, wishes.renumber)


def _opening(reader: Reader, info: LedgerInfo, records: OldRecords) -> str:
    """Which balances become the ledger's opening; empty where it has one, or the files hold none."""
    first, last = Month.of(records.span.first), Month.of(records.span.last)
    words = records.span.words()
    if not records.balances or reader.has_opening(info.code):
        if first < info.start:
            raise PeriodError(
                f"文件是 {words} 的，这本账从 {info.start} 启用",
                "以前的账只能作期初，期初已经有了或文件里没有余额。",
            )
        if not records.vouchers:
            raise VoucherError("期初已经录入过，文件里又没有序时账，没有可导入的", "请加上同一期间的序时账。")
        return ""
    if info.start == first:
        return "opening"
    if info.start == last.next():
        return "closing"
    raise PeriodError(
        f"文件是 {words} 的，这本账从 {info.start} 启用，接不上",
        f"要连凭证一起导入，请建从 {first} 启用的账；只要余额，请建从 {last.next()} 启用的账。",
    )


def may_finish(reader: Reader, ledger: str, records: OldRecords) -> bool:
    """Whether the files hold one whole year that nothing stands in the way of closing here as it was closed there."""
    year = records.span.first.year
    if records.span != Span.of_year(year) or reader.has_staff() or not records.balances:
        return False
    before = [m for m in reader.months(ledger) if m.month.year < year]
    return not any(m.state.accepts_vouchers for m in before) and not reader.year_is_closed(ledger, year)


def year_end_of(reader: Reader, ledger: str, chart: Chart) -> YearEndRule:
    """The accounts of the year's end, in a chart that may have accounts still to be made."""
    rule = rule_of(reader, ledger)
    return YearEndRule(
        rule["result"], rule["retained"], rule["appropriations"], frozenset(result_accounts(chart))
    )

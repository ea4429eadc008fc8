"""Sheet J read from a book: the year's result, what was booked of it, the dividends whose money is still on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.period import Month
from village_ledger.domain.share import format_shares
from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.sheet_j import (
    REPORT,
    Booked,
    Given,
    Share,
    StatementLine,
    sheet_j_table,
)
from village_ledger.reports.disclosure.special_rules import specials
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.people.records import Dividend, DividendLine
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

_STATEMENT = "income-distribution"
_RESULT = "R11"
"""收益总额: what comes before it stands on the income side of sheet B."""
_DECEMBER = 12


def distribution_of(reader: Reader, request: ReportRequest) -> Table:
    """收益分配公开表 of one ledger and span."""
    with reader.snapshot():
        public = public_of(reader, request)
        info, span = reader.ledger(request.ledger), public.span
        booked = _booked(reader, info, span)
        statement = _statement(reader, info, span)
        dividends = _dividends(reader, info.code, span)
    if not (booked or dividends):
        statement = []
    return with_code(sheet_j_table(public, statement, booked, dividends), public.issuer.book_id)


def _booked(reader: Reader, info: LedgerInfo, span: Span) -> list[Booked]:
    chart = reader.chart(info.code)
    leaves = specials()[REPORT].leaves(info.chart_id, chart)
    return [
        Booked(
            entry.account,
            chart.path(entry.account),
            entry.day,
            f"{entry.word}-{entry.number:04d}",
            entry.voucher_id,
            entry.summary,
            entry.debit - entry.credit,
        )
        for entry in sorted(reader.entries(info.code, leaves, span), key=lambda one: one.account)
    ]


def _statement(reader: Reader, info: LedgerInfo, span: Span) -> list[StatementLine]:
    """The statement of the whole year where the span ends with it; lines without an amount are left out."""
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.statements.catalogue_statements import statement_sheet

    whole = span.last == Month(span.last.year, _DECEMBER).last and info.chart_id != "committee_surplus"
    if not whole or span.last < info.start.first:
        return []
    year = type(span).of_year(span.last.year)
    table = statement_sheet(reader, _STATEMENT, ReportRequest(info.code, year)).table
    line, name, current = (table.column_index(key) for key in ("line", "name", "current"))
    rows = list(table.rows)
    first = next((i for i, row in enumerate(rows) if row.cells[line] == _RESULT), 0)
    return [
        StatementLine(str(row.cells[line]), str(row.cells[name]).strip(), amount)
        for row in rows[first:]
        if isinstance(amount := row.cells[current], int) and amount and row.cells[line]
    ]


def _dividends(reader: Reader, ledger: str, span: Span) -> list[Given]:
    """Dividends of the span, and earlier ones of which something was not paid at its end."""
    open_ = reader.unpaid_by_party(ledger, span.last)
    found: list[Given] = []
    for one in reader.dividends(ledger):
        if not one.live or one.day > span.last:
            continue
        lines = reader.dividend_lines(one.id)
        if one.day >= span.first or any(_open_of(line, open_) for line in lines):
            found.append(_given(reader, one, lines, open_))
    return found


def _open_of(line: DividendLine, open_: dict[tuple[str, str], int]) -> int:
    return open_.get(("members" if line.kind == "member" else "outsiders", line.party), 0)


def _given(
    reader: Reader, one: Dividend, lines: Sequence[DividendLine], open_: dict[tuple[str, str], int]
) -> Given:
    from village_ledger.services.dividends.dividends import shared_of

    heads = {person.household: person.head for person in reader.people(one.record_date) if person.household}
    decimals = {kind.id: kind.decimals for kind in reader.share_classes(one.ledger)}
    grouped: dict[tuple[str, str], list[DividendLine]] = {}
    for line in lines:
        if line.kind != "collective":
            own = "" if line.household and line.kind == "member" else line.holder
            grouped.setdefault((line.household, own), []).append(line)
    households = [
        Share(
            household,
            own or heads.get(household, some[0].holder),
            len({line.holder for line in some}),
            _shares(some, decimals),
            sum(line.amount for line in some),
            sum({(line.kind, line.party): _open_of(line, open_) for line in some}.values()),
        )
        for (household, own), some in sorted(grouped.items())
    ]
    return Given(
        one.year,
        one.record_date,
        one.day,
        one.amount,
        shared_of(reader, one).per_share,
        one.resolution,
        one.asked - one.amount,
        sum(line.amount for line in lines if line.kind == "collective"),
        households,
    )


def _shares(lines: Sequence[DividendLine], decimals: dict[int, int]) -> str:
    finest = max(decimals[line.class_id] for line in lines)
    return format_shares(
        sum(line.quantity * 10 ** (finest - decimals[line.class_id]) for line in lines), finest
    )

"""Columns beside a statement's own: the same days of last year with the change, or each quarter, half or month.

Each is the statement's first column worked out for other days, so that it can be explained and drilled like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.period import Month, Span
from village_ledger.domain.statement import Basis, Statement, StatementColumn

LAST_YEAR = "last-year"
CHANGE = "change"
PARTS = {"quarter": 3, "half-year": 6, "month": 1}
"""Word of the request to months of each part."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A further column: its key and label, the days asked for it, and what they mean there."""

    key: str
    label: str
    asked: Span
    basis: Basis
    known: bool = True
    """Whether the ledger was kept then."""

    def statement(self, statement: Statement) -> Statement:
        """The statement with this column alone."""
        return replace(statement, columns=(StatementColumn(self.key, self.label, self.basis),))


def extras(columns: str, statement: Statement, asked: Span, start: Month) -> Sequence[Extra]:
    """The further columns a request names; none for an empty one."""
    if columns == LAST_YEAR:
        return _last_year(statement, asked, start)
    if columns in PARTS:
        return [part for part in _parts(columns, asked) if part.asked.last >= start.first]
    return ()


def _last_year(statement: Statement, asked: Span, start: Month) -> list[Extra]:
    shifted = Span(_year_before(asked.first), _year_before(asked.last))
    label = "上年同日" if statement.heading == "day" else "上年同期"
    return [Extra(LAST_YEAR, label, shifted, statement.columns[0].basis, shifted.last >= start.first)]


def _year_before(day: date) -> date:
    last = Month(day.year - 1, day.month).last
    return last if day == Month.of(day).last else day.replace(year=day.year - 1, day=min(day.day, last.day))


def _parts(columns: str, asked: Span) -> list[Extra]:
    """The year's parts up to the last day asked for."""
    year, months = asked.last.year, PARTS[columns]
    found: list[Extra] = []
    for number in range(12 // months):
        first = Month(year, number * months + 1)
        if first.first > asked.last:
            break
        span = Span(first.first, min(Month(year, first.month + months - 1).last, asked.last))
        key, label = _named(columns, number)
        found.append(Extra(f"{year}-{key}", label, span, Basis.SPAN))
    return found


def _named(columns: str, number: int) -> tuple[str, str]:
    if columns == "quarter":
        return f"Q{number + 1}", f"第{'一二三四'[number]}季度"
    if columns == "half-year":
        return f"H{number + 1}", f"{'上下'[number]}半年"
    return f"{number + 1:02d}", f"{number + 1}月"

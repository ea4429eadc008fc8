"""其中：分配2025年度: the rows of the income-distribution statement that name the earlier year whose income was given away."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from village_ledger.domain.period import Month
from village_ledger.reports.table import Role, Row
from village_ledger.services.closing.distribution import statement_lines

if TYPE_CHECKING:
    from datetime import date

    from village_ledger.reports.statements.statements import StatementSheet
    from village_ledger.storage.reader import Reader

REPORT = "income-distribution"
CURRENT = "current"


def with_distributed(reader: Reader, sheet: StatementSheet, last: date) -> StatementSheet:
    """The sheet with a memo row under each part that gives away another year's income; never subtracted again."""
    if sheet.table.report != REPORT:
        return sheet
    earlier = _earlier(reader, sheet.table.ledger, last)
    if not earlier:
        return sheet
    table, rows, keys = sheet.table, list[Row](), list[str]()
    amount_at = table.column_index(CURRENT)
    for row, key in zip(table.rows, sheet.keys, strict=True):
        rows.append(row)
        keys.append(key)
        for letter, (year, amount) in zip(
            ascii_lowercase, sorted(earlier.get(key, {}).items()), strict=False
        ):
            cells = [None] * len(table.columns)
            memo = Row(
                Role.DETAIL,
                (row.cells[0], f"{key}{letter}", f"其中：分配{year}年度", *cells[3:]),
                row.level + 1,
            )
            shown = (*memo.cells[:amount_at], amount, *memo.cells[amount_at + 1 :])
            rows.append(replace(memo, cells=shown))
            keys.append("")
    return replace(sheet, table=replace(table, rows=tuple(rows)), keys=tuple(keys))


def _earlier(reader: Reader, ledger: str, last: date) -> dict[str, dict[int, int]]:
    """Row of the statement → year given away → fen, of what was posted in the year of ``last`` up to it."""
    lines = statement_lines(reader, ledger)
    found: dict[str, dict[int, int]] = {}
    for one in reader.distribution_parts(ledger):
        booked_here = one.month.year == last.year and one.month <= Month.of(last)
        if one.part not in lines or not booked_here or one.year == last.year or not one.posted or one.undone:
            continue
        years = found.setdefault(lines[one.part], {})
        years[one.year] = years.get(one.year, 0) + one.amount
    return found

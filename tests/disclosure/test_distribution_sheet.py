"""Sheet J: the year's result, what was booked of it, and every household's part with what it was not paid yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE
from tests.dividend_village import DividendVillage
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Cell, Role, Table
from village_ledger.services.dividends.dividend_payments import Paying

SPRING = Span(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def given(tmp_path: Path) -> Iterator[DividendVillage]:
    """The worked example's dividend of 2025, given away on 20 March 2026 and in the books."""
    with DividendVillage.found(tmp_path) as village:
        village.earn()
        village.hold()
        village.bequeath()
        village.shut()
        village.resolve()
        village.give()
        village.into_the_books()
        yield village


def sheet(village: DividendVillage, span: Span = SPRING) -> Table:
    return make(village.reader, "disclosure-distribution", ReportRequest(COLLECTIVE, span))


def households(table: Table) -> dict[Cell, tuple[Cell, ...]]:
    keys = ("household", "shares", "amount", "open")
    places = [table.column_index(key) for key in keys]
    found = (tuple(row.cells[place] for place in places) for row in table.rows if row.role is Role.DETAIL)
    return {one[0]: one[1:] for one in found if one[0]}


def test_each_household_has_its_line_and_they_add_up_with_the_collectives_part(given: DividendVillage):
    table = sheet(given)
    parts = households(table)
    assert sorted(map(str, parts)) == ["001", "002", "004", "005", "006", "007", "008"]
    assert parts["001"] == ("100.00", 8888_89, 8888_89)
    assert [check.ok for check in table.checks] == [True]
    last = tuple(table.rows)[-1]
    assert (last.role, last.cells[table.column_index("amount")]) == (Role.TOTAL, 88888_88)
    assert any("登记日 2025-12-31" in note for note in table.notes)


def test_what_was_paid_is_no_more_open_and_the_quarter_before_stays(given: DividendVillage):
    (dividend,) = given.reader.dividends(COLLECTIVE)
    before = sheet(given)
    given.pay(dividend, Paying(given.line(dividend, "001/M01"), 8888_89), day="2026-04-05")
    given.into_the_books()
    assert sheet(given).check_code == before.check_code
    later = sheet(given, Span(date(2026, 4, 1), date(2026, 6, 30)))
    assert households(later)["001"] == ("100.00", 8888_89, 0)
    assert households(later)["002"] == ("100.00", 8888_89, 8888_89)


def test_a_year_with_nothing_given_away_posts_nothing(given: DividendVillage):
    table = sheet(given, Span(date(2025, 1, 1), date(2025, 3, 31)))
    assert {cell for row in table.rows for cell in row.cells if cell is not None} == {"无"}

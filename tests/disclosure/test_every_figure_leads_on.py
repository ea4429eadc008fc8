"""Every figure of every sheet leads on, and what stands behind it adds up to it to the fen."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.disclosure.demo_wall import demo_reader
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make, make_all
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.disclosure.lines import lines_of
from village_ledger.reports.table import Kind, Link, Role, Row, Table
from village_ledger.storage.reader import Reader

__all__ = ["demo_reader"]
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
SPANS = (YEAR, Span(date(2025, 4, 1), date(2025, 6, 30)), Span(date(2025, 12, 1), date(2026, 1, 31)))
_PAGES = {
    "voucher",
    "account",
    "lines",
    "asset",
    "parcel",
    "contract",
    "project",
    "household",
    "resolution",
    "decision",
    "sheet",
}


def figures(row: Row, table: Table) -> list[int]:
    money = [i for i, column in enumerate(table.columns) if column.kind is Kind.MONEY]
    return [value for i in money if isinstance(value := row.cells[i], int) and value]


def cell(table: Table, row: Row, key: str) -> int:
    value = row.cells[table.column_index(key)]
    return value if isinstance(value, int) else 0


def total(table: Table, key: str) -> int:
    return cell(table, tuple(table.rows)[-1], key)


def planned(row: Row) -> int:
    """Income and cost of the plan together, where the sheet tells them apart in words."""
    return sum(parse_fen(amount) for amount in re.findall(r"[\d,]+\.\d\d", str(row.cells[-1])))


def behind(reader: Reader, link: Link, table: Table) -> Table:
    assert table.span is not None
    return lines_of(reader, link.key, link.ledger, table.span)


@pytest.mark.parametrize("span", SPANS, ids=("year", "quarter", "over two years"))
@pytest.mark.parametrize("ledger", [COLLECTIVE, COMMITTEE])
def test_every_line_with_a_figure_leads_somewhere(demo_reader: Reader, ledger: str, span: Span):
    letters = set[str]()
    for table in make_all(demo_reader, "disclosure", ReportRequest(ledger, span)):
        letters.add(letter_of(table.report))
        for row in table.rows:
            if row.role is not Role.DETAIL or not figures(row, table):
                continue
            if letter_of(table.report) == "S" and row.link is None:
                continue  # lines of the first page that only repeat its sums
            assert row.link is not None, (table.report, row.cells)
            assert row.link.kind in _PAGES
            if row.link.kind == "voucher":
                assert demo_reader.voucher(int(row.link.key)).ledger == row.link.ledger
            elif row.link.kind == "lines":
                assert len(tuple(behind(demo_reader, row.link, table).rows)) > 1, row.link
    assert letters >= set("SABCD")


@pytest.mark.parametrize("ledger", [COLLECTIVE, COMMITTEE])
@pytest.mark.parametrize("span", SPANS, ids=("year", "quarter", "over two years"))
def test_what_stands_behind_an_item_adds_up_to_it(demo_reader: Reader, ledger: str, span: Span):
    table = make(demo_reader, "disclosure-items", ReportRequest(ledger, span))
    for row in table.rows:
        if row.role is Role.DETAIL and row.link is not None:
            found = behind(demo_reader, row.link, table)
            assert [check.text for check in found.checks if not check.ok] == []
            keys = {column.key for column in found.columns}
            if "year" in keys:
                wanted = [cell(table, row, key) for key in ("period", "year")]
                assert [total(found, key) for key in ("period", "year")] == wanted
                assert "plan" not in keys or total(found, "plan") == cell(table, row, "plan")
            else:
                assert total(found, "amount") in (
                    cell(table, row, "closing"),
                    cell(table, row, "plan"),
                    planned(row),
                )


@pytest.mark.parametrize("ledger", [COLLECTIVE, COMMITTEE])
def test_what_stands_behind_a_class_of_sheet_a_adds_up_to_it(demo_reader: Reader, ledger: str):
    table = make(demo_reader, "disclosure", ReportRequest(ledger, YEAR))
    classes = [row for row in table.rows if row.role is Role.SUBTOTAL]
    assert classes
    for row in classes:
        assert row.link is not None
        last = tuple(behind(demo_reader, row.link, table).rows)[-1]
        assert (last.cells[4], last.cells[5]) == (cell(table, row, "income"), cell(table, row, "expense"))


@pytest.mark.parametrize("ledger", [COLLECTIVE, COMMITTEE])
def test_what_stands_behind_a_claim_moves_from_its_opening_to_its_closing(demo_reader: Reader, ledger: str):
    table = make(demo_reader, "disclosure-claims", ReportRequest(ledger, YEAR))
    for row in table.rows:
        if row.role is not Role.DETAIL or row.link is None:
            continue
        rows = tuple(behind(demo_reader, row.link, table).rows)
        opening, entries = rows[0].cells[-1], rows[1:-1]
        closing = entries[-1].cells[-1] if entries else opening
        assert abs(int(str(opening))) == cell(table, row, "opening"), row.cells
        assert abs(int(str(closing))) == cell(table, row, "closing"), row.cells


def test_a_place_no_sheet_has_is_refused(village: Village):
    for key in (
        "disclosure-items:99",
        "disclosure:77",
        "disclosure-claims:999:张三",
        "disclosure-distribution:dividend:1999",
    ):
        with pytest.raises(LedgerError, match="公开表上没有"):
            lines_of(village.reader, key, COLLECTIVE, YEAR)
    with pytest.raises(LedgerError, match="没有可以往里看的明细"):
        lines_of(village.reader, "trial-balance:1", COLLECTIVE, YEAR)

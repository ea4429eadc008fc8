"""Sheet M: what passed between the collective and the committee, by both their books; the same for both who read it."""

from __future__ import annotations

from datetime import date

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.two_ledgers import moved, resolved, undone, waiting
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Check, Role, Table

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))


def sheet(village: Village, ledger: str = COLLECTIVE, span: Span = MARCH) -> Table:
    return make(village.reader, "disclosure-transfers", ReportRequest(ledger, span))


def rows(table: Table) -> list[tuple[object, ...]]:
    keys = ("name", "number", "amount")
    places = [table.column_index(key) for key in keys]
    return [
        tuple(row.cells[place] for place in places)
        for row in table.rows
        if row.role is Role.DETAIL and row.cells[1] != "期末"
    ]


def check(table: Table, rule: str) -> Check:
    return next(one for one in table.checks if one.rule == rule)


def test_documents_stand_by_kind_with_both_vouchers(village: Village):
    village.add_account("514", "补助村委会")
    moved(village, "T2", "2000", resolution=resolved(village))
    moved(village, "T4", "300.50", committee="5102")
    table = sheet(village)
    assert [(name, amount) for name, _, amount in rows(table)] == [
        ("T2 补助公益", 2000_00),
        ("T4 集体代付", 300_50),
    ]
    assert all(check.ok for check in table.checks)
    assert [row.cells[6] for row in table.rows if row.cells[1] == "期末"] == [300_50, 0]


def test_both_audiences_read_the_same_lines(village: Village):
    moved(village, "T4", "300.50", committee="5102")
    mine, theirs = sheet(village), sheet(village, COMMITTEE)
    assert [row.cells for row in mine.rows] == [row.cells for row in theirs.rows]
    assert {one.subtitle for one in (mine, theirs)} == {
        "集体经济组织账和村民委员会账之间 · 给全体成员和全体村民看"
    }
    ledgers = [next(row.link.ledger for row in one.rows if row.link) for one in (mine, theirs)]
    assert ledgers == [COLLECTIVE, COMMITTEE]


def test_what_is_undone_is_taken_off_again(village: Village):
    undone(village, moved(village, "T4", "300.50", committee="5102"))
    assert sum(int(str(amount)) for *_, amount in rows(sheet(village))) == 0


def test_a_document_not_posted_is_not_on_the_wall_but_said(village: Village):
    waiting(village, "T4", "300.50", committee="5102")
    table = sheet(village)
    assert rows(table) == [(None, None, None)]
    assert any("还有 1 份往来单没有记账" in text for text in table.warnings)


def test_what_was_booked_without_a_document_is_found_on_both_sides(village: Village):
    village.add_account("514", "补助村委会")
    village.posted("2025-03-05", "补助村委会（青社代〔2025〕1号）", "借 51401 5000; 贷 102 5000")
    village.posted("2025-03-07", "收集体补助", "借 1002 5000; 贷 4501 5000", COMMITTEE)
    table = sheet(village)
    assert rows(table) == [("", "没有开单", 5000_00)]
    found = next(row for row in table.rows if row.role is Role.DETAIL)
    assert (found.cells[4], found.cells[5]) == ("2025-03/记-0001", "2025-03/记-0001")
    assert found.cells[table.column_index("resolution")] == "青社代〔2025〕1号"
    assert check(table, "X13").text == "本年集体补助村委会 5,000.00，村委会收到集体补助 5,000.00"


def test_what_only_one_side_booked_is_named(village: Village):
    village.add_account("514", "补助村委会")
    village.posted("2025-03-05", "补助村委会", "借 51401 5000; 贷 102 5000")
    village.posted("2025-03-07", "收集体补助", "借 1002 4000; 贷 4501 4000", COMMITTEE)
    found = check(sheet(village), "两边都记了账")
    assert not found.ok
    assert found.text == (
        "只有一边记了账的：2025-03-05 补助村委会 5,000.00（村委会账没有）；2025-03-07 收集体补助 4,000.00（集体账没有）"
    )


def test_both_sides_of_a_turn_of_month_stand_where_the_later_one_is(village: Village):
    village.add_account("514", "补助村委会")
    village.posted("2025-02-27", "补助村委会", "借 51401 5000; 贷 102 5000")
    before = sheet(village, span=Span(date(2025, 2, 1), date(2025, 2, 28)))
    village.posted("2025-03-02", "收集体补助", "借 1002 5000; 贷 4501 5000", COMMITTEE)
    assert next(row.cells[0] for row in sheet(village).rows if row.role is Role.DETAIL) == date(2025, 3, 2)
    assert sheet(village, span=Span(date(2025, 2, 1), date(2025, 2, 28))).check_code == before.check_code


def test_money_taken_for_the_other_is_not_lent(village: Village):
    entity = village.reader.ledger(COMMITTEE).entity
    village.posted("2025-03-05", "村委会代收塘租", f"借 112@{entity} 600; 贷 501 600")
    village.posted("2025-03-05", "代收集体塘租", "借 1002 600; 贷 2202 600", COMMITTEE)
    table = sheet(village)
    assert rows(table) == [("", "没有开单", 600_00)]
    assert next(row.cells[1] for row in table.rows if row.role is Role.SECTION) == "集体的钱进了村委会户头"

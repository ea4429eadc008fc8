"""The pack on the wall: every sheet from the same books, each held to the others and to the ledger to the fen."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make, make_all, sheet_differences
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.disclosure.summary_aloud import read_aloud
from village_ledger.reports.pens.check_code import figures_json
from village_ledger.reports.table import Role, Table
from village_ledger.services.disclosure import registering

FIRST_QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


def sheet(village: Village, report: str, ledger: str = COLLECTIVE, span: Span = FIRST_QUARTER) -> Table:
    return make(village.reader, report, ReportRequest(ledger, span))


def cell(table: Table, name: str, key: str) -> object:
    at, value = table.column_index("name"), table.column_index(key)
    return next(row.cells[value] for row in table.rows if row.cells[at] == name)


def details(table: Table) -> list[tuple[object, ...]]:
    return [row.cells for row in table.rows if row.role is Role.DETAIL]


def test_every_sheet_of_a_quarter_holds(a_quarter: Village):
    tables = make_all(a_quarter.reader, "disclosure", ReportRequest("", FIRST_QUARTER))
    assert [(letter_of(t.report), t.ledger) for t in tables] == [
        *((letter, COLLECTIVE) for letter in "SABCDGIK"),
        *((letter, COMMITTEE) for letter in "SABCDK"),
    ]
    assert [check for table in tables for check in table.checks if not check.ok] == []
    assert len({table.check_code for table in tables}) == len(tables)


def test_sheet_b_has_all_44_items_and_nil_ones_say_so(a_quarter: Village):
    table = sheet(a_quarter, "disclosure-items")
    assert [row[1] for row in details(table)] == list(range(1, 45))
    assert cell(table, "经营收入（卖产品、出租、服务）", "period") == 16000_00
    assert cell(table, "上级专项补助", "period") == 40000_00
    assert cell(table, "集体公益和福利", "year") == 486_40
    assert cell(table, "社会捐赠", "note") == "无"
    assert cell(table, "征地补偿款", "period") == 20000_00
    assert cell(table, "单位和个人欠集体的", "closing") == 1500_00


def test_a_period_counts_only_its_own_days(a_quarter: Village):
    march = Span(date(2025, 3, 1), date(2025, 3, 31))
    table = sheet(a_quarter, "disclosure-items", span=march)
    assert cell(table, "经营收入（卖产品、出租、服务）", "period") == 0
    assert cell(table, "经营收入（卖产品、出租、服务）", "year") == 16000_00


def test_sheet_c_shows_each_purse_and_ends_where_sheet_a_ends(a_quarter: Village):
    table = sheet(a_quarter, "disclosure-money")
    assert cell(table, "库存现金", "closing") == 1613_60
    assert cell(table, "合计", "closing") == 108613_60
    posted = sheet(a_quarter, "disclosure").facts["closing"]
    assert posted == 108613_60


def test_sheet_d_names_who_owes_and_whom_we_owe(a_quarter: Village):
    table = sheet(a_quarter, "disclosure-claims")
    owed = {row[0]: row[2:6] for row in details(table)}
    assert owed["李记鱼庄"] == (800_00, 0, 300_00, 500_00)
    assert owed["果品公司"] == (0, 1000_00, 0, 1000_00)
    assert owed["县征地办"] == (0, 20000_00, 0, 20000_00)


def test_what_a_unit_owes_never_hides_what_it_is_owed(village: Village):
    village.posted("2025-01-08", "卖果未收款", "借 112@果品公司 1000; 贷 501 1000")
    village.posted("2025-01-09", "果品公司预付", "借 102 300; 贷 211@果品公司 300")
    table = sheet(village, "disclosure-claims")
    assert [row[5] for row in details(table) if row[0] == "果品公司"] == [1000_00, 300_00]


def test_a_special_sheet_lists_every_entry_by_project_and_ties_to_the_ledger(a_quarter: Village):
    table = sheet(a_quarter, "disclosure-grants")
    assert [row[2:6] for row in details(table)] == [
        ("收三组通组路奖补", 40000_00, 0, 40000_00),
        ("付通组路进度款", 0, 15000_00, 25000_00),
    ]
    assert [check.text for check in table.checks] == ["25,000.00 = 25,000.00"]


def test_a_special_sheet_with_nothing_to_say_is_not_posted_but_may_be_asked_for(village: Village):
    tables = make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, FIRST_QUARTER))
    assert "H" not in {letter_of(t.report) for t in tables}
    asked = make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, FIRST_QUARTER, sheets=("H",)))
    assert [details(table)[0][2] for table in asked] == ["无"]


def test_an_unknown_letter_is_refused(village: Village):
    with pytest.raises(LedgerError, match="没有公开表 Z"):
        make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, FIRST_QUARTER, sheets=("Z",)))


def test_the_first_page_adds_up_to_sheet_a_and_leads_from_result_to_money(a_quarter: Village):
    table = sheet(a_quarter, "disclosure-summary")
    shown = {str(row.cells[0]): row.cells[1] for row in table.rows}
    assert shown["发包、出租、分成"] == 6000_00
    assert shown["卖产品、服务收入"] == 9000_00
    assert shown["上级补助、专项款"] == 40000_00
    assert shown["征地补偿款"] == 20000_00
    assert shown["办公、管理人员工资"] == 2500_00
    assert shown["账上收益"] == 16000_00 - 2500_00 - 486_40
    assert shown["没动钱的"] == -1000_00 + 100_00
    assert shown["不算收益的"] == 40000_00 - 15000_00 + 300_00 + 20000_00
    assert shown["钱多了"] == 108613_60 - 51200_00


def test_the_first_page_can_be_read_aloud(a_quarter: Village):
    said = read_aloud(sheet(a_quarter, "disclosure-summary"))
    assert said.startswith("青山村集体 2025年第1季度的钱，念给大家听。")
    assert "路灯" not in said.split("花到哪去")[0]
    assert "季末有钱10万8613元6角，其中征地款2万元，其中专项款2万5000元。" in said


def test_each_sheet_is_proved_by_its_own_code_until_the_books_change(a_quarter: Village):
    tables = make_all(a_quarter.reader, "disclosure", ReportRequest(COLLECTIVE, FIRST_QUARTER))
    with a_quarter.act() as uow:
        for table in tables:
            assert table.check_code is not None
            assert table.span is not None
            registering.register(
                uow, table.check_code, table.ledger, table.report, table.span, figures_json(table)
            )
    codes = {letter_of(t.report): str(t.check_code) for t in tables}
    assert {letter: sheet_differences(a_quarter.reader, code) for letter, code in codes.items()} == {
        letter: [] for letter in codes
    }
    a_quarter.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    changed = {letter for letter, code in codes.items() if sheet_differences(a_quarter.reader, code)}
    assert changed == {"S", "A", "B", "C"}

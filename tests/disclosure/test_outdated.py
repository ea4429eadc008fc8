"""A closed month that changes after its sheets hung: whoever reopens it, closes it again or looks is reminded."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, LI, Village
from tests.disclosure.posting_village import Wall
from tests.disclosure.sheets import MARCH, put_up, tampered
from village_ledger.domain.period import Month, Span
from village_ledger.domain.posting import Opinion
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.disclosure.version_list import differing_sheets, reminders
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing import closing
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.disclosure import outdated, posting_sets
from village_ledger.services.outcome import Outcome

THIRD = Month(2025, 3)


@pytest.fixture
def hung(march: Village) -> Village:
    """March is closed, and sheets A, C and D of it are registered."""
    march.close_month("2025-03")
    for report in ("disclosure", "disclosure-money", "disclosure-claims"):
        put_up(march, report=report)
    return march


def reopen(village: Village) -> Outcome[Month]:
    with village.act() as uow:
        return closing.reopen(uow, COLLECTIVE, THIRD, LI, "漏记一张收据")


def test_whoever_reopens_a_month_is_told_what_hangs_of_it(hung: Village):
    done = reopen(hung)
    assert done.warnings == ("2025年3月的公开表已经公开 3 张；改了账，已张贴的表和账不一致的应更正公开。",)


def test_a_month_nothing_hangs_of_reopens_without_a_word(march: Village):
    march.close_month("2025-03")
    assert reopen(march).warnings == ()


def test_before_it_closes_again_the_vouchers_that_came_are_named(hung: Village):
    reopen(hung)
    assert outdated.check_items(hung.reader, COLLECTIVE, THIRD) == []
    hung.posted("2025-03-25", "补付路灯材料", "借 51401 50; 贷 101 50")
    (item,) = [one for one in check_list(hung.reader, COLLECTIVE, THIRD) if one.rule == "K46"]
    assert item.verdict is Verdict.WARN
    assert "已张贴的表和账不一致，应更正公开" in item.text
    assert "（3 张）" in item.text
    assert item.evidence[0] == "2025-03/记-0003"
    assert item.title == "公开表和账一致"


def test_only_the_sheets_that_differ_are_reminded_of(hung: Village):
    assert reminders(hung.reader, COLLECTIVE) == []
    reopen(hung)
    hung.posted("2025-03-25", "补付路灯材料", "借 51401 50; 贷 101 50")
    found = differing_sheets(hung.reader, COLLECTIVE)
    assert [one.version.report for one in found if one.version] == ["disclosure", "disclosure-money"]
    assert reminders(hung.reader, COLLECTIVE) == ["已张贴的表和账不一致，应更正公开：2025年3月 A、C"]
    hung.close_month("2025-03")
    for report in ("disclosure", "disclosure-money"):
        put_up(hung, "漏记一张收据", report=report)
    assert reminders(hung.reader, COLLECTIVE) == []
    assert outdated.check_items(hung.reader, COLLECTIVE, THIRD) == []


def test_a_sheet_of_open_months_is_expected_to_be_overtaken(march: Village):
    put_up(march)
    march.posted("2025-03-25", "补付路灯材料", "借 51401 50; 贷 101 50")
    assert reminders(march.reader, COLLECTIVE) == []


def test_a_sheet_that_never_hung_asks_for_no_correction(hung: Village):
    wall = Wall(hung)
    with hung.act() as uow:
        number = posting_sets.open_posting(uow, COLLECTIVE, MARCH, (), "", "").value.number
    wall.review(number, Opinion.REDO, words="漏了一张收据")
    assert reopen(hung).warnings == ()
    hung.posted("2025-03-25", "补付路灯材料", "借 51401 50; 贷 101 50")
    assert reminders(hung.reader, COLLECTIVE) == []


def test_the_register_lists_every_version_and_how_it_stands(hung: Village):
    reopen(hung)
    hung.posted("2025-03-25", "补付路灯材料", "借 51401 50; 贷 101 50")
    table = make(hung.reader, "sheet-versions", ReportRequest())
    shown = [(row.cells[2], row.cells[3], row.cells[5], row.cells[10]) for row in table.rows]
    assert shown == [
        ("A 收支公开表（逐笔）", 1, "已结账", "不一致，应更正公开"),
        ("C 货币资金公开表", 1, "已结账", "不一致，应更正公开"),
        ("D 债权债务公开表", 1, "已结账", "一致"),
    ]
    assert table.warnings == ("已张贴的表和账不一致，应更正公开：2 张。",)
    first = next(str(row.cells[4]) for row in table.rows if str(row.cells[2]).startswith("A"))
    second = put_up(hung, "漏记一张收据")
    table = make(hung.reader, "sheet-versions", ReportRequest(COLLECTIVE, MARCH))
    shown = [row.cells[3:] for row in table.rows if str(row.cells[2]).startswith("A")]
    assert [(cells[0], cells[1], cells[3], cells[4], cells[7]) for cells in shown] == [
        (1, first, "", "", "已由第 2 版替换"),
        (2, second, f"更正公开，替换 {first}", "漏记一张收据", "一致"),
    ]
    nothing = make(hung.reader, "sheet-versions", ReportRequest(COLLECTIVE, Span.of_month(Month(2025, 1))))
    assert list(nothing.rows) == []


def test_the_register_says_where_a_sheet_hung(hung: Village):
    wall = Wall(hung)
    with hung.act() as uow:
        number = posting_sets.open_posting(uow, COLLECTIVE, MARCH, (), "", "").value.number
    wall.review(number)
    wall.post(number)
    table = make(hung.reader, "sheet-versions", ReportRequest(COLLECTIVE))
    assert {row.cells[9] for row in table.rows} == {f"{number} 2025-04-10 张贴中"}


def test_a_tampered_sheet_stands_out_in_the_register(hung: Village):
    tampered(
        hung, "UPDATE sheet SET figures = replace(figures, '600000', '500000') WHERE report = 'disclosure'"
    )
    table = make(hung.reader, "sheet-versions", ReportRequest(COLLECTIVE))
    assert [row.cells[10] for row in table.rows] == ["登记的内容被改过", "一致", "一致"]

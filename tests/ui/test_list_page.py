"""The voucher list: two people pass a pile of vouchers from hand to hand, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.changes import Changes
from village_ledger.services.closing import year_end
from village_ledger.ui.voucher.voucher_list_model import VoucherListModel, missing_numbers
from village_ledger.ui.voucher.voucher_list_page import VoucherListPage

MARCH = Month(2025, 3)


@pytest.fixture
def pile(village):
    """Four vouchers of March: one posted, one reviewed, two waiting."""
    return [
        village.posted("2025-03-03", "收果园承包款", "借 101 6200; 贷 501 6200"),
        village.reviewed("2025-03-05", "付电费", "借 513 1386.40; 贷 101 1386.40"),
        village.entered("2025-03-08", "购办公用品", "借 513 368.20; 贷 101 368.20"),
        village.entered("2025-03-12", "付保洁员补贴", "借 513 2640; 贷 101 2640"),
    ]


@pytest.fixture
def page_of(page_of, session):
    """Pages reload when changes touch them, as the window sees to it."""

    def build(kind, **where):
        page = page_of(kind, **where)
        session.changed.connect(lambda changes: page.reload() if changes.touches(page.shows) else None)
        return page

    return build


@pytest.fixture
def reviewing(session, pile, page_of):
    """李建国 sits down to review."""
    session.sit_down(LI)
    return page_of(VoucherListPage)


def press(page, key):
    QTest.keyClick(page.table.view, key)


def states(village):
    return [state for _, _, state in village.numbers("2025-03")]


def test_the_list_begins_at_the_first_voucher_waiting_for_this_person(reviewing):
    assert reviewing.model.voucher(reviewing.table.row).summary == "购办公用品"
    assert reviewing.table.view.hasFocus() or reviewing.table.view.isVisible()


def test_space_marks_and_goes_on_and_all_marked_are_passed(reviewing, village, settle):
    press(reviewing, Qt.Key.Key_Space)
    press(reviewing, Qt.Key.Key_Space)
    assert [v.summary for v in reviewing.model.marked_vouchers()] == ["购办公用品", "付保洁员补贴"]
    reviewing.action("pass").trigger()
    settle()
    assert states(village) == ["posted", "reviewed", "reviewed", "reviewed"]
    assert reviewing.status() == "已通过 2 张"
    assert not reviewing.model.marked


@pytest.mark.parametrize(("name", "key"), [("pass", "F8"), ("give_back", "Shift+F8"), ("post", "F10")])
def test_the_verdicts_have_their_keys(reviewing, name, key):
    assert [shortcut.toString() for shortcut in reviewing.action(name).shortcuts()] == [key]


def test_the_band_says_how_many_are_marked_and_what_they_add_up_to(reviewing):
    press(reviewing, Qt.Key.Key_Space)
    words = [label.text() for label in (reviewing.band._words, reviewing.band._sum, reviewing.band._rest)]
    assert words == ["已标记 1 张", "合计 368.20", "还有 1 张没标"]
    assert reviewing.action("pass").text() == "1 张全部通过"


def test_nobody_marks_vouchers_of_their_own(page_of, pile, village, settle):
    page = page_of(VoucherListPage)  # 王秀英 made them all
    page.table.go_to_row(2)
    press(page, Qt.Key.Key_Space)
    assert "自己制的单，自己不能审" in page.status()
    assert not page.model.marked
    assert not page.action("pass").isEnabled()


def test_a_voucher_goes_back_with_a_reason_and_its_maker_sees_it(reviewing, session, village, settle):
    reviewing.action("give_back").trigger()
    assert reviewing.reason.asking
    assert not reviewing.reason.act.isEnabled()
    reviewing.reason.field.insert("缺发票")
    QTest.keyClick(reviewing.reason.field, Qt.Key.Key_Return)
    settle()
    session.sit_down(WANG)
    row = reviewing.model.row_of(3)
    assert reviewing.model.tags(row) == [("▲ 退回：缺发票", True)]
    reviewing.table.go_to_row(row)
    assert reviewing.status() == "记-0003 被退回：缺发票"


def test_without_a_reason_nothing_is_returned(reviewing, village, settle):
    reviewing.action("give_back").trigger()
    QTest.keyClick(reviewing.reason.field, Qt.Key.Key_Return)
    assert reviewing.reason.asking
    assert reviewing.escape()
    assert not reviewing.reason.asking
    settle()
    assert states(village) == ["posted", "reviewed", "entered", "entered"]


def test_what_is_reviewed_is_posted(reviewing, village, settle):
    assert reviewing.action("post").text() == "记账 1 张"
    reviewing.action("post").trigger()
    settle()
    assert states(village) == ["posted", "posted", "entered", "entered"]
    assert reviewing.status() == "已记账 1 张"


def test_in_a_one_person_post_unreviewed_vouchers_post_as_waiting_for_the_second_look(
    page_of, pile, village, settle, session
):
    village.declare_one_person_post()
    session.tell(Changes(settings=True))
    page = page_of(VoucherListPage)
    assert page.action("post").text() == "记账 3 张"
    page.action("post").trigger()
    settle()
    assert states(village) == ["posted"] * 4
    assert ("▲ 待补审", True) in page.model.tags(3)


def test_who_reviewed_takes_it_back(reviewing, village, settle):
    reviewing.table.go_to_row(1)
    reviewing.action("unreview").trigger()
    settle()
    assert states(village) == ["posted", "entered", "entered", "entered"]


def test_a_void_keeps_its_number(reviewing, village, settle):
    reviewing.action("void").trigger()
    reviewing.reason.field.insert("重复了")
    reviewing.reason.act.click()
    settle()
    assert village.numbers("2025-03")[2] == (3, 8, "void")
    assert reviewing.status() == "记-0003 已作废，字号保留"


def test_the_last_unreviewed_voucher_is_deleted_after_a_question_that_names_it(
    page_of, pile, village, settle
):
    page = page_of(VoucherListPage)
    page.table.go_to_row(3)
    page.action("delete").trigger()
    assert "付保洁员补贴" in page.reason._label.text()
    page.reason.act.click()
    settle()
    assert [number for number, _, _ in village.numbers("2025-03")] == [1, 2, 3]


def test_deleting_in_the_middle_is_refused_in_words_and_nothing_happens(
    page_of, pile, village, operations, qtbot
):
    page = page_of(VoucherListPage)
    page.table.go_to_row(2)
    page.action("delete").trigger()
    with qtbot.waitSignal(operations.refused) as refused:
        page.reason.act.click()
    assert "断号" in str(refused.args[0])
    assert len(village.numbers("2025-03")) == 4


def test_receipts_that_arrived_late_are_sorted_by_date(page_of, pile, village, settle):
    village.entered("2025-03-07", "补到的收据", "借 513 12; 贷 101 12")
    page = page_of(VoucherListPage)
    page.action("resort").trigger()
    settle()
    assert [day for _, day, _ in village.numbers("2025-03")] == [3, 5, 7, 8, 12]
    assert page.status() == "按日期重排了 3 张的字号"


def test_filters_show_their_state_with_its_count(page_of, pile):
    page = page_of(VoucherListPage)
    texts = [button.text() for button in page.bar.buttons.values()]
    assert texts == ["全部 4", "待审核 2", "已审核 1", "已记账 1", "作废 0"]
    page.bar.buttons[VoucherState.REVIEWED].click()
    assert [page.model.voucher(row).summary for row in range(page.model.count())] == ["付电费"]


@pytest.mark.parametrize(
    ("text", "found"), [("电费", 1), ("2,640", 1), ("2640", 1), ("补贴", 1), ("没有的", 0)]
)
def test_the_find_field_looks_at_summaries_and_amounts(page_of, pile, qtbot, text, found):
    page = page_of(VoucherListPage)
    page.action("find").trigger()
    with qtbot.waitSignal(page.bar.find_changed):
        page.bar.field.insert(text)
    assert page.model.count() == found
    assert page.escape()
    assert page.model.count() == 4


def test_the_find_field_looks_at_counterparties(page_of, pile, village, qtbot):
    village.entered("2025-03-15", "收欠款", "借 101 600; 贷 113@周德清 600")
    page = page_of(VoucherListPage)
    with qtbot.waitSignal(page.bar.find_changed):
        page.bar.field.insert("周德清")
    assert [page.model.text(row, 4) for row in range(page.model.count())] == ["周德清"]


def test_enter_opens_the_voucher_and_coming_back_stands_on_it(page_of, pile, navigator):
    page = page_of(VoucherListPage, voucher=2)
    press(page, Qt.Key.Key_Return)
    assert navigator.opened == [("voucher", {"voucher_id": 2})]
    where = page.where()
    page.table.go_to_row(0)
    page.go(**where)
    assert page.model.voucher(page.table.row).id == 2


def test_a_correction_is_linked_both_ways_in_the_list(page_of, village, pile):
    village.reverse(pile[0], "2025-03-20")
    page = page_of(VoucherListPage)
    assert page.model.tags(0) == [("已冲 ↔ 记-0005", False)]
    assert page.model.tags(4) == [("红字 ↔ 记-0001", False)]
    assert page.model.text(4, 5) == "-6,200.00"


def test_a_correction_of_an_earlier_month_names_the_month(page_of, village, session):
    posted = village.posted("2025-02-03", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.reverse(posted, "2025-03-02")
    page = page_of(VoucherListPage)
    assert page.model.tags(0) == [("红字 ↔ 2月记-0001", False)]


def test_the_heading_says_that_numbers_run_without_a_gap(page_of, pile):
    page = page_of(VoucherListPage)
    assert page.head._subtitle.text() == "2025年3月 · 4 张 · 字号连续"
    assert missing_numbers([page.model.voucher(row) for row in (0, 3)]) == ["记-0002", "记-0003"]


def test_an_empty_month_says_what_to_do(page_of):
    page = page_of(VoucherListPage)
    assert page.table.view.empty_words == "2025年3月还没有凭证。按 F5 记一笔。"


def test_the_closing_vouchers_of_the_year_stand_behind_december(page_of, village, session):
    village.posted("2025-12-30", "收果园承包款", "借 101 6200; 贷 501 6200")
    for month in range(1, 13):
        village.close_month(f"2025-{month:02d}")
    with village.act(WANG) as uow:
        year_end.close_year(uow, COLLECTIVE, 2025)
    session.go_to_month(Month(2025, 12))
    page = page_of(VoucherListPage)
    assert page.model.text(0, 3) == "收果园承包款"
    assert page.model.count() > 1
    assert page.head._subtitle.text().endswith("字号连续")


def test_marks_do_not_follow_into_another_month(reviewing, session, village):
    village.entered("2025-04-02", "四月的", "借 513 1; 贷 101 1")
    press(reviewing, Qt.Key.Key_Space)
    session.go_to_month(Month(2025, 4))
    reviewing.reload()
    session.go_to_month(MARCH)
    reviewing.reload()
    assert not reviewing.model.marked


def test_the_other_ledger_shows_its_own_vouchers(page_of, pile, village, session):
    village.entered("2025-03-09", "购春联纸", "借 5103 186; 贷 1001 186", COMMITTEE)
    page = page_of(VoucherListPage)
    session.switch_ledger(COMMITTEE)
    page.reload()
    assert [page.model.text(row, 3) for row in range(page.model.count())] == ["购春联纸"]
    session.switch_ledger(COLLECTIVE)
    page.reload()
    assert page.model.count() == 4


def test_a_read_only_book_offers_nothing_that_writes(reviewing, session, monkeypatch):
    monkeypatch.setattr(type(session), "read_only", True)
    reviewing.reload()
    for name in ("pass", "give_back", "post", "unreview", "void", "delete", "resort"):
        assert not reviewing.action(name).isEnabled(), name
    press(reviewing, Qt.Key.Key_Space)
    assert not reviewing.model.marked


def test_the_marked_ones_are_printed_or_else_all_that_are_shown(reviewing, navigator):
    reviewing.action("print").trigger()
    press(reviewing, Qt.Key.Key_Space)
    reviewing.action("print").trigger()
    assert [where["vouchers"] for _, where in navigator.opened] == [(1, 2, 3, 4), (3,)]


def test_the_list_is_a_sound_model_and_says_its_shapes_in_words(village, pile):
    model = VoucherListModel(village.reader.vouchers(COLLECTIVE), LI)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [model.words(row, 0) for row in range(4)] == ["", "", "没有标记", "没有标记"]
    assert model.toggle(2)
    assert model.words(2, 0) == "已标记"
    assert not model.toggle(0)
    assert model.words(3, 9) == "待审核"

"""清产核资, 会计交接 and 旧账 in the window: counted by keyboard, step by step to the end."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.builders import COLLECTIVE, COMMITTEE
from tests.counting.counting_village import DAY, begun
from village_ledger.domain.handover import Parties, Result
from village_ledger.domain.stock_take import Count, Step, Treatment
from village_ledger.services.bank import cash_counts
from village_ledger.services.handover import handovers
from village_ledger.ui.counting.stock_take_acts import with_day
from village_ledger.ui.counting.stock_take_page import DIFFERENCES, StockTakePage
from village_ledger.ui.counting.stock_takes_page import StockTakesPage
from village_ledger.ui.handover.handover_page import HandoverPage
from village_ledger.ui.handover.handovers_page import HandoversPage
from village_ledger.ui.handover.old_matters_page import OldMattersPage
from village_ledger.ui.voucher.voucher_page import VoucherPage


@pytest.fixture
def hall(village):
    """A village with cash, a pump, one who owes and one who is owed."""
    village.open_with(
        "借 101 1200", "借 151 3000", "贷 152 1000", "借 113@张三 300", "贷 211@建材店 500", "贷 311 3000"
    )
    return village


def taken(village):
    return village.reader.stock_take(COLLECTIVE, DAY)


def lines(village):
    return {x.book.name: x for x in village.reader.stock_take_lines(taken(village))}


# Stock-takes


def test_a_stock_take_is_registered_and_filled(hall, page_of, settle, navigator):
    page = page_of(StockTakesPage)
    for field, text in (
        (page.day, "2025-12-31"),
        (page.leader, "赵永康"),
        (page.counters, "王秀英、何小莉"),
        (page.supervisor, "周德清"),
    ):
        field.setText(text)
    page.action("new").trigger()
    settle()
    assert navigator.opened[-1] == ("stock_take", {"day": DAY, "said": ""})
    assert taken(hall).last is Step.FILLED
    page.reload()
    settle()
    page.table.opened.emit(0)
    assert navigator.opened[-1][1]["day"] == DAY


def test_a_day_that_cannot_be_read_is_said(hall, page_of, settle):
    page = page_of(StockTakesPage)
    page.day.setText("年末")
    page.action("new").trigger()
    settle()
    assert not page.slip.isHidden()
    assert hall.reader.stock_takes(COLLECTIVE) == []


def enter(qtbot, field):
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_counting_by_keyboard_goes_from_line_to_line(hall, page_of, settle, qtbot):
    begun(hall)
    page = page_of(StockTakePage, day=DAY)
    assert page.sheet == "01"
    QAbstractItemModelTester(page.table.view.model())
    page.table.opened.emit(0)
    page.strip.value.setText("1200")
    enter(qtbot, page.strip.value)
    settle()
    assert lines(hall)["库存现金"].count == Count(120000)
    page.action("next_sheet").trigger()
    assert page.sheet == "03"
    page.choice.setCurrentIndex(page.choice.findData("08"))
    page.choice.activated.emit(page.choice.currentIndex())
    page.strip.begin()
    page.strip.value.setText("0")
    enter(qtbot, page.strip.value)
    assert page.strip.treatment.currentData() == "adjust"
    page.strip.cause.setText("丢失")
    enter(qtbot, page.strip.cause)
    settle()
    pump = lines(hall)["固定资产"].count
    assert (pump.value, pump.cause, pump.treatment) == (0, "丢失", Treatment.ADJUST)


def test_equals_takes_the_books_and_nonsense_is_refused(hall, page_of, settle, qtbot):
    begun(hall)
    page = page_of(StockTakePage, day=DAY)
    qtbot.keyClicks(page.strip.value, "=")
    assert page.strip.value.text() == "1200.00"
    page.strip.value.setText("很多")
    enter(qtbot, page.strip.value)
    assert not page.slip.isHidden()
    assert lines(hall)["库存现金"].count is None


def test_the_button_does_what_comes_next(hall, page_of, settle, navigator):
    begun(hall)
    page = page_of(StockTakePage, day=DAY)
    page.action("onward").trigger()
    settle()
    assert not page.slip.isHidden()
    page.action("agree").trigger()
    settle()
    page.sheet = DIFFERENCES
    page.action("agree").trigger()
    settle()
    page.reload()
    settle()
    page.action("onward").trigger()
    settle()
    page.reload()
    settle()
    assert page.view.take.last is Step.COUNTED
    assert page.strip.isHidden()
    page.action("onward").trigger()
    page.bar.field.setText("青村决〔2026〕1号 2026-01-10")
    page.bar.act.click()
    settle()
    page.reload()
    settle()
    assert page.view.take.done(Step.APPROVED).number == "青村决〔2026〕1号"
    page.action("onward").trigger()
    page.bar.act.click()
    settle()
    assert taken(hall).last is Step.ADJUSTED
    page.action("print").trigger()
    settle()
    assert navigator.opened[-1][0] == "preview"


def test_it_goes_back_with_a_reason(hall, page_of, settle):
    begun(hall)
    page = page_of(StockTakePage, day=DAY)
    page.sheet = DIFFERENCES
    page.action("agree").trigger()
    settle()
    page.reload()
    settle()
    page.action("onward").trigger()
    settle()
    page.reload()
    settle()
    page.action("go_back").trigger()
    assert page.escape()
    page.action("go_back").trigger()
    page.bar.field.setText("漏了一间库房")
    page.bar.act.click()
    settle()
    assert taken(hall).last is Step.BACK


def test_what_is_not_in_the_books_is_added_and_dropped(hall, page_of, settle):
    begun(hall)
    page = page_of(StockTakePage, day=DAY, sheet="08")
    page.action("found").trigger()
    page.bar.field.setText("音响 800")
    page.bar.act.click()
    assert not page.slip.isHidden()
    page.action("found").trigger()
    page.bar.field.setText("151 音响 800")
    page.bar.act.click()
    settle()
    page.reload()
    settle()
    assert lines(hall)["音响"].surplus == 80000
    page.table.go_to_row(1)
    assert page.action("drop").isEnabled()
    page.action("drop").trigger()
    settle()
    assert "音响" not in lines(hall)


def test_books_that_changed_are_named(hall, page_of):
    begun(hall)
    hall.posted("2025-12-30", "收现金", "借 101 5; 贷 501 5")
    page = page_of(StockTakePage, day=DAY)
    assert "库存现金" in page.notice.text()
    assert not page.notice.isHidden()


def test_a_ledger_without_that_stock_take_says_so(hall, page_of, settle, session):
    begun(hall)
    page = page_of(StockTakePage, day=DAY)
    session.switch_ledger(COMMITTEE)
    page.reload()
    settle()
    assert not page.slip.isHidden()
    assert page.line is None


def test_words_and_a_day() -> None:
    today = date(2026, 5, 5)
    assert with_day("决1号 2026-01-10", today) == ("决1号", date(2026, 1, 10))
    assert with_day("村务 公开栏", today) == ("村务 公开栏", today)


def test_a_difference_leads_to_its_voucher_and_back(hall, page_of, navigator, settle):
    from village_ledger.services.counting import adjustments, confirmation, stock_takes

    begun(hall)
    pump = lines(hall)["固定资产"].number
    with hall.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(pump, Count(0, cause="丢失", treatment=Treatment.ADJUST))])
        stock_takes.agree(uow, COLLECTIVE, DAY)
        confirmation.finish(uow, COLLECTIVE, DAY)
        confirmation.approve(uow, COLLECTIVE, DAY, "1号", DAY)
        made = adjustments.adjust(uow, COLLECTIVE, DAY).value
    page = page_of(StockTakePage, day=DAY)
    assert page.sheet == DIFFERENCES
    page.table.opened.emit(0)
    assert navigator.opened[-1] == ("voucher", {"voucher_id": made[0].id})
    voucher = page_of(VoucherPage, voucher_id=made[0].id)
    ((link, words),) = voucher.browsing.asset_links
    assert words == "清产核资 2025-12-31"
    voucher.browsing.go_to(link)
    assert navigator.opened[-1] == ("stock_take", {"day": "2025-12-31"})


# Handovers


def again(page, settle):
    """What the window does once something has changed."""
    page.reload()
    settle()


@pytest.fixture
def handover(hall, page_of, settle, navigator):
    """A handover registered in the form, its page open."""
    form = page_of(HandoversPage)
    for field, text in (
        (form.post, "会计"),
        (form.giver, "王秀英"),
        (form.taker, "何小莉"),
        (form.supervisor, "周德清"),
        (form.day, "2025-03-31"),
    ):
        field.setText(text)
    form.action("new").trigger()
    settle()
    number = hall.reader.handovers()[0].number
    assert navigator.opened[-1] == ("handover", {"number": number})
    return page_of(HandoverPage, number=number)


@pytest.fixture
def listed(hall, handover, settle):
    """Its cash counted, its list made."""
    with hall.act() as uow:
        cash_counts.count(uow, COLLECTIVE, "101", date(2025, 3, 31), {}, 120000)
    handover.action("onward").trigger()
    settle()
    again(handover, settle)
    return handover


def test_a_list_wants_its_cash_counted(hall, handover, settle):
    handover.action("onward").trigger()
    settle()
    assert not handover.slip.isHidden()
    assert hall.reader.handover_items(handover.view.handover.id) == []


def test_items_are_gone_through_and_added(hall, listed, settle, qtbot):
    page = listed
    QAbstractItemModelTester(page.table.view.model())
    page.table.opened.emit(0)
    settle()
    again(page, settle)
    page.table.go_to_row(1)
    page.action("differs").trigger()
    page.bar.field.setText("差一张")
    page.bar.act.click()
    settle()
    items = hall.reader.handover_items(page.view.handover.id)
    assert [item.result for item in items[:3]] == [Result.AGREES, Result.DIFFERS, Result.OPEN]
    page.by_hand.title.setText("财务专用章")
    page.by_hand.quantity.setText("1枚")
    enter(qtbot, page.by_hand.quantity)
    settle()
    assert any(item.title == "财务专用章" for item in hall.reader.handover_items(page.view.handover.id))


def test_three_sign_and_it_is_done(hall, listed, settle, navigator):
    page = listed
    page.action("tick_rest").trigger()
    settle()
    for stage in ("签字", "签字", "签字", "交接完毕"):
        again(page, settle)
        page.action("onward").trigger()
        page.bar.act.click()
        settle()
        again(page, settle)
        assert page.view.handover.stage == stage
    assert not page.action("onward").isEnabled()
    page.action("print").trigger()
    settle()
    assert navigator.opened[-1][0] == "preview"


def test_unposted_vouchers_are_asked_about(hall, page_of, settle):
    hall.entered("2025-03-20", "付电费", "借 513 20; 贷 101 20")
    with hall.act() as uow:
        cash_counts.count(uow, COLLECTIVE, "101", date(2025, 3, 31), {}, 120000)
        who = Parties("会计", "王秀英", "何小莉", "周德清")
        number = handovers.begin(uow, date(2025, 3, 31), who).value.number
    page = page_of(HandoverPage, number=number)
    page.action("make_list").trigger()
    assert page.bar.asking
    page.bar.act.click()
    settle()
    assert any("没有记账" in item.title for item in hall.reader.handover_items(page.view.handover.id))
    page.action("withdraw").trigger()
    page.bar.field.setText("换人")
    page.bar.act.click()
    settle()
    assert hall.reader.handover(number).stage == "已撤销"


def test_a_successor_who_is_not_registered_types_a_pin_unseen(hall, page_of):
    from PySide6.QtWidgets import QLineEdit

    from tests.builders import LI, WANG
    from village_ledger.domain.handover import Place

    hall.hire_four()
    with hall.act(WANG) as uow:
        number = handovers.begin(
            uow, date(2025, 3, 31), Parties("会计", WANG, "何小莉", LI), COMMITTEE
        ).value.number
        handovers.make_list(uow, number)
        handovers.tick_rest(uow, number)
        handovers.sign(uow, number, Place.GIVER, date(2025, 4, 1))
        handovers.sign(uow, number, Place.TAKER, date(2025, 4, 1))
    with hall.act(LI) as uow:
        handovers.sign(uow, number, Place.SUPERVISOR, date(2025, 4, 1))
    page = page_of(HandoverPage, number=number)
    page.acts.onward()
    assert page.bar.field.echoMode() is QLineEdit.EchoMode.Password
    assert page.escape()
    assert page.bar.field.echoMode() is QLineEdit.EchoMode.Normal


# Old matters


def test_old_matters_are_gathered_and_followed_up(hall, page_of, settle):
    page = page_of(OldMattersPage)
    page.action("gather").trigger()
    page.bar.field.setText("2025-07-01")
    page.bar.act.click()
    settle()
    page.reload()
    settle()
    assert [one.name for one in page.matters] == ["张三", "建材店"]
    page.owner.setText("周德清")
    page.plan.setText("分两次还")
    page.due.setText("2025-12-31")
    page.done.setText("上门催收")
    page.action("follow").trigger()
    settle()
    page.reload()
    settle()
    matter = hall.reader.old_matter(COLLECTIVE, "1")
    assert (matter.latest.owner, matter.latest.plan, matter.latest.due) == (
        "周德清",
        "分两次还",
        date(2025, 12, 31),
    )
    assert "上门催收" in page.log.text()
    page.due.setText("年底")
    page.action("follow").trigger()
    assert not page.slip.isHidden()
    page.action("add").trigger()
    page.bar.field.setText("村小学确权")
    page.bar.act.click()
    settle()
    assert len(hall.reader.old_matters(COLLECTIVE)) == 3

"""办理中的变动: a case is taken from step to step in the list."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import LI, WANG
from tests.ui.share_hand import BOARD, with_holders
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest
from village_ledger.services.shares import share_cases
from village_ledger.ui.shares.share_cases_page import ShareCasesPage


@pytest.fixture
def holders(village):
    """吴家兴 5.00, 周德明 12.00, 周建军 8.00, 集体 75.00; the board has decided."""
    return with_holders(village)


@pytest.fixture
def handed_on(holders):
    """A transfer of 3.00 that 王秀英 made and checked."""
    asked = EventRequest(
        EventKind.TRANSFER, "成员股", date(2025, 3, 1), from_="003/吴家兴", to="017/周德明", quantity="3"
    )
    with holders.act() as uow:
        case = share_cases.begin(uow, asked, ["申请书"]).value
        share_cases.check(uow, case.id)
    return case.id


def see(page: ShareCasesPage, settle) -> None:
    """Wait for an act and read again, as the window does after a change."""
    settle()
    page.reload()
    settle()


def choose(page: ShareCasesPage, number: str) -> None:
    """A resolution in the question of approval."""
    page.approval.resolution.setCurrentIndex(page.approval.resolution.findData(number))


def row_of(page: ShareCasesPage) -> list[str]:
    """The row one stands on."""
    return [page.model.text(page.table.row, place) for place in range(len(page.model.columns))]


def test_a_case_is_approved_published_and_posted_from_the_list(page_of, holders, handed_on, settle):
    page = page_of(ShareCasesPage, case=handed_on)
    settle()
    assert row_of(page)[:6] == ["1", "已审查", "转让", "003/吴家兴 → 017/周德明", "3", "缺 6 件"]
    steps = ("check", "approve", "publish", "post", "object", "reject", "again")
    assert [name for name in steps if page.action(name).isEnabled()] == ["approve", "reject"]
    page.action("approve").trigger()
    page.approval.second.setText(LI)
    page.approval._finish()
    settle()
    assert "规则 I12" in page.slip.notice.what  # nothing is chosen for the one who approves
    page.action("approve").trigger()
    choose(page, BOARD)
    page.approval.second.setText(WANG)
    page.approval._finish()
    settle()
    assert "同一个人" in page.slip.notice.what
    page.action("approve").trigger()
    choose(page, BOARD)
    page.approval.second.setText(LI)
    page.approval._finish()
    see(page, settle)
    assert row_of(page)[1] == "已批准"
    page.action("publish").trigger()
    page.bar.field.setText("2025-03-02")
    page.bar._finish()
    see(page, settle)
    assert row_of(page)[1] == "公示中"
    assert row_of(page)[6:] == ["期满", "公示期满，可以登记"]
    assert page.status() == "在办 1 件，公示期满 1 件"
    page.action("post").trigger()
    see(page, settle)
    assert row_of(page)[1] == "已登记"
    approved = page.sheet.words.text().splitlines()[-3]
    assert approved.split("　")[1:] == ["已批准", LI, f"决议 {BOARD}"]
    event = holders.reader.share_event(2)
    assert (event.day, event.reviewed_by) == (date(2025, 3, 9), LI)


def test_nothing_is_posted_before_the_notice_is_over(page_of, holders, handed_on, settle):
    with holders.act(LI) as uow:
        share_cases.approve(uow, handed_on, BOARD)
    with holders.act() as uow:
        share_cases.publish(uow, handed_on, date(2199, 1, 1))
    page = page_of(ShareCasesPage, case=handed_on)
    settle()
    assert row_of(page)[6].startswith("还有 ")
    page.action("post").trigger()
    settle()
    assert "公示到 2199-01-07 才满" in page.slip.notice.what
    page.action("object").trigger()
    page.bar.field.setText("李四：没有征求意见")
    page.bar._finish()
    see(page, settle)
    assert row_of(page)[1] == "有异议"
    page.action("reject").trigger()
    page.bar.field.setText("另议")
    page.bar._finish()
    see(page, settle)
    assert row_of(page)[1] == "已退回"


def test_a_rejected_case_is_begun_again_in_the_wizard(page_of, holders, handed_on, settle, navigator):
    with holders.act() as uow:
        share_cases.reject(uow, handed_on, "数量写错")
    page = page_of(ShareCasesPage, case=handed_on)
    settle()
    page.action("again").trigger()
    see(page, settle)
    assert navigator.opened[-1] == ("share_event", {"case": 2})
    page.table.go_to_row(0)
    page.table.opened.emit(0)
    assert navigator.opened[-1] == ("share_event", {"case": 2})


def test_papers_that_come_later_are_ticked_below_the_list(page_of, holders, handed_on, settle):
    page = page_of(ShareCasesPage, case=handed_on)
    settle()
    assert not page.action("papers").isEnabled()
    contract = next(box for box in page.sheet.boxes if box.text() == "转让合同")
    contract.click()
    page.action("papers").trigger()
    see(page, settle)
    assert row_of(page)[5] == "缺 5 件"
    assert "转让合同" not in [box.text() for box in page.sheet.boxes]
    assert "收到材料　王秀英　转让合同" in page.sheet.words.text()


def test_an_empty_list_says_how_one_begins(page_of, village, settle, navigator):
    page = page_of(ShareCasesPage)
    settle()
    assert "Insert" in page.table.view.empty_words
    page.action("new").trigger()
    assert navigator.opened == [("share_event", {})]
    assert not page.action("post").isEnabled()

"""Share changes in a book with staff: whoever approves types a PIN in the page, and needs the role for it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from tests.builders import LI, WANG, ZHAO, pin_of
from tests.ui.share_hand import BOARD, with_holders
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest
from village_ledger.services.changes import Changes
from village_ledger.services.shares import share_cases
from village_ledger.services.staff import staff
from village_ledger.ui.desk.home_page import HomePage
from village_ledger.ui.shares.share_cases_page import ShareCasesPage
from village_ledger.ui.shares.share_event_page import ShareEventPage


@pytest.fixture
def staffed(village, session):
    """吴家兴 with 5.00; an accountant at the keyboard, a chief who reviews, a cashier who does not."""
    with_holders(village)
    village.hire_four()
    staff.sign_in(village.book, WANG, pin_of(WANG))
    session.tell(Changes(settings=True))
    session.sit_down(WANG)
    return village


def frozen() -> EventRequest:
    """What a court asks for."""
    return EventRequest(EventKind.FREEZE, "成员股", date(2025, 3, 1), from_="003/吴家兴", quantity="2")


def test_a_freeze_is_posted_with_the_reviewers_pin(staffed, page_of, settle):
    page = page_of(ShareEventPage)
    page.go(kind=EventKind.FREEZE, person="003/吴家兴")
    settle()
    page.form.fill({"from_": "003/吴家兴", "class_name": "成员股", "quantity": "2", "day": "2025-03-01"})
    page._on_edited()
    page.go_on()
    settle()
    page.go_on()
    page.go_on()
    page.confirm.second.setText(LI)
    for pin, what in (("0000", "密码不对"), (pin_of(LI), "")):
        page.confirm.pin.setText(pin)
        page.go_on()
        settle()
        if what:
            assert what in page.slip.notice.what
    event = staffed.reader.share_event(2)
    assert (event.kind, event.entered_by, event.reviewed_by) == (EventKind.FREEZE, WANG, LI)


def test_who_has_no_role_to_review_does_not_approve(staffed, page_of, settle):
    asked = EventRequest(EventKind.GIFT, "成员股", date(2025, 3, 1), "003/吴家兴", "017/周德明", "1")
    with staffed.act() as uow:
        case = share_cases.begin(uow, asked).value
        share_cases.check(uow, case.id)
    page = page_of(ShareCasesPage, case=case.id)
    settle()
    for second, pin, what in ((ZHAO, pin_of(ZHAO), "不能"), (LI, "0000", "密码不对"), (LI, pin_of(LI), "")):
        page.action("approve").trigger()
        page.approval.resolution.setCurrentIndex(page.approval.resolution.findData(BOARD))
        page.approval.second.setText(second)
        page.approval.pin.setText(pin)
        page.approval._finish()
        settle()
        if what:
            assert what in page.slip.notice.what
    steps = staffed.reader.share_case(case.id).steps
    assert [(step.state, step.by) for step in steps] == [("draft", WANG), ("checked", WANG), ("approved", LI)]


def test_home_says_which_cases_wait(staffed, page_of, settle):
    gift = EventRequest(EventKind.GIFT, "成员股", date(2025, 3, 1), "003/吴家兴", "017/周德明", "1")
    with staffed.act() as uow:
        share_cases.check(uow, share_cases.begin(uow, gift).value.id)
        share_cases.begin(uow, frozen())
    page = page_of(HomePage)
    settle()
    said = [label.text() for label in page.todos.findChildren(QLabel)]
    assert "集体账有 1 件份额变动等着批准" in said
    assert not any("公示期满" in text for text in said)

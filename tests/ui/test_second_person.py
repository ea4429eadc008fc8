"""Pages that name other people ask for their PINs in a book with staff: reopening, sealing, reviewing a pair."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, LI, QIAN, WANG, ZHAO, Village, pin_of
from tests.services.months import close_through
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.changes import Changes
from village_ledger.services.staff import staff
from village_ledger.ui.closing.closing_page import ClosingPage
from village_ledger.ui.closing.distribution_page import DistributionPage
from village_ledger.ui.closing.month_forms import ReopenPage, SealPage
from village_ledger.ui.planning.budget_page import BudgetPage
from village_ledger.ui.transfers.transfer_page import TransferPage
from village_ledger.ui.transfers.transfers_page import TransfersPage

SUN, ZHOU = "孙监事", "周监事"
JANUARY = Month(2025, 1)


@pytest.fixture
def staffed(village: Village, session) -> Village:
    """January closed; an accountant at the keyboard, a chief, a cashier, two supervisors."""
    close_through(village, 1)
    village.hire_four()
    for name in (SUN, ZHOU):
        village.hire(name, "监督")
    staff.sign_in(village.book, WANG, pin_of(WANG))
    session.tell(Changes(settings=True))
    session.sit_down(WANG)
    return village


def state(village: Village) -> MonthState:
    return next(m.state for m in village.reader.months(COLLECTIVE) if m.month == JANUARY)


def test_reopening_wants_the_approvers_pin(staffed, page_of, settle):
    form = page_of(ReopenPage, month=JANUARY)
    assert form.pin.isVisibleTo(form)
    form.approver.setText(LI)
    form.reason.setText("漏记一张")
    form.pin.setText(pin_of(ZHAO))
    form.action("act").trigger()
    settle()
    assert "密码不对" in form.slip.notice.what
    form.pin.setText(pin_of(LI))
    form.action("act").trigger()
    settle()
    assert state(staffed) is MonthState.OPEN


def test_sealing_wants_both_pins(staffed, page_of, settle):
    form = page_of(SealPage, month=JANUARY)
    for field, text in ((form.first, SUN), (form.second, ZHOU), (form.sheet, "1月检查单")):
        field.setText(text)
    form.first_pin.setText(pin_of(SUN))
    form.second_pin.setText(pin_of(SUN))
    form.action("act").trigger()
    settle()
    assert f"{ZHOU} 的密码不对" in form.slip.notice.what
    assert state(staffed) is MonthState.CLOSED
    form.second_pin.setText(pin_of(ZHOU))
    form.action("act").trigger()
    settle()
    assert state(staffed) is MonthState.SEALED


def test_a_pair_is_reviewed_on_the_spot_with_the_reviewers_pin(staffed, page_of, settle):
    page = page_of(TransferPage, event="T4")
    page.day.setText("2025-02-08")
    page.summary.setText("代付电费")
    page.amount.setText("50")
    page.reviewer.setText(LI)
    page.pin.setText("000000")
    page.action("save").trigger()
    settle()
    assert "密码不对" in page.slip.notice.what
    assert staffed.reader.transfers() == []
    page.pin.setText(pin_of(LI))
    page.action("save").trigger()
    settle()
    (document,) = staffed.reader.transfers()
    assert document.state is VoucherState.POSTED


def test_without_staff_nobody_is_asked(village, page_of, settle):
    page = page_of(TransferPage, event="T4")
    assert not page.pin.isVisibleTo(page)
    page.summary.setText("代付电费")
    page.amount.setText("50")
    page.reviewer.setText(LI)
    page.action("save").trigger()
    settle()
    (document,) = village.reader.transfers()
    assert document.state is VoucherState.POSTED
    form = page_of(SealPage, month=JANUARY)
    assert not form.first_pin.isVisibleTo(form)


@pytest.mark.parametrize(
    ("kind", "action", "who"),
    [
        (ClosingPage, "check", {WANG, LI}),
        (DistributionPage, "act", {WANG}),
        (BudgetPage, "fill_in", {WANG, LI}),
        (TransfersPage, "new", {WANG}),
        (TransfersPage, "pass", {LI}),
        (TransfersPage, "post", {WANG}),
    ],
)
def test_acts_are_off_for_whoever_has_no_role(staffed, page_of, session, settle, kind, action, who):
    page = page_of(kind)
    for name in (QIAN, ZHAO, WANG, LI):
        staff.sign_in(staffed.book, name, pin_of(name))
        session.sit_down(name)
        page.go()
        settle()
        page.follow_access()
        assert page.permits(action) == (name in who), name
        assert name in who or not page.action(action).isEnabled(), name

"""The closing page: the list, its evidence, waivers, the acts at the foot, and the forms of a closed month."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import COLLECTIVE, COMMITTEE, WANG, ZHAO
from tests.services.months import close_through, state_of
from village_ledger.domain.period import Month, MonthState
from village_ledger.services.check_item import Verdict
from village_ledger.ui.closing.closing_page import ClosingPage
from village_ledger.ui.closing.month_forms import ReopenPage, SealPage

RENT = "借 101 600; 贷 501 600"
MARCH = Month(2025, 3)


@pytest.fixture
def march(village):
    """January and February closed; March has a loss not dealt with and a voucher not posted."""
    village.open_with("借 121 1000", "贷 301 1000")
    close_through(village, 2)
    village.posted("2025-03-08", "盘亏", "借 181 300; 贷 121 300")
    village.posted("2025-03-09", "收租金", RENT)
    village.entered("2025-03-10", "收租金", RENT)
    return village


@pytest.fixture
def page(march, page_of, session):
    """The page, reloading as the window makes it."""
    made = page_of(ClosingPage)
    session.changed.connect(lambda changes: made.reload() if changes.touches(made.shows) else None)
    return made


def line(page, rule: str) -> int:
    return next(n for n, item in enumerate(page.view.items) if item.rule == rule)


def go_to(page, rule: str) -> None:
    """Stand on the first line of a rule that does not pass, else on the first."""
    rows = [n for n, item in enumerate(page.view.items) if item.rule == rule]
    page.table.go_to_row(next((n for n in rows if page.view.items[n].verdict is not Verdict.PASS), rows[0]))


class TestTheList:
    def test_it_begins_at_what_keeps_the_month_open_and_counts(self, page):
        assert page.view.items[page.table.row].rule == "K2"
        assert "1 项不通过" in page.counts.text()
        assert page.action("close").text() == "结账 3 月 — 还差 1 项"
        assert not page.action("close").isEnabled()
        assert page.action("review").text() == "去审凭证（1 张）"

    def test_marks_are_read_out_in_words(self, page):
        model = page.table.view.model()
        assert model.words(line(page, "K2"), 0) == "不通过"
        assert model.words(line(page, "K1"), 0) == "通过"

    def test_evidence_opens_the_voucher(self, page, march, navigator):
        page.table.opened.emit(page.table.row)
        page.panel.table.opened.emit(0)
        waiting = march.reader.unposted_ids(COLLECTIVE)[0]
        assert navigator.opened == [("voucher", {"voucher_id": waiting})]

    def test_evidence_opens_the_account(self, page, navigator):
        go_to(page, "K8")
        page.panel.table.opened.emit(0)
        name, where = navigator.opened[0]
        assert (name, where["account"]) == ("ledger", "181")

    def test_a_month_before_opens_that_month(self, march, page_of, navigator):
        page = page_of(ClosingPage, month=Month(2025, 5))
        go_to(page, "K1")
        page.panel.table.opened.emit(0)
        assert navigator.opened == [("closing", {"month": MARCH})]

    def test_to_the_vouchers_and_to_paper(self, page, navigator):
        page.action("review").trigger()
        page.action("print").trigger()
        assert [name for name, _ in navigator.opened] == ["voucher_list", "preview"]
        assert navigator.opened[1][1]["report"] == "close-checklist"


class TestClosing:
    def test_checking_makes_the_month_one_that_is_checked_and_later_puts_it_back(self, page, march, settle):
        page.action("check").trigger()
        settle()
        assert state_of(march, MARCH) is MonthState.CHECKING
        assert "王秀英 查过" in page.head._subtitle.text()
        page.action("later").trigger()
        settle()
        assert state_of(march, MARCH) is MonthState.OPEN

    def test_a_warning_is_let_pass_and_the_month_closes(self, page, march, settle, qtbot):
        march.void(march.reader.vouchers_by_id(march.reader.unposted_ids(COLLECTIVE))[0])
        page.reload()
        settle()
        go_to(page, "K8")
        assert not page.panel.act.isEnabled()
        page.panel.reason.setText("已报理事会，4月处理")
        qtbot.keyClick(page.panel.reason, Qt.Key.Key_Return)
        settle()
        item = page.view.items[page.table.row]
        assert item.waived
        assert "（放行 1）" in page.counts.text()
        assert "王秀英" in page.panel.advice.text()
        assert page.action("close").text() == "结账 3 月"
        page.action("close").trigger()
        settle()
        assert state_of(march, MARCH) is MonthState.CLOSED
        assert not page.panel.reason.isEnabled()

    def test_a_failure_offers_no_reason(self, page):
        go_to(page, "K2")
        assert not page.panel.reason.isVisible()
        assert not page.panel.act.isVisible()

    def test_a_refusal_is_said_in_the_page(self, page, march, settle):
        with march.act() as uow:
            uow.periods.set_state(COLLECTIVE, MARCH, MonthState.CLOSED)
        page._check()
        settle()
        assert "已经结过账" in page.slip.notice.what

    def test_the_other_ledger_has_its_own_list(self, page, session, settle):
        session.switch_ledger(COMMITTEE)
        page.reload()
        settle()
        assert page.view.items[line(page, "K1")].verdict is Verdict.FAIL


class TestAClosedMonth:
    def test_only_the_latest_offers_to_be_reopened(self, march, page_of):
        page = page_of(ClosingPage, month=Month(2025, 1))
        assert page.buttons["reopen"].isHidden() or not page.action("reopen").isEnabled()
        page = page_of(ClosingPage, month=Month(2025, 2))
        assert page.action("reopen").isEnabled()

    def test_two_people_and_a_reason(self, march, page_of, navigator, settle):
        form = page_of(ReopenPage, month=Month(2025, 2))
        form.approver.setText(WANG)
        form.reason.setText("漏了一张发票")
        form.action("act").trigger()
        settle()
        assert "另一个人批准" in form.slip.notice.what
        form.approver.setText(ZHAO)
        form.action("act").trigger()
        settle()
        assert navigator.backs == 1
        assert state_of(march, Month(2025, 2)) is MonthState.OPEN
        page = page_of(ClosingPage, month=Month(2025, 2))
        assert "漏了一张发票" in page.state.words.text()
        assert "曾反结账" in page.status()

    def test_enter_goes_from_field_to_field_and_then_acts(self, march, page_of, qtbot, settle):
        form = page_of(ReopenPage, month=Month(2025, 2))
        form.approver.setText(ZHAO)
        qtbot.keyClick(form.approver, Qt.Key.Key_Return)
        form.reason.setText("漏了一张发票")
        qtbot.keyClick(form.reason, Qt.Key.Key_Return)
        settle()
        assert state_of(march, Month(2025, 2)) is MonthState.OPEN

    def test_supervisors_seal_for_good(self, march, page_of, settle):
        form = page_of(SealPage, month=Month(2025, 1))
        signed = ((form.first, "孙监事"), (form.second, "钱监事"), (form.sheet, "2025-04-01 检查单"))
        for field, text in signed:
            field.setText(text)
        form.action("act").trigger()
        settle()
        assert state_of(march, Month(2025, 1)) is MonthState.SEALED
        page = page_of(ClosingPage, month=Month(2025, 1))
        assert "孙监事、钱监事" in page.state.words.text()
        assert not page.action("seal").isEnabled()


def test_a_read_only_book_only_shows(march, page_of, session, monkeypatch):
    monkeypatch.setattr(type(session), "read_only", property(lambda _: True))
    page = page_of(ClosingPage)
    page.follow_access()
    for name in ("check", "close", "later", "reopen", "seal"):
        assert not page.action(name).isEnabled()
    assert not page.panel.reason.isEnabled()

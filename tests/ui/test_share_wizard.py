"""份额变动 by keyboard: five steps from what it is to the register, and what stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.builders import LI, WANG
from tests.ui.share_hand import ASSEMBLY, BOARD, GRANTED, with_holders
from tests.ui.test_members_pages import enrol
from village_ledger.domain.member import Reason
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest, Part
from village_ledger.services.people import people
from village_ledger.services.shares import share_cases, share_charter, shares
from village_ledger.services.shares.share_cases import UNPUBLISHED
from village_ledger.ui.shares.share_event_page import ShareEventPage
from village_ledger.ui.shares.share_request import KINDS
from village_ledger.ui.widgets.state_mark import Check


@pytest.fixture
def holders(village):
    """吴家兴 5.00, 周德明 12.00, 周建军 8.00, 集体 75.00; the board has decided."""
    return with_holders(village)


@pytest.fixture
def press(qtbot):
    """Keys at what has the focus in a page."""

    def keys(page, *pressed):
        page.window().activateWindow()
        for key in pressed:
            target = page.focusWidget() or page
            if isinstance(key, str) and not key.isascii():
                commit = QInputMethodEvent()
                commit.setCommitString(key)
                QApplication.sendEvent(target, commit)
            elif isinstance(key, str):
                qtbot.keyClicks(target, key)
            else:
                qtbot.keyClick(target, key)

    return keys


def begin(page: ShareEventPage, kind: EventKind, settle, **said: str) -> None:
    """At the third step of an event."""
    page.go(kind=kind)
    settle()
    parts = [Part(*one.split("=")) for one in said.pop("parts", "").split(" ") if one]
    page.form.fill({"class_name": "成员股", "day": "2025-03-01", **said}, parts)
    page._on_edited()
    page.go_on()
    settle()


def words(page: ShareEventPage) -> str:
    """What the checks say."""
    return page.view.checks.accessibleName()


ENTER = Qt.Key.Key_Return


@pytest.mark.qt_log_ignore("grabbing the keyboard", "support raise", extend=True)  # the list under a field
def test_a_transfer_goes_from_the_list_of_kinds_to_the_register(page_of, holders, settle, navigator, press):
    page = page_of(ShareEventPage)
    page.show()
    settle()
    press(page, ENTER)  # 转让
    assert page.step == 1
    press(page, "wjx", ENTER, "周德", ENTER)
    page.form.fields["quantity"].setFocus()
    press(page, "3", ENTER, "1150", ENTER)
    page.form.fields["day"].selectAll()
    press(page, "2025-03-01", ENTER, ENTER)
    settle()
    assert page.step == 2
    picture = page.view.picture.accessibleName()
    assert "吴家兴（003 户 · 没有质押、冻结）：办之前 5.00，办之后 2.00" in picture
    assert "周德明（017 户 · 没有质押、冻结）：办之前 12.00，办之后 15.00" in picture
    assert "成员股总数 100.00 → 100.00" in picture
    assert "每份 1,150.00 元 · 共 3,450.00 元" in page.view.picture.detail.text()
    assert "规则 I4" in words(page)
    page.go_on()
    press(page, Qt.Key.Key_Space)
    assert page.papers.papers() == ("申请书",)
    page.papers.resolution.setCurrentIndex(page.papers.resolution.findData(BOARD))
    assert "应到 5 实到 5 赞成 4" in page.papers.words.text()
    page.go_on()
    assert "双方身份证件复印件" in page.confirm.said("papers")
    page.go_on()
    settle()
    case = holders.reader.share_cases()[0]
    assert (case.state, share_cases.papers_of(case)) == ("checked", ["申请书"])
    assert navigator.opened[-1][0] == "share_cases"
    assert navigator.opened[-1][1]["case"] == case.id
    with holders.act(LI) as uow:
        share_cases.approve(uow, case.id)
    with holders.act() as uow:
        share_cases.publish(uow, case.id, date(2025, 3, 1))
        event = share_cases.post(uow, case.id).value
    assert (event.day, event.price, event.resolution) == (date(2025, 3, 8), 115000, BOARD)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"from_": "003/吴家兴", "to": "009/王五", "quantity": "1"}, "没有户编号 009"),
        ({"from_": "003/吴家兴", "to": "017/周德明", "quantity": "5.01"}, "规则 I4"),
        ({"from_": "017/周建军", "to": "017/周德明", "quantity": "1"}, "规则 I4"),
        ({"from_": "003/吴家兴", "to": "017/周德明", "quantity": "1", "day": "2025-01-01"}, "规则 I4"),
        ({"from_": "003/吴家兴", "to": "003/吴家兴", "quantity": "1"}, "转出和转入都是"),
    ],
)
def test_what_cannot_be_names_its_rule_and_goes_no_further(page_of, holders, settle, said, rule):
    with holders.act() as uow:
        pledge = EventRequest(EventKind.PLEDGE, "成员股", date(2025, 2, 1), from_="017/周建军", quantity="8")
        shares.post(uow, replace(pledge, resolution=BOARD, contract="质1", party="农商行"))
    page = page_of(ShareEventPage)
    begin(page, EventKind.TRANSFER, settle, **said)
    assert page.step == 2
    assert rule in words(page)
    assert "改好以后，这里画出" in page.view.picture.accessibleName()
    page.go_on()
    assert page.step == 2
    assert rule in page.slip.notice.what


def test_shares_do_not_go_to_an_outsider(page_of, holders, settle):
    enrol(holders, "030", "2组", (("外甥", "户主", 1990),))
    with holders.act() as uow:
        people.lose(uow, "030/外甥", date(2025, 2, 1), Reason.ELSEWHERE, "迁出证明")
    page = page_of(ShareEventPage)
    begin(page, EventKind.TRANSFER, settle, from_="003/吴家兴", to="030/外甥", quantity="1")
    assert "✕ 030/外甥 在 2025-03-01 不是本组织成员，规则 I6" in words(page)
    page.go_on()
    assert page.step == 2


def test_what_is_typed_is_kept_and_found_again(page_of, holders, settle, navigator):
    page = page_of(ShareEventPage)
    page.go(kind=EventKind.INHERIT, person="003/吴家兴")
    settle()
    page.leave()
    settle()
    assert holders.reader.share_cases() == []  # nothing was typed
    page.form.fields["parts"].set_parts([Part("017/周德明", "2"), Part("017/周建军", "3")])
    page.form.fields["day"].setText("明天")
    page._on_edited()
    assert page.leave()
    settle()
    case = holders.reader.share_cases()[0]
    assert (case.kind, case.state, share_cases.typed_of(case)) == (
        EventKind.INHERIT,
        "draft",
        {"day": "明天"},
    )
    again = page_of(ShareEventPage, case=case.id)
    settle()
    assert again.kind() is EventKind.INHERIT
    assert again.form.parts() == (Part("017/周德明", "2"), Part("017/周建军", "3"))
    assert again.form.fields["day"].text() == "明天"
    again.go_on()
    assert again.step == 1
    assert "“明天”看不懂" in again.slip.notice.what
    assert len(holders.reader.share_cases()) == 1


def test_a_draft_becomes_another_kind_with_what_was_typed(page_of, holders, settle):
    page = page_of(ShareEventPage)
    begin(page, EventKind.TRANSFER, settle, from_="003/吴家兴", to="017/周德明", quantity="1", price="100")
    page.go_back()
    page.go_back()
    page.kinds.choose(EventKind.GIFT)
    page.go_on()
    assert "price" not in page.form.fields
    assert page.form.fields["to"].text() == "017/周德明"
    page.go_on()
    settle()
    cases = holders.reader.share_cases()
    assert [(case.kind, share_cases.request_of(case).price) for case in cases] == [(EventKind.GIFT, 0)]


def test_a_freeze_is_posted_at_once_by_two_people(page_of, holders, settle, navigator):
    page = page_of(ShareEventPage)
    begin(page, EventKind.FREEZE, settle, from_="003/吴家兴", quantity="2", party="县法院")
    assert "冻结 2.00" in page.view.picture.accessibleName()
    page.go_on()
    page.go_on()
    assert page.action("next").text() == "登记变动"
    page.go_on()
    settle()
    assert "要有复核的人" in page.slip.notice.what
    page.confirm.second.setText(WANG)
    page.go_on()
    settle()
    assert "同一个人" in page.slip.notice.what
    page.confirm.second.setText(LI)
    page.go_on()
    settle()
    case = holders.reader.share_cases()[0]
    assert (case.state, case.event) == ("posted", 2)
    assert len(holders.reader.share_cases()) == 1
    assert navigator.opened[-1][0] == "share_cases"


def test_an_event_is_chosen_from_the_list_to_be_reversed(page_of, holders, settle):
    page = page_of(ShareEventPage)
    page.go(kind=EventKind.REVERSE, reverses=1)
    settle()
    picker = page.form.fields["reverses"]
    assert picker.currentText().startswith("第 1 号 · 2025-01-10 量化")
    page.form.fields["day"].setText("2025-03-01")
    page.go_on()
    settle()
    assert "吴家兴（003 户 · 没有质押、冻结）：办之前 5.00，办之后 0.00" in page.view.picture.accessibleName()
    assert "总数变了" in page.view.picture.accessibleName()


KIND_FORMS = {
    EventKind.TRANSFER: {"from_": "003/吴家兴", "to": "集体", "quantity": "1"},
    EventKind.GIFT: {"from_": "003/吴家兴", "to": "017/周德明", "quantity": "1"},
    EventKind.INHERIT: {"from_": "017/刘桂珍", "parts": "017/周德明 017/周建军"},
    EventKind.REDEEM: {"from_": "003/吴家兴", "quantity": "5", "price": "100"},
    EventKind.PLEDGE: {"from_": "003/吴家兴", "quantity": "5", "party": "农商行", "expires": "2028-03-01"},
    EventKind.RELEASE: {"from_": "017/周建军", "quantity": "8"},
    EventKind.FORECLOSE: {"from_": "017/周建军", "to": "集体", "quantity": "8"},
    EventKind.FREEZE: {"from_": "003/吴家兴", "quantity": "5"},
    EventKind.UNFREEZE: {"from_": "017/周德明", "quantity": "1"},
    EventKind.SPLIT: {"from_": "017/周建军", "to": "018"},
    EventKind.MERGE: {"from_": "003/吴家兴", "to": "017"},
    EventKind.GRANT: {"parts": "003/吴家兴=1 集体=2"},
    EventKind.CANCEL: {"parts": "集体=5"},
    EventKind.CONVERT: {"class_name": "农龄股", "to": "成员股", "quantity": "2"},
    EventKind.REVERSE: {"reverses": "2"},
}


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_comes_to_its_end(page_of, holders, settle, kind):
    with holders.act() as uow:
        enrolled = EventRequest(EventKind.GRANT, "成员股", GRANTED, resolution=ASSEMBLY)
        shares.add_class(uow, "农龄股", 2, cap="none")
        shares.post(uow, replace(enrolled, class_name="农龄股", to="003/吴家兴", quantity="7"))
        pledge = EventRequest(EventKind.PLEDGE, "成员股", date(2025, 2, 1), from_="017/周建军", quantity="8")
        shares.post(uow, replace(pledge, resolution=BOARD, contract="质1", party="农商行"))
        frozen = EventRequest(EventKind.FREEZE, "成员股", date(2025, 2, 1), from_="017/周德明", quantity="1")
        shares.post(uow, replace(frozen, party="法院"))
    enrol(holders, "017", "2组", (("刘桂珍", "妻", 1969),))
    with holders.act() as uow:
        shares.post(uow, replace(enrolled, to="017/刘桂珍", quantity="9", day=date(2025, 1, 20)))
        people.record_death(uow, "017/刘桂珍", date(2025, 2, 15), "死亡证明")
        share_charter.set_value(uow, "redeem_cap", "none", effective=date(2025, 1, 1))
    page = page_of(ShareEventPage)
    begin(page, kind, settle, **KIND_FORMS[kind])
    assert [row.words for row in page.view.checks.rows if row.check is Check.FAIL] == []
    assert page.view.picture.accessibleName().count("办之后") >= 1
    for _ in range(2):
        page.go_on()
    assert page.step == 4
    page.confirm.second.setText(LI)
    page.go_on()
    settle()
    assert page.slip.notice is None
    case = holders.reader.share_cases()[0]
    assert (case.kind, case.state) == (kind, "posted" if kind in UNPUBLISHED else "checked")


def test_the_list_of_kinds_has_every_kind_once():
    assert sorted(one.kind.value for one in KINDS) == sorted(kind.value for kind in EventKind)


def test_a_reopened_draft_still_knows_what_was_chosen_from_its_lists(page_of, holders, settle):
    page = page_of(ShareEventPage)
    page.go(kind=EventKind.REVERSE, reverses=1)
    settle()
    page._on_edited()
    page.leave()
    settle()
    again = page_of(ShareEventPage, case=1)
    settle()
    assert again.form.said()["reverses"] == "1"
    again.leave()
    settle()
    assert share_cases.request_of(holders.reader.share_case(1)).reverses == 1


def test_the_only_pledge_of_an_account_is_chosen_with_what_is_left_of_it(page_of, holders, settle):
    pledge = EventRequest(EventKind.PLEDGE, "成员股", date(2025, 2, 1), from_="017/周建军", quantity="8")
    with holders.act() as uow:
        shares.post(uow, replace(pledge, resolution=BOARD, contract="质1", party="农商行"))
        shares.post(
            uow, replace(pledge, resolution=BOARD, contract="质2", party="农商行", from_="017/周德明")
        )
    page = page_of(ShareEventPage)
    page.go(kind=EventKind.RELEASE, person="017/周建军")
    settle()
    assert page.form.fields["pledge"].currentText() == "017/周建军 8.00 份 · 农商行 质1"
    assert page.form.fields["pledge"].count() == 2
    assert page.form.fields["quantity"].text() == "8.00"
    assert page.form._hint.text() == "现有成员股：可动 0.00 份 · 质押 8.00"

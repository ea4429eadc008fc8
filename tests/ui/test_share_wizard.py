"""份额变动 by keyboard: five steps from what it is to the register, and what stops them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.builders import LI
from tests.ui.test_members_pages import enrol
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest, Part
from village_ledger.services import resolutions, share_cases, shares
from village_ledger.ui.share_event_page import ShareEventPage

GRANTED = date(2025, 1, 10)
BOARD, ASSEMBLY = "青社理〔2025〕1号", "青社大〔2025〕1号"


@pytest.fixture
def holders(village):
    """吴家兴 5.00, 周德明 12.00, 周建军 8.00, 集体 75.00; the board has decided."""
    enrol(village, "017", "2组", (("周德明", "户主", 1967), ("周建军", "子", 1992)))
    enrol(village, "003", "1组", (("吴家兴", "户主", 1958),))
    with village.act() as uow:
        shares.add_class(uow, "成员股", 2, cap="none")
        resolutions.enter(
            uow, ASSEMBLY, date(2025, 1, 5), "assembly", (90, 80, 75), "量化", date(2024, 12, 20)
        )
        resolutions.enter(uow, BOARD, date(2025, 1, 5), "board", (5, 5, 4), "同意转让")
        parts = (
            Part("003/吴家兴", "5"),
            Part("017/周德明", "12"),
            Part("017/周建军", "8"),
            Part("集体", "75"),
        )
        shares.post(uow, EventRequest(EventKind.GRANT, "成员股", GRANTED, parts=parts, resolution=ASSEMBLY))
    return village


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

"""The whole way of a remark, by screens: pinned in the township, answered in the village, read again with its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import COLLECTIVE, WANG, Village
from tests.review.township import PLAIN, YEAR
from village_ledger.domain.period import Month, MonthState
from village_ledger.exchange.review import package_papers
from village_ledger.services.closing import closing
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.review.key_bar import KeyBar

VOUCHER = "2025-03/记-0001"


class Hand:
    """Somebody at the window: opens, goes, presses, waits."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    def rest(self) -> None:
        self._qtbot.waitUntil(lambda: not self.window.operations.busy, timeout=60_000)

    def open(self, path: Path) -> None:
        self.window.open_path(path)
        self._qtbot.waitUntil(lambda: self.window.shell is not None, timeout=60_000)
        self.rest()
        if self.window.session.package is None:
            self.window.session.sit_down(WANG)

    def go(self, name: str, **where: Any) -> Any:
        assert self.window.shell is not None
        self.window.shell.pages.open(name, **where)
        self.rest()
        return self.page

    @property
    def page(self) -> Any:
        assert self.window.shell is not None
        return self.window.shell.pages.current_page()

    def press(self, key: Qt.Key) -> None:
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        self._qtbot.keyClick(self.page.focusWidget() or self.page, key)
        self.rest()

    def act(self, action: str) -> None:
        self.page.action(action).trigger()
        self.rest()

    def pin(self, text: str) -> None:
        """F8 where one is, the remark in words, and kept."""
        self.press(Qt.Key.Key_F8)
        self.page.text.setText(text)
        self.act("pin")


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Hand:
    monkeypatch.setattr(package_papers, "WRITERS", PLAIN)
    return Hand(window, qtbot)


@pytest.fixture
def book(village: Village) -> Path:
    """A village of one person: January closed, two vouchers that wait for the township."""
    with village.act() as uow:
        closing.close(uow, COLLECTIVE, Month(2025, 1))
    village.declare_one_person_post()
    for day in ("2025-03-05", "2025-03-06"):
        village.post(village.entered(day, "付款", "借 513 30; 贷 101 30"))
    village.book.close()
    return village.path


def send(hand: Hand, book: Path, target: Path) -> None:
    """The village makes a package in the window."""
    hand.open(book)
    page = hand.go("packages")
    page.make(target, YEAR)
    hand.rest()
    assert f"第 {2 if '二' in target.name else 1} 包做好了" in page.said.text()
    hand.window.close_book()


def reviewed(hand: Hand, tmp_path: Path) -> Path:
    """The township compares the key, pins to a line and to a figure, passes, returns, accepts, and signs."""
    hand.open(tmp_path / "一.vlpkg")
    (bar,) = hand.window.findChildren(KeyBar)
    assert hand.window.session.package is not None
    assert hand.window.session.package.package.fingerprint in bar.sentence.text()
    bar.same.click()
    assert bar.isHidden()
    voucher = hand.go(
        "voucher", voucher_id=hand.window.session.reader.voucher_id(COLLECTIVE, ref_of(VOUCHER))
    )
    voucher.pins.stand(1)
    hand.pin("请补发票")
    hand.go("statement", report="balance-sheet", span=YEAR, key="A1", column="closing")
    hand.pin("和盘点不符")
    hand.go("statement", report="balance-sheet", span=YEAR, key="A2", column="closing")
    hand.press(
        Qt.Key.Key_F8
    )  # from the second remark in the list: a new one all the same, not the first again
    assert hand.page.place.text() == "balance-sheet/A2.closing@2025"
    judging = hand.go("second_reviews")
    assert [judging.model.text(row, 2) for row in range(3)] == [VOUCHER, "2025-03/记-0002", "2025-01"]
    for row in (0, 2):
        judging.table.go_to_row(row)
        judging.table.marked.emit(row)
        hand.rest()
    judging.table.go_to_row(1)
    hand.act("give_back")
    judging.ask_bar.field.setText("没有发票")
    judging.ask_bar.act.click()
    hand.rest()
    hand.window.preferences.name_reviewer("张审", "溪口镇农经站")
    page = hand.go("pinned")
    page.save(tmp_path / "意见.vlremarks")
    hand.rest()
    assert "2 条意见，2 张结论，接受 1 个月" in page.said.text()
    hand.window.close_book()
    return tmp_path / "意见.vlremarks"


def ref_of(text: str) -> Any:
    from village_ledger.domain.voucher import VoucherRef

    return VoucherRef.parse(text)


def test_from_the_township_to_the_village_and_back(hand: Hand, book: Path, tmp_path: Path) -> None:
    send(hand, book, tmp_path / "一.vlpkg")
    file = reviewed(hand, tmp_path)
    hand.open(book)
    session = hand.window.session
    page = hand.go("packages")
    page.take(file)
    hand.rest()
    assert (
        page.ask_bar.asking
    )  # the reviewer's first file passes and accepts: the fingerprint is compared before
    assert session.reader.taken_remarks() == []
    assert session.all_months()[0].state is MonthState.CLOSED
    page.ask_bar.act.click()
    hand.rest()
    assert session.reader.known_reviewers()[0].compared
    assert "补审通过 1 张，退回 1 张。封存了 1 个月。" in page.said.text()
    assert session.all_months()[0].state is MonthState.SEALED
    states = {str(one.ref): one for one in session.reader.vouchers(COLLECTIVE)}
    assert not states[VOUCHER].awaits_second_review
    assert states["2025-03/记-0002"].awaits_second_review
    remarks = hand.go("remarks")
    assert [remarks.model.text(row, 3) for row in range(2)] == [f"{VOUCHER} 第1行", "资产负债表 A1 2025年"]
    lead_to_each(hand)
    remarks = hand.go("remarks")
    remarks.answer_text.setText("发票已补，贴在凭证后面")
    hand.act("answer")
    assert remarks.given.text().startswith("发票已补，贴在凭证后面（")
    hand.window.close_book()
    send(hand, book, tmp_path / "二.vlpkg")
    hand.open(tmp_path / "二.vlpkg")
    assert all(bar.isHidden() for bar in hand.window.findChildren(KeyBar))
    remarks = hand.go("remarks")
    assert remarks.given.text().startswith("发票已补，贴在凭证后面（")
    assert not remarks.action("answer").isEnabled()
    hand.press(Qt.Key.Key_Return)
    assert hand.page.page_name == "voucher"
    (tag,) = hand.page.seen_pins
    assert (tag.number, tag.is_open) == ("1-1", False)
    assert hand.window.shell is not None
    assert "答复：发票已补，贴在凭证后面" in hand.window.shell.pin_strip.words[0].text()


def lead_to_each(hand: Hand) -> None:
    """In the village's own book Enter leads from each remark to its place, where its tag is."""
    hand.press(Qt.Key.Key_Return)
    assert (hand.page.page_name, hand.page.pins.line) == ("voucher", 1)
    assert [tag.text for tag in hand.page.seen_pins] == ["请补发票"]
    hand.window.shell.pages.back()  # pyright: ignore[reportOptionalMemberAccess]  a book is open
    hand.rest()
    hand.page.table.go_to_row(1)
    hand.press(Qt.Key.Key_Return)
    page = hand.page
    assert (page.page_name, page.view.key(), page.view.column) == ("statement", "A1", "closing")
    column = page.view.model.first_amount + page.view.model.amounts.index("closing")
    assert page.view.model.tagged(page.view.table.row, column).number == "1-2"

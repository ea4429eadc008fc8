"""The whole way in the window: into the workspace, to each thing that waits in a village, and back to the same row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import Village
from village_ledger.domain.agency import Waiting
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange.agency.agency_demo import open_demo
from village_ledger.exchange.agency.agency_file import place_of
from village_ledger.exchange.agency.agency_staff import Identity
from village_ledger.ui.agency.agency_rows import VillagesModel
from village_ledger.ui.main_window import MainWindow


@cache
def _demo(folder: Path) -> tuple[Path, Identity]:
    return open_demo(folder, date.today())  # noqa: DTZ011  what waits is counted from today


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do and is back where it goes."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)
        qtbot.wait(1)  # what was put off until the event loop turns
        qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)

    return wait


@pytest.fixture
def desk(
    window: MainWindow,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    rest: Callable[[], None],
) -> Any:
    """The demonstration workspace, somebody in it."""
    made, identity = _demo(tmp_path_factory.getbasetemp() / "演示工作区")
    folder = tmp_path / "演示"
    shutil.copytree(made.parent, folder)
    window.show_start()
    window.session.workspace_made.emit(folder / made.name, identity)
    rest()
    return window._page()


def test_into_the_workspace_without_a_book(desk: Any, window: MainWindow) -> None:
    assert window.shell is None
    assert window._front.current_name == "agency"
    assert desk.model.count() == 3


@pytest.mark.parametrize(
    ("village", "kind", "page"),
    [
        ("青山村", Waiting.REVIEW, "voucher_list"),
        ("青山村", Waiting.POST, "voucher_list"),
        ("水口村", Waiting.MONTHS, "closing"),
        ("石桥村", Waiting.CLAIMS, "claims"),
    ],
)
def test_enter_leads_to_each_kind_of_work_and_esc_back_to_the_same_cell(
    desk: Any,
    window: MainWindow,
    rest: Callable[[], None],
    qtbot: QtBot,
    village: str,
    kind: Waiting,
    page: str,
) -> None:
    uid = next(one.uid for one in desk.work.books if one.village == village)
    desk.table.go_to_row(desk.model.row_of(uid))
    desk.model.choose(next(place for place, one in enumerate(desk.model.columns) if one.key == kind.value))
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    assert window.session.info.village == village
    assert window.session.by == desk.work.identity.name
    assert window.shell.pages.current_name == page
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert window.shell is None
    assert window._page() is desk
    assert desk.isVisible()
    assert isinstance(desk.model, VillagesModel)
    assert (desk.model.villages[desk.table.row].book.uid, desk.model.kind) == (uid, kind)


def test_what_was_done_in_the_village_is_gone_from_the_desk(
    desk: Any, window: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    uid = next(one.uid for one in desk.work.books if one.village == "青山村")
    column = next(place for place, one in enumerate(desk.model.columns) if one.key == Waiting.REVIEW.value)
    row = desk.model.row_of(uid)
    assert desk.model.text(row, column) == "3"
    desk.table.go_to_row(row)
    desk.model.choose(column)
    desk._open(row)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    vouchers: Any = window.shell.pages.current_page()
    for place in range(vouchers.model.count()):
        if vouchers.model.mark(place) is False:
            vouchers._mark(place)
    vouchers.action("pass").trigger()
    rest()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert desk.model.text(desk.model.row_of(uid), column) == "1"  # the committee's


def test_a_voucher_of_the_list_opens_in_its_book_and_the_list_is_come_back_to(
    desk: Any, window: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    desk.action("review").trigger()
    rest()
    pile: Any = window._page()
    row = next(row for row, one in enumerate(pile.model.vouchers) if one.ledger == "committee")
    one = pile.model.vouchers[row]
    pile.table.go_to_row(row)
    pile._open(row)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    assert window.session.ledger_code == "committee"
    assert window.shell.pages.current_name == "voucher"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert window.shell is None
    assert window._page() is pile
    assert pile.model.vouchers[pile.table.row].key == one.key


def test_vouchers_passed_together_are_passed_each_in_its_own_book(
    desk: Any, window: MainWindow, rest: Callable[[], None]
) -> None:
    desk.action("batch").trigger()
    rest()
    batch: Any = window._page()
    batch.action("begin").trigger()
    rest()
    path = desk.work.path
    for kept in desk.work.books:
        with Village(place_of(path, kept)) as village:
            done = village.reader.vouchers("collective", states=[VoucherState.REVIEWED])
            assert {one.reviewed_by for one in done} <= {desk.work.identity.name}
            assert village.verify() == []
    window._front.back()
    rest()
    again: Any = window._page()
    column = next(place for place, one in enumerate(again.model.columns) if one.key == Waiting.REVIEW.value)
    waiting = {
        one.book.village: again.model.text(row, column) for row, one in enumerate(again.model.villages)
    }
    assert waiting == {"青山村": "", "石桥村": "1", "水口村": ""}  # the one given back waits for its maker


def test_locked_and_back_the_desk_stands_as_it_was(
    desk: Any, window: MainWindow, rest: Callable[[], None]
) -> None:
    uid = next(one.uid for one in desk.work.books if one.village == "石桥村")
    desk.table.go_to_row(desk.model.row_of(uid))
    window.actions_by_id["lock"].trigger()
    rest()
    screen: Any = window.agency.screen
    assert screen is not None
    screen.entered.emit("李建国", "yanshi88")
    rest()
    assert window._page() is desk
    assert desk.model.villages[desk.table.row].book.uid == uid

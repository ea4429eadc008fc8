"""The township's desk: from the start page over a folder of packages to a village's voucher, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import Village
from tests.review.township import a_year, another, sent
from village_ledger.settings import Preferences
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.review.desk_page import DeskPage
from village_ledger.ui.widgets.state_mark import Check


@pytest.fixture
def inbox(village: Village, tmp_path: Path) -> Path:
    """青山村 and 白云村 sent, and something that is no package."""
    a_year(village)
    folder = tmp_path / "收件"
    folder.mkdir()
    sent(village, folder, "一.vlpkg")
    another(tmp_path, "白云村").rename(folder / "白云村.vlpkg")
    (folder / "坏.vlpkg").write_bytes(b"no package")
    return folder


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do."""
    return lambda: qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)


@pytest.fixture
def desk(window: MainWindow, inbox: Path, rest: Callable[[], None]) -> Any:
    """The desk after the folder was reviewed, 水口村 expected too."""
    window.show_start()
    start: Any = window._page()
    start.township.click()
    page: Any = window._page()
    assert isinstance(page, DeskPage)
    page.form.expected.setText("白云村、水口村")
    page.go(folder=inbox)
    rest()
    return page


def verdicts(page: Any) -> list[tuple[str, str]]:
    return [(page.model.text(row, 2), page.model.text(row, 1)) for row in range(page.model.count())]


def test_exceptions_stand_first_with_mark_and_word(desk: Any) -> None:
    assert verdicts(desk) == [
        ("读不了", "坏.vlpkg"),
        ("没交", "水口村"),
        ("可信", "青山村"),
        ("可信", "白云村"),
    ]
    marks = [desk.model.check(row) for row in range(4)]
    assert marks == [Check.FAIL, Check.WAITING, Check.WARN, Check.WARN]
    assert desk.strip.accessibleName() == "3 个村，0 可看，2 要核对，1 不能信、读不了，1 没有送"
    assert desk.table.totals.model().data(desk.table.totals.model().index(0, 5)) == "6,813.60"


def test_enter_opens_the_package_and_esc_comes_back_to_the_row(
    desk: Any, window: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    desk.table.go_to_row(3)
    desk.table.opened.emit(3)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    opened = window.session.package
    assert opened is not None
    assert window.shell.pages.current_name == "review_checks"
    page: Any = window.shell.pages.current_page()
    assert page.span_choice.span() == opened.package.manifest.span
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert window.shell is None
    assert window._page() is desk
    assert window._areas.currentWidget() is window._front
    assert desk.table.row == 3
    assert not opened.folder.exists()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window._front.current_name == "start"


def test_the_comparison_leads_to_the_balances_of_a_village(
    desk: Any, window: MainWindow, qtbot: QtBot
) -> None:
    desk.table.go_to_row(2)
    desk.action("compare").trigger()
    assert desk.model.text(desk.table.row, 0) == "青山村"
    desk.table.opened.emit(desk.table.row)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    assert window.shell.pages.current_name == "trial_balance"


def test_reports_are_written_and_who_reviews_is_asked_once(
    desk: Any, tmp_path: Path, preferences: Preferences, rest: Callable[[], None]
) -> None:
    desk.action("write").trigger()
    rest()
    assert "还没有写审阅人的姓名" in desk.slip.notice.what
    assert not desk.form.isHidden()
    desk.form.reviewer.setText("张审")
    desk.action("write").trigger()
    rest()
    assert "写好了 2 个村的报告和意见" in desk.status()
    names = {path.name for path in (tmp_path / "乡镇审阅报告").iterdir()}
    assert {"青山村_第1包.vlremarks", "白云村_第1包_审查.xlsx", "应送的村.txt", "已收送审包.json"} <= names
    assert Preferences(preferences.path).desk().reviewer == "张审"


def test_what_a_row_is_made_of_is_said(desk: Any) -> None:
    desk.table.go_to_row(3)
    desk.action("explain").trigger()
    assert not desk.explain.isHidden()
    assert desk.escape()
    assert desk.explain.isHidden()


def test_an_empty_folder_is_refused_on_the_page(
    window: MainWindow, tmp_path: Path, rest: Callable[[], None]
) -> None:
    (tmp_path / "空").mkdir()
    window.show_start()
    window._front.open("desk", folder=tmp_path / "空")
    rest()
    page: Any = window._page()
    assert "没有找到送审包" in page.slip.notice.what


def test_a_run_that_is_stopped_leaves_the_table_as_it_was(
    desk: Any, window: MainWindow, rest: Callable[[], None]
) -> None:
    before = desk.run
    desk.action("review").trigger()
    window.operations.cancel()
    rest()
    assert desk.run is before
    assert verdicts(desk)[0] == ("读不了", "坏.vlpkg")

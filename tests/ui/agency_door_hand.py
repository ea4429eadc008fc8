"""A hand at the door of an agency's workspace: two villages, who types a PIN, the way into a village and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.agency.agencies import BAIYUN, QINGSHAN, Agency, an_agency
from tests.builders import WANG, pin_of
from village_ledger.ui.main_window import MainWindow

NEW = "xin-mima-8"


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return an_agency(tmp_path, QINGSHAN, BAIYUN)


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do."""
    return lambda: qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)


Rest = Callable[[], None]


@pytest.fixture
def shut(window: MainWindow, agency: Agency, rest: Rest) -> MainWindow:
    """The window before the door of the workspace."""
    window.show_start()
    rest()
    window.open_path(agency.path)
    rest()
    return window


@pytest.fixture
def enter(window: MainWindow, rest: Rest) -> Callable[[str, str], None]:
    """Type a name and a PIN at the door that is shut."""

    def enter(name: str, pin: str = "") -> None:
        screen = window.agency.screen or window.door.screen
        assert screen is not None
        screen.choose(name)
        screen.pin.setText(pin or pin_of(name))
        QTest.keyClick(screen.pin, Qt.Key.Key_Return)
        rest()

    return enter


Enter = Callable[..., None]


@pytest.fixture
def inside(shut: MainWindow, enter: Enter) -> MainWindow:
    """王秀英 at the agency's first page."""
    enter(WANG)
    return shut


def seen(window: MainWindow) -> Any:
    """The page in view."""
    return window._page()


def front(window: MainWindow) -> str:
    return window._front.current_name


def village(
    window: MainWindow, agency: Agency, name: str, rest: Rest, page: str = "home", ledger: str = ""
) -> None:
    window.session.village_asked.emit(agency.kept(name), page, {}, ledger)
    rest()


def escape(window: MainWindow, rest: Rest) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    rest()

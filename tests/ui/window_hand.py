"""A hand at the whole window: go to a page, press a key, wait until the worker has answered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.take_screenshots import wait
from village_ledger.ui.main_window import MainWindow


def settle(window: MainWindow) -> None:
    """Until the window's worker has nothing left to do."""
    wait(lambda: not window.operations.busy)


def visit(window: MainWindow, name: str, **where: Any) -> Any:
    """Go to a page and wait for its figures."""
    assert window.shell is not None
    window.shell.pages.jump(name, **where)
    settle(window)
    return window.shell.pages.current_page()


def press(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key where the focus is on the page in view."""
    assert window.shell is not None
    page = window.shell.pages.current_page()
    assert page is not None
    QTest.keyClick(page.focusWidget() or page, key, modifier)
    settle(window)

"""A page's surroundings for tests: preferences in a file of their own, a theme, a worker, a village's book.

def test_something(page_of, village):
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    page = page_of(HomePage)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.builders import WANG, Village, village
from village_ledger.domain.period import Month
from village_ledger.settings import CONFIG_VARIABLE, Preferences
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import Operations
from village_ledger.ui.page import Page
from village_ledger.ui.session import Session

__all__ = ["village"]

AnyPage = TypeVar("AnyPage", bound=Page)


_PATIENCE_MS = 90_000
"""How long anything may take: a page that prints opens a Chinese font, seconds of a processor others may be using."""


class Visits:
    """A navigator that only writes down where one wanted to go."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, dict[str, Any]]] = []
        self.backs = 0

    def open(self, name: str, **where: Any) -> None:
        self.opened.append((name, where))

    def back(self) -> bool:
        self.backs += 1
        return True

    def trail(self) -> list[str]:
        return []


class PatientBot(QtBot):
    """Waits as long as a busy machine needs; what never comes still fails. What comes at once is seen at once."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 20_000) -> None:
        for _ in range(20):  # looks a millisecond apart; pytest-qt's own are ten apart
            with suppress(AssertionError):
                found = callback()
                if found is None or found is True:
                    return
            self.wait(1)
        super().waitUntil(callback, timeout=max(timeout, _PATIENCE_MS))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> Iterator[QtBot]:
    """pytest-qt's helper with patience.

    What the test had on the screen is gone when it ends: the next one's style would be worked out for all of that too.
    """
    yield PatientBot(request)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pyright: ignore[reportArgumentType]  None is every object


@pytest.fixture
def preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preferences:
    """Choices kept for one test only."""
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "settings.json"))
    return Preferences()


@pytest.fixture
def theme(qapp: object, preferences: Preferences) -> Theme:
    """The look at standard size on paper."""
    made = Theme(preferences)
    made.apply()
    return made


@pytest.fixture
def operations(qapp: object) -> Iterator[Operations]:
    """The worker thread; what it still does is finished before the test ends."""
    made = Operations()
    yield made
    made.close()


@pytest.fixture
def session(
    preferences: Preferences, theme: Theme, operations: Operations, village: Village
) -> Iterator[Session]:
    """王秀英 at the book of 青山村, March 2025, the collective's ledger; changes reach the pages."""
    made = Session(preferences, theme)
    made.adopt(village.book, WANG, Month(2025, 3))
    operations.use(village.book, WANG)
    operations.changed.connect(made.tell)
    made.person_changed.connect(lambda: operations.use(village.book, made.by))
    yield made
    operations.let_go()


@pytest.fixture
def navigator() -> Visits:
    """Where a page wanted to go."""
    return Visits()


@pytest.fixture
def settle(qtbot: QtBot, operations: Operations) -> Callable[[], None]:
    """Wait until the worker has nothing left to do and its answers have arrived."""
    return lambda: qtbot.waitUntil(lambda: not operations.busy, timeout=20_000)


@pytest.fixture
def page_of(
    qtbot: QtBot, session: Session, operations: Operations, navigator: Visits, settle: Callable[[], None]
) -> Callable[..., Any]:
    """Build a page as the window does, show it at a place, and wait for its figures."""

    def build(kind: type[AnyPage], **where: Any) -> AnyPage:
        page = kind(session, operations, navigator)
        qtbot.addWidget(page)
        page.bind_actions()
        page.resize(1240, 660)
        page.show()
        page.go(**where)
        page.stale = False
        settle()
        return page

    return build


@pytest.fixture
def window(qtbot: QtBot, preferences: Preferences) -> Iterator[MainWindow]:
    """The whole window with nothing open yet; ``open_in(window, path)`` opens a book in it."""
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def open_in(qtbot: QtBot) -> Callable[[MainWindow, Path], None]:
    """Open a book in a window and wait until its home page has its figures."""

    def open_path(window: MainWindow, path: Path) -> None:
        window.open_path(path)
        qtbot.waitUntil(lambda: not window.operations.busy, timeout=20_000)

    return open_path

"""Three villages of an agency and a hand at its pages in the window."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency, an_agency
from tests.builders import LI, WANG
from village_ledger.domain.agency import Waiting
from village_ledger.ui.agency.agency_work import AgencyWork
from village_ledger.ui.main_window import MainWindow

NARROW = (683, 384)


@cache
def _three_villages() -> Path:
    """A workspace made once a run; tests work on copies."""
    folder = Path(tempfile.mkdtemp(prefix="agency_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = an_agency(folder, QINGSHAN, BAIYUN, HEISHI)
    with made.village(QINGSHAN) as village:
        village.entered("2025-03-08", "付办公费", "借 513 12.50; 贷 101 12.50")
        village.entered("2025-03-09", "付修路款", "借 513 300; 贷 101 300")
        village.entered("2025-03-10", "付误工补贴", "借 513 88; 贷 101 88", by=WANG)
    with made.village(BAIYUN) as village:
        village.entered("2025-04-02", "付水电费", "借 513 66; 贷 101 66")
        village.reviewed("2025-04-03", "收果园承包款", "借 101 6200; 贷 501 6200")
    return made.path


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    """青山村 with three vouchers to review, 白云村 with one to review and one to post, 黑石村 with nothing."""
    folder = tmp_path / "代管"
    shutil.copytree(_three_villages().parent, folder)
    return Agency(folder / _three_villages().name)


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do."""
    return lambda: qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)


@pytest.fixture(autouse=True)
def a_day_in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is counted on 21 April 2025, whenever the tests run."""
    monkeypatch.setattr("village_ledger.ui.agency.agency_page.today", lambda: date(2025, 4, 21))


@pytest.fixture
def desk(window: MainWindow, agency: Agency, rest: Callable[[], None]) -> Any:
    """李建国, chief in every village, at the agency's desk after it was looked at."""
    return seat(window, agency, LI, rest)


def seat(window: MainWindow, agency: Agency, name: str, rest: Callable[[], None]) -> Any:
    """Somebody signed in at the agency's desk."""
    window.show_start()
    rest()
    window.session.agency = AgencyWork(agency.path, agency.sign_in(name))
    window._front.open("agency")
    rest()
    return window._page()


@pytest.fixture
def asked(window: MainWindow) -> list[tuple[Any, ...]]:
    """Books that are asked for, in place of being opened: (village, page, where, ledger)."""
    found: list[tuple[Any, ...]] = []
    window.session.village_asked.disconnect()  # nothing is opened
    window.session.village_asked.connect(
        lambda book, page, where, ledger: found.append((book.village, page, where, ledger))
    )
    return found


def cells(model: Any, *columns: int) -> list[tuple[str, ...]]:
    return [tuple(model.text(row, column) for column in columns) for row in range(model.count())]


def column_of(model: Any, kind: Waiting) -> int:
    return next(place for place, column in enumerate(model.columns) if column.key == kind.value)


@pytest.fixture
def pile(desk: Any, window: MainWindow, rest: Callable[[], None]) -> Any:
    """The vouchers of all villages."""
    desk.action("review").trigger()
    rest()
    return window._page()


@pytest.fixture
def batch(desk: Any, window: MainWindow, rest: Callable[[], None]) -> Any:
    """The page of one act for many villages."""
    desk.action("batch").trigger()
    rest()
    return window._page()

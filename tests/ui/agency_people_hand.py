"""A hand at the page of an agency's people: 钱书记 sits there; stand on somebody in a village, fill in the form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.agency.agencies import BAIYUN, QINGSHAN, Agency, an_agency
from tests.builders import QIAN
from village_ledger.ui.agency.agency_staff_page import AgencyStaffPage
from village_ledger.ui.main_window import MainWindow

SUN, NEW = "孙会计", "xin-mima-8"


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return an_agency(tmp_path, QINGSHAN, BAIYUN)


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do."""
    return lambda: qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)


Rest = Callable[[], None]


def seat(window: MainWindow, agency: Agency, name: str, rest: Rest) -> AgencyStaffPage:
    window.show_start()
    rest()
    window.session.workspace_made.emit(agency.path, agency.sign_in(name))
    rest()
    window._front.open("agency_staff")
    rest()
    page = window._page()
    assert isinstance(page, AgencyStaffPage)
    return page


@pytest.fixture
def page(window: MainWindow, agency: Agency, rest: Rest) -> AgencyStaffPage:
    """钱书记, who administers the workspace and both books, at the page."""
    return seat(window, agency, QIAN, rest)


def told(page: AgencyStaffPage) -> dict[str, dict[str, str]]:
    """Village → person → what the cell says."""
    model = page.model
    assert model is not None
    names = [column.label for column in model.columns]
    return {
        model.text(row, 2): {name: model.text(row, place) for place, name in enumerate(names) if place > 2}
        for row in range(model.count())
    }


def stand(page: AgencyStaffPage, village: str, name: str) -> None:
    """Stand on a person in a village."""
    assert page.model is not None
    rows = [page.model.text(row, 2) for row in range(page.model.count())]
    page.model.frame(name)
    page.table.go_to_row(rows.index(village))
    page._follow()


def fill(page: AgencyStaffPage, **typed: str) -> None:
    """Write into the form."""
    for key, text in typed.items():
        field: Any = page.form.fields[key]
        if hasattr(field, "findData"):
            place = field.findData(text)
            assert place >= 0, text
            field.setCurrentIndex(place)
        else:
            field.setText(text)


def outcome(page: AgencyStaffPage) -> list[tuple[str, str]]:
    model = page.outcome.model
    assert model is not None
    return [(one.book.village, one.result.words) for one in model.verdicts]

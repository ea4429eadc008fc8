"""A change of shares in the real window: from the household there and back, the draft kept when one looks elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import WANG
from tests.ui.share_hand import with_holders
from village_ledger.domain.share import EventKind
from village_ledger.ui.people.household_page import HouseholdPage
from village_ledger.ui.shares.share_cases_page import ShareCasesPage
from village_ledger.ui.shares.share_event_page import ShareEventPage


@pytest.fixture
def desk(window, open_in, village, qtbot):
    """The window on 吴家兴's household."""
    with_holders(village)
    village.book.close()
    window.preferences.remember_person(village.path, WANG)
    open_in(window, village.path)
    window.shell.pages.jump("household", household="003")
    quiet(window, qtbot)
    return window


def quiet(window, qtbot):
    """The page in view, once nothing is at work."""
    qtbot.waitUntil(lambda: not window.operations.busy)
    return window.shell.pages.current_page()


def test_from_the_household_to_the_list_of_cases_and_back(desk, qtbot):
    page = quiet(desk, qtbot)
    assert isinstance(page, HouseholdPage)
    page.action("change").trigger()
    wizard = quiet(desk, qtbot)
    assert isinstance(wizard, ShareEventPage)
    wizard.kinds.choose(EventKind.TRANSFER)
    wizard.go_on()
    assert wizard.form.said()["from_"] == "003/吴家兴"
    wizard.form.fill({**wizard.form.said(), "to": "017/周德明", "quantity": "1", "day": "2025-03-01"})
    wizard._on_edited()

    qtbot.keyClick(wizard, Qt.Key.Key_F8)  # a look at the list, and back where one was
    assert isinstance(quiet(desk, qtbot), ShareCasesPage)
    desk.shell.pages.back()
    assert quiet(desk, qtbot) is wizard
    assert (wizard.step, wizard.form.said()["quantity"]) == (1, "1")

    for _ in range(4):
        wizard.go_on()
        quiet(desk, qtbot)
    cases = quiet(desk, qtbot)
    assert isinstance(cases, ShareCasesPage)
    assert [(line.case.id, line.state) for line in cases.model.lines] == [(1, "已审查")]
    assert "还缺材料" in cases.notice.sentence.text()
    desk.shell.pages.back()
    assert isinstance(quiet(desk, qtbot), HouseholdPage)

"""What holds for every page there is: it speaks Chinese, every field has a name, Esc leads back to the row one came from."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QWidget,
)

from tests.builders import WANG
from village_ledger.ui import actions
from village_ledger.ui.pages import _HOMES
from village_ledger.ui.tables.entry_list import EntryPage
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.pick_list import PickList

WHERE = {"preview": {"report": "number-gaps"}}
OF_ANOTHER = {"statement_figure"}
"""Reached from a figure only: it has nothing to show without one."""
FRONT = {"start", "new_book"}
"""Before a book is open."""
PAGES = sorted(set(_HOMES) - OF_ANOTHER - FRONT)
WITHOUT_KEYS = {"home", "settings", "disclosure"}
"""Scopes whose pages have no key of their own beside the window's."""
CHECK_CODE = re.compile(r"\b[0-9A-Z]{4}( ?[0-9A-Z]{4}){2}\b")
HALF_WIDTH = re.compile(r"[一-鿿][,;:!?()]|[,;:!?()][一-鿿]")
LATIN = re.compile(r"[A-Za-z]{2,}")
KEYS = {"Ctrl", "Shift", "Alt", "Enter", "Esc", "Insert", "Delete", "Home", "End", "PgUp", "PgDn", "Tab"}
FILES = {
    "xlsx",
    "csv",
    "txt",
    "PDF",
    "OFD",
    "XML",
    "Excel",
    "vledger",
    "vlagency",
    "fenhong",
    "hledger",
    "beancount",
    "GB",
}
"""Names of keys, files and standards stand as they are printed; the pinyin is an example of what can be typed."""


@pytest.fixture
def desk(window, open_in, village, qtbot):
    """A window with a book that has something in it."""
    rent = village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.reverse(rent, "2025-03-20")
    village.book.close()
    window.preferences.remember_person(village.path, WANG)
    open_in(window, village.path)
    return window


def visit(window, qtbot, name: str):
    """A page with its figures."""
    window.shell.pages.jump(name, **WHERE.get(name, {}))
    qtbot.waitUntil(lambda: not window.operations.busy)
    return window.shell.pages.current_page()


def takes_focus(widget: QWidget) -> bool:
    """Whether a person comes to it by Tab; the parts Qt puts inside a list or table are of that."""
    return (
        widget.isVisible()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(widget.parent(), QComboBox | QAbstractScrollArea)
    )


def said_by(page: QWidget) -> list[str]:
    """All the words a page shows."""
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    texts += [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    for table in page.findChildren(FigureTable):
        model = table.view.model()
        if model is None:
            continue
        texts += [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.columnCount())]
        texts.append(table.view.empty_words)
    return texts


def nameless(page: QWidget) -> list[str]:
    """What takes the focus and has no name to be read out; a button is read out by its words."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in page.findChildren(QWidget)
        if takes_focus(widget)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]


def foreign(page: QWidget, book: str) -> list[str]:
    """English words and half-width punctuation on screen."""
    texts = [CHECK_CODE.sub("", text).replace(book, "") for text in said_by(page)]
    words = {word for text in texts for word in LATIN.findall(text)} - KEYS - FILES
    return [*sorted(words), *(text for text in texts if HALF_WIDTH.search(text))]


class Flashes(QObject):
    """Whatever shows itself as a window of its own, were it for a moment: the keyboard would leave the real one."""

    def __init__(self, application: QObject) -> None:
        super().__init__()
        self.seen: list[str] = []
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_every_page_is_read_out_in_chinese_and_reached_by_tab_and_shows_no_part_before_it_has_its_place(
    desk, qtbot, qapp
):
    flashes = Flashes(qapp)
    flashed: dict[str, list[str]] = {}
    for name in PAGES:
        page = visit(desk, qtbot, name)
        if flashes.seen:
            flashed[name], flashes.seen = flashes.seen, []
        hold_to_the_rules(desk, page, name)
    desk.close_book()
    for name in sorted(FRONT | {"desk"}):
        desk._front.open(name)
        qtbot.waitUntil(lambda: not desk.operations.busy)
        if flashes.seen:
            flashed[name], flashes.seen = flashes.seen, []
    qapp.removeEventFilter(flashes)
    assert flashed == {}


def hold_to_the_rules(desk, page, name: str) -> None:
    """What anybody may expect of a page, whether they see, hear or only type."""
    assert nameless(page) == [], name
    assert foreign(page, str(desk.session.book.path)) == [], name
    assert any(takes_focus(widget) and widget.isEnabled() for widget in page.findChildren(QWidget)), name
    without = [box for box in page.findChildren(QComboBox) if not isinstance(box, PickList)]
    assert without == [], f"{name}: a list to choose from without its triangle"
    assert page.title(), name
    assert page.nav or name == "preview", name
    assert page.scope in {*actions.SCOPE_TITLES, *WITHOUT_KEYS}, f"{name}: its keys are not on the card"
    assert ("F1", "按键卡") in desk.shell.hints()
    assert not page.belongs_to_ledger or page.head._stamp.isVisible(), name


@pytest.mark.parametrize("name", ["work", "reports"])
def test_esc_comes_back_to_the_line_of_the_list_one_left(desk, qtbot, name):
    listed = visit(desk, qtbot, name)
    assert isinstance(listed, EntryPage)
    for row in range(listed.model.count()):
        listed.table.go_to_row(row)
        listed.table.opened.emit(row)
        qtbot.waitUntil(lambda: not desk.operations.busy)
        there = desk.shell.pages.current_page()
        assert there is not listed, listed.model.text(row, 0)
        for _ in range(3):
            if desk.shell.pages.current_page() is listed:
                break
            if not there.escape():
                desk.shell.pages.back()
        assert desk.shell.pages.current_page() is listed, listed.model.text(row, 0)
        assert listed.table.row == row

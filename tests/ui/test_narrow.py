"""A small screen at 200 %: 683 by 384 logical pixels. Bars and heads take their narrow forms, no button leaves the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from tests.builders import WANG
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.pages import _HOMES
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.tool_row import ToolRow

NARROW, WIDE = (683, 384), (1366, 768)
PAGES = sorted(set(_HOMES) - {"start", "new_book", "statement_figure"})
"""All that show something without being told what; the front pages have a window of their own below."""
WHERE = {"preview": {"report": "number-gaps"}}
LEAST_ROWS = 3


@pytest.fixture
def book(village):
    """Vouchers of one month in every state; enough rows to need scrolling."""
    for day in range(1, 10):
        village.posted(f"2025-03-{day:02}", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.entered("2025-03-21", "付办公费", "借 513 12.50; 贷 101 12.50")
    village.book.close()
    return village


@pytest.fixture
def desk(window, open_in, book, qtbot):
    """The book open in a window of a size; ``desk(NARROW)`` gives the window."""

    def opened(size: tuple[int, int]):
        window.preferences.remember_person(book.path, WANG)
        open_in(window, book.path)
        window.resize(*size)
        assert (window.width(), window.height()) == size
        return window

    return opened


def visit(window, qtbot, name: str):
    """A page with its figures."""
    window.shell.pages.jump(name, **WHERE.get(name, {}))
    qtbot.waitUntil(lambda: not window.operations.busy)
    page = window.shell.pages.current_page()
    seen = (page, window.shell.top, window.shell.nav, window.status)
    rows = [row for part in seen for row in part.findChildren(ToolRow)]
    qtbot.waitUntil(lambda: all(settled(row) for row in rows))
    return page


def settled(row: ToolRow) -> bool:
    """Whether a row that is seen has been given the room it needs."""
    return not row.isVisible() or row.width() >= row.minimumSizeHint().width()


def place_of(widget: QWidget) -> QRect:
    """Where a widget is in its window."""
    return QRect(widget.mapTo(widget.window(), widget.rect().topLeft()), widget.size())


def cut_off(window, widget: QWidget) -> bool:
    """Whether any part of a widget is outside the window or covered by the edge of what it stands in."""
    whole = widget.visibleRegion().boundingRect() == widget.rect()
    return not (whole and window.rect().contains(place_of(widget)))


def buttons_of(*parts: QWidget) -> list[QAbstractButton]:
    """Buttons that are seen in these parts of the window."""
    return [b for part in parts for b in part.findChildren(QAbstractButton) if b.isVisible()]


def rows_seen(table: FigureTable) -> int:
    """Whole rows of a table that are in view."""
    return table.view.viewport().visibleRegion().boundingRect().height() // table.style_of.row


def test_no_page_forces_a_narrow_window_and_no_button_leaves_it(desk, qtbot):
    window = desk(NARROW)
    for ledger in ("collective", "committee"):  # one window: pages are laid out again, not made again
        window.session.switch_ledger(ledger)
        for name in PAGES:
            page, here = visit(window, qtbot, name), f"{name} of {ledger}"
            assert window.session.ledger_code == ledger
            assert (window.width(), window.height()) == NARROW, here
            for part in (page, window.shell, window):
                hint = part.minimumSizeHint()
                assert hint.width() <= NARROW[0], here
                assert hint.height() <= NARROW[1], here
            shown = buttons_of(window.shell.top, window.shell.nav, page.head, window.status)
            assert shown
            assert [b.text() for b in shown if cut_off(window, b)] == [], here
            if page.belongs_to_ledger and page.head._stamp is not None:
                assert not cut_off(window, page.head._stamp)


def test_what_does_not_fit_is_in_the_menu_and_does_the_same(desk, qtbot):
    window = desk(NARROW)
    page = visit(window, qtbot, "disclosure")
    head = page.head.tools
    assert not head.more.isHidden()
    words = [entry.text() for entry in head.menu().actions()]
    assert {"存成 xlsx", "公开日历", "张贴记录"} <= set(words)
    for widget in head.folded():
        assert isinstance(widget, Button)
        assert widget.text() in words
    menus = page.pane.strip.menu().findChildren(QMenu)
    papers = next(e for menu in menus for e in menu.actions() if e.text().startswith("案头 A4 · 10.5 磅"))
    papers.trigger()
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert page.paper.size.words == "案头 A4 · 10.5 磅"


@pytest.mark.parametrize(
    ("name", "main"), [("voucher", "save_next"), ("voucher_list", "post"), ("disclosure", "print")]
)
def test_the_main_button_never_folds(desk, qtbot, name, main):
    window = desk(NARROW)
    page = visit(window, qtbot, name)
    button = next(b for b in page.head.findChildren(Button) if b.action is page.action(main))
    assert button.isVisible()
    assert not cut_off(window, button)


@pytest.mark.parametrize("name", ["voucher_list", "trial_balance", "ledger", "reports", "closing"])
def test_a_table_keeps_three_rows(desk, qtbot, name):
    window = desk(NARROW)
    page = visit(window, qtbot, name)
    qtbot.waitUntil(lambda: rows_seen(page.table) >= LEAST_ROWS)


def test_the_bar_of_marks_comes_with_the_first_mark_and_leaves_three_rows(desk, qtbot):
    window = desk(NARROW)
    window.session.sit_down("李会计")
    page = visit(window, qtbot, "voucher_list")
    assert not page.band.isVisible()
    assert page.action("give_back") in page.head.tools.menu().actions()
    page.table.marked.emit(page.model.first_waiting())
    qtbot.waitUntil(page.band.isVisible)
    qtbot.waitUntil(lambda: rows_seen(page.table) >= LEAST_ROWS)
    assert [b.text() for b in page.band.buttons if cut_off(window, b)] == []


def test_the_same_bar_changes_form_and_back(desk, qtbot):
    window = desk(WIDE)
    page = visit(window, qtbot, "voucher_list")
    top, nav = window.shell.top, window.shell.nav
    wide = (top.height(), nav.width(), top.months.sizeHint().width(), top.tabs[0].sizeHint().width())
    name = top.months.accessibleName()
    assert not window.theme.tokens.narrow
    assert page.head.tools.folded() == []
    window.resize(*NARROW)
    assert window.theme.tokens.narrow
    qtbot.waitUntil(lambda: nav.width() < wide[1])
    assert top.height() < wide[0]
    assert top.months.sizeHint().width() < wide[2]
    assert top.tabs[0].sizeHint().width() < wide[3]
    assert (window.shell.top, window.shell.nav) == (top, nav)
    assert top.months.accessibleName() == name
    assert [tab.accessibleName() for tab in top.tabs] == [i.title for i in window.session.ledgers]
    window.resize(*WIDE)
    qtbot.waitUntil(lambda: nav.width() == wide[1])
    assert top.height() == wide[0]


@pytest.mark.parametrize("size", list(Size))
def test_every_size_has_its_wide_form_on_a_screen_at_100(desk, qtbot, size):
    window = desk(WIDE)
    window.theme.choose_size(size)
    for name in PAGES:
        page = visit(window, qtbot, name)
        assert not window.theme.tokens.narrow
        assert [b.text() for b in buttons_of(page.head) if cut_off(window, b)] == [], name


def test_the_start_page_rolls_up_its_scroll(window, qtbot):
    window.show_start()
    page = window._page()
    assert page.sign.isVisible()
    window.resize(*NARROW)
    qtbot.waitUntil(lambda: not page.sign.isVisible())
    assert window.width() == NARROW[0]
    assert page.minimumSizeHint().width() <= NARROW[0]
    for choices in (page.sizes, page.colours):
        qtbot.waitUntil(
            lambda choices=choices: not [b.text() for b in buttons_of(choices) if cut_off(window, b)]
        )


def test_in_closing_list_and_evidence_take_turns(desk, qtbot):
    window = desk(NARROW)
    page = visit(window, qtbot, "closing")
    assert page.table.isVisible()
    assert not page.side.isVisible()
    page.table.opened.emit(page.table.row)
    assert page.side.isVisible()
    assert not page.table.isVisible()
    assert page.escape()
    assert page.table.isVisible()
    assert [b.text() for b in buttons_of(page.foot) if cut_off(window, b)] == []

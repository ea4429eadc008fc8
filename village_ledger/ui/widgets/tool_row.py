"""A row of buttons that never forces room: what does not fit goes into one menu, 更多."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button

Fill = Callable[[QMenu], object]
"""Puts what a widget offers into a menu."""


@dataclass(slots=True)
class _Tool:
    """A widget of the row, how long it keeps its place, and what stands for it in the menu."""

    widget: QWidget
    keeps: int
    fill: Fill
    on: bool = True


class ToolRow(QWidget):
    """Widgets from left to right; for want of room those of the lowest ``keeps`` fold into the menu, the left ones first."""

    def __init__(self, theme: Theme, gap: int, *, more_first: bool = True) -> None:
        """``more_first`` puts the 更多 button before the other widgets instead of behind them."""
        super().__init__()
        self._gap = gap
        self._more_first = more_first
        self._tools: list[_Tool] = []
        self._always: tuple[QAction, ...] = ()
        self._spring: QWidget | None = None
        self._folded: list[_Tool] = []
        self.more = Button(theme, tr("更多 ▾"), parent=self)
        self.more.clicked.connect(self._show_menu)
        self.more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # what is in it

    def add(
        self, widget: QWidget, *, keeps: int = 0, fill: Fill | None = None, at: int | None = None
    ) -> None:
        """Put a widget in; ``fill`` says what stands for it in the menu, for a button its own words."""
        tool = _Tool(widget, keeps, fill or (lambda menu: _add_entry(menu, widget)))
        widget.setParent(self)
        widget.show()
        self._tools.insert(len(self._tools) if at is None else at, tool)
        self._changed()

    def remove(self, widget: QWidget) -> None:
        """Take a widget out."""
        self._tools = [tool for tool in self._tools if tool.widget is not widget]
        self._changed()

    def add_spring(self, widget: QWidget) -> None:
        """A widget that takes the room left over and gives way first."""
        widget.setParent(self)
        widget.show()
        self._spring = widget
        self._tools.append(_Tool(widget, keeps=0, fill=lambda _menu: None))
        self._changed()

    def switch(self, widget: QWidget, on: bool) -> None:
        """Show or leave out a widget whatever the room."""
        for tool in self._tools:
            if tool.widget is widget and tool.on != on:
                tool.on = on
                self._changed()

    def offer(self, actions: Sequence[QAction]) -> None:
        """Actions that are always in the menu."""
        self._always = tuple(one for one in actions if one.isVisible())
        self._changed()

    def set_gap(self, gap: int) -> None:
        """Another space between the widgets."""
        if gap != self._gap:
            self._gap = gap
            self._changed()

    def folded(self) -> list[QWidget]:
        """Widgets that stand in the menu for want of room."""
        return [tool.widget for tool in self._folded]

    # room

    def sizeHint(self) -> QSize:
        """Room for all."""
        return QSize(self._needed(self._wanted()), self._height())

    def minimumSizeHint(self) -> QSize:
        """Room for what folds last, and for the menu's button."""
        return QSize(self.width_in(0), self._height())

    def width_in(self, room: int) -> int:
        """What it takes of a room, once it has folded what does not fit."""
        shown, folded = self._fitting(room)
        return self._needed(shown, menu=bool(folded))

    def _height(self) -> int:
        return max((_hint(t.widget).height() for t in (*self._wanted(), _of(self.more))), default=0)

    def _wanted(self) -> list[_Tool]:
        return [tool for tool in self._tools if tool.on and _offered(tool.widget)]

    def _needed(self, tools: Sequence[_Tool], *, menu: bool = False) -> int:
        widths = [0 if t.widget is self._spring else _hint(t.widget).width() for t in tools]
        if menu or self._always:
            widths.append(self.more.sizeHint().width())
        return sum(widths) + self._gap * max(len(widths) - 1, 0)

    def _fitting(self, room: int) -> tuple[list[_Tool], list[_Tool]]:
        """What stands in the row and what folds, the first and least kept first."""
        shown, folded = self._wanted(), list[_Tool]()
        whole = self._needed(shown)
        if whole <= room:
            return shown, folded
        for tool in sorted(shown, key=lambda tool: tool.keeps)[:-1]:
            shown.remove(tool)
            if tool.widget is not self._spring:
                folded.append(tool)
            if self._needed(shown, menu=bool(folded)) <= room:
                break
        if folded and self._needed(shown, menu=True) >= whole:
            return self._wanted(), []  # the menu's button would take more than what it hides
        return shown, folded

    # arranging

    def event(self, event: QEvent) -> bool:
        """A button in it has other words: fit again."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._arrange()

    def _changed(self) -> None:
        self.updateGeometry()
        self._arrange()

    def _arrange(self) -> None:
        shown, self._folded = self._fitting(self.width())
        menu = bool(self._folded or self._always)
        left_over = self.width() - self._needed(shown, menu=menu)
        row = [tool.widget for tool in shown]
        if menu:
            row.insert(0 if self._more_first else len(row), self.more)
        left = 0
        for widget in row:
            hint = _hint(widget)
            width = max(0, left_over) if widget is self._spring else hint.width()
            widget.setGeometry(left, (self.height() - hint.height()) // 2, width, hint.height())
            left += width + self._gap
        for widget in (*(tool.widget for tool in self._tools), self.more):
            if widget.isHidden() == (widget in row):
                widget.setVisible(widget in row)

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def menu(self) -> QMenu:
        """What the 更多 button opens: the folded widgets' entries, then what is always there."""
        menu = QMenu(self)
        for tool in self._folded:
            tool.fill(menu)
        if self._folded and self._always:
            menu.addSeparator()
        menu.addActions(self._always)
        return menu


def _hint(widget: QWidget) -> QSize:
    """The size it wants, within what it is allowed."""
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())


def _offered(widget: QWidget) -> bool:
    return not isinstance(widget, Button) or widget.offered


def _of(widget: QWidget) -> _Tool:
    return _Tool(widget, keeps=0, fill=lambda _menu: None)


def _add_entry(menu: QMenu, widget: QWidget) -> None:
    """A button as an entry of a menu; one made of an action is that action with its key."""
    if isinstance(widget, Button) and widget.action is not None:
        menu.addAction(widget.action)
    elif isinstance(widget, QAbstractButton):
        entry = menu.addAction(widget.text(), widget.click)
        entry.setEnabled(widget.isEnabled())
        entry.setCheckable(widget.isCheckable())
        entry.setChecked(widget.isChecked())

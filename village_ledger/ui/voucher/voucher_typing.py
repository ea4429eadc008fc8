"""What each key does in the cells of a voucher (ux: both vendors' habits)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from village_ledger.domain.money import plain_fen
from village_ledger.domain.quantity import amount_for, parse_price, parse_quantity
from village_ledger.domain.voucher import DraftLine
from village_ledger.i18n import tr
from village_ledger.ui.voucher.voucher_editing import VoucherEditing
from village_ledger.ui.voucher.voucher_grid import VoucherGrid
from village_ledger.ui.voucher.voucher_lines_model import AUXILIARY, MEASURES, Column, amount_of
from village_ledger.ui.voucher.voucher_route import Place, neighbour, next_cell, next_needed, previous_cell
from village_ledger.ui.widgets.account_picker import AccountPicker
from village_ledger.ui.widgets.suggestions import Suggestions

COPY_ABOVE = frozenset({"..", "。。", "．．"})
COPY_FIRST = frozenset({"//", "、、", "／／"})
"""The same two keys under a Chinese input method."""
_SHORTEST_NICKNAME = 2
_LIST_PAGE = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAGE_STEPS = {Qt.Key.Key_PageUp: -_LIST_PAGE, Qt.Key.Key_PageDown: _LIST_PAGE}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, **_PAGE_STEPS}
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The keyboard is lent to another window, such as that of an input method, and comes back."""
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class TextSources:
    """Where texts used before come from; each takes what has been typed."""

    summaries: Callable[[str], Sequence[str]]
    counterparties: Callable[[str], Sequence[str]]
    projects: Callable[[str], Sequence[str]]
    groups: Callable[[str], Sequence[str]]

    def of(self, column: Column, text: str) -> Sequence[str]:
        """Texts for a cell; nothing is offered for quantities and prices."""
        if column in MEASURES:
            return ()
        source = {
            Column.SUMMARY: self.summaries,
            Column.COUNTERPARTY: self.counterparties,
            Column.PROJECT: self.projects,
            Column.GROUP: self.groups,
        }[column]
        return source(text)


class VoucherTyping(QObject):
    """Listens to the grid's editors and moves the cursor; holds no data of its own."""

    finished = Signal()
    """Enter, and nothing more is needed."""
    left_upwards = Signal()
    left_downwards = Signal()
    said = Signal(str)
    """A hint for the strip under the form."""
    alias_offered = Signal(str, str)
    """A text that was not found, and the code picked afterwards."""

    def __init__(
        self,
        grid: VoucherGrid,
        editing: VoucherEditing,
        picker: AccountPicker,
        suggestions: Suggestions,
        sources: TextSources,
    ) -> None:
        super().__init__(grid)
        self.grid, self.editing, self.model = grid, editing, editing.model
        self.picker, self.suggestions, self.sources = picker, suggestions, sources
        self._not_found = ""
        self.outer_level: Callable[[], bool] = lambda: False
        """What Esc takes away before anything typed: the page's error slip."""
        self.before_going_on: Callable[[], object] = lambda: None
        """Asked when a cell is done, before the next needed one is looked for: a template fills what follows from it."""
        for cell in grid.editors:
            cell.installEventFilter(self)
        grid.text_cell.textEdited.connect(self._text_typed)
        grid.account_cell.textEdited.connect(self._account_typed)
        grid.amount_cell.textEdited.connect(self._amount_typed)
        grid.amount_cell.fill_wanted.connect(self.fill_difference)
        grid.amount_cell.flip_wanted.connect(self._flip)
        grid.place_left.connect(self._on_left)
        picker.picked.connect(self._on_picked)
        picker.closed.connect(self._take_keyboard)
        suggestions.taken.connect(self._on_suggestion)
        editing.cursor_wanted.connect(lambda row, column: self.go_to(Place(row, Column(column))))

    @property
    def place(self) -> Place:
        """Where the cursor stands."""
        return self.grid.place

    # typed text

    def _text_typed(self, _text: str) -> None:
        place, text = self.place, self.grid.text_cell.text()
        if place.column is Column.SUMMARY and text in COPY_ABOVE | COPY_FIRST:
            self._copy_summary(place.row - 1 if text in COPY_ABOVE else 0)
            return
        self.editing.type(*place, text)
        if place.column in AUXILIARY:
            self._offer(text)
        else:
            self.suggestions.close_list()

    def _copy_summary(self, source: int) -> None:
        self.editing.type(*self.place, "")
        if not self.editing.copy_summary(self.place.row, source):
            self.said.emit(tr("上面还没有摘要可以抄。"))
        self.grid.show_text()
        self.grid.text_cell.end(False)

    def _account_typed(self, _text: str) -> None:
        text = self.grid.account_cell.text()
        self.editing.type(*self.place, text)
        if not text.strip():
            self.picker.close_list()
            return
        self.picker.search(self.grid.account_cell, text)
        nickname = text.strip()
        if len(nickname) >= _SHORTEST_NICKNAME and not nickname.isascii() and not self.picker.found(nickname):
            self._not_found = nickname

    def _amount_typed(self, _text: str) -> None:
        self.editing.type(*self.place, self.grid.amount_cell.text())

    # the lists

    def look_up(self) -> None:
        """F7, F2: the list of this cell."""
        place, editor = self.place, self.grid.editor
        if self.model.read_only or place.column.is_amount:
            return
        if place.column is Column.ACCOUNT:
            settled = self.model.account(place.row) is not None
            self.picker.search(editor, "" if settled else editor.text())
        else:
            self._offer(self.model.text(*place))
            if not self.suggestions.isVisible():
                self.said.emit(tr("这里还没有以前用过的内容。"))

    def _offer(self, text: str) -> None:
        column = self.place.column
        found = [used for used in self.sources.of(column, text.strip()) if used != text]
        self.suggestions.offer(self.grid.editor, found)

    def _on_suggestion(self, text: str) -> None:
        self.editing.put(*self.place, text)
        self.grid.show_text()
        self.go_on()

    def _on_picked(self, code: str) -> None:
        self.editing.put(self.place.row, Column.ACCOUNT, code)
        self.grid.show_text()
        nickname, self._not_found = self._not_found, ""
        if nickname:
            self.alias_offered.emit(nickname, code)
        self.go_on()

    def _take_keyboard(self) -> None:
        """The picker's own entry had the keyboard while a new account was named."""
        if not self.model.read_only:
            self.grid.editor.setFocus()

    def close_lists(self) -> bool:
        """Put both lists away; says whether one was open."""
        return self.picker.close_list() or self.suggestions.close_list()

    # moving

    def go_to(self, place: Place, *, focus: bool = True) -> None:
        """Move the cursor, adding the line it asks for."""
        while place.row >= self.model.rowCount():
            self.editing.add_line()
        self.grid.go_to(place, focus=focus)

    def go_on(self) -> None:
        """To the next needed cell."""
        self.editing.settle()
        self.before_going_on()
        here = self.place
        target = next_needed(self.model, here)
        if target is None:
            self.finished.emit()
        elif target == here:
            self.said.emit(tr("这一行还没有金额：打数字，或按 = 把差额填进来。"))
        else:
            self.go_to(target)

    def _on_left(self, row: int, column: int) -> None:
        """Leaving a cell makes what was typed a step; an account written out in full is recognised."""
        self.picker.close_list()
        self.suggestions.close_list()
        if column == Column.ACCOUNT and row < self.model.rowCount() and self.model.fault(row, Column.ACCOUNT):
            found = self.picker.found(self.model.text(row, Column.ACCOUNT))
            if len(found) == 1 and self.editing.is_typing:
                self.editing.put(row, Column.ACCOUNT, found[0].entry.code)
        self.editing.settle()
        self._not_found = ""

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the cells; what is not ours goes on to the line edit."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            listing = self.picker.isVisible() or self.suggestions.isVisible()
            if kind is QEvent.Type.ShortcutOverride and listing and event.key() in _PAGE_STEPS:
                event.accept()
                return True
            if kind is QEvent.Type.KeyPress:
                return self._key(event)
        if isinstance(event, QFocusEvent) and event.reason() in _PASSING:
            return False
        if kind is QEvent.Type.FocusOut and not self.picker.isAncestorOf(
            self.grid.window().focusWidget() or self.grid
        ):
            self.suggestions.close_list()
            self.picker.hide()
            self.editing.settle()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was an order."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_F7:
            self.fill_difference()
            return True
        if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and held == Qt.KeyboardModifier.ShiftModifier):
            self._tab_back()
            return True
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if key in _ENTER:
            self._enter()
        elif key == Qt.Key.Key_Tab:
            self._tab()
        elif key in _STEPS:
            return self._step(_STEPS[Qt.Key(key)])
        elif key in _SIDES:
            return self._sideways(_SIDES[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape:
            return self.back_out()
        else:
            return False
        return True

    def back_out(self) -> bool:
        """Esc: the list, then what was typed in this cell; False leaves the page."""
        if self.close_lists() or self.outer_level():
            return True
        if self.editing.revert():
            self.grid.show_text()
            self.grid.editor.selectAll()
            return True
        return False

    def _enter(self) -> None:
        """Take what is marked, repeat an empty summary, refuse what cannot be read, else go on."""
        place = self.place
        if self.picker.isVisible() and not self._is_written_out(place):
            self.picker.take()
            return
        if self.suggestions.isVisible() and self.suggestions.take():
            return
        if place.column is Column.SUMMARY and not self.model.text(*place):
            if not self.editing.copy_summary(place.row, place.row - 1):
                self.said.emit(tr("请先写摘要。"))
                return
            self.grid.show_text()
        if place.column is Column.ACCOUNT and self.model.account(place.row) is None:
            self.look_up()
            return
        if fault := self.model.fault(*place):
            self.said.emit(fault)
            if place.column is Column.ACCOUNT:
                self.picker.search(self.grid.account_cell, self.model.text(*place))
            return
        self._pass_auxiliary(place)

    def _is_written_out(self, place: Place) -> bool:
        """The whole code has been typed and the list has nothing better marked."""
        settled = self.model.account(place.row) is not None and not self.model.fault(*place)
        return settled and self.picker.current_code() in {"", self.model.text(*place)}

    def _pass_auxiliary(self, place: Place) -> None:
        """A demanded place of the narrow line is not passed empty with Enter; Tab may."""
        demanded = any(
            cell.demanded and cell.column is place.column for cell in self.model.auxiliary(place.row)
        )
        if demanded and not self.model.text(*place).strip():
            self.said.emit(tr("这个科目要写明{what}。", what=AUXILIARY[place.column]))
            self._offer("")
            return
        new = self._new_name(place)
        if place.column in MEASURES:
            self._fill_amount(place.row)
        self.go_on()
        if new:
            self.said.emit(tr("“{name}”以前没有用过，保存后就记下这个名称。", name=new))

    def _fill_amount(self, row: int) -> None:
        """Quantity times price is the amount, where none is typed yet."""
        line = self.model.line(row)
        if line.debit or line.credit or not (line.quantity.strip() and line.price.strip()):
            return
        worth = amount_for(parse_quantity(line.quantity), parse_price(line.price))
        self.editing.put(row, Column.DEBIT, plain_fen(worth))

    def _new_name(self, place: Place) -> str:
        """A name in the narrow line that the book does not know yet; a slip of the hand would make one."""
        named = place.column in AUXILIARY and place.column not in MEASURES
        text = self.model.text(*place).strip() if named else ""
        return text if text and text not in self.sources.of(place.column, text) else ""

    def _measured(self, row: int) -> bool:
        """Whether the line's account is kept by quantity."""
        account = self.model.account(row) if row < self.model.rowCount() else None
        return account is not None and bool(account.unit)

    def _tab(self) -> None:
        if self.picker.isVisible() and self.picker.current_code():
            self._put_marked()
        place = self.place
        target = next_cell(place, measured=self._measured(place.row))
        if target.row >= self.model.rowCount() and self.model.line(place.row) == DraftLine():
            self.editing.settle()
            self.left_downwards.emit()
        else:
            self.go_to(target)

    def _put_marked(self) -> None:
        code = self.picker.current_code()
        self.picker.close_list()
        self.editing.put(self.place.row, Column.ACCOUNT, code)

    def _tab_back(self) -> None:
        target = previous_cell(self.place, measured=self._measured(self.place.row))
        if target is None:
            self.editing.settle()
            self.left_upwards.emit()
        else:
            self.go_to(target)

    def _step(self, step: int) -> bool:
        """↑ ↓ in an open list, else to the same cell of the line above or below."""
        for panel in (self.picker, self.suggestions):
            if panel.isVisible():
                panel.step(step)
                return True
        if abs(step) != 1:
            return False
        row = self.place.row + step
        blank_below = row >= self.model.rowCount() and self.model.line(self.place.row) == DraftLine()
        if row >= 0 and not blank_below:
            self.go_to(Place(row, self.place.column))
        return True

    def _sideways(self, step: int) -> bool:
        """← → beyond the text to the cell beside."""
        editor = self.grid.editor
        edge = 0 if step < 0 else len(editor.text())
        if editor.hasSelectedText() and editor.text() != "":
            return False
        if editor.cursorPosition() != edge:
            return False
        target = neighbour(self.place, step)
        if target is not None:
            self.go_to(target)
        return True

    # short cuts

    def fill_difference(self) -> None:
        """`=`: the missing difference into this line."""
        if self.model.read_only:
            return
        place = self.place
        if self.editing.difference_without(place.row) == 0:
            self.said.emit(tr("别的行借贷已经相等，没有差额可填。"))
            return
        side = self.editing.fill_difference(place.row, place.column)
        self.go_to(Place(place.row, side))

    def _flip(self) -> None:
        if amount_of(self.grid.amount_cell.text()) is None:
            self.said.emit(self.model.fault(*self.place))
            return
        self.go_to(Place(self.place.row, self.editing.flip(*self.place)))

"""Form, strip and helpers of the voucher page wired together: what is typed goes into one draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from village_ledger.domain.chart import Chart
from village_ledger.domain.likely_line import Slip, likely_line
from village_ledger.domain.voucher import Draft
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.voucher.voucher_accounts import AccountBook
from village_ledger.ui.voucher.voucher_days import DayProblem
from village_ledger.ui.voucher.voucher_editing import VoucherEditing
from village_ledger.ui.voucher.voucher_fields import VoucherField
from village_ledger.ui.voucher.voucher_form import VoucherForm
from village_ledger.ui.voucher.voucher_lines_model import BY_KEY, Column
from village_ledger.ui.voucher.voucher_route import Place
from village_ledger.ui.voucher.voucher_strip import AfterPosting, VoucherStrip, slip_words
from village_ledger.ui.voucher.voucher_style import VoucherLook
from village_ledger.ui.voucher.voucher_typing import TextSources, VoucherTyping
from village_ledger.ui.widgets.account_picker import AccountPicker
from village_ledger.ui.widgets.calculator import Calculator
from village_ledger.ui.widgets.suggestions import Suggestions


class VoucherDesk(QWidget):
    """Everything one types a voucher with; the page opens, saves and leaves."""

    edited = Signal()
    moved = Signal()
    """The cursor is in another cell."""
    complete = Signal()
    """Enter, and the voucher can be saved."""

    def __init__(
        self,
        theme: Theme,
        judge: Callable[[date], DayProblem | None],
        sources: TextSources,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.editing = VoucherEditing(self)
        self.form = VoucherForm(theme, self.editing, judge)
        self.strip = VoucherStrip(theme)
        self.picker = AccountPicker(theme, self)
        self.suggestions = Suggestions(theme, self)
        self.calculator = Calculator(theme, self)
        self.typing = VoucherTyping(self.form.grid, self.editing, self.picker, self.suggestions, sources)
        self.book: AccountBook | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.gap)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.form)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.strip)
        self._fields: dict[str, VoucherField] = {
            "day": self.form.heading.day,
            "attachments": self.form.heading.attachments,
            **self.form.foot.fields,
            "no_attachment_reason": self.form.foot.reason,
        }
        self._connect()
        self._order_tabs()
        theme.changed.connect(self.make_room)

    def _connect(self) -> None:
        editing, typing, grid = self.editing, self.typing, self.form.grid
        editing.edited.connect(self._on_edited)
        editing.head_changed.connect(self._show_head)
        editing.model.lines_changed.connect(self.refresh)
        grid.place_entered.connect(self._on_entered)
        typing.finished.connect(self._on_finished)
        typing.left_upwards.connect(lambda: self._focus(self._fields["attachments"]))
        typing.left_downwards.connect(lambda: self._focus(self._fields["handler"]))
        typing.said.connect(self.strip.say)
        for name, field in self._fields.items():
            field.settled.connect(lambda text, name=name: self._settle_head(name, text))
            field.textEdited.connect(lambda _text: self.edited.emit())
        self._fields["attachments"].textEdited.connect(lambda _text: self._ask_reason())
        self._fields["day"].passed.connect(self.focus_lines)
        self._fields["attachments"].passed.connect(self._after_attachments)
        names = [*self.form.foot.fields, "no_attachment_reason"]
        for name, following in pairwise(names):
            self._fields[name].passed.connect(lambda following=following: self._after_name(following))
        self._fields[names[-1]].passed.connect(self.complete)
        self.calculator.taken.connect(self._take_result)
        self.calculator.closed.connect(self.focus_lines)

    def _order_tabs(self) -> None:
        chain: list[QWidget] = [self._fields["day"], self._fields["attachments"], self.form.grid]
        chain += [self._fields[name] for name in (*self.form.foot.fields, "no_attachment_reason")]
        for cell in self.form.grid.editors:
            cell.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # the draft

    def show_draft(self, draft: Draft, chart: Chart, *, read_only: bool) -> None:
        """Put a voucher on the form; the keyboard is not moved."""
        self.picker.close_list()
        self.suggestions.close_list()
        self.calculator.close_panel()
        self.strip.close_alias()
        self.strip.say("")
        self.strip.warn(())
        for part in (self.form.heading, self.form.foot):
            part.set_read_only(read_only)
        self.editing.load(draft, chart, read_only=read_only)
        self.make_room()
        for cell in self.form.grid.editors:
            cell.hide()
        self.form.grid.place_editor()
        self.refresh()

    def make_room(self) -> None:
        """In a narrow window the strip gives its room to a voucher that is only read."""
        self.strip.setVisible(not (self.theme.tokens.narrow and self.editing.model.read_only))

    def draft(self) -> Draft:
        """The draft with what stands in a field not yet left, and where the cursor is."""
        draft = self.editing.draft(self.typing_at())
        live = {name: field.text().strip() for name, field in self._fields.items() if name != "day"}
        return replace(draft, **live)

    def typing_at(self) -> tuple[int, str]:
        """Row and column key, or the name of a field around the lines."""
        focused = self.window().focusWidget()
        for name, field in self._fields.items():
            if field is focused:
                return 0, name
        place = self.form.grid.place
        return place.row, place.column.key

    def put_cursor(self, cursor: tuple[int, str]) -> None:
        """Put the keyboard where a draft says it was."""
        row, key = cursor
        if self.editing.model.read_only:
            self.form.grid.setFocus()
        elif key in BY_KEY:
            self.typing.go_to(Place(max(row, 0), BY_KEY[key]))
        else:
            self.focus_lines()
            self._focus(self._fields.get(key, self._fields["day"]))

    def focus_lines(self) -> None:
        """The keyboard to the cell of the lines it was in."""
        self.typing.go_to(self.form.grid.place)

    def settle(self) -> None:
        """Whatever is half typed becomes part of the draft."""
        grid = self.form.grid
        self.typing.close_lists()
        grid.place_left.emit(grid.place.row, grid.place.column)
        grid.show_text()
        for name, field in self._fields.items():
            if name != "day":
                self._settle_head(name, field.text().strip())

    def _settle_head(self, name: str, text: str) -> None:
        if not self.editing.model.read_only:
            self.editing.set_head(name, text)

    def _show_head(self) -> None:
        head = self.editing.head
        self.form.heading.day.show_day(head.day)
        for name, field in self._fields.items():
            if name != "day":
                field.show_text(getattr(head, name))
        self._ask_reason()

    def _ask_reason(self) -> None:
        papers = self._fields["attachments"].text().strip()
        self.form.foot.ask_reason(not papers.strip("0"))

    # what follows typing

    def _on_edited(self) -> None:
        self.strip.warn(())
        self.edited.emit()

    def _on_entered(self, _row: int, _column: int) -> None:
        self.strip.say("")
        self._scroll.ensureWidgetVisible(self.form.grid.editor)
        self.refresh()
        self.moved.emit()

    def refresh(self) -> None:
        """Sums, difference, likely slip, and the money account the cursor is at."""
        model = self.editing.model
        amounts = model.amounts()
        debit, credit = (sum(side) for side in zip(*amounts, strict=True))
        self.form.totals.show_sums(debit, credit)
        finished = sum(1 for pair in amounts if any(pair)) > 1
        likely = likely_line(amounts) if finished else None
        typing_here = self.form.grid.place.row
        if (
            likely is not None
            and likely.slip is Slip.DOUBLED
            and likely.line == len(amounts) - 1 == typing_here
        ):
            likely = None
        self.strip.show_sums(debit, credit, slip_words(likely, amounts))
        self.form.grid.mark_suspect(likely.line if likely is not None else -1)
        self.strip.show_money(self._after_posting(amounts))

    def _after_posting(self, amounts: list[tuple[int, int]]) -> AfterPosting | None:
        """Of the line's money account, else of the first one on the voucher."""
        model, book = self.editing.model, self.book
        if book is None or model.read_only:
            return None
        rows = [self.form.grid.place.row, *range(model.rowCount())]
        for row in rows:
            account = model.account(row) if row < model.rowCount() else None
            if account is None or account.money is None:
                continue
            moved = sum(
                debit - credit
                for at, (debit, credit) in enumerate(amounts)
                if model.text(at, Column.ACCOUNT) == account.code
            )
            used = book.use.get(account.code)
            before = used.balance if used is not None else 0
            return AfterPosting(account.name, before, before + moved)
        return None

    # the way of Enter around the lines

    def _focus(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(field, VoucherField):
            field.selectAll()
        self._scroll.ensureWidgetVisible(field)
        self.moved.emit()

    def _papers_missing(self) -> bool:
        return (
            not self._fields["attachments"].text().strip() and not self._fields["no_attachment_reason"].text()
        )

    def _on_finished(self) -> None:
        if self._papers_missing():
            self._focus(self._fields["attachments"])
        else:
            self.complete.emit()

    def _after_attachments(self) -> None:
        papers = self._fields["attachments"].text().strip()
        if papers.strip("0") or self._fields["no_attachment_reason"].text():
            self.complete.emit()
        else:
            self._focus(self._fields["no_attachment_reason"])

    def _after_name(self, following: str) -> None:
        field = self._fields[following]
        if field.isHidden():
            self.complete.emit()
        else:
            self._focus(field)

    # helpers

    def amount_column(self, row: int) -> Column:
        """The side a line has its amount on, debit while it has none."""
        return Column.CREDIT if self.editing.model.line(row).credit else Column.DEBIT

    def open_calculator(self) -> None:
        """F9: beside the amount cell of this line."""
        if self.editing.model.read_only:
            return
        grid = self.form.grid
        if not grid.place.column.is_amount:
            self.typing.go_to(Place(grid.place.row, self.amount_column(grid.place.row)))
        self.calculator.open_beside(grid.editor)

    def _take_result(self, text: str) -> None:
        self.editing.put(*self.form.grid.place, text)
        self.typing.go_to(self.form.grid.place)

    def look_up(self) -> None:
        """F7, F2: the list of this cell; in an amount cell the calculator, as one habit has it."""
        if self.form.grid.place.column.is_amount:
            self.open_calculator()
        else:
            self.typing.look_up()

    def set_book(self, book: AccountBook) -> None:
        """Accounts and balances have been read."""
        self.book = book
        self.picker.set_book(book)
        self.refresh()

    def wear(self, look: VoucherLook) -> None:
        """The other look; the cursor stays."""
        cursor = self.typing_at() if self.isVisible() else None
        self.form.wear(look)
        if cursor is not None and not self.editing.model.read_only:
            self.put_cursor(cursor)

    def insert_line(self) -> None:
        """Insert: a blank line before this one."""
        if not self.editing.model.read_only:
            row = self.form.grid.place.row
            self.editing.insert_line(row)
            self.typing.go_to(Place(row, Column.SUMMARY))

    def delete_line(self) -> None:
        """Ctrl+Delete: take this line out; Ctrl+Z brings it back."""
        if not self.editing.model.read_only:
            self.typing.close_lists()
            row = self.form.grid.place.row
            self.editing.delete_line(row)
            self.typing.go_to(Place(min(row, self.editing.model.rowCount() - 1), Column.SUMMARY))

    def back_out(self) -> bool:
        """Esc, one level."""
        return self.calculator.close_panel() or self.typing.back_out()

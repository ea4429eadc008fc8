"""What keys do to the voucher being typed; every act is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import plain_fen
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.i18n import tr
from village_ledger.ui.voucher.voucher_lines_model import (
    FEWEST_LINES,
    TITLES,
    Column,
    VoucherLinesModel,
    amount_of,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The fields around the lines, as typed."""

    day: str = ""
    attachments: str = ""
    no_attachment_reason: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""
    invoices: str = ""


HEAD_NAMES = {
    "day": "日期",
    "attachments": "附单据张数",
    "no_attachment_reason": "没有附单据的原因",
    "handler": "经手人",
    "witness": "证明人",
    "approver": "审批人",
    "invoices": "票据号",
}


class _Step(QUndoCommand):
    """A step made of two callables; the change may already stand when it is pushed."""

    def __init__(self, text: str, redo: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(text)
        self._redo, self._undo = redo, undo

    def redo(self) -> None:
        """Do it (again)."""
        self._redo()

    def undo(self) -> None:
        """Take it back."""
        self._undo()


class VoucherEditing(QObject):
    """The draft on screen: lines in a model, head fields beside it, one undo stack over both.

    Typing writes through at once and becomes a step when the cursor leaves the cell (``settle``), so that one
    Ctrl+Z takes back one cell.
    """

    head_changed = Signal()
    edited = Signal()
    """Anything the person typed or took back; not the loading of another voucher."""
    cursor_wanted = Signal(int, int)
    """Undo or redo happened in this row and column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = VoucherLinesModel(self)
        self.stack = QUndoStack(self)
        self.head = Head()
        self._draft = Draft("", "")
        self._visited: tuple[int, int, DraftLine] | None = None
        self._travelling = False

    # the whole draft

    def load(self, draft: Draft, chart: Chart, *, read_only: bool = False) -> None:
        """Show a draft; earlier steps are forgotten."""
        self._visited = None
        self._draft = draft
        self.head = Head(**{field.name: getattr(draft, field.name) for field in fields(Head)})
        self.model.show(draft.lines, chart, read_only=read_only)
        self.stack.clear()
        self.head_changed.emit()

    def draft(self, cursor: tuple[int, str]) -> Draft:
        """The draft as it stands, blank lines at the end left out."""
        lines = self.model.lines
        while lines and lines[-1] == DraftLine():
            lines.pop()
        head = {field.name: getattr(self.head, field.name) for field in fields(Head)}
        return replace(self._draft, lines=lines, cursor=cursor, **head)

    @property
    def ledger(self) -> str:
        """Code of the ledger the draft is in."""
        return self._draft.ledger

    @property
    def editing(self) -> int | None:
        """Id of the entered voucher being changed, None for a new one."""
        return self._draft.editing

    def is_untouched(self) -> bool:
        """Whether there is nothing that could be lost."""
        return self.model.is_untouched() and not self.is_changed

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed since it was shown, a cell not yet left included."""
        return self.stack.canUndo() or self.is_typing

    # typing

    @property
    def is_typing(self) -> bool:
        """Whether the current cell holds something that is no step yet."""
        return self._visited is not None

    def type(self, row: int, column: Column, text: str) -> None:
        """Write what stands in the editor; it becomes a step when the cell is left."""
        line = self.model.line(row)
        if getattr(line, column.key) == text:
            return
        if self._visited is None or self._visited[:2] != (row, column):
            self.settle()
            self._visited = (row, column, line)
        self.model.put(row, replace(line, **_other_side_cleared(column, text), **{column.key: text}))
        self.edited.emit()

    def settle(self) -> None:
        """Turn what was typed in the cell just left into one step; amounts are worked out."""
        if self._visited is None:
            return
        row, column, before = self._visited
        self._visited = None
        after = self.model.line(row)
        if Column(column).is_amount:
            after = replace(after, **{Column(column).key: _worked_out(getattr(after, Column(column).key))})
        if after == before:
            self.model.put(row, before)
        else:
            self._replace(row, column, before, after, tr("改{title}", title=TITLES[Column(column)]))

    def revert(self) -> bool:
        """Bring back what stood in the cell before typing began; the typed text stays one redo away."""
        if self._visited is None:
            return False
        self.settle()
        self._travel(self.stack.undo)
        return True

    def put(self, row: int, column: Column, text: str) -> None:
        """Set a cell in one step together with what has been typed there (an account picked from the list)."""
        if self._visited is not None and self._visited[:2] == (row, column):
            line = self.model.line(row)
            self.model.put(row, replace(line, **_other_side_cleared(column, text), **{column.key: text}))
            self.settle()
        else:
            self.settle()
            before = self.model.line(row)
            after = replace(before, **_other_side_cleared(column, text), **{column.key: text})
            if after != before:
                self._replace(row, column, before, after, tr("改{title}", title=TITLES[column]))
        self.edited.emit()

    # the bookkeeper's short cuts

    def difference_without(self, row: int) -> int:
        """Debits minus credits of all other lines, fen."""
        return sum(d - c for at, (d, c) in enumerate(self.model.amounts()) if at != row)

    def fill_difference(self, row: int, column: Column) -> Column:
        """`=`: give this line the amount that balances the voucher; returns the cell it stands in.

        It goes to the side that needs it. Only in a red-letter voucher does it stay in the cell, negative.
        """
        if (
            self._visited is not None
            and self._visited[0] == row
            and self._visited[1] in (Column.DEBIT, Column.CREDIT)
        ):
            self._forget_typing()
        self.settle()
        missing = self.difference_without(row)
        if missing == 0:
            return column
        side = column if column.is_amount else Column.CREDIT if missing > 0 else Column.DEBIT
        amount = missing if side is Column.CREDIT else -missing
        if amount < 0 and not self._is_red():
            side = Column.CREDIT if side is Column.DEBIT else Column.DEBIT
            amount = -amount
        before = self.model.line(row)
        after = replace(before, debit="", credit="")
        setattr(after, side.key, plain_fen(amount))
        self._replace(row, side, before, after, tr("填差额"))
        self.edited.emit()
        return side

    def _is_red(self) -> bool:
        return any(debit < 0 or credit < 0 for debit, credit in self.model.amounts())

    def _forget_typing(self) -> None:
        if self._visited is not None:
            row, _, before = self._visited
            self._visited = None
            self.model.put(row, before)

    def flip(self, row: int, column: Column) -> Column:
        """Space: move the amount to the other side; returns where the cursor belongs."""
        self.settle()
        other = Column.CREDIT if column is Column.DEBIT else Column.DEBIT
        before = self.model.line(row)
        if before.debit or before.credit:
            after = replace(before, debit=before.credit, credit=before.debit)
            self._replace(row, other, before, after, tr("借贷互换"))
            self.edited.emit()
        return other

    def copy_summary(self, row: int, source: int) -> bool:
        """`..` and `//`: take the summary of another line; says whether there was one."""
        if not 0 <= source < self.model.rowCount() or source == row:
            return False
        text = self.model.text(source, Column.SUMMARY)
        if not text:
            return False
        self.put(row, Column.SUMMARY, text)
        return True

    # lines

    def add_line(self) -> int:
        """A blank line at the end for the cursor to go on; returns its row. Not a step: nothing is in it."""
        self.model.insert(self.model.rowCount(), DraftLine())
        return self.model.rowCount() - 1

    def insert_line(self, row: int) -> None:
        """A blank line before ``row``."""
        self.settle()
        self._step(
            tr("插入一行"),
            lambda: self._with_cursor(row, Column.SUMMARY, lambda: self.model.insert(row, DraftLine())),
            lambda: self._with_cursor(row, Column.SUMMARY, lambda: self.model.remove(row)),
        )

    def delete_line(self, row: int) -> None:
        """Take a line out; the last two are only emptied, because a voucher has at least two."""
        self.settle()
        line = self.model.line(row)
        if self.model.rowCount() <= FEWEST_LINES:
            if line != DraftLine():
                self._replace(row, Column.SUMMARY, line, DraftLine(), tr("清空一行"))
        else:
            self._step(
                tr("删除一行"),
                lambda: self._with_cursor(row, Column.SUMMARY, lambda: self.model.remove(row)),
                lambda: self._with_cursor(row, Column.SUMMARY, lambda: self.model.insert(row, line)),
            )
        self.edited.emit()

    def drop_blank_lines(self) -> None:
        """Take out blank lines between others, so that line numbers on screen are those of the voucher."""
        self.settle()
        lines = self.model.lines
        while lines and lines[-1].is_blank and not lines[-1].summary:
            lines.pop()
        blank = [row for row, line in enumerate(lines) if line == DraftLine()]
        if blank and len(lines) - len(blank) >= FEWEST_LINES:
            self.stack.beginMacro(tr("去掉空行"))
            for row in reversed(blank):
                self.delete_line(row)
            self.stack.endMacro()

    # head fields

    def set_head(self, name: str, text: str) -> None:
        """Set a head field in one step; ``name`` is a field of ``Head``."""
        before = self.head
        after = replace(before, **{name: text})
        if after == before:
            return
        self.settle()
        self._step(
            tr("改{title}", title=HEAD_NAMES[name]),
            lambda: self._put_head(after),
            lambda: self._put_head(before),
        )
        self.edited.emit()

    def keep_papers(self, ids: Sequence[int]) -> None:
        """Waiting attachments belong to this draft; no step, since the files are in the book already."""
        self._draft = replace(self._draft, papers=[*self._draft.papers, *ids])
        self.edited.emit()

    def _put_head(self, head: Head) -> None:
        self.head = head
        self.head_changed.emit()

    # steps

    def undo(self) -> None:
        """Take back the last step; what is being typed is one."""
        self.settle()
        self._travel(self.stack.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self.settle()
        self._travel(self.stack.redo)

    def _travel(self, move: Callable[[], None]) -> None:
        """Go along the stack; the cursor follows to where it happened."""
        self._travelling = True
        move()
        self._travelling = False
        self.edited.emit()

    def _replace(self, row: int, column: int, before: DraftLine, after: DraftLine, text: str) -> None:
        def to(line: DraftLine) -> Callable[[], None]:
            return lambda: self._with_cursor(row, column, lambda: self._put_grown(row, line))

        self._step(text, to(after), to(before))

    def _put_grown(self, row: int, line: DraftLine) -> None:
        """Put a line, adding the blank ones that have been cut off since."""
        while self.model.rowCount() <= row:
            self.add_line()
        self.model.put(row, line)

    def _with_cursor(self, row: int, column: int, change: Callable[[], None]) -> None:
        change()
        if self._travelling:
            self.cursor_wanted.emit(min(row, self.model.rowCount() - 1), column)

    def _step(self, text: str, redo: Callable[[], None], undo: Callable[[], None]) -> None:
        self.stack.push(_Step(text, redo, undo))


def _other_side_cleared(column: Column, text: str) -> dict[str, str]:
    """A line has one side only: an amount typed in one empties the other."""
    if column.is_amount and text.strip():
        return {"credit" if column is Column.DEBIT else "debit": ""}
    return {}


def _worked_out(text: str) -> str:
    """What an amount cell keeps: the result of a sum, plain; text that is no amount stays as typed."""
    fen = amount_of(text)
    return text if fen is None else plain_fen(fen) if fen else ""

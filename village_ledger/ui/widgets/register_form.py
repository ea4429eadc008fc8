"""A page that is a register with a form below it: the table of a report, fields, acts, what was done in the status bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


LABEL = 5
"""The form stands beside a register that needs the room."""


def _above(section: Section) -> QWidget:
    """The form at the top of its side, whatever room is below it."""
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(section)
    column.addStretch(1)
    return side


class RegisterForm(Page):
    """Subclasses say ``name``, read a ``table_of`` and ``build`` their fields into ``self.section``."""

    nav = "work"
    name: ClassVar[str]
    form: ClassVar[str]
    """Heading of the form."""
    empty: ClassVar[str] = ""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: Table | None = None
        self._said = ""
        self.table = FigureTable(self.theme, tr(self.name))
        self.table.view.empty_words = tr(self.empty)
        self.table.current_moved.connect(lambda _row: self.follow_row())
        self.section = Section(self.theme, tr(self.form), label=LABEL)
        self.build()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self.table, 7)
        self._sides.addWidget(scrolled(_above(self.section)), 4)
        self.body.addLayout(self._sides, 1)
        self.restyle()

    # what a subclass says

    def build(self) -> None:
        """Add the fields and buttons."""
        raise NotImplementedError

    def table_of(self, reader: Reader, ledger: str) -> Table:
        """The register, read on the worker."""
        raise NotImplementedError

    def follow_row(self) -> None:
        """Another row is current."""

    # the page

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self._said = ""
        self.slip.fold()
        self.reload(row=where.get("row", -1))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self, row: int = -1) -> None:
        """Read the register again."""
        if not self.session.is_open:
            return
        ledger = self.session.ledger_code
        row = row if row >= 0 else self.table.row
        self.operations.read(
            tr(self.name),
            lambda reader: self.table_of(reader, ledger),
            lambda table: self._show(table, row),
            refused=lambda error: self.slip.say(describe(error)),
            key=self.scope,
        )

    def restyle(self) -> None:
        """The form stands beside the register, below it where there is little room."""
        tight = self.theme.tokens.tight
        self._sides.setDirection(
            QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        )
        self._sides.setSpacing(self.theme.px.gap)

    def status(self) -> str:
        """What was done."""
        return self._said

    def print_register(self) -> None:
        """Onto paper."""
        if self.shown is not None:
            self.navigator.open("preview", tables=(self.shown,))

    def field(self, label: str, hint: str = "", limit: int = 100) -> QLineEdit:
        """One more field."""
        made = QLineEdit()
        made.setMaxLength(limit)
        self.section.add_row(label, made, hint)
        return made

    def act(self, label: str, action: Callable[[UnitOfWork, str], Outcome[Any]], said: str) -> None:
        """Carry something out; a refusal is said in the slip, also one the fields themselves give."""
        self.slip.fold()
        ledger = self.session.ledger_code
        self.operations.run(
            label,
            lambda uow, _: action(uow, ledger),
            then=lambda _: self.say(said),
            refused=self.refuse,
        )

    def refuse(self, error: LedgerError) -> None:
        """Say it in the page."""
        self.slip.say(describe(error))

    def say(self, sentence: str) -> None:
        """What was done, in the status bar."""
        self._said = sentence
        self.status_changed.emit()

    def _show(self, table: Table, row: int) -> None:
        self.shown = table
        self.head.set_title(tr(self.name), " · ".join((self.session.ledger.title, *table.heading[:1])))
        model = TableModel(table)
        self.table.show_model(model, model.totals_model() if model.totals else None)
        self.table.go_to_row(max(row, 0))
        self.follow_row()
        self.status_changed.emit()

"""What the pages of help to book share: a table of what there is, a calm form under it, a question asked in the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, Role, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

LEAST_ROWS = 5
"""Rows of the table that stay in view; what has no room scrolls."""


class TextRows(FigureModel):
    """Rows of plain text, some of them sums."""

    def __init__(
        self,
        columns: Sequence[ScreenColumn],
        rows: Sequence[Sequence[str]],
        heavy: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(columns)
        self.rows = tuple(tuple(row) for row in rows)
        self._heavy = heavy

    def count(self) -> int:
        """Rows."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """The cell."""
        return self.rows[row][column]

    def role(self, row: int) -> Role:
        """A heavy row is a sum."""
        return Role.SUBTOTAL if row in self._heavy else Role.DETAIL


class PlanningPage(Page):
    """A table over a form. Subclasses give ``name``, ``columns``, ``read`` and what their actions do."""

    scope: ClassVar[str] = "planning"
    nav: ClassVar[str] = "work"
    shows: ClassVar[Changes] = Changes(
        vouchers=True, accounts=True, periods=True, drafts=True, templates=True, settings=True
    )
    name: ClassVar[str] = ""
    columns: ClassVar[tuple[ScreenColumn, ...]] = ()
    empty_words: ClassVar[str] = ""
    main_action: ClassVar[str] = "fill_in"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.table = FigureTable(self.theme, tr(self.name))
        self.table.set_empty_words(tr(self.empty_words))
        self.model = TextRows(self.columns, ())
        self.table.show_model(self.model)
        self.ask_bar = AskBar(self.theme)
        self.said = QLabel()
        self.said.setProperty("look", "label")
        self.said.setWordWrap(True)
        self.said.hide()
        for part in (self.table, self.ask_bar, self.said):
            self.body.addWidget(part, 1 if part is self.table else 0)
        self.build()
        self.restyle()

    def build(self) -> None:
        """Make the form."""

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Words and slot of each action of the page."""
        return {}

    def read(self, reader: Reader) -> object:
        """What the page shows, read on the worker."""
        raise NotImplementedError

    def show_read(self, found: Any) -> None:
        """Put what was read on the page."""
        raise NotImplementedError

    # the page

    def restyle(self) -> None:
        """The table keeps some rows where the form has no room."""
        rows = 3 if self.theme.tokens.narrow else LEAST_ROWS
        self.table.setMinimumHeight((rows + 1) * (self.theme.px.row + 1))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Slot per action."""
        return {name: slot for name, (_, slot) in self.acts().items()}

    def action(self, action_id: str) -> QAction:
        """The action, with the words it has here."""
        made = super().action(action_id)
        words = self.acts().get(action_id)
        if words is not None:
            made.setText(words[0])
        return made

    def bind_actions(self) -> None:
        """Buttons in the head, the main one last."""
        super().bind_actions()
        for action_id in sorted(self.acts(), key=lambda name: name == self.main_action):
            self.add_button(action_id, Look.MAIN if action_id == self.main_action else Look.PLAIN)

    def go(self, **where: Any) -> None:
        """Arrive: read, stand on a row."""
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def hints(self) -> list[str]:
        """None: the keys stand on the buttons."""
        return []

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self) -> None:
        """Read again on the worker."""
        if not self.session.is_open:
            return
        self.head.set_title(tr(self.name), self.beside_title())
        self.operations.read(tr(self.name), self.read, then=self._on_read, key=f"planning {self.name}")

    def beside_title(self) -> str:
        """What it is about: by default the ledger and the month in view."""
        month, title = self.session.month, self.session.ledger.title
        return tr("{title} · {year}年{month}月", title=title, year=month.year, month=month.month)

    def _on_read(self, found: object) -> None:
        if self.session.is_open:
            self.show_read(found)
            self.status_changed.emit()

    def show_rows(self, rows: Sequence[Sequence[str]], heavy: frozenset[int] = frozenset()) -> None:
        """Other rows; the row one stood on is kept."""
        row = self.table.row
        self.model = TextRows(self.columns, rows, heavy)
        self.table.show_model(self.model)
        self.table.go_to_row(max(row, 0))

    def escape(self) -> bool:
        """A question first."""
        if self.ask_bar.asking:
            self.ask_bar.put_away()
            return True
        return False

    # for subclasses

    def say(self, sentence: str) -> None:
        """A line under the table; empty takes it away."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def act(
        self,
        label: str,
        work: Callable[[UnitOfWork, Progress], Outcome[Any]],
        then: Callable[[Outcome[Any]], object],
    ) -> None:
        """Write; warnings and a refusal are said in the page."""

        def done(outcome: Outcome[Any]) -> None:
            self.slip.fold()
            then(outcome)
            if outcome.warnings:
                self.say(f"{self.said.text()} {' '.join(outcome.warnings)}".strip())

        self.operations.run(label, work, then=done, refused=self.refuse)

    def refuse(self, refusal: LedgerError) -> None:
        """Say a refusal in the slip; what was typed stays."""
        self.slip.say(describe(refusal))


# fields


def day_of(field: QLineEdit) -> date:
    """A date field; raises PeriodError."""
    return parse_day(field.text())


def month_of(field: QLineEdit) -> Month | None:
    """A month field, 2025-03; None when blank; raises PeriodError."""
    text = field.text().strip()
    return Month.parse(text) if text else None


def fen_of(field: QLineEdit) -> int:
    """An amount field; raises AmountError, 0 when blank."""
    return evaluate_entry(field.text()) if field.text().strip() else 0


def chooser(name: str) -> PickList:
    """A list to choose from that never forces the window."""
    return PickList(name)


def offer(box: PickList, choices: Sequence[tuple[str, str]], keep: str = "") -> None:
    """Put (value, words) into a list; what was chosen stays chosen where it is still there."""
    chosen = keep or str(box.currentData() or "")
    box.blockSignals(True)
    box.clear()
    for value, words in choices:
        box.addItem(words, value)
    place = box.findData(chosen)
    box.setCurrentIndex(max(place, 0))
    box.blockSignals(False)


def line(name: str, text: str = "") -> QLineEdit:
    """A named field."""
    made = QLineEdit(text)
    made.setAccessibleName(name)
    return made


def add_rows(section: Section, rows: Sequence[tuple[str, QWidget, str]]) -> None:
    """Fields of a form with their labels and hints."""
    for label, field, hint in rows:
        section.add_row(label, field, hint)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

"""工作区变动记录: what was changed of the workspace itself, the newest first, and whether a line was rewritten since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.exchange.agency.agency_log import first_broken
from village_ledger.i18n import tr
from village_ledger.reports.agency.log import broken_words, log_table
from village_ledger.ui.agency.agency_desk import NOT_OPEN, AgencyDeskPage
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.explain_bar import ExplainBar

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class AgencyLogPage(AgencyDeskPage):
    """A line a change; nothing can be done to them here."""

    scope: ClassVar[str] = "agency_log"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.made: Table | None = None
        self.table = FigureTable(self.theme, tr("工作区变动记录"))
        self.table.set_empty_words(tr("还没有变动。"))
        self.broken = ExplainBar(self.theme, tr("接不上"), folds=False)
        self.table.current_moved.connect(lambda _row: self.say(""))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.broken)
        for action_id in ("export", "paper", "refresh"):
            self.add_button(action_id)
        self.head.set_title(tr("工作区变动记录"))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "refresh": self.reload,
            "export": lambda: self._save("xlsx"),
            "paper": lambda: self._save("pdf"),
        }

    def go(self, **where: Any) -> None:
        """Read anew each time."""
        del where
        if not self.is_signed_in:
            self.table.set_empty_words(tr(NOT_OPEN))
            return
        self.reload()

    def status(self) -> str:
        """What was done; else the line one stands on, whole."""
        row, lines = self.table.row, self.work.workspace.log if self.is_signed_in else ()
        if self._said or self.made is None or not 0 <= row < len(lines):
            return self._said
        one = lines[len(lines) - 1 - row]
        return " ".join(filter(None, (one.at[:16].replace("T", " "), one.by, one.words)))

    def reload(self) -> None:
        """Read the file again, on the worker."""
        if not self.is_signed_in:
            return
        work = self.work

        def look(_: object) -> Table:
            work.read_again()
            return log_table(work.workspace, first_broken(work.workspace))

        def done(made: Table) -> None:
            self.slip.fold()
            self.made = made
            self.head.set_title(made.title, made.subtitle)
            self.table.show_model(TableModel(made))
            self.table.go_to_row(0)
            self.table.setFocus()
            words = broken_words(work.workspace, first_broken(work.workspace))
            self.broken.explain(words)
            self.broken.setVisible(bool(words))
            self.status_changed.emit()

        self.operations.task(tr("看变动记录"), look, then=done, refused=self.refuse)

    def _save(self, ending: str) -> None:
        if self.made is not None:
            self.save_as((self.made,), ending)

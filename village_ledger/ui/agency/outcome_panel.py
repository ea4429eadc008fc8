"""What became of an act in each village, in the page; recovery codes just made stand in it until they are put away on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.storage.clock import now_text
from village_ledger.ui.agency.people_model import DoneModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from village_ledger.domain.agency import KeptBook, VillageVerdict
    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.operations import Operations


class OutcomePanel(QWidget):
    """A table of verdicts with the way back under it."""

    closed = Signal()
    opened = Signal(object)
    """A village (KeptBook) is to be opened."""

    def __init__(self, theme: Theme, operations: Operations, refuse: Callable[[LedgerError], object]) -> None:
        super().__init__()
        self._operations, self._refuse = operations, refuse
        self.codes: dict[str, str] = {}
        """Recovery codes just made, by book; they are kept nowhere else."""
        self._by = ""
        self.model: DoneModel | None = None
        self.table = FigureTable(theme, tr("办得怎样"))
        self.question = AskBar(theme)
        self.said = QLabel()
        self.said.setProperty("look", "label")
        self.said.setWordWrap(True)
        self.save = Button(theme, tr("恢复码存成封存页…"), Look.MAIN)
        self.away = Button(theme, tr("收起来"), Look.PLAIN, "Esc")
        self.save.clicked.connect(self._choose_folder)
        self.away.clicked.connect(self.put_away)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.away)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        column.addLayout(foot)
        self.table.opened.connect(self._open)
        self.hide()

    def show_verdicts(
        self, verdicts: Sequence[VillageVerdict], words: str, by: str, codes: Mapping[str, str]
    ) -> None:
        """Verdicts, what was not done first; ``by`` stands on the sheets of the codes."""
        self.codes = {uid: code for uid, code in codes.items() if code}
        self._by = by
        self.model = DoneModel(verdicts, self.codes)
        self.table.show_model(self.model)
        self.table.go_to_row(0)
        self.save.setVisible(bool(self.codes))
        sealed = tr("恢复码只出现这一次：抄在纸上或存成封存页，打印、折好，交各村封存。")
        self.said.setText(sealed if self.codes else words)
        self.show()
        self.table.setFocus()

    def put_away(self) -> None:
        """Back; with codes in view only after they were asked about."""
        if self.question.asking:
            self.question.put_away()
        elif self.codes:
            self.question.ask(
                tr("恢复码抄好、存好了吗？收起来就再也看不到。"),
                tr("收起来"),
                lambda _: self._close(),
                self.table.setFocus,
                wants_text=False,
            )
        else:
            self._close()

    def write_sheets(self, folder: Path) -> None:
        """A sheet to be sealed for each village, one PDF each, on the worker."""
        from village_ledger.reports.staff.recovery_sheet import RecoverySheet, write_recovery_sheet

        verdicts = self.model.verdicts if self.model is not None else ()
        sheets = [
            RecoverySheet(one.book.village, self.codes[one.book.uid], now_text()[:16], self._by)
            for one in verdicts
            if one.book.uid in self.codes
        ]

        def write(progress: Progress) -> None:
            for done, sheet in enumerate(sheets):
                progress.step(done, len(sheets), sheet.village)
                write_recovery_sheet(sheet, folder / f"{sheet.village}恢复码.pdf")

        said = tr("存到 {folder} 了。请打印、封存以后把文件删掉。", folder=folder)
        self._operations.task(
            tr("存恢复码"), write, then=lambda _: self.said.setText(said), refused=self._refuse
        )

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("封存页放在哪个文件夹"), str(Path.home()))
        if folder:
            self.write_sheets(Path(folder))

    def _close(self) -> None:
        self.codes = {}
        self.hide()
        self.closed.emit()

    def _open(self, row: int) -> None:
        book: KeptBook | None = self.model.book(row) if self.model is not None else None
        if book is not None and not self.codes:
            self.opened.emit(book)

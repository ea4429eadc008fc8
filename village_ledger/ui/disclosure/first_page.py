"""明白纸 on screen: every figure leads on to what makes it; the same page as a text to be read out, copied or kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from village_ledger.i18n import tr
from village_ledger.reports.disclosure.summary import REPORT
from village_ledger.reports.disclosure.summary_aloud import read_aloud
from village_ledger.reports.pens.output_file import replacing
from village_ledger.services.changes import Changes
from village_ledger.services.outcome import Outcome
from village_ledger.services.staff.exports import published
from village_ledger.ui.disclosure.public_table import PublicTablePage
from village_ledger.ui.sheets.saving import ask_path
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.span_choice import step_month

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.unit_of_work import UnitOfWork


class FirstPage(PublicTablePage):
    """The first page of the ledger and days in view."""

    scope: ClassVar[str] = "first_page"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.report = REPORT
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("念的稿子"))
        self.text.setTabChangesFocus(True)
        self.text.hide()
        self.body.insertWidget(0, self.text, 1)

    def build_buttons(self) -> None:
        """Read out, and onto paper with a code."""
        self.add_button("aloud")
        self.add_button("copy_text")
        self.add_button("save_text")
        self.add_button("paper", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "explain": self._explain,
            "earlier": lambda: step_month(self.session, -1),
            "later": lambda: step_month(self.session, 1),
            "aloud": self.turn,
            "copy_text": self.copy,
            "save_text": self.save,
            "paper": self.to_paper,
        }

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["into", "aloud", "paper"]

    def show_made(self, made: Table, row: int) -> None:
        """The figures, and the text they are read out as."""
        super().show_made(made, row)
        self.text.setPlainText(read_aloud(made))

    def escape(self) -> bool:
        """Back to the figures before leaving."""
        if self.text.isVisible():
            self.turn()
            return True
        return super().escape()

    # acting

    def turn(self) -> None:
        """From the figures to the text and back."""
        shown = not self.text.isVisible()
        self.text.setVisible(shown)
        self.table.setVisible(not shown)
        self.checks.hide()
        (self.text if shown else self.table).setFocus()

    def _turn(self) -> None:
        """The checks take the place of the text too."""
        self.text.hide()
        super()._turn()

    def copy(self) -> None:
        """The whole text onto the clipboard; that it left is logged where the book takes it."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._logged(lambda: self._say(tr("念的稿子已经复制，可以粘贴到群里。")))

    def save(self) -> None:
        """The text as a file that every editor opens right."""
        if self.made is None:
            return
        path = ask_path(self, (self.made,), "txt")
        if path is None:
            return
        said = self.text.toPlainText()
        self._logged(
            lambda: self.operations.task(
                tr("存成 {name}", name=path.name),
                lambda _: _write(path, said),
                then=lambda done: self._say(tr("已存到 {path}", path=done)),
            )
        )

    def _logged(self, then: Callable[[], object]) -> None:
        if self.session.read_only:
            then()
            return
        ledger, lines = self.session.ledger_code, self.text.toPlainText().count("\n")

        def log(uow: UnitOfWork, _: object) -> Outcome[None]:
            published(uow, "明白纸的念稿", lines, ledger=ledger)
            return Outcome(None, Changes())

        self.operations.run(tr("记下导出"), log, then=lambda _: then())

    def to_paper(self) -> None:
        """The same sheet on the page of paper, registered when it leaves."""
        self.navigator.open("disclosure", sheet=REPORT, span=self.span_choice.span())


def _write(path: Path, text: str) -> Path:
    with replacing(path) as file:
        file.write(text.encode("utf-8-sig"))
    return path

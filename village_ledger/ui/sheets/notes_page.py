"""The notes (附注) on screen: filled from the books, with places where the village writes its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout

from village_ledger.i18n import tr
from village_ledger.reports.statements.catalogue_notes import texts_wanted
from village_ledger.services.closing import statement_texts
from village_ledger.ui.sheets.report_table_page import ReportTablePage
from village_ledger.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

LINES = 5
"""Height of the field in lines of text."""


class TextEditor(QFrame):
    """One text of the notes: its heading, the field, save and leave."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        self.title = QLabel()
        self.title.setProperty("look", "strong")
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(LINES * px.body * 2)
        self.save = Button(theme, tr("保存这一项"), Look.MAIN)
        self.leave = Button(theme, tr("不改"), Look.PLAIN, "Esc")
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.save)
        row.addWidget(self.leave)
        column.addLayout(row)
        column.addWidget(self.field)
        self.hide()

    def edit(self, title: str, text: str) -> None:
        """Show a text to be changed."""
        self.title.setText(title)
        self.field.setAccessibleName(title)
        self.field.setPlainText(text)
        self.show()
        self.field.setFocus()


class NotesPage(ReportTablePage):
    """Enter on an item of the village's own opens its text; on a figure, its ledger."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.report = "notes"
        self._item = ""
        self.editor = TextEditor(self.theme)
        self.body.insertWidget(1, self.editor)
        self.editor.save.clicked.connect(self._save)
        self.editor.leave.clicked.connect(self._leave)
        self.write = Button(self.theme, tr("写这一项"))
        self.write.setAccessibleDescription(tr("写附注里由村里自己写的一段；在那一行按 Enter 也行"))
        self.write.clicked.connect(lambda: self._open(self.table.row))
        self.head.add_widget(self.write, keeps=1)

    def reload(self) -> None:
        """The notes again; the text being written stays."""
        super().reload()
        self._mark_writable()

    def escape(self) -> bool:
        """Leave the text before leaving the page."""
        if self.editor.isVisible():
            self._leave()
            return True
        return super().escape()

    def _texts(self) -> dict[str, tuple[str, str]]:
        year = self.span_choice.span().last.year
        wanted = texts_wanted(self.session.reader, self.session.ledger_code, year)
        return {number: (title, text) for number, title, text in wanted}

    def _follow(self) -> None:
        super()._follow()
        self._mark_writable()

    def _mark_writable(self) -> None:
        row = self.row()
        number = str(row.cells[0]) if row is not None else ""
        self.write.setEnabled(not self.session.read_only and number in self._texts())

    def _open(self, row: int) -> None:
        """A text to write, or what the row leads to."""
        if self.model is None or not 0 <= row < self.model.count():
            return
        number = str(self.model.row(row).cells[0])
        found = self._texts().get(number)
        if found is None or self.session.read_only:
            super()._open(row)
            return
        self._item = number
        self.editor.edit(*found)

    def _save(self) -> None:
        text, item = self.editor.field.toPlainText(), self._item
        ledger, year = self.session.ledger_code, self.span_choice.span().last.year
        self.operations.run(
            tr("写附注"),
            lambda uow, _: statement_texts.write(uow, ledger, year, item, text),
            then=lambda _: self._leave(),
        )

    def _leave(self) -> None:
        self.editor.hide()
        self.table.setFocus()

"""Beside the check list: what one line saw, the way to it, and for a warning the reason why it is let pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from village_ledger.i18n import tr
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.ui.closing.closing_figures import Evidence, EvidenceModel, evidence_of
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from village_ledger.ui.page import Page

_ADVICE = {
    Verdict.PASS: "这一项没有问题。",
    Verdict.WARN: "这一项不挡结账。写一句怎么处理，会一直印在检查单和本月的表上。",
    Verdict.FAIL: "这一项处理好才能结账，不能放行。",
}


class EvidencePanel(QFrame):
    """One line of the check list in full."""

    opened = Signal(object)
    """A piece of evidence was entered."""
    waived = Signal(str, str)
    """Rule of a warning, and the reason written for it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._page = page
        self._item: CheckItem | None = None
        self._evidence: list[Evidence] = []
        self._writable = False
        self.title, self.found, self.advice = QLabel(), QLabel(), QLabel()
        self.title.setProperty("look", "heading")
        self.advice.setProperty("look", "label")
        for label in (self.title, self.found, self.advice):
            label.setWordWrap(True)
        self.table = FigureTable(page.theme, tr("证据"))
        self.table.opened.connect(self._open)
        self.reason = QLineEdit()
        self.reason_name = QLabel(tr("怎么处理"))
        self.reason_name.setBuddy(self.reason)
        self.reason.setAccessibleName(tr("怎么处理"))
        self.reason.setMaxLength(100)
        self.reason.textChanged.connect(self._follow)
        self.reason.returnPressed.connect(self._waive)
        self.act = Button(page.theme, tr("写好了，放行"))
        self.act.clicked.connect(self._waive)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._page.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px.gap + px.unit, px.gap, px.gap + px.unit, px.gap)
        column.setSpacing(px.cell)
        for widget in (self.title, self.found, self.advice):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.reason_name)
        column.addWidget(self.reason)
        foot = QHBoxLayout()
        foot.addWidget(self.act)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(0)

    def show_item(self, item: CheckItem | None, *, writable: bool) -> None:
        """Another line; ``writable`` says whether a reason can be written now."""
        same = self._item is not None and item is not None and self._item.text == item.text
        self._item, self._writable = item, writable
        self.setVisible(item is not None)
        if item is None:
            return
        self.title.setText(item.title)
        self.found.setText(item.text)
        self.advice.setText(self._advice(item))
        self._evidence = evidence_of(item)
        self.table.setVisible(bool(self._evidence))
        self.table.show_model(EvidenceModel(self._evidence))
        warns = item.verdict is Verdict.WARN
        for widget in (self.reason_name, self.reason, self.act):
            widget.setVisible(warns)
        self.reason.setEnabled(writable)
        if not same:
            self.reason.setText(item.waiver.reason if item.waiver else "")
        self._follow()

    @staticmethod
    def _advice(item: CheckItem) -> str:
        """What a line of this kind means, or who let it pass."""
        if item.waived and item.waiver is not None:
            return tr(
                "{by} 在 {day} 放行：{reason}",
                by=item.waiver.by,
                day=item.waiver.at[:10],
                reason=item.waiver.reason,
            )
        return tr(_ADVICE[item.verdict])

    def begin(self) -> None:
        """Put the focus where there is something to do."""
        if self._evidence:
            self.table.setFocus()
        elif self.reason.isVisible():
            self.reason.setFocus()

    def _follow(self) -> None:
        written = self.reason.text().strip()
        kept = self._item.waiver.reason if self._item is not None and self._item.waiver else ""
        self.act.setEnabled(self._writable and bool(written) and written != kept)

    def _open(self, row: int) -> None:
        if self._evidence[row].lead is not None:
            self.opened.emit(self._evidence[row].lead)

    def _waive(self) -> None:
        if self._item is not None and self.act.isEnabled():
            self.waived.emit(self._item.rule, self.reason.text().strip())

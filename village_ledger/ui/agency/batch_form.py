"""What is asked of a batch beside the villages: ledger, days or month, what to print or export, and where it goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_ledger.domain.agency import BatchAct
from village_ledger.domain.errors import AgencyError
from village_ledger.domain.period import Month, Span, parse_day
from village_ledger.exchange.agency.agency_batch import BatchOptions
from village_ledger.exchange.agency.agency_forms import FORMS, PACKAGE, PRINTABLE
from village_ledger.i18n import tr
from village_ledger.ui.exports.export_page import forms
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.planning.planning_page import chooser, line, offer
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.span_choice import parse_span
from village_ledger.ui.widgets.tick_box import TickBox

_FIRST_CHOSEN = frozenset({"trial-balance", "balance-sheet", "receipts-payments"})
"""What is printed at every month's end."""
_FIELDS = {
    BatchAct.REVIEW: ("ledger", "through"),
    BatchAct.POST: ("ledger", "through"),
    BatchAct.CLOSE: ("ledger", "month"),
    BatchAct.PRINT: ("ledger", "days", "reports", "merged", "folder"),
    BatchAct.EXPORT: ("form", "span", "attachments", "folder"),
}
_LABEL_CHARS = 6


class BatchForm(QWidget):
    """Only the fields of the act stand in it; what was typed for another act stays."""

    changed = Signal()
    """Something else is asked."""

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        before = Month.of(today).previous()
        everything = ("", tr("两本账")), ("collective", tr("集体账")), ("committee", tr("村委会账"))
        self.ledger = Choices(theme, tr("哪本账"), everything, "")
        self.through = line(tr("到哪一天为止"), today.isoformat())
        self.month = line(tr("哪个月"), str(before))
        self.days = line(tr("哪些天"), tr("{first} 至 {last}", first=before.first, last=before.last))
        self.span = line(tr("哪些天的"))
        self.reports = {name: TickBox(theme, tr(words)) for name, words in PRINTABLE.items()}
        for name, box in self.reports.items():
            box.setChecked(name in _FIRST_CHOSEN)
        self._ticks = QWidget()
        ticks = QVBoxLayout(self._ticks)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(0)
        for box in self.reports.values():  # one below the other: titles are read whole
            ticks.addWidget(box)
        self.merged = TickBox(theme, tr("各村合成一个文件，按村的次序"))
        self.form = chooser(tr("导出成什么"))
        offer(self.form, [(name, FORMS[name]) for name in (PACKAGE, *forms())])
        self.attachments = TickBox(theme, tr("连附件一起"))
        self.folder = line(tr("放在哪个文件夹"))
        for field in (self.through, self.month, self.days):
            field.textChanged.connect(self.changed)
        for box in self.reports.values():
            box.toggled.connect(self.changed)
        self.form.currentIndexChanged.connect(self.changed)
        self._section = Section(theme, tr("怎么办"), label=_LABEL_CHARS)
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)
        column.addStretch(1)

    def _fill(self) -> None:
        fields: tuple[tuple[str, str, QWidget, str], ...] = (
            ("ledger", tr("哪本账"), self.ledger, ""),
            ("through", tr("到哪一天为止"), self.through, tr("日期在这一天和以前的，等着的都办")),
            ("month", tr("哪个月"), self.month, tr("如 2025-10；各村的检查不过，就不结那个村")),
            ("days", tr("哪些天"), self.days, tr("如 2025-10-01 至 2025-10-31，或 2025-10")),
            ("merged", tr("合订"), self.merged, ""),
            ("form", tr("导出成什么"), self.form, ""),
            ("span", tr("哪些天的"), self.span, tr("如 2025-01 至 2025-12；不写就是全部")),
            ("attachments", tr("附件"), self.attachments, ""),
            ("folder", tr("放在哪里"), self.folder, tr("一个村一个文件夹；按 Ctrl+O 选")),
            ("reports", tr("打印什么"), self._ticks, ""),
        )
        for key, label, field, hint in fields:
            self._rows[key] = self._section.add_row(label, field, hint, tall=field is self._ticks)

    def show_act(self, act: BatchAct) -> None:
        """The fields an act asks for."""
        for key, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(key in _FIELDS[act])

    @property
    def place(self) -> Path | None:
        """Where files go, None until somebody said."""
        text = self.folder.text().strip()
        return Path(text) if text else None

    def in_words(self, act: BatchAct) -> str:
        """What would be done, in a few words: where the form is out of sight they are all one sees of it."""
        if act in {BatchAct.REVIEW, BatchAct.POST}:
            return tr("{act}到 {day} 为止", act=act.words, day=self.through.text().strip())
        if act is BatchAct.CLOSE:
            return tr("结 {month}", month=self.month.text().strip())
        if act is BatchAct.PRINT:
            count = sum(box.isChecked() for box in self.reports.values())
            return tr("打印 {n} 种表，{days}", n=count, days=self.days.text().strip())
        return tr("导出{form}", form=self.form.currentText())

    def options(self, act: BatchAct) -> BatchOptions:
        """What the fields say; raises LedgerError for days that are none, or nothing to print."""
        ledgers = (self.ledger.value,) if self.ledger.value else ()
        if act in {BatchAct.REVIEW, BatchAct.POST}:
            text = self.through.text().strip()
            return BatchOptions(ledgers=ledgers, through=parse_day(text) if text else None)
        if act is BatchAct.CLOSE:
            return BatchOptions(ledgers=ledgers, month=Month.parse(self.month.text().strip()))
        if act is BatchAct.PRINT:
            chosen = tuple(name for name, box in self.reports.items() if box.isChecked())
            if not chosen:
                raise AgencyError(tr("还没有选打印什么"), tr("请至少选一种表。"))
            return BatchOptions(
                ledgers=ledgers,
                reports=chosen,
                span=parse_span(self.days.text()),
                merged=self.merged.isChecked(),
                folder=self.place,
            )
        return BatchOptions(
            form=str(self.form.currentData()),
            span=self._span(),
            folder=self.place,
            attachments=self.attachments.isChecked(),
        )

    def _span(self) -> Span | None:
        text = self.span.text().strip()
        return parse_span(text) if text else None

"""The strip under the table of a split: one part's owner, amount, account, counterparty or project, reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.chart import Chart, Dimension, LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.separation import Owner, Part, SplitLine
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.separation.separation_desk import ROUND
from village_ledger.ui.widgets.account_field import AccountField
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.money_edit import MoneyEdit

OWNERS = tuple((owner.name, owner.value) for owner in ROUND)


class PartEditor(QFrame):
    """Shows one part; every field that is left says what the part is now."""

    edited = Signal(object)
    """The part as it stands in the fields."""
    owner_chosen = Signal(object)
    left = Signal()
    """Esc: back to the table."""

    def __init__(self, theme: Theme, charts: Mapping[LedgerKind, Chart]) -> None:
        super().__init__()
        self._theme = theme
        self._charts = charts
        self._part = Part(Owner.UNDECIDED, 0)
        self._account = ""
        self.setProperty("look", "sheet")
        self.title, self.note = QLabel(), QLabel()
        self.title.setProperty("look", "strong")
        self.note.setProperty("look", "label")
        self.note.setWordWrap(True)
        self.owner = Choices(theme, tr("归谁"), OWNERS, Owner.UNDECIDED.name)
        self.amount, self.account = MoneyEdit(), AccountField(theme)
        self.detail, self.party, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self._party_label = QLabel(tr("往来单位"))
        self._arrange()
        self.owner.chosen.connect(lambda name: self.owner_chosen.emit(Owner[name]))
        self.account.chosen.connect(self._take_account)
        self.account.left_field.connect(self.left)
        for field in (self.amount, self.detail, self.party, self.reason):
            field.editingFinished.connect(self._tell)

    def use_charts(self, charts: Mapping[LedgerKind, Chart]) -> None:
        """The charts of another preset."""
        self._charts = charts

    def show_part(self, one: SplitLine, part: Part, *, is_split: bool) -> None:
        """Fill the fields; of a line that is not split the amount is the line's."""
        self._part, self._account = part, part.account
        self.title.setText(f"{one.line.code} {one.line.words}".strip())
        note = tr("备注：{note}", note=one.line.note) if one.line.note else ""
        self.note.setText(
            "　".join(filter(None, (note, one.source and tr("初判依据：{source}", source=one.source))))
        )
        self.note.setVisible(bool(self.note.text()))
        self.owner.set_value(part.owner.name)
        self.amount.set_fen(part.amount)
        self.amount.setEnabled(is_split)
        ledger = part.owner.ledger
        for field in (self.account, self.detail, self.party):
            field.setEnabled(ledger is not None)
        if ledger is not None:
            chart = self._charts[ledger]
            self.account.set_chart(chart, {})
            name = chart.get(part.account).name if part.account in chart else ""
            self.account.show_account(part.account, name)
        else:
            self.account.show_account("", "")
        self.detail.setText(part.detail)
        self.party.setText(part.counterparty or part.project)
        self._party_label.setText(tr("项目") if self._is_project() else tr("往来单位"))
        self.reason.setText(part.reason)

    def now(self) -> Part | None:
        """The part as it stands in the fields; None while the amount cannot be read."""
        amount = self.amount.fen()
        if amount is None:
            return None
        other = self.party.text().strip()
        project = self._is_project()
        return replace(
            self._part,
            amount=amount,
            account=self._account,
            detail=self.detail.text().strip(),
            counterparty="" if project else other,
            project=other if project else "",
            reason=self.reason.text().strip(),
        )

    def begin(self) -> None:
        """The cursor where one begins."""
        field = self.amount if self.amount.isEnabled() else self.account
        (field if field.isEnabled() else self.owner).setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_project(self) -> bool:
        """Whether the account keeps projects rather than counterparties."""
        ledger = self._part.owner.ledger
        if ledger is None or self._account not in self._charts[ledger]:
            return bool(self._part.project)
        demands = self._charts[ledger].get(self._account).demands
        return Dimension.PROJECT in demands or (bool(self._part.project) and not demands)

    def _take_account(self, code: str) -> None:
        self._account = code
        self._part = replace(self._part, counterparty="", project="")
        self._tell()

    def _tell(self) -> None:
        part = self.now()
        if part is None:
            self.amount.setToolTip(tr("金额看不懂，仍按 {amount}", amount=format_fen(self._part.amount)))
            self.amount.set_fen(self._part.amount)
        elif part != self._part:
            self._part = part
            self.edited.emit(part)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        places: tuple[tuple[int, int, str | QLabel, QWidget, str], ...] = (
            (0, 0, tr("金额"), self.amount, tr("这一份的金额")),
            (0, 2, tr("新账科目"), self.account, tr("新账科目")),
            (1, 0, tr("明细科目"), self.detail, tr("明细科目，可以不设")),
            (1, 2, self._party_label, self.party, tr("往来单位或项目")),
            (2, 0, tr("理由"), self.reason, tr("为什么归他")),
        )
        for row, column, words, field, name in places:
            label = words if isinstance(words, QLabel) else QLabel(words)
            label.setProperty("look", "label")
            label.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(label, row, column)
            span = 3 if field is self.reason else 1
            grid.addWidget(field, row, column + 1, 1, span)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        owners = QHBoxLayout()
        owners.addWidget(self.owner)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addLayout(owners)
        column.addLayout(grid)

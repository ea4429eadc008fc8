"""The fields of one receipt on a claim: Enter goes from field to field, in the last one the receipt is put on the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.claim import ClaimLine
from village_ledger.domain.errors import AmountError, ClaimError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import parse_day
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.account_field import AccountField
from village_ledger.ui.widgets.money_edit import MoneyEdit

_PAIRS = 3
"""Fields side by side; in a narrow window they stand below each other."""


class ReceiptFields(QFrame):
    """One receipt being typed; the people who sign stay for the next one."""

    entered = Signal()
    """Enter in the last field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._theme = theme
        self.account_code = ""
        self.day, self.summary, self.amount = QLineEdit(), QLineEdit(), MoneyEdit()
        self.account, self.party = AccountField(theme, fills=True), QLineEdit()
        self.handler, self.witness, self.approver = QLineEdit(), QLineEdit(), QLineEdit()
        self.invoice, self.papers = QLineEdit(), QLineEdit()
        self.account.chosen.connect(self._take_account)
        self.account.left_field.connect(lambda: self._after(self.account))
        self._fields: list[tuple[str, QLineEdit]] = [
            (tr("单据日期"), self.day),
            (tr("摘要"), self.summary),
            (tr("金额"), self.amount),
            (tr("科目"), self.account),
            (tr("往来单位"), self.party),
            (tr("票据号"), self.invoice),
            (tr("经手人"), self.handler),
            (tr("证明人"), self.witness),
            (tr("审批人"), self.approver),
            (tr("单据张数"), self.papers),
        ]
        self._grid = QGridLayout(self)
        self._labels: list[QLabel] = []
        for label, field in self._fields:
            words = QLabel(label)
            words.setProperty("look", "label")
            words.setBuddy(field)
            field.setAccessibleName(label)
            self._labels.append(words)
            if field is not self.account:
                field.returnPressed.connect(lambda field=field: self._after(field))
        self._arrange()
        theme.changed.connect(self._arrange)

    def _arrange(self) -> None:
        """Side by side, or below each other where there is no room."""
        pairs = 1 if self._theme.tokens.tight else _PAIRS
        px = self._theme.px
        self._grid.setContentsMargins(px.cell * 2, px.cell, px.cell * 2, px.cell)
        self._grid.setHorizontalSpacing(px.cell)
        for place, (_, field) in enumerate(self._fields):
            row, column = divmod(place, pairs)
            self._grid.addWidget(self._labels[place], row, column * 2, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(field, row, column * 2 + 1)
        for column in range(_PAIRS * 2):
            self._grid.setColumnStretch(column, column % 2 if column < pairs * 2 else 0)

    def begin(self) -> None:
        """A blank receipt: day and people of the last one stay."""
        for field in (self.summary, self.amount, self.invoice, self.party):
            field.clear()
        self.papers.setText("1")
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_line(self, line: ClaimLine, name: str) -> None:
        """An earlier receipt to be changed; ``name`` is its account's."""
        self.day.setText(line.day.isoformat())
        self.summary.setText(line.summary)
        self.amount.set_fen(line.amount)
        self.set_account(line.account, name)
        for field, text in (
            (self.party, line.counterparty),
            (self.handler, line.handler),
            (self.witness, line.witness),
            (self.approver, line.approver),
            (self.invoice, line.invoice),
            (self.papers, str(line.attachments)),
        ):
            field.setText(text)
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_account(self, code: str, name: str) -> None:
        """The account the receipt is booked to."""
        self.account_code = code
        self.account.show_account(code, name)
        self.account.setText(f"{code} {name}".strip())

    def line(self) -> ClaimLine:
        """The receipt as it stands in the fields; raises LedgerError naming what is wrong."""
        fen = self.amount.fen()
        if fen is None:
            raise AmountError(tr("金额“{text}”看不懂", text=self.amount.text()), tr("请改成数字。"))
        papers = half_width(self.papers.text()).strip()
        if not (papers.isascii() and papers.isdigit()):
            raise ClaimError(tr("单据张数“{text}”不是数", text=papers), tr("请填整数。"))
        return ClaimLine(
            day=read_day(self.day.text()),
            summary=check_text(self.summary.text(), tr("摘要"), SUMMARY_LIMIT),
            amount=fen,
            account=self.account_code,
            counterparty=self._name(self.party, tr("往来单位")),
            handler=self._name(self.handler, tr("经手人")),
            witness=self._name(self.witness, tr("证明人")),
            approver=self._name(self.approver, tr("审批人")),
            invoice=self._name(self.invoice, tr("票据号")),
            attachments=int(papers),
        )

    def set_read_only(self, *, on: bool) -> None:
        """A claim that is booked is only looked at."""
        self.setVisible(not on)

    def _take_account(self, code: str) -> None:
        chart = self.account._chart  # noqa: SLF001  the field's own chart names what it found
        if chart is not None:
            self.set_account(code, chart.get(code).name)
        self._after(self.account)

    def _after(self, field: QWidget) -> None:
        """To the next field; the last one ends the receipt."""
        order = [one for _, one in self._fields]
        place = next(i for i, one in enumerate(order) if one is field) + 1
        if place < len(order):
            order[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()

    @staticmethod
    def _name(field: QLineEdit, what: str) -> str:
        return check_text(field.text(), what, NAME_LIMIT)


def read_day(text: str) -> date:
    """A day as typed; raises PeriodError."""
    return parse_day(half_width(text).strip())

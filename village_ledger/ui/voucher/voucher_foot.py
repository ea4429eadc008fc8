"""Below the totals: who handled, witnessed, approved; which invoices; why nothing is attached; who signs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.voucher.voucher_fields import VoucherField
from village_ledger.ui.voucher.voucher_style import VoucherStyle

NAMES = {"handler": "经手人", "witness": "证明人", "approver": "审批人", "invoices": "票据号"}
SIGNERS = ("主管", "记账", "审核", "出纳", "制单")
_NAME_CHARS = 4
_REASON_CHARS = 6
_CHARS_BESIDE = 44
_LABEL_GAP = 6
NOBODY = "—"


@dataclass(frozen=True, slots=True)
class Signers:
    """Names at the foot; empty ones are shown as a dash."""

    posted_by: str = ""
    reviewed_by: str = ""
    prepared_by: str = ""


class VoucherFoot(QWidget):
    """Three names to fill in, a reason when nothing is attached, and the row of signatures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = {key: VoucherField(tr(title), _NAME_CHARS) for key, title in NAMES.items()}
        self.reason = VoucherField(tr("没有附单据的原因"), _REASON_CHARS)
        self._labels: list[QLabel] = []
        self._reason_label = QLabel(tr("没有附单据的原因"))
        names = QHBoxLayout()
        names.setSpacing(_LABEL_GAP)
        for key, field in self.fields.items():
            label = QLabel(tr(NAMES[key]))
            label.setBuddy(field)
            self._labels.append(label)
            names.addWidget(label)
            names.addWidget(field, 1)
        why = QHBoxLayout()
        why.setSpacing(_LABEL_GAP)
        why.addWidget(self._reason_label)
        why.addWidget(self.reason, 1)
        self._labels.append(self._reason_label)
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.addLayout(names, 1)
        self._upper.addLayout(why, 1)
        lower = QHBoxLayout()
        self._signatures = {name: (QLabel(name), QLabel(NOBODY)) for name in SIGNERS}
        for at, (title, name) in enumerate(self._signatures.values()):
            if at:
                lower.addStretch(1)
            lower.addWidget(title)
            lower.addWidget(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._upper)
        column.addLayout(lower)
        self._column = column

    def wear(self, style: VoucherStyle, room: int) -> None:
        """Fonts and lines of the look; signatures are in serif. Without room the reason gets its own row."""
        beside = room > style.cell_font.pixelSize() * _CHARS_BESIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._upper.setDirection(direction)
        self._upper.setSpacing(style.pad * 2 if beside else style.pad // 2)
        self._column.setSpacing(style.pad // 2)
        for label in self._labels:
            label.setFont(style.cell_font)
        for field in (*self.fields.values(), self.reason):
            field.wear(style)
        signed = QFont(style.words_font)
        signed.setBold(False)
        for title, name in self._signatures.values():
            title.setFont(style.cell_font)
            name.setFont(signed)

    def show_signers(self, signers: Signers) -> None:
        """Who has signed so far."""
        names = {"记账": signers.posted_by, "审核": signers.reviewed_by, "制单": signers.prepared_by}
        for title, (_, label) in self._signatures.items():
            label.setText(names.get(title, "") or NOBODY)

    def ask_reason(self, wanted: bool) -> None:
        """Show the place for the reason only while nothing is attached."""
        self._reason_label.setVisible(wanted)
        self.reason.setVisible(wanted)

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        for field in (*self.fields.values(), self.reason):
            field.setReadOnly(read_only)

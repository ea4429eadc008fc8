"""The sum above a dividend's households: pool ÷ shares = each share, as it is typed or as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.domain.share import format_shares
from village_ledger.i18n import tr
from village_ledger.ui.dividends.dividend_figures import RunFigures, leftover
from village_ledger.ui.dividends.dividend_table import commas
from village_ledger.ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from village_ledger.domain.dividend import Shared
    from village_ledger.ui.look.theme import Theme


class PoolStrip(QFrame):
    """这次分 ÷ 份额 = 每份: the pool is typed here and everything else follows."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.amount = MoneyEdit()
        self.amount.setProperty("look", "figure")
        self.amount.setAccessibleName(tr("这次分"))
        self.amount.textChanged.connect(lambda _: self.changed.emit())
        self.amount.editingFinished.connect(self._tidy)
        self.shares, self.each = QLabel("—"), QLabel("—")
        self._names = label_for(tr("这次分（元）"), self.amount), QLabel(tr("参加的份额")), QLabel(tr("每份"))
        self.rest = QLabel()
        self.rest.setWordWrap(True)
        self.rest.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (*self._names, self.rest):
            label.setProperty("look", "label")
        self._row = QHBoxLayout(self)
        figures: tuple[QWidget, ...] = (self.amount, self.shares, self.each)
        for place, (name, figure) in enumerate(zip(self._names, figures, strict=True)):
            if place:
                sign = QLabel("÷="[place - 1])
                sign.setProperty("look", "figure")
                self._row.addWidget(sign)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(name)
            column.addWidget(figure)
            self._row.addLayout(column, 2 if place == 0 else 0)
        self._row.addWidget(self.rest, 3)
        self.restyle()

    def restyle(self) -> None:
        """Figures of the size in force; the sentence about the leftover only where there is room for it."""
        px, tight = self._theme.px, self._theme.tokens.tight
        self._row.setContentsMargins(
            px.gap, px.unit if tight else px.cell, px.gap, px.unit if tight else px.cell
        )
        self._row.setSpacing(px.gap)
        self.amount.setMinimumWidth(1)
        self.rest.setVisible(not tight)
        for label in (self.shares, self.each):
            label.setProperty("look", "strong" if self._theme.tokens.narrow else "figure")
            label.style().unpolish(label)
            label.style().polish(label)

    def fen(self) -> int | None:
        """The pool; 0 while nothing is written, None while it cannot be read."""
        return self.amount.fen()

    def only_read(self) -> None:
        """The pool stands as it was given."""
        self.amount.setReadOnly(True)
        self.amount.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _tidy(self) -> None:
        """A finished amount stands with its commas."""
        if self.fen():
            self.set_text(format_fen(self.fen() or 0))

    def set_text(self, text: str) -> None:
        """Fill the pool without telling."""
        self.amount.blockSignals(True)
        self.amount.setText(text)
        self.amount.blockSignals(False)

    def fill(self, fen: int) -> None:
        """Everything there is to give."""
        self.amount.setText(plain_fen(fen))

    def show_figures(self, made: RunFigures | None) -> None:
        """What the pool comes to a share."""
        shared = made.made.shared if made is not None and made.made is not None else None
        if shared is None or not shared.weight:
            for label in (self.shares, self.each):
                label.setText("—")
            self.rest.setText("")
            return
        names = "、".join(one.name for one in made.made.classes) if made and made.made else ""
        self._names[1].setText(names or tr("参加的份额"))
        self.shares.setText(tr("{count} 份", count=commas(format_shares(shared.weight, shared.decimals))))
        exact = shared.asked * 10**shared.decimals * 100 % shared.weight == 0
        self._names[2].setText(tr("每份") if exact else tr("每份约"))
        self.each.setText(tr("{each} 元", each=shared.per_share if exact else f"{shared.per_share}…"))
        self.rest.setText(_rest_words(shared))
        self.setAccessibleName(
            tr(
                "{count}，{each}。{rest}",
                count=self.shares.text(),
                each=self.each.text(),
                rest=self.rest.text(),
            )
        )


def _rest_words(shared: Shared) -> str:
    """What became of what does not divide."""
    if shared.over:
        return tr("除不尽的 {fen} 元没有分出去，留在未分配收益", fen=format_fen(shared.over))
    spread = leftover(shared)
    return tr("除不尽的 {fen} 分，按尾数大小一分一分补", fen=spread) if spread else tr("正好除尽")


def label_for(words: str, field: QWidget) -> QLabel:
    """The words before a field, which name it for who cannot see them."""
    label = QLabel(words)
    label.setProperty("look", "label")
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(words)
    return label

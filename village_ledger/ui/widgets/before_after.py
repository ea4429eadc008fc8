"""Accounts before and after a share event: for each two stacked bars with their figures, and the class as a whole.

What lies in a bucket is told by pattern and by word, never by colour alone: 可动 is solid (hatched before the event), 质押
dotted in a dashed frame, 冻结 crossed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.domain.share import Balance, format_shares
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.ui.shares.share_figures import Account, Sum

MOST_ACCOUNTS = 30
"""More accounts than this are only counted: a conversion touches every household."""


class HoldingBar(QWidget):
    """One account's buckets side by side, to the scale of the largest account shown."""

    def __init__(self, theme: Theme, balance: Balance, most: int, *, is_after: bool) -> None:
        super().__init__()
        self._theme = theme
        self._balance, self._most, self._is_after = balance, max(most, 1), is_after
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        return QSize(self._theme.px.body * 12, self._theme.px.body + 8)

    def minimumSizeHint(self) -> QSize:
        """Short bars are still bars."""
        return QSize(self._theme.px.body * 4, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The buckets from the left: free, pledged, frozen."""
        del event
        painter = QPainter(self)
        theme, left = self._theme, 0.5
        strong = theme.colour("accent" if self._is_after else "ink2")
        free = Qt.BrushStyle.SolidPattern if self._is_after else Qt.BrushStyle.BDiagPattern
        for words, quanta, pattern in (
            ("", self._balance.free, free),
            (tr("质押"), self._balance.pledged, Qt.BrushStyle.Dense6Pattern),
            (tr("冻结"), self._balance.frozen, Qt.BrushStyle.DiagCrossPattern),
        ):
            if quanta <= 0:
                continue
            box = QRectF(left, 0.5, quanta / self._most * (self.width() - 1), self.height() - 1)
            left = box.right()
            painter.fillRect(box, theme.colour("sheet"))
            painter.fillRect(box, QBrush(strong, pattern))
            dashed = Qt.PenStyle.DashLine if words else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.colour("ink"), 1, dashed))
            painter.drawRect(box)
            self._paint_word(painter, words, box)
        if left < 1:
            painter.setPen(QPen(theme.colour("ink"), 1))
            painter.drawLine(0, 0, 0, self.height())
        painter.end()

    def _paint_word(self, painter: QPainter, words: str, box: QRectF) -> None:
        font = self._theme.font(Role.SMALL, bold=True)
        measure = QFontMetricsF(font)
        wide = measure.horizontalAdvance(words) + 8
        if not words or wide > box.width():
            return
        sign = QRectF(
            box.center().x() - wide / 2, box.center().y() - measure.height() / 2, wide, measure.height()
        )
        painter.fillRect(sign, self._theme.colour("sheet"))
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, words)


class BeforeAfter(QFrame):
    """The sheet: a heading of what is done, the accounts, the sum of each class."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.heading, self.detail = QLabel(), QLabel()
        self.heading.setProperty("look", "heading")
        for label in (self.heading, self.detail):
            label.setWordWrap(True)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(0)
        self._made: list[QWidget] = []
        self._figure_room = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.addWidget(self.heading)
        column.addWidget(self.detail)
        column.addWidget(_line())
        column.addLayout(self._blocks)
        column.addStretch(1)

    def show_accounts(self, accounts: Sequence[Account], sums: Sequence[Sum], words: str) -> None:
        """Other accounts; ``words`` stand where there are none."""
        for part in self._made:
            self._blocks.removeWidget(part)
            part.hide()
            part.deleteLater()
        most = max((b.total for one in accounts for b in (one.before, one.after)), default=0)
        several = len({one.class_name for one in accounts}) > 1
        self._figure_room = self._widest(accounts)
        shown = accounts[:MOST_ACCOUNTS]
        self._made = [self._block(one, most, several=several) for one in shown]
        if len(accounts) > len(shown):
            self._made.append(
                _wrapped(tr("另有 {count} 个账户，照同样的办法变。", count=len(accounts) - len(shown)))
            )
        self._made += [self._sum(one) for one in sums]
        if words:
            self._made.append(_wrapped(words))
        for part in self._made:
            self._blocks.addWidget(part)
        self.setAccessibleName(
            "；".join(
                filter(
                    None, (self.heading.text(), *(said(one) for one in shown), *map(said_sum, sums), words)
                )
            )
        )

    def _widest(self, accounts: Sequence[Account]) -> int:
        """Room for the longest figure, so that all bars have one scale."""
        measure = QFontMetricsF(self._theme.font(Role.FIGURE, bold=True))
        figures = (shares(b.total, one.decimals) for one in accounts for b in (one.before, one.after))
        return round(max((measure.horizontalAdvance(text) for text in figures), default=0.0)) + 4

    def _block(self, one: Account, most: int, *, several: bool) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(12)
        grid.setColumnMinimumWidth(2, self._figure_room)
        name = QLabel(one.name)
        name.setProperty("look", "heading")
        facts = QLabel(f"{one.class_name} · {one.facts}" if several else one.facts)
        facts.setProperty("look", "label")
        facts.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(name)
        top.addWidget(facts, 1)
        grid.addLayout(top, 0, 0, 1, 3)
        for row, (words, balance) in enumerate(
            ((tr("办之前"), one.before), (tr("办之后"), one.after)), start=1
        ):
            label, figure = QLabel(words), QLabel(shares(balance.total, one.decimals))
            label.setProperty("look", "strong" if row == 2 else "label")
            figure.setProperty("look", "figure" if row == 2 else "")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, row, 0)
            grid.addWidget(HoldingBar(self._theme, balance, most, is_after=row == 2), row, 1)
            grid.addWidget(figure, row, 2)
        grid.addWidget(_line(), 3, 0, 1, 3)
        return made

    def _sum(self, one: Sum) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 8, 0, 4)
        same = one.before == one.after
        row.addWidget(CheckMark(self._theme, Check.GOOD if same else Check.WARN))
        row.addWidget(_wrapped(said_sum(one)), 1)
        return made


def shares(quanta: int, decimals: int) -> str:
    """A quantity as shown, with commas: ``2,135.00``."""
    whole, point, part = format_shares(abs(quanta), decimals).partition(".")
    return f"{'-' if quanta < 0 else ''}{int(whole):,}{point}{part}"


def said(one: Account) -> str:
    """An account as it is read out."""
    before, after = (_balance(balance, one.decimals) for balance in (one.before, one.after))
    return tr(
        "{name}（{facts}）：办之前 {before}，办之后 {after}",
        name=one.name,
        facts=one.facts,
        before=before,
        after=after,
    )


def said_sum(one: Sum) -> str:
    """A class as a whole in words."""
    before, after = (shares(quanta, one.decimals) for quanta in (one.before, one.after))
    rest = tr("一份不多，一份不少") if one.before == one.after else tr("总数变了，要有成员大会的决议")
    return tr(
        "{name}总数 {before} → {after}　{rest}", name=one.class_name, before=before, after=after, rest=rest
    )


def _balance(balance: Balance, decimals: int) -> str:
    bound = [
        f"{words} {shares(quanta, decimals)}"
        for words, quanta in ((tr("质押"), balance.pledged), (tr("冻结"), balance.frozen))
        if quanta
    ]
    whole = shares(balance.total, decimals)
    return f"{whole}（{'、'.join(bound)}）" if bound else whole


def _wrapped(words: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("look", "line")
    return line

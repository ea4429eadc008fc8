"""The strip under the form: sums, difference, likely slip, the money account after posting, remarks. Never a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.domain.likely_line import LikelyLine, Slip
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, key_width, paint_key
from village_ledger.ui.widgets.state_mark import Check, CheckMark

_MOST_REMARKS = 3


@dataclass(frozen=True, slots=True)
class AfterPosting:
    """Balance of a money account before and after this voucher, fen."""

    name: str
    before: int
    after: int


def slip_words(likely: LikelyLine | None, amounts: Sequence[tuple[int, int]]) -> str:
    """The suspicion as a sentence; empty when nothing stands out."""
    if likely is None:
        return ""
    if likely.slip is Slip.NINE:
        return tr("差额能被 9 除尽，多半是两个数字写颠倒了。")
    debit, credit = amounts[likely.line]
    typed = format_fen(debit or credit)
    line = likely.line + 1
    if likely.slip is Slip.WRONG_SIDE:
        return tr("差额正好是第 {n} 行 {a} 的两倍，这一行可能借贷记反了。", n=line, a=typed)
    if likely.slip is Slip.DOUBLED:
        return tr("差额正好等于第 {n} 行 {a}，可能重复记了，或对方一行漏了。", n=line, a=typed)
    wanted = format_fen(likely.amount)
    if likely.slip is Slip.SWAPPED:
        return tr("第 {n} 行 {a} 可能是 {w}，两个数字写颠倒了。", n=line, a=typed, w=wanted)
    return tr("第 {n} 行 {a} 可能是 {w}，多写或少写了一个 0。", n=line, a=typed, w=wanted)


class _KeyHint(QWidget):
    """A key cap and what it does."""

    def __init__(self, theme: Theme, key: str, words: str) -> None:
        super().__init__()
        self._theme, self._key, self._words = theme, key, words
        self.setAccessibleName(f"{key} {words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Cap and words."""
        words = QFontMetrics(self._theme.font()).horizontalAdvance(self._words)
        return QSize(
            round(key_width(self._theme, self._key)) + self._theme.px.unit + words + 2, self._theme.px.row
        )

    def minimumSizeHint(self) -> QSize:
        """Gives way where there is no room."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        colour = self._theme.colour("ink2")
        left = paint_key(painter, self._theme, 0, self.height() / 2, self._key, colour) + self._theme.px.unit
        painter.setFont(self._theme.font())
        painter.setPen(colour)
        painter.drawText(
            self.rect().adjusted(round(left), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words
        )
        painter.end()


class VoucherStrip(QWidget):
    """Two sheets side by side: the sums, and the balance of the money account."""

    alias_accepted = Signal()
    alias_declined = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sums = QLabel()
        self._difference = QLabel()
        self._mark = CheckMark(theme, Check.GOOD)
        self._hint = _KeyHint(theme, "=", tr("把差额填到这一行"))
        self._remarks = QLabel()
        self._remarks.setWordWrap(True)
        self._remarks.setAccessibleName(tr("提醒"))
        self._money = QLabel()
        self._money.setTextFormat(Qt.TextFormat.RichText)
        self._money.setWordWrap(True)
        self._money_sheet = _sheet()
        self._alias = self._make_alias_row()
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        theme.changed.connect(self._on_theme)
        self._warnings: tuple[str, ...] = ()
        self._likely = ""
        self._said = ""

    def _make_alias_row(self) -> QWidget:
        row = QWidget()
        self._alias_words = QLabel()
        self._alias_yes = Button(self._theme, tr("记住"))
        self._alias_no = Button(self._theme, tr("不用"))
        self._alias_yes.clicked.connect(self.alias_accepted)
        self._alias_no.clicked.connect(self.alias_declined)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._alias_words, 1)
        line.addWidget(self._alias_yes)
        line.addWidget(self._alias_no)
        row.hide()
        return row

    def _arrange(self) -> None:
        px = self._theme.px
        left = _sheet()
        column = QVBoxLayout(left)
        column.setContentsMargins(px.gap, px.unit, px.gap, px.unit)
        column.setSpacing(px.unit)
        sums = QHBoxLayout()
        sums.setSpacing(px.gap)
        sums.addWidget(self._mark)
        sums.addWidget(self._sums, 1)
        self._upper.addLayout(sums)
        self._upper.addWidget(self._difference)
        self._upper.addStretch(1)
        self._upper.addWidget(self._hint)
        column.addLayout(self._upper)
        column.addWidget(self._remarks)
        column.addWidget(self._alias)
        for label in (self._sums, self._difference):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setMinimumWidth(1)
        right = QHBoxLayout(self._money_sheet)
        right.setContentsMargins(px.gap, px.unit, px.gap, px.unit)
        right.addWidget(self._money)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(px.gap)
        both.addWidget(left, 2)
        both.addWidget(self._money_sheet, 1)
        self._on_theme()

    def _on_theme(self) -> None:
        self.setMinimumHeight(self._theme.px.control + self._theme.px.gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sums and difference one under the other where they do not fit beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() * (2 if self._money_sheet.isVisibleTo(self) else 3) // 3 - 4 * self._theme.px.gap
        wanted = (
            self._sums.sizeHint().width()
            + self._difference.sizeHint().width()
            + self._mark.sizeHint().width()
        )
        beside = wanted < room
        self._upper.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._upper.setSpacing(self._theme.px.gap if beside else 0)
        hint = self._hint.sizeHint().width()
        self._hint.setVisible(bool(self._difference.text()) and beside and wanted + hint < room)

    # what it says

    def show_sums(self, debit: int, credit: int, likely: str) -> None:
        """Both sums, the difference and on which side it is missing."""
        px, missing = self._theme.px, debit - credit
        balanced = missing == 0 and debit != 0
        self._mark.setVisible(balanced)
        if balanced:
            self._sums.setText(tr("<b>借贷相等</b>"))
        else:
            self._sums.setText(tr("借 <b>{d}</b>　贷 <b>{c}</b>", d=format_fen(debit), c=format_fen(credit)))
        if missing:
            side = tr("贷方") if missing > 0 else tr("借方")
            figure = f'<span style="font-size:{px.figure}px"><b>{format_fen(abs(missing))}</b></span>'
            self._difference.setText(tr("还差 {figure} 在{side}", figure=figure, side=side))
        else:
            self._difference.setText("")
        self._fit()
        self._likely = likely
        self._show_remarks()
        spoken = tr("借贷相等") if balanced else tr("还差 {n}", n=format_fen(abs(missing)))
        self.setAccessibleName(spoken)

    def show_money(self, after: AfterPosting | None) -> None:
        """Balance of the money account the cursor is at; below zero it is said, not only coloured."""
        self._money_sheet.setVisible(after is not None)
        self._fit()
        if after is None:
            return
        figure = format_fen(after.after)
        if after.after < 0:
            red = self._theme.colour("red").name()
            figure = f'<span style="color:{red}">{figure}</span>' + tr("（小于零）")
        self._money.setText(
            tr("{name}　<b>{b}</b> → 记后 <b>{a}</b>", name=after.name, b=format_fen(after.before), a=figure)
        )
        self._money.setAccessibleName(tr("{name}记后余额 {a}", name=after.name, a=format_fen(after.after)))

    def warn(self, warnings: Sequence[str]) -> None:
        """Remarks of the bookkeeping rules; they stay until the voucher changes."""
        self._warnings = tuple(warnings)
        self._show_remarks()

    def say(self, sentence: str) -> None:
        """A hint for the cell one is in; empty takes it away."""
        if sentence != self._said:
            self._said = sentence
            self._show_remarks()

    @property
    def remarks(self) -> str:
        """Everything said under the sums."""
        return self._remarks.text() if self._remarks.isVisibleTo(self) else ""

    def _show_remarks(self) -> None:
        warned = [f"▲ {sentence}" for sentence in self._warnings[:_MOST_REMARKS]]
        texts = [text for text in (self._said, self._likely) if text]
        self._remarks.setText("\n".join([*texts, *warned]))
        self._remarks.setVisible(bool(texts or warned))

    # a nickname

    def offer_alias(self, alias: str, path: str) -> None:
        """Offer to remember what the person called an account."""
        self._alias_words.setText(tr("以后打“{alias}”就是“{path}”，要记住吗？", alias=alias, path=path))
        self._alias_yes.setText(tr("记住“{alias}”", alias=alias))
        self._alias.show()

    def close_alias(self) -> None:
        """The offer is answered or out of date."""
        self._alias.hide()

    @property
    def offers_alias(self) -> bool:
        """Whether an offer is waiting."""
        return not self._alias.isHidden()


def _sheet() -> QFrame:
    frame = QFrame()
    frame.setProperty("look", "sheet")
    frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return frame

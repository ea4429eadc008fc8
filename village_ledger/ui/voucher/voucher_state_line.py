"""How far a stored voucher has come, who did what, and the vouchers it is tied to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from village_ledger.domain.voucher import STATE_NAMES, StoredVoucher, VoucherState
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.state_mark import paint_state

DOCUMENT, OTHER_SIDE = "document", "other side"
"""What the links of a side lead to, in the place of a ref."""
ASSET, MONTH, STOCK_TAKE = "asset ", "depreciation", "stock-take "
"""A link to a card begins with this; the month's depreciation."""
SHAPES = {
    VoucherState.DRAFT: "◌",
    VoucherState.ENTERED: "○",
    VoucherState.REVIEWED: "◐",
    VoucherState.POSTED: "●",
    VoucherState.VOID: "⊘",
}


def state_words(stored: StoredVoucher | None) -> str:
    """For the status bar: shape and word; nothing for a voucher not typed yet."""
    if stored is None:
        return ""
    saved = tr("已保存，") if stored.state is VoucherState.ENTERED else ""
    return f"{SHAPES[stored.state]} {saved}{STATE_NAMES[stored.state]}"


class _Mark(QWidget):
    """The circle that fills with ink."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.state = VoucherState.ENTERED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As tall as a character."""
        side = self._theme.px.form
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        paint_state(painter, 0, 0, self.width(), self.state, self._theme)
        painter.end()


class VoucherStateLine(QFrame):
    """Hidden for a new voucher."""

    voucher_wanted = Signal(str)
    """Ref of a linked voucher that was clicked or entered."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("look", "sheet")
        self._mark = _Mark(theme)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._words.linkActivated.connect(self.voucher_wanted)
        row = QHBoxLayout(self)
        px = theme.px
        row.setContentsMargins(px.gap, px.unit, px.gap, px.unit)
        row.setSpacing(px.unit * 2)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_voucher(
        self, stored: StoredVoucher | None, other_side: str = "", cards: Sequence[tuple[str, str]] = ()
    ) -> None:
        """State, people, links; a returned voucher says why, a side names the other side; ``cards`` as (link, words)."""
        self.setVisible(stored is not None)
        if stored is None:
            return
        self._mark.state = stored.state
        self._mark.update()
        parts = [f"<b>{STATE_NAMES[stored.state]}</b>", tr("制单 {who}", who=_plain(stored.prepared_by))]
        if stored.reviewed_by:
            parts.append(tr("审核 {who}", who=_plain(stored.reviewed_by)))
        if stored.posted_by:
            parts.append(tr("记账 {who}", who=_plain(stored.posted_by)))
        if stored.awaits_second_review:
            parts.append(tr("▲ 待补审"))
        if stored.return_reason:
            entered = stored.state is VoucherState.ENTERED
            parts.append((tr("▲ 退回：") if entered else "") + _plain(stored.return_reason))
        colour = self._theme.colour("accent").name()
        if stored.document:
            link = f'<a style="color:{colour}" href="{DOCUMENT}">{stored.document}</a>'
            parts.append(tr("⇄ {number} 的一边，两边一起办", number=link))
            other = f'<a style="color:{colour}" href="{OTHER_SIDE}">{_plain(other_side)}</a>'
            parts.append(tr("另一边 {voucher}", voucher=other) if other_side else tr("另一边不记账"))
        parts += [
            f'{word} ↔ <a style="color:{colour}" href="{other}">{other}</a>' for word, other in stored.links
        ]
        parts += [f'<a style="color:{colour}" href="{link}">{_plain(words)}</a>' for link, words in cards]
        if stored.state is VoucherState.POSTED and not stored.document and not self._theme.tokens.narrow:
            parts.append(tr("已记账的不能改，要更正请用红字冲销"))
        self._words.setText("　·　".join(parts))
        self.setAccessibleName(tr("凭证状态：{state}", state=STATE_NAMES[stored.state]))


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")

"""The top bar: village, the two ledgers with their stamps, the months, the person at the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.look.tokens import Contrast
from village_ledger.ui.widgets.month_strip import MonthStrip
from village_ledger.ui.widgets.stamp import brief_of, paint_stamp, short_of

if TYPE_CHECKING:
    from village_ledger.storage.records import LedgerInfo
    from village_ledger.ui.session import Session

NARROW_CHARS = 4
"""Names of village and person show so many characters at least where the window is narrow; then … stands."""
ROOMY = 3
"""With more ledgers than this each says its name in short; in a narrow window only the leading one does."""
SHORT_TITLES = {LedgerKind.COLLECTIVE: "集体账", LedgerKind.COMMITTEE: "村委账"}


class VillageName(QWidget):
    """The village in serif, 演示 in a box under it."""

    def __init__(self, theme: Theme, village: str, *, is_demo: bool) -> None:
        super().__init__()
        self._theme = theme
        self._village = village
        self._is_demo = is_demo
        self.setAccessibleName(tr("{village}（演示）", village=village) if is_demo else village)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As wide as the nav, so that both stand under each other; wider for a long name, as far as there is room."""
        metrics, tokens = QFontMetricsF(self._theme.font(Role.HEADING)), self._theme.tokens
        name = metrics.horizontalAdvance(self._village)
        if tokens.narrow:
            name = min(name, NARROW_CHARS * metrics.horizontalAdvance("村"))
        edges = 2 * (self._theme.px.cell if tokens.narrow else 12)
        return QSize(max(self._theme.px.nav, round(name) + edges), self._theme.px.top_bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, and the tag of the demonstration."""
        del event
        painter = QPainter(self)
        theme = self._theme
        name, tag = theme.font(Role.HEADING), theme.font(Role.SMALL)
        painter.setFont(name)
        painter.setPen(theme.colour("ink"))
        height = QFontMetricsF(name).height() * 0.92
        tag_height = theme.px.smallest + 5.0
        total = height + (tag_height if self._is_demo else 0)
        top = (self.height() - total) / 2
        words = QFontMetricsF(name).elidedText(self._village, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignCenter, words)
        if self._is_demo:
            painter.setFont(tag)
            width = QFontMetricsF(tag).horizontalAdvance(tr("演示")) + 14
            box = QRectF((self.width() - width) / 2, top + height, width, tag_height)
            painter.setPen(QPen(theme.colour("ink"), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("演示"))
        painter.end()


class LedgerTab(QAbstractButton):
    """One ledger: stamp and title; the leading one tinted and bold, underlined on pages of both."""

    def __init__(self, session: Session, info: LedgerInfo) -> None:
        super().__init__()
        self._session = session
        self._info = info
        self.setText(info.title)
        self.setAccessibleName(info.title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.clicked.connect(lambda: session.switch_ledger(info.code))

    @property
    def _title(self) -> str:
        tokens = self._session.theme.tokens
        info = self._info
        crowded = len(self._session.ledgers) > ROOMY
        if tokens.narrow:
            name = brief_of(info.code, info.kind, info.title)
            return "" if crowded and info.code != self._session.ledger_code else name
        if not tokens.tight:
            return brief_of(info.code, info.kind, info.title) if crowded else info.title
        return (
            SHORT_TITLES[info.kind]
            if info.code == info.kind.value
            else brief_of(info.code, info.kind, info.title)
        )

    def sizeHint(self) -> QSize:
        """Stamp, title and padding; the title as wide as when bold, so that nothing moves."""
        theme = self._session.theme
        words = QFontMetricsF(theme.font(Role.BODY, bold=True)).horizontalAdvance(self._title)
        return QSize(round(words + self._stamp_side() + 2 * self._edge() + 10), theme.px.top_bar)

    def _edge(self) -> int:
        """Room before the stamp and behind the title."""
        return 8 if self._session.theme.tokens.narrow else 14

    def _stamp_side(self) -> float:
        return self._session.theme.px.top_bar * 0.53

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, stamp, title."""
        del event
        theme, kind = self._session.theme, self._info.kind
        leads = self._info.code == self._session.ledger_code
        accent = theme.accent_of(kind)
        painter = QPainter(self)
        if leads and theme.kind is kind:
            painter.fillRect(self.rect(), QColor(accent.tint))
        side = self._stamp_side()
        stamp = QRectF(self._edge(), (self.height() - side) / 2, side, side)
        paint_stamp(painter, theme, stamp, kind, short_of(self._info.code, kind, self._info.title))
        font = theme.font(Role.BODY, bold=leads)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if leads else "ink2"))
        words = QRectF(stamp.right() + 9, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._title)
        if leads and theme.kind is not kind:
            width = QFontMetricsF(font).horizontalAdvance(self._title)
            under = self.height() / 2 + QFontMetricsF(font).height() * 0.62
            painter.fillRect(QRectF(words.left(), under, width, 3), QColor(accent.strong))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), theme.colour("hair"))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.tokens.colour.focus or accent.strong), theme.px.focus))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -3, -2))
        painter.end()


class PersonTab(QAbstractButton):
    """Who is at the keyboard; a press says who else it is."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._follow()
        session.person_changed.connect(self._follow)
        session.changed.connect(self._follow)

    def _follow(self) -> None:
        nobody = tr("没有登录") if self._session.staff else tr("还没写名字")
        self.setText(self._session.by or nobody)
        roles = self._session.roles_words
        who = f"{self.text()}（{roles}）" if roles else self.text()
        self.setAccessibleName(tr("现在操作的人：{text}，按下换人", text=who))
        self.updateGeometry()
        self.update()

    def _under(self) -> str:
        if self._session.is_open and self._session.package is not None:
            return tr("审阅")
        if self._session.is_open and self._session.read_only:
            return tr("只能查看")
        return self._session.roles_words or tr("换人 ▾")

    def sizeHint(self) -> QSize:
        """Name over the words under it; in a narrow window the name alone."""
        theme = self._session.theme
        metrics = QFontMetricsF(theme.font())
        name = metrics.horizontalAdvance(self.text())
        if theme.tokens.narrow:
            name = min(name, NARROW_CHARS * metrics.horizontalAdvance("村")) + metrics.horizontalAdvance(" ▾")
            return QSize(round(name) + 2 * theme.px.cell, theme.px.top_bar)
        under = QFontMetricsF(theme.font(Role.SMALL)).horizontalAdvance(self._under())
        return QSize(round(max(name, under)) + 32, theme.px.top_bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name and the way to change it."""
        del event
        theme = self._session.theme
        painter = QPainter(self)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink"))
        if theme.tokens.narrow:
            self._paint_name(painter)
        else:
            self._paint_both(painter)
        if self.hasFocus():
            painter.setPen(theme.pen("focus", theme.px.focus))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(self._session.theme.px.cell, 0, -self._session.theme.px.cell, 0)
        room = box.width() - painter.fontMetrics().horizontalAdvance(" ▾")
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{name} ▾")

    def _paint_both(self, painter: QPainter) -> None:
        theme = self._session.theme
        box = QRectF(self.rect()).adjusted(8, 0, -16, 0)
        middle = box.height() / 2
        right = Qt.AlignmentFlag.AlignRight
        painter.drawText(
            QRectF(box.left(), 0, box.width(), middle + 2), right | Qt.AlignmentFlag.AlignBottom, self.text()
        )
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(
            QRectF(box.left(), middle + 2, box.width(), middle),
            right | Qt.AlignmentFlag.AlignTop,
            self._under(),
        )


class TopBar(QWidget):
    """Village, ledgers, months, person, each in a smaller form where the window is narrow; made anew for each book."""

    person_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = session.theme
        self.village = VillageName(self._theme, session.info.village, is_demo=session.info.is_demo)
        self.tabs = [LedgerTab(session, info) for info in session.ledgers]
        self.months = MonthStrip(self._theme)
        self.months.chosen.connect(session.go_to_month)
        self.person = PersonTab(session)
        self.person.clicked.connect(lambda: self.person_asked.emit())  # noqa: PLW0108  clicked hands over a flag
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.village)
        for tab in self.tabs:
            row.addWidget(tab)
        row.addSpacing(12)
        row.addWidget(self.months, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.person)
        self._lay_out()
        self.follow()
        self._theme.changed.connect(self._lay_out)
        for signal in (session.ledger_changed, session.month_changed, session.changed):
            signal.connect(self.follow)

    def follow(self) -> None:
        """Show ledger, month and month states as they are now."""
        if self._session.is_open:
            self._follow_ledgers()
            self.months.show_months(self._session.all_months(), self._session.month)
            for tab in self.tabs:
                tab.updateGeometry()
                tab.update()

    def _follow_ledgers(self) -> None:
        """A ledger was added: its tab stands behind the others."""
        for info in self._session.ledgers[len(self.tabs) :]:
            tab = LedgerTab(self._session, info)
            self._row.insertWidget(1 + len(self.tabs), tab)
            self.tabs.append(tab)

    def _lay_out(self) -> None:
        self.setFixedHeight(self._theme.px.top_bar)
        for child in (self.village, self.person, *self.tabs):
            child.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper ground, hair after the village, ink line under all."""
        del event
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colour("paper"))
        line = 2 if theme.tokens.contrast is Contrast.HIGH else 1
        painter.fillRect(self.village.width() - 1, 0, 1, self.height(), theme.colour("hair"))
        painter.fillRect(0, self.height() - line, self.width(), line, theme.colour("edge"))
        painter.end()

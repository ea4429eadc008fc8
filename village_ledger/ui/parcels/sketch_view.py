"""The sketch of a parcel on screen, and the pad on which its corners are put down with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.domain.parcel import Point
from village_ledger.i18n import tr
from village_ledger.reports.parcels.sketch_picture import Drawn, SketchPicture
from village_ledger.ui.look.theme import Role, Theme

_STEP = 50
"""The pad puts corners down on half metres, centimetres."""
_LEAST = 5_000
"""The pad shows at least fifty metres, centimetres."""


class SketchView(QWidget):
    """Land hatched, corners numbered, lengths beside the sides, bounds round it; says itself to a screen reader."""

    def __init__(self, theme: Theme, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._empty = empty
        self.picture: SketchPicture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)

    def show_picture(self, picture: SketchPicture | None) -> None:
        """Another sketch, or none."""
        self.picture = picture
        words = picture.caption if picture else self._empty
        self.setAccessibleName(tr("地块草图：{words}", words=words))
        self.update()

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        return QSize(self._theme.px.body * 24, self._theme.px.body * 18)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(self._theme.px.body * 12, self._theme.px.body * 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The land with its words, or why there is none."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.picture is None:
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.colour("ink2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), flags, self._empty)
        else:
            self._paint(painter, self.picture)
        painter.end()

    def _paint(self, painter: QPainter, picture: SketchPicture) -> None:
        theme = self._theme
        small = theme.font(Role.SMALL)
        measure = QFontMetricsF(small)
        high, side = measure.height(), min(measure.horizontalAdvance("东至李家田埂"), self.width() / 5)
        room = (side, 2.4 * high, self.width() - 2 * side, max(1.0, self.height() - 6.4 * high))
        drawn = picture.fit(room, high)
        ring = QPolygonF([QPointF(*corner) for corner in drawn.corners])
        painter.setPen(theme.pen("ink", 2))
        painter.setBrush(QBrush(theme.colour("accent"), Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(small)
        painter.setPen(theme.colour("ink"))
        for place, length in zip(drawn.sides, picture.lengths, strict=True):
            self._word(painter, measure, place, length)
        painter.setFont(theme.font(Role.SMALL, bold=True))
        for number, (corner, place) in enumerate(zip(drawn.corners, drawn.numbers, strict=True), 1):
            painter.fillRect(QRectF(corner[0] - 3, corner[1] - 3, 6, 6), theme.colour("ink"))
            self._word(painter, measure, place, f"J{number}")
        painter.setFont(small)
        self._paint_bounds(painter, picture, measure, side)
        self._paint_scale(painter, picture, drawn, measure)

    def _word(self, painter: QPainter, measure: QFontMetricsF, place: tuple[float, float], word: str) -> None:
        """A word centred on a place, on the sheet's ground so that no hatch runs through it."""
        wide, high = measure.horizontalAdvance(word) + 4, measure.height()
        box = QRectF(place[0] - wide / 2, place[1] - high / 2, wide, high)
        painter.fillRect(box, self._theme.colour("sheet"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_bounds(
        self, painter: QPainter, picture: SketchPicture, measure: QFontMetricsF, side: float
    ) -> None:
        said, high = dict(picture.bounds), measure.height()
        wrap = Qt.TextFlag.TextWordWrap
        middle = Qt.AlignmentFlag.AlignVCenter
        whole = QRectF(0, high, self.width(), self.height() - 4 * high)
        centre = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(0, 0, self.width(), high), centre, f"北至 {said['北至']}")
        low = QRectF(0, self.height() - 3.4 * high, self.width(), high)
        painter.drawText(low, centre, f"南至 {said['南至']}")
        west = QRectF(whole.left(), whole.top(), side, whole.height())
        painter.drawText(west, middle | wrap | Qt.AlignmentFlag.AlignLeft, f"西至 {said['西至']}")
        east = QRectF(whole.right() - side, whole.top(), side, whole.height())
        painter.drawText(east, middle | wrap | Qt.AlignmentFlag.AlignRight, f"东至 {said['东至']}")

    def _paint_scale(
        self, painter: QPainter, picture: SketchPicture, drawn: Drawn, measure: QFontMetricsF
    ) -> None:
        """A bar of so many metres and an arrow to the north, on the lowest line but one; the caption below."""
        high = measure.height()
        base = self.height() - 1.5 * high
        painter.setPen(self._theme.pen("ink", 2))
        painter.drawLine(QPointF(1, base), QPointF(drawn.scale_bar, base))
        for x in (1.0, drawn.scale_bar):
            painter.drawLine(QPointF(x, base - high / 3), QPointF(x, base))
        metres = tr("{count} 米", count=picture.scale_metres)
        painter.drawText(QPointF(drawn.scale_bar + high / 3, base), metres)
        x = self.width() - high / 2
        painter.drawLine(QPointF(x, base), QPointF(x, base - 1.4 * high))
        for step in (-high / 4, high / 4):
            painter.drawLine(QPointF(x, base - 1.4 * high), QPointF(x + step, base - high))
        painter.drawText(QPointF(x - high * 1.4, base), tr("北"))
        box = QRectF(0, self.height() - high, self.width(), high)
        painter.drawText(
            box,
            Qt.AlignmentFlag.AlignHCenter,
            measure.elidedText(picture.caption, Qt.TextElideMode.ElideRight, self.width()),
        )

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()


class SketchPad(QWidget):
    """Squared paper of ten metres: a click puts a corner down, a right click takes the last one up again."""

    changed = Signal()
    """The corners are other ones by the mouse."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.corners: list[Point] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("方格纸，每格十米；界址点也可以在左边写"))
        theme.changed.connect(self.update)

    def show_corners(self, corners: list[Point]) -> None:
        """As typed."""
        self.corners = corners
        self.update()

    def sizeHint(self) -> QSize:
        """Square paper."""
        return QSize(self._theme.px.body * 24, self._theme.px.body * 24)

    def minimumSizeHint(self) -> QSize:
        """Still usable."""
        return QSize(self._theme.px.body * 12, self._theme.px.body * 12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A corner more, or one less."""
        if event.button() == Qt.MouseButton.RightButton:
            self.corners = self.corners[:-1]
        elif event.button() == Qt.MouseButton.LeftButton:
            corner = self.corner_at(event.position())
            if corner not in self.corners:
                self.corners = [*self.corners, corner]
        self.update()
        self.changed.emit()

    def corner_at(self, place: QPointF) -> Point:
        """The half metre nearest to a place of the paper."""
        west, south, scale = self._view()
        east = west + place.x() / scale
        north = south + (self.height() - place.y()) / scale
        return round(east / _STEP) * _STEP, round(north / _STEP) * _STEP

    def _view(self) -> tuple[float, float, float]:
        """West and south edge in centimetres, and pixels in a centimetre: a quarter of room is left to go on."""
        xs, ys = [x for x, _ in self.corners] or [0], [y for _, y in self.corners] or [0]
        wide = max(max(xs) - min(xs), max(ys) - min(ys), _LEAST)
        scale = min(self.width(), self.height()) / (wide * 1.25)
        return min(*xs, 0) - wide * 0.1, min(*ys, 0) - wide * 0.1, scale

    def paintEvent(self, event: QPaintEvent) -> None:
        """Squares, the line so far, the side that would close it dashed."""
        del event
        theme, (west, south, scale) = self._theme, self._view()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sheet"))
        painter.setPen(theme.pen("hair", 1))
        grid = 1_000
        x = -west % grid
        while x * scale < self.width():
            painter.drawLine(QPointF(x * scale, 0), QPointF(x * scale, self.height()))
            x += grid
        y = -south % grid
        while y * scale < self.height():
            painter.drawLine(
                QPointF(0, self.height() - y * scale), QPointF(self.width(), self.height() - y * scale)
            )
            y += grid
        self._paint_corners(painter, west, south, scale)
        painter.setPen(theme.pen("edge", 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_corners(self, painter: QPainter, west: float, south: float, scale: float) -> None:
        theme = self._theme
        places = [
            QPointF((cx - west) * scale, self.height() - (cy - south) * scale) for cx, cy in self.corners
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("ink", 2))
        painter.drawPolyline(QPolygonF(places))
        if len(places) > 2:
            pen = theme.pen("ink", 1)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(places[-1], places[0])
        painter.setFont(theme.font(Role.SMALL, bold=True))
        painter.setPen(theme.colour("ink"))
        for number, place in enumerate(places, 1):
            painter.fillRect(QRectF(place.x() - 3, place.y() - 3, 6, 6), theme.colour("ink"))
            painter.drawText(place + QPointF(5, -5), f"J{number}")

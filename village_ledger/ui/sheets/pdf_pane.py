"""A PDF on screen as it will lie on the table: bitmaps of its own pages with a thin edge (print preview)."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.reports.pens.pdf_reading import opened
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.elided import ElidedLabel
from village_ledger.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
SCREEN_DPI = 96
POINTS = 72
MM_PER_INCH = 25.4
_EDGE = 1


class Fit(Enum):
    """How much of a page fits the pane."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"
    """As chosen with the zoom buttons."""


class _Sheet(QWidget):
    """One page's bitmap with its edge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Another page or another zoom."""
        self._image = image
        size = self._shown()
        self.setFixedSize(size.width() + 2 * _EDGE, size.height() + 2 * _EDGE)
        self.update()

    def _shown(self) -> QSize:
        return self._image.deviceIndependentSize().toSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper is white whatever the theme."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("edge"))
        painter.drawImage(
            QRect(_EDGE, _EDGE, self.width() - 2 * _EDGE, self.height() - 2 * _EDGE), self._image
        )
        painter.end()


class _Desk(QScrollArea):
    """The desk the sheet lies on; Home and End go to the first and last sheet."""

    resized = Signal()
    ends_asked = Signal(bool)

    def __init__(self, sheet: _Sheet) -> None:
        super().__init__()
        self.setWidget(sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page may fit anew."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home: first sheet; End: last sheet; arrows scroll."""
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.ends_asked.emit(event.key() == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)


class PdfPane(QWidget):
    """The sheet on its desk, and a strip of buttons: sheets, zoom, how much paper it takes."""

    page_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        """Width and height of every sheet, points."""
        self._page = 0
        self._fit = Fit.WIDTH
        self._zoom = 1.0
        self._drawn: tuple[int, float, float] | None = None
        self._sheet = _Sheet(theme)
        self.desk = _Desk(self._sheet)
        self.desk.setAccessibleName(tr("预览的纸"))
        self.desk.resized.connect(self._refit)
        self.desk.ends_asked.connect(lambda last: self.go_to(self.count - 1 if last else 0))
        self.strip = ToolRow(theme, theme.px.unit * 2, more_first=False)
        self._words = QLabel()
        self.amount = ElidedLabel(look="label")
        self.amount.setContentsMargins(theme.px.gap, 0, 0, 0)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.cell)
        column.addWidget(self.strip)
        column.addWidget(self.desk, 1)
        column.addWidget(self._empty, 1)
        self._fill_strip()
        self.clear("")

    def _fill_strip(self) -> None:
        theme = self._theme
        self.back = Button(theme, tr("◂ 上一页"))
        self.forth = Button(theme, tr("下一页 ▸"))
        self.smaller = Button(theme, tr("缩小"))
        self.larger = Button(theme, tr("放大"))
        self.whole = Button(theme, tr("整页"))
        self.wide = Button(theme, tr("页宽"))
        self.back.clicked.connect(lambda: self.go_to(self._page - 1))
        self.forth.clicked.connect(lambda: self.go_to(self._page + 1))
        self.smaller.clicked.connect(lambda: self.zoom_by(-1))
        self.larger.clicked.connect(lambda: self.zoom_by(1))
        self.whole.clicked.connect(lambda: self.fit(Fit.PAGE))
        self.wide.clicked.connect(lambda: self.fit(Fit.WIDTH))
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.back, self._words, self.forth):
            self.strip.add(widget, keeps=2)
        self.strip.add_spring(self.amount)
        for widget in (self.smaller, self.larger, self.whole, self.wide):
            self.strip.add(widget, keeps=int(widget in {self.smaller, self.larger}))

    def keep_amount_for_the_page(self) -> None:
        """Leave how much paper it takes out of the strip: the page says it elsewhere, from ``amount.text()``."""
        self.amount.setMaximumWidth(0)

    # what is shown

    @property
    def count(self) -> int:
        """Sheets of the PDF."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The sheet in view, from 0."""
        return self._page

    def show_pdf(self, path: Path, paper_mm2: int) -> None:
        """Show a PDF, at the sheet that was in view if it still has it; the file may go away afterwards."""
        self._pdf = path.read_bytes()
        with opened(self._pdf) as pdf:
            self._sizes = [pdf.get_page_size(number) for number in range(len(pdf))]
        self._page = min(self._page, max(0, self.count - 1))
        self._drawn = None
        self._empty.hide()
        self.desk.show()
        square_metres = paper_mm2 / 1_000_000
        area = f"{square_metres:.2f}" if square_metres < 1 else f"{square_metres:.1f}"
        self.amount.setText(tr("共 {count} 页，约 {area} ㎡", count=self.count, area=area))
        self._follow()
        self._refit()

    def clear(self, sentence: str) -> None:
        """No paper; a sentence saying why. The next PDF begins at its first sheet."""
        self._pdf, self._sizes = b"", []
        self._page = 0
        self.desk.hide()
        self._empty.setText(sentence)
        self._empty.show()
        self.amount.setText("")
        self._follow()

    def go_to(self, page: int) -> None:
        """Show another sheet; beyond the ends nothing happens."""
        if 0 <= page < self.count and page != self._page:
            self._page = page
            self.desk.verticalScrollBar().setValue(0)
            self._follow()
            self._refit()

    def fit(self, fit: Fit) -> None:
        """Fit the whole sheet or its width into the pane."""
        self._fit = fit
        self._refit()

    def zoom_by(self, step: int) -> None:
        """One step larger or smaller than what is shown."""
        shown = self._zoom
        if step > 0:
            self._zoom = next((z for z in ZOOMS if z > shown + 0.01), ZOOMS[-1])
        else:
            self._zoom = next((z for z in reversed(ZOOMS) if z < shown - 0.01), ZOOMS[0])
        self._fit = Fit.FREE
        self._refit()

    def _follow(self) -> None:
        count = self.count
        self._words.setText(tr("{page} / {count}", page=self._page + 1, count=count) if count else "")
        self.desk.setAccessibleDescription(
            tr("第 {page} 页，共 {count} 页", page=self._page + 1, count=count)
        )
        self.back.setEnabled(self._page > 0)
        self.forth.setEnabled(self._page + 1 < count)
        for button in (self.smaller, self.larger, self.whole, self.wide):
            button.setEnabled(bool(count))
        self.page_changed.emit()

    def _refit(self) -> None:
        """Draw the sheet at the size asked for, once for each size."""
        if not self._sizes:
            return
        width, height = self._sizes[self._page]
        room = self.desk.maximumViewportSize()
        bar = self.desk.verticalScrollBar().sizeHint().width()
        natural = SCREEN_DPI / POINTS
        by_width = (room.width() - bar - 2 * _EDGE) / (width * natural)
        by_height = (room.height() - 2 * _EDGE) / (height * natural)
        if self._fit is Fit.WIDTH:
            self._zoom = by_width
        elif self._fit is Fit.PAGE:
            self._zoom = min(by_width, by_height)
        self._zoom = max(0.1, min(self._zoom, ZOOMS[-1]))
        ratio = self.devicePixelRatioF()
        wanted = (self._page, self._zoom, ratio)
        if wanted != self._drawn:
            self._drawn = wanted
            with opened(self._pdf) as pdf:
                image = rendered(pdf, self._page, self._zoom * natural * ratio)
            image.setDevicePixelRatio(ratio)
            self._sheet.show_image(image)


def rendered(pdf: PdfDocument, page: int, scale: float) -> QImage:
    """A page as an image; ``scale`` is pixels per point."""
    bitmap = pdf[page].render(scale=scale, prefer_bgrx=True)  # type: ignore[arg-type]  # untyped options
    shape = bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    image = QImage(bitmap.buffer, *shape)  # type: ignore[call-overload]  # a ctypes buffer does; the stub knows bytes only
    copied = image.copy()
    bitmap.close()
    return copied

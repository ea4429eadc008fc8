"""A PDF onto a printer: the very pages of the preview, at the size of their paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from village_ledger.reports.pens.pdf_reading import opened
from village_ledger.settings import Preferences
from village_ledger.ui.sheets.pdf_pane import MM_PER_INCH, POINTS, rendered

DPI = 300


def printer_names() -> list[str]:
    """The printers this computer knows."""
    return list(QPrinterInfo.availablePrinterNames())


def printer_present() -> bool:
    """Whether this computer knows any printer."""
    return bool(printer_names())


def print_pdf(path: Path, parent: QWidget, preferences: Preferences | None = None) -> bool:
    """Ask for a printer and print, moved as it was calibrated; False when the person thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    with_size(printer, page_mm(path))
    dialog = QPrintDialog(printer, parent)
    with opened(path.read_bytes()) as pdf:
        dialog.setMinMax(1, len(pdf))
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    offset = preferences.print_offset(printer.printerName()) if preferences is not None else (0.0, 0.0)
    onto(printer, path, offset)
    return True


def page_mm(path: Path) -> QSizeF:
    """Size of the first page, millimetres."""
    with opened(path.read_bytes()) as pdf:
        width, height = pdf.get_page_size(0)
    return QSizeF(width / POINTS * MM_PER_INCH, height / POINTS * MM_PER_INCH)


def with_size(printer: QPrinter, size: QSizeF) -> None:
    """Paper of this size, printed to its edges: the margins are in the PDF already."""
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    turned = size.width() > size.height()
    printer.setPageLayout(
        QPageLayout(
            QPageSize(upright, QPageSize.Unit.Millimeter),
            QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait,
            QMarginsF(),
        )
    )
    printer.setFullPage(True)
    printer.setResolution(DPI)


def onto(printer: QPrinter, path: Path, offset: tuple[float, float] = (0.0, 0.0)) -> None:
    """Draw the pages asked for, one after the other, moved right and down by ``offset`` millimetres."""
    right, down = (millimetres / MM_PER_INCH * printer.resolution() for millimetres in offset)
    with opened(path.read_bytes()) as pdf:
        first, last = printer.fromPage() or 1, printer.toPage() or len(pdf)
        painter = QPainter(printer)
        try:
            for number in range(first, min(last, len(pdf)) + 1):
                if number > first:
                    printer.newPage()
                image = rendered(pdf, number - 1, DPI / POINTS)
                painter.drawImage(QRectF(painter.viewport()).translated(right, down), image)
        finally:
            painter.end()

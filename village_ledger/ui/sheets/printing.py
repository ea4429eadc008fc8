"""A PDF onto a printer: the very pages of the preview, at the size of their paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from village_ledger.domain.errors import Cancelled
from village_ledger.i18n import tr
from village_ledger.reports.pens.pdf_reading import opened
from village_ledger.services.entry.progress import SILENT, Progress
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
    chosen = ask_printer(path, parent, preferences)
    if chosen is None:
        return False
    onto(chosen.printer, path, chosen.offset)
    return True


@dataclass(frozen=True, slots=True)
class Chosen:
    """A printer, and how far to the right and down it has to be moved, millimetres."""

    printer: QPrinter
    offset: tuple[float, float] = (0.0, 0.0)


def ask_printer(path: Path, parent: QWidget, preferences: Preferences | None = None) -> Chosen | None:
    """Which printer and which pages; None when the person thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    with_size(printer, page_mm(path))
    dialog = QPrintDialog(printer, parent)
    with opened(path.read_bytes()) as pdf:
        dialog.setMinMax(1, len(pdf))
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return None
    return Chosen(printer, preferences.print_offset(printer.printerName()) if preferences else (0.0, 0.0))


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


def onto(
    printer: QPrinter,
    path: Path | bytes,
    offset: tuple[float, float] = (0.0, 0.0),
    progress: Progress = SILENT,
) -> None:
    """Draw the pages asked for, one after the other, moved right and down by ``offset`` millimetres.

    Raises Cancelled; the printer then throws away what it has.
    """
    right, down = (millimetres / MM_PER_INCH * printer.resolution() for millimetres in offset)
    with opened(path if isinstance(path, bytes) else path.read_bytes()) as pdf:
        first, last = printer.fromPage() or 1, min(printer.toPage() or len(pdf), len(pdf))
        total = last - first + 1
        painter = QPainter(printer)
        try:
            for number in range(first, last + 1):
                done = number - first
                progress.step(done, total, tr("打印第 {page} 页，共 {total} 页", page=done + 1, total=total))
                if done:
                    printer.newPage()
                image = rendered(pdf, number - 1, DPI / POINTS)
                painter.drawImage(QRectF(painter.viewport()).translated(right, down), image)
        except Cancelled:
            printer.abort()
            raise
        finally:
            painter.end()

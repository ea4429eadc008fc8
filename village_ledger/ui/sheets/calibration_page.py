"""Print calibration (打印校准): print the ruler page, type the two numbers measured, and every later print lies right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTemporaryDir
from PySide6.QtWidgets import QLineEdit

from village_ledger.domain.half_width import half_width
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.page import Navigator, Page
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.reports.pens.pdf_layout import Sheet
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

FURTHEST_MM = 60.0
"""No printer is further off than this: a larger number is a slip of the hand."""


class CalibrationPage(Page):
    """Which printer, the ruler page, two numbers."""

    scope: ClassVar[str] = "calibration"
    nav: ClassVar[str] = "settings"
    shows: ClassVar[Changes] = Changes()
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("打印校准"), tr("打歪了、套打对不准时做一次，每台打印机分别记住。"))
        self._paper = ""
        self._said = ""
        self._folder = QTemporaryDir()
        self.printers = PickList()
        self.left, self.top = QLineEdit(), QLineEdit()
        section = Section(self.theme, tr("量两个数"), looks=True)
        section.add_row(tr("打印机"), self.printers, tr("先选要校准的那一台。"))
        section.add_row(tr("左边量到（毫米）"), self.left, tr("从纸的左边量到刻度页上的粗竖线，正好是 20。"))
        section.add_row(tr("上边量到（毫米）"), self.top, tr("从纸的上边量到粗横线，正好是 20。"))
        self.printers.currentTextChanged.connect(self._show)
        for field in (self.left, self.top):
            field.returnPressed.connect(lambda: self.action("keep").trigger())
        self.body.addWidget(section)
        self.body.addStretch(1)
        self.add_button("ruler_pdf")
        self.add_button("ruler")
        self.add_button("keep", Look.MAIN)

    def go(self, **where: Any) -> None:
        """``paper`` whose ruler page is wanted: a name of the preview's papers."""
        self._paper = where.get("paper", "")
        self._said = ""
        self.reload()
        self.printers.setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The paper."""
        return {"paper": self._paper}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Its buttons."""
        return {"ruler": self._print, "ruler_pdf": self._save, "keep": self._keep}

    def reload(self) -> None:
        """The printers this computer knows, and how far the chosen one is off."""
        from village_ledger.ui.sheets.printing import printer_names

        names = printer_names()
        chosen = self.printers.currentText()
        self.printers.blockSignals(True)
        self.printers.clear()
        self.printers.addItems(names or [tr("这台电脑没有装打印机")])
        self.printers.setEnabled(bool(names))
        if chosen in names:
            self.printers.setCurrentText(chosen)
        self.printers.blockSignals(False)
        self._show(self.printers.currentText())
        self.stale = False

    def status(self) -> str:
        """What was done."""
        return self._said

    # inside

    def _show(self, printer: str) -> None:
        from village_ledger.reports.pens.ruler_page import MARK_MM

        for field, moved in zip(
            (self.left, self.top), self.session.preferences.print_offset(printer), strict=True
        ):
            field.setText(f"{MARK_MM - moved:g}")

    def _make(self, pdf: Path, then: Callable[[], object]) -> None:
        """Draw the ruler page on the worker."""
        from village_ledger.reports.pens.ruler_page import write_ruler

        sheet = sheet_of(self._paper)
        self.operations.task(tr("画刻度页"), lambda _: write_ruler(pdf, sheet), lambda _: then())

    def _print(self) -> None:
        """To the printer, moved as it is calibrated now."""
        from village_ledger.ui.sheets.printing import print_pdf, printer_present

        if not printer_present():
            self._say(tr("这台电脑没有装打印机，可以存成 PDF，拿到有打印机的地方去打"))
            return
        pdf = Path(self._folder.path()) / "刻度页.pdf"

        def print_it() -> None:
            if print_pdf(pdf, self, self.session.preferences):
                self._say(tr("已送去打印"))

        self._make(pdf, print_it)

    def _save(self) -> None:
        """Into a file, for a printer elsewhere."""
        from village_ledger.ui.sheets.saving import ask_place

        path = ask_place(self, tr("打印刻度页.pdf"), "pdf")
        if path is not None:
            self._make(path, lambda: self._say(tr("已存到 {path}", path=path)))

    def _keep(self) -> None:
        """Remember how far the printer is off: what was measured against what it should be."""
        from village_ledger.reports.pens.ruler_page import MARK_MM

        printer = self.printers.currentText()
        before = self.session.preferences.print_offset(printer)
        measured = [_millimetres(field.text()) for field in (self.left, self.top)]
        if None in measured:
            self._say(
                tr("两个数都要是 0 到 {most} 之间的毫米数，例如 21.5。没有改动。", most=int(FURTHEST_MM))
            )
            return
        right, down = (MARK_MM - (number or 0.0) for number in measured)
        self.session.preferences.set_print_offset(printer, round(right, 2), round(down, 2))
        moved = before != self.session.preferences.print_offset(printer)
        self._say(tr("记住了，再打一张刻度页看看。") if moved else tr("和原来一样，没有改动。"))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


def sheet_of(paper: str) -> Sheet:
    """The sheet of a paper by its name in the preview; A4 across where it has none of its own."""
    from village_ledger.reports.pens.pdf_layout import Paper
    from village_ledger.reports.vouchers.voucher_plan import VoucherPaper

    if paper in VoucherPaper.__members__:
        return VoucherPaper[paper].sheet
    return Paper[paper].value if paper in Paper.__members__ else Paper.A4_LANDSCAPE.value


def _millimetres(text: str) -> float | None:
    """A number of millimetres as typed, None when it is none."""
    try:
        number = float(half_width(text).replace("。", ".").strip())
    except ValueError:
        return None
    return number if 0 <= number <= FURTHEST_MM else None

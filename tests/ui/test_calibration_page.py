"""Print calibration: the ruler page measures true, two numbers are kept for each printer, prints move by them."""

from __future__ import annotations

import subprocess

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import qGray
from PySide6.QtPrintSupport import QPrinter

from village_ledger.reports.pens.pdf_layout import Paper
from village_ledger.reports.pens.pdf_reading import opened
from village_ledger.reports.pens.ruler_page import MARK_MM, write_ruler
from village_ledger.reports.vouchers.voucher_plan import VoucherPaper
from village_ledger.ui.sheets import printing
from village_ledger.ui.sheets.calibration_page import CalibrationPage, sheet_of
from village_ledger.ui.sheets.pdf_pane import rendered

OKI = "OKI 针式"


def crossing(path) -> tuple[int, int]:
    """(x, y) of the two heavy lines in tenths of a millimetre: the darkest column and row beside the page's middle."""
    with opened(path.read_bytes()) as pdf:
        image = rendered(pdf, 0, 254 / 72)
    across, down = image.width() // 2, image.height() // 2
    near, far = range(140, 400), range(60)

    def ink(x: int, y: int) -> int:
        return 255 - qGray(image.pixel(x, y))

    columns = {x: sum(ink(x, down + y) for y in far) for x in near}
    rows = {y: sum(ink(across + x, y) for x in far) for y in near}
    return max(near, key=lambda x: columns[x]), max(near, key=lambda y: rows[y])


@pytest.fixture
def ruler(tmp_path):
    path = tmp_path / "刻度页.pdf"
    assert write_ruler(path, Paper.A4_PORTRAIT.value).missing == ()
    return path


def test_the_page_names_its_paper_and_says_what_to_do(ruler):
    text = subprocess.run(["pdftotext", ruler, "-"], capture_output=True, text=True, check=True).stdout
    assert "210×297 毫米" in text
    assert "应是 20 毫米" in text
    assert {"10", "100", "290"} <= set(text.split())


def printed(ruler, tmp_path, offset):
    out = tmp_path / "打印.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printing.with_size(printer, QSizeF(210, 297))
    printing.onto(printer, ruler, offset)
    return out


def test_a_print_is_moved_by_what_was_measured(ruler, tmp_path):
    left, top = crossing(ruler)
    assert abs(left - MARK_MM * 10) <= 4  # the line itself is seven tenths wide
    assert abs(top - MARK_MM * 10) <= 4
    right, down = crossing(printed(ruler, tmp_path, (2.5, -3.0)))
    assert abs(right - left - 25) <= 2
    assert abs(down - top + 30) <= 2


@pytest.fixture
def page(page_of, monkeypatch):
    monkeypatch.setattr(printing, "printer_names", lambda: [OKI, "激光"])
    return page_of(CalibrationPage, paper="FORM")


def test_two_numbers_are_kept_for_each_printer(page, session):
    page.printers.setCurrentText(OKI)
    assert (page.left.text(), page.top.text()) == ("20", "20")
    page.left.setText("２１。5")
    page.top.setText("18")
    page.action("keep").trigger()
    assert session.preferences.print_offset(OKI) == (-1.5, 2.0)
    assert session.preferences.print_offset("激光") == (0.0, 0.0)
    assert "记住了" in page.status()
    page.printers.setCurrentText("激光")
    assert page.left.text() == "20"
    page.printers.setCurrentText(OKI)
    assert (page.left.text(), page.top.text()) == ("21.5", "18")


@pytest.mark.parametrize("typed", ["", "二十", "-1", "61", "1e9", "nan"])
def test_what_is_no_measure_changes_nothing(page, session, typed):
    page.left.setText(typed)
    page.action("keep").trigger()
    assert "没有改动" in page.status()
    assert session.preferences.print_offset(OKI) == (0.0, 0.0)


def test_the_ruler_page_is_saved_for_the_paper_one_came_from(page, settle, monkeypatch, tmp_path):
    out = tmp_path / "刻度.pdf"
    monkeypatch.setattr("village_ledger.ui.sheets.saving.ask_place", lambda *_: out)
    page.action("ruler_pdf").trigger()
    settle()
    assert str(out) in page.status()
    assert printing.page_mm(out).toSize() == QSizeF(240, 140).toSize()


def test_without_a_printer_it_says_what_to_do(page, monkeypatch):
    monkeypatch.setattr(printing, "printer_present", lambda: False)
    page.action("ruler").trigger()
    assert "没有装打印机" in page.status()


def test_every_paper_of_the_preview_has_its_ruler():
    assert sheet_of("A4_TWO") == VoucherPaper.A4_TWO.sheet
    assert sheet_of("A3_LANDSCAPE") == Paper.A3_LANDSCAPE.value
    assert sheet_of("DESK") == Paper.A4_LANDSCAPE.value

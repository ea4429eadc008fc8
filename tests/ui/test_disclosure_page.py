"""The page 公开: every sheet or all of them as paper, how much paper each size takes, and the ways out of the program."""

from __future__ import annotations

import zipfile

import pytest
from openpyxl import load_workbook
from PIL import Image
from PySide6.QtCore import QSizeF
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu

from tests.disclosure.posting_village import QUARTER, Wall
from village_ledger.domain.period import Month, Span
from village_ledger.reports.disclosure.catalogue_pack import SHEETS
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sizes import PRINTED
from village_ledger.services.disclosure import wall_choice
from village_ledger.ui.disclosure.disclosure_page import BOTH, DisclosurePage
from village_ledger.ui.sheets import preview_page, printing
from village_ledger.ui.sheets.print_source import PACK

pypdfium2 = pytest.importorskip("pypdfium2")
MARCH = Span.of_month(Month(2025, 3))


@pytest.fixture
def wall(village, page_of):
    village.open_with("借 101 1200", "借 102 50000", "贷 301 51200")
    village.posted("2025-03-03", "收果园承包款", "借 102 6200; 贷 501 6200")
    village.posted("2025-03-08", "赊购化肥", "借 511 900; 贷 211@农资店 900")
    return page_of(DisclosurePage, span=MARCH)


def choose(page, settle, report: str) -> None:
    page.sheets.setCurrentIndex(page.sheets.findData(report))
    settle()


def save_as(monkeypatch, path, chosen: str = "") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), chosen))


def do(page, settle, action: str) -> None:
    page.action(action).trigger()
    settle()
    settle()


def test_the_list_has_every_sheet_by_letter_and_the_whole_pack(wall):
    listed = [wall.sheets.itemText(index) for index in range(wall.sheets.count())]
    assert listed == [
        *(f"{one.letter} {one.title}" for one in SHEETS),
        "整套公开表",
        "整套公开表（两本账）",
    ]
    assert wall.sheets.currentText() == "A 收支公开表（逐笔）"


def test_another_sheet_is_made_and_the_page_comes_back_to_it(wall, settle):
    choose(wall, settle, "disclosure-claims")
    (table,) = wall.prepared.tables
    assert "农资店" in {row.cells[0] for row in table.rows}
    assert not wall.side.figures.isVisibleTo(wall.side)
    assert wall.where()["sheet"] == "disclosure-claims"


def test_a_span_a_sheet_and_a_ledger_are_gone_to(wall, settle, session):
    wall.go(span=Span.of_year(2025), sheet="disclosure-money", ledger="committee")
    settle()
    (table,) = wall.prepared.tables
    assert (table.report, table.ledger, table.span) == ("disclosure-money", "committee", Span.of_year(2025))
    assert session.ledger_code == "committee"


def test_the_whole_pack_is_one_paper_and_every_sheet_of_it_is_registered(
    wall, settle, village, tmp_path, monkeypatch
):
    choose(wall, settle, PACK)
    codes = [table.check_code for table in wall.prepared.tables]
    assert [table.report for table in wall.prepared.tables][:2] == ["disclosure-summary", "disclosure"]
    save_as(monkeypatch, tmp_path / "整套.pdf")
    do(wall, settle, "save_pdf")
    assert [village.reader.sheet(code) is not None for code in codes] == [True] * len(codes)
    assert (tmp_path / "整套.pdf").read_bytes() == wall.prepared.pdf.read_bytes()


def test_the_packs_of_both_ledgers_are_one_paper(wall, settle):
    choose(wall, settle, BOTH)
    assert {table.ledger for table in wall.prepared.tables} == {"collective", "committee"}
    assert f"{len(wall.prepared.tables)} 张表" in wall.side.code.words.text()


# paper


def test_every_size_says_its_pages_and_square_metres_before_anything_is_printed(wall, settle):
    settle()
    assert set(wall.paper.plans) == set(PRINTED)
    shown = [wall.paper.sizes.itemText(index) for index in range(wall.paper.sizes.count())]
    for words, size in zip(shown, PRINTED, strict=True):
        plan = wall.paper.plans[size]
        assert words == f"{size.words}：{plan.pages} 页 {plan.square_metres} ㎡"
    assert wall.paper.plans[WallSize.A3].pages == wall.pane.count
    papers = {row.words: row.amount for row in wall.side.papers.rows}
    assert list(papers) == ["上墙 A3", "上墙 A4", "案头 A4", "案头 A3"]
    assert papers["上墙 A3"].startswith(f"{wall.pane.count} 页")


def test_another_size_is_the_paper_seen(wall, settle):
    for size in (WallSize.A4_HUGE, WallSize.DESK):
        wall.paper.sizes.setCurrentIndex(wall.paper.sizes.findData(size.name))
        settle()
        assert wall.paper.plans[size].pages == wall.pane.count
        mm = printing.page_mm(wall.prepared.pdf)
        assert (round(mm.width()), round(mm.height())) == (297, 210)


def test_grouping_is_chosen_and_remembered_with_the_size_when_sheets_leave(
    wall, settle, village, tmp_path, monkeypatch
):
    wall.paper.sizes.setCurrentIndex(wall.paper.sizes.findData("A4"))
    wall.paper.groupings.setCurrentIndex(wall.paper.groupings.findData("none"))
    settle()
    assert wall.prepared.wanted.grouping == "none"
    save_as(monkeypatch, tmp_path / "a.pdf")
    do(wall, settle, "save_pdf")
    assert village.reader.setting(wall_choice.SIZE) == "A4"
    assert village.reader.setting(wall_choice.GROUPING) == "none"


def test_a_page_opened_anew_offers_what_was_taken_last(village, page_of):
    with village.act() as uow:
        assert wall_choice.remember(uow, "DESK_LARGE", "all")
        assert not wall_choice.remember(uow, "DESK_LARGE", "all")
    page = page_of(DisclosurePage, span=MARCH)
    assert (page.paper.size, page.paper.grouping.value) == (WallSize.DESK_LARGE, "all")


def test_counting_can_be_stopped_and_leaving_stops_it(wall, settle, operations):
    wall.paper.count(wall.prepared.tables)
    operations.cancel()
    settle()
    assert len(wall.paper.plans) < len(PRINTED)
    wall.paper.count(wall.prepared.tables)
    assert wall.leave()
    settle()
    assert len(wall.paper.plans) < 2


def test_pages_are_counted_while_they_are_drawn(wall, settle, operations):
    heard: list[str] = []
    operations.progressed.connect(lambda _done, _total, label: heard.append(label))
    choose(wall, settle, PACK)
    assert any(label.startswith("第 ") and "页，共" in label for label in heard)


# out of the program


def test_the_spreadsheet_prints_as_the_paper_does(wall, settle, tmp_path, monkeypatch):
    save_as(monkeypatch, tmp_path / "表.xlsx")
    do(wall, settle, "save_xlsx")
    (sheet,) = load_workbook(tmp_path / "表.xlsx").worksheets
    assert sheet.protection.sheet
    assert sheet.page_setup.paperSize == 8
    assert wall.status() == f"已存到 {tmp_path / '表.xlsx'}"


def test_a_tall_picture_for_the_group_and_a_zip_of_pages(wall, settle, tmp_path, monkeypatch):
    save_as(monkeypatch, tmp_path / "图", "发群的手机长图 (*.png)")
    do(wall, settle, "save_pictures")
    with Image.open(tmp_path / "图.png") as picture:
        assert picture.width == 1081
    save_as(monkeypatch, tmp_path / "图.png", "一页一张的图片包 (*.zip)")
    do(wall, settle, "save_pictures")
    with zipfile.ZipFile(tmp_path / "图.zip") as archive:
        assert len(archive.namelist()) == wall.pane.count


def test_a_correction_of_what_hung_asks_why_and_says_so_on_the_paper(
    wall, settle, village, tmp_path, monkeypatch
):
    wall.go(span=QUARTER)
    settle()
    save_as(monkeypatch, tmp_path / "a.pdf")
    do(wall, settle, "save_pdf")
    board = Wall(village)
    number = board.set(str(wall.prepared.tables[0].check_code)).number
    board.review(number)
    board.post(number)
    village.posted("2025-03-20", "补付路灯材料", "借 511 50; 贷 101 50")
    wall.reload()
    settle()
    wall.action("save_pdf").trigger()
    settle()
    assert wall.ask.asking
    wall.ask.field.setText("漏了一张路灯材料")
    wall.ask.act.click()
    settle()
    settle()
    (table,) = wall.prepared.tables
    assert village.reader.sheet(str(table.check_code)) is not None
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert "更正公开" in text
    assert "漏了一张路灯材料" in text.replace("\r\n", "")


def test_a_correction_not_explained_does_not_leave(wall, settle, village, tmp_path, monkeypatch):
    wall.go(span=QUARTER)
    settle()
    save_as(monkeypatch, tmp_path / "a.pdf")
    do(wall, settle, "save_pdf")
    board = Wall(village)
    number = board.set(str(wall.prepared.tables[0].check_code)).number
    board.review(number)
    board.post(number)
    village.posted("2025-03-20", "补付路灯材料", "借 511 50; 贷 101 50")
    wall.reload()
    settle()
    code = str(wall.prepared.tables[0].check_code)
    wall.action("save_pdf").trigger()
    settle()
    assert wall.escape()
    settle()
    assert village.reader.sheet(code) is None


def test_a_printer_gets_every_page_of_the_pack_at_the_size_of_its_paper(wall, settle, tmp_path):
    choose(wall, settle, PACK)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printing.with_size(printer, printing.page_mm(wall.prepared.pdf))
    printing.onto(printer, wall.prepared.pdf)
    printed = pypdfium2.PdfDocument(tmp_path / "打印.pdf")
    assert len(printed) == wall.pane.count
    for page in printed:
        mm = QSizeF(*page.get_size()) * (25.4 / 72)
        assert (round(mm.width()), round(mm.height())) == (420, 297)


def test_printing_counts_pages_and_stops_when_asked(wall, settle, operations, tmp_path, monkeypatch):
    choose(wall, settle, PACK)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printing.with_size(printer, printing.page_mm(wall.prepared.pdf))
    monkeypatch.setattr(printing, "printer_present", lambda: True)
    monkeypatch.setattr(printing, "ask_printer", lambda *_: printing.Chosen(printer))
    heard: list[str] = []

    def hear(done: int, _total: int, label: str) -> None:
        heard.append(label)
        if label.startswith("打印第") and done == 1:
            operations.cancel()

    operations.progressed.connect(hear)
    do(wall, settle, "print")
    assert any(label.startswith("打印第 2 页，共 ") for label in heard)
    assert "已送去打印" not in wall.status()


def test_without_a_printer_one_is_told_what_to_do(wall, settle, monkeypatch):
    monkeypatch.setattr(printing, "printer_present", lambda: False)
    do(wall, settle, "print")
    assert "没有装打印机" in wall.status()
    assert preview_page.Printout


# ways on


@pytest.mark.parametrize(
    ("action", "page"),
    [
        ("calendar", "disclosure_calendar"),
        ("postings", "postings"),
        ("check", "sheet_check"),
        ("figures", "sheet_rows"),
        ("first", "first_page"),
        ("unmasked", "unmasked"),
    ],
)
def test_the_page_is_the_door_to_all_that_has_to_do_with_the_wall(wall, navigator, action, page):
    wall.action(action).trigger()
    assert navigator.opened[-1][0] == page


def test_in_a_narrow_window_the_list_stands_in_the_menu(wall, settle):
    menu = QMenu()
    wall.sheets.fold_into(menu)
    (inner,) = menu.findChildren(QMenu)
    inner.actions()[0].trigger()
    settle()
    assert wall.prepared.tables[0].report == "disclosure-summary"

"""Print preview, wall sheet and the list of reports: what is seen is the PDF, and what leaves is registered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from tests.builders import COLLECTIVE, COMMITTEE, LI
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.ui.desk.reports_page import ReportsPage
from village_ledger.ui.disclosure.disclosure_page import DisclosurePage
from village_ledger.ui.pages import FACTORIES
from village_ledger.ui.sheets import printing
from village_ledger.ui.sheets.pdf_pane import ZOOMS, Fit
from village_ledger.ui.sheets.preview_page import PreviewPage
from village_ledger.ui.sheets.print_source import Wanted, prepare, tables_of
from village_ledger.ui.sheets.saving import file_name
from village_ledger.ui.widgets.span_choice import Reach

pypdfium2 = pytest.importorskip("pypdfium2")
MARCH = Span.of_month(Month(2025, 3))


@pytest.fixture
def books(village):
    """A little money in March, all posted."""
    village.open_with("借 101 1200", "借 102 50000", "贷 301 51200")
    village.posted("2025-03-03", "收果园承包款", "借 102 6200; 贷 501 6200")
    village.posted("2025-03-08", "付电费", "借 513 386.40; 贷 101 386.40")
    return village


@pytest.fixture
def preview(books, page_of):
    def build(**where):
        return page_of(PreviewPage, **where)

    return build


@pytest.fixture
def wall(books, page_of):
    return page_of(DisclosurePage, span=MARCH)


def pdf_text(path):
    pdf = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text.replace("\r", "").replace("\n", "")


@pytest.fixture
def saves_to(tmp_path, monkeypatch):
    """The next file goes here."""

    def choose(name):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        return path

    return choose


def test_the_preview_is_the_pdf_itself(preview):
    page = preview(report="trial-balance", span=MARCH)
    assert "科目余额表" in pdf_text(page.prepared.pdf)
    assert page.pane.count == 1
    assert page.pane.amount.text() == "共 1 页，约 0.06 ㎡"
    assert page.head._subtitle.text() == "科目余额表 · 2025年3月"


def test_tables_another_page_made_are_printed_as_they_are(preview, books):
    table = make(books.reader, "trial-balance", ReportRequest(COLLECTIVE, MARCH))
    assert preview(tables=(table,)).prepared.tables == (table,)


def test_another_paper_is_another_pdf(preview, settle):
    page = preview(report="trial-balance", span=MARCH)
    page.papers.chosen.emit("A3_LANDSCAPE")
    settle()
    size = printing.page_mm(page.prepared.pdf)
    assert (round(size.width()), round(size.height())) == (420, 297)
    assert page.pane.amount.text() == "共 1 页，约 0.12 ㎡"


def test_vouchers_are_printed_on_their_own_paper(preview):
    page = preview(report="voucher", vouchers=(1, 2))
    size = printing.page_mm(page.prepared.pdf)
    assert (round(size.width()), round(size.height())) == (240, 140)
    assert page.pane.count == 2
    assert page.head._subtitle.text() == "记账凭证 · 2 张"


def test_vouchers_may_stand_two_on_an_a4_sheet(preview, settle):
    page = preview(report="voucher", vouchers=(1, 2))
    page.papers.chosen.emit("A4_TWO")
    settle()
    size = printing.page_mm(page.prepared.pdf)
    assert (round(size.width()), round(size.height())) == (210, 297)
    assert page.pane.count == 1


def test_page_down_and_page_up_turn_the_sheets(preview):
    page = preview(report="voucher", vouchers=(1, 2))
    page.action("next_sheet").trigger()
    assert page.pane.page == 1
    page.action("next_sheet").trigger()
    assert page.pane.page == 1
    assert not page.pane.forth.isEnabled()
    page.action("previous_sheet").trigger()
    assert page.pane.page == 0


def test_zooming_goes_by_steps_and_fits_again(preview):
    pane = preview(report="trial-balance", span=MARCH).pane
    pane.fit(Fit.PAGE)
    whole = pane._sheet.width()
    pane.zoom_by(1)
    assert pane._zoom in ZOOMS
    assert pane._sheet.width() > whole
    pane.fit(Fit.PAGE)
    assert pane._sheet.width() == whole
    assert pane._sheet.height() <= pane.desk.viewport().height()


def test_the_paper_has_a_thin_edge(preview, theme):
    sheet = preview(report="trial-balance", span=MARCH).pane._sheet
    image = sheet.grab().toImage()
    assert image.pixelColor(0, 0).name() == theme.colour("edge").name()
    assert image.pixelColor(2, 2).name() == "#ffffff"


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_saving(preview, saves_to, settle, ending):
    page = preview(report="trial-balance", span=MARCH)
    path = saves_to(f"余额表.{ending}")
    page._save(ending)
    settle()
    assert path.stat().st_size > 0
    assert page.status() == f"已存到 {path}"
    if ending == "pdf":
        assert path.read_bytes() == page.prepared.pdf.read_bytes()


def test_saving_where_nothing_can_be_written_is_refused_in_words(
    preview, tmp_path, monkeypatch, operations, qtbot
):
    page = preview(report="trial-balance", span=MARCH)
    path = tmp_path / "没有这个文件夹" / "余额表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(operations.refused) as refused:
        page.action("save_pdf").trigger()
    assert "没有写成" in str(refused.args[0])


def test_thinking_better_of_saving_writes_nothing(preview, monkeypatch, operations):
    page = preview(report="trial-balance", span=MARCH)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.action("save_pdf").trigger()
    assert not operations.busy


def test_files_get_names_one_finds_again(books):
    table = make(books.reader, "trial-balance", ReportRequest(COLLECTIVE, MARCH))
    assert file_name([table], "xlsx") == "青山村 科目余额表 2025年3月.xlsx"


def test_without_a_printer_one_is_told_what_to_do(preview, monkeypatch):
    monkeypatch.setattr(printing, "printer_present", lambda: False)
    page = preview(report="trial-balance", span=MARCH)
    page.action("print").trigger()
    assert "没有装打印机" in page.status()


def test_what_is_printed_is_counted_and_the_next_print_says_so(preview, monkeypatch, settle, books, tmp_path):
    monkeypatch.setattr(printing, "printer_present", lambda: True)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    monkeypatch.setattr(printing, "ask_printer", lambda *_: printing.Chosen(printer))
    page = preview(report="voucher", vouchers=(2,))
    page.action("print").trigger()
    settle()
    assert books.reader.print_count("voucher/2") == 1
    assert books.reader.operations()[-1].action == "打印"
    page.go(report="voucher", vouchers=(2,))
    settle()
    assert "第2次打印" in pdf_text(page.prepared.pdf).replace(" ", "")


def test_a_printer_gets_the_pages_at_the_size_of_their_paper(books, tmp_path):
    pdf = tmp_path / "凭证.pdf"
    prepare(books.reader, Wanted("voucher", COLLECTIVE, vouchers=(1, 2)), "FORM", pdf)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printing.with_size(printer, QSizeF(240, 140))
    printing.onto(printer, pdf)
    printed = pypdfium2.PdfDocument(tmp_path / "打印.pdf")
    sizes = [
        tuple(round(points / 72 * 25.4) for points in printed.get_page_size(n)) for n in range(len(printed))
    ]
    printed.close()
    assert sizes == [(240, 140), (240, 140)]


def test_the_other_ledger_chosen_above_leaves_the_preview(preview, session, navigator):
    page = preview(report="trial-balance", span=MARCH)
    session.switch_ledger(COMMITTEE)
    page.reload()
    assert navigator.backs == 1


def test_coming_back_shows_the_same_on_the_same_paper(preview, settle):
    page = preview(report="account-ledger", account="102", span=MARCH)
    page.papers.chosen.emit("A4_PORTRAIT")
    settle()
    where = page.where()
    page.go(**where)
    settle()
    size = printing.page_mm(page.prepared.pdf)
    assert (round(size.width()), round(size.height())) == (210, 297)


def test_the_wall_sheet_ties_and_carries_a_code(wall):
    assert [(row.words, row.amount) for row in wall.side.figures.rows] == [
        ("期初有钱", "51,200.00"),
        ("收入", "6,200.00"),
        ("支出", "386.40"),
        ("期末有钱", "57,013.60"),
    ]
    code = wall.prepared.tables[0].check_code
    assert wall.side.code.code.text().replace(" ", "") == code
    assert wall.side.code.words.text() == "存成文件或打印时登记。"
    assert "51,200.00+6,200.00−386.40=57,013.60" in wall.status()


def test_a_sheet_that_leaves_the_program_is_registered(wall, saves_to, settle, books):
    path = saves_to("公开表.pdf")
    code = wall.prepared.tables[0].check_code
    assert books.reader.sheet(code) is None
    wall.action("save_pdf").trigger()
    settle()
    settle()
    sheet = books.reader.sheet(code)
    assert (sheet.ledger, sheet.first, sheet.last) == (COLLECTIVE, MARCH.first, MARCH.last)
    assert path.stat().st_size > 0
    wall.reload()
    settle()
    assert wall.side.code.words.text().startswith("王秀英 已在")


def test_the_code_is_the_same_on_every_paper(wall, settle):
    code = wall.prepared.tables[0].check_code
    for paper in ("A4", "DESK"):
        wall.paper.sizes.setCurrentIndex(wall.paper.sizes.findData(paper))
        settle()
        assert wall.prepared.tables[0].check_code == code


def test_a_quarter_has_its_own_sheet(wall, settle):
    march = wall.prepared.tables[0].check_code
    wall.span_choice.set_reach(Reach.QUARTER)
    settle()
    assert wall.prepared.tables[0].span == Span(Month(2025, 1).first, Month(2025, 3).last)
    assert wall.prepared.tables[0].check_code != march


def test_a_read_only_book_gives_sheets_without_a_code(books, page_of, session, monkeypatch):
    monkeypatch.setattr(type(session), "read_only", True)
    page = page_of(DisclosurePage, span=MARCH)
    assert page.prepared.tables[0].check_code is None
    assert page.side.code.words.text() == "这本账现在不能写，表没有登记。"
    assert "未登记" in page.status()


def test_the_other_ledger_makes_its_own_sheet(wall, session, settle):
    session.switch_ledger(COMMITTEE)
    wall.reload()
    settle()
    assert wall.prepared.tables[0].ledger == COMMITTEE


def test_reports_lists_only_what_can_be_seen_and_leads_there(books, page_of, navigator):
    page = page_of(ReportsPage)
    names = [page.model.text(row, 0) for row in range(page.model.count())]
    assert len(set(names)) == len(names)
    for expected in (
        "资产负债表", "收益及收益分配表", "科目余额表", "明细账", "库存现金日记账", "银行存款日记账", "记账凭证",
        "逐笔收支公开表", "装订：总账", "装订：明细账", "凭证号检查", "操作日志",
    ):  # fmt: skip
        assert expected in names
    assert "收支结余表" not in names
    for row in range(page.model.count()):
        page.table.opened.emit(row)
    assert len(navigator.opened) == len(names)
    assert {name for name, _ in navigator.opened} <= set(FACTORIES)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_every_report_of_the_list_can_be_made(books, page_of, navigator):
    page = page_of(ReportsPage)
    for row in range(page.model.count()):
        page.table.opened.emit(row)
    previews = [where for name, where in navigator.opened if name == "preview"]
    for where in previews:
        assert tables_of(books.reader, Wanted(ledger=COLLECTIVE, **where))


def test_who_sits_there_is_who_registers(wall, session, saves_to, settle, books):
    session.sit_down(LI)
    saves_to("公开表.xlsx")
    wall._leave_with("xlsx")
    settle()
    assert books.reader.sheet(wall.prepared.tables[0].check_code).made_by == LI

"""The workbook: every book and register as a clean spreadsheet that LibreOffice opens and nothing hides in."""

from __future__ import annotations

import csv
import random
import re
import subprocess
import tracemalloc
import zipfile
from contextlib import closing
from decimal import Decimal

import openpyxl
import pytest

from tests.builders import WANG, Village
from village_ledger.domain.masking import Level
from village_ledger.exchange.exports.export_entries import span_of
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.export_workbook import masked
from village_ledger.exchange.exports.exporting import export
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.workbook import Leaf, write_workbook
from village_ledger.reports.table import Column, Kind, LazyRows, Role, Row, Table
from village_ledger.storage.file.book_file import Access, open_book


@pytest.fixture(scope="module")
def book(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "账簿.xlsx"
    with open_book(made, Access.READ) as opened:
        export(opened, WANG, "workbook", ExportRequest(path))
    return path


@pytest.fixture(scope="module")
def sheets(book):
    return openpyxl.load_workbook(book)


def whole(reader, ledger):
    """From the first day of a ledger to the end of its last month with a posting."""
    return span_of(reader, ledger, None)


def records(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def rows_of(path, name):
    """One sheet's records; the others are not read."""
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        return records(book[name])


def test_a_list_in_front_leads_to_every_sheet_and_says_what_is_not_there(sheets):
    front = sheets["目录"]
    assert sheets.sheetnames[0] == "目录"
    links = [
        cell.hyperlink.location.split("!")[0].strip("'") for row in front for cell in row if cell.hyperlink
    ]
    assert links == [name for name in sheets.sheetnames if name not in {"目录", "说明"}]
    said = " ".join(str(cell.value) for row in front for cell in row if cell.value)
    assert "这个账簿不是合并建成的" in said
    assert "L1 报送乡镇" in said


@pytest.mark.parametrize(
    "name",
    [
        *(
            f"{who} {what}"
            for who in ("集体", "村委会")
            for what in ("科目表", "序时账", "明细账", "总账", "科目余额表")
        ),
        *(
            "集体 资产负债表 2025",
            "集体 收益及收益分配表 2025",
            "村委会 收支结余表 2025",
            "集体 库存现金日记账",
        ),
        *(
            "集体 银行存款日记账",
            "成员名册",
            "股权登记簿",
            "份额变动表",
            "合同台账",
            "集体 资产台账",
            "集体 资源台账",
        ),
        *(
            "两账往来对账单",
            "操作日志",
            "四议两公开登记簿",
            "2025年度收益分配明细",
            "集体 附件目录",
            "集体 项目登记簿",
        ),
        *("集体 清产核资差异汇总表 2025-12-31", "集体 数量金额账 12102"),
    ],
)
def test_a_book_or_register_stands_there_with_rows(sheets, name):
    assert sheets[name if len(name) <= 25 else name.removesuffix(" 2025-12-31")].max_row > 1


def test_no_sheet_is_empty_and_the_list_names_what_was_left_out(sheets):
    assert not [sheet.title for sheet in sheets if sheet.max_row < 2]
    why = {row[1].value: row[6].value for row in sheets["目录"] if row[1].value and row[6].value}
    assert "集体 付款审批登记簿" in why["没有内容"].split("、")
    assert not {"自动审查", "抽查清单", "审核意见书"} & {sheet.title for sheet in sheets}


def test_a_name_that_is_too_long_ends_with_no_half_day(sheets):
    names = [sheet.title for sheet in sheets if "清查" in sheet.title or "清产核资" in sheet.title]
    assert len(names) > 10
    assert all(re.fullmatch(r".* \d{4}-\d{2}-\d{2}", name) or "2025" not in name for name in names)


def test_a_long_heading_over_figures_is_wrapped(sheets):
    sheet = sheets["集体 多栏账 501"]
    assert all(cell.alignment.wrap_text for cell in sheet[1])
    assert len(str(sheet["H1"].value)) > 9
    assert sheet.row_dimensions[1].height > 30
    assert max(x.width for x in sheet.column_dimensions.values() if x.min > 4) < 24


def test_figures_are_numbers_and_add_up_to_the_trial_balance(made, sheets):
    with open_book(made, Access.READ) as opened:
        reader = opened.reader()
        span = whole(reader, "collective")
        turnovers = {t.account: (t.debit, t.credit) for t in reader.turnovers("collective", span)}
    sums: dict[str, list[Decimal]] = {}
    for row in records(sheets["集体 序时账"]):
        if row["状态"] == "已记账":
            kept = sums.setdefault(row["科目编码"], [Decimal(0), Decimal(0)])
            kept[0] += Decimal(str(row["借方金额"] or 0))
            kept[1] += Decimal(str(row["贷方金额"] or 0))
    assert {code: tuple(int(x * 100) for x in pair) for code, pair in sums.items()} == {
        code: pair for code, pair in turnovers.items() if any(pair)
    }


def test_the_account_ledgers_close_as_the_trial_balance(made, sheets):
    last = {}
    for row in records(sheets["村委会 明细账"]):
        last[row["科目编码"]] = (row["方向"], row["余额"])
    with open_book(made, Access.READ) as opened:
        reader = opened.reader()
        span = whole(reader, "committee")
        for one in reader.turnovers("committee", span):
            side, balance = last[one.account]
            signed = round((balance or 0) * 100) * (-1 if side == "贷" else 1)
            assert signed == one.closing, one.account


def test_no_formula_no_hidden_sheet_no_name_no_path(book, sheets):
    assert all(sheet.sheet_state == "visible" for sheet in sheets)
    assert not any(cell.data_type == "f" for sheet in sheets for row in sheet for cell in row)
    assert not any(
        d.hidden
        for sheet in sheets
        for d in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values())
    )
    with zipfile.ZipFile(book) as parts:
        names = parts.namelist()
        core = parts.read("docProps/core.xml").decode()
    assert not [name for name in names if "comments" in name or "vba" in name or "externalLink" in name]
    assert re.search(r"<dc:creator>\s*</dc:creator>|<dc:creator/>", core)


def test_no_identity_number_is_whole(book, tmp_path):
    with zipfile.ZipFile(book) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert re.search(r"\d{6}\*{8}\d{3}[\dX]", text)
    assert not re.search(r"(?<!\d)\d{17}[\dX](?!\d)", text)


def test_whole_numbers_with_a_reason(demo, run, tmp_path):
    out = tmp_path / "a.xlsx"
    assert run("export", "workbook", demo, "-o", out, "--level", "L0", "--reason", "交接").code == 0
    register = rows_of(out, "成员名册")
    assert any(re.fullmatch(r"\d{17}[\dX]", str(row["证件号码"])) for row in register)


@pytest.mark.parametrize(
    "summary", ["=1+1", "+8613800000000", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_a_summary_that_looks_like_a_formula_is_a_text_for_good(tmp_path, summary):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", summary, "借 101 6; 贷 501 6")
        export(
            village.book,
            WANG,
            "workbook",
            ExportRequest(tmp_path / "a.xlsx", "collective", level=Level.INTERNAL, reason="试"),
        )
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["集体 序时账"]
    cell = sheet.cell(2, 4)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (summary, "s", True)
    assert not sheet.cell(2, 5).quotePrefix


def test_one_ledger_and_a_span(demo, run, tmp_path):
    out = tmp_path / "a.xlsx"
    asked = ("--ledger", "committee", "--from", "2025-01-01", "--to", "2025-03-31")
    assert run("export", "workbook", demo, "-o", out, *asked).code == 0
    with closing(openpyxl.load_workbook(out, read_only=True)) as book:
        assert not [name for name in book.sheetnames if name.startswith("集体") or name == "成员名册"]
    months = {str(row["日期"])[:7] for row in rows_of(out, "村委会 序时账")}
    assert months == {"2025-01", "2025-02", "2025-03"}


def test_an_unposted_voucher_is_there_and_says_so(tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        village.entered("2025-03-09", "还没记账", "借 101 7; 贷 501 7")
        export(village.book, WANG, "workbook", ExportRequest(tmp_path / "a.xlsx"))
    rows = rows_of(tmp_path / "a.xlsx", "集体 序时账")
    assert [(row["摘要"], row["状态"]) for row in rows[::2]] == [("收租金", "已记账"), ("还没记账", "待审核")]


def test_a_rare_character_and_a_long_text_come_back(tmp_path):
    text = "㛃𬭎䶮" + "长" * 400
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", text, "借 101 6; 贷 501 6")
        export(village.book, WANG, "workbook", ExportRequest(tmp_path / "a.xlsx"))
    assert rows_of(tmp_path / "a.xlsx", "集体 序时账")[0]["摘要"] == text


def test_an_identity_number_among_codes_is_masked_and_numbers_of_papers_are_not():
    columns = (Column("a", "代码", Kind.CODE, 40), Column("b", "说明", Kind.TEXT, 40))
    row = Row(Role.DETAIL, ("510903199001010018", "账号 6217000012345678901"))
    paper = Row(Role.DETAIL, ("24992000000000310017", "发票 24992000000000310017"))
    plain = Table("x", "合同台账", "青山村", "", "青山村", columns, (row, paper))
    hidden = [one.cells for one in masked(plain, Level.TOWNSHIP).rows]
    assert hidden == [("510903********0018", "账号 （号码略）"), paper.cells]
    assert masked(plain, Level.INTERNAL) is plain


def table(count: int) -> Table:
    columns = (Column("a", "摘要", Kind.TEXT, 40), Column("b", "金额", Kind.MONEY, 30))

    def rows():
        chance = random.Random(1)
        for number in range(count):
            yield Row(Role.DETAIL, (f"摘要 {number}", chance.randrange(10**9)))

    return Table("x", "序时账", "青山村", "", "青山村", columns, LazyRows(rows, count))


def peak(folder, count: int) -> int:
    tracemalloc.start()
    with (folder / "a.xlsx").open("wb") as stream:
        write_workbook([Leaf("序时账", table(count))], "账", (), stream)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_rows(tmp_path):
    peak(tmp_path, 100)
    assert peak(tmp_path, 20_000) < peak(tmp_path, 2_000) + 500_000


@pytest.mark.full
def test_libreoffice_opens_it_and_reads_the_same(book, made, tmp_path):
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *(
                "--headless",
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
            ),
            *("--outdir", str(tmp_path), str(book)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (file,) = tmp_path.glob("*集体 科目余额表.csv")
    with file.open(encoding="utf-8") as stream:
        _, *rows = csv.reader(stream)
    with open_book(made, Access.READ) as opened:
        reader = opened.reader()
        ours = make(reader, "trial-balance", ReportRequest("collective", whole(reader, "collective")))
    place = ours.column_index("closing_debit")
    theirs = [round(float(row[place] or 0) * 100) for row in rows]
    assert theirs == [row.cells[place] or 0 for row in ours.rows]
    assert len(list(tmp_path.glob("*.csv"))) > 100

"""Files for other programs: the same columns and figures as on paper."""

from __future__ import annotations

import contextlib
import csv
import errno
import gc
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from tests.reports import demo_village as village
from tests.reports.tables import LONG, THIRTEEN_DIGITS, book, line
from village_ledger.domain.period import Month, Span
from village_ledger.reports.pens import render_xlsx
from village_ledger.reports.pens.output_file import OutputError
from village_ledger.reports.pens.render_text import csv_text, json_text, write_csv, write_json
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.table import Check, Column, Kind, LazyRows, Role, Row

DAY = date(2025, 3, 8)
MARCH = Span.of_month(Month(2025, 3))
FORMULAS = ("=1+1", "+86 138", "-备注", "@SUM(A1)")


def as_json(tables):
    return json.loads("".join(json_text(tables)))


def test_json_is_as_the_contract_says():
    table = book(
        line(DAY, LONG, 123450, 0, -7), checks=(Check("X15", ok=True, text="期初借方合计=贷方合计"),)
    )
    made = as_json(table)
    assert {
        key: made[key]
        for key in ("report", "title", "village", "ledger", "entity", "from", "to", "check_code")
    } == {
        "report": "account-ledger",
        "title": "明细账",
        "village": "青山村",
        "ledger": "collective",
        "entity": "青山村股份经济合作联合社",
        "from": "2025-01-01",
        "to": "2025-12-31",
        "check_code": None,
    }
    assert made["columns"][0] == {"key": "date", "label": "日期", "kind": "date"}
    assert made["rows"] == [
        {
            "role": "detail",
            "level": 1,
            "date": "2025-03-08",
            "voucher": "记-0001",
            "summary": LONG,
            "counterparty": "何某",
            "debit": "1234.50",
            "credit": "0.00",
            "side": "贷",
            "balance": "0.07",
        }
    ]
    assert made["checks"] == [{"rule": "X15", "ok": True, "text": "期初借方合计=贷方合计"}]


def test_empty_cells_are_texts_and_amounts_never_null():
    empty = Row(Role.SUBTOTAL, (None, None, "本月合计", None, None, -5, None, None))
    (row,) = as_json(book(empty))["rows"]
    assert (row["date"], row["voucher"], row["debit"], row["credit"], row["side"]) == (
        None,
        "",
        "0.00",
        "-0.05",
        "",
    )


def test_a_disclosure_pack_is_one_object_with_sheets():
    sheets = [village.wall_sheet(issuer, MARCH) for issuer in (village.COLLECTIVE, village.COMMITTEE)]
    made = as_json(sheets)
    assert made["report"] == "disclosure"
    assert [sheet["ledger"] for sheet in made["sheets"]] == ["collective", "committee"]
    first = made["sheets"][0]
    assert first["sheet"] == "A"
    assert {"date", "voucher", "summary", "income", "expense", "counterparty"} <= first["rows"][1].keys()
    assert {"opening", "income", "expense", "closing", "check_code"} <= first.keys()
    assert all(len(first[key].partition(".")[2]) == 2 for key in ("opening", "income", "expense", "closing"))
    assert as_json(sheets[:1])["sheets"][0] == first


def test_rows_stream_through_json():
    rows = LazyRows(lambda: (line(DAY, f"付{i}", 0, i, i) for i in range(1234)), 1234)
    assert [row["credit"] for row in as_json(book(rows=rows))["rows"]][-1] == "12.33"
    assert as_json(book())["rows"] == []


def test_csv_opens_right_in_a_spreadsheet(tmp_path):
    table = book(line(DAY, "收“鱼塘”,承包款", 123450, 0, 5))
    write_csv(table, tmp_path / "a.csv")
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert head == ["日期", "凭证", "摘要", "对方单位（人）", "借方", "贷方", "方向", "余额"]
    assert row == ["2025-03-08", "记-0001", "收“鱼塘”,承包款", "何某", "1234.50", "0.00", "借", "0.05"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_text_is_never_taken_for_a_formula(text):
    table = book(line(DAY, text, 0, -5, 1))
    rows = list(csv.reader(io.StringIO("".join(csv_text(table)).removeprefix("\ufeff"))))
    assert rows[1][2] == f"'{text}"
    assert rows[1][5] == "-0.05"


def opened(path):
    return openpyxl.load_workbook(path)


def test_xlsx_has_labels_first_and_real_numbers(tmp_path):
    table = book(line(DAY, LONG, THIRTEEN_DIGITS, 0, -7), line(DAY, "付", 0, -123450, 7))
    write_xlsx(table, tmp_path / "a.xlsx")
    workbook = opened(tmp_path / "a.xlsx")
    sheet = workbook["明细账"]
    head, first, second = sheet.iter_rows(values_only=True)
    assert head == ("日期", "凭证", "摘要", "对方单位（人）", "借方", "贷方", "方向", "余额")
    assert first == (datetime(2025, 3, 8), "记-0001", LONG, "何某", 9999999999999.99, 0, "贷", 0.07)  # noqa: DTZ001  xlsx knows no zones
    assert second[5] == -1234.5
    assert sheet["E2"].number_format.startswith("#,##0.00")
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_area == "'明细账'!$A$1:$H$3"
    assert not sheet.merged_cells.ranges
    assert sheet.column_dimensions["E"].width > len("9,999,999,999,999.99")
    assert "青山村股份经济合作联合社" in [row[1] for row in workbook["说明"].iter_rows(values_only=True)]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_ever_a_formula(tmp_path, text):
    write_xlsx(book(line(DAY, text, 1)), tmp_path / "a.xlsx")
    cell = opened(tmp_path / "a.xlsx")["明细账"]["C2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_grouped_columns_keep_their_group_in_the_label(tmp_path):
    columns = (Column("opening_debit", "借方", Kind.MONEY, 25, "期初余额"),)
    table = book(Row(Role.DETAIL, (5,)), columns=columns)
    write_xlsx(table, tmp_path / "a.xlsx")
    assert opened(tmp_path / "a.xlsx")["明细账"]["A1"].value == "期初余额借方"
    assert as_json(table)["columns"][0]["label"] == "期初余额借方"


def test_the_file_names_neither_person_nor_machine(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(book(line(DAY, "收", 1)), tmp_path / name)
    properties = opened(tmp_path / "a.xlsx").properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    with zipfile.ZipFile(tmp_path / "a.xlsx") as first, zipfile.ZipFile(tmp_path / "b.xlsx") as second:
        assert [first.read(name) for name in first.namelist()] == [
            second.read(name) for name in second.namelist()
        ]


def test_a_book_longer_than_a_sheet_goes_on_on_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(render_xlsx, "ROWS_PER_SHEET", 10)
    write_xlsx(book(*[line(DAY, f"付{i}", 0, 1, i) for i in range(25)]), tmp_path / "a.xlsx")
    workbook = opened(tmp_path / "a.xlsx")
    assert workbook.sheetnames == ["明细账", "明细账(2)", "明细账(3)", "说明"]
    assert [workbook[name].max_row for name in workbook.sheetnames[:3]] == [11, 11, 6]


def test_two_ledgers_stand_on_two_sheets(tmp_path):
    sheets = [village.wall_sheet(issuer, MARCH) for issuer in (village.COLLECTIVE, village.COMMITTEE)]
    write_xlsx(sheets, tmp_path / "a.xlsx")
    assert opened(tmp_path / "a.xlsx").sheetnames == [
        "A 收支公开表（逐笔） 青山村股份经济合作联合社",
        "A 收支公开表（逐笔） 青山村村民委员会",
        "说明",
    ]


@pytest.mark.parametrize("write", [write_json, write_csv, write_xlsx], ids=["json", "csv", "xlsx"])
def test_no_pen_writes_half_a_file(tmp_path, write):
    def broken():
        yield line(DAY, "收", 1)
        raise LookupError

    with pytest.raises(LookupError):
        write(book(rows=LazyRows(broken, 2)), tmp_path / "a")
    with pytest.raises(OutputError):
        write(book(), tmp_path / "none" / "a")
    assert list(tmp_path.iterdir()) == []


def test_screen_paper_and_files_show_one_value(tmp_path):
    table = replace(village.wall_sheet(village.COLLECTIVE, MARCH), check_code=None)
    write_xlsx(table, tmp_path / "a.xlsx")
    place = table.column_index("expense")
    from_xlsx = [
        row[place] for row in opened(tmp_path / "a.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True)
    ]
    from_json = [row["expense"] for row in as_json(table)["sheets"][0]["rows"]]
    assert [f"{value:.2f}" for value in from_xlsx] == from_json


class FullDisk(io.RawIOBase):
    """A file on a disk with room for so many bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room, self._place = room, 0

    def writable(self):
        return True

    def seekable(self):
        return True

    def seek(self, place, whence=0):
        self._place = place + (self._place if whence == io.SEEK_CUR else 0)
        return self._place

    def write(self, data):
        if self._place + len(data) > self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._place += len(data)
        return len(data)


@pytest.mark.parametrize("room", [0, 500, 2000])
def test_a_full_disk_is_said_once_and_nothing_complains_of_it_afterwards(room):
    """The writer's archive is closed once more when it is collected; what it raises then comes out as a traceback."""
    full = io.BufferedWriter(FullDisk(room), buffer_size=1000)
    with pytest.raises(OSError, match="No space left"):
        written_to(full)
    with contextlib.suppress(OSError):
        full.close()
    gc.collect()


def written_to(stream):
    with render_xlsx.workbook(stream, "明细账") as made:
        render_xlsx.SheetPen(made).draw(book(line(DAY, LONG, 123450, 0, -7)))
    stream.flush()

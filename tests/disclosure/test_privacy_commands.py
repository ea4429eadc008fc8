"""The commands of what the public sees: the list of names in full, the text to be read out, files with nothing behind them."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COMMITTEE, Village
from tests.shares.clerk import BY, command
from village_ledger.domain.chart import Dimension
from village_ledger.domain.new_person import NewPerson
from village_ledger.reports.books.operation_log import LogQuery
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.people import people

MARCH = ("--month", "2025-03")
CARD = "6228480000000000018"
RARE = ("曾𬭎", "何㛃", "蒲䶮")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A month with somebody paid, somebody masked, a child, a number in a summary and names with rare characters."""
    folder = tmp_path / "李秀英的电脑"
    folder.mkdir()
    with Village.found(folder) as village:
        with village.act() as uow:
            people.add(uow, NewPerson("何世全", "001", "户主", birth=date(1955, 2, 1)), "名册")
            people.add(uow, NewPerson("何小乐", "001", "孙女", birth=date(2019, 5, 1)), "名册")
            people.add(uow, NewPerson("李大明", "002", "户主", birth=date(1970, 1, 1)), "名册")
            for number, name in enumerate(RARE, 3):
                people.add(uow, NewPerson(name, f"{number:03d}", "户主"), "名册")
        village.posted("2025-03-04", "上年结余转入", "借 102 50000; 贷 311 50000")
        village.posted("2025-03-05", f"付何世全代李大明修灯，转卡{CARD}", "借 514@何世全 200; 贷 102 200")
        village.posted("2025-03-06", "补助何小乐书本费", "借 514@何小乐 300; 贷 102 300")
        for number, name in enumerate(RARE):
            village.posted(
                "2025-03-07", f"付{name}工钱", f"借 513@{name} {10 + number}; 贷 102 {10 + number}"
            )
        village.add_account("211", "押金", demands=frozenset({Dimension.COUNTERPARTY}))
        village.posted("2025-03-08", "收押金", f"借 102 90; 贷 21101@{RARE[0]} 90")
        village.posted("2025-03-08", "拨办公费", "借 1002 800; 贷 4401 800", COMMITTEE)
    return village.path


def everything_in(file: Path) -> str:
    """All a file says, hidden or not: every part of a package, every stream and its description."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as packed:
            return "\n".join(packed.read(part).decode("utf-8", "replace") for part in packed.namelist())
    if file.suffix == ".pdf":
        words = (["pdftotext", "-layout", file, "-"], ["pdfinfo", file])
        return "\n".join(
            subprocess.run(one, capture_output=True, text=True, check=True).stdout for one in words
        )
    return file.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "pdf"])
def test_what_is_masked_is_nowhere_in_the_file(book: Path, tmp_path: Path, ending: str):
    file = tmp_path / f"公开.{ending}"
    answer = command("report", book, "disclosure", *MARCH, "-o", file, *BY)
    assert answer.code == 0, answer.said
    said = everything_in(file)
    assert [
        hidden
        for hidden in ("李大明", "何小乐", CARD, "李秀英", "王秀英", str(book.parent))
        if hidden in said
    ] == []
    assert "何世全" in said


def test_the_xlsx_has_nothing_hidden(book: Path, tmp_path: Path):
    file = tmp_path / "公开.xlsx"
    assert command("report", book, "disclosure", *MARCH, "-o", file, *BY).code == 0
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    assert not [name for name, text in parts.items() if "hidden" in text.lower()]
    named = re.findall(r'<definedName name="([^"]+)"', parts["xl/workbook.xml"])
    assert set(named) <= {"_xlnm.Print_Area", "_xlnm.Print_Titles"}
    assert not [
        name for name in parts if re.search(r"comment|custom|external|vba|revision", name, re.IGNORECASE)
    ]
    core = parts["docProps/core.xml"]
    for element in ("dc:creator", "cp:lastModifiedBy"):
        assert re.findall(rf"<{element}>[^<]+</{element}>", core) == []


def test_the_pdf_names_neither_person_nor_machine(book: Path, tmp_path: Path):
    file = tmp_path / "公开.pdf"
    assert command("report", book, "disclosure", *MARCH, "-o", file, *BY).code == 0
    described = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    kept = dict(line.split(":", 1) for line in described.splitlines() if ":" in line)
    assert set(kept) & {"Author", "Subject", "Keywords", "CreationDate", "ModDate"} == set()
    assert kept["Creator"].strip() == "村账"
    assert b"/Metadata" not in file.read_bytes()


def test_the_list_names_everybody_in_full_with_a_reason(book: Path):
    answer = command("report", book, "disclosure-unmasked", *MARCH, "--sheets", "A", "--ledger", "collective")
    assert answer.code == 0, answer.said
    table = json.loads(answer.out)
    rows = [row for row in table["rows"] if row["role"] == "detail"]
    assert {row["name"] for row in rows} == {"何世全", *RARE}
    assert {row["column"] for row in rows} == {"什么事、对方"}
    assert all(row["reason"] and row["basis"] for row in rows)
    assert [check["ok"] for check in table["checks"]] == [True]


def test_the_list_speaks_of_both_ledgers_when_none_is_named(book: Path):
    table = json.loads(command("report", book, "disclosure-unmasked", *MARCH).out)
    titles = [row["name"] for row in table["rows"] if row["role"] == "section"]
    assert any("村民委员会账" in title for title in titles)
    assert any("集体经济组织账" in title for title in titles)
    assert table["ledger"] == ""


def test_the_first_page_is_read_out(book: Path, tmp_path: Path):
    shown = command(
        "report", book, "disclosure-summary", *MARCH, "--format", "txt", "--ledger", "collective", *BY
    )
    assert shown.code == 0, shown.said
    assert "月末有钱4万9557元" in shown.out
    assert [name for name in ("何世全", "李大明", *RARE) if name in shown.out] == []
    file = tmp_path / "念稿.txt"
    assert command("report", book, "disclosure-summary", *MARCH, "-o", file, *BY).code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "村委会 2025年3月的钱，念给大家听" in file.read_text(encoding="utf-8-sig")


def test_the_first_page_in_any_other_form_is_sheet_s(book: Path):
    answer = command("report", book, "disclosure-summary", *MARCH, "--ledger", "collective", *BY)
    assert [one["sheet"] for one in json.loads(answer.out)["sheets"]] == ["S"]


def test_only_the_first_page_can_be_a_text(book: Path):
    answer = command("report", book, "disclosure", *MARCH, "--format", "txt")
    assert answer.code == 2
    assert answer.said.startswith("只有明白纸可以写成 txt")


def test_what_leaves_is_logged_with_level_person_and_rows(book: Path):
    sheets = command("report", book, "disclosure", *MARCH, "--sheets", "A,C", "--ledger", "collective", *BY)
    rows = sum(len(sheet["rows"]) for sheet in json.loads(sheets.out)["sheets"])
    command("report", book, "disclosure-summary", *MARCH, "--format", "txt", *BY)
    with Village(book) as village:
        request = ReportRequest(log=LogQuery(action="导出公开表"))
        log = make(village.reader, "operation-log", request)
        at = {key: log.column_index(key) for key in ("by", "subject", "detail")}
        told = [tuple(row.cells[at[key]] for key in at) for row in log.rows]
    assert ("王秀英", "公开表 AC 2025年3月", f"L2 张榜公布，{rows} 行") in told
    assert any(
        subject == "明白纸的念稿" and str(detail).startswith("L2 张榜公布，") for _, subject, detail in told
    )


def test_a_book_that_cannot_be_written_still_reads_out_and_says_that_nothing_was_logged(
    book: Path, tmp_path: Path
):
    with Village(book):
        answer = command("report", book, "disclosure-summary", *MARCH, "--format", "txt", *BY)
    assert answer.code == 0
    assert "没有记进操作日志" in answer.said
    assert "念给大家听" in answer.out


def test_rare_names_are_on_every_sheet_that_names_them_or_said_to_be_missing(book: Path, tmp_path: Path):
    pack = json.loads(command("report", book, "disclosure", *MARCH, *BY).out)["sheets"]
    naming = 0
    for letter in {sheet["sheet"] for sheet in pack}:
        file = tmp_path / f"{letter}.pdf"
        assert command("report", book, "disclosure", *MARCH, "--sheets", letter, "-o", file, *BY).code == 0
        said = re.sub(r"\s", "", everything_in(file))
        rows = json.dumps([one["rows"] for one in pack if one["sheet"] == letter], ensure_ascii=False)
        for name in RARE:
            if name in rows:
                naming += 1
                assert name in said or any(f"U+{ord(char):04X}" in said for char in name), (letter, name)
    assert naming >= len(RARE) + 1


def test_the_picture_for_a_group_carries_the_picture_alone(book: Path, tmp_path: Path):
    pytest.importorskip("pypdfium2")
    file = tmp_path / "明白纸.png"
    for_phones = ("--sheets", "S", "--phone", "--ledger", "collective")
    answer = command("report", book, "disclosure", *MARCH, *for_phones, "-o", file, *BY)
    assert answer.code == 0, answer.said
    data, kinds, at = file.read_bytes(), set[str](), 8
    while at < len(data):
        kinds.add(data[at + 4 : at + 8].decode("ascii"))
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    assert kinds <= {"IHDR", "PLTE", "IDAT", "IEND", "pHYs", "sRGB", "gAMA", "tRNS"}

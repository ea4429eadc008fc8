"""GB 18030: a villager's rare name comes through every door in and out unchanged (财会〔2024〕12号 art. 13)."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exchange.files import write_csv

NAMES = ("曾𬭎", "何㛃", "蒲䶮", "𠮷\U000241fe氏")
"""Beyond the basic plane, extension A, an old private character, and two of extension B."""
HEADS = [
    "日期",
    "凭证字",
    "凭证号",
    "摘要",
    "科目编码",
    "借方金额",
    "贷方金额",
    "往来单位",
    "项目",
    "附件张数",
]


def vouchers(names=NAMES) -> list[tuple[str, ...]]:
    """One voucher a name: an advance to the person."""
    rows: list[tuple[str, ...]] = []
    for number, name in enumerate(names, 1):
        word = str(number)
        rows.append(("2025-03-08", "记", word, f"付{name}误工费", "113", "60.00", "", name, "", "1"))
        rows.append(("2025-03-08", "记", word, f"付{name}误工费", "101", "", "60.00", "", "", ""))
    return rows


@pytest.fixture
def kept(book, tmp_path, run) -> Path:
    """The book with a voucher a name, posted."""
    file = write_csv(tmp_path / "凭证.csv", vouchers(), HEADS)
    assert run("import", "vouchers", book, file, "--ledger", "collective", "--post").code == 0
    return book


def report(run, book, *words):
    return run("report", book, *words, "--ledger", "collective", "--month", "2025-03")


def test_a_file_of_an_old_program_in_gb18030(book, tmp_path, run):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADS, *vouchers()])
    file = tmp_path / "旧程序.csv"
    file.write_bytes(text.getvalue().encode("gb18030").replace("䶮".encode("gb18030"), b"\xfe\x9f"))
    assert run("import", "vouchers", book, file, "--ledger", "collective", "--post").code == 0
    rows = json.loads(report(run, book, "account-ledger", "--account", "113").out)["rows"]
    assert [row["counterparty"] for row in rows if row["role"] == "detail"] == list(NAMES)


def test_json_csv_and_xlsx_say_the_same_names(kept, tmp_path, run):
    book = report(run, kept, "account-ledger", "--account", "113", "--format", "csv").out
    assert all(f"付{name}误工费" in book for name in NAMES)
    out = tmp_path / "明细账.xlsx"
    assert report(run, kept, "account-ledger", "--account", "113", "-o", out).code == 0
    rows = [row for sheet in load_workbook(out) for row in sheet.iter_rows(values_only=True)]
    cells = {str(cell) for row in rows for cell in row}
    assert {f"付{name}误工费" for name in NAMES} <= cells


@pytest.mark.parametrize(
    "words", [("account-ledger", "--account", "113"), ("cash-journal",), ("voucher",), ("disclosure",)]
)
def test_paper_shows_them_and_can_be_searched(kept, tmp_path, run, words):
    out = tmp_path / "纸.pdf"
    made = report(run, kept, *words, "-o", out)
    assert made.code == 0
    assert "〓" not in made.said
    text = subprocess.run(
        ["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True
    ).stdout
    text = "".join(text.split())
    assert [name for name in NAMES if f"付{name}误工费" not in text] == []


def test_the_log_and_the_proof_keep_them(kept, run):
    assert run("verify", kept).code == 0
    words = (
        "--voucher",
        "2025-03/记-0003",
        "--date",
        "2025-03-20",
        "--by",
        "蒲䶮",
        "--reason",
        "蒲䶮记成了曾𬭎",
    )
    added = run("reverse", kept, "--ledger", "collective", *words)
    assert added.code == 0
    log = run("report", kept, "operation-log").out
    assert "蒲䶮记成了曾𬭎" in log
    assert "蒲䶮" in {row["by"] for row in json.loads(log)["rows"]}

"""Every way out of the program, read for whole numbers and for children under 14: the demonstration village's people."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests import made
from tests.builders import WANG
from tests.exchange.files import write_csv
from tests.shares.clerk import BY, MEMBERS, Answer, command
from village_ledger.cli.parser import REPORTS
from village_ledger.cli.parser_merger import REPORTS as MERGER_REPORTS
from village_ledger.domain.masking import is_child
from village_ledger.services.people import people
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.people.records import Person

CARD, PHONE = "6228480000000000018", "13800001111"
CHILD, ELDER = "001/何沐晴", "001/何世全"
ON_PAPER = ("member-register", "share-register", "share-movements", "dividend", "certificate", "disclosure")
WANTING = {
    "account-ledger": ("--account", "113"),
    "multi-column": ("--account", "513"),
    "quantity-ledger": ("--account", "12102"),
    "voucher": ("--month", "2026-02"),
    "share-history": ("--household", "001"),
    "parcel": ("--parcel", "P01", "--ledger", "collective"),
    "asset-card": ("--asset", "A01", "--ledger", "collective"),
    "project-account": ("--project", "三组通组路", "--ledger", "collective"),
    "disclosure-lines": ("--line", "disclosure-items:8", "--ledger", "collective", "--month", "2026-02"),
    "payment-approval": ("--voucher", "2026-01/记-0001", "--ledger", "collective"),
    **dict.fromkeys(("decision", "panel-sheet", "panel-lots"), ("--decision", "青村决〔2025〕1号")),
}
"""What a report needs to be asked for."""
NOTHING = {
    "separation-list",
    "separation-signoff",
    "separation-opening",
    "payment-approval",
    *MERGER_REPORTS,
    "old-comparison",
}
"""Reports this village has nothing for: never split, merged nor taken over; its limits are in force from February on."""


@dataclass(frozen=True)
class Known:
    """A book and everything personal in it."""

    book: Path
    numbers: tuple[str, ...]
    people: tuple[Person, ...]

    @property
    def children(self) -> list[Person]:
        """Those under 14 at the end of February 2026, when the sheets are hung."""
        return [one for one in self.people if is_child(one.birth, date(2026, 2, 28))]

    def whole_in(self, text: str) -> list[str]:
        """Whole numbers in a text, however it is broken or grouped."""
        tight = re.sub(r"[\s,-]", "", text)
        return [number for number in self.numbers if number in tight]

    def report(self, name: str, *options: object) -> Answer:
        return command("report", self.book, name, *options)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The demonstration village; a card and a telephone known; a grandfather and a grandchild paid in cash."""
    book = made.demo(tmp_path_factory.mktemp("遮住"))
    with open_book(book, Access.WRITE) as opened:
        with opened.unit_of_work(WANG) as uow:
            people.correct(uow, ELDER, "bank_account", CARD, "本人存折")
            people.correct(uow, ELDER, "phone", PHONE, "本人来电")
            uow.commit()
        everybody = opened.reader().people()
        numbers = people.numbers_of(opened, everybody)
    posting = ("--ledger", "collective", "--through", "2026-12-31", *BY, "--reviewed-by", "李建国")
    assert command("post", book, *posting).code == 0
    for holder in (CHILD, ELDER):
        paid = command(
            "dividend-pay", book, "--year", "2025", "--date", "2026-02-20", "--account", "101",
            "--method", "cash", "--holder", holder, *BY,
        )  # fmt: skip
        assert paid.code == 0, paid.said
    assert command("post", book, *posting).code == 0
    assert len(numbers) > 200
    return Known(book, (*numbers.values(), CARD, PHONE), tuple(everybody))


def asked(name: str) -> list[tuple[str, ...]]:
    """A report with what it needs; the register at each level that is not the office's own."""
    if name == "member-register":
        return [("--level", level) for level in ("L1", "L2", "L3")]
    return [WANTING.get(name, ())]


@pytest.mark.parametrize("name", REPORTS)
def test_no_report_carries_a_whole_number(village: Known, name: str) -> None:
    for options in asked(name):
        answer = village.report(name, *options)
        if answer.code == 2:
            ledger = "committee" if name == "surplus" else "collective"
            answer = village.report(name, *options, "--ledger", ledger)
        assert (answer.code == 0) == (name not in NOTHING), answer.said
        assert village.whole_in(answer.out + answer.said) == [], options


@pytest.mark.parametrize("name", ON_PAPER)
def test_no_file_carries_a_whole_number(village: Known, tmp_path: Path, name: str) -> None:
    for options in asked(name):
        for ending in ("csv", "xlsx", "pdf"):
            file = tmp_path / f"表.{ending}"
            answer = village.report(name, *options, *_when(name), "-o", file)
            assert answer.code == 0, answer.said
            assert village.whole_in(_text(file)) == [], (options, ending)


def _when(name: str) -> tuple[str, ...]:
    return ("--month", "2026-02") if name == "disclosure" else ()


def _text(file: Path) -> str:
    """Everything a file says, hidden or not."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as packed:
            return "\n".join(packed.read(part).decode("utf-8", "replace") for part in packed.namelist())
    if file.suffix == ".pdf":
        return subprocess.run(
            ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
        ).stdout
    return file.read_text(encoding="utf-8-sig")


def test_the_sheet_to_sign_shows_the_end_of_an_account(village: Known, tmp_path: Path) -> None:
    file = tmp_path / "签领单.pdf"
    answer = command("dividend-sheet", village.book, "--year", "2025", "-o", file)
    assert answer.code == 0, answer.said
    text = _text(file)
    assert f"****{CARD[-4:]}" in text
    assert village.whole_in(text) == []


def test_no_text_of_the_book_itself_carries_one(village: Known) -> None:
    """Log, vouchers, drafts, certificates, cases: every text in every table, and the bytes of the file."""
    with closing(sqlite3.connect(f"file:{village.book}?mode=ro", uri=True)) as connection:
        dumped = "\n".join(connection.iterdump())
    assert village.whole_in(dumped) == []
    raw = b"".join(path.read_bytes() for path in village.book.parent.glob("*.vledger*"))
    assert not [number for number in village.numbers if number.encode() in raw]


# What is said when something is refused


def refusals(village: Known, folder: Path) -> Iterator[Answer]:
    number = village.numbers[0]
    wrong = number[:-1] + ("1" if number[-1] == "0" else "0")
    person = ("--person", "099/新来的", "--basis", "申请")
    yield command("member", village.book, "add", *person, "--id-number", number, *BY)
    yield command("member", village.book, "add", *person, "--id-number", wrong, *BY)
    correct = ("--person", CHILD, "--basis", "更正", "--field", "id_number", "--value")
    yield command("member", village.book, "correct", *correct, number, *BY)
    yield command("member", village.book, "correct", *correct, wrong, *BY)
    rows = [
        ("099", "新来的", "新来的", "户主", "男", number, "是", "2020-01-01", ""),
        ("098", "又来的", "又来的", "户主", "男", wrong, "也许", "2020-01-01", ""),
        ("097", number, wrong, "户主", "男", "", "是", "2020-01-01", ""),
    ]
    yield command("import", "members", village.book, write_csv(folder / "名册.csv", rows, MEMBERS), *BY)


def test_no_refusal_says_a_number_again(village: Known, tmp_path: Path) -> None:
    for answer in refusals(village, tmp_path):
        assert answer.code == 1, answer.said
        assert village.whole_in(answer.said + answer.out) == [], answer.said


# Children


def test_no_child_has_a_line_on_a_public_register(village: Known) -> None:
    answer = village.report("member-register", "--level", "L2", "--as-of", "2026-02-28")
    shown = json.loads(answer.out)["rows"]
    assert village.children
    assert len(shown) == len(village.people) - len(village.children)
    assert not [one.name for one in village.children if one.name in answer.out]


def test_no_child_is_named_on_the_wall(village: Known) -> None:
    """Who was paid is named where the amount is; a child by the household."""
    answer = village.report("disclosure", "--month", "2026-02")
    paid = [
        row["counterparty"]
        for sheet in json.loads(answer.out)["sheets"]
        for row in sheet["rows"]
        if "分红" in str(row.get("summary"))
    ]
    assert paid == ["001 户", ELDER]
    assert not [one.name for one in village.children if one.name in answer.out]


def test_who_closed_a_month_with_a_warning_answers_for_it_by_name(village: Known) -> None:
    answer = village.report("disclosure", "--month", "2025-01", "--sheets", "A", "--ledger", "collective")
    (sheet,) = json.loads(answer.out)["sheets"]
    assert [note for note in sheet["notes"] if "结账时放行" in note and f"（{WANG}：" in note]


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_no_child_is_on_any_sheet_of_a_year(village: Known, year: str) -> None:
    answer = village.report("disclosure", "--year", year)
    assert answer.code == 0, answer.said
    day = date(int(year), 12, 31)
    children = [one.name for one in village.people if is_child(one.birth, day)]
    assert children
    assert [name for name in children if name in answer.out] == []


def test_everybody_in_full_on_the_year_s_sheets_has_a_reason(village: Known) -> None:
    table = json.loads(village.report("disclosure-unmasked", "--year", "2025").out)
    assert [check["ok"] for check in table["checks"]] == [True]
    named = {row["name"] for row in table["rows"] if row["role"] == "detail"}
    assert {"何世全", "周德清"} <= named

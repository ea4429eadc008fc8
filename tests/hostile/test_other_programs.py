"""Files said to come from another bookkeeping program, and audit files, that want something else: refused, the book untouched."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import WANG, Village
from tests.oldbooks.old_files import BALANCES, JOURNAL, balances, journal, workbook
from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.exchange.exports.gbt24589_check import records_of
from village_ledger.exchange.oldbooks.old_book_reading import read_old_book

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A sound pair of balances and journal; tests spoil one of them."""
    return [balances(tmp_path), journal(tmp_path)]


def _refused(files: list[Path]) -> str:
    with pytest.raises(LedgerError) as refusal:
        read_old_book(files)
    assert str(refusal.value).endswith("。")
    return str(refusal.value)


def _rewritten(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The workbook with its parts changed by somebody with a tool."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _declares(doctype: str, encoding: str = "utf-8") -> Callable[[dict[str, bytes]], object]:
    def changed(parts: dict[str, bytes]) -> None:
        text = parts[SHEET].decode()
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        parts[SHEET] = (head + doctype + re.sub(r"^<\?xml[^>]*\?>", "", text)).encode(encoding)

    return changed


@pytest.mark.parametrize(
    "change",
    [
        _declares(BOMB),
        _declares(OUTSIDE),
        _declares(BOMB, "utf-16"),
        lambda parts: parts.__setitem__(SHEET, bytes(80 << 20)),
        lambda parts: parts.update({f"xl/x{number}.xml": b"<x/>" for number in range(5000)}),
        lambda parts: parts.__setitem__(SHEET, parts[SHEET][: len(parts[SHEET]) // 2]),
        lambda parts: parts.__setitem__(SHEET, b""),
        lambda parts: parts.pop(SHEET),
        lambda parts: parts.pop("xl/workbook.xml"),
        lambda parts: parts.__setitem__(SHEET, parts[SHEET].replace(b'r="A1"', b'r="ZZZZZZ1"')),
        lambda parts: parts.__setitem__(SHEET, parts[SHEET].replace(b'<row r="2"', b'<row r="99999999999"')),
    ],
    ids=[
        "entities", "a file from elsewhere", "entities in UTF-16", "a bomb", "parts without end", "cut", "empty",
        "no sheet", "no workbook", "a column there is not", "a row there is not",
    ],
)  # fmt: skip
def test_a_workbook_that_is_none(files: list[Path], change: Callable[[dict[str, bytes]], object]) -> None:
    _rewritten(files[0], change)
    assert _refused(files)


def test_names_in_a_workbook_lead_nowhere(files: list[Path], tmp_path: Path) -> None:
    """Parts under strange names are not unpacked anywhere; what is read is what it was."""
    true = read_old_book(files)
    before = set(tmp_path.parent.rglob("*"))
    _rewritten(
        files[0], lambda parts: parts.update({"../../evil": b"!", "/etc/evil": b"!", "C:\\evil": b"!"})
    )
    assert replace(read_old_book(files), digest=true.digest) == true
    assert set(tmp_path.parent.rglob("*")) == before


@pytest.mark.parametrize(
    "cell", ["=1+1", "=cmd|' /C calc'!A0", 1e308, 10**30, "1e400", "９９９", "nan", "-", "1,2,3", "\u202e100"]
)
def test_an_amount_that_is_none(files: list[Path], tmp_path: Path, cell: object) -> None:
    rows = [list(row) for row in BALANCES]
    rows[0][2] = cell
    del files
    assert _refused([balances(tmp_path, rows), journal(tmp_path)])


@pytest.mark.parametrize("cell", ["2024-13-01", "昨天", 99999999999, -1, "=NOW()", "0000-00-00"])
def test_a_day_that_is_none(tmp_path: Path, cell: object) -> None:
    rows = [list(row) for row in JOURNAL]
    rows[0][0] = cell
    assert _refused([balances(tmp_path), journal(tmp_path, rows)])


def test_what_is_no_file(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "夹.xlsx").mkdir()
    assert "文件夹" in _refused([tmp_path / "夹.xlsx", files[1]])
    assert "找不到" in _refused([tmp_path / "没有.xlsx", files[1]])
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管.xlsx")
        assert "不是普通文件" in _refused([tmp_path / "管.xlsx", files[1]])
    (tmp_path / "圈.xlsx").symlink_to(tmp_path / "圈.xlsx")
    assert _refused([tmp_path / "圈.xlsx", files[1]])


@pytest.mark.parametrize(
    "content", [b"\0" * 5000, b'"' * 5000, b"\xff\xfe\xff", b",\n" * 5000, "科目余额表".encode() * 900]
)
def test_a_csv_that_is_none(files: list[Path], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "余额.csv").write_bytes(content)
    assert _refused([tmp_path / "余额.csv", files[1]])


def test_more_rows_than_a_village_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("village_ledger.exchange.oldbooks.old_book_reading.MOST_RAW_ROWS", 100)
    rows = [["2024-03-01", f"记 - {number}", "x", "101", "现金", 1, None] for number in range(200)]
    assert _refused([balances(tmp_path), journal(tmp_path, rows)])


def test_by_command_the_book_stays_as_it_was(tmp_path: Path, run: Callable[..., Any]) -> None:
    with Village.found(tmp_path, start="2024-01") as village:
        path = village.path
    before = path.read_bytes()
    bad = workbook(tmp_path / "坏.xlsx", [["科目余额表"]])
    _rewritten(bad, _declares(BOMB))
    said = run("import", "old", path, bad, journal(tmp_path), "--ledger", "collective", "--by", WANG)
    assert said.code == 2
    assert said.said.strip().endswith("。")
    with Village(path) as village:
        assert village.reader.old_imports("collective") == []
        assert village.verify() == []
    assert len(path.read_bytes()) == len(before)


# audit files


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
def test_an_audit_file_that_declares_something_is_not_read(tmp_path: Path, doctype: str) -> None:
    file = tmp_path / "总账.xml"
    file.write_bytes(f'<?xml version="1.0" encoding="GB18030"?>{doctype}<总账>&a;</总账>'.encode("gb18030"))
    with pytest.raises(UnreadableError, match="不该有的定义"):
        list(records_of(file))


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xff", b"<", "<总账>".encode("gb18030"), b"<a/>" * 2, b"\0" * 100]
)
def test_an_audit_file_that_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "总账.xml").write_bytes(content)
    with pytest.raises(UnreadableError):
        list(records_of(tmp_path / "总账.xml"))

"""Bad input at the command line: every row named, the right exit code, and the book byte for byte as before."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.files import OPENING_HEADER, RENT, VOUCHER_HEADER, WATER_BILL, write_csv, write_xlsx
from village_ledger.storage.file import book_file
from village_ledger.storage.file.book_file import Access, open_book

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def contents(path: Path) -> list[str]:
    """Everything a book holds, as SQL."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        dump = list(connection.iterdump())
    connection.close()
    return dump


def line(number: str, account: str, debit: str, credit: str, **changes: str) -> tuple[str, ...]:
    cells = dict(
        zip(
            VOUCHER_HEADER,
            ("2025-03-08", "记", number, "付水费", account, debit, credit, "", "", "1"),
            strict=True,
        )
    )
    return tuple({**cells, **changes}.values())


FAULTY = {
    "unbalanced": [line("1", "513", "5", ""), line("1", "101", "", "6")],
    "one line": [line("1", "513", "5", "")],
    "zero": [line("1", "513", "0.00", ""), line("1", "101", "", "0")],
    "foreign ledger": [line("1", "5102", "5", ""), line("1", "101", "", "5")],
    "parent account": [line("1", "322", "5", ""), line("1", "101", "", "5")],
    "missing dimension": [line("1", "112", "5", ""), line("1", "101", "", "5")],
    "month before the start": [
        line("1", "513", "5", "", 日期="2025-02-08"),
        line("1", "101", "", "5", 日期="2025-02-08"),
    ],
    "future month": [
        line("1", "513", "5", "", 日期="2031-02-08"),
        line("1", "101", "", "5", 日期="2031-02-08"),
    ],
    "unknown account": [line("1", "599", "5", ""), line("1", "101", "", "5")],
    "number gap": [line("2", "513", "5", ""), line("2", "101", "", "5")],
    "three decimals": [line("1", "513", "5.125", ""), line("1", "101", "", "5.125")],
    "ambiguous amount": [line("1", "513", "1.234,5", ""), line("1", "101", "", "1234.50")],
    "a day that does not exist": [
        line("1", "513", "5", "", 日期="2025-02-29"),
        line("1", "101", "", "5", 日期="2025-02-29"),
    ],
    "NUL": [line("1", "513", "5", "", 摘要="付\x00费"), line("1", "101", "", "5")],
    "control character": [line("1", "513", "5", "", 往来单位="砖\x1b厂"), line("1", "101", "", "5")],
    "10,000 characters": [line("1", "513", "5", "", 摘要="长" * 10_000), line("1", "101", "", "5")],
}


@pytest.mark.parametrize("rows", FAULTY.values(), ids=FAULTY.keys())
@pytest.mark.parametrize("post", [(), ("--post",)], ids=["entered", "posted"])
def test_a_faulty_file_is_refused_whole(run, book, tmp_path, rows, post):
    before = contents(book)
    good = [line("1", "513", "5", "", 凭证字="付"), line("1", "101", "", "5", 凭证字="付")]
    file = write_csv(tmp_path / "坏.csv", [*rows, *good])
    answer = run("import", "vouchers", book, file, "--ledger", "collective", *post)
    assert answer.code == 1
    assert answer.out == ""
    assert answer.sentences[0].startswith(("第2行", "第3行"))
    assert answer.sentences[-1].endswith("一行也没有导入。账没有变化。请改好后再导入一次。")
    assert contents(book) == before


def test_a_number_the_book_has(run, posted, two):
    before = contents(posted)
    answer = run("import", "vouchers", posted, two, "--ledger", "collective", "--post")
    assert answer.code == 1
    assert [s[:3] for s in answer.sentences[:-1]] == ["第2行", "第4行"]
    assert contents(posted) == before


def test_a_closed_month(run, posted, tmp_path):
    from village_ledger.domain.period import Month, MonthState

    with open_book(posted, Access.WRITE, "王秀英") as book, book.unit_of_work("王秀英") as uow:
        uow.periods.set_state("collective", Month(2025, 3), MonthState.CLOSED)
        uow.commit()
    rows = [line("3", "513", "5", ""), line("3", "101", "", "5")]
    before = contents(posted)
    answer = run("import", "vouchers", posted, write_csv(tmp_path / "v.csv", rows), "--ledger", "collective")
    assert answer.code == 1
    assert "2025年3月已结账" in answer.said
    assert contents(posted) == before


@pytest.mark.parametrize("kind", ["accounts", "opening", "vouchers"])
def test_files_that_cannot_be_read_at_all(run, book, tmp_path, kind):
    before = contents(book)
    empty, wrong, damaged = tmp_path / "空.csv", tmp_path / "错.csv", tmp_path / "坏.xlsx"
    empty.write_bytes(b"")
    write_csv(wrong, [("a", "b")], header=["甲", "乙"])
    damaged.write_bytes(write_xlsx(damaged, WATER_BILL).read_bytes()[:900])
    for file in (empty, wrong, damaged, tmp_path / "没有.csv", tmp_path, book):
        answer = run("import", kind, book, file, "--ledger", "collective")
        assert answer.code == 2
        assert len(answer.sentences) == 1
        assert contents(book) == before


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_files_in_other_encodings_are_read(run, book, tmp_path, encoding):
    rows = [(*cells[:3], "付𬭎㛃䶮三人工资", *cells[4:]) for cells in WATER_BILL]
    file = write_csv(tmp_path / "v.csv", rows, encoding=encoding)
    assert run("import", "vouchers", book, file, "--ledger", "collective").code == 0
    with open_book(book, Access.READ) as opened:
        assert opened.reader().vouchers("collective")[0].summary == "付𬭎㛃䶮三人工资"


def test_a_formula_is_refused_by_its_place(run, book, tmp_path):
    rows = [list(cells) for cells in WATER_BILL]
    rows[0][5] = "=386+0.2"
    answer = run(
        "import",
        "vouchers",
        book,
        write_xlsx(tmp_path / "v.xlsx", rows, title="三月"),
        "--ledger",
        "collective",
    )
    assert answer.code == 1
    assert answer.sentences[0].startswith("第2行 工作表“三月” F列“借方金额”：是公式")


def test_an_opening_out_of_balance_and_a_second_one(run, book, tmp_path):
    before = contents(book)
    lame = write_csv(tmp_path / "l.csv", [("101", "", "", "5", "")], header=OPENING_HEADER)
    answer = run("import", "opening", book, lame, "--ledger", "collective")
    assert (answer.code, len(answer.sentences)) == (1, 1)
    assert contents(book) == before


def test_a_book_another_has_open(run, book, two):
    with open_book(book, Access.WRITE, "李会计"):
        answer = run("import", "vouchers", book, two, "--ledger", "collective")
    assert (answer.code, len(answer.sentences)) == (1, 1)
    assert "李会计" in answer.said
    assert run("import", "vouchers", book, two, "--ledger", "collective").code == 0


def test_a_medium_that_takes_no_writing(run, posted, two, monkeypatch):
    before = contents(posted)
    monkeypatch.setattr(book_file.os, "access", lambda *_: False)
    answer = run("import", "vouchers", posted, two, "--ledger", "collective")
    assert (answer.code, len(answer.sentences)) == (1, 1)
    assert run("verify", posted).code == 0
    monkeypatch.undo()
    assert contents(posted) == before


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="a folder nobody may write to is needed")
def test_a_path_without_permission_to_write(run):
    answer = run("new", "/proc/青山村.vledger", "--village", "青山村", "--start", "2025-01")
    assert (answer.code, len(answer.sentences)) == (2, 1)


def test_a_folder_that_is_not_there(run, tmp_path):
    answer = run("new", tmp_path / "没有" / "青山村.vledger", "--village", "青山村", "--start", "2025-01")
    assert (answer.code, len(answer.sentences)) == (2, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are a Unix thing")
def test_a_disk_that_is_full(posted, tmp_path):
    """A file may not grow beyond what it has: the import rolls back and says so."""
    rows = [line(str(n), "513", "5", "", 凭证字="付") for n in range(1, 9001)]
    rows += [line(str(n), "101", "", "5", 凭证字="付") for n in range(1, 9001)]
    file = write_csv(tmp_path / "多.csv", rows)
    before = contents(posted)
    limit = posted.stat().st_size + 65536
    program = (
        "import resource, sys; from village_ledger.cli.main import main; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
        f"sys.exit(main(['import', 'vouchers', {str(posted)!r}, {str(file)!r}, '--ledger', 'collective', '--post']))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=MAIN.parent,
        timeout=120,
    )
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert "账没有变化" in answer.stderr
    assert contents(posted) == before


@pytest.mark.parametrize("content", [b"", b"not a book at all", b"SQLite format 3\x00" + bytes(4096)])
def test_files_that_are_no_books(run, tmp_path, two, content):
    path = tmp_path / "假.vledger"
    path.write_bytes(content)
    for argv in (("verify", path), ("import", "vouchers", path, two), ("report", path, "trial-balance")):
        answer = run(*argv)
        assert (answer.code, len(answer.sentences)) == (2, 1)
        assert path.read_bytes() == content


def test_a_changed_byte_is_found_and_the_voucher_named(run, posted):
    with sqlite3.connect(posted) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = posted.read_bytes()
    summary = RENT[0][3].encode()
    assert content.count(summary) >= 1
    posted.write_bytes(content.replace(summary, summary.replace("收".encode(), "付".encode())))
    answer = run("verify", posted)
    assert answer.code == 1
    assert "2025-03/记-0002" in answer.out
    assert "2025-03/记-0001" not in answer.out

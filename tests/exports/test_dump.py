"""The complete dump and its import: the same books to the last byte, or nothing and a sentence."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.attachments.files import PDF
from tests.builders import QIAN, WANG, Village, pin_of
from tests.exports.dumping import content
from village_ledger.exchange.exports import export_dump
from village_ledger.exchange.exports.dump_text import Digesting, read_rows, write_rows
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.exchange.exports.import_dump import take_in
from village_ledger.services.book.verification import verify
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.file.dump import ColumnShape, shapes

OLD_BOOKS = Path(__file__).parents[1] / "old_books"


# The same books


def test_the_import_gives_the_same_books_to_the_last_byte(source, dumped, tmp_path):
    new = tmp_path / "新.vledger"
    assert take_in(new, dumped).warnings == ()
    assert content(new) == content(source)
    assert verify(new) == []


def test_the_dump_of_the_import_is_the_dump(source, dumped, tmp_path):
    new = tmp_path / "新.vledger"
    take_in(new, dumped)
    with open_book(new, Access.READ) as book:
        export(book, WANG, "dump", ExportRequest(tmp_path / "again"))
    for file in sorted(dumped.rglob("*")):
        if file.is_file() and file.name not in {"dump.json", "说明.txt"}:
            assert (tmp_path / "again" / file.relative_to(dumped)).read_bytes() == file.read_bytes(), (
                file.name
            )


def test_by_command_with_progress_and_a_dry_run(demo, run, tmp_path):
    folder, new = tmp_path / "out", tmp_path / "新.vledger"
    done = run("export", "dump", demo, "-o", folder, "--by", WANG)
    assert done.code == 0
    assert "out.key" in done.said
    tried = run("import", "dump", new, folder, "--dry-run")
    assert tried.code == 0
    assert "没有建任何文件" in tried.said
    assert not new.exists()
    taken = run("import", "dump", new, folder)
    assert taken.code == 0
    assert "是同样的账" in taken.said
    assert run("verify", new).code == 0
    for report in ("trial-balance", "balance-sheet"):
        asked = (report, "--ledger", "collective", "--year", "2025")
        assert run("report", new, *asked).out == run("report", demo, *asked).out
    assert run("report", new, "member-register").out == run("report", demo, "member-register").out


def test_where_there_are_staff_they_sign_in_to_the_new_book(tmp_path, by):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        village.hire_four()
    folder, new = tmp_path / "out", tmp_path / "新.vledger"
    assert by("export", "dump", village.path, "-o", folder, "--by", QIAN, pin=pin_of(QIAN)).code == 0
    assert by("import", "dump", new, folder).code == 0
    assert verify(new) == []
    again = by("export", "hledger", new, "-o", tmp_path / "a.journal", "--by", QIAN, pin=pin_of(QIAN))
    assert again.code == 0


def test_a_book_of_an_older_format_comes_up_to_date(tmp_path):
    """What this program's tables were at format 4 goes in and is migrated as an opened book would be."""
    old = tmp_path / "旧.vledger"
    shutil.copyfile(OLD_BOOKS / "format4.vledger", old)
    folder = tmp_path / "导出"
    dump_as_it_is(old, folder, 4)
    new = tmp_path / "新.vledger"
    take_in(new, folder)
    with open_book(old, Access.WRITE, WANG):
        pass
    assert {t: rows for t, rows in content(new).items() if t} == {
        t: rows for t, rows in content(old).items() if t
    }
    assert verify(new) == []


def dump_as_it_is(old: Path, folder: Path, version: int) -> None:
    """A dump as the program of that format would have written it."""
    folder.mkdir()
    files = {}
    with closing(sqlite3.connect(old)) as book:
        (uid,) = book.execute("SELECT uid FROM book").fetchone()
        plain = None

        class Asked:
            def exec_driver_sql(self, sql):
                return book.execute(sql)

        for table in shapes(Asked()):  # pyright: ignore[reportArgumentType]  only asks
            if table.name in export_dump.APART:
                continue
            order = ", ".join(f'"{c.name}"' for c in sorted(table.columns, key=lambda c: c.key or 99))
            rows = [list(row) for row in book.execute(f'SELECT * FROM "{table.name}" ORDER BY {order}')]
            if table.name == "data_key":
                plain = rows[0][3]
                rows[0][3] = None
            if table.name == "blob":
                (folder / "attachments").mkdir()
                for row in rows:
                    (folder / "attachments" / row[0]).write_bytes(row[4])
                    row[4] = ...
            with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                digest = Digesting(file)
                count = write_rows(digest, table.names, rows)
            files[f"{table.name}.csv"] = {"rows": count, "sha256": digest.hexdigest()}
    manifest = {"kind": export_dump.KIND, "version": 1, "book_format": version, "uid": uid}
    manifest |= {"key_apart": plain is not None, "files": files}
    (folder / "dump.json").write_text(json.dumps(manifest), encoding="utf-8")
    if plain is not None:
        key = {"kind": export_dump.KEY_KIND, "version": 1, "uid": uid, "data_key": plain.hex()}
        export_dump.key_file_of(folder).write_text(json.dumps(key), encoding="utf-8")


def test_attachments_in_the_book_and_beside_it(tmp_path, run):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
    small, large = tmp_path / "小.pdf", tmp_path / "大.pdf"
    small.write_bytes(PDF)
    large.write_bytes(PDF + b"\0" * (6 << 20))
    for file in (small, large):
        assert run("attach", path, "voucher:2025-03/记-0001", file, "--ledger", "collective").code == 0
    folder, new = tmp_path / "out", tmp_path / "新.vledger"
    assert run("export", "dump", path, "-o", folder).code == 0
    kept = {file.name for file in (folder / "attachments").iterdir()}
    assert kept == {sha256(file.read_bytes()).hexdigest() for file in (small, large)}
    assert run("import", "dump", new, folder).code == 0
    assert verify(new) == []
    beside = tmp_path / "新.vledger.attachments"
    assert [file.name for file in beside.iterdir()] == [sha256(large.read_bytes()).hexdigest()]
    (folder / "attachments" / sha256(large.read_bytes()).hexdigest()).unlink()
    lacking = run("import", "dump", tmp_path / "缺.vledger", folder)
    assert lacking.code == 0
    assert "少了 1 个大附件" in lacking.said


# What may leave


def test_the_key_lies_beside_the_folder_and_never_in_it(source):
    folder = source.parent / "dump"
    key = json.loads((source.parent / "dump.key").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(source)) as book:
        (plain,) = book.execute("SELECT plain FROM data_key").fetchone()
    assert key["data_key"] == plain.hex()
    if os.name == "posix":
        assert stat.S_IMODE((source.parent / "dump.key").stat().st_mode) == 0o600
    assert not any(plain.hex().encode() in file.read_bytes() for file in folder.glob("*.*"))
    assert not (folder / "staff_pin.csv").exists()
    assert not (folder / "key_wrap.csv").exists()


def numbers_in(folder):
    with (folder / "person_numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["number"] for row in csv.DictReader(file)]


def test_numbers_of_people_are_masked_or_whole_with_a_reason(demo, run, tmp_path):
    assert run("export", "dump", demo, "-o", tmp_path / "L1").code == 0
    asked = ("--level", "L0", "--reason", "换软件")
    assert run("export", "dump", demo, "-o", tmp_path / "L0", *asked).code == 0
    masked, whole = numbers_in(tmp_path / "L1"), numbers_in(tmp_path / "L0")
    assert len(masked) == len(whole) > 200
    assert all("*" in number or not number for number in masked)
    assert not any("*" in number for number in whole)
    shown = (tmp_path / "L1" / "person_fact.csv").read_text(encoding="utf-8")
    assert not any(number in shown for number in whole if len(number) == 18)


def test_a_number_typed_into_a_summary_is_said(tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "付 510903199001010018 的款", "借 101 6; 贷 501 6")
        done = export(village.book, WANG, "dump", ExportRequest(tmp_path / "out"))
    assert any("2 处写着证件号" in warning for warning in done.warnings)


def test_a_dictionary_names_every_column_and_the_readme_the_rest(source):
    folder = source.parent / "dump"
    with (folder / "dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [(row["表"], row["列"]) for row in csv.DictReader(file)]
    for table in folder.glob("*.csv"):
        if table.name not in {"dictionary.csv", "person_numbers.csv"}:
            with table.open(encoding="utf-8-sig", newline="") as file:
                head = next(csv.reader(file))
            assert [column for name, column in listed if name == table.stem] == head
    tables = json.loads((folder / "dump.json").read_text(encoding="utf-8"))["tables"]
    spoken = [(name, column["name"]) for name, table in tables.items() for column in table["columns"]]
    assert spoken == listed
    assert tables["voucher"]["title"] == "记账凭证"
    assert "dump.key" in (folder / "说明.txt").read_text(encoding="utf-8")


# Value by value


CELLS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    st.binary(),
    st.sampled_from(["=1+1", "'", "\\N", "\\x00", "\\@", "-1", "\r\n", '"', "", "＝1", "\ufeff"]),
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_every_value_comes_back_as_it_was(rows):
    class Kept(list[str]):
        write = list[str].append

    kept = Kept()
    rows = [
        (a if isinstance(a, int) or a is None else None, None if isinstance(b, int) else b) for a, b in rows
    ]
    write_rows(kept, ("数", "字"), rows)
    columns = (ColumnShape("数", "integer", True, 0), ColumnShape("字", "text", True, 0))
    found = list(read_rows(io.StringIO("".join(kept), newline=""), "表", columns))
    assert [tuple(row) for row in found] == rows


def test_verify_proves_a_dump_as_it_stands(dumped, run):
    answer = run("verify", dumped)
    assert answer.code == 0
    assert "每一环都对得上" in answer.out
    file = dumped / "account.csv"
    file.write_bytes(file.read_bytes().replace("库存现金".encode(), "库存现银".encode()))
    answer = run("verify", dumped)
    assert answer.code == 1
    assert "account.csv" in answer.out
    assert "导出的数据不全，或改动过" in answer.said


def test_verify_says_what_a_folder_is_not(tmp_path, run):
    answer = run("verify", tmp_path)
    assert answer.code == 2
    assert "不是会计档案：里面没有清单" in answer.said


def test_a_fingerprint_is_of_what_is_signed(made, run):
    answer = run("verify", made, "--fingerprint", "0000")
    assert answer.code == 2
    assert "--fingerprint 只用于送审包和会计档案" in answer.said

"""One writer at a time: who comes second reads, and hears who has the book open and since when."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builders import LI, WANG, Village, blank_book
from village_ledger.domain.errors import BookBusy
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.file.lock import WriterLock

HOLD = """
import sys
from pathlib import Path
from village_ledger.storage.file.book_file import Access, open_book
book = open_book(Path(sys.argv[1]), Access.WRITE, "王秀英")
print("open" if not book.read_only else book.read_only_reason, flush=True)
sys.stdin.read()
book.close()
"""


@contextmanager
def another_process_has_it(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_opener_reads_and_hears_who_and_since_when(tmp_path: Path):
    path = blank_book(tmp_path)
    with another_process_has_it(path), open_book(path, Access.WRITE, LI) as book:
        assert book.read_only
        assert re.fullmatch(
            r"这本账正在 王秀英 的电脑（.+）上打开，从 \d\d月\d\d日 \d\d:\d\d 起", book.read_only_reason
        )
        assert book.reader().book().village == "青山村"
        with pytest.raises(BookBusy, match="王秀英"):
            book.unit_of_work(LI)


def test_the_same_program_cannot_open_it_twice_for_writing_either(village: Village):
    with open_book(village.path, Access.WRITE, LI) as second:
        assert WANG in second.read_only_reason
    assert village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6").ref.number == 1


def test_closing_gives_the_book_to_the_next(tmp_path: Path):
    with Village.found(tmp_path) as village:
        path = village.path
    with open_book(path, Access.WRITE, LI) as book:
        assert not book.read_only
    assert not path.with_name(f"{path.name}.holder").exists()


def test_a_lock_left_by_a_killed_process_is_found_stale_by_trying_it(tmp_path: Path):
    path = blank_book(tmp_path)
    with another_process_has_it(path) as process:
        process.kill()
        process.wait()
        assert path.with_name(f"{path.name}.holder").exists()  # the note stays; only the lock counts
        with open_book(path, Access.WRITE, LI) as book:
            assert not book.read_only
            assert book.reader().book().village == "青山村"


@pytest.mark.parametrize("note", ["", "{", "[1]", '{"holder": "王秀英"}', '{"since": "gestern"}'])
def test_an_unreadable_note_still_makes_a_sentence(village: Village, note: str):
    holder = village.path.with_name(f"{village.path.name}.holder")
    holder.write_text(note, encoding="utf-8")
    with open_book(village.path, Access.WRITE, LI) as second:
        assert second.read_only_reason == "这本账正在别处打开"
        with pytest.raises(BookBusy, match="这本账正在别处打开"):
            second.unit_of_work(LI)


def test_where_no_note_can_be_left_no_lock_is_kept(tmp_path: Path):
    path = blank_book(tmp_path)
    path.with_name(f"{path.name}.holder").mkdir()  # writing the note fails
    with open_book(path, Access.WRITE, WANG) as book:
        assert book.read_only_reason == "这本账所在的位置不能写，只能查看"
    path.with_name(f"{path.name}.holder").rmdir()
    with open_book(path, Access.WRITE, WANG) as book:
        assert not book.read_only


def test_the_lock_is_had_by_one(tmp_path: Path):
    first, second = WriterLock(tmp_path / "a.vledger"), WriterLock(tmp_path / "a.vledger")
    assert first.acquire(WANG)
    assert not second.acquire(LI)
    first.release()
    assert second.acquire(LI)
    second.release()

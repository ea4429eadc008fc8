"""Opening a book: never a write, never a traceback, never somebody else's file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import Village, blank_book, draft, mounted
from village_ledger.domain.errors import BookFileError, ReadOnlyError
from village_ledger.domain.period import Month, Span
from village_ledger.services.book import books, verification
from village_ledger.storage import upgrade
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import FORMAT, BookSpec


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A closed book with a posted voucher."""
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 600; 贷 501 600")
        return village.path


def header(path: Path, pragma: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {pragma}")
        connection.commit()


def missing(folder: Path) -> Path:
    return folder / "没有.vledger"


def empty(folder: Path) -> Path:
    (folder / "空.vledger").touch()
    return folder / "空.vledger"


def directory(folder: Path) -> Path:
    (folder / "夹.vledger").mkdir()
    return folder / "夹.vledger"


def a_letter(folder: Path) -> Path:
    path = folder / "信.vledger"
    path.write_text("这不是账簿。" * 1000, encoding="utf-8")
    return path


def another_database(folder: Path) -> Path:
    path = folder / "别的.vledger"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photo (id)")
    return path


def newer(folder: Path) -> Path:
    path = blank_book(folder, name="新.vledger")
    header(path, f"user_version={FORMAT + 1}")
    return path


def cut_off(folder: Path) -> Path:
    path = blank_book(folder, name="断.vledger")
    path.write_bytes(path.read_bytes()[: 4096 * 3])
    return path


def cut_within_the_first_page(folder: Path) -> Path:
    path = blank_book(folder, name="断.vledger")
    path.write_bytes(path.read_bytes()[:2000])
    return path


def scribbled_over(folder: Path) -> Path:
    path = blank_book(folder, name="花.vledger")
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    return path


UNREADABLE = {
    missing: "找不到账簿文件",
    empty: "是空文件",
    directory: "是一个文件夹",
    a_letter: "不是村账的账簿文件",
    another_database: "不是村账的账簿文件",
    newer: "更新版本的程序",
    cut_off: "可能已损坏",
    cut_within_the_first_page: "可能已损坏",
    scribbled_over: "可能已损坏",
}


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("make", UNREADABLE, ids=lambda make: make.__name__)
def test_what_is_no_book_is_refused_in_one_sentence_and_left_alone(tmp_path: Path, make, access: Access):
    path: Path = make(tmp_path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BookFileError, match=UNREADABLE[make]) as refusal:
        open_book(path, access, "王秀英")
    assert "程序没有改动" in str(refusal.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not list(tmp_path.glob("*.lock"))


def test_a_name_no_file_can_have_is_refused_too(tmp_path: Path):
    for name in ("长" * 300 + ".vledger", "空\0白.vledger"):
        with pytest.raises(BookFileError, match="打不开"):
            open_book(tmp_path / name, Access.READ)


def test_looking_at_a_book_changes_no_byte_of_it(kept: Path):
    before, changed = kept.read_bytes(), kept.stat().st_mtime_ns
    with open_book(kept, Access.READ) as book:
        reader = book.reader()
        assert reader.turnovers("collective", Span.of_year(2025))
        assert reader.account_ledger("collective", "101", Span.of_year(2025)).page(0, 10)
        assert reader.vouchers("collective")
        assert reader.operations()
    assert verification.verify(kept) == []
    assert kept.read_bytes() == before
    assert kept.stat().st_mtime_ns == changed


def test_opening_for_writing_and_closing_again_changes_no_byte_either(kept: Path):
    before = kept.read_bytes()
    with open_book(kept, Access.WRITE, "王秀英") as book:
        assert not book.read_only
        assert book.reader().turnovers("collective", Span.of_year(2025))
    assert kept.read_bytes() == before
    assert sorted(p.name for p in kept.parent.iterdir() if not p.name.endswith(".lock")) == [kept.name]


def test_what_is_opened_to_look_at_refuses_to_write(kept: Path):
    with open_book(kept, Access.READ) as book:
        assert book.read_only
        with pytest.raises(ReadOnlyError, match="只读查看"):
            book.unit_of_work("王秀英")


def test_a_reader_sees_what_the_writer_posts_meanwhile(kept: Path):
    with Village(kept) as village, open_book(kept, Access.READ) as looked_at:
        village.posted("2025-03-09", "收租金", "借 101 400; 贷 501 400")
        (cash, _) = looked_at.reader().turnovers("collective", Span.of_year(2025))
        assert cash.closing == 1_000_00


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """A medium nobody can write to: for root a read-only mount, for others a folder without write permission."""
    with mounted("-t", "tmpfs", "village") as disc:
        folder = disc or tmp_path
        blank_book(folder)
        if disc is not None:
            subprocess.run(["mount", "-o", "remount,ro", str(disc)], check=True)
        else:
            folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        with pytest.MonkeyPatch.context() as patch:
            if (
                os.geteuid() == 0 and disc is None
            ):  # root in a sandbox without mounts: say what such a medium says
                patch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
            yield folder
        if disc is None:
            folder.chmod(stat.S_IRWXU)


def test_a_book_on_a_medium_without_writing_opens_to_look_at(read_only_folder: Path):
    path = read_only_folder / "青山村.vledger"
    with open_book(path, Access.WRITE, "王秀英") as book:
        assert book.read_only_reason == "这本账所在的位置不能写，只能查看"
        assert book.reader().book().village == "青山村"
        with pytest.raises(ReadOnlyError, match="这本账所在的位置不能写"):
            book.unit_of_work("王秀英")
    assert [p.name for p in read_only_folder.iterdir()] == ["青山村.vledger"]


def test_a_book_on_a_full_disk_opens_to_look_at_and_says_so():
    """Not a byte is left for what a reader keeps beside a book: still it is read, and nothing of it is written."""
    with mounted("-t", "tmpfs", "-o", "size=4m", "tmpfs") as disk:
        if disk is None:
            pytest.skip("no disk of a size of its own here")
        path = blank_book(disk)
        before = path.read_bytes()
        with (disk / "照片").open("wb", buffering=0) as rest, contextlib.suppress(OSError):
            while rest.write(b"0" * 4096):
                pass
        for access in Access:
            with open_book(path, access, "王秀英") as book:
                assert book.reader().book().village == "青山村"
                with pytest.raises(ReadOnlyError):
                    book.unit_of_work("王秀英")
        with open_book(path, Access.WRITE, "王秀英") as book:
            assert book.read_only_reason == "这本账所在的盘满了，只能查看"
            with pytest.raises(ReadOnlyError, match="清出一些空间"):
                book.unit_of_work("王秀英")
        assert path.read_bytes() == before
        (disk / "照片").unlink()
        with open_book(path, Access.WRITE, "王秀英") as book:
            assert not book.read_only


def test_no_book_is_made_where_nothing_can_be_written(read_only_folder: Path):
    with pytest.raises(BookFileError, match=r"不能写|建不了文件") as refusal:
        books.new_book(read_only_folder / "新.vledger", BookSpec("青山村", Month(2025, 1)), "王秀英")
    assert "没有留下半个文件" in str(refusal.value)


def test_a_book_whose_log_waits_beside_it_is_read_with_its_log(tmp_path: Path):
    """Copied away while it was open: the last vouchers stand in the -wal file still."""
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 600; 贷 501 600")
        away = tmp_path / "拷走"
        away.mkdir()
        for name in (village.path.name, f"{village.path.name}-wal"):
            (away / name).write_bytes((tmp_path / name).read_bytes())
    with open_book(away / village.path.name, Access.READ) as book:
        assert len(book.reader().vouchers("collective")) == 1
    with Village(away / village.path.name) as copied:
        assert copied.verify() == []


def test_an_older_book_that_cannot_be_written_waits_for_its_upgrade(kept: Path):
    header(kept, "user_version=0")
    with pytest.raises(BookFileError, match="旧版本程序做的"):
        open_book(kept, Access.READ)


def test_an_older_book_is_upgraded_when_opened_for_writing(kept: Path, monkeypatch: pytest.MonkeyPatch):
    header(kept, "user_version=0")
    seen: list[Path] = []

    def upgraded(path: Path) -> None:
        seen.append(path)
        header(path, f"user_version={FORMAT}")

    monkeypatch.setattr(upgrade, "upgrade", upgraded)
    with open_book(kept, Access.WRITE, "王秀英") as book:
        assert not book.read_only
    assert seen == [kept]


def test_an_upgrade_that_fails_gives_the_lock_back(kept: Path, monkeypatch: pytest.MonkeyPatch):
    header(kept, "user_version=0")

    def failing(path: Path) -> None:
        raise BookFileError("升级账簿时核对余额不一致，已停止")

    monkeypatch.setattr(upgrade, "upgrade", failing)
    with pytest.raises(BookFileError, match="余额不一致"):
        open_book(kept, Access.WRITE, "王秀英")
    header(kept, f"user_version={FORMAT}")
    with open_book(kept, Access.WRITE, "王秀英") as book:
        assert not book.read_only


def test_a_draft_nobody_can_read_any_more_does_not_keep_the_others_back(village: Village):
    village.autosave(draft("2025-03-08", "收租金", "借 101 600"))
    with village.raw() as connection:
        connection.execute("INSERT INTO draft (saved_at, \"by\", body) VALUES ('x', 'x', '{\"ledger\": 1}')")
        connection.execute("INSERT INTO draft (saved_at, \"by\", body) VALUES ('x', 'x', 'not json')")
    assert [d.draft.lines[0].summary for d in village.reader.drafts()] == ["收租金"]


def wrong_with(path: Path) -> list[str]:
    """What the program says of a file, opened or not."""
    try:
        return [finding.sentence() for finding in verification.verify(path)]
    except BookFileError as refusal:
        return [str(refusal)]


def test_every_page_that_is_lost_is_said_to_be_damage(tmp_path: Path):
    """A stick pulled out while copying: some page holds nothing."""
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收张三租金", "借 113@张三 600; 贷 501 600")
        path = village.path
    whole = path.read_bytes()
    for start in range(0, len(whole), 4096):
        path.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        assert wrong_with(path), f"page {start // 4096 + 1}"

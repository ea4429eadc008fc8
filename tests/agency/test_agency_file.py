"""The workspace file: whose books an agency keeps, read whole or refused in one sentence."""

import json
import os
import shutil
import subprocess
from contextlib import suppress
from zipfile import ZipFile

import pytest

from tests.agency.agencies import BAIYUN, HEISHI, OFFICE, QINGSHAN, an_agency, village_book
from tests.builders import mounted
from tests.review.township import sent
from village_ledger.domain.agency import AgencyMember, KeptBook, Workspace
from village_ledger.domain.errors import (
    AgencyError,
    BadWorkspace,
    BookFileError,
    LedgerError,
    ReadOnlyError,
)
from village_ledger.domain.package import BOOK
from village_ledger.domain.period import Month
from village_ledger.exchange.agency import agency_file, agency_text
from village_ledger.exchange.agency.agency_file import (
    create_workspace,
    drop_book,
    ensure_kept,
    find_book,
    keep_book,
    kept_book,
    open_kept,
    place_of,
    read_workspace,
)
from village_ledger.services.book import books
from village_ledger.storage.file.book_file import Access
from village_ledger.storage.spec import BookSpec


@pytest.fixture
def agency(tmp_path):
    return an_agency(tmp_path, QINGSHAN, BAIYUN, staffed=False)


def rewritten(agency, **said):
    """The file with something else in it, sealed as we would."""
    kept = json.loads(agency.path.read_text(encoding="utf-8"))
    kept.pop("digest")
    kept |= said
    agency.path.write_text(json.dumps(kept | {"digest": agency_text.digest_of(kept)}), encoding="utf-8")


def fill(path):
    """A file that takes all the room there is."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass


# what is written is read again


def test_a_workspace_says_again_what_it_was_told(tmp_path):
    told = Workspace(
        OFFICE,
        (
            KeptBook("0" * 32, QINGSHAN, "账/青山村.vledger"),
            KeptBook("1" * 32, BAIYUN, "D:/账/白云村.vledger"),
        ),
        (AgencyMember("钱书记", "$argon2id$…", True, 2, "", "", (("0" * 32, "x|y"),)),),
    )
    create_workspace(tmp_path / "代管.vlagency", told)
    assert read_workspace(tmp_path / "代管.vlagency") == told


def test_a_workspace_never_overwrites_a_file(agency):
    before = agency.path.read_bytes()
    with pytest.raises(AgencyError, match="已经有了，不会覆盖"):
        create_workspace(agency.path, Workspace(OFFICE))
    assert agency.path.read_bytes() == before


def test_a_workspace_has_its_own_ending(tmp_path):
    with pytest.raises(AgencyError, match=r"要以 .vlagency 结尾"):
        create_workspace(tmp_path / "代管.json", Workspace(OFFICE))


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(BookFileError, match=r"没有“.*”这个文件夹"):
        create_workspace(tmp_path / "没有" / "代管.vlagency", Workspace(OFFICE))


def test_nothing_is_written_where_nothing_changed(agency):
    before = agency.path.stat().st_mtime_ns, agency.path.stat().st_ino
    agency.keep(agency.book(QINGSHAN))
    assert (agency.path.stat().st_mtime_ns, agency.path.stat().st_ino) == before


def test_what_refuses_a_change_leaves_the_file(agency):
    before = agency.path.read_bytes()
    with pytest.raises(AgencyError, match="没有这个村"):
        drop_book(agency.path, "f" * 32)
    assert agency.path.read_bytes() == before


# files that are none


def test_every_flipped_byte_is_noticed(agency):
    """Each byte once, one bit of it: what is read is refused, or says exactly the same."""
    whole, said = agency.path.read_bytes(), agency.says
    for place in range(len(whole)):
        torn = bytearray(whole)
        torn[place] ^= 1
        agency.path.write_bytes(torn)
        try:
            assert read_workspace(agency.path) == said
        except BadWorkspace:
            continue


def test_every_truncation_is_noticed(agency):
    whole = agency.path.read_bytes().rstrip()
    for length in range(len(whole)):
        agency.path.write_bytes(whole[:length])
        with pytest.raises(BadWorkspace):
            read_workspace(agency.path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "是空文件"),
        (b"{", "缺了内容"),
        (b"[1]", "不是代管工作区"),
        (b'{"kind": "a shop"}', "不是代管工作区"),
        (b"PK\x03\x04", "缺了内容"),
        (b"SQLite format 3\x00", "缺了内容"),
        (b"[" * 100_000, "缺了内容"),
        (b'{"kind": "village-ledger agency workspace"}', "缺了内容"),
        (b'{"kind": "village-ledger agency workspace", "format": 3, "more": 1}', "更新版本的程序"),
        (b'{"kind": "village-ledger agency workspace", "format": true}', "缺了内容"),
    ],
)
def test_a_file_that_is_none(agency, content, sentence):
    agency.path.write_bytes(content)
    with pytest.raises(BadWorkspace, match=sentence) as refused:
        read_workspace(agency.path)
    assert refused.value.exit_code == 2


def test_a_missing_workspace_and_a_folder(tmp_path):
    with pytest.raises(BadWorkspace, match=r"找不到工作区 代管.vlagency"):
        read_workspace(tmp_path / "代管.vlagency")
    with pytest.raises(BadWorkspace, match="不是一个文件"):
        read_workspace(tmp_path)


def test_a_file_too_large_is_not_read(agency):
    with agency.path.open("ab") as file:
        file.truncate(agency_file.MOST_BYTES + 1)
    with pytest.raises(BadWorkspace, match="大得不像"):
        read_workspace(agency.path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "代管.vlagency")
    with pytest.raises(BadWorkspace, match="不是一个文件"):
        read_workspace(tmp_path / "代管.vlagency")


@pytest.mark.parametrize(
    "said",
    [
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "../青山村.vledger"}]},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "账/../../青山村.vledger"}]},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "账\\..\\青山村.vledger"}]},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "//机器/账/青山村.vledger"}]},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "\\\\机器\\青山村.vledger"}]},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "C:青山村.vledger"}]},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "a\x00b"}]},
        {"books": [{"uid": "../../etc", "village": QINGSHAN, "path": "a.vledger"}]},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "a.vledger"}] * 2},
        {"books": [{"uid": "0" * 32, "village": QINGSHAN, "path": "a.vledger", "more": 1}]},
        {"books": {}},
        {"books": [7]},
        {"members": [{"name": "钱书记"}]},
        {"office": ""},
        {"office": " 镇 "},
        {"office": "x" * 5000},
        {"more": 1},
    ],
)
def test_a_file_that_says_what_we_never_write(agency, said):
    rewritten(agency, **said)
    with pytest.raises(BadWorkspace, match="缺了内容"):
        read_workspace(agency.path)


def test_what_could_not_be_read_again_is_not_written(agency):
    before = agency.path.read_bytes()
    with pytest.raises(BadWorkspace):
        agency_file.change_workspace(agency.path, lambda now: Workspace("", now.books, now.members))
    assert agency.path.read_bytes() == before


# where it lies


def test_a_read_only_place():
    with mounted("-t", "tmpfs", "tmpfs") as folder:
        if folder is None:
            pytest.skip("mounting is not allowed here")
        agency = an_agency(folder, QINGSHAN, staffed=False)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert agency.says.office == OFFICE
        with pytest.raises(ReadOnlyError, match="工作区所在的位置不能写"):
            drop_book(agency.path, agency.kept(QINGSHAN).uid)


def test_a_full_disk_leaves_the_workspace_as_it_was():
    with mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs") as folder:
        if folder is None:
            pytest.skip("mounting is not allowed here")
        path = folder / "代管.vlagency"
        create_workspace(path, Workspace(OFFICE))
        before = path.read_bytes()
        fill(folder / "满")
        books = tuple(KeptBook(f"{n:032x}", f"{n}村", f"{n}.vledger") for n in range(200))
        with pytest.raises(BookFileError, match="磁盘满了"):
            agency_file.change_workspace(path, lambda now: Workspace(now.office, books))
        assert path.read_bytes() == before


def test_two_at_once_wait_for_one_another(agency, monkeypatch):
    monkeypatch.setattr(agency_file, "WAIT_SECONDS", 0.0)
    with agency_file.FileLock(f"{agency.path}.lock"), pytest.raises(AgencyError, match="正在别处改动"):
        drop_book(agency.path, agency.kept(QINGSHAN).uid)
    drop_book(agency.path, agency.kept(QINGSHAN).uid)


# the books it names


def test_books_beneath_the_workspace_move_with_it(agency, tmp_path):
    (tmp_path / "U盘").mkdir()
    for file in (agency.path, agency.book(QINGSHAN)):
        shutil.move(file, tmp_path / "U盘" / file.name)
    moved = tmp_path / "U盘" / agency.path.name
    with open_kept(moved, find_book(read_workspace(moved), QINGSHAN), Access.READ) as book:
        assert book.reader().book().village == QINGSHAN


def test_a_book_elsewhere_is_kept_by_its_whole_path(tmp_path):
    for name in ("镇", "村"):
        (tmp_path / name).mkdir()
    agency = an_agency(tmp_path / "镇", staffed=False)
    kept = agency.keep(village_book(tmp_path / "村", QINGSHAN, staffed=False))
    assert kept.path == (tmp_path / "村" / "青山村.vledger").as_posix()
    assert place_of(agency.path, kept).is_file()


def test_a_missing_book_is_named(agency):
    agency.book(QINGSHAN).unlink()
    with pytest.raises(AgencyError, match=r"找不到青山村的账簿 青山村.vledger.*再加一次"):
        open_kept(agency.path, agency.kept(QINGSHAN), Access.READ)


def test_a_moved_book_is_added_again(agency, tmp_path):
    (tmp_path / "新").mkdir()
    moved = agency.book(QINGSHAN).rename(tmp_path / "新" / "青山村2025.vledger")
    kept, is_new = keep_book(agency.path, moved)
    assert (kept.path, is_new) == ("新/青山村2025.vledger", False)
    assert [one.village for one in agency.says.books] == [QINGSHAN, BAIYUN]
    assert ensure_kept(agency.path, agency.kept(QINGSHAN)) == moved


def test_another_villages_book_in_its_place_is_named(agency):
    before = agency.book(BAIYUN).read_bytes()
    shutil.copyfile(agency.book(BAIYUN), agency.book(QINGSHAN))
    with pytest.raises(AgencyError, match=r"青山村.vledger 不是青山村的账簿，是白云村的"):
        open_kept(agency.path, agency.kept(QINGSHAN), Access.WRITE, "王秀英")
    assert agency.book(QINGSHAN).read_bytes() == before


def test_a_new_book_of_the_same_name_is_not_the_same_book(agency, tmp_path):
    agency.book(QINGSHAN).unlink()
    books.new_book(tmp_path / "青山村.vledger", BookSpec(QINGSHAN, Month(2026, 1)), "王秀英")
    with pytest.raises(AgencyError, match="是同名的另一本账"):
        ensure_kept(agency.path, agency.kept(QINGSHAN))


def test_a_second_copy_is_not_kept(agency, tmp_path):
    copy = shutil.copyfile(agency.book(QINGSHAN), tmp_path / "副本.vledger")
    with pytest.raises(AgencyError, match=r"副本.vledger 是同一本账的另一份"):
        keep_book(agency.path, copy)


@pytest.mark.parametrize("content", [b"", b"no book", b"SQLite format 3\x00" + bytes(100)])
def test_what_is_no_book_is_not_kept(agency, tmp_path, content):
    (tmp_path / "x.vledger").write_bytes(content)
    with pytest.raises(BookFileError):
        keep_book(agency.path, tmp_path / "x.vledger")
    agency.book(QINGSHAN).write_bytes(content)
    with pytest.raises(LedgerError):
        ensure_kept(agency.path, agency.kept(QINGSHAN))


def test_a_folder_or_a_pipe_in_its_place(agency):
    agency.book(QINGSHAN).unlink()
    agency.book(QINGSHAN).mkdir()
    with pytest.raises(AgencyError, match="不是一个文件"):
        ensure_kept(agency.path, agency.kept(QINGSHAN))


def test_a_packages_copy_is_not_kept(agency, tmp_path):
    with agency.village(QINGSHAN) as village:
        made = sent(village, tmp_path)
    with ZipFile(made.path) as parts:
        (tmp_path / "包里.vledger").write_bytes(parts.read(BOOK))
    with pytest.raises(AgencyError, match="送审包里的账，不能代管"):
        keep_book(agency.path, tmp_path / "包里.vledger")
    shutil.copyfile(tmp_path / "包里.vledger", agency.book(QINGSHAN))
    with pytest.raises(AgencyError, match="不是青山村自己的账簿"):
        ensure_kept(agency.path, agency.kept(QINGSHAN))


def test_a_dropped_book_stays_where_it_is(agency):
    path = agency.book(QINGSHAN)
    drop_book(agency.path, agency.kept(QINGSHAN).uid)
    assert path.is_file()
    assert [one.village for one in agency.says.books] == [BAIYUN]


def test_a_book_is_found_by_its_name_or_its_id(agency):
    uid = agency.kept(QINGSHAN).uid
    assert find_book(agency.says, uid[:8]) == agency.kept(QINGSHAN) == kept_book(agency.path, uid)
    with pytest.raises(AgencyError, match="没有“黑石村”"):
        find_book(agency.says, HEISHI)
    twins = Workspace(OFFICE, (KeptBook("0" * 32, "东村", "a"), KeptBook("1" * 32, "东村", "b")))
    with pytest.raises(AgencyError, match=r"有 2 本.*00000000、11111111"):
        find_book(twins, "东村")

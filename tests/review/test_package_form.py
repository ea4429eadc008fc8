"""The bytes around and within a package: every region changed, cut, shifted or announced falsely is noticed before it is used."""

from __future__ import annotations

import io
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import Village
from tests.review.township import Members, a_year, packed, said_time, sent, signed_again, unpacked
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, DiskFullError, LedgerError
from village_ledger.domain.package import BOOK, FIXED, MANIFEST, WORKBOOK, Limits
from village_ledger.exchange.review import package_reading
from village_ledger.exchange.review.package_reading import opened
from village_ledger.exchange.review.package_zip import open_zip, write_zip

LOCAL, ENTRY, END = 30, 46, 22
LOCAL_FIELDS = (4, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2)
"""Bytes of each field before a member: mark, version, flags, method, time, day, check, packed, size, name, extra."""
ENTRY_FIELDS = (4, 2, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4)
END_FIELDS = (4, 2, 2, 2, 2, 4, 4, 2)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound package; tests spoil copies of it."""
    folder = tmp_path_factory.mktemp("包")
    with Village.found(folder) as village:
        a_year(village)
        return sent(village, folder).path


@pytest.fixture
def members(package: Path) -> Members:
    return unpacked(package)


@pytest.fixture
def bad(tmp_path: Path) -> Callable[[bytes], Path]:
    """Bytes as a package beside nothing else."""

    def written(raw: bytes) -> Path:
        path = tmp_path / "坏.vlpkg"
        path.write_bytes(raw)
        return path

    return written


def _said(path: Path) -> str:
    """The refusal, or every finding; empty where nothing is wrong."""
    try:
        with opened(path, prove=False) as package:
            return "。".join(finding.sentence() for finding in package.findings)
    except LedgerError as refused:
        return str(refused)


def _places(raw: bytes) -> Iterator[tuple[str, int, int]]:
    """Every region of a package by name, where it begins and how long it is."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos, place = archive.infolist(), archive.start_dir
    for info in infos:
        at = info.header_offset
        for number, length in enumerate(LOCAL_FIELDS):
            yield f"{info.filename}: field {number} before it", at, length
            at += length
        yield f"{info.filename}: its name before it", at, len(info.filename)
        at += len(info.filename)
        for part in range(4):
            yield f"{info.filename}: part {part} of its bytes", at + info.compress_size * part // 4, 1
        for number, length in enumerate(ENTRY_FIELDS):
            yield f"{info.filename}: field {number} in the directory", place, length
            place += length
        yield f"{info.filename}: its name in the directory", place, len(info.filename)
        place += len(info.filename)
    for number, length in enumerate(END_FIELDS):
        yield f"field {number} at the end", place, length
        place += length
    assert place == len(raw)


def test_every_region_changed_is_noticed(package: Path, bad: Callable[[bytes], Path]) -> None:
    raw = package.read_bytes()
    silent: list[str] = []
    for words, at, length in _places(raw):
        for place in {at, at + length - 1}:
            changed = bytearray(raw)
            changed[place] ^= 0x41
            if not _said(bad(bytes(changed))) and not _same_said(raw, bytes(changed)):
                silent.append(words)
    assert silent == []


def _same_said(raw: bytes, changed: bytes) -> bool:
    """Whether only bits differ that deflate ignores: every member comes out as it was (decision 44)."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as one, zipfile.ZipFile(io.BytesIO(changed)) as other:
            return [one.read(name) for name in one.namelist()] == [
                other.read(name) for name in other.namelist()
            ]
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False


def test_every_region_taken_out_or_doubled_is_noticed(package: Path, bad: Callable[[bytes], Path]) -> None:
    raw = package.read_bytes()
    for words, at, length in _places(raw):
        for changed in (
            raw[:at] + raw[at + length :],
            raw[:at] + raw[at : at + length] + raw[at:],
            raw[:at] + bytes(length) + raw[at + length :],
        ):
            assert changed == raw or _said(bad(changed)) or _same_said(raw, changed), words


def test_cut_at_every_region_it_is_refused(package: Path, bad: Callable[[bytes], Path]) -> None:
    raw = package.read_bytes()
    for words, at, _ in _places(raw):
        assert "不是完整的送审包" in _said(bad(raw[:at])), words


@pytest.mark.parametrize(
    "name",
    [
        "../book.vledger",
        "..\\book.vledger",
        "/etc/cron.d/evil",
        "C:\\Windows\\evil.dll",
        "\\\\server\\share\\evil",
        "attachments/../../evil",
        "attachments//" + "a" * 64,
        "./book.vledger",
        "BOOK.VLEDGER",
        "book.vledger.",
        "book.vledger ",
        "book.vledger-wal",
        "book.vledger-journal",
        "attachments/",
        "attachments/" + "A" * 64,
        "attachments/" + "a" * 64 + "/x",
        "attachments/CON",
        "名.txt",
        "a\nb",
        "x" * 190,
    ],
)
def test_a_name_no_package_has(members: Members, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.parent.rglob("*"))
    path = packed(tmp_path / "坏.vlpkg", [*members, (name, b"!")])
    assert "不该有的文件" in _said(path)
    assert set(tmp_path.parent.rglob("*")) - before == {path}


@pytest.mark.parametrize("name", FIXED)
def test_each_member_gone_renamed_doubled_or_elsewhere(members: Members, tmp_path: Path, name: str) -> None:
    place = [member for member, _ in members].index(name)
    rest = members[:place] + members[place + 1 :]
    cases = {
        "gone": rest,
        "renamed": [(n if n != name else f"{n}x", c) for n, c in members],
        "first": [members[place], *rest] if place else [*rest[:1], members[place], *rest[1:]],
        "last": [*rest, members[place]] if place < len(rest) else [members[place], *rest],
    }
    for words, changed in cases.items():
        path = tmp_path / f"{words}.vlpkg"
        assert "不是送审包该有的" in _said(packed(path, changed)), words


def _end(raw: bytes, **fields: int) -> bytes:
    """The same with another last record."""
    names = ("disk", "first", "here", "count", "length", "place", "comment")
    mark, *values = struct.unpack("<4s4H2LH", raw[-END:])
    said = dict(zip(names, values, strict=True)) | fields
    return raw[:-END] + struct.pack("<4s4H2LH", mark, *said.values())


@pytest.mark.parametrize(
    "fields",
    [
        {"here": 0xFFFF, "count": 0xFFFF},
        {"count": 6},
        {"here": 4, "count": 4},
        {"here": 0, "count": 0},
        {"length": 0xFFFFFFFF},
        {"place": 0xFFFFFFFF},
        {"place": 0, "length": 0},
        {"comment": 1},
        {"disk": 1},
        {"first": 1},
    ],
    ids=str,
)
def test_a_last_record_that_lies(package: Path, bad: Callable[[bytes], Path], fields: dict[str, int]) -> None:
    assert _said(bad(_end(package.read_bytes(), **fields))).count("。") >= 2


def test_all_times_turned_together_are_not_the_manifests(members: Members, tmp_path: Path) -> None:
    """Every time of a package changed alike is one no village has written: the signed manifest says when."""
    path, at = tmp_path / "改过.vlpkg", said_time(dict(members)[MANIFEST])
    write_zip(path, members, at)
    assert _said(path) == ""
    for number, other in enumerate((timedelta(seconds=2), timedelta(days=-1), timedelta(days=366))):
        path = tmp_path / f"改过{number}.vlpkg"
        write_zip(path, members, at + other)
        assert "时间和清单上的不一样" in _said(path)


def test_a_directory_of_millions_is_not_read(bad: Callable[[bytes], Path]) -> None:
    entry = (
        struct.pack("<4s2B5H3L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
        + b"x"
    )
    many = entry * 65_535
    raw = many + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(many), 0, 0)
    assert "多得不合情理" in _said(bad(raw))


def test_sizes_beyond_the_file_by_the_long_form_are_not_believed(
    package: Path, bad: Callable[[bytes], Path]
) -> None:
    """A record of the extended form before the last one: what other readers would follow into petabytes."""
    raw = package.read_bytes()
    place = len(raw) - END
    long_end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 5, 5, 1 << 60, 1 << 50)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    assert "不是完整的送审包" in _said(bad(raw[:place] + long_end + locator + raw[place:]))
    count, length, begin = struct.unpack("<H2L", raw[-12:-2])
    within = raw[:place] + long_end + locator + raw[place:]
    lying = _end(within, count=count, here=count, length=length + len(long_end) + len(locator), place=begin)
    assert _said(bad(lying))


def test_members_that_lie_over_one_another(package: Path, bad: Callable[[bytes], Path]) -> None:
    """The bomb of many names for the same bytes."""
    raw = package.read_bytes()
    with zipfile.ZipFile(package) as archive:
        place = archive.start_dir
        first, second = archive.infolist()[2:4]
    entry = raw.index(second.filename.encode(), place) - ENTRY
    lying = bytearray(raw)
    struct.pack_into("<L", lying, entry + 42, first.header_offset)
    assert "不是照规定写的" in _said(bad(bytes(lying)))


def test_more_hidden_behind_the_end_of_what_is_deflated(members: Members, tmp_path: Path) -> None:
    """A second stream after the first within one member: no reader shows it."""
    path = packed(tmp_path / "坏.vlpkg", members)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(MANIFEST)
        raw = path.read_bytes()
        begin = info.header_offset + LOCAL + len(MANIFEST)
        stream = raw[begin : begin + info.compress_size]
    hidden = stream + zlib.compress(b"hidden")[2:-4]
    decompressed = zlib.decompressobj(-15)
    assert decompressed.decompress(hidden)
    assert decompressed.unused_data
    more = len(hidden) - len(stream)
    lying = bytearray(raw[:begin] + hidden + raw[begin + len(stream) :])
    struct.pack_into("<L", lying, info.header_offset + 18, len(hidden))
    _shift(lying, more, len(hidden))
    path.write_bytes(lying)
    assert "损坏了" in _said(path)


def _shift(raw: bytearray, more: int, packed_size: int) -> None:
    """The directory follows a first member that has grown."""
    count, length, place = struct.unpack("<H2L", raw[-12:-2])
    at = place + more
    for number in range(count):
        if number == 0:
            struct.pack_into("<L", raw, at + 20, packed_size)
        else:
            (offset,) = struct.unpack_from("<L", raw, at + 42)
            struct.pack_into("<L", raw, at + 42, offset + more)
        (named,) = struct.unpack_from("<H", raw, at + 28)
        at += ENTRY + named
    struct.pack_into("<L", raw, len(raw) - 6, place + more)
    del length


def test_what_unpacks_beyond_reason(members: Members, tmp_path: Path) -> None:
    bomb = [(name, bytes(300 << 20) if name == BOOK else content) for name, content in members]
    path = packed(tmp_path / "坏.vlpkg", bomb)
    assert path.stat().st_size < 4 << 20
    assert "压得不合情理" in _said(path)


def test_a_disk_without_room_for_it_is_said_before_anything_is_written(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(package.parent)
    monkeypatch.setattr(package_reading.shutil, "disk_usage", lambda _: usage._replace(free=1000))
    monkeypatch.setattr(package_reading, "_extracted", lambda *_: pytest.fail("something was written"))
    with pytest.raises(DiskFullError, match="磁盘已满"), opened(package):
        pass


def test_without_a_folder_for_it(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(package_reading.tempfile, "mkdtemp", none)
    with pytest.raises(DiskFullError, match="临时文件夹"), opened(package):
        pass


def test_nothing_is_left_in_the_computers_folder(
    package: Path, members: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setattr(package_reading.tempfile, "tempdir", str(place))
    for path in (package, packed(tmp_path / "坏.vlpkg", members[:-1])):
        _said(path)
        assert list(place.iterdir()) == []


def test_limits_stand_before_what_is_announced(members: Members, tmp_path: Path) -> None:
    path = packed(tmp_path / "大.vlpkg", members)
    size = len(dict(members)[WORKBOOK])
    with open_zip(path, Limits(single=max(len(c) for _, c in members))) as zipped:
        assert zipped.size(WORKBOOK) == size
    with pytest.raises(BadPackage, match="大得不合情理"), open_zip(path, Limits(manifest=10)):
        pass


def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "夹.vlpkg").mkdir()
    assert main(["verify", str(tmp_path / "夹.vlpkg")]) == 2
    assert "不是一个文件" in capsys.readouterr().err
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管.vlpkg")
        assert main(["verify", str(tmp_path / "管.vlpkg")]) == 2
        assert "不是一个文件" in capsys.readouterr().err


def test_a_stick_pulled_while_it_is_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pulled(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(package_reading, "digest_of", pulled)
    assert "请核对文件还在、盘已插好" in _said(package)


def test_a_link_leads_to_the_package_and_nowhere_else(package: Path, tmp_path: Path) -> None:
    link = tmp_path / "链接.vlpkg"
    try:
        link.symlink_to(package)
    except OSError:
        pytest.skip("links are not to be had here")
    assert _said(link) == ""
    link.unlink()
    link.symlink_to(tmp_path / "没有")
    assert "读不了" in _said(link)
    link.unlink()
    link.symlink_to(link)
    assert _said(link)


def test_signed_again_by_a_stranger_it_is_whole_and_the_key_is_another(
    package: Path, members: Members, tmp_path: Path
) -> None:
    with (
        opened(package, prove=False) as true,
        opened(packed(tmp_path / "假.vlpkg", signed_again(members)), prove=False) as forged,
    ):
        assert forged.fingerprint != true.fingerprint

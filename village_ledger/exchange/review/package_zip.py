"""The bytes of a package: a zip of which every byte is determined, so that a single changed one is noticed.

Members follow each other without a gap and without extra fields, all with the time the manifest says; nothing stands before the
first or after the directory. Reading knows this one form and no other: it checks all of it, and what was announced, before
anything is unpacked, and unpacks no more than was announced.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from village_ledger.domain.errors import BadPackage
from village_ledger.domain.package import FIXED, LIMITS, Limits, is_member_name

CHUNK = 1 << 20
_UNIX, _REGULAR = 3, 0o100644 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s2B5H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_MOST = _ENTRY.size + 200
"""Bytes the directory has for a member at most; our names are shorter."""
_DEFLATED = frozenset({"manifest.json", "book.vledger"})
"""What is worth deflating; the other members are compressed as they are."""
_LEVEL = 1
"""Quick: a stick is slower than this is."""


def write_zip(target: Path, files: Iterable[tuple[str, Path | bytes]], at: datetime) -> None:
    """Write the members in the order given, each with the same time."""
    with zipfile.ZipFile(target, "x", strict_timestamps=False) as made:
        for name, content in files:
            info = _info(name, at)
            with made.open(info, "w") as member:
                for piece in _pieces(content):
                    member.write(piece)


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))
    info.create_system, info.external_attr = _UNIX, _REGULAR
    info.compress_type = zipfile.ZIP_DEFLATED if name in _DEFLATED else zipfile.ZIP_STORED
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  public only from Python 3.13 on
    return info


def stamp_of(at: datetime) -> tuple[int, int]:
    """Time and day as a zip writes them, to two seconds."""
    return at.hour << 11 | at.minute << 5 | at.second // 2, max(
        at.year - 1980, 0
    ) << 9 | at.month << 5 | at.day


def _pieces(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def digest_of(path: Path) -> bytes:
    """SHA-256 of a file."""
    made = sha256()
    for piece in _pieces(path):
        made.update(piece)
    return made.digest()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member as the directory announces it, and the directory's own bytes about it."""

    name: str
    time: int
    day: int
    crc: int
    packed: int
    size: int
    place: int
    raw: bytes

    @property
    def deflated(self) -> bool:
        """Whether a member of this name is deflated."""
        return self.name in _DEFLATED

    def header(self) -> bytes:
        """What stands before the member's bytes, as this program writes it."""
        name = self.name.encode()
        return _LOCAL.pack(b"PK\x03\x04", *self._facts(), len(name), 0) + name

    def in_directory(self, place: int) -> bytes:
        """What the directory says of a member that begins at ``place``, as this program writes it."""
        name = self.name.encode()
        facts = (_VERSION, _UNIX, *self._facts(), len(name), 0, 0, 0, 0, _REGULAR, place)
        return _ENTRY.pack(b"PK\x01\x02", *facts) + name

    def _facts(self) -> tuple[int, ...]:
        method = zipfile.ZIP_DEFLATED if self.deflated else zipfile.ZIP_STORED
        return _VERSION, 0, method, self.time, self.day, self.crc, self.packed, self.size


class PackageZip:
    """An open package whose outer form was checked; members are read one after the other."""

    def __init__(self, file: BinaryIO, members: Sequence[_Entry]) -> None:
        self._file = file
        self._members = {entry.name: entry for entry in members}

    @property
    def names(self) -> list[str]:
        """The members in their order."""
        return list(self._members)

    @property
    def total(self) -> int:
        """Bytes of all members as announced."""
        return sum(entry.size for entry in self._members.values())

    @property
    def stamp(self) -> tuple[int, int]:
        """The time all members have, as a zip writes time and day."""
        first = next(iter(self._members.values()))
        return first.time, first.day

    def size(self, name: str) -> int:
        """Announced size of a member."""
        return self._members[name].size

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes; raises BadPackage where they are damaged, more or fewer than announced."""
        entry, seen, check = self._members[name], 0, 0
        for piece in self._inflated(entry) if entry.deflated else self._stored(entry):
            seen, check = seen + len(piece), zlib.crc32(piece, check)
            if seen > entry.size:
                break
            yield piece
        if seen != entry.size or check != entry.crc:
            raise _damaged(name)

    def _stored(self, entry: _Entry) -> Iterator[bytes]:
        left, place = entry.packed, entry.place + len(entry.header())
        while left:
            self._file.seek(place)
            piece = self._file.read(min(CHUNK, left))
            if not piece:
                raise _damaged(entry.name)
            left, place = left - len(piece), place + len(piece)
            yield piece

    def _inflated(self, entry: _Entry) -> Iterator[bytes]:
        """Unpacked bytes, at most a chunk at once; the stream ends with the member, nothing is hidden behind it."""
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in self._stored(entry):
                rest = packed
                while rest:
                    piece = stream.decompress(rest, CHUNK)
                    rest = stream.unconsumed_tail
                    if piece:
                        yield piece
                    if stream.eof and (rest or stream.unused_data):
                        raise _damaged(entry.name)
                    if not piece and not rest:
                        break
        except zlib.error as error:
            raise _damaged(entry.name) from error
        if not stream.eof:
            raise _damaged(entry.name)

    def whole(self, name: str) -> bytes:
        """A small member as one piece."""
        return b"".join(self.pieces(name))


def _damaged(name: str) -> BadPackage:
    return BadPackage(f"送审包里的 {name} 损坏了，读不全")


@contextmanager
def open_zip(path: Path, limits: Limits = LIMITS) -> Generator[PackageZip]:
    """A package's members, once its form is that of a package; raises BadPackage."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep its reader waiting for ever
            raise BadPackage(f"{path.name} 不是一个文件", "请核对是不是选错了。")
        with path.open("rb") as file:
            yield PackageZip(file, _members(file, path.name, limits))
    except OSError as error:
        raise BadPackage(f"读不了 {path.name}", "请核对文件还在、盘已插好。") from error


def _members(file: BinaryIO, name: str, limits: Limits) -> list[_Entry]:
    place, count, directory = _directory(file, name, limits)
    members = list(_entries(directory, name))
    names = [entry.name for entry in members]
    if tuple(names[: len(FIXED)]) != FIXED or len(set(names)) != len(names):
        raise BadPackage(f"{name} 里的文件不是送审包该有的那几个，或顺序不对")
    for entry in members:
        if not is_member_name(entry.name):
            raise BadPackage(f"{name} 里有一个不该有的文件：{entry.name[:60]!r}")
        _ensure_size(entry, limits)
    if sum(entry.size for entry in members) > limits.total:
        raise BadPackage(f"{name} 展开后大得不合情理")
    if len(members) != count or not _as_written(file, members, place):
        raise BadPackage(f"{name} 的包装不是照规定写的，可能被改动过")
    return members


def _directory(file: BinaryIO, name: str, limits: Limits) -> tuple[int, int, bytes]:
    """Where the directory begins, how many members it has, its bytes; nothing is read that could not be one."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _END.size, 0))
    raw = file.read(_END.size)
    if len(raw) == _END.size:
        mark, disk, first, here, count, length, place, comment = _END.unpack(raw)
        whole = mark == b"PK\x05\x06" and place + length + _END.size == size
        if whole and count > limits.members:
            raise BadPackage(f"{name} 里的文件多得不合情理（{count} 个）")
        if whole and (disk, first, comment) == (0, 0, 0) and here == count and length <= count * _MOST:
            file.seek(place)
            return place, count, file.read(length)
    raise BadPackage(f"{name} 不是完整的送审包：文件不全，或不是送审包")


def _entries(directory: bytes, name: str) -> Iterator[_Entry]:
    place = 0
    while place < len(directory):
        if len(directory) < place + _ENTRY.size or directory[place : place + 4] != b"PK\x01\x02":
            raise BadPackage(f"{name} 的目录读不出来，可能损坏了")
        time, day, crc, packed, size, named, extra, comment = _ENTRY.unpack_from(directory, place)[6:14]
        begin = place + _ENTRY.size
        end = begin + named + extra + comment
        called = directory[begin : begin + named].decode("utf-8", "backslashreplace")
        (offset,) = _ENTRY.unpack_from(directory, place)[17:]
        yield _Entry(called, time, day, crc, packed, size, offset, directory[place:end])
        place = end


def _ensure_size(entry: _Entry, limits: Limits) -> None:
    most = limits.manifest if entry.name.endswith((".json", ".sig")) else limits.single
    if entry.size > most:
        raise BadPackage(f"送审包里的 {entry.name} 大得不合情理（{entry.size} 字节）")
    if entry.size > CHUNK and entry.size > entry.packed * limits.ratio:
        raise BadPackage(f"送审包里的 {entry.name} 压得不合情理，可能是有意做坏的")


def _as_written(file: BinaryIO, members: Sequence[_Entry], directory: int) -> bool:
    """Whether the bytes around the members are exactly those this program writes; ``directory`` is where the list begins."""
    place, first = 0, members[0]
    for entry in members:
        header = entry.header()
        file.seek(place)
        if file.read(len(header)) != header or entry.raw != entry.in_directory(place):
            return False
        if (entry.time, entry.day) != (first.time, first.day):
            return False
        place += len(header) + entry.packed
    return place == directory

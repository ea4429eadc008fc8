"""The bytes of a package: a zip of which every byte is determined, so that a single changed one is noticed.

Members follow each other without a gap and without extra fields, all with the package's own time; nothing stands before the
first or after the directory. Reading checks all of that before anything is unpacked, and unpacks no more than was announced.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
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


class PackageZip:
    """An open package whose outer form was checked; members are read one after the other."""

    def __init__(self, file: BinaryIO, members: Sequence[zipfile.ZipInfo]) -> None:
        self._file = file
        self._members = {info.filename: info for info in members}

    @property
    def names(self) -> list[str]:
        """The members in their order."""
        return list(self._members)

    def size(self, name: str) -> int:
        """Announced size of a member."""
        return self._members[name].file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes; raises BadPackage where they are damaged, more or fewer than announced."""
        info, seen, check = self._members[name], 0, 0
        for piece in self._inflated(info) if info.compress_type else self._stored(info):
            seen, check = seen + len(piece), zlib.crc32(piece, check)
            if seen > info.file_size:
                break
            yield piece
        if seen != info.file_size or check != info.CRC:
            raise _damaged(name)

    def _stored(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        left, place = info.compress_size, info.header_offset + _LOCAL.size + len(info.filename.encode())
        while left:
            self._file.seek(place)
            piece = self._file.read(min(CHUNK, left))
            if not piece:
                raise _damaged(info.filename)
            left, place = left - len(piece), place + len(piece)
            yield piece

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpacked bytes, at most a chunk at once; the stream ends with the member, nothing is hidden behind it."""
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in self._stored(info):
                rest = packed
                while rest:
                    piece = stream.decompress(rest, CHUNK)
                    rest = stream.unconsumed_tail
                    if piece:
                        yield piece
                    if stream.eof and (rest or stream.unused_data):
                        raise _damaged(info.filename)
                    if not piece and not rest:
                        break
        except zlib.error as error:
            raise _damaged(info.filename) from error
        if not stream.eof:
            raise _damaged(info.filename)

    def whole(self, name: str) -> bytes:
        """A small member as one piece."""
        return b"".join(self.pieces(name))


def _damaged(name: str) -> BadPackage:
    return BadPackage(f"送审包里的 {name} 损坏了，读不全")


@contextmanager
def open_zip(path: Path, limits: Limits = LIMITS) -> Generator[PackageZip]:
    """A package's members, once its form is that of a package; raises BadPackage."""
    try:
        with path.open("rb") as file:
            archive = _archive(file, path.name)
            with archive:
                members = archive.infolist()
                _ensure_form(file, archive, members, path.name, limits)
                yield PackageZip(file, members)
    except OSError as error:
        raise BadPackage(f"读不了 {path.name}", "请核对文件还在、盘已插好。") from error


def _archive(file: BinaryIO, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (
        zipfile.BadZipFile,
        ValueError,
        EOFError,
        struct.error,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise BadPackage(f"{name} 不是完整的送审包：文件不全，或不是送审包") from error


def _ensure_form(
    file: BinaryIO, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], name: str, limits: Limits
) -> None:
    if len(members) > limits.members:
        raise BadPackage(f"{name} 里的文件多得不合情理（{len(members)} 个）")
    names = [info.filename for info in members]
    if tuple(names[: len(FIXED)]) != FIXED or len(set(names)) != len(names):
        raise BadPackage(f"{name} 里的文件不是送审包该有的那几个，或顺序不对")
    for info in members:
        if not is_member_name(info.filename):
            raise BadPackage(f"{name} 里有一个不该有的文件：{info.filename[:60]!r}")
        _ensure_size(info, limits)
    if sum(info.file_size for info in members) > limits.total:
        raise BadPackage(f"{name} 展开后大得不合情理")
    if archive.comment or not _as_written(file, archive, members):
        raise BadPackage(f"{name} 的包装不是照规定写的，可能被改动过")


def _ensure_size(info: zipfile.ZipInfo, limits: Limits) -> None:
    most = limits.manifest if info.filename.endswith((".json", ".sig")) else limits.single
    if info.file_size > most:
        raise BadPackage(f"送审包里的 {info.filename} 大得不合情理（{info.file_size} 字节）")
    if info.file_size > CHUNK and info.file_size > info.compress_size * limits.ratio:
        raise BadPackage(f"送审包里的 {info.filename} 压得不合情理，可能是有意做坏的")


def _as_written(file: BinaryIO, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether the bytes around the members are exactly those this program writes."""
    place, entries = 0, b""
    for info in members:
        raw, facts = info.filename.encode(), _facts(info)
        file.seek(place)
        header = _LOCAL.pack(b"PK\x03\x04", *facts, len(raw), 0) + raw
        if info.date_time != members[0].date_time or file.read(len(header)) != header:
            return False
        entries += _ENTRY.pack(b"PK\x01\x02", _VERSION, _UNIX, *facts, len(raw), 0, 0, 0, 0, _REGULAR, place)
        entries += raw
        place += len(header) + info.compress_size
    count = len(members)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(entries), place, 0)
    file.seek(place)
    return archive.start_dir == place and file.read(len(entries) + len(end) + 1) == entries + end


def _facts(info: zipfile.ZipInfo) -> tuple[int, ...]:
    """What both headers of a member say of it, as this program writes it; a deflated one says the method."""
    year, month, day, hour, minute, second = info.date_time
    return (
        _VERSION,
        0,
        zipfile.ZIP_DEFLATED if info.filename in _DEFLATED else zipfile.ZIP_STORED,
        hour << 11 | minute << 5 | second // 2,
        (year - 1980) << 9 | month << 5 | day,
        info.CRC,
        info.compress_size,
        info.file_size,
    )

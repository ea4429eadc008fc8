"""The bytes of attachments: taken in by a stream, kept in the book or, when large, in the folder beside it.

``青山村.vledger`` has its large attachments in ``青山村.vledger.attachments/``, each in a file named by its SHA-256. A file there
is written under another name, made durable and then given its own: it is whole or not there.
"""

from __future__ import annotations

import os
import shutil
import stat
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from village_ledger.domain.attachment import HEAD_BYTES, attachment_rules, media_type_of, plain_title, sized
from village_ledger.domain.errors import AttachmentError, BookFileError, DiskFullError, LedgerError
from village_ledger.storage.attachments.photos import PHOTO_TYPES, made_smaller
from village_ledger.storage.file.durable import settle_names

_AT_ONCE = 1 << 20
LARGE = "SELECT digest, size FROM blob WHERE content IS NULL ORDER BY digest"
"""Asks a book what lies beside it."""
_NOTHING_KEPT = "账没有变化，没有留下半个附件。"


@dataclass(frozen=True, slots=True)
class Received:
    """A file taken in: its bytes, or where they wait beside the book."""

    digest: str
    size: int
    media_type: str
    original_digest: str
    original_size: int
    content: bytes | None = None
    staged: Path | None = None

    def forget(self) -> None:
        """Take away what waits, when the file is not kept after all."""
        if self.staged is not None:
            with suppress(OSError):
                self.staged.unlink()


def side_folder(book: Path) -> Path:
    """Where a book's large attachments lie."""
    return book.with_name(f"{book.name}.attachments")


def receive(book: Path, source: Path | bytes, name: str) -> Received:
    """Take a file in, its size asked before it is read, its type by what it holds.

    Raises AttachmentError for what cannot be an attachment, UnreadableError for a file that is not there, DiskFullError.
    """
    title = plain_title(name)
    if isinstance(source, bytes):
        _ensure_size(len(source), title)
        return _received(source, media_type_of(source[:HEAD_BYTES], title), title)
    size = ensure_size(source, title)
    try:
        with source.open("rb") as file:
            head = file.read(HEAD_BYTES)
            media_type = media_type_of(head, title)
            file.seek(0)
            if size <= attachment_rules().inside or media_type in PHOTO_TYPES:
                return _received(file.read(attachment_rules().largest + 1), media_type, title)
            return _staged(book, file, media_type, title)
    except OSError as error:
        raise BookFileError(
            f"读不了 {title}", "请核对文件还在、盘已插好，再附一次。", safe=_NOTHING_KEPT
        ) from error


def ensure_size(source: Path, title: str) -> int:
    """The size of a file that may be an attachment, asked before it is read; raises AttachmentError, BookFileError."""
    try:
        facts = source.stat()
    except (OSError, ValueError) as error:
        raise BookFileError(f"找不到文件 {title}", "请核对文件的位置。", safe=_NOTHING_KEPT) from error
    if not stat.S_ISREG(facts.st_mode):
        raise AttachmentError(f"{title} 不是一个文件", "请选择一个文件。", safe=_NOTHING_KEPT)
    _ensure_size(facts.st_size, title)
    return facts.st_size


def _ensure_size(size: int, title: str) -> None:
    if size == 0:
        raise AttachmentError(f"{title} 是空文件", "请重新取一份。")
    largest = attachment_rules().largest
    if size > largest:
        raise AttachmentError(
            f"{title} 有 {sized(size)}，超过了一个附件的上限 {sized(largest)}，没有读它",
            "请分成几份、缩小后再附，或把它另外存好，在摘要里写明放在哪里。",
        )


def _received(content: bytes, media_type: str, title: str) -> Received:
    _ensure_size(len(content), title)
    original = sha256(content).hexdigest()
    if media_type in PHOTO_TYPES:
        small = made_smaller(content, title)
        if small is not None:
            return Received(
                sha256(small).hexdigest(), len(small), "image/jpeg", original, len(content), small
            )
    return Received(original, len(content), media_type, original, len(content), content)


def _staged(book: Path, file: BinaryIO, media_type: str, title: str) -> Received:
    """Copy a large file beside the book while its digest is taken; nothing is held in memory."""
    part = _part(book)
    try:
        digest, size = _copy(file, part)
        _ensure_size(size, title)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return Received(digest, size, media_type, digest, size, staged=part)


def _part(book: Path) -> Path:
    folder = side_folder(book)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise said(error) from error
    return folder / f".{uuid.uuid4().hex}.part"


def _copy(source: BinaryIO, target: Path) -> tuple[str, int]:
    """Copy to a file and make it durable; returns its digest and size. Raises DiskFullError."""
    digest, size = sha256(), 0
    try:
        with target.open("xb") as out:
            while block := source.read(_AT_ONCE):
                digest.update(block)
                size += len(block)
                if size > attachment_rules().largest:
                    break
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise said(error) from error
    return digest.hexdigest(), size


def said(error: OSError) -> LedgerError:
    """What the medium said while an attachment was written, in our words."""
    if error.errno in (ENOSPC, EDQUOT, EFBIG):
        return DiskFullError(
            "没能存附件：磁盘已满", "请清出一些空间，或换一个盘，再附一次。", safe=_NOTHING_KEPT
        )
    return BookFileError("账簿旁边写不了附件", "请看账簿所在的文件夹能不能写。", safe=_NOTHING_KEPT)


def put_beside(book: Path, received: Received) -> tuple[Path, bool]:
    """Give a large file its place beside the book; returns it and whether it is new there.

    A file of that name that is not what its name says is put right by the way.
    """
    target = side_folder(book) / received.digest
    there = condition_beside(book, received.digest, received.size, digest_too=True)
    if there == "":
        received.forget()
        return target, False
    try:
        if received.staged is None:
            part = _part(book)
            with part.open("xb") as out:
                out.write(received.content or b"")
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
        else:
            received.staged.replace(target)
        settle_names(target.parent)
    except OSError as error:
        raise said(error) from error
    return target, there == "missing"


def condition_beside(book: Path, digest: str, size: int, *, digest_too: bool) -> str:
    """What is wrong with a file beside the book: nothing, ``altered`` or ``missing``."""
    return _condition(side_folder(book) / digest, digest, size, digest_too=digest_too)


def _condition(path: Path, digest: str, size: int, *, digest_too: bool) -> str:
    try:
        facts = path.lstat()
        if not stat.S_ISREG(facts.st_mode) or facts.st_size != size:
            return "altered"
        if digest_too:
            with path.open("rb") as file:
                if digest_of(blocks_of(file)) != digest:
                    return "altered"
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "missing"
    return ""


def digest_of(blocks: Iterable[bytes]) -> str:
    """Hexadecimal SHA-256 of a stream."""
    made = sha256()
    for block in blocks:
        made.update(block)
    return made.hexdigest()


def blocks_of(file: BinaryIO) -> Iterator[bytes]:
    """A file in parts."""
    while block := file.read(_AT_ONCE):
        yield block


def carry(source: Path, target: Path, digests: Iterable[tuple[str, int]], *, link: bool = False) -> list[str]:
    """Give the copy of a book its large attachments too; returns the digests that could not be carried.

    ``link`` shares a file on the same disk where it can: for a copy that stays beside the book. What is copied is proven by
    its digest; what is missing or altered at its source is left out and named. Raises DiskFullError; nothing is left then.
    """
    made = not side_folder(target).exists()
    try:
        lost = carry_files(side_folder(source), side_folder(target), digests, link=link)
    except BaseException:
        if made:
            shutil.rmtree(side_folder(target), ignore_errors=True)
        raise
    with suppress(OSError):  # not empty, or never made
        side_folder(target).rmdir()
    return lost


def carry_files(
    source: Path, target: Path, digests: Iterable[tuple[str, int]], *, link: bool = False
) -> list[str]:
    """Copy files named by their digests from folder to folder, made when there is one; returns those that could not be."""
    lost = list[str]()
    for digest, size in digests:
        if _condition(source / digest, digest, size, digest_too=False):
            lost.append(digest)
            continue
        target.mkdir(exist_ok=True)
        if not _carried(source / digest, target / digest, digest, link=link):
            lost.append(digest)
    return lost


def _carried(source: Path, target: Path, digest: str, *, link: bool) -> bool:
    if link:
        with suppress(OSError):
            os.link(source, target)
            return True
    with source.open("rb") as file:
        copied, _ = _copy(file, target)
    if copied == digest:
        return True
    target.unlink()
    return False

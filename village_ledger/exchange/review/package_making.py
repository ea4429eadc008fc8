"""Making a package for the township: one state of the books, masked, signed, in one file that is whole or not there.

The readable parts (workbook, wall sheets) are made from the masked copy itself, so that they cannot say more than it does.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from village_ledger import __version__
from village_ledger.domain.attachment import Condition
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import BookFileError, DiskFullError, PackageError
from village_ledger.domain.masking import Level, mask_account, mask_number
from village_ledger.domain.package import (
    ATTACHMENTS,
    BOOK,
    LIMITS,
    MANIFEST,
    NO_PACKAGE,
    SHEETS,
    SIGNATURE,
    WORKBOOK,
    Entity,
    Manifest,
    Member,
    fingerprint,
)
from village_ledger.domain.period import Span
from village_ledger.exchange.review.package_reading import all_closed, folder_of_ours, heads_of, months_within
from village_ledger.exchange.review.package_zip import digest_of, write_zip
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.review import village_keys
from village_ledger.services.staff.sealing import LOCKED, opener
from village_ledger.storage.clock import standing_at
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.file.create import beside
from village_ledger.storage.reader import Reader
from village_ledger.storage.review.inspection import PACKAGE_MADE, subject_of
from village_ledger.storage.review.packing import PackOrder, pack
from village_ledger.storage.review.register import ReviewRegister
from village_ledger.storage.unit_of_work import UnitOfWork

Writer = Callable[[BookFile, Span, Path, Progress], None]
"""Writes a readable part of the books to a path."""
_STEPS = 5
_NOTHING_LEFT = "账没有变化，没有留下半个送审包。"


@dataclass(frozen=True, slots=True)
class PackageOrder:
    """What the township is sent."""

    span: Span
    attachments: bool = False
    level: Level = Level.TOWNSHIP


@dataclass(frozen=True, slots=True)
class Made:
    """A package as it was written."""

    path: Path
    digest: bytes
    manifest: Manifest

    @property
    def fingerprint(self) -> str:
        """The key's fingerprint, to be told to the township."""
        return fingerprint(self.manifest.public_key)


def make_package(
    uow: UnitOfWork,
    target: Path,
    order: PackageOrder,
    writers: Mapping[str, Writer],
    progress: Progress = SILENT,
) -> Outcome[Made]:
    """Write a package to ``target``, which must not exist, and note it in the book; the caller commits.

    Raises PackageError for days before the books begin, NotSignedIn without the data key, DiskFullError, Cancelled,
    DutyError. When the action is rolled back the file goes again.
    """
    named(uow.by)
    require(uow, Duty.EXPORT)
    _ensure_span(uow.reader, order.span)
    key = village_keys.key_for(uow)
    with _folder() as folder:
        copy = folder / BOOK
        progress.step(0, _STEPS, "抄出账簿")
        pack(uow.book.path, copy, PackOrder(order.level, uow.at, _shown(uow.reader, order.level)))
        with open_book(copy, Access.READ) as book, standing_at(uow.at):
            for done, (name, write) in enumerate(writers.items(), 1):
                progress.step(done, _STEPS, {WORKBOOK: "写账簿的 xlsx", SHEETS: "印公开表"}.get(name, name))
                write(book, order.span, folder / name, progress)
            files = [(name, folder / name) for name in (BOOK, WORKBOOK, SHEETS)]
            files += _attachments(uow.book, folder) if order.attachments else []
            _ensure_size(files)
            manifest = _manifest(uow, book, order, key.public, files)
        progress.step(3, _STEPS, "签名")
        text = manifest.to_bytes()
        signed = village_keys.signature(uow, key, text)
        members: list[tuple[str, Path | bytes]] = [(MANIFEST, text), (SIGNATURE, signed), *files]
        digest = _written(target, members, manifest.made_at, progress)
    uow.when_undone(target.unlink)
    _note(uow, manifest, digest, target.name)
    return Outcome(Made(target, digest, manifest), Changes())


@contextmanager
def _folder() -> Generator[Path]:
    """A folder for the parts of a package; what the disk does not take there is said, not raised."""
    try:
        with folder_of_ours() as folder:
            yield folder
    except OSError as error:
        raise DiskFullError(
            "没能做送审包：电脑的临时文件夹满了，或写不进去", "请清出一些空间再做。", safe=_NOTHING_LEFT
        ) from error


def _written(
    target: Path, members: list[tuple[str, Path | bytes]], at: datetime, progress: Progress
) -> bytes:
    def told() -> Iterator[tuple[str, Path | bytes]]:
        for done, member in enumerate(members):
            progress.step(done, len(members), f"装包：{member[0]}")
            yield member

    try:
        with beside(target) as part:
            write_zip(part, told(), at)
            return digest_of(part)
    except BookFileError as error:
        if not isinstance(error.__cause__, OSError):
            raise
        raise DiskFullError(
            "没能写送审包：盘满了，或已拔出",
            "请换一个盘再做。",
            safe=_NOTHING_LEFT,
        ) from error


def _note(uow: UnitOfWork, manifest: Manifest, digest: bytes, file: str) -> None:
    heads = json.dumps({entity.ledger: entity.head for entity in manifest.entities}, sort_keys=True)
    days = (manifest.span.first.isoformat(), manifest.span.last.isoformat())
    number = ReviewRegister(uow).note_package(digest, days, heads, manifest.level.value, file)
    if number != manifest.number:
        raise PackageError("别人刚刚做过一个送审包", "请再做一次。")
    lines = sum(entity.links for entity in manifest.entities)
    level = f"{manifest.level.value} {manifest.level.words}"
    uow.log.add(
        PACKAGE_MADE,
        subject=subject_of(number, digest),
        detail=f"{manifest.span.words()}，{level}，{lines} 张凭证，{file}",
    )


def _ensure_span(reader: Reader, span: Span) -> None:
    if not months_within(reader, span):
        raise PackageError(f"{span.words()}不在这本账的期间里", "请核对起止日期。")


def _shown(reader: Reader, level: Level) -> dict[int, str]:
    """What stands in place of each sealed number: its ends for the township, nothing beyond."""
    sealer = opener(reader)
    shown: dict[int, str] = {}
    for row_id, person_id, field, content in reader.sealed_rows():
        if field == "phone":
            continue
        number = LOCKED if sealer is None else sealer.open(person_id, field, content) or LOCKED
        mask = mask_number if field == "id_number" else mask_account
        shown[row_id] = number if number == LOCKED else mask(number, level)
    return shown


def _attachments(book: BookFile, folder: Path) -> list[tuple[str, Path]]:
    """Every attachment that is whole, under its digest; what is missing or altered stays out and is found when proven."""
    place, reader = folder / "attachments", book.reader()
    place.mkdir()
    files: list[tuple[str, Path]] = []
    for digest in reader.blob_digests():
        if reader.blob_condition(digest) is Condition.SOUND:
            with reader.opened_blob(digest) as content, (place / digest).open("xb") as file:
                shutil.copyfileobj(content, file)
            files.append((f"{ATTACHMENTS}{digest}", place / digest))
    return files


def _ensure_size(files: list[tuple[str, Path]]) -> None:
    """A package the township could not open is not made."""
    total = sum(path.stat().st_size for _, path in files)
    if total > LIMITS.total or len(files) + 2 > LIMITS.members:
        raise PackageError(
            f"连附件一起有 {total >> 20} MB，一个送审包装不下", "请不带附件做，附件另外用档案导出交给乡镇。"
        )


def _manifest(
    uow: UnitOfWork, copy: BookFile, order: PackageOrder, public: bytes, files: list[tuple[str, Path]]
) -> Manifest:
    reader, sent = copy.reader(), uow.reader.sent_packages()
    own, infos = reader.book(), {info.code: info for info in reader.ledgers()}
    return Manifest(
        program=__version__,
        book=own.uid,
        village=own.village,
        entities=tuple(
            Entity(code, infos[code].entity, infos[code].registration_code, head, links)
            for code, head, links in heads_of(copy)
        ),
        span=order.span,
        made_at=datetime.fromisoformat(uow.at),
        made_by=uow.by,
        number=len(sent) + 1,
        previous=sent[-1].digest.hex() if sent else NO_PACKAGE,
        level=order.level,
        closed=all_closed(reader, order.span),
        operations=reader.last_operation().hex(),
        public_key=public,
        files=tuple(Member(name, path.stat().st_size, digest_of(path).hex()) for name, path in files),
        is_demo=own.is_demo,
    )

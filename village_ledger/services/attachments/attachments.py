"""Attachments (附件): taken in, handed out proven, moved while nothing is posted, taken back with a reason."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.attachment import (
    INBOX,
    Attachment,
    Condition,
    Owner,
    attachment_rules,
    plain_title,
)
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AttachmentError, BookFileError, LedgerError
from village_ledger.domain.voucher import NAME_LIMIT, VoucherState, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.entry.vouchers import given, named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.attachments.blobs import (
    Received,
    blocks_of,
    condition_beside,
    receive,
    side_folder,
)
from village_ledger.storage.attachments.inspection import ADDED, MOVED, TAKEN_BACK, sealed
from village_ledger.storage.attachments.register import AttachmentRegister

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


def attach(
    uow: UnitOfWork,
    owner: Owner,
    source: Path | bytes,
    title: str = "",
    kind: str = "",
    *,
    sheets: int = 1,
    paper_at: str = "",
) -> Outcome[Attachment]:
    """Keep a file as an attachment of something; photos are made smaller, large files lie beside the book.

    ``title`` may be empty for a path: its name then. Raises AttachmentError for what cannot be one, for an owner that cannot
    have it, and for a file the owner has already; DiskFullError, BookFileError for what the world does to files.
    """
    named(uow.by)
    require(uow, duty_of(owner), owner.ledger)
    ensure_owner(uow.reader, owner)
    name = title or (source.name if isinstance(source, Path) else "")
    received = receive(uow.book.path, source, name)
    try:
        return _kept(uow, owner, received, plain_title(name), kind, sheets, paper_at)
    except BaseException:
        received.forget()
        raise


def _kept(
    uow: UnitOfWork, owner: Owner, received: Received, title: str, kind: str, sheets: int, paper_at: str
) -> Outcome[Attachment]:
    kind = check_text(kind, "附件的种类", NAME_LIMIT) or guessed_kind(uow.reader, owner, received.media_type)
    if kind not in attachment_rules().kinds:
        raise AttachmentError(f"没有“{kind}”这种附件", f"种类有：{'、'.join(attachment_rules().kinds)}。")
    if sheets < 1:
        raise AttachmentError("附件的张数至少是 1", "请写它相当于几张纸。")
    twins = uow.reader.attachments_like(received.original_digest)
    if any(twin.owner == owner for twin in twins):
        raise AttachmentError(f"{title} 已经附在这里了", "同一个文件附一次就够了。")
    paper_at = check_text(paper_at, "原件存放处", NAME_LIMIT)
    made = AttachmentRegister(uow).add(owner, received, title, kind, sheets, paper_at)
    kept = uow.reader.attachment(made)
    uow.log.add(ADDED, ledger=owner.ledger, subject=f"附件 {made}", detail=f"{owner} {sealed(kept)}")
    warnings = tuple(f"同一个文件也附在{place(uow.reader, twin.owner)}。" for twin in twins)
    return Outcome(kept, Changes(attachments=True, ledger=owner.ledger), warnings)


def guessed_kind(reader: Reader, owner: Owner, media_type: str) -> str:
    """What a file most likely is when nobody says."""
    if owner.kind == "posting":
        hung = reader.posting(owner.ledger, owner.key).posted_on is not None
        return "公开栏照片" if hung and media_type.startswith("image/") else "签字的公开表"
    return "照片" if media_type.startswith("image/") else "其他"


def duty_of(owner: Owner) -> Duty:
    """Who keeps attachments of a thing: whoever publishes those of what hangs on the wall, else whoever prepares vouchers."""
    return Duty.DISCLOSE if owner.kind == "posting" else Duty.PREPARE


def ensure_owner(reader: Reader, owner: Owner) -> None:
    """A voucher is there, of that ledger, and not void; a posting is there; other areas look after their own things."""
    if owner.ledger:
        reader.ledger(owner.ledger)
    if owner.kind == "posting":
        reader.posting(owner.ledger, owner.key)
    if owner.kind != "voucher":
        return
    if not owner.key.isdigit():
        raise AttachmentError(f"“{owner.key}”不是凭证的编号", "请从凭证页附上。")
    stored = reader.voucher(int(owner.key))
    if stored.ledger != owner.ledger:
        raise AttachmentError(f"{stored.ref} 是另一本账的凭证", "请切换到那本账再附。")
    if stored.state is VoucherState.VOID:
        raise AttachmentError(f"{stored.ref.short} 已作废，不能再加附件", "请附在还有效的凭证上。")


def place(reader: Reader, owner: Owner) -> str:
    """An owner in words."""
    if owner.kind == INBOX:
        return "待用附件"
    if owner.kind == "voucher":
        with suppress(LedgerError):
            stored = reader.voucher(int(owner.key))
            return f"{reader.ledger(stored.ledger).title} {stored.ref}"
    return f"{owner.words} {owner.key}"


def listed(reader: Reader, owner: Owner, *, taken_back: bool = True) -> list[Attachment]:
    """Attachments of an owner in the order they came, those taken back too unless told otherwise."""
    return [a for a in reader.attachments(owner) if taken_back or a.stands]


def present(reader: Reader, owner: Owner) -> int:
    """How many attachments of an owner stand."""
    return reader.attachment_count(owner)


def read(reader: Reader, attachment_id: int) -> bytes:
    """An attachment's bytes, proven by their digest; raises AttachmentError for one that was altered or is missing."""
    kept = reader.attachment(attachment_id)
    _ensure_sound(reader, kept)
    with reader.opened_blob(kept.digest) as file:
        return file.read()


def save(reader: Reader, attachment_id: int, folder: Path, name: str = "") -> Path:
    """Copy an attachment into a folder under its title; never over another file. Returns the file.

    Raises AttachmentError for one that was altered or is missing, BookFileError where nothing can be written.
    """
    kept = reader.attachment(attachment_id)
    _ensure_sound(reader, kept)
    target = _free(folder / (name or kept.file_name))
    try:
        with reader.opened_blob(kept.digest) as file, target.open("xb") as out:
            for block in blocks_of(file):
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        with suppress(OSError):
            target.unlink()
        raise BookFileError(
            f"写不了 {target.name}", "请换一个能写、有空间的文件夹。", safe="账簿没有动。"
        ) from error
    return target


def _free(path: Path) -> Path:
    """A name nothing has yet: 发票.pdf, 发票 (2).pdf and so on."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return found


def _ensure_sound(reader: Reader, kept: Attachment) -> None:
    condition = reader.blob_condition(kept.digest)
    if condition is Condition.ALTERED:
        raise AttachmentError(
            f"附件“{kept.title}”和存入时不一样，已被改动",
            "不要再用它；请从备份里恢复，或找到原件重新附上。",
            safe="账簿里的凭证没有变化。",
        )
    if condition is Condition.MISSING:
        raise AttachmentError(
            f"附件“{kept.title}”的文件不见了",
            f"请把“{side_folder(reader.book_file.path).name}”文件夹拷回账簿旁边，或从备份里恢复。",
            safe="账簿里的凭证没有变化。",
        )


def move(uow: UnitOfWork, attachment_id: int, owner: Owner) -> Outcome[Attachment]:
    """Tie an attachment that waits to something, or let one of an unposted voucher wait again (``Owner("inbox", ledger)``).

    Raises AttachmentError for one that has found its place.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, owner.ledger)
    kept = uow.reader.attachment(attachment_id)
    ensure_owner(uow.reader, owner)
    _ensure_movable(uow.reader, kept, owner)
    AttachmentRegister(uow).move(attachment_id, owner)
    uow.log.add(MOVED, ledger=owner.ledger, subject=f"附件 {attachment_id}", detail=str(owner))
    return Outcome(uow.reader.attachment(attachment_id), Changes(attachments=True, ledger=owner.ledger))


def _ensure_movable(reader: Reader, kept: Attachment, owner: Owner) -> None:
    if not kept.stands:
        raise AttachmentError(f"“{kept.title}”已经撤下", "请重新附一次。")
    if kept.owner.ledger != owner.ledger:
        raise AttachmentError(f"“{kept.title}”是另一本账收的", "请在那本账里用它，或重新附一次。")
    if kept.owner.kind == "voucher" and owner.kind == INBOX:
        stored = reader.voucher(int(kept.owner.key))
        if stored.state is VoucherState.POSTED:
            raise AttachmentError(f"{stored.ref.short} 已记账，附件不能拿走", "可以撤下它，并写明原因。")
    elif kept.owner.kind != INBOX:
        raise AttachmentError(
            f"“{kept.title}”已经附在{place(reader, kept.owner)}", "一个附件只归一处；另一处要用，请再附一次。"
        )


def take_back(uow: UnitOfWork, attachment_id: int, reason: str) -> Outcome[Attachment]:
    """Mark an attachment as not standing any more (撤下); it stays in the book, with the reason."""
    named(uow.by)
    kept = uow.reader.attachment(attachment_id)
    require(uow, duty_of(kept.owner), kept.owner.ledger)
    if not kept.stands:
        raise AttachmentError(f"“{kept.title}”已经撤下了", "")
    reason = given(reason, f"撤下“{kept.title}”", "为什么撤下")
    AttachmentRegister(uow).take_back(attachment_id, reason)
    uow.log.add(TAKEN_BACK, ledger=kept.owner.ledger, subject=f"附件 {attachment_id}", detail=reason)
    return Outcome(uow.reader.attachment(attachment_id), Changes(attachments=True, ledger=kept.owner.ledger))


def unsound(reader: Reader, progress: Progress = SILENT) -> list[tuple[Attachment, Condition]]:
    """Attachments whose bytes are not what they were, every byte read."""
    kept = list(reader.every_attachment())
    known: dict[str, Condition] = {}
    found: list[tuple[Attachment, Condition]] = []
    for number, one in enumerate(kept):
        progress.step(number, len(kept), "核对附件")
        if one.digest not in known:
            known[one.digest] = reader.blob_condition(one.digest)
        if known[one.digest] is not Condition.SOUND:
            found.append((one, known[one.digest]))
    return found


def missing_folder(reader: Reader) -> str:
    """What to say on opening a book whose large attachments are not as they were beside it; empty when all are.

    Cheap: each is asked whether it is there and of its size, no byte is read.
    """
    book = reader.book_file.path
    folder = side_folder(book)
    wrong = [condition_beside(book, d, size, digest_too=False) for d, size in reader.blobs_beside()]
    lost, altered = wrong.count("missing"), wrong.count("altered")
    if lost and not folder.is_dir():
        return (
            f"账簿旁边没有“{folder.name}”文件夹，{lost} 个大附件打不开；账可以照常记。"
            "账簿改过名或挪过地方的，请把那个文件夹也改名、拷过来。"
        )
    said = [f"少了 {lost} 个附件"] * bool(lost) + [f"有 {altered} 个附件被改动"] * bool(altered)
    if not said:
        return ""
    return f"“{folder.name}”文件夹里{'，'.join(said)}，打不开它们；账可以照常记，请从备份里找回。"

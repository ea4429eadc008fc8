"""Files taken in as attachments, all or none of them; an electronic invoice among them is read and known as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from village_ledger.domain.attachment import HEAD_BYTES, Attachment, Owner, media_type_of, plain_title
from village_ledger.domain.electronic_invoice import ElectronicInvoice
from village_ledger.domain.errors import AttachmentError, BookFileError
from village_ledger.exchange.attachments.einvoice import invoice_in, pages
from village_ledger.exchange.reading.xml_reading import LARGEST
from village_ledger.services.attachments import attachments, e_invoices
from village_ledger.services.changes import Changes
from village_ledger.services.outcome import Outcome
from village_ledger.storage.attachments.blobs import ensure_size
from village_ledger.storage.unit_of_work import UnitOfWork

_MAY_HOLD = frozenset({"application/xml", "application/pdf", "application/ofd"})


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file was found to be before it is kept."""

    source: Path | bytes
    """The very bytes that were looked at; the path of a file too large to be an invoice."""
    invoice: ElectronicInvoice | None = None
    sheets: int = 1


def look(source: Path | bytes, name: str) -> Looked:
    """Look into a file for an electronic invoice and its pages; it is read once, so that what was looked at is what is kept.

    Raises AttachmentError for one that is damaged, InvoiceError for an invoice that does not add up.
    """
    title = plain_title(name)
    size = len(source) if isinstance(source, bytes) else ensure_size(source, title)
    content = source if isinstance(source, bytes) else _head(source, size)
    media_type = media_type_of(content[:HEAD_BYTES], title)
    if media_type not in _MAY_HOLD:
        return Looked(source)
    if size > LARGEST:
        return Looked(source, None, pages(source, title) if media_type == "application/pdf" else 1)
    invoice = invoice_in(content, title)
    if invoice is None and media_type == "application/pdf":
        return Looked(content, None, pages(content, title))
    return Looked(content, invoice)


def content_of(path: Path) -> bytes:
    """All of a file that may be an invoice; raises AttachmentError for one too large, BookFileError for one not there."""
    size = ensure_size(path, path.name)
    if size > LARGEST:
        raise AttachmentError(f"{path.name} 太大，不像一张发票", "请核对是不是拿错了文件。")
    return _head(path, size)


def _head(source: Path, size: int) -> bytes:
    """All of a file short enough to be an invoice, the beginning of a longer one."""
    try:
        with source.open("rb") as file:
            return file.read(size if size <= LARGEST else HEAD_BYTES)
    except OSError as error:
        raise BookFileError(
            f"读不了 {source.name}", "请核对文件还在、盘已插好。", safe="账没有变化。"
        ) from error


def take_all(
    uow: UnitOfWork,
    owner: Owner,
    files: Sequence[tuple[Path | bytes, str]],
    kind: str = "",
    paper_at: str = "",
) -> Outcome[list[Attachment]]:
    """Attach files under their names; the first that is refused refuses all."""
    changes, kept, warnings = Changes(attachments=True, ledger=owner.ledger), list[Attachment](), list[str]()
    for source, name in files:
        looked = look(source, name)
        if looked.invoice is not None:
            done = e_invoices.take(uow, owner, looked.source, name, looked.invoice, paper_at)
        else:
            done = attachments.attach(uow, owner, source, name, kind, sheets=looked.sheets, paper_at=paper_at)
        changes |= done.changes
        kept.append(done.value)
        warnings += done.warnings
    return Outcome(kept, changes, tuple(dict.fromkeys(warnings)))

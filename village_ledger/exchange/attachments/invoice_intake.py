"""Many files looked over at once before anything is kept: which are invoices that can be taken in, which not and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from village_ledger.domain.attachment import INBOX, Owner
from village_ledger.domain.electronic_invoice import ElectronicInvoice
from village_ledger.domain.errors import InvoiceError, LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.exchange.attachments.attachment_files import content_of
from village_ledger.exchange.attachments.einvoice import read_invoice
from village_ledger.services.attachments import e_invoices
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Found:
    """What one file was found to be."""

    path: Path
    invoice: ElectronicInvoice | None = None
    refusal: LedgerError | None = None
    """Why it cannot be taken in, None when it can."""
    remarks: tuple[str, ...] = ()
    digest: str = ""

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing stands against it."""
        return self.refusal is None


def look_over(reader: Reader, ledger: str, paths: Sequence[Path], progress: Progress = SILENT) -> list[Found]:
    """Look into every file; a fault of one stops none of the others. Files of one invoice are said to be one."""
    found: list[Found] = []
    for number, path in enumerate(paths):
        progress.step(number, len(paths), f"读 {path.name}")
        found.append(_beside(_look(reader, ledger, path), found))
    return found


def _look(reader: Reader, ledger: str, path: Path) -> Found:
    try:
        content = content_of(path)
        invoice = read_invoice(content, path.name)
    except LedgerError as refusal:
        return Found(path, refusal=refusal)
    owner, digest = Owner(INBOX, ledger), sha256(content).hexdigest()
    refusal: LedgerError | None = e_invoices.why_not(reader, owner, invoice)
    if refusal is None and any(twin.owner == owner for twin in reader.attachments_like(digest)):
        refusal = InvoiceError("这个文件已经收下了，在下面等着", "直接填成凭证就行。")
    if refusal is not None:
        return Found(path, invoice, refusal, digest=digest)
    return Found(path, invoice, None, e_invoices.cautions(reader, owner, invoice), digest)


def _beside(one: Found, others: Sequence[Found]) -> Found:
    """The same file against those read before it in this batch."""
    invoice = one.invoice
    if invoice is None or one.refusal is not None:
        return one
    twin = next((x for x in others if x.invoice is not None and x.invoice.key == invoice.key), None)
    if twin is None or twin.invoice is None:
        return one
    if twin.digest == one.digest:
        return replace(one, refusal=InvoiceError(f"和 {twin.path.name} 是同一个文件", "收一个就够了。"))
    if twin.invoice.digest != invoice.digest:
        refusal = InvoiceError(
            f"和 {twin.path.name} 号码相同、内容不同（{format_fen(twin.invoice.gross)} 和 {format_fen(invoice.gross)}）",
            "请向开票方核对真伪。",
        )
        return replace(one, refusal=refusal)
    return replace(one, remarks=(f"和 {twin.path.name} 是同一张发票，按一张收。", *one.remarks))

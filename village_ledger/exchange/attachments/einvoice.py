"""Electronic invoices in whatever they come: XML alone, XML attached to a PDF, XML inside an OFD.

Everything is looked at in bounds: how much is unpacked, how many parts, how deep. A file without an invoice is no fault; one that
is damaged, or an invoice that does not add up, is refused in one sentence.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from village_ledger.domain.attachment import HEAD_BYTES, media_type_of
from village_ledger.domain.electronic_invoice import ElectronicInvoice
from village_ledger.domain.errors import AttachmentError, InvoiceError
from village_ledger.exchange.attachments.einvoice_xml import ROOT, invoice_of
from village_ledger.exchange.reading.xml_reading import LARGEST, damaged, read_xml
from village_ledger.reports.pens.pdf_reading import UnreadablePdf, attached, opened

_MOST_PARTS = 2000
_LARGEST_UNPACKED = 100 << 20
_LARGEST_RATIO = 200
_RATIO_FROM = 1 << 20
_MOST_ATTACHED = 20
_MARK = f"<{ROOT}".encode()


def read_invoice(content: bytes, name: str) -> ElectronicInvoice:
    """The invoice in a file; raises InvoiceError when there is none, AttachmentError for a file that cannot be read."""
    found = invoice_in(content, name)
    if found is None:
        raise InvoiceError(
            f"{name} 里没有电子发票的数据", "请下载 XML 格式的发票；拍照、扫描的发票请照纸面填。"
        )
    return found


def invoice_in(content: bytes, name: str) -> ElectronicInvoice | None:
    """The invoice in a file, None for a file that holds none.

    Raises AttachmentError for a file that is damaged or swells beyond bounds, InvoiceError for two invoices in one file and
    for one that does not add up.
    """
    media_type = media_type_of(content[:HEAD_BYTES], name)
    if media_type == "application/xml":
        return invoice_of(read_xml(content, name), name)
    if media_type == "application/pdf":
        return _only(_attached_to_pdf(content, name), name)
    if media_type == "application/ofd":
        return _only(_inside_ofd(content, name), name)
    return None


def pages(content: bytes | Path, name: str) -> int:
    """How many pages a PDF has; raises AttachmentError for one that is damaged. One under a password counts as one."""
    try:
        with opened(content) as pdf:
            return len(pdf)
    except UnreadablePdf as error:
        if error.locked:
            return 1
        raise damaged(name, "PDF") from error


def _only(texts: Iterator[bytes], name: str) -> ElectronicInvoice | None:
    """The one invoice of several XML parts; the same one may stand there twice."""
    found: ElectronicInvoice | None = None
    for text in texts:
        one = invoice_of(read_xml(text, name), name)
        if one is None:
            continue
        if found is not None and one.body != found.body:
            raise InvoiceError(f"{name} 里有两张不同的发票", "请一张发票存一个文件。")
        found = one
    return found


def _attached_to_pdf(content: bytes, name: str) -> Iterator[bytes]:
    """XML among the attachments of a PDF, whatever its name."""
    if len(content) > LARGEST:
        return
    try:
        yield from filter(_looks_like, attached(content, _MOST_ATTACHED))
    except UnreadablePdf as error:
        if not error.locked:
            raise damaged(name, "PDF") from error


def _inside_ofd(content: bytes, name: str) -> Iterator[bytes]:
    """XML with an invoice among the parts of an OFD package."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _ensure_modest(parts, name)
            if not any(part.filename.lstrip("/") == "OFD.xml" for part in parts):
                raise damaged(name, "OFD")
            for part in parts:
                if part.filename.lower().endswith(".xml") and part.file_size <= LARGEST:
                    with package.open(part) as file:
                        text = file.read(LARGEST + 1)
                    if _looks_like(text):
                        yield text
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        raise damaged(name, "OFD") from error


def _ensure_modest(parts: list[zipfile.ZipInfo], name: str) -> None:
    """A package that swells beyond what any honest one does is not unpacked."""
    swells = any(
        part.file_size > _RATIO_FROM and part.file_size > _LARGEST_RATIO * max(1, part.compress_size)
        for part in parts
    )
    if swells or len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise AttachmentError(f"{name} 解开会大得不正常，没有打开它", "请向开票方重新要一份。")


def _looks_like(text: bytes) -> bool:
    """Whether XML can be an invoice; another encoding than UTF-16 keeps the mark readable."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return _MARK in text or f":{ROOT}".encode() in text

"""入账信息 onto the disk: one XML file a source document, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from village_ledger.domain.voucher import StoredVoucher
from village_ledger.reports.pens.output_file import replacing
from village_ledger.services.attachments.entry_information import files_of
from village_ledger.storage.reader import Reader


def write_entry_files(reader: Reader, stored: StoredVoucher, folder: Path) -> list[Path]:
    """A file for every electronic invoice of a posted voucher, named by the invoice; returns them.

    Raises AttachmentError for a voucher that has none or is not posted, OutputError, OutputDiskFull.
    """
    return [
        write_text(folder / f"入账信息 {number}.xml", text)
        for number, text in files_of(reader, stored).items()
    ]


def write_text(path: Path, text: str) -> Path:
    """One such file."""
    with replacing(path) as file:
        file.write(text.encode("utf-8"))
    return path

"""PDF files read through PDFium, which answers one thread at a time: the window draws while the worker looks inside."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ONE_AT_A_TIME = threading.RLock()


class UnreadablePdf(Exception):
    """A PDF that does not open; ``locked`` when only its password is missing."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__()
        self.locked = locked


@contextmanager
def opened(pdf: bytes | Path) -> Generator[Any]:
    """A PDF (``pypdfium2.PdfDocument``, which brings no types), closed again at the end of the block.

    Nobody else uses PDFium meanwhile. Raises UnreadablePdf for a file that is damaged or under a password.
    """
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]  it brings none; what it gives is Any here

    with _ONE_AT_A_TIME:
        try:
            document: Any = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(locked="password" in str(error).lower()) from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(locked=False) from error
        finally:
            document.close()


def attached(pdf: bytes, most: int) -> list[bytes]:
    """What files a PDF carries within it, so many at most; raises UnreadablePdf."""
    with opened(pdf) as document:
        places = range(min(int(document.count_attachments()), most))
        return [bytes(document.get_attachment(place).get_data()) for place in places]


def join(pdfs: Sequence[Path], target: Path) -> None:
    """The pages of all files one after another in one file, whole or not at all; raises OutputError, OutputDiskFull."""
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]  it brings none; what it gives is Any here

    from village_ledger.reports.pens.output_file import replacing

    with _ONE_AT_A_TIME:
        whole: Any = pypdfium2.PdfDocument.new()
        try:
            for pdf in pdfs:
                with opened(pdf) as part:
                    whole.import_pages(part)
            with replacing(target) as stream:
                whole.save(stream)
        finally:
            whole.close()

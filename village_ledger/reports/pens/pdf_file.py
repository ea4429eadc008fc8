"""A PDF written page by page: finished pages leave memory, fonts follow at the end (ISO 32000-1).

Why not a library: resources/docs/decisions/0005-pdf-and-fonts.md.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Sequence
from typing import IO

from village_ledger.reports.pens.pdf_font import PdfFont

_CATALOG, _PAGES, _RESOURCES, _INFO = 1, 2, 3, 4
_LEVEL = 6


class PdfFile:
    """Writes to a binary stream; ``close`` adds fonts, page tree and cross-reference table."""

    def __init__(
        self, stream: IO[bytes], title: str, after_page: Callable[[int], object] | None = None
    ) -> None:
        """``after_page`` hears of every page written, by its number, and may raise Cancelled."""
        self._after_page = after_page
        self._stream = stream
        self._title = title
        self._offsets = array("Q", [0] * (_INFO + 1))
        self._pages = array("L")
        self._at = 0
        self._photos: dict[str, int] = {}
        self._put(b"%PDF-1.7\n%\xe6\x9d\x91\xe8\xb4\xa6\n")

    @property
    def page_count(self) -> int:
        """Pages written so far."""
        return len(self._pages)

    def add_page(self, width: float, height: float, content: str) -> None:
        """Add a page of this size in points; ``content`` are its drawing operators."""
        stream = self._stream_object(content.encode("ascii"))
        page = self._object(
            f"<< /Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {width:.2f} {height:.2f}]"
            f" /Resources {_RESOURCES} 0 R /Contents {stream} 0 R >>"
        )
        self._pages.append(page)
        if self._after_page is not None:
            self._after_page(len(self._pages))

    def add_photo(self, name: str, jpeg: bytes, width: int, height: int) -> None:
        """A JPEG of three colours that pages draw by its name; pages share it."""
        if name not in self._photos:
            head = (
                f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
                f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n"
            )
            self._photos[name] = self._write_object(head.encode("ascii") + jpeg + b"\nendstream")

    def close(self, fonts: Sequence[PdfFont]) -> None:
        """Write what the pages share and the end of the file."""
        names = " ".join(f"/{font.name} {self._font(font)} 0 R" for font in fonts if font.is_used)
        photos = " ".join(f"/{name} {number} 0 R" for name, number in self._photos.items())
        shown = f" /XObject << {photos} >>" if photos else ""
        self._object(f"<< /Font << {names} >>{shown} >>", _RESOURCES)
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>", _PAGES)
        self._object(
            f"<< /Type /Catalog /Pages {_PAGES} 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> >>",
            _CATALOG,
        )
        self._object(f"<< /Title {_text(self._title)} /Creator {_text('村账')} >>", _INFO)
        self._end()

    def _font(self, font: PdfFont) -> int:
        program = self._stream_object(font.program(), "/Subtype /CIDFontType0C ")
        descriptor = self._object(font.descriptor(program))
        descendant = self._object(
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{font.base_name()} /DW 1000 /W {font.widths_array()}"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {descriptor} 0 R >>"
        )
        unicode = self._stream_object(font.to_unicode())
        return self._object(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.base_name()}-Identity-H /Encoding /Identity-H"
            f" /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>"
        )

    def _end(self) -> None:
        start = self._at
        rows = b"".join(b"%010d 00000 n \n" % offset for offset in self._offsets[1:])
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._offsets) + rows)
        trailer = f"trailer\n<< /Size {len(self._offsets)} /Root {_CATALOG} 0 R /Info {_INFO} 0 R >>\n"
        self._put(f"{trailer}startxref\n{start}\n%%EOF\n".encode("ascii"))

    def _stream_object(self, data: bytes, entries: str = "") -> int:
        packed = zlib.compress(data, _LEVEL)
        head = f"<< {entries}/Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode("ascii")
        return self._write_object(head + packed + b"\nendstream")

    def _object(self, body: str, number: int = 0) -> int:
        return self._write_object(body.encode("ascii"), number)

    def _write_object(self, body: bytes, number: int = 0) -> int:
        if not number:
            self._offsets.append(0)
            number = len(self._offsets) - 1
        self._offsets[number] = self._at
        self._put(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        return number

    def _put(self, data: bytes) -> None:
        self._stream.write(data)
        self._at += len(data)


def _text(text: str) -> str:
    """A text string of the document information, UTF-16 with its mark."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"

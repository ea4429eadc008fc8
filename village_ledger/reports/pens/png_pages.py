"""Pages of a PDF as pictures for a telephone or a group: one tall picture, or a picture a page in a folder or a zip.

A picture is written row by row as its pages are drawn, so that a hundred pages take the memory of one.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from village_ledger.domain.errors import LedgerError
from village_ledger.reports.pens.output_file import OutputError, replacing
from village_ledger.reports.pens.pdf_reading import opened
from village_ledger.services.entry.progress import SILENT, Progress

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 120
"""A page of A3 is about two thousand dots wide: small print is read when a finger enlarges it."""
PHONE_DPI = 183
"""A page for the telephone is 1080 dots wide, as its screen is."""
_POINTS = 72
_TALLEST = 60_000
"""Dots; what is taller no telephone opens."""
_BACK = (231, 226, 214)
_GAP = 12
"""Dots between pages of a tall picture."""
_LEVEL = 6
_DAY_ZERO = (2000, 1, 1, 0, 0, 0)
"""Equal pages give equal files: no moment of making is written into them."""


class PictureTooTall(LedgerError):
    """So many pages make a picture nobody can open."""

    code = "S-143"

    def __init__(self, pages: int) -> None:
        super().__init__(
            f"{pages} 页接成一张图太长，手机打不开", "请存成一个文件夹或 .zip，一页一张；或只选几张表。"
        )


def write_pictures(
    pdf: Path, target: Path, names: Sequence[str], *, dpi: int = DPI, progress: Progress = SILENT
) -> int:
    """Pages as pictures: ``x.png`` one tall one, ``x.zip`` or a folder a picture a page, by ``names``; gives how many.

    Raises PictureTooTall, OutputError, OutputDiskFull, Cancelled; then no picture of this call is left behind.
    """
    ending = target.suffix.lower()
    if ending == ".png":
        _tall(pdf, target, dpi, progress)
        return 1
    if ending == ".zip":
        return _zipped(pdf, target, names, dpi, progress)
    return _into_folder(pdf, target, names, dpi, progress)


def _images(pdf: Path, dpi: int, progress: Progress) -> Iterator[tuple[int, int, Image]]:
    """Every page drawn, with its place and how many there are; one at a time."""
    with opened(pdf) as document:
        total = len(document)
        for number in range(total):
            progress.step(number, total, f"画第 {number + 1} 张图，共 {total} 张")
            bitmap: Any = document[number].render(scale=dpi / _POINTS)
            image: Image = bitmap.to_pil().convert("RGB")
            bitmap.close()
            yield number, total, image
        progress.step(total, total, f"画完 {total} 张图")


def _zipped(pdf: Path, target: Path, names: Sequence[str], dpi: int, progress: Progress) -> int:
    count = 0
    with replacing(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number, _, image in _images(pdf, dpi, progress):
            info = zipfile.ZipInfo(f"{names[number]}.png", _DAY_ZERO)
            with archive.open(info, "w") as file:
                _png(file, image.width, image.height, lambda image=image: iter([image]))
            count += 1
    return count


def _into_folder(pdf: Path, folder: Path, names: Sequence[str], dpi: int, progress: Progress) -> int:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"“{folder}”不是文件夹，图片没有写成", "请换一个文件夹的名字，或写 .png、.zip。")
    made = not folder.exists()
    written: list[Path] = []
    try:
        if made:
            folder.mkdir()
        for number, _, image in _images(pdf, dpi, progress):
            path = folder / f"{names[number]}.png"
            with replacing(path) as stream:
                _png(stream, image.width, image.height, lambda image=image: iter([image]))
            written.append(path)
    except BaseException as problem:
        for path in written:
            path.unlink(missing_ok=True)
        if made and folder.is_dir():
            folder.rmdir()
        if isinstance(problem, OSError):
            raise OutputError(f"“{folder}”写不进去，图片没有写成", "请换一个能写的文件夹。") from problem
        raise
    return len(written)


def _tall(pdf: Path, target: Path, dpi: int, progress: Progress) -> None:
    with opened(pdf) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
    width = max(round(size[0] * dpi / _POINTS) for size in sizes)
    heights = [round(size[1] * dpi / _POINTS) for size in sizes]
    height = sum(heights) + _GAP * (len(heights) - 1)
    if height > _TALLEST:
        raise PictureTooTall(len(sizes))

    def pieces() -> Iterator[Image]:
        from PIL import Image as Pictures

        for number, total, image in _images(pdf, dpi, progress):
            page = Pictures.new("RGB", (width, heights[number]), (255, 255, 255))
            page.paste(image, (0, 0))
            yield page
            if number + 1 < total:
                yield Pictures.new("RGB", (width, _GAP), _BACK)

    with replacing(target) as stream:
        _png(stream, width, height, pieces)


def _png(stream: IO[bytes], width: int, height: int, pieces: Callable[[], Iterator[Image]]) -> None:
    """A PNG from pieces lying beneath each other, each compressed as it comes (ISO 15948)."""
    stream.write(b"\x89PNG\r\n\x1a\n")
    _chunk(stream, b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    packer = zlib.compressobj(_LEVEL)
    for image in pieces():
        data, row = image.tobytes(), width * 3
        for start in range(0, len(data), row):
            if packed := packer.compress(b"\x00" + data[start : start + row]):
                _chunk(stream, b"IDAT", packed)
    _chunk(stream, b"IDAT", packer.flush())
    _chunk(stream, b"IEND", b"")


def _chunk(stream: IO[bytes], kind: bytes, data: bytes) -> None:
    stream.write(struct.pack(">I", len(data)) + kind + data)
    stream.write(struct.pack(">I", zlib.crc32(kind + data)))

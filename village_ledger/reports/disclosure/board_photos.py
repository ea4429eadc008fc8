"""Photos of the board under the posting record: made fit for paper, two in a row, each with what it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, MM, PaperPhoto, Style

if TYPE_CHECKING:
    from village_ledger.reports.pens.ink import Ink

LONGEST = 1400
"""Pixels of the longer side on paper: sharp at half a page."""
MOST = 4
"""So many photos are printed; all are in the book."""
IN_A_ROW = 2
ROW = 66 * MM
_CAPTION = 6 * MM
_GAP = 4 * MM


@dataclass(frozen=True, slots=True)
class BoardPhotos:
    """What is drawn below the rows."""

    photos: tuple[PaperPhoto, ...]

    @property
    def height(self) -> float:
        """Room all of them take."""
        return -(-len(self.photos) // IN_A_ROW) * ROW

    def draw(self, ink: Ink, left: float, top: float, width: float) -> None:
        """Two in a row, each as large as its place, its caption below."""
        place = (width - _GAP * (IN_A_ROW - 1)) / IN_A_ROW
        for number, photo in enumerate(self.photos):
            row, column = divmod(number, IN_A_ROW)
            x, y = left + column * (place + _GAP), top + _GAP + row * ROW
            room = ROW - _GAP - _CAPTION
            scale = min(place / photo.width, room / photo.height)
            wide, high = photo.width * scale, photo.height * scale
            ink.photo(x + (place - wide) / 2, y + (room - high) / 2, wide, high, photo)
            caption = Style(Face.SERIF, 8, BLACK)
            ink.text_centre(x + place / 2, y + room + 4 * MM, photo.caption, caption, squeeze_to=place)


def paper_photos(some: Sequence[tuple[str, bytes]]) -> BoardPhotos | None:
    """Photos by caption and content, fit for paper; what is no picture is left out. None without any."""
    made = [paper_photo(content, caption) for caption, content in some[:MOST]]
    found = tuple(one for one in made if one is not None)
    return BoardPhotos(found) if found else None


def paper_photo(content: bytes, caption: str) -> PaperPhoto | None:
    """One photo, upright, no larger than paper shows."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((LONGEST, LONGEST))
            made = io.BytesIO()
            upright.save(made, "JPEG", quality=82)
    except (UnidentifiedImageError, OSError, ValueError):
        return None
    jpeg = made.getvalue()
    return PaperPhoto(f"P{sha256(jpeg).hexdigest()[:16]}", jpeg, *upright.size, caption)

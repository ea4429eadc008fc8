"""What is drawn on one page: text, rules, boxes. Points from the top left corner; sizes in points.

Colours are few: paper is printed black, the ledger's colour only in stamp and frame, red for red letters
and the closing rules of books.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from village_ledger.reports.pens.font_cache import glyph_store
from village_ledger.reports.pens.fonts import Face, find_fonts
from village_ledger.reports.pens.pdf_font import PdfFont

MM = 72 / 25.4
"""Points in a millimetre."""

BLACK = "0 0 0"
WHITE = "1 1 1"
GREY = "0.4 0.37 0.33"
SHADE = "0.96 0.96 0.96"
"""Ground of totals; survives a photocopier as nothing."""
SIX_PERCENT = "0.946 0.945 0.944"
"""Ink at 6 % on white: the watermark."""
RED = "0.690 0.141 0.106"
GREEN = "0.165 0.404 0.251"
INDIGO = "0.141 0.263 0.478"

RULE = 0.35 * MM
HAIR = 0.15 * MM
FRAME = 1.3 * MM

_STROKE = 0.03
"""Line drawn round a glyph to make it bold, part of the size."""
_CIRCLE = 0.5523
_CAP_MIDDLE = 0.36
"""From the base line up to the middle of a Chinese character, part of the size."""


@dataclass(frozen=True, slots=True)
class PaperPhoto:
    """A photo as a JPEG of three colours."""

    name: str
    """A name nothing else in the file has: letters and digits."""
    jpeg: bytes
    width: int
    height: int
    caption: str


class Fonts:
    """The fonts of one document by face."""

    def __init__(self) -> None:
        found = find_fonts()
        self._chains = {face: [glyph_store(font) for font in chain] for face, chain in found.chains.items()}
        self._faces = {
            face: PdfFont(
                face.value, chain, tabular=face in {Face.SANS, Face.SANS_BOLD}, stroked=face in found.stroked
            )
            for face, chain in self._chains.items()
        }

    def __getitem__(self, face: Face) -> PdfFont:
        return self._faces[face]

    def all(self) -> list[PdfFont]:
        """Every face, used or not."""
        return list(self._faces.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """Characters met so far that no font of this machine has."""
        return tuple(sorted({char for font in self._faces.values() for char in font.missing}))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        """Keep the outlines for the next print and let font files go."""
        for store in {id(s): s for chain in self._chains.values() for s in chain}.values():
            store.save()


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written: face, size in points, colour."""

    face: Face
    size: float
    colour: str = BLACK


class Ink:
    """The operators of one page; ``content`` joins them."""

    def __init__(self, fonts: Fonts, width: float, height: float) -> None:
        self.fonts = fonts
        self.width = width
        self.height = height
        self._code: list[str] = []
        self._font: tuple[str, float] = ("", 0.0)
        self._fill = BLACK
        self._stroke = (BLACK, 0.0)
        self._stroked = False
        self.photos: dict[str, PaperPhoto] = {}
        """Photos the page shows, by name: whoever writes the page adds them to the file."""

    def content(self) -> str:
        """All operators of the page."""
        return "\n".join(self._code)

    def text(self, x: float, y: float, text: str, style: Style, *, squeeze_to: float = 0) -> None:
        """Write ``text`` from ``x`` with its base line at ``y``; wider than ``squeeze_to`` it is condensed."""
        font = self.fonts[style.face]
        size = style.size
        self._use(font, size, style.colour)
        if squeeze_to and (width := font.width(text) * size / 1000) > squeeze_to:
            self._code.append(
                f"BT {100 * squeeze_to / width:.2f} Tz {x:.2f} {self.height - y:.2f} Td"
                f" <{font.encode(text)}> Tj 100 Tz ET"
            )
            return
        self._code.append(f"BT {x:.2f} {self.height - y:.2f} Td <{font.encode(text)}> Tj ET")

    def text_right(self, x: float, y: float, text: str, style: Style, *, squeeze_to: float = 0) -> None:
        """Write ``text`` ending at ``x``."""
        width = self.text_width(text, style)
        self.text(
            x - (min(width, squeeze_to) if squeeze_to else width), y, text, style, squeeze_to=squeeze_to
        )

    def text_centre(self, x: float, y: float, text: str, style: Style, *, squeeze_to: float = 0) -> None:
        """Write ``text`` centred on ``x``."""
        width = self.text_width(text, style)
        if squeeze_to:
            width = min(width, squeeze_to)
        self.text(x - width / 2, y, text, style, squeeze_to=squeeze_to)

    def text_width(self, text: str, style: Style) -> float:
        """Width in points."""
        return self.fonts[style.face].width(text) * style.size / 1000

    def spaced_centre(self, x: float, y: float, text: str, style: Style, gap: float) -> None:
        """A title with its characters set apart by ``gap`` points, centred on ``x``."""
        at = x - (self.text_width(text, style) + gap * (len(text) - 1)) / 2
        self._use(self.fonts[style.face], style.size, style.colour)
        font = self.fonts[style.face]
        self._code.append(
            f"BT {gap:.2f} Tc {at:.2f} {self.height - y:.2f} Td <{font.encode(text)}> Tj 0 Tc ET"
        )

    def _use(self, font: PdfFont, size: float, colour: str) -> None:
        if self._font != (font.name, size):
            self._font = (font.name, size)
            self._code.append(f"/{font.name} {size:.4g} Tf")
        self._fill_with(colour)
        if font.stroked:
            self._pen(colour, size * _STROKE)
        if font.stroked != self._stroked:
            self._stroked = font.stroked
            self._code.append("2 Tr" if font.stroked else "0 Tr")

    def _fill_with(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self._code.append(f"{colour} rg")

    def _pen(self, colour: str, width: float) -> None:
        if self._stroke != (colour, width):
            self._stroke = (colour, width)
            self._code.append(f"{colour} RG {width:.3f} w")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, width: float = RULE, colour: str = BLACK
    ) -> None:
        """A straight rule."""
        self._pen(colour, width)
        self._code.append(f"{x1:.2f} {self.height - y1:.2f} m {x2:.2f} {self.height - y2:.2f} l S")

    def grid(
        self, xs: Sequence[float], ys: Sequence[float], width: float = HAIR, colour: str = BLACK
    ) -> None:
        """All horizontal and vertical rules of a table in one stroke."""
        self._pen(colour, width)
        left, right, top, bottom = xs[0], xs[-1], self.height - ys[0], self.height - ys[-1]
        rows = [f"{left:.2f} {self.height - y:.2f} m {right:.2f} {self.height - y:.2f} l" for y in ys]
        columns = [f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l" for x in xs]
        self._code.append(" ".join(rows + columns) + " S")

    def box(
        self, x: float, y: float, width: float, height: float, line: float = RULE, colour: str = BLACK
    ) -> None:
        """An empty rectangle; ``y`` is its upper edge."""
        self._pen(colour, line)
        self._code.append(f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re S")

    @contextmanager
    def moved(self, right: float, down: float) -> Generator[None]:
        """Everything drawn meanwhile stands this much further right and down."""
        self._code.append(f"q 1 0 0 1 {right:.2f} {-down:.2f} cm")
        self._forget()
        yield
        self._code.append("Q")
        self._forget()

    def _forget(self) -> None:
        """Colours, pen and font are said again: the page's own ones hold from here."""
        self._font, self._fill, self._stroke, self._stroked = ("", 0.0), "", ("", 0.0), False

    def dashed_line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line to cut along."""
        self._code.append("[4 3] 0 d")
        self.line(x1, y1, x2, y2, HAIR, GREY)
        self._code.append("[] 0 d")

    def dashed_box(self, x: float, y: float, width: float, height: float) -> None:
        """The place of a seal."""
        self._code.append("[2.5 2] 0 d")
        self.box(x, y, width, height, HAIR * 2, GREY)
        self._code.append("[] 0 d")

    def dashed_circle(self, x: float, y: float, radius: float) -> None:
        """The place of a round seal."""
        self._code.append("[2.5 2] 0 d")
        self.circle(x, y, radius, HAIR * 2, GREY)
        self._code.append("[] 0 d")

    def hatch(self, x: float, y: float, width: float, height: float, gap: float, colour: str) -> None:
        """Lines rising to the right over a rectangle, ``gap`` apart; ``y`` is its upper edge."""
        low, count = self.height - y - height, int((width + height) / gap) + 1
        strokes: list[str] = []
        for step in range(1, count):
            along = step * gap
            left, right = max(0.0, along - height), min(width, along)
            if right > left:
                strokes.append(
                    f"{x + left:.2f} {low + height - along + left:.2f} m "
                    f"{x + right:.2f} {low + height - along + right:.2f} l"
                )
        if strokes:
            self._pen(colour, HAIR)
            self._code.append(" ".join(strokes) + " S")

    def dots(self, x: float, y: float, width: float, height: float, gap: float, colour: str) -> None:
        """Dots over a rectangle, ``gap`` apart; ``y`` is its upper edge."""
        self._pen(colour, gap * 0.4)
        self._code.append(f"1 J [0 {gap:.2f}] 0 d")
        row = gap / 2
        while row < height:
            base = self.height - y - row
            self._code.append(f"{x + gap / 2:.2f} {base:.2f} m {x + width - gap / 4:.2f} {base:.2f} l S")
            row += gap
        self._code.append("0 J [] 0 d")

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle; ``y`` is its upper edge."""
        self._fill_with(colour)
        self._code.append(f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def photo(self, x: float, y: float, width: float, height: float, photo: PaperPhoto) -> None:
        """A photo in a place; ``y`` is its upper edge."""
        self.photos[photo.name] = photo
        self._code.append(
            f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {self.height - y - height:.2f} cm /{photo.name} Do Q"
        )

    def circle(self, x: float, y: float, radius: float, line: float, colour: str) -> None:
        """An empty circle round ``x``, ``y``."""
        self._pen(colour, line)
        y = self.height - y
        k = radius * _CIRCLE
        self._code.append(
            f"{x + radius:.2f} {y:.2f} m"
            f" {x + radius:.2f} {y + k:.2f} {x + k:.2f} {y + radius:.2f} {x:.2f} {y + radius:.2f} c"
            f" {x - k:.2f} {y + radius:.2f} {x - radius:.2f} {y + k:.2f} {x - radius:.2f} {y:.2f} c"
            f" {x - radius:.2f} {y - k:.2f} {x - k:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c"
            f" {x + k:.2f} {y - radius:.2f} {x + radius:.2f} {y - k:.2f} {x + radius:.2f} {y:.2f} c s"
        )

    def turned(self, x: float, y: float, text: str, style: Style, degrees: float) -> None:
        """Text centred on ``x``, ``y`` and turned, rising to the right."""
        font = self.fonts[style.face]
        self._use(font, style.size, style.colour)
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        back, down = self.text_width(text, style) / 2, style.size * _CAP_MIDDLE
        left, base = x - back * cos + down * sin, self.height - y - back * sin - down * cos
        self._code.append(
            f"BT {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {left:.2f} {base:.2f} Tm <{font.encode(text)}> Tj ET"
        )


def middle(top: float, height: float, size: float) -> float:
    """Base line of a text of this size standing in the middle of a row."""
    return top + height / 2 + size * _CAP_MIDDLE

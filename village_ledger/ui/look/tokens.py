"""The one table of colours and measures; everything drawn takes its figures from here.

Colours are strings so that this module needs no Qt. Measures are px at 100 %; Qt scales them with the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Size(Enum):
    """The three text sizes."""

    STANDARD = "standard"
    LARGE = "large"
    HUGE = "huge"

    def larger(self) -> Size:
        """One step up, the largest stays."""
        return _SIZES[min(_SIZES.index(self) + 1, len(_SIZES) - 1)]

    def smaller(self) -> Size:
        """One step down, the smallest stays."""
        return _SIZES[max(_SIZES.index(self) - 1, 0)]


_SIZES = [Size.STANDARD, Size.LARGE, Size.HUGE]


class Contrast(Enum):
    """Paper and ink, or the high-contrast theme."""

    PAPER = "paper"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Accent:
    """The colour that says which ledger one is in: strong, and tinted as a ground."""

    strong: str
    tint: str
    on_strong: str
    """Text on the strong colour."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by what they are for."""

    desk: str
    paper: str
    sheet: str
    ink: str
    ink2: str
    ink3: str
    edge: str
    hair: str
    green: Accent
    """The collective's ledger (秧绿)."""
    indigo: Accent
    """The committee's ledger (靛青)."""
    both: Accent
    """Pages of both ledgers and set-up: ink."""
    red: str
    """Red-letter figures, seals, closing rules, the 角 line; nothing else."""
    ochre: str
    ochre_tint: str
    closed: str
    off: str
    """Text of a disabled button."""
    main: str
    """Ground of the one filled button; empty: the accent's strong colour."""
    on_main: str
    focus: str
    """Focus box; empty: the accent's strong colour."""
    block: str
    """Ground of the ink blocks: error mark, band of marked rows."""
    on_block: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in px at 100 %."""

    body: int
    form: int
    title: int
    figure: int
    figure_big: int
    smallest: int
    row: int
    table_row: int
    control: int
    line: float
    """Width of borders."""
    top_bar: int
    nav: int
    nav_row: int
    head: int
    status: int
    stamp: int
    icon: int
    """Nav icons; 0 leaves them out."""
    narrow_below: int
    """A window less wide than this has the narrow forms."""
    unit: int = 4
    gap: int = 14
    page_edge: int = 20
    cell: int = 10
    radius: int = 3
    frame: int = 4
    focus: float = 2.5
    month_cell: int = 35


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours and measures of one choice of size and contrast."""

    size: Size
    contrast: Contrast
    colour: Colours
    px: Measures
    narrow: bool = False
    """Whether the window is too narrow for the wide forms, as on a small screen at 200 %."""

    @property
    def tight(self) -> bool:
        """Whether bars show their small forms: in 特大, and in a narrow window."""
        return self.narrow or self.size is Size.HUGE


_PAPER = Colours(
    desk="#E7E2D6",
    paper="#FBF9F3",
    sheet="#FFFEFB",
    ink="#1D1B18",
    ink2="#4A463F",
    ink3="#655F54",
    edge="#857B67",
    hair="#DAD3C4",
    green=Accent("#2A6740", "#E3EDE1", "#FFFEFB"),
    indigo=Accent("#24437A", "#E2E8F3", "#FFFEFB"),
    both=Accent("#1D1B18", "#EFEADF", "#FFFEFB"),
    red="#B0241B",
    ochre="#7E4F06",
    ochre_tint="#F7EDD4",
    closed="#DFD9CA",
    off="#6A6353",
    main="",
    on_main="#FFFEFB",
    focus="",
    block="#1D1B18",
    on_block="#FFFEFB",
)
_PAPER_LARGE = replace(
    _PAPER,
    ink3=_PAPER.ink2,
    off=_PAPER.ink2,
    green=replace(_PAPER.green, strong="#1C5231"),
    red="#98190F",
    ochre="#6B4303",
)
_HIGH = Colours(
    desk="#000000",
    paper="#000000",
    sheet="#000000",
    ink="#FFFFFF",
    ink2="#FFFFFF",
    ink3="#FFFFFF",
    edge="#FFFFFF",
    hair="#8C8C8C",
    green=Accent("#8FE3A8", "#143D22", "#000000"),
    indigo=Accent("#A9C8FF", "#16305C", "#000000"),
    both=Accent("#FFFFFF", "#2B2B2B", "#000000"),
    red="#FFB8AE",
    ochre="#FFD24A",
    ochre_tint="#000000",
    closed="#2B2B2B",
    off="#BFBFBF",
    main="#FFE169",
    on_main="#000000",
    focus="#FFE169",
    block="#FFFFFF",
    on_block="#000000",
)

_MEASURES = {
    Size.STANDARD: Measures(
        body=15,
        form=16,
        title=24,
        figure=19,
        figure_big=30,
        smallest=13,
        row=38,
        table_row=36,
        control=38,
        line=1.0,
        top_bar=62,
        nav=118,
        nav_row=49,
        head=50,
        status=30,
        stamp=50,
        icon=21,
        narrow_below=1060,
    ),
    Size.LARGE: Measures(
        body=18,
        form=19,
        title=27,
        figure=23,
        figure_big=34,
        smallest=16,
        row=46,
        table_row=46,
        control=46,
        line=1.0,
        top_bar=66,
        nav=122,
        nav_row=54,
        head=54,
        status=36,
        stamp=52,
        icon=21,
        narrow_below=1180,
    ),
    Size.HUGE: Measures(
        body=22,
        form=22,
        title=31,
        figure=28,
        figure_big=40,
        smallest=18,
        row=60,
        table_row=60,
        control=54,
        line=1.0,
        top_bar=78,
        nav=94,
        nav_row=74,
        head=58,
        status=42,
        stamp=54,
        icon=0,
        narrow_below=1240,
    ),
}

_ROOM_SAVED = {"page_edge": 10, "gap": 6, "nav_row": 26, "icon": 0}
_NARROW: dict[Size, dict[str, int]] = {
    Size.STANDARD: {
        **_ROOM_SAVED,
        "title": 20,
        "top_bar": 48,
        "nav": 62,
        "head": 40,
        "stamp": 40,
        "status": 26,
    }
    | {"table_row": 31},
    Size.LARGE: {**_ROOM_SAVED, "title": 22, "top_bar": 52, "nav": 66, "head": 46, "stamp": 44, "status": 30}
    | {"table_row": 36, "nav_row": 30},
    Size.HUGE: {**_ROOM_SAVED, "title": 24, "top_bar": 56, "nav": 70, "head": 54, "stamp": 48, "status": 34}
    | {"table_row": 44, "nav_row": 36},
}
"""What a narrow window takes from the space around things."""


def tokens(size: Size, contrast: Contrast, *, narrow: bool = False) -> Tokens:
    """The table for one choice; every colour has the contrast look.md asks of its size.

    A ``narrow`` window has lower bars and less space around things; texts and buttons keep their size.
    """
    px = _MEASURES[size]
    if contrast is Contrast.HIGH:
        px = replace(px, line=2.0, frame=6, focus=3.0, page_edge=16)
    if narrow:
        px = replace(px, frame=3, **_NARROW[size])
    paper = _PAPER if size is Size.STANDARD else _PAPER_LARGE
    return Tokens(size, contrast, _HIGH if contrast is Contrast.HIGH else paper, px, narrow)


def _channel(value: int) -> float:
    """Linear light of one sRGB channel."""
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two ``#RRGGBB`` colours by WCAG 2: 1 (same) to 21 (black on white)."""
    lights: list[float] = []
    for colour in (one, other):
        red, green, blue = (_channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)

"""Sizes of the wall sheet: A3 or A4, for the wall or the desk, in three sizes of type; nothing is ever smaller."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from village_ledger.reports.pens.pdf_layout import Sheet


@dataclass(frozen=True, slots=True)
class Sizes:
    """Measures of one wall sheet: millimetres for places, points for type."""

    paper: Sheet
    body: float
    row: float
    title: float
    subtitle: float
    info: float
    stamp: float
    total: float
    note: float
    foot: float
    pad: float
    square: float
    """Side of the QR code at the head of every page."""
    signed: bool = True
    """Whether it has places for signatures and seals; a picture for a telephone has none."""

    def larger(self, body: float) -> Sizes:
        """The same paper with larger body type: rows, sums and notes grow with it, the head stays."""
        part = body / self.body
        return replace(
            self,
            body=body,
            row=self.row * part,
            total=max(self.total, body * 1.35),
            note=self.note * (1 + (part - 1) / 2),
            pad=self.pad * part,
        )


_A3 = Sizes(
    Sheet(420, 297, left=15, right=15, top=13, bottom=15), 16, 12.5, 36, 17, 15, 22, 24, 12.5, 10, 2, 25
)
_A4 = Sizes(Sheet(297, 210, left=14, right=14, top=11, bottom=14), 16, 12, 27, 14, 12, 17, 22, 11, 9, 1.2, 18)
_DESK = Sizes(
    Sheet(297, 210, left=15, right=15, top=12, bottom=15), 10.5, 7, 21, 11, 10.5, 14, 14, 9.5, 8.5, 1.5, 15
)
_DESK_A3 = replace(_DESK, paper=Sheet(420, 297, left=15, right=15, top=13, bottom=15), title=27, subtitle=14)
_PHONE = Sizes(
    Sheet(150, 266.7, left=10, right=10, top=9, bottom=14),
    10.5,
    7,
    17,
    10,
    9,
    12,
    13,
    9,
    8,
    1,
    15,
    signed=False,
)


class WallSize(Enum):
    """For the wall (body 16 pt or more, readable at two metres) or for the desk, on A3 or A4; and a telephone's screen."""

    A3 = _A3
    A3_LARGE = _A3.larger(20)
    A3_HUGE = _A3.larger(24)
    A4 = _A4
    A4_LARGE = _A4.larger(20)
    A4_HUGE = _A4.larger(24)
    DESK = _DESK
    DESK_LARGE = _DESK.larger(12)
    DESK_HUGE = _DESK.larger(14)
    DESK_A3 = _DESK_A3
    DESK_A3_LARGE = _DESK_A3.larger(12)
    DESK_A3_HUGE = _DESK_A3.larger(14)
    PHONE = _PHONE

    @property
    def is_desk(self) -> bool:
        """Whether it is read at arm's length."""
        return self.name.startswith("DESK")

    @property
    def paper(self) -> str:
        """``A3``, ``A4`` or ``phone``."""
        if self is WallSize.PHONE:
            return "phone"
        return "A3" if "A3" in self.name else "A4"

    @property
    def step(self) -> str:
        """``standard``, ``large`` or ``huge`` type."""
        ending = self.name.rpartition("_")[2].lower()
        return ending if ending in STEPS else STEPS[0]

    @property
    def words(self) -> str:
        """上墙 A3 · 16 磅."""
        if self is WallSize.PHONE:
            return "手机长图"
        return f"{'案头' if self.is_desk else '上墙'} {self.paper} · {self.value.body:g} 磅"

    @property
    def page_mm2(self) -> int:
        """Paper of one page."""
        return round(self.value.paper.width * self.value.paper.height)


STEPS = ("standard", "large", "huge")
"""Sizes of type, smallest first."""


PRINTED = tuple(size for size in WallSize if size is not WallSize.PHONE)
"""Sizes that lie on paper."""


def size_of(paper: str, *, desk: bool, step: str = STEPS[0]) -> WallSize:
    """The size for a paper, a place and a size of type."""
    base = {("A3", False): "A3", ("A4", False): "A4", ("A3", True): "DESK_A3", ("A4", True): "DESK"}
    name = base[paper, desk]
    return WallSize[name if step == STEPS[0] else f"{name}_{step.upper()}"]

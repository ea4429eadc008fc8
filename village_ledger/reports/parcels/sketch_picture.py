"""The sketch of a parcel as a picture: corners in order, sides with their lengths, the four bounds round it, a scale.

Places are worked out for a room of any size; paper and screen draw from the same description. North is up.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, isqrt

from village_ledger.domain.area import mu_text, sqm_text
from village_ledger.domain.parcel import Parcel, Point, Sketch

Place = tuple[float, float]
"""Right and down from the upper left corner of the room."""
_NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sketch fitted into a room."""

    corners: tuple[Place, ...]
    sides: tuple[Place, ...]
    """Where the length of each side is written: outside its middle."""
    numbers: tuple[Place, ...]
    """Where the number of each corner is written: outside it."""
    scale_bar: float
    """Length of ``SketchPicture.scale_metres``."""


@dataclass(frozen=True, slots=True)
class SketchPicture:
    """What is drawn."""

    corners: tuple[Point, ...]
    lengths: tuple[str, ...]
    """Metres of each side, from each corner to the next."""
    bounds: tuple[tuple[str, str], ...]
    """东至, 南至, 西至, 北至 and what lies there."""
    caption: str
    scale_metres: int

    def fit(self, room: tuple[float, float, float, float], apart: float) -> Drawn:
        """Places in a room (left, top, width, height); words keep ``apart`` from lines."""
        left, top, width, height = room
        xs, ys = [x for x, _ in self.corners], [y for _, y in self.corners]
        wide, tall = max(xs) - min(xs), max(ys) - min(ys)
        scale = min(width / max(wide, 1), height / max(tall, 1))
        west, north = left + (width - wide * scale) / 2, top + (height - tall * scale) / 2
        corners = tuple(
            (west + (x - min(xs)) * scale, north + (max(ys) - y) * scale) for x, y in self.corners
        )
        turn = 1 if _turns_right(corners) else -1
        ring = list(zip(corners, (*corners[1:], corners[0]), strict=True))
        sides = tuple(_beside(start, end, turn * apart) for start, end in ring)
        middle = (sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners))
        numbers = tuple(_away(middle, corner, apart) for corner in corners)
        return Drawn(corners, sides, numbers, self.scale_metres * 100 * scale)


def sketch_picture(parcel: Parcel, sketch: Sketch, differs: str = "") -> SketchPicture:
    """The picture of a parcel's sketch; ``differs`` says where it disagrees with the register."""
    ring = zip(sketch.corners, (*sketch.corners[1:], sketch.corners[0]), strict=True)
    lengths = tuple(_metres((x2 - x1) ** 2 + (y2 - y1) ** 2) for (x1, y1), (x2, y2) in ring)
    caption = f"围成 {mu_text(sketch.area)} 亩（{sqm_text(sketch.area)} 平方米），登记 {mu_text(parcel.card.area)} 亩。"
    if differs:
        caption = f"▲ {differs}。"
    xs = [x for x, _ in sketch.corners]
    return SketchPicture(
        sketch.corners, lengths, parcel.card.bounds, caption, _nice((max(xs) - min(xs)) // 300)
    )


def _metres(squared_cm: int) -> str:
    """A length in metres with one decimal, half up, from its square."""
    decimetres = (isqrt(4 * squared_cm) // 10 + 1) // 2
    return f"{decimetres // 10}.{decimetres % 10}"


def _nice(most: int) -> int:
    """1, 2 or 5 times a power of ten, not more than ``most`` metres, at least one."""
    best, power = 1, 1
    while power <= most:
        best = max(best, *(step * power for step in _NICE if step * power <= most), 1)
        power *= 10
    return best


def _turns_right(corners: tuple[Place, ...]) -> bool:
    ring = zip(corners, (*corners[1:], corners[0]), strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in ring) > 0


def _beside(start: Place, end: Place, apart: float) -> Place:
    """Outside the middle of a side."""
    long = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    across = ((end[1] - start[1]) / long, (start[0] - end[0]) / long)
    return (start[0] + end[0]) / 2 + across[0] * apart, (start[1] + end[1]) / 2 + across[1] * apart


def _away(middle: Place, corner: Place, apart: float) -> Place:
    far = hypot(corner[0] - middle[0], corner[1] - middle[1]) or 1.0
    return (
        corner[0] + (corner[0] - middle[0]) / far * apart,
        corner[1] + (corner[1] - middle[1]) / far * apart,
    )

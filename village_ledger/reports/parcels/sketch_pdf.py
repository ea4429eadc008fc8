"""The sketch of a parcel on paper: hatched land, numbered corners, lengths, bounds, scale and north."""

from __future__ import annotations

from village_ledger.reports.parcels.sketch_picture import Drawn, SketchPicture
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, MM, RULE, Ink, Style

HEIGHT = 96 * MM
"""Room the picture takes, its heading and scale with it."""
_HEADING = Style(Face.SERIF_BOLD, 12)
_NOTE = Style(Face.SERIF, 9)
_BOUND = Style(Face.SERIF, 10)
_NUMBER = Style(Face.SANS_BOLD, 9)
_APART = 4 * MM
_SIDE = 46 * MM
"""Room for the words of the eastern and western bounds."""
_DOT = 0.8 * MM


def draw_sketch(ink: Ink, picture: SketchPicture, left: float, top: float, width: float) -> None:
    """Draw it into a room ``width`` wide and ``HEIGHT`` high."""
    ink.text(left, top + 6 * MM, "地块草图", _HEADING)
    ink.text_right(left + width, top + 6 * MM, f"{picture.caption}边长单位：米", _NOTE)
    room = (left + _SIDE, top + 20 * MM, width - 2 * _SIDE, HEIGHT - 42 * MM)
    drawn = picture.fit(room, _APART)
    ring = zip(drawn.corners, (*drawn.corners[1:], drawn.corners[0]), strict=True)
    for (x1, y1), (x2, y2) in ring:
        ink.line(x1, y1, x2, y2, RULE * 1.5)
    for place, length in zip(drawn.sides, picture.lengths, strict=True):
        ink.text_centre(place[0], place[1] + _NOTE.size * 0.36, length, _NOTE)
    for place, (corner, at) in enumerate(zip(drawn.corners, drawn.numbers, strict=True), 1):
        ink.fill(corner[0] - _DOT, corner[1] - _DOT, 2 * _DOT, 2 * _DOT, BLACK)
        ink.text_centre(at[0], at[1] + _NUMBER.size * 0.36, f"J{place}", _NUMBER)
    _bounds(ink, picture, left, top, width)
    _scale(ink, picture, drawn, (left, top + HEIGHT - 4 * MM, width))


def _bounds(ink: Ink, picture: SketchPicture, left: float, top: float, width: float) -> None:
    said = dict(picture.bounds)
    middle = top + 20 * MM + (HEIGHT - 42 * MM) / 2
    ink.text(left, middle, f"西至 {said['西至']}", _BOUND, squeeze_to=_SIDE - 8 * MM)
    ink.text_right(left + width, middle, f"东至 {said['东至']}", _BOUND)
    ink.text_centre(left + width / 2, top + 13 * MM, f"北至 {said['北至']}", _BOUND)
    ink.text_centre(left + width / 2, top + HEIGHT - 13 * MM, f"南至 {said['南至']}", _BOUND)


def _scale(ink: Ink, picture: SketchPicture, drawn: Drawn, place: tuple[float, float, float]) -> None:
    """A bar of so many metres at the left, an arrow to the north at the right."""
    left, base, width = place
    ink.line(left, base, left + drawn.scale_bar, base, RULE * 1.5)
    for x in (left, left + drawn.scale_bar):
        ink.line(x, base - 1.5 * MM, x, base, HAIR * 2)
    ink.text(left + drawn.scale_bar + 2 * MM, base, f"{picture.scale_metres} 米", _NOTE)
    x = left + width - 6 * MM
    ink.line(x, base, x, base - 9 * MM, RULE)
    for step in (-1.5 * MM, 1.5 * MM):
        ink.line(x, base - 9 * MM, x + step, base - 6 * MM, RULE)
    ink.text_right(x - 2 * MM, base, "北", _NUMBER)

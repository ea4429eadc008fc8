"""The picture 份额从哪来 on paper: stacked steps, pledges dotted, who has what at the right, years below.

Drawn from the same ``ShareHistory`` as on screen; fills survive a grey printer.
"""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, GREEN, HAIR, MM, RULE, SHADE, WHITE, Ink, Style
from village_ledger.reports.shares.share_history import Block, Fill, ShareHistory, spread

HEIGHT = 84 * MM
"""Room the picture takes, its heading and years with it."""
_HEADING = Style(Face.SERIF_BOLD, 12)
_NOTE = Style(Face.SERIF, 9)
_NAME = Style(Face.SERIF, 10)
_TOTAL = Style(Face.SANS_BOLD, 10)
_PLEDGE = Style(Face.SERIF_BOLD, 9)
_LIGHT = "0.6 0.72 0.64"
_GONE = "0.87 0.85 0.79"
_LINE = 4.6 * MM
_HATCH = 1.6 * MM
_DOTS = 1.3 * MM


@dataclass(frozen=True, slots=True)
class _Plot:
    """Room of the steps."""

    left: float
    top: float
    width: float
    height: float

    def place(self, block: Block) -> tuple[float, float, float, float]:
        """Left, upper edge, width, height of a block."""
        left, right = self.left + block.left * self.width, self.left + block.right * self.width
        top = self.top + (1 - block.top) * self.height
        return left, top, right - left, (block.top - block.bottom) * self.height


def draw_history(ink: Ink, history: ShareHistory, left: float, top: float, width: float) -> None:
    """Draw it into a room ``width`` wide and ``HEIGHT`` high; nothing where there was never a share."""
    if not history.bands:
        return
    ink.text(left, top + 6 * MM, "份额从哪来", _HEADING)
    ink.text_right(left + width, top + 6 * MM, "谁在什么时候有多少，单位：份；打点的是质押", _NOTE)
    ends = sorted((block for block in history.blocks if block.right == 1.0), key=lambda block: block.band)
    names = [_named(history, block.band) for block in ends]
    beside = min(max((ink.text_width(name, _NAME) for name in names), default=0.0) + 3 * MM, width / 2)
    plot = _Plot(left, top + 15 * MM, width - beside, HEIGHT - 24 * MM)
    for block in history.blocks:
        _draw_block(ink, history, plot, block)
    for block in history.pledged:
        _draw_pledge(ink, plot.place(block), f"质押 {history.text(block.quanta)}")
    bottom = plot.top + plot.height
    ink.line(plot.left, bottom, plot.left + plot.width, bottom, RULE * 1.5)
    _draw_totals(ink, history, plot)
    wanted = [(block.bottom + block.top) / 2 * plot.height for block in ends]
    for name, height in zip(names, spread(wanted, _LINE, plot.height), strict=True):
        at = bottom - height + _NAME.size * 0.36
        ink.text(plot.left + plot.width + 2 * MM, at, name, _NAME, squeeze_to=beside - 2 * MM)
    _draw_years(ink, history, plot)


def _draw_block(ink: Ink, history: ShareHistory, plot: _Plot, block: Block) -> None:
    band = history.bands[block.band]
    box = plot.place(block)
    left, top, width, height = box
    ground = {Fill.SOLID: GREEN, Fill.LIGHT: _LIGHT, Fill.GONE: _GONE}.get(band.fill, WHITE)
    ink.fill(*box, ground)
    if band.fill is Fill.HATCHED:
        ink.hatch(*box, _HATCH, GREEN)
    ink.line(left, top, left + width, top, HAIR * 2)
    for x in (left, left + width):
        ink.line(x, top, x, top + height, HAIR)
    words = f"{band.name} {history.text(block.quanta)}"
    if band.fill is Fill.GONE and ink.text_width(words, _NOTE) < width and height > _LINE:
        ink.text_centre(left + width / 2, top + height / 2 + _NOTE.size * 0.36, words, _NOTE)


def _draw_pledge(ink: Ink, box: tuple[float, float, float, float], words: str) -> None:
    """A dotted sheet with a frame, and its words where they fit."""
    left, top, width, height = box
    ink.fill(*box, WHITE)
    ink.dots(*box, _DOTS, GREEN)
    ink.box(*box, HAIR * 2)
    wide = ink.text_width(words, _PLEDGE) + 2 * MM
    if wide < width and height > _LINE:
        middle = top + height / 2
        ink.fill(left + (width - wide) / 2, middle - _LINE / 2, wide, _LINE, SHADE)
        ink.text_centre(left + width / 2, middle + _PLEDGE.size * 0.36, words, _PLEDGE)


def _draw_totals(ink: Ink, history: ShareHistory, plot: _Plot) -> None:
    """The sum where it changes; one too near the last is left out."""
    free = plot.left - 1
    for label in history.totals:
        wide = ink.text_width(label.words, _TOTAL)
        left = min(plot.left + label.at * plot.width + 0.5 * MM, plot.left + plot.width - wide)
        if left >= free:
            free = left + wide + 1 * MM
            ink.text(left, plot.top + (1 - label.height) * plot.height - 1 * MM, label.words, _TOTAL)


def _draw_years(ink: Ink, history: ShareHistory, plot: _Plot) -> None:
    bottom, free = plot.top + plot.height, plot.left - 20 * MM
    for year in history.years:
        at = plot.left + year.at * plot.width
        wide = ink.text_width(year.words, _NOTE)
        ink.line(at, bottom, at, bottom + 1.2 * MM, HAIR, BLACK)
        if at - wide / 2 >= free:
            ink.text_centre(at, bottom + 5 * MM, year.words, _NOTE)
            free = at + wide / 2 + 1 * MM


def _named(history: ShareHistory, band: int) -> str:
    return f"{history.bands[band].name} {history.text(history.bands[band].quanta)}"

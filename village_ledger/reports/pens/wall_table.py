"""The pen for every other sheet of the wall (公开表 B to M): classes as bands, sums bold, a class goes on under its name."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, RULE, SHADE, Ink, Style, middle
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.wall_layout import Line
from village_ledger.reports.pens.wall_page import Placed, WallRows, begins_run, with_next
from village_ledger.reports.table import Role, Row

_SUMS = frozenset({Role.SUBTOTAL, Role.TOTAL, Role.OPENING})
CONTINUED = "（续）"
_WITH_TAIL = 2
"""So many lines go with signatures that would stand on a page by themselves: the last one and the sum."""


class WallTable(WallRows):
    """A sheet on its way to paper: rows set and pages counted when made."""

    @property
    def _band(self) -> float:
        return self._sizes.row * 72 / 25.4

    def _paginate(self) -> list[int]:
        """Lines by page: no class's name stands alone at a page's foot, the last page keeps room for the signatures."""
        counts, used, section = [0], 0.0, False
        latest: deque[tuple[Line, float]] = deque(maxlen=_WITH_TAIL + 1)
        for line, following in with_next(self._columns.lines(self._room)):
            need = line.height
            if line.row.role is Role.SECTION:
                need = self._band + (following.height if following else 0)
            elif begins_run(line, following) and following is not None:
                need += following.height  # a group's sum never stands without its first entries
            if counts[-1] and used + need > self._room:
                counts.append(0)
                used = self._band if section and line.row.role is not Role.SECTION else 0.0
            section = section or line.row.role is Role.SECTION
            counts[-1] += 1
            height = self._band if line.row.role is Role.SECTION else line.height
            latest.append((line, height))
            used += height
        if counts[-1] and used + self._tail.height > self._room:
            counts.append(self._go_over(counts[-1], list(latest)))
            counts[-2] -= counts[-1]
        return counts

    def _go_over(self, on_page: int, latest: Sequence[tuple[Line, float]]) -> int:
        """How many of the last lines go over to the page of the signatures: nobody signs a page without figures."""
        if on_page <= 2 * _WITH_TAIL or len(latest) <= _WITH_TAIL:
            return 0
        before, *last = latest
        if before[0].row.role is Role.SECTION:  # its name does not stay behind alone
            last = list(latest)
        height = sum(each for _, each in last) + self._band
        return len(last) if height + self._tail.height <= self._room else 0

    def placed(self) -> Iterator[list[Placed]]:
        """Rows of every page."""
        lines = self._columns.lines(self._room)
        for count in self.breaks:
            yield [
                Placed(self._band, line.source) if line.row.role is Role.SECTION else self.placed_line(line)
                for line in islice(lines, count)
            ]

    def onto(self, file: PdfFile) -> None:
        """Draw all pages; lines are set again, none is held."""
        lines = self._columns.lines(self._room)
        section = ""
        for number, count in enumerate(self.breaks, 1):
            ink = self._page()
            y = self._draw_head(ink)
            for place, line in enumerate(islice(lines, count)):
                if line.row.role is Role.SECTION:
                    section = _words(line.row)
                    y = self._draw_section(ink, y, section)
                    continue
                if section and not place:
                    y = self._draw_section(ink, y, f"{section}{CONTINUED}")
                y = self._draw_row(ink, y, line)
            if number == len(self.breaks):
                self._tail.draw(ink, y)
            self._tail.draw_foot(ink, number, self.page_count)
            file.add_page(ink.width, ink.height, ink.content())
        self._draw_more(file, len(self.breaks))

    def _draw_row(self, ink: Ink, top: float, line: Line) -> float:
        edges = self._columns.plan.edges
        if line.row.role in _SUMS:
            ink.fill(edges[0], top, edges[-1] - edges[0], line.height, SHADE)
        bottom = self._draw_line(ink, top, line)
        if line.row.role is Role.TOTAL:
            ink.line(edges[0], top, edges[-1], top, RULE)
            ink.line(edges[0], bottom, edges[-1], bottom, RULE)
        return bottom

    def _draw_section(self, ink: Ink, top: float, words: str) -> float:
        """The name of a class over the whole width."""
        left, right = self._columns.plan.edges[0], self._columns.plan.edges[-1]
        ink.fill(left, top, right - left, self._band, SHADE)
        style = Style(Face.SERIF_BOLD, self._sizes.body)
        ink.text(left + self._pad, middle(top, self._band, style.size), words, style, squeeze_to=right - left)
        ink.grid((left, right), (top, top + self._band), HAIR * 1.5)
        return top + self._band


def _words(row: Row) -> str:
    """What a class's row says: all its texts."""
    return "　".join(cell for cell in row.cells if isinstance(cell, str) and cell)

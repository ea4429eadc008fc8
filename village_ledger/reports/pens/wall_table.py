"""The pen for every other sheet of the wall (公开表 B to M): classes as bands, sums bold, a class goes on under its name."""

from __future__ import annotations

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, RULE, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.wall_layout import Line, WallSize
from village_ledger.reports.pens.wall_page import WallPage
from village_ledger.reports.table import Role, Row, Table

_SUMS = frozenset({Role.SUBTOTAL, Role.TOTAL, Role.OPENING})
CONTINUED = "（续）"


class WallTable(WallPage):
    """A sheet on its way to paper: rows set and pages counted when made."""

    def __init__(self, table: Table, size: WallSize, fonts: Fonts, print_number: int) -> None:
        super().__init__(table, size, fonts, print_number)
        self._pages = self._paginate()

    @property
    def _band(self) -> float:
        return self._sizes.row * 72 / 25.4

    def _paginate(self) -> list[list[Line]]:
        """Lines by page: no class's name stands alone at a page's foot, the last page keeps room for the signatures."""
        pages: list[list[Line]] = [[]]
        used, section = 0.0, False
        for place, line in enumerate(self._lines):
            need = line.height
            if line.row.role is Role.SECTION:
                need = self._band + (self._lines[place + 1].height if place + 1 < len(self._lines) else 0)
            if pages[-1] and used + need > self._room:
                pages.append([])
                used = self._band if section and line.row.role is not Role.SECTION else 0.0
            section = section or line.row.role is Role.SECTION
            pages[-1].append(line)
            used += self._band if line.row.role is Role.SECTION else line.height
        if pages[-1] and used + self._tail.height > self._room:
            pages.append([])
        return pages

    def onto(self, file: PdfFile) -> None:
        """Draw all pages."""
        total = len(self._pages) + self._tail.extra_pages
        section = ""
        for number, lines in enumerate(self._pages, 1):
            ink = self._page()
            y = self._draw_head(ink)
            if section and lines and lines[0].row.role is not Role.SECTION:
                y = self._draw_section(ink, y, f"{section}{CONTINUED}")
            for line in lines:
                if line.row.role is Role.SECTION:
                    section = _words(line.row)
                    y = self._draw_section(ink, y, section)
                else:
                    y = self._draw_row(ink, y, line)
            if number == len(self._pages):
                self._tail.draw(ink, y)
            self._tail.draw_foot(ink, number, total)
            file.add_page(ink.width, ink.height, ink.content())
        for number in range(self._tail.extra_pages):
            ink = self._page()
            self._tail.draw_more(ink, number)
            self._tail.draw_foot(ink, len(self._pages) + number + 1, total)
            file.add_page(ink.width, ink.height, ink.content())

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

"""A page of the wall: frame, stamps, title, for whom, warnings, the table's head; rows at the size chosen, never smaller."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, MM, RED, RULE, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import (
    draw_frame,
    draw_stamps,
    draw_watermark,
    fact_lines,
    look_up,
    missing_sentence,
    printable,
    spread,
)
from village_ledger.reports.pens.pdf_layout import Block, face_of
from village_ledger.reports.pens.qr import Square, sheet_words
from village_ledger.reports.pens.wall_groups import Grouped, Grouping
from village_ledger.reports.pens.wall_layout import Line, WallColumns, WallSize
from village_ledger.reports.pens.wall_tail import WallTail
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Kind, Role, Row, Table

_FRAME_INSET = 6.5 * MM
_QUIET = 4 * MM
"""White round the code: four of its modules and more."""
_CENTRED_TEXT = frozenset({"handler", "witness", "approver", "voucher"})


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands on a page, for pens that set pages of their own: a row, or words over all columns, points high."""

    height: float
    row: Row | None = None
    words: str = ""


class WallPage(ABC):
    """What every sheet of the wall shares; how its rows follow each other is told by the kinds of sheet."""

    def __init__(
        self,
        table: Table,
        size: WallSize,
        fonts: Fonts,
        print_number: int,
        grouping: Grouping = Grouping.RULE,
    ) -> None:
        self._table = table
        self._sizes = size.value
        self._fonts = fonts
        self._frame = printable(self._sizes.paper)
        self._pad = self._sizes.pad * MM
        self._grouped = Grouped(table, letter_of(table.report), grouping)
        self._columns = WallColumns(table, self._sizes, fonts, self._frame, self._grouped)
        code = table.check_code
        self._square = Square(sheet_words(table.title, code)) if code else None
        look_up(table, fonts)
        self._warnings = self._wrapped_warnings()
        self._facts = fact_lines(
            [table.entity, *table.heading], fonts, self._frame.width, self._sizes.info, 4 * MM
        )
        self._rows_top = self._head_height() + self._sizes.row * MM
        self._room = self._frame.bottom - self._rows_top
        self._tail = WallTail(table, self._sizes, fonts, self._frame, print_number, self._head_height())

    @property
    @abstractmethod
    def page_count(self) -> int:
        """Pages this sheet takes."""

    @abstractmethod
    def onto(self, file: PdfFile) -> None:
        """Draw all pages."""

    @property
    def columns(self) -> WallColumns:
        """The columns as they stand on paper."""
        return self._columns

    def _draw_more(self, file: PdfFile, before: int) -> None:
        """Pages of notes that had no room below the last row."""
        for number in range(self._tail.extra_pages):
            ink = self._page()
            self._draw_words(ink)
            self._tail.draw_more(ink, number)
            self._tail.draw_foot(ink, before + number + 1, self.page_count)
            file.add_page(ink.width, ink.height, ink.content())

    def placed(self) -> Iterator[list[Placed]]:
        """Page by page what stands on it, without what only paper repeats; nothing where pages are drawn freely."""
        return iter(())

    def placed_line(self, line: Line) -> Placed:
        """A line of the wall as other pens take it."""
        return Placed(line.height, self._columns.row_of(line), line.run)

    @property
    def tail(self) -> WallTail:
        """What follows the last row."""
        return self._tail

    @property
    def head_height(self) -> float:
        """From the paper's edge down to the table's head, points."""
        return self._head_height()

    def stands(self, before: int, pages: int) -> None:
        """So many pages of a whole pack stand before this sheet, of so many."""
        self._tail.stands(before, pages)

    def _wrapped_warnings(self) -> list[str]:
        texts = [*self._table.warnings]
        if self._fonts.missing:
            texts.append(missing_sentence(self._fonts.missing))
        room = self._frame.width * 1000 / self._sizes.info
        measure = self._fonts[Face.SERIF_BOLD].width
        return [line for text in texts for line in wrap(f"▲ {text}", room, measure)]

    def _head_height(self) -> float:
        """From the paper's edge down to the table's head."""
        sizes = self._sizes
        lines = len(self._facts) + len(self._warnings)
        words = sizes.title * 1.15 + sizes.subtitle * 1.6 + lines * sizes.info * 1.7
        return sizes.paper.top * MM + words + 2 * MM

    def _page(self) -> Ink:
        paper = self._sizes.paper
        ink = Ink(self._fonts, paper.width * MM, paper.height * MM)
        draw_watermark(ink, self._table.watermark)
        draw_frame(ink, self._table.ledger, _FRAME_INSET)
        return ink

    def _draw_head(self, ink: Ink) -> float:
        """What every page says first, and the table's head; gives where rows begin."""
        self._draw_words(ink)
        self._draw_labels(ink, self._head_height())
        return self._rows_top

    def _draw_words(self, ink: Ink) -> None:
        """Stamp, title, whom it is for, facts and warnings."""
        sizes, frame, table = self._sizes, self._frame, self._table
        top = sizes.paper.top * MM
        after = draw_stamps(ink, table, frame.left, top, sizes.stamp * MM)
        right, under = frame.right, 0.0
        if self._square:
            right -= sizes.square * MM
            under = _FRAME_INSET + _QUIET + sizes.square * MM
            self._square.draw(ink, right, _FRAME_INSET + _QUIET, sizes.square * MM)
        centre = ink.width / 2
        room = 2 * min(centre - after, right - 3 * MM - centre)
        title = Style(Face.SERIF_BOLD, sizes.title)
        gap = sizes.title * 0.12
        y = top + sizes.title
        if ink.text_width(table.title, title) + gap * len(table.title) <= room:
            ink.spaced_centre(centre, y, table.title, title, gap)
        else:
            ink.text_centre(centre, y, table.title, title, squeeze_to=room)
        y += sizes.subtitle * 1.6
        ink.text_centre(centre, y, table.subtitle, Style(Face.SERIF, sizes.subtitle), squeeze_to=room)
        info = Style(Face.SERIF, sizes.info)
        for facts in self._facts:
            y += sizes.info * 1.7
            beside = y - sizes.info < under  # a tall code reaches down to the facts on a small page
            spread(ink, facts, frame.left, right - 3 * MM if beside else frame.right, y, info)
        for warning in self._warnings:
            y += sizes.info * 1.7
            ink.text(frame.left, y, warning, Style(Face.SERIF_BOLD, sizes.info))

    def _draw_labels(self, ink: Ink, top: float) -> None:
        edges, height = self._columns.plan.edges, self._sizes.row * MM
        ink.fill(edges[0], top, edges[-1] - edges[0], height, SHADE)
        style = Style(Face.SERIF_BOLD, self._sizes.body)
        for i, column in enumerate(self._columns.columns):
            x = (edges[i] + edges[i + 1]) / 2
            ink.text_centre(
                x,
                middle(top, height, style.size),
                column.label,
                style,
                squeeze_to=self._columns.plan.width(i),
            )
        ink.grid(edges, (top, top + height), RULE)

    def _draw_line(self, ink: Ink, top: float, line: Line) -> float:
        edges = self._columns.plan.edges
        if line.run:
            return self._draw_run(ink, top, line)
        for i, block in enumerate(line.blocks):
            if block is None:
                continue
            column, value = self._columns.columns[i], line.row.cells[i]
            red = isinstance(value, int) and value < 0
            face = face_of(column.kind, bold=red or line.row.role is not Role.DETAIL)
            style = Style(face, block.size, RED if red else BLACK)
            place = (edges[i] + self._pad, edges[i + 1] - self._pad, top, line.height)
            centred = (
                column.key in _CENTRED_TEXT if column.kind is Kind.TEXT else column.kind is not Kind.MONEY
            )
            draw_block(ink, block, style, place, -1 if column.kind is Kind.MONEY else int(not centred))
        bottom = top + line.height
        ink.grid(edges, (top, bottom) if line.ends else (top,), HAIR * 1.5)
        if not line.ends:
            for x in edges:
                ink.line(x, top, x, bottom, HAIR * 1.5)
        return bottom

    def _draw_run(self, ink: Ink, top: float, line: Line) -> float:
        """One line of the entries of a group, set in a little."""
        left, right, size = self._columns.plan.edges[0], self._columns.plan.edges[-1], self._sizes.body
        bottom = top + line.height
        room = right - left - 2 * self._pad - size
        base = middle(top, line.height, size)
        ink.text(left + self._pad + size, base, line.run, Style(Face.SERIF, size), squeeze_to=room)
        for x in (left, right):
            ink.line(x, top, x, bottom, HAIR * 1.5)
        if line.ends:
            ink.line(left, bottom, right, bottom, HAIR * 1.5)
        return bottom


class WallRows(WallPage):
    """A sheet of rows that flow from page to page: set, and its pages counted, when made."""

    def __init__(
        self,
        table: Table,
        size: WallSize,
        fonts: Fonts,
        print_number: int,
        grouping: Grouping = Grouping.RULE,
    ) -> None:
        super().__init__(table, size, fonts, print_number, grouping)
        self.breaks = self._paginate()
        """Lines on each page."""

    @property
    def page_count(self) -> int:
        """Pages with rows and with the rest of the notes."""
        return len(self.breaks) + self._tail.extra_pages

    @abstractmethod
    def _paginate(self) -> list[int]:
        """Lines on each page."""


def draw_block(
    ink: Ink, block: Block, style: Style, place: tuple[float, float, float, float], align: int
) -> None:
    """Lines of a block in a cell (left, right, top, height); align 1 left, 0 centred, -1 right."""
    left, right, top, height = place
    line = block.height / len(block.lines)
    y = top + (height - block.height) / 2
    for text in block.lines:
        base = middle(y, line, style.size)
        if align > 0:
            ink.text(left, base, text, style, squeeze_to=right - left)
        elif align < 0:
            ink.text_right(right, base, text, style, squeeze_to=right - left)
        else:
            ink.text_centre((left + right) / 2, base, text, style, squeeze_to=right - left)
        y += line


_T = TypeVar("_T")


def with_next(lines: Iterable[_T]) -> Iterator[tuple[_T, _T | None]]:
    """Every line with the one after it, None after the last."""
    before: _T | None = None
    for line in lines:
        if before is not None:
            yield before, line
        before = line
    if before is not None:
        yield before, None


def begins_run(line: object, following: object) -> bool:
    """Whether a row is the sum of a group whose entries come next."""
    return isinstance(line, Line) and isinstance(following, Line) and bool(following.run) and not line.run

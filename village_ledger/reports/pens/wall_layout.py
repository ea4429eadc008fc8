"""Sizes and columns of the wall sheet: type never smaller than chosen, columns are left out or wrapped instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import MM, Fonts, Style
from village_ledger.reports.pens.pdf_layout import (
    PADDING,
    Block,
    Columns,
    Frame,
    Measure,
    Need,
    Sheet,
    face_of,
    fit,
    paper_text,
    text_block,
)
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table

DASH = "—"
_NAMES = frozenset({"handler", "witness", "approver"})
_LEAST_CHARS = {"summary": 9.0, "counterparty": 5.0, "note": 2.0, "name": 7.0}
"""Characters a column of text must hold side by side; twice as many where there is room."""
_GENEROUS = (2.0, 1.6, 1.3, 1.0)
SHEET_A = "disclosure"
"""The report whose sums are bands of their own."""
_SET_IN_COLUMNS = {
    True: frozenset({Role.DETAIL}),
    False: frozenset({Role.SECTION, Role.DETAIL, Role.SUBTOTAL, Role.TOTAL, Role.OPENING}),
}
_SAID_BY_BANDS = frozenset({"class"})
"""Columns that repeat what the bands between the rows say."""
_DROPPED_FIRST = ("note", "witness", "attachments", "handler", "approver")


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


class WallSize(Enum):
    """For the wall (body 16 pt, readable at two metres) on A3 or A4, or for the desk."""

    A3 = Sizes(
        Sheet(420, 297, left=15, right=15, top=13, bottom=15), 16, 12.5, 36, 17, 15, 22, 24, 12.5, 10, 2
    )
    A4 = Sizes(Sheet(297, 210, left=14, right=14, top=11, bottom=14), 16, 12, 27, 14, 12, 17, 22, 11, 9, 1.2)
    DESK = Sizes(
        Sheet(297, 210, left=15, right=15, top=12, bottom=15), 10.5, 7, 21, 11, 10.5, 14, 14, 9.5, 8.5, 1.5
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A row ready to draw: blocks by column, their style and the row's height in points."""

    row: Row
    blocks: tuple[Block | None, ...]
    height: float


class WallColumns:
    """The columns that fit, and rows set in them."""

    def __init__(self, table: Table, sizes: Sizes, fonts: Fonts, frame: Frame) -> None:
        self._fonts = fonts
        self._sizes = sizes
        self._zero = table.zero
        years = bool(table.span and table.span.first.year != table.span.last.year)
        self._with_year = years or table.full_dates
        rows = [row for row in table.rows if row.role in _SET_IN_COLUMNS[table.report == SHEET_A]]
        dropped = (
            {"note"} if not any(row.cells[i] for row in rows for i in _index(table, "note")) else set[str]()
        )
        if any(row.role is Role.SECTION for row in rows):
            dropped |= _SAID_BY_BANDS
        optional = [column.key for column in table.columns if column.optional]
        order = [key for key in dict.fromkeys((*_DROPPED_FIRST, *optional)) if key not in dropped]
        while True:
            keys = [column.key for column in table.columns if column.key not in dropped]
            self.columns, self.rows = _narrowed(table, rows, keys)
            needs = self._fitting(table, frame.width)
            if not order or sum(need.least for need in needs) <= frame.width:
                break
            dropped.add(order.pop(0))
        edges = [frame.left]
        for width in fit(needs, frame.width):
            edges.append(edges[-1] + width)
        self.plan = Columns(sizes.body, tuple(edges), frozenset(), sizes.pad * MM)

    def _fitting(self, table: Table, width: float) -> list[Need]:
        """What the columns ask for, as generous to text as the width allows."""
        measure = Measure(self._fonts, self.columns, with_year=self._with_year)
        measure.take(self.rows)
        needs: list[Need] = []
        for generous in _GENEROUS:
            needs = self._needs(table, measure, generous)
            if sum(need.least for need in needs) <= width:
                break
        return needs

    def _needs(self, table: Table, measure: Measure, generous: float) -> list[Need]:
        """Widths wanted; amounts as wide as the sheet's largest sum, text at least a few characters."""
        size, padding = self._sizes.body, 2 * self._sizes.pad * MM
        largest = [
            format_fen(value)
            for key in ("income", "expense")
            if isinstance(value := table.facts.get(key), int)
        ]
        figures = max((self._fonts[Face.SANS_BOLD].width(text) for text in largest), default=0) * size / 1000
        share = sum(column.width_mm for column in self.columns)
        needs: list[Need] = []
        for i, column in enumerate(self.columns):
            natural = measure.natural(i) * size / 1000 + padding
            if column.kind is Kind.MONEY:
                natural = max(natural, figures + padding)
            least = min(natural, _LEAST_CHARS.get(column.key, 4.0) * generous * size + padding)
            label = self._fonts[Face.SERIF_BOLD].width(column.label) * size / 1000 + padding
            least = max(least, label) if column.kind is Kind.TEXT and column.key != "voucher" else natural
            needs.append(Need(natural, least, column.width_mm / share * self._page_width))
        return needs

    @property
    def _page_width(self) -> float:
        paper = self._sizes.paper
        return (paper.width - paper.left - paper.right) * MM

    def index(self, key: str) -> int:
        """Place of a column."""
        return next(i for i, column in enumerate(self.columns) if column.key == key)

    def line(self, row: Row, tallest: float) -> Line:
        """Set a row: wrapped where the column is too narrow, never smaller; sums are bold."""
        blocks: list[Block | None] = []
        for i, column in enumerate(self.columns):
            value = row.cells[i]
            text = paper_text(column.kind, value, with_year=self._with_year, zero=self._zero)
            if not text and column.key in _NAMES:
                text = DASH
            bold = row.role is not Role.DETAIL or (isinstance(value, int) and value < 0)
            style = Style(face_of(column.kind, bold=bold), self._sizes.body)
            blocks.append(self.block(text, style, self.plan.width(i), tallest) if text else None)
        return Line(row, tuple(blocks), self.height_of(blocks))

    def block(self, text: str, style: Style, width: float, tallest: float) -> Block:
        """A text wrapped to a width at the chosen size."""
        return text_block(self._fonts, text, style, width, tallest, shrink=1.0)

    def height_of(self, blocks: Sequence[Block | None]) -> float:
        """Height of a row holding these blocks, at least the row height chosen."""
        tallest = max((block.height for block in blocks if block), default=0.0)
        return max(self._sizes.row * MM, tallest + 2 * PADDING)


def _index(table: Table, key: str) -> list[int]:
    return [i for i, column in enumerate(table.columns) if column.key == key]


def _narrowed(table: Table, rows: Sequence[Row], keys: Sequence[str]) -> tuple[tuple[Column, ...], list[Row]]:
    """Columns and rows with only these columns."""
    kept = [i for i, column in enumerate(table.columns) if column.key in keys]

    def cells(row: Row) -> tuple[Cell, ...]:
        return tuple(row.cells[i] for i in kept)

    return tuple(table.columns[i] for i in kept), [replace(row, cells=cells(row)) for row in rows]

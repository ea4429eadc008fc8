"""Where things stand on paper: columns as wide as their figures, rows as high as their text, pages counted first."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_price, format_quantity
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import MM, Fonts, Style
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import FIGURES, Cell, Column, Kind, Row, Table, written_shown

PADDING = 1.2 * MM
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_BOOK_SIZE = 9.5
"""Size of type in books; a column as wide as declared holds thirteen digits of it."""
_SHRINK = 0.85
"""A text hardly too wide is written this much smaller rather than on two lines."""
_LEAST_CHARS = 6
LEADING = 1.25
"""Height of a line of text, part of its size."""
_SMALLEST_TEXT = 4.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper size with its margins, millimetres; the binding side is the left one."""

    width: float
    height: float
    left: float = 20
    right: float = 15
    top: float = 12
    bottom: float = 15
    scale: float = 1.0
    """Everything is laid out on these measures and drawn this much larger: body 10 pt becomes 16 pt for a wall."""


class Paper(Enum):
    """The papers printed on."""

    A4_LANDSCAPE = Sheet(297, 210)
    A4_PORTRAIT = Sheet(210, 297)
    A3_LANDSCAPE = Sheet(420, 297, left=15, top=15)
    A3_WALL = Sheet(420 / 1.6, 297 / 1.6, left=15 / 1.6, right=15 / 1.6, top=9, bottom=11, scale=1.6)
    """Any report large enough for a wall."""
    VOUCHER = Sheet(240, 140, left=15, top=8, bottom=8)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that rows may fill, points from the top."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Need:
    """Widths one column asks for, points: natural, the least it can live with, its share of the page."""

    natural: float
    least: float
    share: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Size of type and the columns' edges; ``narrow`` are columns whose text may be wider than they are."""

    size: float
    edges: tuple[float, ...]
    narrow: frozenset[int]
    padding: float = PADDING

    def width(self, index: int) -> float:
        """Room for text between the paddings of a column."""
        return self.edges[index + 1] - self.edges[index] - 2 * self.padding


@dataclass(frozen=True, slots=True)
class Block:
    """A text as it stands in a cell: lines and the size they are written in."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """Height of the lines without padding."""
        return len(self.lines) * self.size * LEADING


def paper_text(kind: Kind, value: Cell, *, with_year: bool = False, zero: str = "") -> str:
    """A cell as printed; nothing for None, and for zero what the table wants."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat() if with_year else f"{value.month:02d}-{value.day:02d}"
    if isinstance(value, int):
        if not value:
            return zero if kind is Kind.MONEY else ""
        return figure(kind, value)
    return written_shown(kind, value)


_WRITERS = {Kind.MONEY: format_fen, Kind.QUANTITY: format_quantity, Kind.PRICE: format_price}


def figure(kind: Kind, value: int) -> str:
    """A whole number as its kind is read: fen as yuan, thousandths as a quantity, others plainly."""
    return _WRITERS.get(kind, str)(value)


def face_of(kind: Kind, *, bold: bool) -> Face:
    """Figures stand in sans, everything else in serif."""
    if kind in FIGURES:
        return Face.SANS_BOLD if bold else Face.SANS
    return Face.SERIF_BOLD if bold else Face.SERIF


class Measure:
    """Widest content of each column in 1/1000 of the size; one pass over the rows, nothing kept."""

    def __init__(self, fonts: Fonts, columns: Sequence[Column], *, with_year: bool) -> None:
        self._fonts = fonts
        self._columns = columns
        self._with_year = with_year
        self._widest = [0] * len(columns)
        self._largest = [0] * len(columns)
        self._lowest = [0] * len(columns)
        self.count = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Look at every row."""
        text_font = self._fonts[Face.SERIF]
        bold_font = self._fonts[Face.SERIF_BOLD]
        money = [i for i, column in enumerate(self._columns) if column.kind is Kind.MONEY]
        other = [(i, column.kind) for i, column in enumerate(self._columns) if column.kind is not Kind.MONEY]
        widest, largest, lowest = self._widest, self._largest, self._lowest
        for row in rows:
            self.count += 1
            cells = row.cells
            for i in money:
                value = cells[i]
                if isinstance(value, int):
                    if value > largest[i]:
                        largest[i] = value
                    elif value < lowest[i]:
                        lowest[i] = value
            font = text_font if row.role.value == "detail" else bold_font
            indent = (row.level - 1) * 1000
            for i, kind in other:
                if text := paper_text(kind, cells[i], with_year=self._with_year):
                    width = font.width(text) + (indent if kind is Kind.TEXT else 0)
                    widest[i] = max(widest[i], width)

    def natural(self, index: int) -> int:
        """Width of the column's widest content or label."""
        label = self._fonts[Face.SERIF_BOLD].width(self._columns[index].label)
        figures = self._fonts[Face.SANS_BOLD]
        ends = (format_fen(self._largest[index]), format_fen(self._lowest[index]))
        money = max(map(figures.width, ends)) if self._columns[index].kind is Kind.MONEY else 0
        return max(self._widest[index], label, money)


def plan_columns(measure: Measure, columns: Sequence[Column], frame: Frame) -> Columns:
    """Edges and size of type: the largest size at which every figure stands whole; text gives way first."""
    total = sum(column.width_mm for column in columns)
    size, *smaller = _SIZES
    needs = [_need(measure, columns, i, size, frame.width / total) for i in range(len(columns))]
    while smaller and sum(need.least for need in needs) > frame.width:
        size = smaller.pop(0)
        needs = [_need(measure, columns, i, size, frame.width / total) for i in range(len(columns))]
    widths = fit(needs, frame.width)
    edges = [frame.left]
    for width in widths:
        edges.append(edges[-1] + width)
    narrow = frozenset(i for i, need in enumerate(needs) if need.natural > widths[i] + 0.01)
    return Columns(size, tuple(edges), narrow)


def book_columns(columns: Sequence[Column], frame: Frame) -> Columns:
    """Edges from the declared widths alone.

    A page of a book that is printed again after more was booked must break where it broke before (规范 art. 57: continuous
    page numbers), so its columns may not depend on what stands further on. A figure too wide is condensed, a text wrapped.
    """
    total = sum(column.width_mm for column in columns) * MM
    wanted = _BOOK_SIZE * frame.width / total
    size = next((known for known in _SIZES if known <= wanted), _SIZES[-1])
    edges = [frame.left]
    for column in columns:
        edges.append(edges[-1] + column.width_mm * MM * frame.width / total)
    return Columns(min(size, _BOOK_SIZE), tuple(edges), frozenset(range(len(columns))))


def _need(measure: Measure, columns: Sequence[Column], index: int, size: float, share: float) -> Need:
    column = columns[index]
    natural = measure.natural(index) * size / 1000 + 2 * PADDING
    least = natural
    if column.kind is Kind.TEXT:
        least = min(natural, max(_LEAST_CHARS, len(column.label)) * size + 2 * PADDING)
    return Need(natural, least, column.width_mm * share)


def fit(needs: Sequence[Need], width: float) -> list[float]:
    """Widths that fill the page: slack goes where shares are not reached, shortage is taken from text."""
    natural = sum(need.natural for need in needs)
    if natural <= width:
        room = [max(need.share - need.natural, 0.0) for need in needs]
        part = (width - natural) / (sum(room) or 1)
        return [need.natural + space * part for need, space in zip(needs, room, strict=True)]
    least = sum(need.least for need in needs)
    if least >= width:
        return [need.least * width / least for need in needs]
    part = (width - least) / (natural - least)
    return [need.least + (need.natural - need.least) * part for need in needs]


def text_block(
    fonts: Fonts, text: str, style: Style, width: float, tallest: float, shrink: float = _SHRINK
) -> Block:
    """A text in a cell: one line if it nearly fits, else as many as it takes.

    It is written smaller by at most ``shrink`` to stay on one line, and further only to fit the page.
    """
    font = fonts[style.face]
    natural = font.width(text) * style.size / 1000
    if natural <= width + 0.01:
        return Block((text,), style.size)
    if natural * shrink <= width:
        return Block((text,), style.size * width / natural)
    size = style.size
    while True:
        block = Block(tuple(wrap(text, width * 1000 / size, font.width)), size)
        if block.height <= tallest or size <= _SMALLEST_TEXT:
            return block
        size *= 0.9


class RowSizer:
    """Heights of rows, and the blocks of the cells that need more than a plain line."""

    def __init__(self, fonts: Fonts, table: Table, columns: Columns, least: float, tallest: float) -> None:
        self._fonts = fonts
        self._columns = columns
        self._narrow = [i for i in sorted(columns.narrow) if table.columns[i].kind is Kind.TEXT]
        self._least = least
        self._tallest = tallest

    def blocks(self, row: Row) -> dict[int, Block]:
        """Wrapped or shrunk text by column; columns that hold it plainly are left out."""
        found: dict[int, Block] = {}
        for i in self._narrow:
            text = row.cells[i]
            if isinstance(text, str) and text:
                face = face_of(Kind.TEXT, bold=row.role.value != "detail")
                width = self._columns.width(i) - (row.level - 1) * self._columns.size
                block = text_block(self._fonts, text, Style(face, self._columns.size), width, self._tallest)
                if len(block.lines) > 1 or block.size < self._columns.size:
                    found[i] = block
        return found

    def height(self, blocks: dict[int, Block]) -> float:
        """Row height in points."""
        if not blocks:
            return self._least
        return max(self._least, max(block.height for block in blocks.values()) + 1.6 * PADDING)

    def heights(self, rows: Iterable[Row]) -> Iterator[float]:
        """Height of every row in order."""
        if not self._narrow:
            yield from (self._least for _ in rows)
            return
        for row in rows:
            yield self.height(self.blocks(row))


@dataclass(frozen=True, slots=True)
class PageBreaks:
    """Rows on each page, and the height the last page's rows take."""

    counts: Sequence[int]
    last_height: float


def paginate(heights: Iterable[float], room: float) -> PageBreaks:
    """Fill pages of this much room, points; a book without a row still has one page."""
    pages = array("L")
    count, used = 0, 0.0
    for height in heights:
        if count and used + height > room:
            pages.append(count)
            count, used = 0, 0.0
        count += 1
        used += height
    pages.append(count)
    return PageBreaks(pages, used)

"""The pen for statements: on one page, blocks side by side as the regime prints them (账户式).

Two blocks that both end in a total stand left and right with their totals on one line; what comes after them stands
below the right one. Anything else is one column of rows on upright paper. A statement too long for a page is left
to the plain pen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, MM, RED, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import Head, PrintJob, Tail, draw_foot, printable
from village_ledger.reports.pens.pdf_layout import PADDING, Paper, face_of, paper_text
from village_ledger.reports.table import Column, Kind, Role, Row, Table

_HIGHEST, _LOWEST = 6.4 * MM, 4.3 * MM
_LARGEST = 10.0
_ROW_PER_SIZE = 1.42
_GAP = 0.7 * MM
"""Between the two halves: a double rule."""
_LEAST_NAME_MM = 42
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Panel:
    """One half of the sheet: its heading and its rows, None for an empty line."""

    title: str
    rows: tuple[Row | None, ...]


def form_of(table: Table, fonts: Fonts) -> Form | None:
    """The form a table is printed as; None for what is not a statement, or one too long for a page."""
    if table.columns[0].key != "block" or not isinstance(table.rows, tuple) or len(table.rows) > _LONGEST:
        return None
    form = Form(table, fonts)
    return form if form.fits else None


class Form:
    """A statement on its way to paper: laid out when made, drawn by ``onto``."""

    def __init__(self, table: Table, fonts: Fonts) -> None:
        self._table = table
        self._fonts = fonts
        self._panels = panels_of(table)
        self._numbers = line_numbers(table)
        paper = Paper.A4_PORTRAIT if len(self._panels) == 1 else Paper.A4_LANDSCAPE
        self._sheet = paper.value
        self._frame = printable(self._sheet)
        self._head = Head(table, self._sheet, fonts)
        self._tail = Tail(table, fonts, self._frame)
        room = self._frame.bottom - self._head.bottom - self._tail.height
        lines = 1 + max(len(panel.rows) for panel in self._panels)
        self._row = min(_HIGHEST, room / lines)
        self._size = min(_LARGEST, self._row / _ROW_PER_SIZE)
        width = (self._frame.width - _GAP * (len(self._panels) - 1)) / len(self._panels)
        self._widths = self._plan(width)

    @property
    def fits(self) -> bool:
        """Whether it stands on one page, large enough to be read."""
        return self._row >= _LOWEST and self._widths[0] >= _LEAST_NAME_MM * MM

    def onto(self, file: PdfFile, print_number: int) -> None:
        """Draw the page."""
        ink = Ink(self._fonts, self._sheet.width * MM, self._sheet.height * MM)
        self._head.draw(ink)
        left, bottom = self._frame.left, self._head.bottom
        for panel in self._panels:
            bottom = self._draw_panel(ink, panel, left)
            left += sum(self._widths) + _GAP
        self._tail.draw(ink, bottom)
        draw_foot(ink, self._table, self._frame, PrintJob(print_number, 1, 1))
        file.add_page(ink.width, ink.height, ink.content())

    def _plan(self, width: float) -> list[float]:
        """Widths of a panel's columns: figures stand whole, names take the rest."""
        others: list[float] = []
        for column in self._table.columns[1:]:
            if column.key != "name":
                style = Style(face_of(column.kind, bold=True), self._size)
                texts = [column.label, *(self._text(row, column) for row in self._table.rows)]
                widest = max(self._fonts[style.face].width(text) * style.size / 1000 for text in texts)
                others.append(max(widest + 2.5 * PADDING, column.width_mm * 0.55 * MM))
        return [width - sum(others), *others]

    def _columns(self) -> list[Column]:
        """Columns of a panel in the order drawn: name first."""
        rest = [column for column in self._table.columns[1:] if column.key != "name"]
        return [self._table.columns[self._table.column_index("name")], *rest]

    def _text(self, row: Row, column: Column) -> str:
        if column.key == "line":
            return self._numbers.get(id(row), "")
        value = row.cells[self._table.column_index(column.key)]
        return paper_text(column.kind, value, zero=self._table.zero)

    def _draw_panel(self, ink: Ink, panel: Panel, left: float) -> float:
        """Labels and rows of one panel; gives its lower edge."""
        xs = [left]
        for width in self._widths:
            xs.append(xs[-1] + width)
        top = self._head.bottom
        ys = [top + self._row * place for place in range(len(panel.rows) + 2)]
        for place, row in enumerate(panel.rows, 1):
            if row is not None and row.role is Role.TOTAL:
                ink.fill(left, ys[place], xs[-1] - left, self._row, SHADE)
        ink.grid(xs, ys)
        ink.box(left, top, xs[-1] - left, ys[-1] - top)
        style = Style(Face.SERIF_BOLD, self._size)
        for place, column in enumerate(self._columns()):
            label = panel.title if column.key == "name" else column.label
            centre, room = (xs[place] + xs[place + 1]) / 2, self._widths[place] - PADDING
            ink.text_centre(centre, middle(top, self._row, self._size), label, style, squeeze_to=room)
        for place, row in enumerate(panel.rows, 1):
            if row is not None:
                self._draw_row(ink, row, xs, ys[place])
        return ys[-1]

    def _draw_row(self, ink: Ink, row: Row, xs: Sequence[float], top: float) -> None:
        bold = row.role is not Role.DETAIL
        base = middle(top, self._row, self._size)
        for place, column in enumerate(self._columns()):
            text = self._text(row, column)
            if not text:
                continue
            left, right = xs[place] + PADDING, xs[place + 1] - PADDING
            red = column.kind is Kind.MONEY and text.startswith("-")
            style = Style(face_of(column.kind, bold=bold or red), self._size, RED if red else BLACK)
            if column.kind is Kind.MONEY:
                ink.text_right(right, base, text, style)
            elif column.key == "name":
                left += (row.level - 1) * self._size
                ink.text(left, base, text, style, squeeze_to=right - left)
            else:
                ink.text_centre((left + right) / 2, base, text, style, squeeze_to=right - left)


def panels_of(table: Table) -> list[Panel]:
    """The halves of a statement side by side, or one panel for anything else."""
    blocks = [(str(title), tuple(rows)) for title, rows in groupby(table.rows, key=lambda row: row.cells[0])]
    if len(blocks) < 2 or any(rows[-1].role is not Role.TOTAL for _, rows in blocks[:2]):
        label = table.columns[table.column_index("name")].label
        return [Panel(label, tuple(table.rows))]
    (left_title, left), (right_title, right), *below = blocks
    lines = max(len(left), len(right))
    more = tuple(row for _, rows in below for row in rows)
    nothing: tuple[Row | None, ...] = (None,) * len(more)
    return [
        Panel(left_title, (*_stretched(left, lines), *nothing)),
        Panel(right_title, (*_stretched(right, lines), *more)),
    ]


def _stretched(rows: Sequence[Row], lines: int) -> Iterator[Row | None]:
    """The rows on so many lines, the total on the last one."""
    yield from rows[:-1]
    yield from (None for _ in range(lines - len(rows)))
    yield rows[-1]


def line_numbers(table: Table) -> dict[int, str]:
    """行次, by the row's ``id()``, of every row, counted through both halves; 其中 and guarded rows (R6a, A22a) have none."""
    if not any(column.key == "line" for column in table.columns):
        return {}
    line = table.column_index("line")
    counted = [row for row in table.rows if (key := str(row.cells[line] or "")) and not key[-1].islower()]
    return {id(row): str(number) for number, row in enumerate(counted, 1)}

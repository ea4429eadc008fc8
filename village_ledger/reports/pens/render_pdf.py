"""The pen for paper: any Table on A4, its head repeated, pages counted, nothing clipped.

Rows are read three times (widths, page breaks, drawing) and never held, so that a book of a million lines
prints in the memory of one page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from village_ledger.reports.books.carried import Carried
from village_ledger.reports.limits.limit_reports import FORM
from village_ledger.reports.limits.payment_form import PaymentForm
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, MM, RED, RULE, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import Head, PrintJob, Tail, draw_foot, printable
from village_ledger.reports.pens.pdf_layout import (
    PADDING,
    Block,
    Columns,
    Frame,
    Measure,
    PageBreaks,
    Paper,
    RowSizer,
    book_columns,
    face_of,
    paginate,
    paper_text,
    plan_columns,
)
from village_ledger.reports.statements.notes_pdf import NotesDocument
from village_ledger.reports.statements.statement_form import Form, form_of
from village_ledger.reports.table import Column, Kind, Role, Row, Table, is_minus

ROW = 6.2 * MM
HEAD_ROW = 7 * MM
_WITH_TAIL = 2
"""So many rows go with signatures that would stand on a page by themselves: the last one and the sum."""


@dataclass(frozen=True, slots=True)
class PdfResult:
    """What was printed: pages, paper in square millimetres, characters no font of this machine has."""

    pages: int
    paper_mm2: int
    missing: tuple[str, ...]
    tight: tuple[str, ...] = ()
    """Titles of sheets whose figures were condensed because the paper is too narrow for the type chosen."""
    sheets: tuple[int, ...] = ()
    """Pages of each sheet of a pack for the wall."""


def write_pdf(
    tables: Table | Sequence[Table], path: Path, paper: Paper = Paper.A4_LANDSCAPE, *, print_number: int = 1
) -> PdfResult:
    """Print one report, or several into one file, each with its own page numbers; statements as forms of one page.

    Raises FontsMissing, OutputError, OutputDiskFull; then no file is left behind.
    """
    every = (tables,) if isinstance(tables, Table) else tuple(tables)
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, every[0].title if every else "")
        for table in every:
            _pen(table, paper, fonts).onto(file, print_number)
        file.close(fonts.all())
    area = round(paper.value.width * paper.value.height * paper.value.scale**2) * file.page_count
    return PdfResult(file.page_count, area, fonts.missing)


def _pen(table: Table, paper: Paper, fonts: Fonts) -> NotesDocument | PaymentForm | Form | TablePages:
    """What draws a report: the notes as a document, statements as forms, everything else as pages of rows."""
    if table.report == "notes":
        return NotesDocument(table, fonts)
    if table.report == FORM:
        return PaymentForm(table, fonts)
    return form_of(table, fonts) or TablePages(table, paper, fonts)


class TablePages:
    """One table on its way to paper: measured and counted when made, drawn by ``onto``."""

    def __init__(self, table: Table, paper: Paper, fonts: Fonts) -> None:
        self._table = table
        self._fonts = fonts
        self._sheet = paper.value
        self._frame = printable(self._sheet)
        span = table.span
        self._with_year = table.full_dates or bool(span and span.first.year != span.last.year)
        self._columns = self._planned()
        self._head = Head(table, self._sheet, fonts)
        self._tail = Tail(table, fonts, self._frame)
        self._labels = ColumnLabels(table.columns, self._columns, self._frame)
        self._rows_top = self._head.bottom + self._labels.height
        room = self._frame.bottom - self._rows_top
        carried = 2 * ROW if table.carries_forward else 0.0
        least = max(ROW, table.row_mm * MM)
        self._sizer = RowSizer(fonts, table, self._columns, least, room - 3 * ROW)
        self._breaks = paginate(self._sizer.heights(table.rows), room - carried)
        self._tail_apart = self._breaks.last_height + carried + self._tail.height > room
        if self._tail_apart and not table.carries_forward:
            self._sign_beside_rows(room)

    def _sign_beside_rows(self, room: float) -> None:
        """The last rows go over to the page of the signatures: nobody signs a page without figures."""
        counts = self._breaks.counts
        if counts[-1] <= 2 * _WITH_TAIL:
            return
        last = islice(self._table.rows, sum(counts) - _WITH_TAIL, None)
        height = sum(self._sizer.heights(last))
        if height + self._tail.height <= room:
            before = counts[-1] - _WITH_TAIL
            self._breaks = PageBreaks((*counts[:-1], before, _WITH_TAIL), height)
            self._tail_apart = False

    def _planned(self) -> Columns:
        """Columns of a book as declared, so that its pages stay; of anything else as wide as its figures.

        Every text is looked at in any case: what no font has is said on the first page already.
        """
        measure = Measure(self._fonts, self._table.columns, with_year=self._with_year)
        measure.take(self._table.rows)
        if self._table.carries_forward:
            return book_columns(self._table.columns, self._frame)
        return plan_columns(measure, self._table.columns, self._frame)

    @property
    def total(self) -> int:
        """Pages it takes."""
        return len(self._breaks.counts) + self._tail_apart

    def onto(self, file: PdfFile, print_number: int, before: int | None = None) -> None:
        """Draw all pages; ``before`` is how many stand before them in a volume."""
        rows = iter(self._table.rows)
        carried = Carried(self._table) if self._table.carries_forward else None
        counts = self._breaks.counts
        total = self.total
        for number, count in enumerate(counts, 1):
            ink = Ink(self._fonts, self._sheet.width * MM, self._sheet.height * MM)
            self._head.draw(ink)
            self._labels.draw(ink, self._head.bottom)
            some = islice(rows, count)
            if carried:
                some = _with_carried(some, carried, first=number == 1, last=number == len(counts))
            bottom = self._draw_rows(ink, some)
            if number == len(counts) and not self._tail_apart:
                self._tail.draw(ink, bottom)
            self._finish(file, ink, PrintJob(print_number, number, total, before))
        if self._tail_apart:
            ink = Ink(self._fonts, self._sheet.width * MM, self._sheet.height * MM)
            self._head.draw(ink)
            self._tail.draw(ink, self._head.bottom)
            self._finish(file, ink, PrintJob(print_number, total, total, before))

    def _finish(self, file: PdfFile, ink: Ink, job: PrintJob) -> None:
        draw_foot(ink, self._table, self._frame, job)
        scale = self._sheet.scale
        content = ink.content() if scale == 1 else f"{scale:.3f} 0 0 {scale:.3f} 0 0 cm\n{ink.content()}"
        for name, photo in ink.photos.items():
            file.add_photo(name, photo.jpeg, photo.width, photo.height)
        file.add_page(ink.width * scale, ink.height * scale, content)

    def _draw_rows(self, ink: Ink, rows: Iterable[Row]) -> float:
        """Draw the rows of one page; gives their lower edge."""
        edges = self._columns.edges
        lines = [self._rows_top]
        closing: list[float] = []
        for row in rows:
            top = lines[-1]
            blocks = self._sizer.blocks(row)
            height = self._sizer.height(blocks)
            if row.role is Role.TOTAL:
                ink.fill(edges[0], top, edges[-1] - edges[0], height, SHADE)
            if row.role is Role.SUBTOTAL and self._table.carries_forward:
                closing += [top, top + height]
            self._draw_row(ink, row, blocks, (top, height))
            lines.append(top + height)
        ink.grid(edges, lines)
        ink.box(edges[0], lines[0], edges[-1] - edges[0], lines[-1] - lines[0])
        for y in closing:
            ink.line(edges[0], y, edges[-1], y, RULE, RED)
        return lines[-1]

    def _draw_row(self, ink: Ink, row: Row, blocks: dict[int, Block], place: tuple[float, float]) -> None:
        bold = row.role is not Role.DETAIL
        size = self._columns.size
        base = middle(*place, size)
        for i, column in enumerate(self._table.columns):
            if i in blocks:
                self._draw_block(ink, row, i, blocks[i], place)
                continue
            value = row.cells[i]
            text = paper_text(column.kind, value, with_year=self._with_year, zero=self._table.zero)
            if not text:
                continue
            red = is_minus(column.kind, value)
            style = Style(face_of(column.kind, bold=bold or red), size, RED if red else BLACK)
            self._draw_cell(ink, i, text, style, base, (row.level - 1) * size)

    def _draw_cell(self, ink: Ink, index: int, text: str, style: Style, base: float, indent: float) -> None:
        left, right = self._columns.edges[index] + PADDING, self._columns.edges[index + 1] - PADDING
        room = right - left if index in self._columns.narrow else 0.0
        match self._table.columns[index].kind:
            case Kind.MONEY | Kind.QUANTITY | Kind.PRICE | Kind.SHARES | Kind.DECIMAL:
                ink.text_right(right, base, text, style, squeeze_to=room)
            case Kind.COUNT | Kind.SIDE | Kind.DATE:
                ink.text_centre((left + right) / 2, base, text, style, squeeze_to=room)
            case Kind.TEXT:
                ink.text(left + indent, base, text, style, squeeze_to=room and room - indent)
            case Kind.CODE:
                ink.text(left, base, text, style, squeeze_to=room)

    def _draw_block(self, ink: Ink, row: Row, index: int, block: Block, place: tuple[float, float]) -> None:
        """A text on several lines, or one hardly too wide."""
        style = Style(face_of(Kind.TEXT, bold=row.role is not Role.DETAIL), block.size)
        top, height = place
        left = self._columns.edges[index] + PADDING + (row.level - 1) * self._columns.size
        line = block.height / len(block.lines)
        y = top + (height - block.height) / 2
        for text in block.lines:
            ink.text(left, middle(y, line, block.size), text, style)
            y += line


def _with_carried(rows: Iterable[Row], carried: Carried, *, first: bool, last: bool) -> Iterator[Row]:
    """A page of a book: 承前页, its rows, 过次页."""
    if not first:
        yield carried.row("承前页")
    for row in rows:
        yield carried.see(row)
    if not last:
        yield carried.row("过次页")


class ColumnLabels:
    """The head of the table on one storey, or two where columns stand in groups."""

    def __init__(self, columns: Sequence[Column], plan: Columns, frame: Frame) -> None:
        self._columns = columns
        self._plan = plan
        self._frame = frame
        self._storeys = 2 if any(column.group for column in columns) else 1

    @property
    def height(self) -> float:
        """Height of all storeys in points."""
        return HEAD_ROW * self._storeys

    def draw(self, ink: Ink, top: float) -> None:
        """Draw labels and their rules."""
        style = Style(Face.SERIF_BOLD, self._plan.size)
        edges = self._plan.edges
        ink.box(edges[0], top, edges[-1] - edges[0], self.height)
        for group, indices in groupby(range(len(self._columns)), lambda i: self._columns[i].group):
            members = list(indices)
            below = top
            if group:
                below = top + HEAD_ROW
                left, right = edges[members[0]], edges[members[-1] + 1]
                ink.text_centre(
                    (left + right) / 2,
                    middle(top, HEAD_ROW, style.size),
                    group,
                    style,
                    squeeze_to=right - left,
                )
                ink.line(left, below, right, below, HAIR)
                ink.line(left, top, left, below, HAIR)
            height = top + self.height - below
            for i in members:
                label = self._columns[i].label
                x = (edges[i] + edges[i + 1]) / 2
                ink.text_centre(
                    x, middle(below, height, style.size), label, style, squeeze_to=self._plan.width(i)
                )
                ink.line(edges[i], below, edges[i], below + height, HAIR)

"""The pen for the notes (附注): a document on upright A4, headings, sentences and small tables, nothing clipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, MM, RED, RULE, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import Head, PrintJob, Tail, draw_foot, printable
from village_ledger.reports.pens.pdf_layout import PADDING, Paper, paper_text, text_block
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Kind, Role, Row, Table

_BODY, _SMALL = 10.5, 9.0
_LEADING = 1.6
_HEADING_1, _HEADING_2 = 13.0, 11.5
_INDENT = 2
"""Characters a paragraph is set in by."""
_ROW = 6 * MM
_NAME_MM, _MONEY_MM = 50.0, 24.0
_AMOUNTS = ("opening", "increase", "decrease", "closing")
_LABELS = ("项目", "年初", "本年增加", "本年减少", "年末", "说明")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page: its height, how it is drawn below a line, whether the next one must follow it."""

    height: float
    draw: Callable[[Ink, float], None]
    keeps: bool = False
    head: Block | None = None
    """What stands above it again where it begins a page."""


class NotesDocument:
    """The notes on their way to paper: laid out when made, drawn by ``onto``."""

    def __init__(self, table: Table, fonts: Fonts) -> None:
        self._table = table
        self._fonts = fonts
        self._sheet = Paper.A4_PORTRAIT.value
        self._frame = printable(self._sheet)
        self._head = Head(table, self._sheet, fonts)
        self._tail = Tail(table, fonts, self._frame)
        money = _MONEY_MM * MM
        left = self._frame.left
        self._edges = [left, left + _NAME_MM * MM]
        for _ in _AMOUNTS:
            self._edges.append(self._edges[-1] + money)
        self._edges.append(self._frame.right)
        self._pages = self._paginate(list(self._blocks(tuple(table.rows))))

    def onto(self, file: PdfFile, print_number: int) -> None:
        """Draw all pages."""
        for number, (blocks, with_tail) in enumerate(self._pages, 1):
            ink = Ink(self._fonts, self._sheet.width * MM, self._sheet.height * MM)
            self._head.draw(ink)
            y = self._head.bottom
            for block in blocks:
                block.draw(ink, y)
                y += block.height
            if with_tail:
                self._tail.draw(ink, y)
            draw_foot(ink, self._table, self._frame, PrintJob(print_number, number, len(self._pages)))
            file.add_page(ink.width, ink.height, ink.content())

    def _paginate(self, blocks: Sequence[Block]) -> list[tuple[list[Block], bool]]:
        """Pages of blocks; a heading never stands alone at the foot."""
        room = self._frame.bottom - self._head.bottom
        pages: list[list[Block]] = [[]]
        used, place = 0.0, 0
        while place < len(blocks):
            run = [blocks[place]]
            while run[-1].keeps and place + len(run) < len(blocks):
                run.append(blocks[place + len(run)])
            height = sum(block.height for block in run)
            if pages[-1] and used + height > room:
                again = run[0].head
                pages.append([again] if again else [])
                used = again.height if again else 0.0
            pages[-1] += run
            used += height
            place += len(run)
        if used + self._tail.height > room:
            pages.append([])
        return [(page, number == len(pages)) for number, page in enumerate(pages, 1)]

    def _blocks(self, rows: Sequence[Row]) -> Iterator[Block]:
        in_table = False
        for place, row in enumerate(rows):
            if row.role is Role.SECTION:
                yield self._heading(row, gap=bool(place))
                in_table = False
            elif not self._is_figures(row):
                yield from self._paragraph(str(row.cells[6] or ""))
                in_table = False
            else:
                if not in_table:
                    yield self._labels()
                yield self._figures(row)
                in_table = True

    def _is_figures(self, row: Row) -> bool:
        return bool(row.cells[1])

    def _heading(self, row: Row, *, gap: bool) -> Block:
        size = _HEADING_1 if row.level == 1 else _HEADING_2
        above = (4 if row.level == 1 else 2.5) * MM if gap else 0.0
        style = Style(Face.SERIF_BOLD, size)

        def draw(ink: Ink, y: float) -> None:
            ink.text(
                self._frame.left, y + above + size, str(row.cells[1]), style, squeeze_to=self._frame.width
            )

        return Block(above + size * _LEADING, draw, keeps=True)

    def _paragraph(self, text: str) -> Iterator[Block]:
        """A sentence on as many lines as it needs, the first set in."""
        style = Style(Face.SERIF, _BODY)
        font = self._fonts[Face.SERIF]
        room = self._frame.width * 1000 / _BODY
        for line in wrap(f"{'　' * _INDENT}{text}", room, font.width):

            def draw(ink: Ink, y: float, line: str = line) -> None:
                ink.text(self._frame.left, y + _BODY * 1.2, line, style)

            yield Block(_BODY * _LEADING, draw)

    def _labels(self) -> Block:
        style = Style(Face.SERIF_BOLD, _SMALL)

        def draw(ink: Ink, y: float) -> None:
            top = y + 1.5 * MM
            ink.box(self._edges[0], top, self._edges[-1] - self._edges[0], _ROW, RULE)
            for place, label in enumerate(_LABELS):
                centre = (self._edges[place] + self._edges[place + 1]) / 2
                ink.text_centre(centre, middle(top, _ROW, _SMALL), label, style)
            self._rules(ink, top, _ROW)

        return Block(_ROW + 1.5 * MM, draw, keeps=True)

    def _figures(self, row: Row) -> Block:
        bold = row.role is Role.TOTAL
        face = Face.SERIF_BOLD if bold else Face.SERIF
        name = self._cell(str(row.cells[1]), face, 0)
        remark = self._cell(str(row.cells[6] or ""), face, 5)
        height = max(_ROW, len(name) * _SMALL * 1.3 + PADDING, len(remark) * _SMALL * 1.3 + PADDING)

        def draw(ink: Ink, y: float) -> None:
            if bold:
                ink.fill(self._edges[0], y, self._edges[-1] - self._edges[0], height, SHADE)
            for place, lines in ((0, name), (5, remark)):
                self._lines(ink, lines, place, (y, height), Style(face, _SMALL))
            for place in range(len(_AMOUNTS)):
                self._amount(ink, row, place, middle(y, height, _SMALL), bold=bold)
            self._rules(ink, y, height)
            ink.line(self._edges[0], y + height, self._edges[-1], y + height, HAIR)

        return Block(height, draw, head=self._labels())

    def _cell(self, text: str, face: Face, place: int) -> tuple[str, ...]:
        width = self._edges[place + 1] - self._edges[place] - 2 * PADDING
        return (
            text_block(self._fonts, text, Style(face, _SMALL), width, 60 * MM, shrink=1.0).lines
            if text
            else ()
        )

    def _lines(
        self, ink: Ink, lines: Sequence[str], place: int, box: tuple[float, float], style: Style
    ) -> None:
        step = style.size * 1.3
        y = box[0] + (box[1] - step * len(lines)) / 2
        room = self._edges[place + 1] - self._edges[place] - 2 * PADDING
        for line in lines:
            ink.text(self._edges[place] + PADDING, middle(y, step, style.size), line, style, squeeze_to=room)
            y += step

    def _amount(self, ink: Ink, row: Row, place: int, base: float, *, bold: bool) -> None:
        text = paper_text(Kind.MONEY, row.cells[2 + place], zero=self._table.zero)
        if not text:
            return
        red = text.startswith("-")
        style = Style(Face.SANS_BOLD if bold or red else Face.SANS, _SMALL, RED if red else BLACK)
        right = self._edges[place + 2] - PADDING
        ink.text_right(right, base, text, style, squeeze_to=_MONEY_MM * MM - 2 * PADDING)

    def _rules(self, ink: Ink, top: float, height: float) -> None:
        for x in self._edges:
            ink.line(x, top, x, top + height, HAIR)

"""The pen for the sign-off sheet: A4 upright, figures above, room to sign and seal below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import BODY, STRONG, Head, PrintJob, draw_foot, printable
from village_ledger.reports.pens.pdf_layout import PADDING, Frame, Paper
from village_ledger.reports.pens.render_pdf import PdfResult
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Role, Row, Table

_LEAD = 1.35
_WIDTHS = (0.535, 0.155, 0.155, 0.155)
_SIGN_ROW = 10 * MM
_SEAL = 40 * MM
_LAST = 8 * MM


def write_signoff(table: Table, path: Path, *, print_number: int = 1) -> PdfResult:
    """Print the sheet; rows beyond one page go to pages before the one that is signed.

    Raises FontsMissing, OutputError, OutputDiskFull.
    """
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, table.title)
        _Signoff(table, fonts).onto(file, print_number)
        file.close(fonts.all())
    sheet = Paper.A4_PORTRAIT.value
    return PdfResult(file.page_count, round(sheet.width * sheet.height) * file.page_count, fonts.missing)


class _Signoff:
    def __init__(self, table: Table, fonts: Fonts) -> None:
        self._table = table
        self._fonts = fonts
        self._sheet = Paper.A4_PORTRAIT.value
        self._frame: Frame = printable(self._sheet)
        self._head = Head(table, self._sheet, fonts)
        self._words = self._lines((*_proofs(table), *table.notes), self._frame.width)
        edges = [self._frame.left]
        for part in _WIDTHS:
            edges.append(edges[-1] + part * self._frame.width)
        self._edges = edges
        self._rows = list(table.rows)
        self._blocks = [self._block(row) for row in self._rows]

    def onto(self, file: PdfFile, print_number: int) -> None:
        """Draw all pages; the last one is signed."""
        pages = self._pages()
        for number, rows in enumerate(pages, 1):
            ink = Ink(self._fonts, self._sheet.width * MM, self._sheet.height * MM)
            self._head.draw(ink)
            y = self._draw_rows(ink, rows) if rows else self._head.bottom
            if number == len(pages):
                self._draw_end(ink, y)
            draw_foot(ink, self._table, self._frame, PrintJob(print_number, number, len(pages)))
            file.add_page(ink.width, ink.height, ink.content())

    def _pages(self) -> list[list[int]]:
        """Indices of the rows of each page."""
        room = self._frame.bottom - self._head.bottom - self._height(0)
        pages: list[list[int]] = [[]]
        used = 0.0
        for index in range(len(self._rows)):
            height = self._height_of(index)
            if pages[-1] and used + height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(index)
            used += height
        if used + self._end_height > room:
            pages.append(self._figures())
        return pages

    def _figures(self) -> list[int]:
        """The first section, repeated where the signatures need a page of their own: nobody signs a page without figures."""
        sections = [i for i, row in enumerate(self._rows) if row.role is Role.SECTION]
        return list(range(sections[1] if len(sections) > 1 else len(self._rows)))

    @property
    def _end_height(self) -> float:
        signing = 7 * MM + 3 * _SIGN_ROW + 3 * MM + _SEAL + _LAST
        return 3 * MM + len(self._words) * BODY.size * _LEAD + signing

    def _height(self, lines: int) -> float:
        return max(lines, 1) * BODY.size * _LEAD + 1.6 * MM

    def _height_of(self, index: int) -> float:
        return self._height(len(self._blocks[index]))

    def _block(self, row: Row) -> list[str]:
        is_wide = all(cell is None for cell in row.cells[1:])
        room = (self._frame.width if is_wide else self._edges[1] - self._edges[0]) - 2 * PADDING
        return self._lines((str(row.cells[0] or ""),), room)

    def _lines(self, texts: Sequence[str], room: float) -> list[str]:
        measure = self._fonts[Face.SERIF].width
        return [line for text in texts for line in wrap(text, room * 1000 / BODY.size, measure)]

    def _draw_rows(self, ink: Ink, indices: Sequence[int]) -> float:
        y, edges = self._head.bottom, self._edges
        ink.box(edges[0], y, edges[-1] - edges[0], self._height(0))
        for i, column in enumerate(self._table.columns):
            ink.text_centre(
                (edges[i] + edges[i + 1]) / 2, middle(y, self._height(0), BODY.size), column.label, STRONG
            )
        y += self._height(0)
        for index in indices:
            y = self._draw_row(ink, index, y)
        return y

    def _draw_row(self, ink: Ink, index: int, y: float) -> float:
        row, edges, height = self._rows[index], self._edges, self._height_of(index)
        is_wide = all(cell is None for cell in row.cells[1:])
        if row.role is Role.SECTION:
            ink.fill(edges[0], y, edges[-1] - edges[0], height, SHADE)
        style = STRONG if row.role is Role.SECTION else BODY
        for place, text in enumerate(self._blocks[index]):
            ink.text(edges[0] + PADDING, y + 0.8 * MM + (place + 0.78) * BODY.size * _LEAD, text, style)
        for i, cell in enumerate(row.cells[1:], 1):
            if isinstance(cell, int):
                figures = Style(Face.SANS, BODY.size)
                ink.text_right(
                    edges[i + 1] - PADDING,
                    middle(y, height, BODY.size),
                    format_fen(cell),
                    figures,
                    squeeze_to=edges[i + 1] - edges[i] - 2 * PADDING,
                )
        if not is_wide:
            for x in edges[1:-1]:
                ink.line(x, y, x, y + height, HAIR)
        ink.box(edges[0], y, edges[-1] - edges[0], height, HAIR)
        return y + height

    def _draw_end(self, ink: Ink, y: float) -> None:
        """Words, both columns of signatures, seals, who watched and when."""
        y += 2 * MM
        for line in self._words:
            y += BODY.size * _LEAD
            ink.text(self._frame.left, y, line, BODY)
        y = self._frame.bottom - (self._end_height - 3 * MM - len(self._words) * BODY.size * _LEAD)
        half = (self._frame.width - 6 * MM) / 2
        entities = self._table.entity.split("、", 1)
        signers = [place for place, _ in self._table.signatures]
        for side, x in enumerate((self._frame.left, self._frame.left + half + 6 * MM)):
            ink.text_centre(
                x + half / 2,
                y + 4.5 * MM,
                entities[side] if side < len(entities) else "",
                STRONG,
                squeeze_to=half,
            )
            top = y + 7 * MM
            for place in signers[3 * side : 3 * side + 3]:
                self._sign_box(ink, x, top, half, place.removeprefix("集体经济组织"))
                top += _SIGN_ROW
            label = self._table.seals[side].replace("\n", "")
            seal_x = x + (half - _SEAL) / 2
            ink.dashed_box(seal_x, top + 3 * MM, _SEAL, _SEAL)
            ink.text_centre(x + half / 2, top + 3 * MM + _SEAL / 2, label, BODY)
        base = self._frame.bottom - 1 * MM
        ink.text(self._frame.left, base, "监交人（乡镇）：", BODY)
        ink.line(self._frame.left + 28 * MM, base + 1.5, self._frame.left + half, base + 1.5, HAIR)
        ink.text(self._frame.left + half + 6 * MM, base, "交接日期：　　　　　年　　　月　　　日", BODY)

    def _sign_box(self, ink: Ink, x: float, y: float, width: float, place: str) -> None:
        ink.box(x, y, width, _SIGN_ROW, RULE)
        ink.text(x + PADDING, middle(y, _SIGN_ROW, BODY.size), place, BODY, squeeze_to=width * 0.46)
        ink.line(x + width * 0.48, y, x + width * 0.48, y + _SIGN_ROW, HAIR)
        ink.text_right(
            x + width - PADDING, y + _SIGN_ROW - 1.6 * MM, "年　　月　　日", Style(Face.SERIF, 8.5)
        )


def _proofs(table: Table) -> tuple[str, ...]:
    """How many checks agree, or which do not: the figures themselves stand in the table."""
    failed = [f"▲ 不符：{check.text}。" for check in table.checks if not check.ok]
    return tuple(failed) or (f"核对 {len(table.checks)} 项，全部相符：借贷相等，逐行相加等于旧账。",)

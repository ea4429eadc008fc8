"""The pen for the wall sheet (逐笔收支公开表): large, framed in the ledger's line, every item readable at two metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_layout import Block
from village_ledger.reports.pens.render_pdf import PdfResult
from village_ledger.reports.pens.wall_layout import SHEET_A, Line, WallSize
from village_ledger.reports.pens.wall_page import WallPage, draw_block
from village_ledger.reports.pens.wall_summary import WallSummary
from village_ledger.reports.pens.wall_table import WallTable
from village_ledger.reports.table import Table


def write_wall_sheet(
    tables: Table | Sequence[Table], path: Path, size: WallSize = WallSize.A3, *, print_number: int = 1
) -> PdfResult:
    """Print disclosure sheets of one ledger, or of several, into one file, each with its own page numbers.

    Raises FontsMissing, OutputError, OutputDiskFull; then no file is left behind.
    """
    every = (tables,) if isinstance(tables, Table) else tuple(tables)
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, every[0].title)
        for table in every:
            pen = _PENS.get(table.report, WallTable)
            pen(table, size, fonts, print_number).onto(file)
        file.close(fonts.all())
    paper = size.value.paper
    return PdfResult(file.page_count, round(paper.width * paper.height) * file.page_count, fonts.missing)


@dataclass(frozen=True, slots=True)
class _Band:
    """A row across columns: a label, amounts under income and expense (or one over both), words to the right."""

    label: str
    income: int | None = None
    expense: int | None = None
    balance: int | None = None
    right: str = ""
    shaded: bool = True


class _SheetA(WallPage):
    """Sheet A on its way to paper: rows set and pages counted when made."""

    def __init__(self, table: Table, size: WallSize, fonts: Fonts, print_number: int) -> None:
        super().__init__(table, size, fonts, print_number)
        self._pages = self._paginate()

    def _row(self, band: _Band) -> float:
        """Height of a band."""
        left, right = self._band_blocks(band)
        return self._columns.height_of([left, right])

    def _last_bands(self) -> list[_Band]:
        """Total and closing."""
        table, rules = self._table, sheet_a()
        span = table.span
        income, expense = self._fact("income"), self._fact("expense")
        year = rules.words["year_to_date"].format(
            income=format_fen(self._fact("year_income")), expense=format_fen(self._fact("year_expense"))
        )
        total = rules.word("total", span) if span else "本期合计"
        closing = _Band(self._purse_label("closing"), balance=self._fact("closing"))
        return [_Band(total, income, expense, right=year), closing]

    def _purse_label(self, when: str) -> str:
        rules, span = sheet_a(), self._table.span
        parts = rules.words["money_parts"].format(
            cash=format_fen(self._fact(f"{when}_cash")), bank=format_fen(self._fact(f"{when}_bank"))
        )
        return f"{rules.word(when, span)}{parts}" if span else parts

    def _fact(self, key: str) -> int:
        value = self._table.facts.get(key)
        return value if isinstance(value, int) else 0

    def _paginate(self) -> list[list[Line]]:
        """Lines by page; the last page keeps room for total, closing, signatures and seals."""
        row = self._sizes.row * MM
        top = self._row(_Band(self._purse_label("opening"), balance=self._fact("opening")))
        end = sum(map(self._row, self._last_bands())) + self._tail.height
        pages: list[list[Line]] = [[]]
        used = top
        for line in self._lines:
            if pages[-1] and used + line.height + row > self._room:
                pages.append([])
                used = row
            pages[-1].append(line)
            used += line.height
        if len(pages) > 1:
            end += row
        if pages[-1] and used + end > self._room:
            pages.append([])
        return pages

    def onto(self, file: PdfFile) -> None:
        """Draw all pages."""
        count = len(self._pages)
        total = count + self._tail.extra_pages
        income = expense = 0
        for number, lines in enumerate(self._pages, 1):
            ink = self._page()
            y = self._draw_head(ink)
            if number == 1:
                y = self._draw_band(
                    ink, y, _Band(self._purse_label("opening"), balance=self._fact("opening"))
                )
            else:
                y = self._draw_band(ink, y, _Band("承前页", income, expense, shaded=False))
            for line in lines:
                y = self._draw_line(ink, y, line)
            page_income, page_expense = self._sums(lines)
            income += page_income
            expense += page_expense
            subtotal = _Band("本页小计", page_income, page_expense, shaded=False)
            if number < count:
                y = self._draw_band(ink, y, subtotal)
            else:
                if count > 1 and lines:
                    y = self._draw_band(ink, y, subtotal)
                for band in self._last_bands():
                    y = self._draw_band(ink, y, band)
                self._tail.draw(ink, y)
            self._tail.draw_foot(ink, number, total)
            file.add_page(ink.width, ink.height, ink.content())
        for number in range(count + 1, total + 1):
            ink = self._page()
            self._tail.draw_more(ink, number - count - 1)
            self._tail.draw_foot(ink, number, total)
            file.add_page(ink.width, ink.height, ink.content())

    def _sums(self, lines: Sequence[Line]) -> tuple[int, int]:
        income, expense = self._columns.index("income"), self._columns.index("expense")

        def column(index: int) -> int:
            return sum(value for line in lines if isinstance(value := line.row.cells[index], int))

        return column(income), column(expense)

    def _band_edges(self) -> tuple[float, float, float, float, float]:
        """Left edge, before income, between, after expense, right edge."""
        edges = self._columns.plan.edges
        income, expense = self._columns.index("income"), self._columns.index("expense")
        return edges[0], edges[income], edges[expense], edges[expense + 1], edges[-1]

    def _band_blocks(self, band: _Band) -> tuple[Block, Block | None]:
        left, income, _, after, right = self._band_edges()
        size, tallest = self._sizes.body, self._room * 0.4
        label = self._columns.block(
            band.label, Style(Face.SERIF_BOLD, size), income - left - 2 * self._pad, tallest
        )
        if not band.right or right - after < size * 6:
            return label, None
        return label, self._columns.block(
            band.right, Style(Face.SERIF, size), right - after - 2 * self._pad, tallest
        )

    def _draw_band(self, ink: Ink, top: float, band: _Band) -> float:
        left, income, expense, after, right = self._band_edges()
        label, words = self._band_blocks(band)
        height = self._columns.height_of([label, words])
        if band.shaded:
            ink.fill(left, top, right - left, height, SHADE)
        draw_block(
            ink,
            label,
            Style(Face.SERIF_BOLD, label.size),
            (left + self._pad, income - self._pad, top, height),
            1,
        )
        style = Style(Face.SANS_BOLD, self._sizes.body)
        edges = [left, income, after, right]
        if band.balance is not None:
            large = Style(Face.SANS_BOLD, self._sizes.body * 1.08)
            base = middle(top, height, large.size)
            ink.text_centre(
                (income + after) / 2, base, format_fen(band.balance), large, squeeze_to=after - income
            )
        else:
            edges.insert(2, expense)
            base = middle(top, height, style.size)
            for x, start, amount in ((expense, income, band.income), (after, expense, band.expense)):
                ink.text_right(
                    x - self._pad, base, format_fen(amount or 0), style, squeeze_to=x - start - 2 * self._pad
                )
        if words:
            draw_block(
                ink,
                words,
                Style(Face.SERIF, words.size),
                (after + self._pad, right - self._pad, top, height),
                1,
            )
        ink.grid(edges, (top, top + height), HAIR * 1.5)
        ink.line(left, top, right, top, RULE)
        ink.line(left, top + height, right, top + height, RULE)
        return top + height


_PENS: dict[str, type[_SheetA | WallSummary]] = {SHEET_A: _SheetA, "disclosure-summary": WallSummary}
"""Sheets with a look of their own; all others are tables."""

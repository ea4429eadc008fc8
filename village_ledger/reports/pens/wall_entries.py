"""The pen for the wall sheet (逐笔收支公开表): large, framed in the ledger's line, every item readable at two metres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, SHADE, Ink, Style, middle
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_layout import Block
from village_ledger.reports.pens.wall_layout import Line
from village_ledger.reports.pens.wall_page import (
    Placed,
    WallRows,
    begins_run,
    draw_block,
    with_next,
)
from village_ledger.reports.table import Cell, Role


@dataclass(frozen=True, slots=True)
class _Band:
    """A row across columns: a label, amounts under income and expense (or one over both), words to the right."""

    label: str
    income: int | None = None
    expense: int | None = None
    balance: int | None = None
    right: str = ""
    shaded: bool = True


class WallSheetA(WallRows):
    """Sheet A on its way to paper: rows set and pages counted when made."""

    def _row(self, band: _Band) -> float:
        """Height of a band."""
        left, right = self._band_blocks(band)
        return self._columns.height_of([left, right])

    def _last_bands(self) -> list[_Band]:
        """Total and closing; what each class came to stands above, in the flow of the rows."""
        table, rules = self._table, sheet_a()
        span = table.span
        income, expense = self._fact("income"), self._fact("expense")
        year = rules.words["year_to_date"].format(
            income=format_fen(self._fact("year_income")), expense=format_fen(self._fact("year_expense"))
        )
        total = rules.word("total", span) if span else "本期合计"
        closing = _Band(self._purse_label("closing"), balance=self._fact("closing"))
        return [_Band(total, income, expense, right=year), closing]

    def _class_bands(self) -> list[_Band]:
        """What each class comes to."""
        words, came, went = (self._table.column_index(key) for key in ("summary", "income", "expense"))
        sums = (row.cells for row in self._table.rows if row.role is Role.SUBTOTAL)
        return [
            _Band(str(cells[words]), _fen(cells[came]), _fen(cells[went]), shaded=False) for cells in sums
        ]

    def _flow(self) -> Iterator[Line | _Band]:
        """Rows, then the sums of classes: what breaks over pages."""
        yield from self._columns.lines(self._room)
        yield from self._class_bands()

    def _purse_label(self, when: str) -> str:
        rules, span = sheet_a(), self._table.span
        parts = rules.words["money_parts"].format(
            cash=format_fen(self._fact(f"{when}_cash")), bank=format_fen(self._fact(f"{when}_bank"))
        )
        return f"{rules.word(when, span)}{parts}" if span else parts

    def _fact(self, key: str) -> int:
        value = self._table.facts.get(key)
        return value if isinstance(value, int) else 0

    def _paginate(self) -> list[int]:
        """Lines by page; the last page keeps room for total, closing, signatures and seals."""
        row = self._sizes.row * MM
        top = self._row(_Band(self._purse_label("opening"), balance=self._fact("opening")))
        end = sum(map(self._row, self._last_bands())) + self._tail.height
        counts, used = [0], top
        for line, following in with_next(self._flow()):
            height = need = self._row(line) if isinstance(line, _Band) else line.height
            if begins_run(line, following):
                need += row  # a group's sum never stands without its first entries
            if counts[-1] and used + need + row > self._room:
                counts.append(0)
                used = row
            counts[-1] += 1
            used += height
        if len(counts) > 1:
            end += row
        if counts[-1] and used + end > self._room:
            counts.append(0)
        return counts

    def placed(self) -> Iterator[list[Placed]]:
        """Rows of every page, with those that are bands on paper: opening, sums of classes, total, closing."""
        row = self._sizes.row * MM
        rows = self._table.rows
        set_in = self._columns.line
        first = [Placed(set_in(one).height, one) for one in rows if one.role is Role.OPENING]
        last = [Placed(set_in(one).height, one) for one in rows if one.role in (Role.TOTAL, Role.SECTION)]
        sums = iter([one for one in rows if one.role is Role.SUBTOTAL])
        lines = self._flow()
        for number, count in enumerate(self.breaks, 1):
            page = first if number == 1 else []
            for line in islice(lines, count):
                page.append(Placed(row, next(sums)) if isinstance(line, _Band) else self.placed_line(line))
            yield [*page, *last] if number == len(self.breaks) else page

    def onto(self, file: PdfFile) -> None:
        """Draw all pages; lines are set again, none is held."""
        lines = self._flow()
        count = len(self.breaks)
        income = expense = 0
        for number, some in enumerate(self.breaks, 1):
            ink = self._page()
            y = self._draw_head(ink)
            if number == 1:
                opening = _Band(self._purse_label("opening"), balance=self._fact("opening"))
                y = self._draw_band(ink, y, opening)
            else:
                y = self._draw_band(ink, y, _Band("承前页", income, expense, shaded=False))
            page_income = page_expense = 0
            summed = not some
            for line in islice(lines, some):
                if isinstance(line, _Band):
                    if not summed and (page_income or page_expense):
                        y = self._draw_sum(ink, y, page_income, page_expense)
                    summed = True
                    y = self._draw_band(ink, y, line)
                    continue
                y = self._draw_line(ink, y, line)
                page_income += self._amount(line, "income")
                page_expense += self._amount(line, "expense")
            income += page_income
            expense += page_expense
            if not summed and count > 1:
                y = self._draw_sum(ink, y, page_income, page_expense)
            if number == count:
                for band in self._last_bands():
                    y = self._draw_band(ink, y, band)
                self._tail.draw(ink, y)
            self._tail.draw_foot(ink, number, self.page_count)
            file.add_page(ink.width, ink.height, ink.content())
        self._draw_more(file, count)

    def _draw_sum(self, ink: Ink, y: float, income: int, expense: int) -> float:
        return self._draw_band(ink, y, _Band("本页小计", income, expense, shaded=False))

    def _amount(self, line: Line, key: str) -> int:
        return _fen(line.row.cells[self._columns.index(key)])

    def _band_edges(self) -> tuple[float, float, float, float, float]:
        """Left edge, before income, between, after expense, right edge."""
        edges = self._columns.plan.edges
        income, expense = self._columns.index("income"), self._columns.index("expense")
        return edges[0], edges[income], edges[expense], edges[expense + 1], edges[-1]

    def _band_blocks(self, band: _Band) -> tuple[Block, Block | None]:
        left, income, _, after, right = self._band_edges()
        size = self._sizes.body
        label = self._columns.block(band.label, Style(Face.SERIF_BOLD, size), income - left - 2 * self._pad)
        if not band.right or right - after < size * 6:
            return label, None
        return label, self._columns.block(band.right, Style(Face.SERIF, size), right - after - 2 * self._pad)

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


def _fen(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0

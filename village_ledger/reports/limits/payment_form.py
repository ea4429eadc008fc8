"""The pen for 付款审批单: facts of a payment above, a box for everybody who signs below, on upright A4."""

from __future__ import annotations

from village_ledger.reports.limits.limit_reports import SIGN
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import BODY, Head, PrintJob, Tail, draw_foot, printable
from village_ledger.reports.pens.pdf_layout import Block, Paper, text_block
from village_ledger.reports.table import Row, Table

_LABEL, _PAD = 28 * MM, 2 * MM
_LEAST, _MOST = 10 * MM, 60 * MM
_BOX, _GAP = 26 * MM, 3 * MM
_ACROSS = 2
_TEXT = Style(Face.SERIF, 11)
_STRONG = Style(Face.SERIF_BOLD, 11)


class PaymentForm:
    """One payment's form on its way to paper; boxes that find no room go over to a second page."""

    def __init__(self, table: Table, fonts: Fonts) -> None:
        self._table = table
        self._fonts = fonts
        self._sheet = Paper.A4_PORTRAIT.value
        self._frame = printable(self._sheet)
        self._head = Head(table, self._sheet, fonts)
        self._tail = Tail(table, fonts, self._frame)
        rows = tuple(table.rows)
        self._facts = [(row, self._block(row)) for row in rows if row.level != SIGN]
        self._places = [row for row in rows if row.level == SIGN]
        for row in self._places:
            fonts[Face.SERIF].width(f"{row.cells[0]}{row.cells[1]}")

    def _block(self, row: Row) -> Block:
        room = self._frame.width - _LABEL - 2 * _PAD
        return text_block(self._fonts, str(row.cells[1] or ""), _TEXT, room, _MOST, shrink=1.0)

    def onto(self, file: PdfFile, print_number: int) -> None:
        """Draw the page, or the pages."""
        boxes = [self._places[i : i + _ACROSS] for i in range(0, len(self._places), _ACROSS)]
        facts = sum(self._height(block) for _, block in self._facts)
        room = self._frame.bottom - self._head.bottom - facts - self._tail.height - _GAP
        first = max(int(room // (_BOX + _GAP)), 0)
        pages = [boxes[:first], boxes[first:]] if boxes[first:] else [boxes]
        for number, some in enumerate(pages, 1):
            ink = Ink(self._fonts, self._sheet.width * MM, self._sheet.height * MM)
            self._head.draw(ink)
            y = self._head.bottom
            if number == 1:
                y = self._draw_facts(ink, y)
            for pair in some:
                self._draw_boxes(ink, y + _GAP, pair)
                y += _BOX + _GAP
            if number == len(pages):
                self._tail.draw(ink, y)
            draw_foot(ink, self._table, self._frame, PrintJob(print_number, number, len(pages)))
            file.add_page(ink.width, ink.height, ink.content())

    @staticmethod
    def _height(block: Block) -> float:
        return max(block.height + 2 * _PAD, _LEAST)

    def _draw_facts(self, ink: Ink, y: float) -> float:
        frame = self._frame
        lines = [y]
        for row, block in self._facts:
            height = self._height(block)
            ink.text(frame.left + _PAD, middle(y, height, _STRONG.size), str(row.cells[0]), _STRONG)
            line = block.height / max(len(block.lines), 1)
            at = y + (height - block.height) / 2
            for text in block.lines:
                style = Style(_TEXT.face, block.size)
                ink.text(frame.left + _LABEL + _PAD, middle(at, line, block.size), text, style)
                at += line
            y += height
            lines.append(y)
        ink.grid((frame.left, frame.left + _LABEL, frame.right), lines, HAIR)
        ink.box(frame.left, lines[0], frame.width, lines[-1] - lines[0], RULE)
        return y

    def _draw_boxes(self, ink: Ink, top: float, pair: list[Row]) -> None:
        width = (self._frame.width - _GAP * (_ACROSS - 1)) / _ACROSS
        for place, row in enumerate(pair):
            x = self._frame.left + place * (width + _GAP)
            ink.box(x, top, width, _BOX, RULE)
            ink.text(x + _PAD, top + 6 * MM, str(row.cells[0]), _STRONG, squeeze_to=width * 0.6)
            ink.text_right(x + width - _PAD, top + 6 * MM, str(row.cells[1] or ""), _TEXT)
            ink.text(x + _PAD, top + 14 * MM, "意见：", BODY)
            ink.text(x + _PAD, top + 22 * MM, "签名：", BODY)
            ink.text(x + width * 0.6, top + 22 * MM, "日期：", BODY)

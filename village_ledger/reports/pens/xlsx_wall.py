"""Sheets of the wall as a spreadsheet that prints as they do: the same paper, rows, type and pages, real numbers in every cell.

The first row has the labels and is repeated on every page; title, days and the square code stand in the page's head, code
and page in its foot. Sheets are protected. Nothing is hidden: what paper has no room for stands beside or below what is
printed, with every entry of a group of repeated lines.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.pens.ink import MM, Fonts
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_furniture import in_fours
from village_ledger.reports.pens.qr import sheet_words
from village_ledger.reports.pens.render_text import full_label
from village_ledger.reports.pens.render_xlsx import ColumnPen, SheetPen, workbook
from village_ledger.reports.pens.wall_groups import Grouped, Grouping
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_page import Placed, WallPage
from village_ledger.reports.pens.wall_sheet import measured
from village_ledger.reports.table import Kind, Role, Row, Table
from village_ledger.services.entry.progress import SILENT, Progress

_PAPERS = {"A3": 8, "A4": 9}
_INCH = 72.0
_MM_PER_INCH = 25.4
_SIDE_MM, _FOOT_MM, _HEAD_MM = 8, 11, 6
"""Margins: narrower than on our own paper, so that another program's slightly wider columns still fit."""
_PIXELS = 96 / 72
_TALLEST = 409.0
"""Points; no spreadsheet has taller rows."""
_HEADER = 250
"""Letters a page's head may have."""
_SERIF = "宋体"
_USUAL = {"font_name": _SERIF, "font_size": 10}
"""Its figures are seven dots wide, which is what widths of columns are counted in."""
_UNPRINTED = "下面是上面合并的各笔，一笔一行，不打印"
_LINE = 1.5
_QR_DOTS = 6
_LOOSER = 1.1
"""Other programs set lines of a text further apart than ours."""
_SAFE = 0.96
_SHORT_DAY = "mm-dd"


def write_wall_book(
    tables: Sequence[Table],
    path: Path,
    size: WallSize = WallSize.A3,
    *,
    grouping: Grouping = Grouping.RULE,
    progress: Progress = SILENT,
) -> None:
    """Write disclosure sheets, one worksheet each; raises FontsMissing, OutputError, OutputDiskFull, Cancelled."""
    with Fonts() as fonts, replacing(path) as stream, workbook(stream, _title(tables), _USUAL) as book:
        pen = _WallBook(book, size, grouping)
        pens = measured(tables, size, fonts, grouping)
        for done, (table, wall) in enumerate(zip(tables, pens, strict=True)):
            progress.step(done, len(tables), f"写表格：{table.title}")
            pen.draw_wall(table, wall)


def _title(tables: Sequence[Table]) -> str:
    return tables[0].title if tables else ""


class _WallBook(SheetPen):
    """Worksheets with their page set-up."""

    def __init__(self, book: Any, size: WallSize, grouping: Grouping) -> None:
        super().__init__(book)
        self._size = size
        self._grouping = grouping
        self._words_formats: dict[tuple[float, bool], Any] = {}
        self._body = size.value.body
        self._with_year = True

    def draw_wall(self, table: Table, wall: WallPage) -> None:
        """One sheet: labels, pages of rows, what follows them, and what is not printed."""
        self._zero = table.zero
        self._formats.clear()
        self._body = self._size.value.body
        self._with_year = wall.columns.says_years
        pages = list(wall.placed())
        order = _order(table, wall)
        if not pages:  # the first page is drawn freely: its rows are shared out over as many pages
            self._body, pages = _shared(table, wall)
        sheet = self._book.add_worksheet(self._name(table))
        self._set_up(sheet, table, wall)
        self._columns(sheet, table, wall, order)
        breaks: list[int] = []
        at = self._pages(sheet, table, order, pages, breaks)
        at = self._tail(sheet, wall, at, breaks)
        printed = len(order) - len(wall.columns.left_out)
        sheet.print_area(0, 0, at - 1, printed - 1)
        sheet.set_h_pagebreaks(breaks)
        if any(placed.words for placed in chain.from_iterable(pages)):
            self._every_row(sheet, table, order, at + 2)

    def _look(self, kind: Kind, *, bold: bool, level: int) -> dict[str, Any]:
        look = super()._look(kind, bold=bold, level=level)
        if kind is Kind.DATE and not self._with_year:
            look["num_format"] = _SHORT_DAY
        look |= {"font_size": self._body, "valign": "vcenter", "font_name": _SERIF}
        if kind in {Kind.TEXT, Kind.CODE}:
            look["text_wrap"] = True
        return look

    # the page

    def _set_up(self, sheet: Any, table: Table, wall: WallPage) -> None:
        paper = self._size.value.paper
        sheet.set_landscape()
        sheet.set_paper(_PAPERS[self._size.paper])
        side, foot = _SIDE_MM / _MM_PER_INCH, _FOOT_MM / _MM_PER_INCH
        sheet.set_margins(side, side, wall.head_height / _INCH, foot)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.protect()  # a posted sheet is read and printed, a new one is made from the books
        head: dict[str, Any] = {"margin": min(_HEAD_MM, paper.top) / _MM_PER_INCH}
        words = _head_words(table, self._size)
        if table.check_code:
            head["image_right"] = "code.png"
            head["image_data_right"] = _square(table.title, table.check_code, self._size.value.square)
            words += "&R&G"
        sheet.set_header(words, head)
        code = f"校验码 {in_fours(table.check_code)}" if table.check_code else "未登记"
        sheet.set_footer(
            f"&L{code}　{letter_of(table.report)} 表&R第 &P 页，共 &N 页", {"margin": 5 / _MM_PER_INCH}
        )

    def _columns(self, sheet: Any, table: Table, wall: WallPage, order: Sequence[int]) -> None:
        """Labels, and widths as on paper."""
        widths = _widths(table, wall)
        head = self._book.add_format(
            {
                "bold": True,
                "border": 1,
                "bg_color": "#F0EEE6",
                "align": "center",
                "valign": "vcenter",
                "font_size": self._body,
                "font_name": _SERIF,
                "shrink": True,
            }
        )
        sheet.set_row_pixels(0, round(self._size.value.row * MM * _PIXELS))
        for place, index in enumerate(order):
            sheet.set_column_pixels(place, place, round(widths.get(index, 80.0) * _PIXELS))
            sheet.write_string(0, place, full_label(table.columns[index]), head)

    # rows

    def _pages(
        self,
        sheet: Any,
        table: Table,
        order: Sequence[int],
        pages: Sequence[Sequence[Placed]],
        breaks: list[int],
    ) -> int:
        """Rows page by page; gives the row after the last."""
        at = 1
        pens = self.column_pens(sheet, [table.columns[index] for index in order])
        for number, page in enumerate(pages):
            if number:
                breaks.append(at)
            for placed in page:
                tall = placed.height > self._size.value.row * MM + 1
                sheet.set_row(at, min(placed.height * (_LOOSER if tall else 1), _TALLEST))
                if placed.row is None:
                    sheet.write_string(at, 0, placed.words, self._words_format(self._body))
                else:
                    self._row(at, pens, placed.row, order)
                at += 1
        return at

    def _row(self, at: int, pens: Sequence[ColumnPen], row: Row, order: Sequence[int]) -> None:
        for pen, index in zip(pens, order, strict=True):
            pen.write(at, row.cells[index], row.level, bold=row.role is not Role.DETAIL)

    def _tail(self, sheet: Any, wall: WallPage, at: int, breaks: list[int]) -> int:
        """Equation, places to sign, notes, in lines of words."""
        for number, lines in enumerate(wall.tail.placed()):
            if number:
                breaks.append(at)
            for words, size in lines:
                sheet.set_row(at, size * _LINE)
                sheet.write_string(at, 0, words, self._words_format(size))
                at += 1
        return at

    def _every_row(self, sheet: Any, table: Table, order: Sequence[int], at: int) -> None:
        """Below what is printed: each entry of the groups as a row of its own."""
        sheet.write_string(at - 1, 0, _UNPRINTED, self._words_format(self._body))
        pens = self.column_pens(sheet, [table.columns[index] for index in order])
        for row in _grouped_rows(table, self._grouping):
            self._row(at, pens, row, order)
            at += 1

    def _words_format(self, size: float, *, bold: bool = False) -> Any:
        key = (size, bold)
        if key not in self._words_formats:
            look = {"font_size": round(size, 1), "font_name": _SERIF, "bold": bold, "valign": "vcenter"}
            self._words_formats[key] = self._book.add_format(look)
        return self._words_formats[key]


def _order(table: Table, wall: WallPage) -> list[int]:
    """Columns as they stand: those printed, then those paper has no room for."""
    left_out = wall.columns.left_out
    return [*(i for i in range(len(table.columns)) if i not in left_out), *left_out]


def _widths(table: Table, wall: WallPage) -> dict[int, float]:
    """Points each printed column has on paper; one written into another shares its width."""
    widths: dict[int, float] = {}
    for number, places in enumerate(wall.columns.places):
        whole = wall.columns.plan.edges[number + 1] - wall.columns.plan.edges[number]
        share = sum(table.columns[i].width_mm for i in places)
        widths |= {i: whole * table.columns[i].width_mm / share for i in places}
    return widths


def _shared(table: Table, wall: WallPage) -> tuple[float, list[list[Placed]]]:
    """Rows of a sheet drawn freely, evenly over the pages it takes, as large as they then can be."""
    rows = list(table.rows)
    count = wall.page_count
    each = -(-len(rows) // count)
    paper = wall.columns.sizes.paper
    below = sum(size * _LINE for _, size in wall.tail.placed()[0])
    room = (paper.height - _FOOT_MM) * MM - wall.head_height - wall.columns.sizes.row * MM
    height = (room - below) * _SAFE / each
    body = max(min(height / _LINE, wall.columns.sizes.body * 1.375), 6.0)
    pages = [[Placed(body * _LINE, row) for row in rows[i : i + each]] for i in range(0, len(rows), each)]
    return body, [*pages, *([] for _ in range(count - len(pages)))]


def _grouped_rows(table: Table, grouping: Grouping) -> Iterator[Row]:
    """Detail rows that stand on paper within a group."""
    alone = {
        id(entry) for entry in Grouped(table, letter_of(table.report), grouping) if isinstance(entry, Row)
    }
    return (row for row in table.rows if row.role is Role.DETAIL and id(row) not in alone)


def _head_words(table: Table, size: WallSize) -> str:
    """The page's head: title, for whom, facts, and as much of the warnings as there is room for."""
    sizes = size.value
    facts = "　".join([table.entity, *table.heading])
    warnings = "　".join(f"▲{text}" for text in table.warnings)
    mark = f"（{table.watermark}）" if table.watermark else ""
    start = f'&C&"{_SERIF},Bold"&{round(sizes.title * 0.8)} {_plain(table.title + mark)}\n'
    middle = f'&"{_SERIF},Regular"&{round(sizes.subtitle)} {_plain(table.subtitle)}\n&{round(sizes.info)} {_plain(facts)}'
    room = _HEADER - len(start) - len(middle) - 6
    return start + middle + (f"\n{_plain(warnings[:room])}" if warnings and room > 0 else "")


def _plain(text: str) -> str:
    return text.replace("&", "&&")


def _square(title: str, code: str, side_mm: float) -> io.BytesIO:
    """The code as a picture ``side_mm`` wide on paper: its dots to the inch say how wide."""
    import segno
    from PIL import Image

    raw = io.BytesIO()
    segno.make_qr(sheet_words(title, code), error="m", boost_error=False).save(
        raw, kind="png", scale=_QR_DOTS, border=0
    )
    raw.seek(0)
    with Image.open(raw) as drawn:
        image = drawn.convert("RGB")
    dots = round(image.width * _MM_PER_INCH / side_mm)
    sized = io.BytesIO()
    image.save(sized, "PNG", dpi=(dots, dots))
    sized.seek(0)
    return sized

"""The pen for spreadsheets: real numbers under plain labels in the first row, everything else on a second sheet.

Rows go straight to disk, so that memory does not grow with them. No cell is ever a formula.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import SEEK_SET
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.catalogue_pack import letter_of, name_of
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_furniture import in_fours
from village_ledger.reports.pens.render_text import full_label
from village_ledger.reports.table import FIGURES, WRITTEN, Cell, Check, Column, Kind, Role, Row, Table

ROWS_PER_SHEET = 1_000_000
"""A spreadsheet holds 1,048,576 rows; a longer book goes on on the next sheet."""
_Answer = TypeVar("_Answer")
_A4 = 9
_WIDEST = 60
_NARROWEST = 6
_SAMPLE = 500
_HEAD = {"bold": True, "border": 1, "bg_color": "#F0EEE6", "align": "center"}
_LINE = 16
"""Points of a line of a heading."""
_HEADING = 18
"""A heading over figures is wrapped when it is longer: no figure needs that much."""
_DAY_ZERO = date(1899, 12, 30)
_MONEY = "#,##0.00;[Red]-#,##0.00;"
_QUANTITY = "#,##0.000;[Red]-#,##0.000;"
_WHOLE = "#,##0"
_PRICE = "#,##0.00##;[Red]-#,##0.00##;"
_PARTS = {Kind.MONEY: 100, Kind.QUANTITY: 1000, Kind.PRICE: 10_000}
"""What an int is divided by to be the figure of the sheet."""
_DAY = "yyyy-mm-dd"
_NAME_FORBIDS = re.compile(r"[\[\]:*?/\\']")
NAME_LENGTH = 25
"""Of a sheet's name, so that a number behind it still fits."""


def write_xlsx(tables: Table | Sequence[Table], path: Path) -> None:
    """Write a report, or several, one sheet each; raises OutputError, OutputDiskFull.

    The file names neither person nor machine nor the moment it was made.
    """
    every = (tables,) if isinstance(tables, Table) else tuple(tables)
    with replacing(path) as stream, workbook(stream, every[0].title if every else "") as book:
        pen = SheetPen(book)
        for table in every:
            pen.draw(table)
        pen.explain(every)


@contextmanager
def workbook(stream: IO[bytes], title: str, font: dict[str, Any] | None = None) -> Generator[Any]:
    """A workbook whose rows go straight to disk, written to ``stream`` when the block ends; ``font`` is its usual one."""
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]  the writer ships none

    options: dict[str, Any] = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    if font:
        options["default_format_properties"] = dict(font)  # the writer adds to what it is given
    # its rows lie in a folder of our own: the writer forgets its files when the stick is full, and they are the village's books
    with tempfile.TemporaryDirectory(prefix="village-ledger-", ignore_cleanup_errors=True) as rows:
        options["tmpdir"] = rows
        book: Any = xlsxwriter.Workbook(_Spent(stream), options)  # pyright: ignore[reportArgumentType]  it takes streams too
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001  xlsx knows no zones; fixed, so equal books give equal files
        try:
            yield book
        finally:
            _close(book)


class _Spent:
    """A stream that takes everything and keeps nothing after it has failed once.

    The archive the writer leaves behind is closed again when it is collected, and would complain of the stream to nobody.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._failed = False
        self._place = 0
        """Where it would stand by now, once it has failed."""

    def write(self, data: bytes) -> int:
        """All of it, or OSError the first time."""
        if self._failed:
            self._place += len(data)
            return len(data)
        return self._asked(lambda: self._stream.write(data))

    def seek(self, place: int, whence: int = 0) -> int:
        """As the stream, which writes out first what it still holds: that may fail too."""
        if self._failed:
            self._place = place if whence == SEEK_SET else self._place
            return self._place
        return self._asked(lambda: self._stream.seek(place, whence))

    def tell(self) -> int:
        """As the stream."""
        return self._place if self._failed else self._asked(self._stream.tell)

    def flush(self) -> None:
        """As the stream."""
        if not self._failed:
            self._asked(self._stream.flush)

    def _asked(self, act: Callable[[], _Answer]) -> _Answer:
        try:
            return act()
        except OSError:
            self._failed = True
            raise


def _close(book: Any) -> None:
    from xlsxwriter.exceptions import FileCreateError  # pyright: ignore[reportMissingTypeStubs]  the writer ships none

    try:
        book.close()
    except FileCreateError as problem:
        cause = problem.args[0] if problem.args else None
        raise (cause if isinstance(cause, OSError) else OSError(str(problem))) from problem


class Drawn(NamedTuple):
    """Where a table stands: its first sheet, and how many rows it has."""

    sheet: str
    rows: int


class SheetPen:
    """Formats are made once per look; sheets get names of their own."""

    def __init__(self, book: Any, taken: Iterable[str] = ()) -> None:
        self._book = book
        self._formats: dict[tuple[Kind | None, bool, int, str, bool], Any] = {}
        self._zero = ""
        self._names = set(taken)

    def draw(self, table: Table) -> Drawn:
        """One table, on as many sheets as it needs."""
        rows = iter(table.rows)
        self._zero = table.zero
        first, total = "", 0
        while True:
            sheet = self._sheet(table)
            first = first or str(sheet.get_name())
            written = self._rows(sheet, table.columns, islice(rows, ROWS_PER_SHEET))
            total += written
            sheet.print_area(0, 0, written, len(table.columns) - 1)
            if written < ROWS_PER_SHEET:
                return Drawn(first, total)

    def _sheet(self, table: Table) -> Any:
        sheet = self._book.add_worksheet(self._name(table))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
        if letter_of(table.report):
            sheet.protect()  # a posted sheet is read and printed, a new one is made from the books
        head = self._book.add_format({**_HEAD, "text_wrap": True, "valign": "vcenter"})
        figures = [_display_width(full_label(column)) for column in table.columns if column.kind in FIGURES]
        if (lines := -(-max(figures, default=1) // _HEADING)) > 1:
            sheet.set_row(0, _LINE * lines)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, full_label(column), head)
        return sheet

    def _name(self, table: Table) -> str:
        letter = letter_of(table.report)
        title = f"{letter} {name_of(table.report)} {table.entity}" if letter else table.title
        base = _NAME_FORBIDS.sub(" ", title).strip()[:NAME_LENGTH] or "表"
        name, number = base, 1
        while name in self._names:
            number += 1
            name = f"{base}({number})"
        self._names.add(name)
        return name

    def _rows(self, sheet: Any, columns: Sequence[Column], rows: islice[Row]) -> int:
        """Write rows from the second line on; gives how many. Widths are set from what was written."""
        pens = self.column_pens(sheet, columns)
        number = 0
        for number, row in enumerate(rows, 1):
            bold = row.role is not Role.DETAIL
            for pen, cell in zip(pens, row.cells, strict=False):
                pen.write(number, cell, row.level, bold=bold)
        for place, pen in enumerate(pens):
            sheet.set_column(place, place, pen.width())
        return number

    def column_pens(self, sheet: Any, columns: Sequence[Column]) -> list[ColumnPen]:
        """A pen for each column of a sheet, in the order they stand."""
        return [
            ColumnPen(self.look, sheet, place, column, self._zero) for place, column in enumerate(columns)
        ]

    def look(self, kind: Kind, *, bold: bool, level: int, quoted: bool) -> Any:
        """How a cell looks; ``level`` of a text is how deep it stands, of a quantity of shares how many decimals it has."""
        key = (kind, bold, level, self._zero, quoted)
        if key not in self._formats:
            look = self._look(kind, bold=bold, level=level)
            self._formats[key] = self._book.add_format({**look, "quote_prefix": quoted})
        return self._formats[key]

    def _look(self, kind: Kind, *, bold: bool, level: int) -> dict[str, Any]:
        """How cells of a kind look."""
        look: dict[str, Any] = {"border": 1, "bold": bold}
        if kind is Kind.MONEY:
            look["num_format"] = _MONEY + self._zero
        elif kind in {Kind.QUANTITY, Kind.PRICE}:
            look["num_format"] = _QUANTITY if kind is Kind.QUANTITY else _PRICE
        elif kind in WRITTEN:
            look["num_format"] = f"{_WHOLE}.{'0' * level}" if level else _WHOLE
        elif kind is Kind.DATE:
            look |= {"num_format": _DAY, "align": "center"}
        elif kind in {Kind.SIDE, Kind.COUNT}:
            look["align"] = "center"
        elif level > 1:
            look["indent"] = level - 1
        return look

    def explain(self, tables: Iterable[Table]) -> None:
        """The sheet 说明: whose figures, which days, checks, notes, check code."""
        self._names.add("说明")
        sheet = self._book.add_worksheet("说明")
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 100)
        wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        strong = self._book.add_format({"bold": True, "valign": "top"})
        line = 0
        for table in tables:
            for label, text in _explanations(table):
                sheet.write_string(line, 0, label, strong)
                sheet.write_string(line, 1, text, wrapped)
                line += 1
            line += 1


class ColumnPen:
    """Writes the cells of one column; whatever its kind decides is decided once, for there are many cells."""

    def __init__(self, look: Callable[..., Any], sheet: Any, place: int, column: Column, zero: str) -> None:
        self._place, self._kind, self._zero = place, column.kind, zero
        self._number, self._string, self._blank = sheet.write_number, sheet.write_string, sheet.write_blank
        self._make = look
        self._looks: dict[tuple[bool, int, bool], Any] = {}
        self._parts = _PARTS.get(column.kind, 0)
        self._is_money, self._is_text = column.kind is Kind.MONEY, column.kind is Kind.TEXT
        self._is_written, self._is_figure = column.kind in WRITTEN, column.kind in FIGURES
        self._width, self._largest = _display_width(full_label(column)), 0
        if self._is_figure:
            self._width = min(self._width, _HEADING)

    def write(self, line: int, cell: Cell, level: int, *, bold: bool) -> None:
        """One cell, as its kind wants it; fen as yuan: 13 digits and two decimals are exact in a spreadsheet's numbers."""
        if isinstance(cell, int):
            self._largest = max(self._largest, abs(cell))
            value = cell / self._parts if self._parts else cell
            self._number(line, self._place, value, self._look(bold))
        elif isinstance(cell, date):
            self._width = max(self._width, len(_DAY))
            self._number(line, self._place, (cell - _DAY_ZERO).days, self._look(bold))
        elif self._is_money and self._zero:
            self._blank(line, self._place, None, self._look(bold))
        elif self._is_money:
            self._number(line, self._place, 0, self._look(bold))
        else:
            text = str(cell or "")
            if text and line <= _SAMPLE:
                self._width = max(self._width, _display_width(text))
            self._words(line, text, level, bold=bold)

    def _words(self, line: int, text: str, level: int, *, bold: bool) -> None:
        """A text; quantities of shares as the numbers they are, with the decimals of their class."""
        if text and self._is_written:
            self._number(line, self._place, float(text), self._look(bold, len(text.partition(".")[2])))
        else:
            self._string(
                line, self._place, text, self._look(bold, level if self._is_text else 1, is_risky(text))
            )

    def _look(self, bold: bool, level: int = 1, quoted: bool = False) -> Any:  # noqa: FBT001, FBT002  asked for every cell
        found = self._looks.get((bold, level, quoted))
        if found is None:
            found = self._make(self._kind, bold=bold, level=level, quoted=quoted)
            self._looks[bold, level, quoted] = found
        return found

    def width(self) -> int:
        """What the column needs for what was written."""
        width = self._width
        if self._is_figure:
            width = max(width, len(format_fen(-self._largest)))
        return min(max(width, _NARROWEST), _WIDEST) + 2


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula if it were typed: such cells are marked as text for good."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))


def _explanations(table: Table) -> list[tuple[str, str]]:
    lines = [("报表", table.title), ("编制单位", table.entity or table.village)]
    if table.span:
        lines.append(("期间", table.span.words()))
    lines += [("", fact) for fact in table.heading]
    lines += [("注意", warning) for warning in table.warnings]
    lines += [("核对相符" if check.ok else "核对不符", _checked(check)) for check in table.checks]
    lines += [("没有核对", f"{x.rule}：{x.text}（{x.why}）") for x in table.unasked]
    lines += [("说明", note) for note in table.notes]
    if table.check_code:
        lines.append(("校验码", in_fours(table.check_code)))
    if table.watermark:
        lines.append(("标记", table.watermark))
    return lines


def _checked(check: Check) -> str:
    return " ".join(filter(None, (f"{check.rule}：{check.text}", check.evidence)))


def _display_width(text: Cell) -> int:
    """Width in half-width characters; bytes of GB18030 come near enough."""
    return len(str(text).encode("gb18030", "replace"))

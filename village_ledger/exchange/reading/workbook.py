"""The first worksheet of an xlsx file as a table: bounded before it is unpacked, formulas refused by name."""

from __future__ import annotations

import posixpath
import string
import struct
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from village_ledger.domain.errors import UnreadableError
from village_ledger.exchange.reading.tabular import Cell, Field, Flawed, TabularFile, map_header
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_UNPACKED: Final = 1 << 30
"""Bytes of all parts together once unpacked."""
LARGEST_RATIO: Final = 300
"""No honest part above ``_RATIO_FROM`` shrinks further than this."""
MOST_PARTS: Final = 4000
MOST_ROWS: Final = 1_048_576
"""Rows of a worksheet, as Excel counts them."""

_RATIO_FROM: Final = 8 << 20
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CONTENT = "[Content_Types].xml"
_DOCTYPE_WITHIN: Final = 1024

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,  # both XML parsers derive theirs from it
    NotImplementedError,  # a compression nobody uses
    RuntimeError,  # an encrypted zip member
    OSError,  # a place before the beginning of the file
    ArithmeticError,  # a number beyond all
    struct.error,
)
"""What openpyxl and zipfile trip over in a damaged file."""


def open_table(path: Path, fields: tuple[Field, ...]) -> TabularFile:
    """The first worksheet, its first row holding the headings.

    Raises UnreadableError for a damaged, foreign or monstrous file and for missing columns.
    """
    _check_package(path)
    with _opened(path) as book:
        sheet: Any = book.worksheets[0]
        title = str(sheet.title)
        others = [str(x.title) for x in book.worksheets[1:]]
        header = _header(path, sheet)
    places, notices = map_header(path, header, fields)
    if others:
        notices.append(
            tr("只读了第一张工作表“{sheet}”，没有读：{others}。", sheet=title, others="、".join(others))
        )

    def rows(table: TabularFile) -> Iterator[tuple[int, Sequence[Cell]]]:
        with _opened(path) as again:
            yield from _rows(path, again.worksheets[0], table)

    return TabularFile(path, title, fields, places, rows, notices)


def read_sheets(path: Path, most_rows: int) -> list[tuple[str, list[tuple[int, list[Cell]]]]]:
    """Every worksheet as it stands, (name, numbered rows that hold anything): for tables with titles above their headings.

    Raises UnreadableError for a damaged, foreign or monstrous file, or a sheet longer than ``most_rows``.
    """
    _check_package(path)
    found: list[tuple[str, list[tuple[int, list[Cell]]]]] = []
    with _opened(path) as book:
        for sheet in book.worksheets:
            rows: list[tuple[int, list[Cell]]] = []
            place: Any = sheet
            place.reset_dimensions()
            for number, cells in enumerate(place.iter_rows(), 1):
                if number > most_rows:
                    raise UnreadableError(
                        tr("“{name}”的工作表“{sheet}”太长，不像余额表", name=path.name, sheet=sheet.title),
                        tr("请核对是不是选错了文件。"),
                    )
                values = [_value(cell) for cell in cells]
                if any(value != "" for value in values):
                    rows.append((number, values))
            found.append((str(sheet.title), rows))
    return found


def raw_rows(path: Path, most: int) -> tuple[str, list[tuple[int, tuple[Cell, ...]]]]:
    """Name of the first worksheet and all its rows, times of day kept; for layouts that are not ours.

    Raises UnreadableError for a damaged, foreign or monstrous file.
    """
    _check_package(path)
    with _opened(path) as book:
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()
        rows: list[tuple[int, tuple[Cell, ...]]] = []
        for row, cells in enumerate(sheet.iter_rows(), 1):
            if row > most:
                raise _damaged(path)
            rows.append((row, tuple(_with_time(cell) for cell in cells)))
        return str(sheet.title), rows


class Shown(NamedTuple):
    """A worksheet in its shown form."""

    name: str
    rows: list[tuple[int, tuple[Cell, ...]]]
    """Numbered, those that hold anything."""
    struck: frozenset[tuple[int, int]]
    """(row, column) of cells with a line drawn through."""
    comments: dict[int, tuple[str, ...]]
    """What is pinned to cells of a row."""


def shown_sheets(path: Path, most: int) -> list[Shown]:
    """Every worksheet in its shown form.

    Raises UnreadableError for a damaged, foreign or monstrous file, or a sheet longer than ``most``.
    """
    _check_package(path)
    found: list[Shown] = []
    with _opened(path) as book:
        for sheet in book.worksheets:
            rows: list[tuple[int, tuple[Cell, ...]]] = []
            struck: set[tuple[int, int]] = set()
            place: Any = sheet
            place.reset_dimensions()
            for number, cells in enumerate(place.iter_rows(), 1):
                values = tuple(_shown(cell) for cell in cells)
                if not any(value != "" for value in values):
                    continue
                if len(rows) >= most:
                    raise UnreadableError(
                        tr("“{name}”的工作表“{sheet}”太长，不像名册", name=path.name, sheet=sheet.title),
                        tr("请核对是不是选错了文件。"),
                    )
                rows.append((number, values))
                struck |= {(number, at) for at, cell in enumerate(cells) if _is_struck(cell)}
            pinned = _comments(path, str(place._worksheet_path))  # noqa: SLF001  the only place openpyxl keeps it
            found.append(Shown(str(sheet.title), rows, frozenset(struck), pinned))
    return found


def _comments(path: Path, part: str) -> dict[int, tuple[str, ...]]:
    """Comments of a worksheet by row; reading cell after cell, openpyxl leaves them out."""
    from xml.etree import ElementTree as ET

    folder, _, name = part.lstrip("/").rpartition("/")
    found: dict[int, tuple[str, ...]] = {}
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        links = f"{folder}/_rels/{name}.rels"
        if links not in names:
            return {}
        for link in ET.fromstring(package.read(links)):  # noqa: S314  _check_package let no doctype in
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            if not link.get("Type", "").endswith("/comments") or target not in names:
                continue
            for comment in ET.fromstring(package.read(target)).iter(f"{_MAIN}comment"):  # noqa: S314  the same package
                row = int(comment.get("ref", "A0").lstrip(string.ascii_letters) or 0)
                text = "".join("".join(t.text or "" for t in comment.iter(f"{_MAIN}t")).split())
                found[row] = (*found.get(row, ()), text)
    return found


def _shown(cell: Any) -> Cell:
    """A cell as it is seen: a whole number under a format of zeros keeps its leading ones."""
    value = _value(cell)
    if isinstance(value, int | float) and not isinstance(value, Flawed) and float(value).is_integer():
        zeros = str(cell.number_format)
        if len(zeros) > 1 and set(zeros) == {"0"}:
            return f"{int(value):0{len(zeros)}d}"
    return value


def _is_struck(cell: Any) -> bool:
    return cell.value is not None and bool(cell.has_style and cell.font.strike)


def _with_time(cell: Any) -> Cell:
    """A cell whose time of day is kept, as text."""
    value = cell.value
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    return _value(cell)


def _check_package(path: Path) -> None:
    """Bound what unpacking can cost, from the zip directory alone; readers never get more than it declares."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            is_workbook = {_CONTENT, "xl/workbook.xml"} <= names
            is_bomb = _is_monstrous(parts)
            is_tampered = is_workbook and not is_bomb and _has_doctype(package)
    except DAMAGED as error:
        raise _damaged(path) from error
    if is_bomb:
        raise UnreadableError(
            tr("“{name}”解开后大得不正常，没有去解", name=path.name),
            tr("请在 Excel 或 WPS 里把要导入的那张表复制到新工作簿，另存后再导入。"),
        )
    if not is_workbook:
        raise UnreadableError(
            tr("“{name}”不是 xlsx 工作簿", name=path.name),
            tr("请在 Excel 或 WPS 里打开它，另存为 xlsx 再导入。"),
        )
    if is_tampered:
        raise _damaged(path)


def _is_monstrous(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether unpacking would take more memory than any honest workbook does."""
    squeezed = any(
        part.file_size > _RATIO_FROM and part.file_size > LARGEST_RATIO * max(1, part.compress_size)
        for part in parts
    )
    return squeezed or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED


def _has_doctype(package: zipfile.ZipFile) -> bool:
    """Whether a part declares entities, which no office program writes and which can swell without bound."""
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(_DOCTYPE_WITHIN).replace(b"\0", b""):  # in UTF-16 too
                    return True
    return False


def _damaged(path: Path) -> UnreadableError:
    """The sentence for a workbook that cannot be read."""
    return UnreadableError(
        tr("“{name}”已损坏，读不出来", name=path.name), tr("请在 Excel 或 WPS 里打开修复，另存一份再导入。")
    )


@contextmanager
def _opened(path: Path) -> Generator[Workbook]:
    """The workbook for streaming; whatever it is tripped over inside is a damaged file.

    Formulas stay formulas: a value somebody's program computed long ago is no figure.
    """
    from openpyxl import load_workbook

    # about styles and the like, nothing to do with figures
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    with path.open("rb") as stream:  # openpyxl would otherwise judge the file by its name
        try:
            book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
            try:
                if not book.worksheets:
                    raise UnreadableError(
                        tr("“{name}”里没有工作表", name=path.name), tr("请核对是不是选错了文件。")
                    )
                yield book
            finally:
                book.close()
        except DAMAGED as error:
            raise _damaged(path) from error


def _header(path: Path, sheet: Any) -> list[Cell]:
    """The first row; raises UnreadableError when the sheet is empty."""
    sheet.reset_dimensions()  # some programs write a wrong one
    first = next(sheet.iter_rows(max_row=1), ())
    header = [_value(cell) for cell in first]
    if not any(header):
        raise UnreadableError(
            tr("“{name}”的工作表“{sheet}”第一行是空的", name=path.name, sheet=sheet.title),
            tr("第一行应当是表头，请核对。"),
        )
    return [cell.reason if isinstance(cell, Flawed) else cell for cell in header]


def _rows(path: Path, sheet: Any, table: TabularFile) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows with a value in any known column; other columns are left blank, whatever they hold."""
    sheet.reset_dimensions()
    known = sorted(table.places.values())
    wide = table.width
    for row, cells in enumerate(sheet.iter_rows(min_row=2), 2):
        if row > MOST_ROWS:
            raise _damaged(path)
        values: list[Cell] = [""] * wide
        there = len(cells)
        for index in known:
            if index < there:
                values[index] = _value(cells[index])
        if any(value != "" for value in values):
            yield row, values


def _value(cell: Any) -> Cell:
    """What an importer needs of a cell."""
    value = cell.value
    if value is None:
        return ""
    kind = cell.data_type
    if kind == "f":
        return Flawed(tr("是公式，不是数值；请选中这一列，复制后用“选择性粘贴—数值”贴回去"))
    if kind == "e":
        return Flawed(tr("是错误值 {value}", value=value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (str, int, float, date)):
        return value
    return Flawed(tr("是时间，不是数值"))

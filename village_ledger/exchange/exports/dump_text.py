r"""How a table of the book is written as csv and read again, exactly: ``import(export(book)) = book`` rests on this page.

    \N          nothing (NULL)
    \x0f2a      bytes, hexadecimal
    \@          bytes that lie in ``attachments/`` under their digest
    'text       a text whose first sign means something: here, to a spreadsheet (= + - @), or an apostrophe itself
    12, text    everything else as it is; amounts are whole fen

A file is UTF-8 with a byte order mark, so that a spreadsheet opens it right; its first row has the columns' names.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, Protocol

from village_ledger.domain.errors import UnreadableError
from village_ledger.i18n import tr
from village_ledger.storage.file.dump import ColumnShape

NOTHING = "\\N"
ELSEWHERE = "\\@"
BYTES = "\\x"
_MARKED = frozenset("'\\=+-@\t\r\n＝＋－＠")
_WHOLE = re.compile(r"0|-?[1-9]\d{0,18}", re.ASCII)
_LONGEST_CELL = 1 << 28
BOM = "\ufeff"


class Sink(Protocol):
    """Where text goes."""

    def write(self, text: str, /) -> object:
        """Take a piece of text."""
        ...


class Digesting:
    """Takes what would stand in the file, keeps only its digest, and passes it on where there is a file."""

    def __init__(self, file: Sink | None = None) -> None:
        self._digest = sha256()
        self._file = file

    def write(self, text: str, /) -> None:
        """One more piece."""
        self._digest.update(text.encode())
        if self._file is not None:
            self._file.write(text)

    def hexdigest(self) -> str:
        """SHA-256 of all of it."""
        return self._digest.hexdigest()


def write_rows(sink: Sink, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a table; returns how many rows it has."""
    sink.write(BOM)
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow([encoded(value) for value in row])
        count += 1
    return count


def encoded(value: object) -> str:
    """A value as it stands in a cell."""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _MARKED else value
    if isinstance(value, int):
        return str(value)
    if value is None:
        return NOTHING
    if isinstance(value, bytes):
        return BYTES + value.hex()
    if value is ...:
        return ELSEWHERE
    text = str(value)
    return f"'{text}" if text[:1] in _MARKED else text


def read_rows(file: Iterable[str], name: str, columns: Sequence[ColumnShape]) -> Iterator[list[Any]]:
    """The rows of a table, ``...`` for bytes that lie elsewhere; raises UnreadableError naming file, row and column."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(file, strict=True)
        head = next(reader, list[str]())
        head[:1] = [first.removeprefix(BOM) for first in head[:1]]
        if head != [column.name for column in columns]:
            raise UnreadableError(tr("{name} 的列和账簿的表对不上", name=name), _AS_IT_WAS)
        for place, cells in enumerate(reader, 2):
            if len(cells) != len(columns):
                raise UnreadableError(tr("{name} 第{place}行的列数不对", name=name, place=place), _AS_IT_WAS)
            yield [_decoded(cell, column, name, place) for cell, column in zip(cells, columns, strict=True)]
    except csv.Error as error:
        raise UnreadableError(tr("{name} 读不成表格（{why}）", name=name, why=error), _AS_IT_WAS) from error
    except UnicodeDecodeError as error:
        raise UnreadableError(tr("{name} 里有读不出的字", name=name), _AS_IT_WAS) from error
    finally:
        csv.field_size_limit(before)


_AS_IT_WAS = "请用原来导出的文件夹，不要改里面的文件。"


def _decoded(cell: str, column: ColumnShape, name: str, place: int) -> Any:
    if cell[:1] == "\\":
        return _special(cell, column, name, place)
    if column.kind == "integer":
        if not _WHOLE.fullmatch(cell):
            raise _not_so(column, name, place)
        return int(cell)
    return cell.removeprefix("'")


def _special(cell: str, column: ColumnShape, name: str, place: int) -> Any:
    if cell == NOTHING:
        return None
    if cell == ELSEWHERE:
        return ...
    if cell.startswith(BYTES):
        with suppress(ValueError):
            return bytes.fromhex(cell.removeprefix(BYTES))
    raise _not_so(column, name, place)


def _not_so(column: ColumnShape, name: str, place: int) -> UnreadableError:
    sentence = "{name} 第{place}行的 {column} 写法不对"
    return UnreadableError(tr(sentence, name=name, place=place, column=column.name), _AS_IT_WAS)

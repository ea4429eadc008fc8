"""Tables and fields of GB/T 24589.1 as data, and a file of one module written record by record in their order.

Edition     what a version of the standard says (resources/exports)
ModuleFile  one XML file: every field of every record, in order, what is missing by its kind
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from xml.sax.saxutils import escape

from village_ledger.resources_dir import resource

LATEST = "2010"
NO_DATE, NO_FLAG, NO_NUMBER = "00000000", "0", "0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class TableForm:
    """One table: its module, number, record element and fields in order."""

    module: str
    id: str
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the standard."""

    name: str
    encoding: str
    namespace: str
    tables: Mapping[str, TableForm]
    """By number, T101 …"""
    nothing: Mapping[str, str]
    """What stands in a field of which nothing is known; an empty tag for any other."""

    def modules(self) -> list[str]:
        """Modules in order, one file each."""
        return list(dict.fromkeys(table.module for table in self.tables.values()))


@cache
def edition(version: str = LATEST) -> Edition:
    """An edition by its year."""
    data = tomllib.loads(resource("exports", f"gbt24589_{version}.toml").read_text(encoding="utf-8"))
    tables = [
        TableForm(one["module"], one["id"], one["name"], tuple(_fields(one["fields"])))
        for one in data["table"]
    ]
    nothing = {
        **dict.fromkeys(data["dates"], NO_DATE),
        **dict.fromkeys(data["flags"], NO_FLAG),
        **dict.fromkeys(data["numbers"], NO_NUMBER),
    }
    return Edition(
        data["edition"], data["encoding"], data["namespace"], {table.id: table for table in tables}, nothing
    )


def _fields(written: list[str]) -> Iterator[str]:
    for name in written:
        plain, mark, count = name.partition("@")
        if not mark:
            yield plain
            continue
        for number in range(1, int(count) + 1):
            yield auxiliary(number)


def auxiliary(number: int) -> str:
    """Name of the field of an auxiliary dimension."""
    return f"辅助项{number}编号"


_MARKUP = re.compile("[&<>]").search


class _Blank:
    """A table's record of which nothing is known: most of the thirty dimensions stay so, and are made once."""

    def __init__(self, form: TableForm, nothing: Mapping[str, str]) -> None:
        self.name = form.name
        self.place = {name: number for number, name in enumerate(form.fields)}
        self.cells = [f"<{name}>{nothing.get(name, '')}</{name}>" for name in form.fields]


class ModuleFile:
    """One module on its way to the disk."""

    def __init__(self, of: Edition, stream: TextIOWrapper) -> None:
        self._of = of
        self._stream = stream
        self._blanks: dict[str, _Blank] = {}

    def write(self, table: str, values: Mapping[str, str]) -> None:
        """One record; a field that is not given is written as nothing. Raises KeyError for one the table has not."""
        blank = self._blanks.get(table)
        if blank is None:
            blank = self._blanks[table] = _Blank(self._of.tables[table], self._of.nothing)
        cells = blank.cells.copy()
        for name, value in values.items():
            place = blank.place[name]
            if value:
                cells[place] = f"<{name}>{escape(value) if _MARKUP(value) else value}</{name}>"
        self._stream.write(f'<{blank.name} locID="{table}">{"".join(cells)}</{blank.name}>\n')

    def take_over(self, part: Path) -> None:
        """Records that were written before their turn."""
        with part.open(encoding=self._of.encoding, newline="\n") as stream:
            while piece := stream.read(1 << 20):
                self._stream.write(piece)


@contextmanager
def module_file(of: Edition, folder: Path, module: str) -> Generator[ModuleFile]:
    """A file of a module, begun and ended around its records."""
    with (folder / f"{module}.xml").open("w", encoding=of.encoding, newline="\n") as stream:
        stream.write(f'<?xml version="1.0" encoding="{of.encoding}"?>\n')
        stream.write(
            f'<{module} xmlns="{of.namespace}" xmlns:xsi="{_XSI}" xsi:schemaLocation="{of.namespace} {module}.xsd">\n'
        )
        yield ModuleFile(of, stream)
        stream.write(f"</{module}>\n")


@contextmanager
def part_file(of: Edition, path: Path) -> Generator[ModuleFile]:
    """Records alone, put into a module's file later."""
    with path.open("w", encoding=of.encoding, newline="\n") as stream:
        yield ModuleFile(of, stream)

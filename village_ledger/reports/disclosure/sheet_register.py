"""Sheets that are registers (资产、资源、合同、两账往来): the columns a villager reads, under the sheet's own name and code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.reports.disclosure.catalogue_disclosure import public_payees
from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.public_sheet import public_sheet
from village_ledger.reports.disclosure.register_rules import register_sheets
from village_ledger.reports.pens.check_code import with_code
from village_ledger.reports.table import Cell, Link, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.storage.reader import Reader

_PEOPLE = frozenset({"party", "user", "used_by", "keeper"})
"""Columns that may name a person."""


def register_of(reader: Reader, report: str, request: ReportRequest) -> Table:
    """One such sheet of a ledger and span; the register is the one of the same days."""
    from village_ledger.reports.catalogue import make

    rules = register_sheets()[report]
    with reader.snapshot():
        public = public_of(reader, request)
        table = make(reader, rules.register, replace(request, span=public.span))
        shown = public_payees(reader, public.span.last)
    kept = [i for i, column in enumerate(table.columns) if column.key in rules.columns]
    columns = tuple(table.columns[i] for i in kept)
    people = frozenset(place for place, column in enumerate(columns) if column.key in _PEOPLE)
    rows = [_row(row, kept, people, shown, public.issuer.ledger) for row in table.rows]
    if not any(row.role is Role.DETAIL for row in rows):
        rows = []
    sheet = public_sheet(public, report, rules.title, columns, rows, notes=table.notes, checks=table.checks)
    return with_code(sheet, public.issuer.book_id)


def _row(row: Row, kept: list[int], people: frozenset[int], shown: Mapping[str, str], ledger: str) -> Row:
    cells: list[Cell] = [row.cells[i] for i in kept]
    for place in people:
        name = cells[place]
        if isinstance(name, str) and name in shown:
            cells[place] = shown[name]
    return replace(row, cells=tuple(cells), link=row.link or Link("register", str(cells[0]), ledger))

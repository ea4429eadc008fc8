"""The check code (校验码): ties a printed sheet to the ledger it came from.

It covers the figures, not the paper: village, ledger, span, columns, rows and facts, but neither size, notes,
signatures nor marks that change while the figures stay.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from village_ledger.domain.check_code import code_for
from village_ledger.reports.pens.figure_differences import differences
from village_ledger.reports.table import Cell, Table

_FORMAT = 1
NOT_FIGURES = frozenset({"note"})
"""Columns that may change while the sheet stays the same."""


def figures_json(table: Table) -> str:
    """The figures of a report in one canonical text: sorted keys, no blanks, fen as whole numbers."""
    kept = [i for i, column in enumerate(table.columns) if column.key not in NOT_FIGURES]
    figures = {
        "format": _FORMAT,
        "report": table.report,
        "village": table.village,
        "ledger": table.ledger,
        "entity": table.entity,
        "span": [table.span.first.isoformat(), table.span.last.isoformat()] if table.span else [],
        "columns": [
            [table.columns[i].key, table.columns[i].label, table.columns[i].kind.value] for i in kept
        ],
        "rows": [[row.role.value, *(_plain(row.cells[i]) for i in kept)] for row in table.rows],
        "facts": {key: _plain(value) for key, value in table.facts.items()},
    }
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def code_of(table: Table, book_id: str) -> str:
    """Twelve characters from the SHA-256 of the book's id and the figures; the same for every paper size."""
    return code_for(f"{book_id}\n{figures_json(table)}")


def with_code(table: Table, book_id: str) -> Table:
    """The table carrying its check code."""
    return replace(table, check_code=code_of(table, book_id))


def compare(posted: str, current: str) -> list[str]:
    """What differs between two texts of ``figures_json``: which figure, then and now; empty when nothing does."""
    return [one.sentence for one in differences(posted, current)]


def _plain(value: Cell) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value

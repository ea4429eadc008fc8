"""What of the posting record is marked in the operation log (``row_marks``): a set together with its sheets, each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from village_ledger.storage.row_marks import mark

POSTING = "张贴"
OBJECTION = "公开异议"
"""Actions of the operation log."""
TABLES = {
    "wall_posting": POSTING,
    "wall_event": POSTING,
    "objection": OBJECTION,
    "objection_event": OBJECTION,
}
"""Tables whose rows are marked, and under which action."""


def mark_of(run: Callable[[str, tuple[object, ...]], Any], table: str, row_id: int) -> str:
    """The mark of a row as it stands; that of a set covers the codes of its sheets."""
    row = tuple(run(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone() or ())
    if table == "wall_posting":
        sheets = run("SELECT code FROM wall_sheet WHERE posting_id = ? ORDER BY line", (row_id,)).fetchall()
        row += tuple(code for (code,) in sheets)
    return mark(table, row)

"""A short mark (记录码) of each row written of decisions and panels: it stands in the chained operation log beside the act.

Whoever changes a row afterwards, triggers or not, changes its mark; the log still has the old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from village_ledger.domain.people_chain import row_bytes

MARKED = ("decision", "decision_step", "panel_lot", "panel_seat", "panel_sign")
"""Tables whose rows are marked in the log."""


def mark(table: str, row: Sequence[str | int | bytes | None]) -> str:
    """Sixteen hexadecimal places over a row as it stands."""
    return sha256(row_bytes(table, row)).hexdigest()[:16]


def in_words(code: str) -> str:
    """As the log writes it."""
    return f"（记录码 {code}）"

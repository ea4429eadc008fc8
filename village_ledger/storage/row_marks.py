"""A short mark (记录码) of a row as it was written: it stands in the chained operation log beside the act.

Whoever changes a row afterwards, triggers or not, changes its mark; the log still has the old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from village_ledger.domain.people_chain import row_bytes


def mark(table: str, row: Sequence[str | int | bytes | None]) -> str:
    """Sixteen hexadecimal places over a row as it stands."""
    return sha256(row_bytes(table, row)).hexdigest()[:16]


def in_words(code: str) -> str:
    """As the log writes it, at the end."""
    return f"（记录码 {code}）"


def code_in(detail: str) -> str:
    """The mark at the end of what the log says, empty for none."""
    head, _, code = detail.rpartition("（记录码 ")
    return code.removesuffix("）") if head else ""

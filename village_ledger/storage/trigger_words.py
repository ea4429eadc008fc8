"""How a trigger of ours is written: BEFORE an event, ABORT with a sentence the engine hands up unchanged."""

from __future__ import annotations

from village_ledger.domain.errors import BOOK_UNCHANGED

POSTED = "EXISTS (SELECT 1 FROM posting WHERE voucher_id = {id})"
"""Whether the voucher ``{id}`` is posted."""
FIXED = f"({POSTED} OR (SELECT state FROM voucher WHERE id = {{id}}) = 'void')"
"""Whether the voucher ``{id}`` is posted or void."""


def refuse(name: str, event: str, table: str, when: str, sentence: str) -> str:
    """A trigger that refuses an event (INSERT, UPDATE, DELETE) with a Chinese sentence, always or ``when`` so."""
    condition = f" WHEN {when}" if when else ""
    said = f"{sentence}{BOOK_UNCHANGED}"
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{condition} BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def append_only(table: str, what: str) -> list[str]:
    """Two triggers: rows of the table are never changed and never deleted."""
    return [
        refuse(f"{table}_no_update", "UPDATE", table, "", f"{what}不能修改。"),
        refuse(f"{table}_no_delete", "DELETE", table, "", f"{what}不能删除。"),
    ]


def closed(ledger: str, month: str) -> str:
    """Whether a month of a ledger is closed or sealed; both as SQL expressions."""
    return f"EXISTS (SELECT 1 FROM period WHERE ledger_id = {ledger} AND month = {month} AND state IN ('closed', 'sealed'))"

"""The copy of a book that goes into a package: made table by table from what may leave, everything else stays behind.

No keys, no ciphertext, no secrets of staff, no drafts. Texts in which an identity number was typed are masked; a posted voucher
still proves then, since its digest covers salted commitments (``domain.chain``): the copy holds a commitment for what is masked
and the field's own salt for what is shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from village_ledger.domain.chain import SALT_BYTES, ChainHead, ChainLine, commitments, field_salts
from village_ledger.domain.masking import Level, hide_identities
from village_ledger.storage.all_tables import Base
from village_ledger.storage.file.create import lay_out
from village_ledger.storage.file.engine import connect, translated, uri
from village_ledger.storage.triggers import TRIGGERS
from village_ledger.storage.vouchers.vouchers import DIGESTED_LINES, HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Column, Table

STAYS = frozenset(
    {
        "alias",
        "bank_layout",
        "data_key",
        "draft",
        "key_wrap",
        "packed",
        "share_case",
        "share_case_step",
        "staff_pin",
        "village_key",
        "withheld_row",
        "withheld_text",
    }
)
"""Tables whose rows do not leave: secrets, half-typed things, and what only the copy itself says."""
LEAVES_SETTINGS = ("disclosure.", "signer.")
"""Beginnings of the settings that are part of the books; what else is set is about the village's own machine."""
CHAINED_TEXTS = {"operation": "seq", "person_fact": "id", "household_fact": "id", "member_status": "id"}
"""Tables whose rows are digested with their texts, and the column their link names them by."""
_NOT_TEXTS = frozenset(
    {"digest", "original_digest", "original", "code", "uid", "figures", "heads", "read_to", "public"}
)
"""Columns of letters and digits that say nothing about a person."""
_LONG = 14
_LONG_NUMBER = "*" + "[0-9]" * _LONG + "*"
_LEFT_OUT = {
    ("person_fact", "sealed"): "NULL",
    ("person_fact", "token"): "NULL",
    ("blob", "content"): "NULL",
    ("household_fact", "value"): "CASE WHEN field = 'address' THEN '' ELSE value END",
}
"""What goes in place of columns that are sealed, bytes of files, or addresses."""
_NO_SALT = bytes(SALT_BYTES)


@dataclass(frozen=True, slots=True)
class PackOrder:
    """What a copy is made for; ``shown`` stands in place of each sealed number, by the id of its row."""

    level: Level
    made_at: str
    shown: Mapping[int, str]
    step: Callable[[int, int], None] = lambda _done, _all: None


def pack(source: Path, target: Path, order: PackOrder) -> None:
    """Make the copy at ``target``, which must not exist: one state of the book from the first table to the last."""
    try:
        lay_out(target, guarded=False)
        with closing(connect(target, "rw")) as copy:
            copy.execute("ATTACH DATABASE ? AS old", (uri(source, "ro"),))
            copy.execute("PRAGMA foreign_keys=OFF")
            copy.create_function("masked", 1, _masked, deterministic=True)
            copy.execute("BEGIN")
            _fill(copy, order)
            for statement in TRIGGERS:
                copy.execute(statement)
            copy.execute("COMMIT")
            copy.execute("DETACH DATABASE old")
    except sqlite3.DatabaseError as error:
        raise translated(error) or error from error


def _fill(copy: sqlite3.Connection, order: PackOrder) -> None:
    tables = [table for table in Base.metadata.sorted_tables if table.name not in STAYS]
    masked: set[str] = set()
    same = _in_the_same_form(copy)
    for done, table in enumerate(tables):
        order.step(done, len(tables))
        if table.name in same:
            # without columns and order SQLite moves the rows as they lie, indexes too: a fifth of the time
            copy.execute(f"INSERT INTO main.{table.name} SELECT * FROM old.{table.name}")
        else:
            copy.execute(_copying(table))
        if _mask(copy, table):
            masked.add(table.name)
    copy.execute(
        "INSERT INTO packed (id, level, made_at) VALUES (1, ?, ?)", (order.level.value, order.made_at)
    )
    _withhold_numbers(copy, order)
    for table in CHAINED_TEXTS:
        _withhold_rows(copy, Base.metadata.tables[table])
    _commit_to_masked_texts(copy, masked)
    order.step(len(tables), len(tables))


def _in_the_same_form(copy: sqlite3.Connection) -> set[str]:
    """Tables all of which leaves and which both files keep in the same form, columns in the same places."""
    ours, theirs = (
        dict(copy.execute(f"SELECT name, sql FROM {schema}.sqlite_master WHERE type = 'table'").fetchall())
        for schema in ("main", "old")
    )
    left_out = {table for table, _ in _LEFT_OUT}
    return {
        name
        for name, sql in ours.items()
        if theirs.get(name) == sql and name not in left_out and not _which(name)
    }


def _copying(table: Table) -> str:
    """The statement that copies a table's rows in the order of its key."""
    names = [f'"{column.name}"' for column in table.columns]
    values = [_LEFT_OUT.get((table.name, column.name), f'"{column.name}"') for column in table.columns]
    order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    return (
        f"INSERT INTO main.{table.name} ({', '.join(names)}) SELECT {', '.join(values)} "
        f"FROM old.{table.name}{_which(table.name)} ORDER BY {order}"
    )


def _mask(copy: sqlite3.Connection, table: Table) -> bool:
    """Mask the free texts of a table where a long number stands in one; whether there was any."""
    texts = [f'"{column.name}"' for column in table.columns if _is_text(column)]
    if not texts or copy.execute(f"SELECT 1 FROM main.{table.name} LIMIT 1").fetchone() is None:
        return False  # most tables of a small book are empty, and putting the statement together takes longer than looking
    masking = ", ".join(
        f"{text} = CASE WHEN {_is_long(text)} THEN masked({text}) ELSE {text} END" for text in texts
    )
    where = " OR ".join(map(_is_long, texts))
    return copy.execute(f"UPDATE main.{table.name} SET {masking} WHERE {where}").rowcount > 0


def _is_long(column: str) -> str:
    return f"(length({column}) >= {_LONG} AND {column} GLOB '{_LONG_NUMBER}')"


def _which(table: str) -> str:
    if table != "setting":
        return ""
    kept = " OR ".join(f"key GLOB '{beginning}*'" for beginning in LEAVES_SETTINGS)
    return f" WHERE {kept}"


def _is_text(column: Column[Any]) -> bool:
    return column.type.python_type is str and column.name not in _NOT_TEXTS


def _masked(text: str | None) -> str | None:
    return None if text is None else hide_identities(text)


def _withhold_numbers(copy: sqlite3.Connection, order: PackOrder) -> None:
    """Say of each sealed number that it stayed behind, and what is shown in its place."""
    rows = copy.execute("SELECT id FROM old.person_fact WHERE sealed IS NOT NULL ORDER BY id").fetchall()
    copy.executemany(
        "INSERT INTO withheld_row VALUES ('person_fact', ?, ?)",
        [(row_id, order.shown.get(row_id, "")) for (row_id,) in rows],
    )


def _withhold_rows(copy: sqlite3.Connection, table: Table) -> None:
    """Say of each chained row whose texts are not the book's own that it cannot be recomputed."""
    key = CHAINED_TEXTS[table.name]
    differs = " OR ".join(
        f'new."{column.name}" IS NOT was."{column.name}"' for column in table.columns if _is_text(column)
    )
    copy.execute(
        f"INSERT OR IGNORE INTO withheld_row SELECT '{table.name}', new.{key}, '' FROM main.{table.name} new "
        f"JOIN old.{table.name} was ON was.{key} = new.{key} WHERE {differs} ORDER BY new.{key}"
    )


def _commit_to_masked_texts(copy: sqlite3.Connection, masked: set[str]) -> None:
    """For each posted voucher with a masked text: commitments for what is masked, field salts for what is shown."""
    ids = sorted({row[0] for table in masked & set(_TOUCHED) for row in copy.execute(_TOUCHED[table])})
    for voucher_id in ids:
        salt, was = _texts(copy, voucher_id, "old.")
        _, shown = _texts(copy, voucher_id, "main.")
        salts = field_salts(salt, len(was.lines))
        rows: list[tuple[int, int, bytes | None, str]] = []
        for place, committed in enumerate(commitments(was.head, was.lines, salt)):
            if not committed:
                continue
            if was.text(place) == shown.text(place):
                rows.append((voucher_id, place, salts[place * SALT_BYTES : (place + 1) * SALT_BYTES], ""))
            else:
                rows.append((voucher_id, place, None, committed))
        copy.executemany("INSERT INTO withheld_text VALUES (?, ?, ?, ?)", rows)
    copy.executemany("UPDATE main.voucher SET salt = ? WHERE id = ?", [(_NO_SALT, i) for i in ids])


_TOUCHED = {
    "voucher": "SELECT v.id FROM main.voucher v JOIN old.voucher o ON o.id = v.id WHERE v.handler IS NOT o.handler "
    "OR v.witness IS NOT o.witness OR v.approver IS NOT o.approver",
    "voucher_line": "SELECT w.voucher_id FROM old.voucher_line w JOIN main.voucher_line l ON l.voucher_id = w.voucher_id "
    f"AND l.line = w.line WHERE {_is_long('w.summary')} AND l.summary IS NOT w.summary",
    "party": "SELECT l.voucher_id FROM main.party p JOIN old.party q ON q.id = p.id JOIN main.voucher_line l "
    "ON p.id IN (l.counterparty_id, l.project_id, l.group_id) WHERE p.name IS NOT q.name",
}
"""Vouchers of which some committed text is not the book's own, by the table the text stands in."""


@dataclass(frozen=True, slots=True)
class _Voucher:
    head: ChainHead
    lines: list[ChainLine]

    def text(self, place: int) -> str:
        """A committed text by its place."""
        texts: Iterable[str] = (*self.head[8:11], *(text for line in self.lines for text in line[3:7]))
        return list(texts)[place]


def _texts(copy: sqlite3.Connection, voucher_id: int, schema: str) -> tuple[bytes, _Voucher]:
    """Salt and contents of a voucher, of the book itself or of its copy."""
    heads, lines = (_in_schema(sql, schema) for sql in (HEADS, DIGESTED_LINES))
    _, salt, *facts = copy.execute(f"{heads}WHERE v.id = ?", (voucher_id,)).fetchone()
    rows = copy.execute(f"{lines}WHERE l.voucher_id = ? ORDER BY l.line", (voucher_id,)).fetchall()
    head = ChainHead._make((*facts, "", "", ""))
    return salt, _Voucher(head, [ChainLine._make(row[1:9]) for row in rows])


def _in_schema(sql: str, schema: str) -> str:
    for word in ("FROM ", "JOIN "):
        sql = sql.replace(word, f"{word}{schema}")
    return sql

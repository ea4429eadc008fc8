"""The hash chain of the member register: what exactly is digested of a row, so that anybody can recompute it.

A row is one UTF-8 text, fields joined by U+001F (control characters cannot occur in any): its table, then its columns in
the order of the table. Nothing is U+0000, bytes are hexadecimal. ``digest = SHA-256(previous digest ‖ text)``; the first
previous digest is 32 zero bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

from village_ledger.domain.chain import FIELD

_NOTHING = "\0"


def row_bytes(kind: str, values: Iterable[str | int | bytes | None]) -> bytes:
    """What is digested of a row."""
    return FIELD.join((kind, *map(_text, values))).encode()


def _text(value: str | int | bytes | None) -> str:
    if value is None:
        return _NOTHING
    return value.hex() if isinstance(value, bytes) else str(value)

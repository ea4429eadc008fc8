"""The hash chain of postings: what exactly is digested, so that anybody can recompute it in thirty years.

A voucher is written as one UTF-8 text, fields joined by U+001F, lines by U+001E (control characters cannot occur in
any field). Texts that a package may have to mask (summaries, names) enter as salted commitments:

    field salt  = SHA-256(voucher salt ‖ label)[:16]       label such as "3:summary", line numbers from 1
    commitment  = hex SHA-256(field salt ‖ text)

so that a masked field can be handed out as its commitment, the others as field salt and text, and the chain still
proves. ``digest = SHA-256(previous digest ‖ text)``; the first previous digest is 32 zero bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

FIELD = "\x1f"
LINE = "\x1e"
GENESIS = bytes(32)
SALT_BYTES = 16


class ChainLine(NamedTuple):
    """A line as digested; amounts in fen, empty texts are left empty and not committed."""

    account: str
    debit: int
    credit: int
    summary: str
    counterparty: str
    project: str
    group: str


class ChainHead(NamedTuple):
    """All of a voucher but its lines, in the order digested."""

    ledger: str
    month: str
    word: str
    number: int
    day: str
    kind: str
    attachments: int
    no_attachment_reason: str
    handler: str
    witness: str
    approver: str
    prepared_by: str
    prepared_at: str
    reviewed_by: str
    reviewed_at: str
    posted_by: str
    posted_at: str
    basis: str


def commitment(salt: bytes, label: str, text: str) -> str:
    """Salted commitment of a text, hexadecimal; empty for an empty text."""
    if not text:
        return ""
    return sha256(sha256(salt + label.encode()).digest()[:SALT_BYTES] + text.encode()).hexdigest()


def canonical(head: ChainHead, lines: Sequence[ChainLine], salt: bytes) -> bytes:
    """The bytes a voucher's digest is taken over."""
    parts = [
        f"{head.ledger}{FIELD}{head.month}{FIELD}{head.word}{FIELD}{head.number}{FIELD}{head.day}{FIELD}{head.kind}"
        f"{FIELD}{head.attachments}{FIELD}{head.no_attachment_reason}"
        f"{FIELD}{commitment(salt, 'handler', head.handler)}{FIELD}{commitment(salt, 'witness', head.witness)}"
        f"{FIELD}{commitment(salt, 'approver', head.approver)}{FIELD}{head.prepared_by}{FIELD}{head.prepared_at}"
        f"{FIELD}{head.reviewed_by}{FIELD}{head.reviewed_at}{FIELD}{head.posted_by}{FIELD}{head.posted_at}{FIELD}{head.basis}"
    ]
    for number, (account, debit, credit, summary, counterparty, project, group) in enumerate(lines, 1):
        text = f"{account}{FIELD}{debit}{FIELD}{credit}{FIELD}{commitment(salt, f'{number}:summary', summary)}"
        if counterparty or project or group:
            text += (
                f"{FIELD}{commitment(salt, f'{number}:counterparty', counterparty)}"
                f"{FIELD}{commitment(salt, f'{number}:project', project)}"
                f"{FIELD}{commitment(salt, f'{number}:group', group)}"
            )
        parts.append(text)
    return LINE.join(parts).encode()


def link(previous: bytes, text: bytes) -> bytes:
    """The next digest of a chain (SHA-256)."""
    return sha256(previous + text).digest()


def operation_bytes(seq: int, at: str, by: str, action: str, ledger: str, subject: str, detail: str) -> bytes:
    """The bytes an operation-log record's digest is taken over."""
    return FIELD.join((str(seq), at, by, action, ledger, subject, detail)).encode()

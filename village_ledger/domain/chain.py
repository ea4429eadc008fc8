"""The hash chain of postings: what exactly is digested, so that anybody can recompute it in thirty years.

A voucher is written as one UTF-8 text, fields joined by U+001F, lines by U+001E (control characters cannot occur in
any field). Texts that a package may have to mask (summaries, names) enter as salted commitments:

    field salts = SHAKE-128(voucher salt), cut into 16 bytes each: handler, witness, approver,
                  then summary, counterparty, project, group of line 1, of line 2, …
    commitment  = hex SHA-256(field salt ‖ text)                 an empty text has an empty commitment

so that a masked field can be handed out as its commitment, the others as field salt and text (a field salt tells
nothing about the next), and the chain still proves. ``digest = SHA-256(previous digest ‖ text)``; the first previous
digest is 32 zero bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256, shake_128
from typing import NamedTuple, TypeAlias

FIELD = "\x1f"
LINE = "\x1e"
GENESIS = bytes(32)
SALT_BYTES = 16
_HEAD_TEXTS = 3
_LINE_TEXTS = 4


class ChainLine(NamedTuple):
    """A line as digested; amounts in fen, empty texts are left empty and not committed."""

    account: str
    debit: int
    credit: int
    summary: str
    counterparty: str
    project: str
    group: str
    quantity: int = 0
    """Thousandths; a line without one is digested as lines were before there were quantities."""


LineText: TypeAlias = tuple[str, int, int, str, str, str, str, int]
"""A line as digested, without names for its places: what a long import hands over (see ``ChainLine``)."""


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


def commitment(field_salt: bytes, text: str) -> str:
    """Salted commitment of a text, hexadecimal; empty for an empty text."""
    return sha256(field_salt + text.encode()).hexdigest() if text else ""


def field_salts(salt: bytes, lines: int) -> bytes:
    """The salts of all committed fields of a voucher with so many lines, one after the other."""
    return shake_128(salt).digest(SALT_BYTES * (_HEAD_TEXTS + _LINE_TEXTS * lines))


def canonical(head: ChainHead, lines: Sequence[LineText], salt: bytes) -> bytes:
    """The bytes a voucher's digest is taken over."""
    salts = field_salts(salt, len(lines))
    names = head[8:11]
    if any(names):
        names = [commitment(salts[i * SALT_BYTES : (i + 1) * SALT_BYTES], x) for i, x in enumerate(names)]
    place = f"{FIELD.join(head[:3])}{FIELD}{head[3]}{FIELD}{head[4]}{FIELD}{head[5]}{FIELD}{head[6]}{FIELD}"
    parts = [place + FIELD.join((head[7], *names, *head[11:]))]
    at = _HEAD_TEXTS * SALT_BYTES
    for account, debit, credit, summary, counterparty, project, group, quantity in lines:
        said = sha256(salts[at : at + SALT_BYTES] + summary.encode()).hexdigest() if summary else ""
        text = f"{account}{FIELD}{debit}{FIELD}{credit}{FIELD}{said}"
        if counterparty or project or group or quantity:
            for place, name in enumerate((counterparty, project, group), 1):
                begin = at + place * SALT_BYTES
                text += f"{FIELD}{commitment(salts[begin : begin + SALT_BYTES], name)}"
            if quantity:
                text += f"{FIELD}{quantity}"
        parts.append(text)
        at += _LINE_TEXTS * SALT_BYTES
    return LINE.join(parts).encode()


def commitments(head: ChainHead, lines: Sequence[LineText], salt: bytes) -> list[str]:
    """The commitments of a voucher's committed fields, place by place, empty for empty texts."""
    salts = field_salts(salt, len(lines))
    texts = [*head[8:11], *(text for line in lines for text in line[3:7])]
    return [
        commitment(salts[place * SALT_BYTES : (place + 1) * SALT_BYTES], text)
        for place, text in enumerate(texts)
    ]


def canonical_of_commitments(head: ChainHead, lines: Sequence[LineText], committed: Sequence[str]) -> bytes:
    """What ``canonical`` gives, where commitments stand for texts of which some are masked."""
    parts = [FIELD.join((*map(str, head[:8]), *committed[:_HEAD_TEXTS], *head[11:]))]
    for number, (account, debit, credit, *_, quantity) in enumerate(lines):
        begin = _HEAD_TEXTS + _LINE_TEXTS * number
        said, *names = committed[begin : begin + _LINE_TEXTS]
        fields = [account, str(debit), str(credit), said]
        if any(names) or quantity:
            fields += names
        if quantity:
            fields.append(str(quantity))
        parts.append(FIELD.join(fields))
    return LINE.join(parts).encode()


def link(previous: bytes, text: bytes) -> bytes:
    """The next digest of a chain (SHA-256)."""
    return sha256(previous + text).digest()


def operation_bytes(seq: int, at: str, by: str, action: str, ledger: str, subject: str, detail: str) -> bytes:
    """The bytes an operation-log record's digest is taken over."""
    return FIELD.join((str(seq), at, by, action, ledger, subject, detail)).encode()

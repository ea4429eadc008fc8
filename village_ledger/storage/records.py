"""What reading a book hands out beside domain values: small records, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import Draft, VoucherRef, VoucherState


@dataclass(frozen=True, slots=True)
class BookInfo:
    """The village of a book."""

    uid: str
    village: str
    is_demo: bool
    created_at: str
    program_version: str


@dataclass(frozen=True, slots=True)
class LedgerInfo:
    """One ledger of the book."""

    id: int
    code: str
    kind: LedgerKind
    title: str
    entity: str
    registration_code: str
    chart_id: str
    code_widths: str
    start: Month
    one_person_post: bool


class MonthInfo(NamedTuple):
    """A month and its state."""

    month: Month
    state: MonthState


class AccountUse(NamedTuple):
    """How an account was used: balance (debit − credit, fen, posted) and the last day it moved, empty if never."""

    balance: int
    last_day: str


class LedgerEntry(NamedTuple):
    """A posted line in an account ledger; ``balance`` is running, debit − credit, fen."""

    day: date
    ref: str
    voucher_id: int
    summary: str
    counterparty: str
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True, slots=True)
class VoucherSummary:
    """A voucher in a list."""

    id: int
    ref: VoucherRef
    day: date
    summary: str
    counterparty: str
    amount: int
    attachments: int
    prepared_by: str
    reviewed_by: str
    posted_by: str
    state: VoucherState
    return_reason: str
    links: tuple[tuple[str, str], ...]
    awaits_second_review: bool
    line_count: int
    document: str = ""
    """Number of the inter-ledger document it is one side of."""


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """An autosaved draft."""

    id: int
    draft: Draft
    saved_at: str
    by: str


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One balance of the opening document; amounts in fen."""

    account: str
    counterparty: str = ""
    project: str = ""
    debit: int = 0
    credit: int = 0
    year_debit: int = 0
    year_credit: int = 0
    quantity: int = 0
    """Thousandths in stock, of an account kept by quantity."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One record of the operation log."""

    seq: int
    at: str
    by: str
    action: str
    ledger: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A disclosure sheet as registered."""

    code: str
    ledger: str
    report: str
    first: date
    last: date
    made_at: str
    made_by: str
    figures: str
    digest: bytes

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)


class Gap(NamedTuple):
    """Missing numbers of a month and word, first to last."""

    month: Month
    word: str
    first: int
    last: int

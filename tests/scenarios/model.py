"""What should be in the book after every step of the accountant: vouchers, how far each has come, closed months."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.voucher import Voucher, VoucherState

ENTERED, REVIEWED, POSTED, VOID = (
    VoucherState.ENTERED,
    VoucherState.REVIEWED,
    VoucherState.POSTED,
    VoucherState.VOID,
)


@dataclass
class Page:
    """What the model knows of a voucher."""

    ledger: str
    month: str
    word: str
    day: int
    state: VoucherState
    maker: str
    reviewer: str = ""
    undoes: int | None = None
    content: Voucher | None = None
    """As it was posted."""


@dataclass
class Model:
    """What should be in the book."""

    pages: dict[int, Page] = field(default_factory=dict)
    closed: set[tuple[str, str]] = field(default_factory=set)

    def is_open(self, page: Page) -> bool:
        return (page.ledger, page.month) not in self.closed

    def of(self, ledger: str, month: str, word: str = "记") -> list[int]:
        """Vouchers of a month and word."""
        return [i for i, p in self.pages.items() if (p.ledger, p.month, p.word) == (ledger, month, word)]

    def undone(self, voucher_id: int) -> bool:
        return any(p.undoes == voucher_id for p in self.pages.values())


@contextmanager
def refused_unless(allowed: bool) -> Iterator[None]:
    """The act within is done when the rules allow it, and refused with a sentence when not."""
    if allowed:
        yield
        return
    with pytest.raises(LedgerError):
        yield

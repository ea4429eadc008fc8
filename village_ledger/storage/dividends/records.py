"""What is read of paying a dividend out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from village_ledger.domain.voucher import VoucherRef


@dataclass(frozen=True, slots=True)
class DividendPayment:
    """Money paid on a line; ``counts`` is False once the bank sent it back or its voucher is void or reversed."""

    id: int
    dividend_id: int
    line: int
    day: date
    amount: int
    method: str
    """bank or cash."""
    receiver: str
    """Who took it for the holder (代领人), empty for the holder."""
    relation: str
    voucher_id: int
    voucher: VoucherRef
    result: str
    """done, failed, or empty: the bank has not said yet."""
    result_note: str
    counts: bool
    entered_by: str


class Booking(NamedTuple):
    """A voucher of a dividend."""

    voucher_id: int
    part: str
    """members, outsiders, reserve, payment."""
    posted: bool
    stands: bool

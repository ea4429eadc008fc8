"""Samples of vouchers that anybody can draw again: by a seed, or the largest first.

By seed: each voucher gets the whole number SHA-256(``seed⏎ledger⏎reference``); the vouchers with the smallest numbers are the
sample. Nobody can choose them but by choosing the seed, which therefore stands in the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from heapq import nsmallest
from typing import NamedTuple


class Candidate(NamedTuple):
    """A voucher that may be drawn; amount in fen."""

    ledger: str
    ref: str
    summary: str
    amount: int


def by_seed(candidates: Iterable[Candidate], seed: str, count: int) -> list[Candidate]:
    """``count`` vouchers by the seed, in the order of their numbers in the ledger."""
    drawn = nsmallest(count, candidates, key=lambda one: _number(seed, one))
    return sorted(drawn, key=lambda one: (one.ledger, one.ref))


def by_size(candidates: Iterable[Candidate], percent: int) -> list[Candidate]:
    """The largest vouchers that together reach a part of all money, the largest first."""
    ordered = sorted(candidates, key=lambda one: (-one.amount, one.ledger, one.ref))
    wanted, reached = sum(one.amount for one in ordered) * percent, 0
    drawn: list[Candidate] = []
    for one in ordered:
        if reached * 100 >= wanted:
            break
        drawn.append(one)
        reached += one.amount
    return drawn


def _number(seed: str, one: Candidate) -> bytes:
    return sha256(f"{seed}\n{one.ledger}\n{one.ref}".encode()).digest()

"""How old a debt is (账龄): what is still owed comes from the newest increases; older ones were paid first."""

from __future__ import annotations

from collections.abc import Iterable

from village_ledger.domain.period import Month

BUCKETS = ("1年以内", "1至2年", "2至3年", "3年以上")


def aged(balance: int, increases: Iterable[tuple[Month, int]], at: Month) -> dict[str, int]:
    """Bucket to fen of a balance at the end of a month; nothing for one that is not owed.

    ``increases`` are by month, in any order; what they do not cover is older than all of them.
    """
    found: dict[str, int] = {}
    left = balance
    for month, amount in sorted(increases, reverse=True):
        part = min(left, amount)
        if part > 0:
            bucket = BUCKETS[min(_years(month, at), len(BUCKETS) - 1)]
            found[bucket] = found.get(bucket, 0) + part
            left -= part
    if left > 0:
        found[BEFORE] = left
    return found


def oldest(balance: int, increases: Iterable[tuple[Month, int]]) -> Month | None:
    """The month of the oldest increase of which something is still owed; None for nothing owed, or for what is older."""
    left, found = balance, None
    for month, amount in sorted(increases, reverse=True):
        if left <= 0:
            break
        if amount > 0:
            left -= amount
            found = month
    return None if left > 0 else found


BEFORE = "建账前"
"""What was owed when the ledger began; its age is in the books before it."""


def _years(month: Month, at: Month) -> int:
    return ((at.year - month.year) * 12 + at.month - month.month) // 12

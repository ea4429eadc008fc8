"""Whom money came from and went to: beside a journal's entry stand the names its voucher's other lines give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerEntry
    from village_ledger.storage.vouchers.ledger_slice import LedgerSlice

_NAMES_SHOWN = 3
_PART = 500
"""Entries whose vouchers are looked up together."""


class NamedEntries:
    """A journal's entries with names, read page by page as they are asked for."""

    def __init__(self, reader: Reader, entries: LedgerSlice) -> None:
        self._reader = reader
        self._entries = entries

    @property
    def count(self) -> int:
        """How many entries."""
        return self._entries.count

    def page(self, offset: int, limit: int) -> list[LedgerEntry]:
        """Entries from a place on, with running balances and names."""
        return with_names(self._reader, self._entries.page(offset, limit))


def named_all(reader: Reader, entries: Iterable[LedgerEntry]) -> Iterator[LedgerEntry]:
    """The entries with the names on their vouchers, read some hundred at a time."""
    rest = iter(entries)
    while some := list(islice(rest, _PART)):
        yield from with_names(reader, some)


def with_names(reader: Reader, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """The entries, those without a counterparty of their own with the names on their vouchers."""
    parties = reader.parties_of([entry.voucher_id for entry in entries if not entry.counterparty])
    return [
        entry._replace(counterparty=names_in_short(parties[entry.voucher_id]))
        if entry.voucher_id in parties and not entry.counterparty
        else entry
        for entry in entries
    ]


def names_in_short(names: Sequence[str]) -> str:
    """The first few names, and how many there are when there are more."""
    shown = "、".join(names[:_NAMES_SHOWN])
    return shown if len(names) <= _NAMES_SHOWN else f"{shown}等 {len(names)} 个"

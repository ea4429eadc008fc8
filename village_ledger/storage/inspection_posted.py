"""Posted vouchers as an inspection reads them: what was digested of one, and what all of them come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import add, itemgetter
from typing import Any, NamedTuple, TypeAlias

from village_ledger.domain.chain import (
    ChainHead,
    LineText,
    canonical,
    canonical_of_commitments,
    commitment,
)
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.queries import Record

Accounts: TypeAlias = dict[str, list[int]]
"""Of each account debit, credit and, where they are counted, lines."""
_DIGESTED = slice(1, 9)
_PLACE = itemgetter(10, 11, 12)
_MOVED = itemgetter(1, 2, 3, 9, 13)
"""Of a row of ``CHAIN_LINES`` the line as digested; its number, ledger and day; what it moves, and of whom."""


class Posted(NamedTuple):
    """A posted voucher as stored, its lines as ``CHAIN_LINES`` gives them."""

    salt: bytes
    facts: list[Any]
    rows: list[Record]
    withheld: dict[int, tuple[bytes | None, str]]
    """In a package's copy, of a voucher with a masked text: see ``storage.review.tables``."""

    @property
    def lines(self) -> list[LineText]:
        """The lines as they were digested."""
        return [row[_DIGESTED] for row in self.rows]  # pyright: ignore[reportReturnType]  a row of the driver is untyped

    def canonical(self, by: str, at: str, basis: str) -> bytes:
        """The bytes digested of it."""
        head, lines = ChainHead._make((*self.facts, by, at, basis)), self.lines
        if not self.withheld:
            return canonical(head, lines, self.salt)
        texts = [*head[8:11], *(text for line in lines for text in line[3:7])]
        committed = [self._commitment(place, text) for place, text in enumerate(texts)]
        return canonical_of_commitments(head, lines, committed)

    def _commitment(self, place: int, text: str) -> str:
        salt, kept = self.withheld.get(place, (b"", ""))  # a text where there was none proves nothing
        return kept if salt is None else commitment(salt, text)

    def is_plain(self, ledger_id: int) -> bool:
        """Whether it balances, has two lines or more, and every line its number, ledger and day."""
        day, left = self.facts[4], 0
        for number, row in enumerate(self.rows, 1):
            left += row[2] - row[3]
            if row[10] != number or row[11] != ledger_id or row[12] != day:
                return False
        return left == 0 and len(self.rows) >= 2

    def faults(self, ledger: str, ledger_id: int, record: str) -> Iterator[Finding]:
        """Why it is not plain."""
        debit, credit = sum(row[2] for row in self.rows), sum(row[3] for row in self.rows)
        if debit != credit:
            yield Finding("V12", record, "借贷不平", ledger, format_fen(debit), format_fen(credit))
        if len(self.rows) < 2:
            yield Finding("V12", record, "不足两行", ledger)
        day = self.facts[4]
        places = [(number, ledger_id, day) for number in range(1, len(self.rows) + 1)]
        if [_PLACE(row) for row in self.rows] != places:
            yield Finding("V12", record, "有一行的行号、账套或日期和凭证不符", ledger)


class Sums:
    """What posted lines come to by month, day, counterparty and project, added up as they are read: when or whose → account."""

    def __init__(self, state: object) -> None:
        self.state = state
        """Of the book when they were read: of another state they say nothing."""
        self._days: dict[tuple[str, str], Accounts] = {}
        self.parties: dict[str, Accounts] = {}
        self.projects: dict[str, Accounts] = {}

    def take(self, voucher: Posted) -> None:
        """A voucher that is plain."""
        self.add(voucher.facts[1], voucher.facts[4], map(_MOVED, voucher.rows))

    def add(self, month: str, day: str, lines: Iterable[Record]) -> None:
        """(account, debit, credit, counterparty, project) of lines of one day."""
        accounts = self._days.setdefault((month, day), {})
        for account, debit, credit, party, project in lines:
            there = accounts.get(account)  # most of the work of a long book
            if there is None:
                accounts[account] = [debit, credit, 1]
            else:
                there[0] += debit
                there[1] += credit
                there[2] += 1
            if party is not None:
                _add(self.parties.setdefault(f"{month} {party}", {}), account, [debit, credit])
            if project is not None:
                _add(self.projects.setdefault(f"{month} {project}", {}), account, [debit, credit])

    def by_month(self) -> dict[str, Accounts]:
        """Debit, credit and number of lines."""
        return _together((month, accounts) for (month, _), accounts in self._days.items())

    def by_day(self) -> dict[str, Accounts]:
        """The same; the last day of a year is December's and the closing period's."""
        return _together((day, accounts) for (_, day), accounts in self._days.items())


def _together(parts: Iterable[tuple[str, Accounts]]) -> dict[str, Accounts]:
    """Sums of the same key in one; what stands alone is not copied."""
    found: dict[str, Accounts] = {}
    for key, accounts in parts:
        there = found.get(key)
        if there is None:
            found[key] = dict(accounts)
        else:
            for account, figures in accounts.items():
                _add(there, account, figures)
    return found


def _add(accounts: Accounts, account: str, figures: list[int]) -> None:
    there = accounts.get(account)
    accounts[account] = figures if there is None else list(map(add, there, figures))

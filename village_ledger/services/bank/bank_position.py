"""Where a bank account stands: what the bank says, what the books say, and everything between the two.

Books and bank differ by what one of them does not have yet. Listing exactly that must explain the difference to the fen; what
stays unexplained is said, never spread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from village_ledger.domain.bank_matching import matching_rules
from village_ledger.storage.bank.queries import (
    BankAccount,
    BankAssertion,
    BankLine,
    BankStatement,
    BookLine,
    Outstanding,
)
from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Position:
    """Everything known of a bank account, read at one moment."""

    account: BankAccount
    statements: tuple[BankStatement, ...]
    lines: tuple[BankLine, ...]
    book: tuple[BookLine, ...]
    """Posted lines from shortly before the first statement on."""
    outstanding: tuple[Outstanding, ...]
    assertions: tuple[BankAssertion, ...]
    start: date | None
    """From when on the books are held against the bank: earlier lines count as settled unless matched."""

    def covers(self, day: date) -> bool:
        """Whether a statement speaks of a day."""
        return any(s.first <= day <= s.last for s in self.statements)


def read_position(reader: Reader, account: BankAccount, *, whole: bool = False) -> Position:
    """Read a bank account with its lines; ``whole`` also brings all earlier lines of the books."""
    with reader.snapshot():
        statements = tuple(reader.bank_statements(account.id))
        back = timedelta(days=matching_rules()["match"]["cheque_days"])
        since = date.min if whole or not statements else statements[0].first - back
        return Position(
            account,
            statements,
            tuple(reader.bank_lines(account.id)),
            tuple(reader.book_lines(account, since, date.max)) if statements or whole else (),
            tuple(reader.bank_outstanding(account.id)),
            tuple(reader.bank_assertions(account.id)),
            _start(reader, account, statements[0]) if statements else None,
        )


def _start(reader: Reader, account: BankAccount, first: BankStatement) -> date:
    """The first statement's first day; the first of its month when bank and books agreed then.

    A file often says no days and begins with its first line: what the books had before that in the month is outstanding.
    """
    month = first.first.replace(day=1)
    agreed = reader.balance_before(account.ledger, [account.account], month) == first.opening
    return month if agreed else first.first


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something one side has and the other has not (未达账项)."""

    day: date
    amount: int
    text: str
    ref: str = ""
    voucher_id: int = 0
    line_id: int = 0
    suspected: bool = False


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """银行存款余额调节表 of one account on one day; fen, money in above zero."""

    account: BankAccount
    day: date
    bank_balance: int | None
    """What the bank says; None when no statement and no assertion speaks of the day."""
    source: str
    """``statement``, ``typed`` or empty."""
    book_balance: int
    book_only: tuple[OpenItem, ...] = field(default=())
    """In the books, not yet at the bank."""
    bank_only: tuple[OpenItem, ...] = field(default=())
    """At the bank, not yet in the books."""
    errors: tuple[OpenItem, ...] = field(default=())
    """The bank's own errors, which the bank puts right."""
    opening_unexplained: int = 0
    """What bank and books differed by before the first statement, beyond the items known."""

    @property
    def adjusted_bank(self) -> int:
        """The bank's balance once it has everything."""
        return (
            (self.bank_balance or 0)
            + sum(x.amount for x in self.book_only)
            - sum(x.amount for x in self.errors)
        )

    @property
    def adjusted_book(self) -> int:
        """The books' balance once they have everything."""
        return self.book_balance + sum(x.amount for x in self.bank_only)

    @property
    def difference(self) -> int:
        """What stays unexplained; 0 when the table closes."""
        return 0 if self.bank_balance is None else self.adjusted_bank - self.adjusted_book

    def of_sign(self, items: Iterable[OpenItem], sign: int) -> list[OpenItem]:
        """Items of money in (1) or money out (-1)."""
        return [x for x in items if x.amount * sign > 0]


def reconcile(
    reader: Reader, account: BankAccount, day: date, position: Position | None = None
) -> Reconciliation:
    """The reconciliation of an account at the end of a day."""
    with reader.snapshot():
        position = position or read_position(reader, account)
        book_balance = reader.balance_before(account.ledger, [account.account], day + timedelta(days=1))
        balance, source = _bank_balance(position, day)
        if position.start is None or day < position.start:
            return Reconciliation(account, day, balance, source, book_balance)
        before = reader.balance_before(account.ledger, [account.account], position.start)
    book_only, bank_only, errors = _open_items(position, day)
    return Reconciliation(
        account,
        day,
        balance,
        source,
        book_balance,
        tuple(book_only),
        tuple(bank_only),
        tuple(errors),
        _opening_unexplained(position, before),
    )


def _bank_balance(position: Position, day: date) -> tuple[int | None, str]:
    """What the bank says at the end of a day: its statement, else a balance somebody asserted."""
    asserted = [a for a in position.assertions if a.day == day]
    if position.covers(day):
        return balance_on(position, day), "statement"
    return (asserted[-1].balance, "typed") if asserted else (None, "")


def balance_on(position: Position, day: date) -> int:
    """The bank's balance after its last line up to a day; before all lines, the first statement's opening."""
    earlier = [line for line in position.lines if line.day <= day]
    if earlier:
        return earlier[-1].balance
    return position.statements[0].opening


def _opening_unexplained(position: Position, book_before: int) -> int:
    """Bank less books before the first statement, less what is known to have been outstanding then."""
    start = position.start
    if start is None:
        return 0
    known = sum(x.amount if x.side == "bank" else -x.amount for x in position.outstanding)
    early = {x.match for x in position.book if x.match and x.day < start}
    at_bank = _sums((x.match, x.amount) for x in position.lines if x.match in early)
    for match in early:
        if match in at_bank:
            known -= sum(x.amount for x in position.book if x.match == match and x.day < start)
    return position.statements[0].opening - book_before - known


def _sums(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for key, amount in pairs:
        sums[key] += amount
    return sums


def _open_items(position: Position, day: date) -> tuple[list[OpenItem], list[OpenItem], list[OpenItem]]:
    """What the books, the bank and the bank's errors hold alone at the end of a day."""
    start = position.start
    lines = [x for x in position.lines if x.day <= day]
    book = [x for x in position.book if x.day <= day]
    book_only = [_of_book(x) for x in book if not x.match and start is not None and x.day >= start]
    bank_only = [_of_bank(x) for x in lines if not x.match and not x.mark]
    errors = [_of_bank(x) for x in lines if not x.match and x.mark]
    for x in position.outstanding:
        if not x.match and x.day <= day:
            (book_only if x.side == "book" else bank_only).append(OpenItem(x.day, x.amount, x.remark))
    ours, theirs = _half_matched(position, lines, book, day)
    return sorted([*book_only, *ours], key=_order), sorted([*bank_only, *theirs], key=_order), errors


def _half_matched(
    position: Position, lines: Sequence[BankLine], book: Sequence[BookLine], day: date
) -> tuple[list[OpenItem], list[OpenItem]]:
    """Matches of which only a part had happened by the day: what the one side is ahead of the other."""
    at_bank = _sums((x.match, x.amount) for x in lines if x.match)
    in_books = _sums((x.match, x.amount) for x in book if x.match)
    for x in position.outstanding:
        if x.match and x.day <= day:
            (in_books if x.side == "book" else at_bank)[x.match] += x.amount
    ours: list[OpenItem] = []
    theirs: list[OpenItem] = []
    for match in {*at_bank, *in_books}:
        bank_sum, book_sum = at_bank.get(match, 0), in_books.get(match, 0)
        of_book = abs(book_sum) > abs(bank_sum)
        members = _members(position, match, day, of_book=of_book)
        if bank_sum == book_sum:
            continue
        if not min(bank_sum, book_sum, key=abs):
            (ours if of_book else theirs).extend(members)
            continue
        ahead = book_sum - bank_sum if of_book else bank_sum - book_sum
        rest = replace(members[0], amount=ahead, text=f"{members[0].text}（其余已达）")
        (ours if of_book else theirs).append(rest)
    return ours, theirs


def _members(position: Position, match: int, day: date, *, of_book: bool) -> list[OpenItem]:
    """Lines of one side of a match up to a day."""
    side = "book" if of_book else "bank"
    early = [
        OpenItem(x.day, x.amount, x.remark)
        for x in position.outstanding
        if x.match == match and x.side == side and x.day <= day
    ]
    if of_book:
        return early + [_of_book(x) for x in position.book if x.match == match and x.day <= day]
    return early + [_of_bank(x) for x in position.lines if x.match == match and x.day <= day]


def _of_book(x: BookLine) -> OpenItem:
    return OpenItem(x.day, x.amount, x.summary, x.ref, x.voucher_id)


def _of_bank(x: BankLine) -> OpenItem:
    text = " ".join(t for t in (x.counterparty, x.remark) if t)
    return OpenItem(x.day, x.amount, text, x.drafted, line_id=x.id, suspected=x.mark == "suspected")


def _order(item: OpenItem) -> tuple[date, str, int]:
    return item.day, item.ref, item.line_id

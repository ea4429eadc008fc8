"""Reading what the bank says: accounts, statements, their lines, and what was matched with what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.errors import LedgerError
from village_ledger.storage.queries import Queries, Record, day_of

KIND_WORDS = {"basic": "基本户", "general": "一般户", "special": "专户", "temporary": "临时户"}
"""Kinds of a bank account as people call them."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A bank account (银行账户): one leaf of one ledger."""

    id: int
    ledger: str
    account: str
    name: str
    """Name of the leaf."""
    number: str
    bank: str
    kind: str
    opened: str
    closed: str

    @property
    def masked(self) -> str:
        """The number as screens and prints show it: its last four places."""
        return f"****{self.number[-4:]}"

    @property
    def kind_words(self) -> str:
        """Its kind as people call it, such as 基本户."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of a statement; ``amount`` above zero is money in."""

    id: int
    day: date
    at: str
    amount: int
    balance: int
    counterparty: str
    remark: str
    serial: str
    match: int = 0
    """The match it stands in, 0 for none."""
    mark: str = ""
    """``suspected`` or ``error`` where it is held to be a bank error."""
    drafted: str = ""
    """Reference of the voucher made from it, while that one is neither deleted nor void."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """A posted voucher line of the bank's leaf; ``amount`` is debit minus credit."""

    voucher_id: int
    line: int
    ref: str
    day: date
    amount: int
    summary: str
    counterparty: str
    seq: int
    """Place of its voucher in the ledger's chain."""
    match: int = 0
    undoes: int = 0
    """The voucher it reverses, 0 for none."""


@dataclass(frozen=True, slots=True)
class Outstanding:
    """An item outstanding before the first statement (期初未达账项)."""

    id: int
    side: str
    day: date
    amount: int
    remark: str
    match: int = 0


@dataclass(frozen=True, slots=True)
class BankStatement:
    """A statement file taken in."""

    id: int
    first: date
    last: date
    opening: int
    closing: int
    source: str
    lines: int
    taken_by: str
    taken_at: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class BankAssertion:
    """对账单余额 = … on a day, as it was kept."""

    id: int
    day: date
    balance: int
    book_balance: int
    difference: int
    posted_to: int
    source: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class BankMatch:
    """A match with its story; ``undone_by`` names who took it back."""

    id: int
    how: str
    reason: str
    by: str
    at: str
    undone_by: str
    undone_at: str


_MATCH = "JOIN bank_match k ON k.id = b.match_id"
_STANDING = "NOT EXISTS (SELECT 1 FROM bank_match_undone u WHERE u.match_id = k.id)"
_ACCOUNTS = (
    "SELECT b.id, l.code, b.account, coalesce(a.name, ''), b.number, b.bank, b.kind, b.opened, b.closed FROM bank_account b "
    "JOIN ledger l ON l.id = b.ledger_id LEFT JOIN account a ON a.ledger_id = b.ledger_id AND a.code = b.account "
)


class BankQueries(Queries):
    """What the bank's tables hold."""

    def bank_accounts(self, ledger: str = "") -> list[BankAccount]:
        """Bank accounts of a ledger, or of the whole book, by account code."""
        if ledger:
            rows = self._all(f"{_ACCOUNTS} WHERE b.ledger_id = ? ORDER BY b.account", self._ledger_id(ledger))
        else:
            rows = self._all(f"{_ACCOUNTS} ORDER BY b.ledger_id, b.account")
        return [BankAccount(*row) for row in rows]

    def bank_account(self, ledger: str, account: str) -> BankAccount:
        """The bank account on a leaf; raises LedgerError when there is none."""
        found = next((b for b in self.bank_accounts(ledger) if b.account == account), None)
        if found is None:
            raise LedgerError(
                f"科目 {account} 还没有登记银行账户", "请先在“设置—银行账户”里登记，或导入银行的对账单。"
            )
        return found

    def bank_account_by_number(self, number: str) -> BankAccount | None:
        """The bank account with this number (digits and capital letters only), of whichever ledger."""
        row = self._one(f"{_ACCOUNTS} WHERE b.number = ?", number)
        return None if row is None else BankAccount(*row)

    def bank_layouts(self) -> dict[str, dict[str, str]]:
        """Mappings confirmed so far by the headings they are for (joined by ``|``), the newest of each."""
        rows = self._all("SELECT headings, mapping FROM bank_layout ORDER BY confirmed_at")
        return {headings: json.loads(mapping) for headings, mapping in rows}

    def bank_statements(self, bank_account: int) -> list[BankStatement]:
        """Statements taken in, by their first day."""
        rows = self._all(
            "SELECT id, first_day, last_day, opening, closing, source, lines, taken_by, taken_at, digest "
            "FROM bank_statement WHERE bank_account_id = ? ORDER BY first_day, id",
            bank_account,
        )
        return [BankStatement(i, day_of(f), day_of(t), *rest) for i, f, t, *rest in rows]

    def bank_lines(self, bank_account: int, first: date = date.min, last: date = date.max) -> list[BankLine]:
        """Lines of the statements in the order of the bank, with the match, mark and draft they have."""
        rows = self._all(
            "SELECT l.id, l.day, l.at, l.amount, l.balance, l.counterparty, l.remark, l.serial, "
            f"coalesce((SELECT k.id FROM bank_match_bank b {_MATCH} WHERE b.line_id = l.id AND {_STANDING}), 0), "
            "coalesce((SELECT mark FROM bank_mark m WHERE m.line_id = l.id ORDER BY m.id DESC LIMIT 1), 'none'), "
            "coalesce((SELECT v.month || '/' || v.word || '-' || printf('%04d', v.number) FROM bank_draft d JOIN voucher v "
            "ON v.id = d.voucher_id WHERE d.line_id = l.id AND v.state <> 'void'), '') "
            "FROM bank_line l WHERE l.bank_account_id = ? AND l.day >= ? AND l.day <= ? ORDER BY l.day, l.id",
            bank_account,
            first.isoformat(),
            last.isoformat(),
        )
        return [_bank_line(row) for row in rows]

    def book_lines_since(self, bank: BankAccount, last: date, posted_to: int) -> list[BookLine]:
        """Lines of the bank's leaf up to a day that were posted after a link of the chain."""
        return self.book_lines(bank, date.min, last, posted_to)

    def book_lines(self, bank: BankAccount, first: date, last: date, posted_to: int = 0) -> list[BookLine]:
        """Posted lines of the bank's leaf, with the match they stand in."""
        rows = self._all(
            "SELECT l.voucher_id, l.line, v.month || '/' || v.word || '-' || printf('%04d', v.number), l.day, "
            "l.debit - l.credit, l.summary, coalesce(c.name, (SELECT group_concat(DISTINCT c2.name) FROM voucher_line o "
            "JOIN party c2 ON c2.id = o.counterparty_id WHERE o.voucher_id = l.voucher_id), ''), p.seq, "
            f"coalesce((SELECT k.id FROM bank_match_book b {_MATCH} WHERE b.voucher_id = l.voucher_id AND b.line = l.line "
            f"AND {_STANDING}), 0), "
            "coalesce((SELECT r.to_id FROM voucher_link r WHERE r.from_id = l.voucher_id AND r.kind = 'reverses'), 0) "
            "FROM voucher_line l JOIN posting p ON p.voucher_id = l.voucher_id JOIN voucher v ON v.id = l.voucher_id "
            "LEFT JOIN party c ON c.id = l.counterparty_id "
            "WHERE l.ledger_id = ? AND l.account = ? AND l.day >= ? AND l.day <= ? AND p.seq > ? "
            "ORDER BY l.day, v.word, v.number, l.line",
            self._ledger_id(bank.ledger),
            bank.account,
            first.isoformat(),
            last.isoformat(),
            posted_to,
        )
        return [BookLine(v, n, ref, day_of(day), *rest) for v, n, ref, day, *rest in rows]

    def bank_outstanding(self, bank_account: int) -> list[Outstanding]:
        """Items outstanding before the first statement."""
        rows = self._all(
            "SELECT i.id, i.side, i.day, i.amount, i.remark, coalesce((SELECT k.id FROM bank_match_outstanding b "
            f"JOIN bank_match k ON k.id = b.match_id WHERE b.item_id = i.id AND {_STANDING}), 0) "
            "FROM bank_outstanding i WHERE i.bank_account_id = ? ORDER BY i.day, i.id",
            bank_account,
        )
        return [Outstanding(i, side, day_of(day), *rest) for i, side, day, *rest in rows]

    def posted_drafts(self, ledger: str) -> list[tuple[int, int, int, int]]:
        """(bank account, bank line, voucher, line) of posted vouchers made from a bank line, neither matched yet."""
        return [
            (account, line, voucher, number)
            for account, line, voucher, number in self._all(
                "SELECT a.id, d.line_id, l.voucher_id, min(l.line) FROM bank_draft d JOIN bank_line b ON b.id = d.line_id "
                "JOIN bank_account a ON a.id = b.bank_account_id JOIN posting p ON p.voucher_id = d.voucher_id "
                "JOIN voucher_line l ON l.voucher_id = d.voucher_id AND l.account = a.account AND l.debit - l.credit = b.amount "
                "WHERE a.ledger_id = ? AND NOT EXISTS (SELECT 1 FROM bank_match_bank b "
                f"{_MATCH} WHERE b.line_id = d.line_id AND {_STANDING}) "
                f"AND NOT EXISTS (SELECT 1 FROM bank_match_book b {_MATCH} WHERE b.voucher_id = l.voucher_id "
                f"AND b.line = l.line AND {_STANDING}) GROUP BY d.line_id ORDER BY d.line_id",
                self._ledger_id(ledger),
            )
        ]

    def bank_assertions(self, bank_account: int) -> list[BankAssertion]:
        """Asserted balances by day, the order of making within one day."""
        rows = self._all(
            "SELECT id, day, balance, book_balance, difference, posted_to, source, made_by, made_at FROM bank_assertion "
            "WHERE bank_account_id = ? ORDER BY day, id",
            bank_account,
        )
        return [BankAssertion(i, day_of(day), *rest) for i, day, *rest in rows]

    def bank_matches(self, bank_account: int) -> list[BankMatch]:
        """Every match ever made, those taken back too."""
        rows = self._all(
            "SELECT k.id, k.how, k.reason, k.made_by, k.made_at, coalesce(u.undone_by, ''), coalesce(u.undone_at, '') "
            "FROM bank_match k LEFT JOIN bank_match_undone u ON u.match_id = k.id WHERE k.bank_account_id = ? ORDER BY k.id",
            bank_account,
        )
        return [BankMatch(*row) for row in rows]

    def chain_length(self, ledger: str) -> int:
        """How many vouchers of a ledger are posted: the last link of its chain."""
        return self._value(
            "SELECT coalesce(max(seq), 0) FROM posting WHERE ledger_id = ?", self._ledger_id(ledger)
        )

    def marked_lines(self, bank_account: int) -> set[int]:
        """Lines somebody or the program ever called a bank error or none: they are not suspected again."""
        rows = self._all(
            "SELECT DISTINCT m.line_id FROM bank_mark m JOIN bank_line l ON l.id = m.line_id WHERE l.bank_account_id = ?",
            bank_account,
        )
        return {row[0] for row in rows}


def _bank_line(row: Record) -> BankLine:
    i, day, at, amount, balance, counterparty, remark, serial, match, mark, drafted = row
    return BankLine(
        i,
        day_of(day),
        at,
        amount,
        balance,
        counterparty,
        remark,
        serial,
        match,
        "" if mark == "none" else mark,
        drafted,
    )

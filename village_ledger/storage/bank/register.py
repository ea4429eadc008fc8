"""Writing what the bank says; each belongs to one unit of work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from village_ledger.domain.chain import FIELD, LINE
from village_ledger.storage.bank.queries import BankAccount
from village_ledger.storage.registers import Register


class NewBankLine(NamedTuple):
    """A statement line to be stored, in the bank's order."""

    day: str
    at: str
    amount: int
    balance: int
    counterparty: str
    remark: str
    serial: str


def statement_digest(lines: Iterable[NewBankLine]) -> bytes:
    """Digest of the lines a statement brought, in order."""
    return sha256(LINE.join(FIELD.join(map(str, line)) for line in lines).encode()).digest()


class BankRegister(Register):
    """Bank accounts, statements, matches, marks and assertions."""

    def add_account(self, ledger: str, account: str, number: str, bank: str, kind: str, opened: str) -> int:
        """Register a bank account; returns its id."""
        made = self._run(
            "INSERT INTO bank_account (ledger_id, account, number, bank, kind, opened) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (self._ledger_id(ledger), account, number, bank, kind, opened),
        )
        return int(made.scalar_one())

    def update_account(self, found: BankAccount) -> None:
        """Store a bank account as it now is; leaf and number only stay free until a statement came in."""
        self._run(
            "UPDATE bank_account SET account = ?, number = ?, bank = ?, kind = ?, opened = ?, closed = ? WHERE id = ?",
            (found.account, found.number, found.bank, found.kind, found.opened, found.closed, found.id),
        )

    def delete_account(self, bank_account: int) -> None:
        """Forget a bank account nothing has been said of."""
        self._run("DELETE FROM bank_account WHERE id = ?", (bank_account,))

    def remember_layout(self, bank: str, headings: str, mapping: Mapping[str, str]) -> None:
        """Keep what a bank's columns mean."""
        body = json.dumps(dict(mapping), ensure_ascii=False, sort_keys=True)
        self._run(
            "INSERT INTO bank_layout VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET headings = ?2, mapping = ?3, "
            "confirmed_by = ?4, confirmed_at = ?5",
            (bank, headings, body, self._uow.by, self._uow.at),
        )

    def add_statement(
        self,
        bank_account: int,
        span: tuple[date, date],
        balances: tuple[int, int],
        source: str,
        lines: Sequence[NewBankLine],
    ) -> int:
        """Store a statement with the lines it brings; returns its id."""
        first, last = span
        made = self._run(
            "INSERT INTO bank_statement (bank_account_id, first_day, last_day, opening, closing, source, lines, taken_by, "
            "taken_at, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                bank_account,
                first.isoformat(),
                last.isoformat(),
                *balances,
                source,
                len(lines),
                self._uow.by,
                self._uow.at,
                statement_digest(lines),
            ),
        )
        statement = int(made.scalar_one())
        for line in lines:
            self._run(
                'INSERT INTO bank_line (statement_id, bank_account_id, day, "at", amount, balance, counterparty, remark, '
                "serial) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (statement, bank_account, *line),
            )
        return statement

    def add_outstanding(self, bank_account: int, side: str, day: date, amount: int, remark: str) -> int:
        """Store an item outstanding before the first statement; returns its id."""
        made = self._run(
            "INSERT INTO bank_outstanding (bank_account_id, side, day, amount, remark, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (bank_account, side, day.isoformat(), amount, remark, self._uow.by, self._uow.at),
        )
        return int(made.scalar_one())

    def match(
        self,
        bank_account: int,
        bank: Iterable[int],
        book: Iterable[tuple[int, int]],
        outstanding: Iterable[int],
        how: str,
        reason: str,
    ) -> int:
        """Store a match, members first: its head is refused unless both sides are equal and free. Returns its id."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM bank_match").scalar_one())
        for line in bank:
            self._run("INSERT INTO bank_match_bank VALUES (?, ?)", (made, line))
        for voucher, line in book:
            self._run("INSERT INTO bank_match_book VALUES (?, ?, ?)", (made, voucher, line))
        for item in outstanding:
            self._run("INSERT INTO bank_match_outstanding VALUES (?, ?)", (made, item))
        self._run(
            "INSERT INTO bank_match VALUES (?, ?, ?, ?, ?, ?)",
            (made, bank_account, how, reason, self._uow.by, self._uow.at),
        )
        return made

    def unmatch(self, match: int, reason: str) -> None:
        """Take a match back; it stays on record."""
        self._run(
            "INSERT INTO bank_match_undone VALUES (?, ?, ?, ?)", (match, reason, self._uow.by, self._uow.at)
        )

    def mark(self, line: int, mark: str, note: str) -> None:
        """Say what a bank line is held to be: ``suspected``, ``error`` or ``none``."""
        self._run(
            "INSERT INTO bank_mark (line_id, mark, note, made_by, made_at) VALUES (?, ?, ?, ?, ?)",
            (line, mark, note, self._uow.by, self._uow.at),
        )

    def drafted(self, line: int, voucher: int) -> None:
        """Remember the voucher made from a bank line; a newer one replaces a void one."""
        self._run("DELETE FROM bank_draft WHERE line_id = ?", (line,))
        self._run("INSERT INTO bank_draft VALUES (?, ?)", (line, voucher))

    def assert_balance(
        self,
        bank_account: int,
        day: date,
        figures: tuple[int, int, int, int],
        source: str,
    ) -> int:
        """Keep an asserted balance for ever; figures are balance, books, difference, last posting. Returns its id."""
        made = self._run(
            "INSERT INTO bank_assertion (bank_account_id, day, balance, book_balance, difference, posted_to, source, made_by, "
            "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (bank_account, day.isoformat(), *figures, source, self._uow.by, self._uow.at),
        )
        return int(made.scalar_one())

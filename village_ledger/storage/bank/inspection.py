"""Looking over what the bank said: every statement holds the lines it brought, every match is equal and made once."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.bank.register import NewBankLine, statement_digest
from village_ledger.storage.queries import Queries

TAKEN_IN = "导入对账单"
"""Word of the operation log."""
_LEAF = "FROM bank_account a JOIN ledger l ON l.id = a.ledger_id"


class BankInspection(Queries):
    """Findings about bank accounts, statements and matches."""

    def findings(self) -> Iterator[Finding]:
        """All of them."""
        yield from self.accounts()
        yield from self.statements()
        yield from self.matches()

    def accounts(self) -> Iterator[Finding]:
        """One number, one leaf, one ledger."""
        rows = self._all(
            f"SELECT l.code, a.account {_LEAF} WHERE EXISTS (SELECT 1 FROM bank_account b WHERE b.id <> a.id "
            "AND (b.number = a.number OR (b.ledger_id = a.ledger_id AND b.account = a.account)))"
        )
        for ledger, account in rows:
            yield Finding("V40", f"银行账户 {account}", "同一个账号或科目登记了两次", ledger)

    def statements(self) -> Iterator[Finding]:
        """Every statement has the lines it came with, and the log knows it."""
        logged = {
            (ledger, detail.rpartition(" ")[2])
            for ledger, detail in self._all("SELECT ledger, detail FROM operation WHERE action = ?", TAKEN_IN)
        }
        for statement, ledger, account, first, last, count, digest in self._all(
            f"SELECT s.id, l.code, a.account, s.first_day, s.last_day, s.lines, s.digest {_LEAF} "
            "JOIN bank_statement s ON s.bank_account_id = a.id ORDER BY s.id"
        ):
            record = f"对账单 {account} {first} 至 {last}"
            lines = [
                NewBankLine(*row)
                for row in self._all(
                    'SELECT day, "at", amount, balance, counterparty, remark, serial FROM bank_line '
                    "WHERE statement_id = ? ORDER BY id",
                    statement,
                )
            ]
            found = statement_digest(lines)
            if len(lines) != count or found != digest:
                yield Finding(
                    "V40", record, "有的行和导入时不一样", ledger, bytes(digest).hex()[:16], found.hex()[:16]
                )
            elif (ledger, found.hex()[:16]) not in logged:
                yield Finding("V40", record, "操作日志里没有导入它的记录", ledger)

    def matches(self) -> Iterator[Finding]:
        """Both sides of a standing match are equal, and no line is in two."""
        standing = "NOT EXISTS (SELECT 1 FROM bank_match_undone u WHERE u.match_id = k.id)"
        items = (
            "coalesce((SELECT sum(i.amount) FROM bank_match_outstanding b JOIN bank_outstanding i ON i.id = b.item_id "
            "WHERE b.match_id = k.id AND i.side = '{side}'), 0)"
        )
        rows = self._all(
            f"SELECT k.id, l.code, a.account, coalesce((SELECT sum(n.amount) FROM bank_match_bank b JOIN bank_line n "
            f"ON n.id = b.line_id WHERE b.match_id = k.id), 0) + {items.format(side='bank')}, "
            "coalesce((SELECT sum(n.debit - n.credit) FROM bank_match_book b JOIN voucher_line n "
            "ON n.voucher_id = b.voucher_id AND n.line = b.line WHERE b.match_id = k.id), 0) "
            f"+ {items.format(side='book')} {_LEAF} JOIN bank_match k ON k.bank_account_id = a.id WHERE {standing}"
        )
        for match, ledger, account, bank, book in rows:
            if bank != book:
                yield Finding(
                    "V41",
                    f"{account} 勾对第 {match} 组",
                    "两边不相等",
                    ledger,
                    format_fen(bank),
                    format_fen(book),
                )
        for table, key in (
            ("bank_match_bank", "b.line_id"),
            ("bank_match_book", "b.voucher_id || '/' || b.line"),
            ("bank_match_outstanding", "b.item_id"),
        ):
            for (twice,) in self._all(
                f"SELECT {key} FROM {table} b JOIN bank_match k ON k.id = b.match_id WHERE {standing} "
                "GROUP BY 1 HAVING count(*) > 1"
            ):
                yield Finding("V41", f"勾对的行 {twice}", "同时在两组勾对里")

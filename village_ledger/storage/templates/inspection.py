"""Looking over what makes vouchers by itself: advance rent adds up, due days point at their own vouchers."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.queries import Queries


class TemplateInspection(Queries):
    """Findings about one ledger, one method per invariant."""

    def prepaids(self, ledger: str) -> Iterator[Finding]:
        """Parts add up to the whole, the receipt's line says the same, released parts are on their vouchers."""
        ledger_id = self._ledger_id(ledger)
        for number, total, parts in self._all(
            "SELECT a.id, a.total, (SELECT coalesce(sum(amount), 0) FROM prepaid_part p WHERE p.prepaid_id = a.id) "
            "FROM prepaid a WHERE a.ledger_id = ?",
            ledger_id,
        ):
            if total != parts:
                yield Finding(
                    "V31",
                    f"预收租金第 {number} 笔",
                    "各期之和不等于总额",
                    ledger,
                    format_fen(total),
                    format_fen(parts),
                )
        for number, total, credit in self._all(
            "SELECT a.id, a.total, coalesce(l.credit, 0) FROM prepaid a JOIN voucher v ON v.id = a.voucher_id "
            "LEFT JOIN voucher_line l ON l.voucher_id = a.voucher_id AND l.line = a.line AND l.account = a.account "
            "AND l.counterparty_id = a.counterparty_id WHERE a.ledger_id = ? AND v.state <> 'void'",
            ledger_id,
        ):
            if total != credit:
                yield Finding(
                    "V31",
                    f"预收租金第 {number} 笔",
                    "和收款凭证的那一行对不上",
                    ledger,
                    format_fen(total),
                    format_fen(credit),
                )
        for voucher, amount, debit in self._all(
            "SELECT v.month || '/' || v.word || '-' || printf('%04d', v.number), sum(p.amount), (SELECT "
            "coalesce(sum(l.debit), 0) FROM voucher_line l WHERE l.voucher_id = v.id AND l.account = a.account) "
            "FROM prepaid_part p JOIN prepaid a ON a.id = p.prepaid_id JOIN voucher v ON v.id = p.voucher_id "
            "WHERE a.ledger_id = ? AND v.state <> 'void' GROUP BY v.id, a.account",
            ledger_id,
        ):
            if amount != debit:
                yield Finding(
                    "V31",
                    voucher,
                    "结转预收租金的凭证和分摊表对不上",
                    ledger,
                    format_fen(amount),
                    format_fen(debit),
                )

    def recurring(self, ledger: str) -> Iterator[Finding]:
        """What a due day became is a voucher of the same ledger."""
        for due, name in self._all(
            "SELECT u.due, t.name FROM recurrence_run u JOIN recurrence r ON r.id = u.recurrence_id "
            "JOIN template t ON t.id = r.template_id LEFT JOIN voucher v ON v.id = u.voucher_id "
            "WHERE r.ledger_id = ? AND u.voucher_id IS NOT NULL AND v.ledger_id IS NOT r.ledger_id",
            self._ledger_id(ledger),
        ):
            yield Finding("V32", f"按月重复 {name} {due}", "指的凭证不在了，或是另一本账的", ledger)

    def budgets(self, ledger: str) -> Iterator[Finding]:
        """Versions of a year's plan run on and every line belongs to one."""
        ledger_id = self._ledger_id(ledger)
        for year, count, last in self._all(
            "SELECT year, count(*), max(version) FROM budget WHERE ledger_id = ? GROUP BY year", ledger_id
        ):
            if count != last:
                yield Finding("V33", f"{year}年财务计划", "版本不连续", ledger, str(last), str(count))
        for year, account in self._all(
            "SELECT b.year, b.account FROM budget_line b LEFT JOIN account a ON a.ledger_id = b.ledger_id "
            "AND a.code = b.account WHERE b.ledger_id = ? AND a.code IS NULL",
            ledger_id,
        ):
            yield Finding("V33", f"{year}年财务计划", f"科目 {account} 不在本账的科目表里", ledger)

"""What rests on a decision: what was linked by hand, and what names its number or its resolution in another area."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.domain.share import EventKind
from village_ledger.storage.decisions.records import Decision, Rest
from village_ledger.storage.queries import Queries, marks, one_snapshot


class RestingQueries(Queries):
    """Contracts, payments, budgets, transfers, share events and dividends of a decision."""

    @one_snapshot
    def resting(self, decision: Decision) -> list[Rest]:
        """Everything that rests on a decision, each once; what was linked by hand first."""
        made = (entry.resolution for entry in decision.progress.entries)
        numbers = tuple(dict.fromkeys((decision.number, *filter(None, made))))
        found = [Rest(kind, ref, "", ref) for kind, ref in decision.links]
        known = {(one.kind, one.ref) for one in found}
        for one in (*self._papers(numbers), *self._money(numbers), *self._members(numbers)):
            if (one.kind, one.ref) not in known:
                known.add((one.kind, one.ref))
                found.append(one)
        return found

    def _papers(self, numbers: tuple[str, ...]) -> list[Rest]:
        """Contracts and budgets."""
        contracts = self._all(
            f"SELECT number, start_day, end_day FROM contract WHERE resolution IN ({marks(numbers)}) ORDER BY id",
            *numbers,
        )
        found = [Rest("contract", number, f"{first} 至 {last}", number) for number, first, last in contracts]
        budgets = self._all(
            f"SELECT year, version FROM budget WHERE resolution IN ({marks(numbers)}) ORDER BY year, version",
            *numbers,
        )
        return found + [Rest("budget", f"{year}年第{version}版", "", str(year)) for year, version in budgets]

    def _money(self, numbers: tuple[str, ...]) -> list[Rest]:
        """Payments that were approved on it, and documents between the ledgers."""
        vouchers = self._all(
            "SELECT v.id, v.month, v.word, v.number, (SELECT sum(debit) FROM voucher_line WHERE voucher_id = v.id) "
            "FROM payment_approval a JOIN voucher v ON v.id = a.voucher_id WHERE v.state <> 'void' "
            "AND a.id = (SELECT max(id) FROM payment_approval b WHERE b.voucher_id = a.voucher_id) "
            f"AND a.decision IN ({marks(numbers)}) ORDER BY v.month, v.number",
            *numbers,
        )
        found = [
            Rest("voucher", f"{month}/{word}-{number:04d}", format_fen(amount), str(i))
            for i, month, word, number, amount in vouchers
        ]
        transfers = self._all(
            "SELECT year, number, amount FROM transfer WHERE state = 'live' AND reverses_id IS NULL "
            f"AND resolution IN ({marks(numbers)}) ORDER BY year, number",
            *numbers,
        )
        return found + [
            Rest("transfer", f"往来-{year}-{number:04d}", format_fen(amount))
            for year, number, amount in transfers
        ]

    def _members(self, numbers: tuple[str, ...]) -> list[Rest]:
        """Share events and dividends."""
        events = self._all(
            f"SELECT number, kind, day FROM share_event WHERE resolution IN ({marks(numbers)}) ORDER BY number",
            *numbers,
        )
        found = [Rest("shares", f"第{number}号 {EventKind(kind).words}", day) for number, kind, day in events]
        dividends = self._all(
            f"SELECT year, amount FROM dividend WHERE resolution IN ({marks(numbers)}) ORDER BY id", *numbers
        )
        return found + [Rest("dividend", f"{year}年分红", format_fen(amount)) for year, amount in dividends]

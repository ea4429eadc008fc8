"""Reading the split document, and the closing balances of a book that is to be split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from village_ledger.domain.period import CLOSING
from village_ledger.domain.separation import OldLine, Owner, Part, SplitLine
from village_ledger.storage.queries import Queries


@dataclass(frozen=True, slots=True)
class StoredSeparation:
    """The split a book was made from."""

    source: str
    mark: str
    cutoff: str
    decided_by: str
    decided_at: str
    mirror: int
    digest: bytes
    lines: tuple[SplitLine, ...]


class PartyBalance(NamedTuple):
    """A closing balance by leaf, counterparty and project, debit − credit, fen."""

    account: str
    counterparty: str
    project: str
    balance: int


class SeparationQueries(Queries):
    """What a book says of the split it was made from, or of the year it closes before one."""

    def separation(self) -> StoredSeparation | None:
        """The split document, None in a book that was not made by one."""
        head = self._one(
            "SELECT source, source_mark, cutoff, decided_by, decided_at, mirror, digest FROM separation"
        )
        if head is None:
            return None
        parts: dict[int, list[Part]] = {}
        for line, owner, amount, target, detail, counterparty, project, reason in self._all(
            "SELECT line_id, owner, amount, target, detail, counterparty, project, reason FROM separation_part "
            "ORDER BY line_id, part"
        ):
            part = Part(Owner(owner), amount, target, detail, counterparty, project, reason)
            parts.setdefault(line, []).append(part)
        lines = tuple(
            SplitLine(
                OldLine(row, code, name, item, debit, credit, note),
                tuple(parts.get(number, ())),
                Owner(guess),
                certainty,
                source,
            )
            for number, row, code, name, item, debit, credit, note, guess, certainty, source in self._all(
                "SELECT id, row, code, name, item, debit, credit, note, guess, certainty, source FROM separation_line "
                "ORDER BY id"
            )
        )
        source, mark, cutoff, decided_by, decided_at, mirror, digest = head
        return StoredSeparation(source, mark, cutoff, decided_by, decided_at, mirror, digest, lines)

    def separation_mirror(self) -> int:
        """What the collective owed the committee after the split, fen; 0 in a book that was not split."""
        return self._value("SELECT mirror FROM separation") or 0

    def separation_leaves(self) -> list[tuple[str, str, str, str, str, int, int]]:
        """(ledger, leaf, target, counterparty, project, debit, credit) summed over the parts of the split, fen."""
        return [
            (ledger, leaf, target, counterparty, project, debit, credit)
            for ledger, leaf, target, counterparty, project, debit, credit in self._all(
                "SELECT g.code, p.account, min(p.target), p.counterparty, p.project, "
                "sum(CASE WHEN l.debit <> 0 THEN p.amount ELSE 0 END), "
                "sum(CASE WHEN l.credit <> 0 THEN p.amount ELSE 0 END) "
                "FROM separation_part p JOIN separation_line l ON l.id = p.line_id "
                "JOIN ledger g ON g.id = p.ledger_id GROUP BY 1, 2, 4, 5"
            )
        ]

    def is_carried_forward(self, ledger: str, year: int) -> bool:
        """Whether a year is closed to the end: December, and the carry-forward after it."""
        return (
            self._value(
                "SELECT 1 FROM period WHERE ledger_id = ? AND month = ? AND state IN ('closed', 'sealed')",
                self._ledger_id(ledger),
                f"{year}-{CLOSING}",
            )
            is not None
        )

    def years_carried_forward(self, ledger: str) -> list[int]:
        """Years closed to the end, oldest first."""
        rows = self._all(
            "SELECT substr(month, 1, 4) FROM period WHERE ledger_id = ? AND month LIKE ? AND state IN ('closed', 'sealed') "
            "ORDER BY month",
            self._ledger_id(ledger),
            f"%-{CLOSING}",
        )
        return [int(year) for (year,) in rows]

    def closing_balances(self, ledger: str, year: int) -> list[PartyBalance]:
        """Balances at a year's end by leaf, counterparty and project; those that are zero left out."""
        rows = self._all(
            "SELECT m.account, coalesce(c.name, ''), coalesce(p.name, ''), sum(m.amount) FROM ("
            "SELECT account, counterparty_id, project_id, debit - credit AS amount FROM opening WHERE ledger_id = ?1 "
            "UNION ALL SELECT l.account, l.counterparty_id, l.project_id, l.debit - l.credit FROM voucher_line l "
            "JOIN posting o ON o.voucher_id = l.voucher_id WHERE l.ledger_id = ?1 AND l.day <= ?2) m "
            "LEFT JOIN party c ON c.id = m.counterparty_id LEFT JOIN party p ON p.id = m.project_id "
            "GROUP BY m.account, m.counterparty_id, m.project_id HAVING sum(m.amount) <> 0 ORDER BY 1, 2, 3",
            self._ledger_id(ledger),
            f"{year}-12-31",
        )
        return [PartyBalance(*row) for row in rows]

    def last_digest(self, ledger: str) -> bytes:
        """The chain's last digest, nothing when no voucher is posted: tells one state of a book from another."""
        return (
            self._value(
                "SELECT digest FROM posting WHERE ledger_id = ? ORDER BY seq DESC LIMIT 1",
                self._ledger_id(ledger),
            )
            or b""
        )

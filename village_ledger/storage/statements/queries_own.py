"""Reading the village's own reports, the texts of its notes, and what each project moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from village_ledger.domain.period import Month
from village_ledger.storage.queries import Queries, marks, one_snapshot


@dataclass(frozen=True, slots=True)
class OwnStatement:
    """A stored version of a report the village defined itself; ``body`` is its TOML, empty for a removal."""

    name: str
    version: int
    title: str
    body: str
    removed: bool
    stored_by: str
    stored_at: str


class WrittenText(NamedTuple):
    """A text of the notes as last written."""

    text: str
    version: int
    written_by: str
    written_at: str


class PartyMonth(NamedTuple):
    """What one counterparty moved on a leaf in a month, fen; an empty month is its opening balance."""

    account: str
    party: str
    month: str
    debit: int
    credit: int


ProjectSums = dict[tuple[str, str], tuple[int, int]]
"""(Leaf, project name) to (debit, credit), fen; an empty name is what names no project."""


class OwnQueries(Queries):
    """Own reports, texts, projects."""

    def own_statements(self, name: str = "") -> list[OwnStatement]:
        """Every stored version, of one report or of all, oldest first."""
        rows = self._all(
            "SELECT name, version, title, body, removed, stored_by, stored_at FROM own_statement "
            "WHERE ?1 = '' OR name = ?1 ORDER BY name, version",
            name,
        )
        return [
            OwnStatement(n, v, title, body, bool(gone), by, at) for n, v, title, body, gone, by, at in rows
        ]

    def statement_texts(self, ledger: str, year: int) -> dict[str, WrittenText]:
        """Item to its text as last written."""
        rows = self._all(
            "SELECT item, text, version, written_by, written_at FROM statement_text "
            "WHERE ledger_id = ? AND year = ? ORDER BY item, version",
            self._ledger_id(ledger),
            year,
        )
        return {item: WrittenText(*rest) for item, *rest in rows}

    @one_snapshot
    def party_months(self, ledger: str, leaves: Sequence[str], last: date) -> list[PartyMonth]:
        """Opening balances (month empty) and each month's debits and credits up to a day, by leaf and counterparty."""
        if not leaves:
            return []
        ledger_id, codes = self._ledger_id(ledger), marks(leaves)
        after = last + timedelta(days=1)
        month = str(Month.of(after))
        rows = self._all(
            "SELECT o.account, p.name, '', sum(o.debit), sum(o.credit) FROM opening o JOIN party p ON p.id = o.counterparty_id "
            f"WHERE o.ledger_id = ? AND o.account IN ({codes}) GROUP BY 1, 2 UNION ALL "
            "SELECT t.account, p.name, t.month, t.debit, t.credit FROM party_total t JOIN party p ON p.id = t.counterparty_id "
            f"WHERE t.ledger_id = ? AND t.account IN ({codes}) AND t.month < ?",
            ledger_id,
            *leaves,
            ledger_id,
            *leaves,
            month,
        )
        if after.day > 1:
            rows += self._all(
                "SELECT l.account, p.name, ?, sum(l.debit), sum(l.credit) FROM voucher_line l JOIN posting x "
                f"ON x.voucher_id = l.voucher_id JOIN party p ON p.id = l.counterparty_id WHERE l.ledger_id = ? "
                f"AND l.account IN ({codes}) AND l.day >= ? AND l.day < ? GROUP BY 1, 2",
                month,
                ledger_id,
                *leaves,
                f"{month}-01",
                after.isoformat(),
            )
        return [PartyMonth(*row) for row in rows]

    @one_snapshot
    def project_sums(self, ledger: str, leaves: Sequence[str], day: date) -> ProjectSums:
        """Posted debits and credits of some leaves by project before a day; lines without a project under ''.

        Whole months come from the totals, the days of a begun month from its lines.
        """
        key = ("projects", ledger, day, *leaves)
        return self._book.remembered(key, lambda: self._project_sums(ledger, leaves, day)) if leaves else {}

    def _project_sums(self, ledger: str, leaves: Sequence[str], day: date) -> ProjectSums:
        ledger_id, month, codes = self._ledger_id(ledger), str(Month.of(day)), marks(leaves)
        rows = self._all(
            "SELECT account, project_id, sum(debit), sum(credit) FROM project_total WHERE ledger_id = ? "
            f"AND account IN ({codes}) AND month < ? GROUP BY 1, 2",
            ledger_id,
            *leaves,
            month,
        )
        if day.day > 1:
            rows += self._all(
                "SELECT l.account, l.project_id, sum(l.debit), sum(l.credit) FROM voucher_line l JOIN posting p "
                f"ON p.voucher_id = l.voucher_id WHERE l.ledger_id = ? AND l.account IN ({codes}) AND l.day >= ? "
                "AND l.day < ? AND l.project_id IS NOT NULL GROUP BY 1, 2",
                ledger_id,
                *leaves,
                f"{month}-01",
                day.isoformat(),
            )
        names: dict[int, str] = dict(self._all("SELECT id, name FROM party WHERE kind = 'project'"))
        sums: ProjectSums = {}
        named: dict[str, tuple[int, int]] = {}
        for code, project, debit, credit in rows:
            _add(sums, (code, names[project]), debit, credit)
            debit0, credit0 = named.get(code, (0, 0))
            named[code] = (debit0 + debit, credit0 + credit)
        totals = self._book.reader().leaf_sums(ledger, day)
        for code in leaves:
            (debit, credit), (of_debit, of_credit) = totals.get(code, (0, 0)), named.get(code, (0, 0))
            if (debit, credit) != (of_debit, of_credit):
                _add(sums, (code, ""), debit - of_debit, credit - of_credit)
        return sums


def _add(sums: ProjectSums, key: tuple[str, str], debit: int, credit: int) -> None:
    debit0, credit0 = sums.get(key, (0, 0))
    sums[key] = (debit0 + debit, credit0 + credit)

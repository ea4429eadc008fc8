"""Reading how a book was set up: its two main ledgers, the state of an opening document, last year's columns."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.chart import LedgerKind
from village_ledger.storage.queries_book import BookQueries
from village_ledger.storage.records import LedgerInfo


@dataclass(frozen=True, slots=True)
class OpeningDocument:
    """The opening document of a ledger: who entered it, its seal, and whether it is final."""

    entered_by: str
    entered_at: str
    rows: int
    digest: bytes
    provisional: bool
    """期初未定: may still change, and every print says so."""
    confirmed_by: str
    """Who made a provisional one final; empty for one entered as final."""
    confirmed_at: str


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's columns of a statement as typed in: row id to fen."""

    entered_by: str
    entered_at: str
    figures: dict[str, int]
    digest: bytes


class SetupQueries(BookQueries):
    """What was set up before the first voucher."""

    def main_ledgers(self) -> tuple[LedgerInfo, LedgerInfo] | None:
        """The village's own two ledgers, collective and committee; None where they are kept as one (合账).

        Ledgers of groups and teams are of one of the two kinds as well: only the code says which are the village's.
        """
        by_code = {info.code: info for info in self.ledgers()}
        collective = by_code.get(LedgerKind.COLLECTIVE.value)
        committee = by_code.get(LedgerKind.COMMITTEE.value)
        return (collective, committee) if collective and committee else None

    def opening_document(self, ledger: str) -> OpeningDocument | None:
        """The ledger's opening document, None before it is entered."""
        row = self._one(
            "SELECT d.entered_by, d.entered_at, d.rows, d.digest, coalesce(s.state = 'provisional', 0), "
            "coalesce(s.confirmed_by, ''), coalesce(s.confirmed_at, '') FROM opening_document d "
            "LEFT JOIN opening_state s ON s.ledger_id = d.ledger_id WHERE d.ledger_id = ?",
            self._ledger_id(ledger),
        )
        if row is None:
            return None
        by, at, rows, digest, provisional, confirmed_by, confirmed_at = row
        return OpeningDocument(by, at, rows, digest, bool(provisional), confirmed_by, confirmed_at)

    def opening_is_provisional(self, ledger: str) -> bool:
        """Whether the opening balances may still change (期初未定)."""
        sql = "SELECT 1 FROM opening_state WHERE ledger_id = ? AND state = 'provisional'"
        return self._value(sql, self._ledger_id(ledger)) is not None

    def last_year(self, ledger: str, report: str) -> LastYear | None:
        """Last year's columns of a statement, None when nobody typed them in."""
        ledger_id = self._ledger_id(ledger)
        head = self._one(
            "SELECT entered_by, entered_at, digest FROM last_year_document WHERE ledger_id = ? AND report = ?",
            ledger_id,
            report,
        )
        if head is None:
            return None
        rows = self._all(
            "SELECT line, amount FROM last_year_figure WHERE ledger_id = ? AND report = ? ORDER BY line",
            ledger_id,
            report,
        )
        return LastYear(head[0], head[1], dict(rows), head[2])  # pyright: ignore[reportArgumentType]  rows are pairs

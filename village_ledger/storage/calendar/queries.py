"""The disclosure calendar: reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from village_ledger.domain.disclosure_calendar import Adopted
from village_ledger.domain.disclosure_standing import Excuse
from village_ledger.domain.period import Span
from village_ledger.storage.queries import Queries, day_of, marks


class Matter(NamedTuple):
    """Something to be published, written by hand."""

    number: int
    kind: str
    day: date
    span: Span
    words: str
    by: str
    at: str


class Moved(NamedTuple):
    """What moved on a leaf on a day, fen."""

    account: str
    day: date
    debit: int
    credit: int


class ContractAct(NamedTuple):
    """Something that happened to a contract, with the first thing it lets."""

    number: str
    day: date
    act: str
    what: str


class CalendarQueries(Queries):
    """Rules adopted, excuses, matters, and the days on which accounts moved."""

    def calendar_rules(self, ledger: str) -> list[Adopted]:
        """Every adoption of a ledger, the first first."""
        rows = self._all(
            "SELECT version, set_id, rhythm, valid_from, reason, body, made_by, made_at FROM calendar_rules "
            "WHERE ledger_id = ? ORDER BY version",
            self._ledger_id(ledger),
        )
        return [
            Adopted(version, set_id, rhythm, day_of(since), *rest)
            for version, set_id, rhythm, since, *rest in rows
        ]

    def calendar_excuses(self, ledger: str) -> list[Excuse]:
        """Why things are not posted, as written."""
        rows = self._all(
            "SELECT occasion, first_day, last_day, reason, made_by, made_at FROM calendar_excuse "
            "WHERE ledger_id = ? ORDER BY id",
            self._ledger_id(ledger),
        )
        return [
            Excuse(occasion, Span(day_of(first), day_of(last)), *rest)
            for occasion, first, last, *rest in rows
        ]

    def calendar_matters(self, ledger: str) -> list[Matter]:
        """Matters written by hand, by number."""
        rows = self._all(
            "SELECT number, kind, day, first_day, last_day, words, made_by, made_at FROM calendar_matter "
            "WHERE ledger_id = ? ORDER BY number",
            self._ledger_id(ledger),
        )
        return [
            Matter(number, kind, day_of(day), Span(day_of(first), day_of(last)), *rest)
            for number, kind, day, first, last, *rest in rows
        ]

    def contract_acts(self, ledger: str, acts: Sequence[str], span: Span) -> list[ContractAct]:
        """What happened to contracts in a span, by day; one statement for any number of contracts."""
        rows = self._all(
            "SELECT c.number, ch.day, ch.act, (SELECT coalesce(nullif(i.name, ''), i.code) FROM contract_item i "
            "WHERE i.contract_id = c.id ORDER BY i.line LIMIT 1) FROM contract_change ch "
            f"JOIN contract c ON c.id = ch.contract_id WHERE c.ledger_id = ? AND ch.act IN ({marks(acts)}) "
            "AND ch.day >= ? AND ch.day <= ? ORDER BY ch.day, c.number, ch.seq",
            self._ledger_id(ledger),
            *acts,
            span.first.isoformat(),
            span.last.isoformat(),
        )
        return [ContractAct(number, day_of(day), act, what or "") for number, day, act, what in rows]

    def moved_days(self, ledger: str, leaves: Sequence[str], span: Span) -> list[Moved]:
        """The days of a span on which something was posted on some leaves; cost follows days, not vouchers."""
        if not leaves:
            return []
        rows = self._all(
            f"SELECT account, day, debit, credit FROM day_total WHERE ledger_id = ? AND account IN ({marks(leaves)}) "
            "AND day >= ? AND day <= ? AND lines > 0 ORDER BY day, account",
            self._ledger_id(ledger),
            *leaves,
            span.first.isoformat(),
            span.last.isoformat(),
        )
        return [Moved(account, day_of(day), debit, credit) for account, day, debit, credit in rows]

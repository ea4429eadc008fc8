"""Writing asset cards, facts, events, usage and depreciation; belongs to one unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.asset import AssetEventKind, Card, Facts
from village_ledger.domain.depreciation import first_plan, month_of_number
from village_ledger.domain.period import Month
from village_ledger.storage.assets.records import (
    CARD_COLUMNS,
    FACT_COLUMNS,
    card_values,
    fact_values,
    joined_digest,
    row_digest,
)
from village_ledger.storage.registers import Register

_CARD_INSERT = (
    f"INSERT INTO asset_card (asset_id, version, batch, {CARD_COLUMNS}, digest, written_by, written_at) "
    f"VALUES ({', '.join('?' * 29)})"
)
_FACT_INSERT = (
    f"INSERT INTO asset_fact (asset_id, day, {FACT_COLUMNS}, note, batch, written_by, written_at) "
    f"VALUES ({', '.join('?' * 12)})"
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What happened, before it is stored; amounts in fen, units in thousandths."""

    day: date
    kind: AssetEventKind
    cost: int = 0
    salvage: int = 0
    taken: int = 0
    months: int = 0
    units: int = 0
    proceeds: int = 0
    way: str = ""
    party: str = ""
    basis: str = ""
    note: str = ""
    other_id: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Cards written by one act: its number and digest, and the ids in order."""

    number: int
    digest: bytes
    ids: tuple[int, ...]


class AssetsRegister(Register):
    """Rows of asset cards and all that hangs on them."""

    def add_cards(self, ledger: str, cards: Sequence[tuple[Card, Facts]]) -> Batch:
        """Store new cards with their first facts, one batch; a code whose card was withdrawn goes on with it."""
        ledger_id = self._ledger_id(ledger)
        start = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM asset").scalar_one())
        before = self._versions(ledger_id)
        fresh = [card.code for card, _ in cards if card.code not in before]
        self._run_many(
            "INSERT INTO asset (id, ledger_id, code) VALUES (?, ?, ?)",
            [(start + place, ledger_id, code) for place, code in enumerate(fresh)],
        )
        ids = {code: (start + place, 0) for place, code in enumerate(fresh)} | before
        cards = sorted(cards, key=lambda one: ids[one[0].code][0])  # the order in which they are proved again
        batch = self._write_versions([(ids[c.code][0], ids[c.code][1] + 1, c, False) for c, _ in cards])
        said = [
            (ids[card.code][0], card.entered_on.isoformat(), *fact_values(facts), "") for card, facts in cards
        ]
        self._run(_FACT_INSERT, [(*row, batch.number, self._uow.by, self._uow.at) for row in said])
        return replace(batch, digest=joined_digest([batch.digest, *(row_digest(*row) for row in said)]))

    def _versions(self, ledger_id: int) -> dict[str, tuple[int, int]]:
        """Code to id and newest version of every card of a ledger."""
        rows = self._run(
            "SELECT a.code, a.id, max(c.version) FROM asset a JOIN asset_card c ON c.asset_id = a.id "
            "WHERE a.ledger_id = ? GROUP BY a.id",
            (ledger_id,),
        )
        return {code: (i, version) for code, i, version in rows}

    def _run_many(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._run(sql, list(rows))

    def amend_card(self, asset_id: int, version: int, card: Card, *, withdrawn: bool = False) -> Batch:
        """Store a further version of a card, or that it is none."""
        return self._write_versions([(asset_id, version, card, withdrawn)])

    def _write_versions(self, cards: Sequence[tuple[int, int, Card, bool]]) -> Batch:
        number = int(self._run("SELECT coalesce(max(batch), 0) + 1 FROM asset_card").scalar_one())
        rows: list[tuple[object, ...]] = []
        digests: list[bytes] = []
        for asset_id, version, card, withdrawn in cards:
            plan = first_plan(card)
            since = month_of_number(plan.since)
            values = card_values(card, since, plan.months, plan.units_before, withdrawn=withdrawn)
            digests.append(row_digest(asset_id, version, *values))
            rows.append((asset_id, version, number, *values, digests[-1], self._uow.by, self._uow.at))
        self._run(_CARD_INSERT, rows)
        return Batch(number, joined_digest(digests), tuple(row[0] for row in cards))

    def add_fact(self, asset_id: int, day: date, facts: Facts, note: str) -> bytes:
        """Say what holds from a day on; returns the row's digest."""
        values = (asset_id, day.isoformat(), *fact_values(facts), note)
        self._run(_FACT_INSERT, (*values, 0, self._uow.by, self._uow.at))
        return row_digest(*values)

    def add_event(self, asset_id: int, event: NewEvent) -> tuple[int, bytes]:
        """Say what happened; returns the event's id and the row's digest."""
        values = (
            asset_id,
            event.day.isoformat(),
            event.kind.value,
            event.cost,
            event.salvage,
            event.taken,
            event.months,
            event.units,
            event.proceeds,
            event.way,
            event.party,
            event.basis,
            event.note,
        )
        made = self._run(
            "INSERT INTO asset_event (asset_id, day, kind, cost, salvage, taken, months, units, proceeds, way, party, basis, "
            "note, other_id, written_by, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (*values, event.other_id, self._uow.by, self._uow.at),
        )
        return int(made.scalar_one()), row_digest(*values)

    def link_event(self, event_id: int, voucher_id: int) -> None:
        """Say on which voucher an event stands."""
        self._run("INSERT INTO asset_event_voucher VALUES (?, ?)", (event_id, voucher_id))

    def set_usage(self, rows: Sequence[tuple[int, Month, int]]) -> None:
        """Store hours or output of months, a month's earlier figure replaced."""
        self._run(
            "INSERT INTO asset_usage VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET units = excluded.units, "
            "written_by = excluded.written_by, written_at = excluded.written_at",
            [(i, str(month), units, self._uow.by, self._uow.at) for i, month, units in rows],
        )

    def add_run(
        self, ledger: str, month: Month, lines: Sequence[tuple[int, int, str, str]], *, whole: bool
    ) -> tuple[int, bytes]:
        """Store what assets bear in a month, as (asset, amount, expense, against); returns the run's id and digest."""
        key = str(month)
        digest = row_digest(key, *(part for line in lines for part in line))
        made = self._run(
            "INSERT INTO depreciation_run (ledger_id, month, whole, total, digest, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                self._ledger_id(ledger),
                key,
                int(whole),
                sum(line[1] for line in lines),
                digest,
                self._uow.by,
                self._uow.at,
            ),
        )
        run_id = int(made.scalar_one())
        self._run(
            "INSERT INTO depreciation_line (asset_id, month, run_id, amount, expense, against) VALUES (?, ?, ?, ?, ?, ?)",
            [(i, key, run_id, amount, expense, against) for i, amount, expense, against in lines],
        )
        return run_id, digest

    def link_run(self, run_id: int, voucher_id: int) -> None:
        """Say on which voucher a run stands."""
        self._run("INSERT INTO depreciation_voucher VALUES (?, ?)", (run_id, voucher_id))

"""Writing parcels: always a row more, never a row changed, each with its link in the chain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.parcel import EventKind, ParcelCard, Sketch
from village_ledger.domain.people_chain import row_bytes
from village_ledger.storage.queries import marks
from village_ledger.storage.registers import Register

CARD = (
    *("name", "kind", "area", "east", "south", "west", "north", "land_class", "owner_level", "owner"),
    *("certificate", "disputed", "map_ref", "unit_price", "standing", "used_by", "origin", "note"),
)
"""Columns of a card, in the order of the table."""
_MADE = ("entered_by", "entered_at")
CHAINED: dict[str, tuple[str, ...]] = {
    "parcel": ("ledger_id", "code", *_MADE),
    "parcel_state": ("parcel_id", *CARD, "effective", "basis", *_MADE),
    "parcel_event": ("kind", "day", "basis", *_MADE),
    "parcel_step": ("event_id", "parcel_id", "side"),
    "parcel_sketch": ("parcel_id", "corners", "effective", "basis", *_MADE),
}
"""Columns of each table whose rows are linked in the chain, after the id, in the order digested."""


def card_values(card: ParcelCard) -> tuple[str | int | None, ...]:
    """A card as its row has it."""
    return (
        *(card.name, card.kind, card.area, card.east, card.south, card.west, card.north, card.land_class),
        *(card.owner_level.value, card.owner, card.certificate, card.disputed, card.map_ref),
        *(card.unit_price, card.standing.value, card.used_by, card.origin, card.note),
    )


class ParcelRegister(Register):
    """Adds parcels, their states, events and sketches."""

    def add(self, ledger: str, code: str) -> int:
        """A new code; returns the parcel's id."""
        return self._write("parcel", {"ledger_id": self._ledger_id(ledger), "code": code})

    def write_state(self, parcel_id: int, card: ParcelCard, effective: date, basis: str) -> None:
        """What the register says of a parcel from a day on."""
        values = dict(zip(CARD, card_values(card), strict=True))
        about = {"parcel_id": parcel_id, **values, "effective": effective.isoformat(), "basis": basis}
        self._write("parcel_state", about)

    def write_event(
        self, kind: EventKind, day: date, basis: str, before: Iterable[int], after: Iterable[int]
    ) -> None:
        """Parcels that ended on a day, and those they became."""
        event = self._write("parcel_event", {"kind": kind.value, "day": day.isoformat(), "basis": basis})
        for side, parcels in (("before", before), ("after", after)):
            for parcel_id in parcels:
                self._write("parcel_step", {"event_id": event, "parcel_id": parcel_id, "side": side})

    def write_sketch(self, parcel_id: int, sketch: Sketch | None, effective: date, basis: str) -> None:
        """The corners of a parcel from a day on; None takes the sketch back."""
        corners = json.dumps(sketch.corners, separators=(",", ":")) if sketch else ""
        about = {"parcel_id": parcel_id, "corners": corners}
        self._write("parcel_sketch", {**about, "effective": effective.isoformat(), "basis": basis})

    def _write(self, table: str, values: Mapping[str, str | int | None]) -> int:
        """One row more and its link in the chain; returns the row's id."""
        whole = {**values, "entered_by": self._uow.by, "entered_at": self._uow.at}
        columns = CHAINED[table]
        row = tuple(whole[column] for column in columns)
        done = self._run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(columns)})", row)
        made = int(done.lastrowid or 0)
        seq, before = self._head()
        digest = link(before, row_bytes(table, (made, *row)))
        self._run("INSERT INTO parcel_chain VALUES (?, ?, ?, ?)", (seq + 1, table, made, digest))
        return made

    def _head(self) -> tuple[int, bytes]:
        row = self._run("SELECT seq, digest FROM parcel_chain ORDER BY seq DESC LIMIT 1").fetchone()
        return (0, GENESIS) if row is None else (row[0], bytes(row[1]))

"""Reading parcels: the register on a day, one parcel's history, its sketch."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from village_ledger.domain.errors import ParcelError
from village_ledger.domain.parcel import (
    EventKind,
    OwnerLevel,
    Parcel,
    ParcelCard,
    ParcelEvent,
    Sketch,
    Standing,
)
from village_ledger.storage.parcels.register import CARD
from village_ledger.storage.queries import Queries, Record, day_of, one_snapshot


class ParcelContract(NamedTuple):
    """A contract that lets a parcel, or a part of it: ``area`` in 1/10000 of its unit."""

    code: str
    number: str
    party: str
    status: str
    start: date
    end: date
    area: int
    unit: str


_EVER = date.max.isoformat()
_CARD = ", ".join(f"s.{column}" for column in CARD)
_PARCEL = (
    f"SELECT p.id, p.code, (SELECT min(f.effective) FROM parcel_state f WHERE f.parcel_id = p.id), e.day, e.kind, "
    f"s.effective, s.basis, {_CARD} FROM parcel p JOIN parcel_state s ON s.parcel_id = p.id "
    "LEFT JOIN parcel_step b ON b.parcel_id = p.id AND b.side = 'before' LEFT JOIN parcel_event e ON e.id = b.event_id "
)
_HOLDS = (
    "s.id = (SELECT t.id FROM parcel_state t WHERE t.parcel_id = p.id AND t.effective <= ?2 "
    "ORDER BY t.effective DESC, t.id DESC LIMIT 1)"
)


class ParcelQueries(Queries):
    """The resource register."""

    def parcels(self, ledger: str, day: date | None = None) -> list[Parcel]:
        """The parcels there are on a day (None: at the end of all that is written), by code."""
        rows = self._all(
            f"{_PARCEL} WHERE p.ledger_id = ?1 AND {_HOLDS} AND (e.day IS NULL OR e.day > ?2) ORDER BY p.code",
            self._ledger_id(ledger),
            _EVER if day is None else day.isoformat(),
        )
        return [_parcel(ledger, row) for row in rows]

    def parcel(self, ledger: str, code: str, day: date | None = None) -> Parcel:
        """A parcel with the card of a day, ended or not; raises ParcelError when there is none."""
        row = self._one(
            f"{_PARCEL} WHERE p.ledger_id = ?1 AND {_HOLDS} AND p.code = ?3",
            self._ledger_id(ledger),
            _EVER if day is None else day.isoformat(),
            code,
        )
        if row is None:
            raise ParcelError(f"资源台账里没有编号“{code}”的地块", "请核对编号，或先登记这块地。")
        return _parcel(ledger, row)

    def has_parcel(self, ledger: str, code: str) -> bool:
        """Whether a code is a parcel's, ended or not."""
        found = self._one(
            "SELECT 1 FROM parcel WHERE ledger_id = ? AND code = ?", self._ledger_id(ledger), code
        )
        return found is not None

    def code_taken(self, ledger: str, code: str) -> bool:
        """Whether a parcel or an asset has a code: they share one run of codes."""
        return (
            self._one(
                "SELECT 1 FROM parcel WHERE ledger_id = ?1 AND code = ?2 UNION ALL "
                "SELECT 1 FROM asset WHERE ledger_id = ?1 AND code = ?2",
                self._ledger_id(ledger),
                code,
            )
            is not None
        )

    def parcel_states(self, ledger: str, code: str) -> list[Parcel]:
        """Every card a parcel ever had, in the order they hold and were written."""
        rows = self._all(
            f"{_PARCEL} WHERE p.ledger_id = ?1 AND p.code = ?2 ORDER BY s.effective, s.id",
            self._ledger_id(ledger),
            code,
        )
        return [_parcel(ledger, row) for row in rows]

    @one_snapshot
    def parcel_events(self, ledger: str, code: str = "") -> list[ParcelEvent]:
        """What became of parcels, of one or of all, in the order of their days."""
        steps = self._all(
            "SELECT e.id, e.kind, e.day, e.basis, s.side, p.code FROM parcel_event e "
            "JOIN parcel_step s ON s.event_id = e.id JOIN parcel p ON p.id = s.parcel_id "
            "WHERE p.ledger_id = ? ORDER BY e.day, e.id, s.id",
            self._ledger_id(ledger),
        )
        grouped: dict[int, list[Record]] = {}
        for row in steps:
            grouped.setdefault(row[0], []).append(row)
        events = [
            ParcelEvent(
                id=rows[0][0],
                kind=EventKind(rows[0][1]),
                day=day_of(rows[0][2]),
                before=tuple(row[5] for row in rows if row[4] == "before"),
                after=tuple(row[5] for row in rows if row[4] == "after"),
                basis=rows[0][3],
            )
            for rows in grouped.values()
        ]
        return [event for event in events if not code or code in (*event.before, *event.after)]

    def parcel_contracts(self, ledger: str) -> list[ParcelContract]:
        """Every signed contract over a parcel, by parcel and first day."""
        rows = self._all(
            "SELECT i.code, c.number, p.name, n.status, n.start_day, n.end_day, i.area, i.unit FROM parcel x "
            "JOIN contract_item i ON i.code = x.code JOIN contract c ON c.id = i.contract_id AND c.ledger_id = x.ledger_id "
            "JOIN contract_now n ON n.contract_id = c.id JOIN party p ON p.id = c.party_id "
            "WHERE x.ledger_id = ? AND n.status <> 'draft' ORDER BY i.code, n.start_day, c.number",
            self._ledger_id(ledger),
        )
        return [
            ParcelContract(code, number, party, status, day_of(first), day_of(last), area, unit)
            for code, number, party, status, first, last, area, unit in rows
        ]

    def parcel_sketch(self, ledger: str, code: str, day: date | None = None) -> Sketch | None:
        """The sketch of a parcel that holds on a day, None where there is none."""
        corners = self._value(
            "SELECT k.corners FROM parcel_sketch k JOIN parcel p ON p.id = k.parcel_id WHERE p.ledger_id = ? AND p.code = ? "
            "AND k.effective <= ? ORDER BY k.effective DESC, k.id DESC LIMIT 1",
            self._ledger_id(ledger),
            code,
            _EVER if day is None else day.isoformat(),
        )
        return sketch_from(corners) if corners else None


def sketch_from(corners: str) -> Sketch:
    """A stored sketch."""
    return Sketch(tuple((int(x), int(y)) for x, y in json.loads(corners)))


def _parcel(ledger: str, row: Record) -> Parcel:
    i, code, since, ended, ended_by, effective, basis, *card = row
    values = dict(zip(CARD, card, strict=True))
    values["owner_level"] = OwnerLevel(values["owner_level"])
    values["standing"] = Standing(values["standing"])
    return Parcel(
        id=i,
        ledger=ledger,
        code=code,
        since=day_of(since),
        card=ParcelCard(**values),
        effective=day_of(effective),
        basis=basis,
        ended=day_of(ended) if ended else None,
        ended_by=EventKind(ended_by) if ended_by else None,
    )

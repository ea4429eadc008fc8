"""Rows of a contract with what counts for each: the same for whoever reads, writes or proves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from village_ledger.domain.contract import InForce, RowState, Status
from village_ledger.domain.rent_schedule import RentRow, rent_rows
from village_ledger.storage.contracts.records import (
    LATE_MONEY,
    OWED,
    PAID,
    RECEIVED,
    RentLink,
    StoredContract,
)


def row_states(
    stored: StoredContract,
    links: Iterable[RentLink],
    kept_from: date,
    rows: Sequence[RentRow] | None = None,
    now: InForce | None = None,
) -> tuple[RowState, ...]:
    """Every row of a signed contract with what counts for it; a draft has none."""
    if stored.status is Status.DRAFT:
        return ()
    owed: dict[date, list[int]] = {}
    for link in links:
        if link.stands and link.kind != LATE_MONEY:
            sums = owed.setdefault(link.first, [0, 0, 0])
            sums[0] += link.amount if link.kind == OWED else 0
            sums[1] += link.amount if link.kind in RECEIVED else 0
            sums[2] += link.amount if link.kind in RECEIVED and link.kind != PAID else 0
    now = now or stored.now
    kept = stored.contract.kept_from or kept_from
    states: list[RowState] = []
    every = rent_rows(now.terms) if rows is None else rows
    if not owed and len(now.parties) == 1:
        _, party, member = now.parties[0]
        return tuple([RowState(row, party, member, 0, 0, 0, row.due < kept) for row in every])
    for row in every:
        party, member = now.party_on(row.first)
        sums = owed.get(row.first)
        if sums is None:
            states.append(RowState(row, party, member, before=row.due < kept))
        else:
            states.append(RowState(row, party, member, sums[0], sums[1], sums[2]))
    return tuple(states)

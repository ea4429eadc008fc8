"""Who uses a parcel under what contract, on a day: let wholly, in part, after its contract ran out, or without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.area import MU, SQM

if TYPE_CHECKING:
    from village_ledger.domain.parcel import Parcel
    from village_ledger.storage.reader import Reader

_UNITS = {"亩": MU, "平方米": SQM, "㎡": SQM, "m2": SQM}
"""Units of land a contract may name its area in; any other (间, 口) says nothing of how much of the parcel is let."""


@dataclass(frozen=True, slots=True)
class ParcelUse:
    """One contract over a parcel or a part of it."""

    number: str
    party: str
    start: date
    end: date
    area: int
    """Parts let (``domain.area``); nothing where the contract does not say: the whole parcel."""

    def on(self, day: date) -> bool:
        """Whether the contract is in force on a day."""
        return self.start <= day <= self.end


def parcel_uses(reader: Reader, ledger: str) -> Mapping[str, Sequence[ParcelUse]]:
    """Every contract over each parcel, by code."""
    found: dict[str, list[ParcelUse]] = {}
    for one in reader.parcel_contracts(ledger):
        area = one.area * _UNITS.get(one.unit.strip(), 0) // 10_000
        found.setdefault(one.code, []).append(ParcelUse(one.number, one.party, one.start, one.end, area))
    return found


def let_area(parcel: Parcel, uses: Sequence[ParcelUse], day: date) -> int:
    """Parts let under contracts in force on a day; a contract without an area lets the whole."""
    return sum(use.area or parcel.card.area for use in uses if use.on(day))

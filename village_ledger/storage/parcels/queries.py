"""The resource register: land, forest and water by parcel: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class ParcelQueries(Queries):
    """The resource register: land, forest and water by parcel."""

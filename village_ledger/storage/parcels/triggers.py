"""The resource register: land, forest and water by parcel: what must hold against raw SQL."""

from __future__ import annotations

PARCELS: tuple[str, ...] = ()

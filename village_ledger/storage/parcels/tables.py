"""The resource register: land, forest and water by parcel: tables."""

from __future__ import annotations

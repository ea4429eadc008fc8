"""Small powers and approval limits: what a payment needs before it is posted: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class LimitQueries(Queries):
    """Small powers and approval limits: what a payment needs before it is posted."""

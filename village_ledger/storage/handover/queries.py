"""Handovers of the books and the list of old matters: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class HandoverQueries(Queries):
    """Handovers of the books and the list of old matters."""

"""Mergers of villages: where each opening came from: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class MergerQueries(Queries):
    """Mergers of villages: where each opening came from."""

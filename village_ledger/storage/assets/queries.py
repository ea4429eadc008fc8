"""Asset cards: what each ledger owns and what became of it: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class AssetQueries(Queries):
    """Asset cards: what each ledger owns and what became of it."""

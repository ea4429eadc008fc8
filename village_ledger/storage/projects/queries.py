"""Projects: budget, tender, contract, payments, acceptance, final account: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class ProjectQueries(Queries):
    """Projects: budget, tender, contract, payments, acceptance, final account."""

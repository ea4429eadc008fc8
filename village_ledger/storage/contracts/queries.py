"""Contracts and leases: terms, rent rows, what is due and what was received: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class ContractQueries(Queries):
    """Contracts and leases: terms, rent rows, what is due and what was received."""

"""Decision files (四议两公开) and their panels (六手印记): reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class DecisionQueries(Queries):
    """Decision files (四议两公开) and their panels (六手印记)."""

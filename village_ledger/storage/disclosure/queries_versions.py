"""Registered sheets by span, and their versions."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class VersionQueries(Queries):
    """Registered sheets by span, and their versions."""

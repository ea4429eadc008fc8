"""Stock-takes (清产核资): sheets, counted values, differences: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class CountingQueries(Queries):
    """Stock-takes (清产核资): sheets, counted values, differences."""

"""Postings, opinions and objections."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class PostingQueries(Queries):
    """Postings, opinions and objections."""

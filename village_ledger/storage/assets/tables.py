"""Asset cards: what each ledger owns and what became of it: tables."""

from __future__ import annotations

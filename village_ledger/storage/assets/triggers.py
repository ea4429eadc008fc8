"""Asset cards: what each ledger owns and what became of it: what must hold against raw SQL."""

from __future__ import annotations

ASSETS: tuple[str, ...] = ()

"""Projects: budget, tender, contract, payments, acceptance, final account: what must hold against raw SQL."""

from __future__ import annotations

PROJECTS: tuple[str, ...] = ()

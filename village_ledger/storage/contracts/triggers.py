"""Contracts and leases: terms, rent rows, what is due and what was received: what must hold against raw SQL."""

from __future__ import annotations

CONTRACTS: tuple[str, ...] = ()

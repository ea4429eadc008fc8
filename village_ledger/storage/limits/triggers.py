"""Small powers and approval limits: what a payment needs before it is posted: what must hold against raw SQL."""

from __future__ import annotations

LIMITS: tuple[str, ...] = ()

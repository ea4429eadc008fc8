"""Handovers of the books and the list of old matters: what must hold against raw SQL."""

from __future__ import annotations

HANDOVER: tuple[str, ...] = ()

"""Mergers of villages: where each opening came from: what must hold against raw SQL."""

from __future__ import annotations

MERGER: tuple[str, ...] = ()

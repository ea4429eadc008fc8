"""Stock-takes (清产核资): sheets, counted values, differences: what must hold against raw SQL."""

from __future__ import annotations

COUNTING: tuple[str, ...] = ()

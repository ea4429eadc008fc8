"""Decision files (四议两公开) and their panels (六手印记): what must hold against raw SQL."""

from __future__ import annotations

DECISIONS: tuple[str, ...] = ()

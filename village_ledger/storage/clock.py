"""The time written into the book: local, to the second, sortable as text."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

_STANDING = ContextVar("standing", default="")


def now_text() -> str:
    """Local time such as ``2025-03-08T09:15:00``; the zone is the village's own and is left out."""
    return _STANDING.get() or datetime.now().astimezone().replace(tzinfo=None).isoformat(timespec="seconds")


@contextmanager
def standing_at(moment: str) -> Generator[None]:
    """The clock stands while something is made that must come out the same whenever it is made: papers of a package."""
    before = _STANDING.set(moment)
    try:
        yield
    finally:
        _STANDING.reset(before)

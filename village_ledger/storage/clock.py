"""The time written into the book: local, to the second, sortable as text."""

from __future__ import annotations

from datetime import datetime


def now_text() -> str:
    """Local time such as ``2025-03-08T09:15:00``; the zone is the village's own and is left out."""
    return datetime.now().astimezone().replace(tzinfo=None).isoformat(timespec="seconds")

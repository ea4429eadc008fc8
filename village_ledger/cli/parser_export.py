"""The words of ``export``: data that leaves the book in a form others read."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands


def add(commands: Commands) -> None:
    """``export FORMAT BOOK -o OUT``."""

"""The words of ``posting``: what hangs on the board, what was said of it, and its reports."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands

REPORTS: tuple[str, ...] = ()


def add(commands: Commands) -> None:
    """``posting BOOK ACTION``."""

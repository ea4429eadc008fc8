"""Contracts and leases: terms, rent rows, what is due and what was received: words of the command line."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands

REPORTS: tuple[str, ...] = ()


def add(commands: Commands) -> None:
    """Subcommands of this area."""
    del commands

"""Attachments kept by digest, and the electronic invoices among them: words of the command line."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands

REPORTS: tuple[str, ...] = ()


def add(commands: Commands) -> None:
    """Subcommands of this area."""
    del commands

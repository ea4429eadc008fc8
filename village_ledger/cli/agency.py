"""``agency WORKSPACE ACT``: finds the module of an act and loads nothing else."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

HOMES = dict.fromkeys(
    ("todo", "vouchers", "summary", "review", "post", "close", "print", "export"), "agency_work"
) | dict.fromkeys(("new", "add", "remove", "list", "log", "days", "staff"), "agency_people")
"""Act → the module beside this one that does it, in a function ``run_<act>``."""


def run_agency(asked: Namespace) -> int:
    """Do one act."""
    home = import_module(f"village_ledger.cli.{HOMES[asked.act]}")
    command: Callable[[Namespace], int] = getattr(home, f"run_{asked.act.replace('-', '_')}")
    return command(asked)

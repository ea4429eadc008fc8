"""Which registers go on the wall and with which columns, read from resources/disclosure/registers.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A sheet made from a register's report."""

    letter: str
    report: str
    title: str
    register: str
    columns: tuple[str, ...]
    always: bool


@lru_cache(maxsize=1)
def register_sheets() -> dict[str, RegisterSheet]:
    """Every such sheet by its report's name, in the order of the file."""
    data = tomllib.loads(resource("disclosure", "registers.toml").read_text(encoding="utf-8"))
    return {one["report"]: _sheet(one) for one in data["sheet"]}


def _sheet(one: Mapping[str, Any]) -> RegisterSheet:
    always = one["when"] == "always"
    return RegisterSheet(
        one["letter"], one["report"], one["title"], one["register"], tuple(one["columns"]), always
    )

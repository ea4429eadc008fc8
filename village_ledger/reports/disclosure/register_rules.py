"""Which sheets come from registers (资产、资源、合同、往来单) and when they are posted: resources/disclosure/registers.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A sheet made from a register."""

    letter: str
    report: str
    title: str
    always: bool


@lru_cache(maxsize=1)
def register_sheets() -> dict[str, RegisterSheet]:
    """Every such sheet by its report's name, in the order of the file."""
    data = tomllib.loads(resource("disclosure", "registers.toml").read_text(encoding="utf-8"))
    return {
        one["report"]: RegisterSheet(one["letter"], one["report"], one["title"], one["when"] == "always")
        for one in data["sheet"]
    }

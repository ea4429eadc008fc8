"""The list of small powers (小微权力清单): who may decide what, on what basis, by which steps."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class Power:
    """One power of the list."""

    group: str
    name: str
    basis: str
    steps: tuple[str, ...]
    who: str
    days: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerList:
    """The list as it is hung on the wall, with where it comes from."""

    title: str
    source: str
    note: str
    effective: str
    powers: tuple[Power, ...]


@lru_cache(maxsize=1)
def power_list() -> PowerList:
    """The shipped list (rules/small_powers.toml)."""
    data: dict[str, Any] = tomllib.loads(resource("rules", "small_powers.toml").read_text(encoding="utf-8"))
    return PowerList(
        data["title"],
        data["source"],
        data["source_note"],
        data["effective"].isoformat(),
        tuple(
            Power(
                one["group"],
                one["name"],
                one["basis"],
                tuple(one["steps"]),
                one["who"],
                one["days"],
                tuple(one["forms"]),
            )
            for one in data["power"]
        ),
    )

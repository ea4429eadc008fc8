"""Which accounts' every entry stands on which special sheet (专项公开), read from resources/disclosure/special.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from village_ledger.domain.chart import Chart
from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class Special:
    """A sheet that lists every entry of some accounts."""

    letter: str
    report: str
    title: str
    group: str
    """``project``, ``account`` or ``party``: what the entries are told apart by."""
    flow: bool
    """Only what happened counts (报酬、分配): debits are what was given, and nothing stands over."""
    masked: bool
    always: bool
    takes: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Chart to (account prefix, words one of which the account's name holds)."""

    def leaves(self, chart_id: str, chart: Chart) -> list[str]:
        """The leaves whose entries stand on it."""
        return [
            leaf.code
            for leaf in chart
            if leaf.is_leaf
            and any(
                leaf.code.startswith(prefix)
                and (not words or any(word in chart.path(leaf.code) for word in words))
                for prefix, words in self.takes.get(chart_id, ())
            )
        ]


@lru_cache(maxsize=1)
def specials() -> dict[str, Special]:
    """Every special sheet by its report's name, in the order of their letters."""
    data = tomllib.loads(resource("disclosure", "special.toml").read_text(encoding="utf-8"))
    return {one["report"]: _special(one) for one in data["sheet"]}


def _special(one: Mapping[str, Any]) -> Special:
    takes = {
        chart: tuple(
            (take["account"], tuple(str(take.get("name", "")).split("|")) if take.get("name") else ())
            for take in some
        )
        for chart, some in one["take"].items()
    }
    return Special(
        one["letter"],
        one["report"],
        one["title"],
        one["group"],
        one.get("flow", False),
        one.get("masked", False),
        one["when"] == "always",
        takes,
    )

"""What is known of former charts, as data (rules/old_charts.toml)."""

from __future__ import annotations

import tomllib
from functools import cache

from village_ledger.domain.old_mapping import CERTAIN, Rule
from village_ledger.resources_dir import resource


@cache
def rules_of(chart_id: str) -> tuple[Rule, ...]:
    """The rules for a present chart, in the order they are asked; none for a chart the file does not name."""
    with resource("rules/old_charts.toml").open("rb") as stream:
        data = tomllib.load(stream)
    return tuple(
        Rule(
            one["first"],
            tuple(one.get("words", ())),
            one.get("to", ""),
            one.get("below", ""),
            one.get("certainty", CERTAIN),
            one.get("note", ""),
            one.get("only_old", False),
        )
        for chart in data["chart"]
        if chart["id"] == chart_id
        for one in chart.get("account", ())
    )

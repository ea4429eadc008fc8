"""Which accounts' every entry stands on which special sheet (专项公开), read from resources/disclosure/special.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    said: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    )
    """Chart to (account prefix, words one of which the summary must hold there); other entries of it are left out."""
    projects: tuple[str, ...] = ()
    """Words in a project's name: every entry tagged with it stands on the sheet, whatever its account."""
    resolutions: tuple[str, ...] = ()
    """Words in what a resolution is about: it is named on the sheet."""
    reads: tuple[str, ...] = ()
    """What is shown of a summary in columns of its own: basis, area, rate."""
    households: str = ""
    """Account prefix by whose counterparties what is due, paid and open is listed once more."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Labels of the columns income, expense and balance."""

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

    def shows(self, chart_id: str, account: str, summary: str) -> bool:
        """Whether an entry of one of its leaves is told: some accounts bear other things too (会议及误工补贴)."""
        for prefix, words in self.said.get(chart_id, ()):
            if account.startswith(prefix):
                return any(word in summary for word in words)
        return True


@lru_cache(maxsize=1)
def specials() -> dict[str, Special]:
    """Every special sheet by its report's name, in the order of their letters."""
    data = tomllib.loads(resource("disclosure", "special.toml").read_text(encoding="utf-8"))
    return {one["report"]: _special(one) for one in data["sheet"]}


def _words(text: Any) -> tuple[str, ...]:
    return tuple(str(text).split("|")) if text else ()


def _special(one: Mapping[str, Any]) -> Special:
    tags = one.get("tags", {})
    said = {
        chart: tuple((take["account"], _words(take["said"])) for take in some if "said" in take)
        for chart, some in one["take"].items()
    }
    takes = {
        chart: tuple((take["account"], _words(take.get("name"))) for take in some)
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
        said,
        _words(tags.get("project")),
        _words(tags.get("resolution")),
        tuple(one.get("reads", ())),
        one.get("households", ""),
        one.get("labels", {}),
    )

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
class Said:
    """An account of which only entries with some words in their summary are told."""

    account: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    quiet: bool
    """Whether the others are of another kind altogether, so that nobody looks for them here."""

    def fits(self, chart: Chart, account: str) -> bool:
        """Whether it speaks of a leaf."""
        path = chart.path(account)
        return account.startswith(self.account) and (
            not self.names or any(word in path for word in self.names)
        )


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
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict[str, "tuple[Said, ...]"])
    """Chart to accounts that bear other things too: only some of their entries are told."""
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
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """Chart to which money its entries are paid from, where they name no project."""

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

    def said_of(self, chart_id: str, chart: Chart, account: str) -> Said | None:
        """How entries of a leaf are told apart, None where all of them are told (会议及误工补贴 bears tea as well)."""
        return next((one for one in self.said.get(chart_id, ()) if one.fits(chart, account)), None)


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
        chart: tuple(
            Said(take["account"], _words(take.get("name")), _words(take["said"]), take.get("quiet", False))
            for take in some
            if "said" in take
        )
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
        one.get("sources", {}),
    )

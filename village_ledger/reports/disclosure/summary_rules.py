"""The words of the first page (明白纸), read from resources/disclosure/summary.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from village_ledger.domain.chart import Chart
from village_ledger.domain.errors import LedgerError
from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class MoneyGroup:
    """A kind of money in the words of the village, and the accounts beside the money that mean it."""

    name: str
    takes: tuple[tuple[str, tuple[str, ...]], ...]

    def rank(self, chart: Chart, code: str) -> tuple[bool, int] | None:
        """How well an account fits, None for not at all: words before none, a longer prefix before a shorter."""
        fits = [
            (bool(words), len(prefix))
            for prefix, words in self.takes
            if code.startswith(prefix) and (not words or any(word in chart.path(code) for word in words))
        ]
        return max(fits, default=None)


@dataclass(frozen=True, slots=True)
class SummaryRules:
    """Groups of money in and out, and the accounts of income and cost."""

    income: tuple[MoneyGroup, ...]
    expense: tuple[MoneyGroup, ...]
    result: tuple[str, ...]
    set_apart: tuple[MoneyGroup, ...] = ()
    """Credit balances that say what the money is for: 征地款、专项款."""

    def leaves_apart(self, chart: Chart) -> dict[str, list[str]]:
        """Name to the leaves whose balances are money for that purpose only."""
        return {
            group.name: [one.code for one in chart if one.is_leaf and group.rank(chart, one.code)]
            for group in self.set_apart
        }


def group_of(groups: Sequence[MoneyGroup], chart: Chart, code: str) -> str:
    """The name of the group an account's money belongs to; the last group takes what fits nowhere else."""
    ranked = [(rank, -place) for place, group in enumerate(groups) if (rank := group.rank(chart, code))]
    return groups[-max(ranked)[1]].name if ranked else groups[-1].name


@lru_cache(maxsize=4)
def summary_rules(chart_id: str) -> SummaryRules:
    """The words for a ledger with this chart; raises LedgerError when the file does not speak of it."""
    data = tomllib.loads(resource("disclosure", "summary.toml").read_text(encoding="utf-8"))
    for chart in data["charts"].values():
        if chart_id in chart["ids"]:
            return SummaryRules(
                _groups(chart["income"]),
                _groups(chart["expense"]),
                tuple(chart["result"]),
                _groups(chart.get("apart", ())),
            )
    raise LedgerError(
        f"科目 {chart_id} 还没有明白纸的归类", "请在 resources/disclosure/summary.toml 里加一份。"
    )


def _groups(some: Sequence[Mapping[str, Any]]) -> tuple[MoneyGroup, ...]:
    return tuple(MoneyGroup(one["name"], tuple(map(_take, one["take"]))) for one in some)


def _take(one: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    words = one.get("name", "")
    return one["account"], tuple(words.split("|")) if words else ()

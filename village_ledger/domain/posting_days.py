"""How long sheets hang, how soon people are answered and who checks: what the rules and the village's place say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import PostingError
from village_ledger.resources_dir import resource

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class PostingDays:
    """The days that hold for a ledger on a day."""

    name: str
    """Of the rules that say so."""
    board_days: int
    """Least days a sheet hangs."""
    reply_days: int
    """Days within which an objection is answered."""
    source: str = ""

    def removal_due(self, posted: date) -> date:
        """First day on which what was put up may come down."""
        return posted + timedelta(days=self.board_days)

    def reply_due(self, raised: date) -> date:
        """Last day for the answer."""
        return raised + timedelta(days=self.reply_days)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "posting.toml").read_text(encoding="utf-8"))


def reply_days(rules: str, day: date) -> tuple[int, str]:
    """Days for an answer under a set of rules on a day and where that stands; the general ones where it has none.

    Raises PostingError for a day before any rule.
    """
    for name in (rules, GENERAL):
        found = [one for one in _data()["reply"] if one["rules"] == name and one["effective"] <= day]
        if found:
            newest = max(found, key=lambda one: one["effective"])
            return int(newest["reply_days"]), str(newest["source"])
    first = min(one["effective"] for one in _data()["reply"])
    raise PostingError(f"{day} 还没有公开的规定", f"最早的规定从 {first} 起，请核对日期。")


def ways() -> tuple[str, ...]:
    """How an objection may come in, the usual one first."""
    return tuple(_data()["objection"]["ways"])


def places() -> tuple[str, ...]:
    """Where sheets usually hang."""
    return tuple(_data()["board"]["places"])


def supervisors_of(kind: LedgerKind) -> str:
    """Who checks the sheets of a kind of ledger: 监事会 or 村务监督委员会."""
    return str(_data()["supervisors"][kind.value])

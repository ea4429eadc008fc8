"""How long sheets hang and how soon people are answered: local rules by date (rules/posting.toml)."""

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
    """The days of one local rule from a day on."""

    rules: str
    """Id of the set of local rules, as in the disclosure calendar: general, shandong, zhejiang …"""
    name: str
    effective: date
    board_days: int
    """Least days a sheet hangs."""
    reply_days: int
    """Days within which an objection is answered."""
    source: str

    def removal_due(self, posted: date) -> date:
        """First day on which what was put up may come down."""
        return posted + timedelta(days=self.board_days)

    def reply_due(self, raised: date) -> date:
        """Last day for the answer."""
        return raised + timedelta(days=self.reply_days)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "posting.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def every_rule() -> tuple[PostingDays, ...]:
    """All of them as data."""
    return tuple(
        PostingDays(
            one["rules"],
            one["name"],
            one["effective"],
            one["board_days"],
            one["reply_days"],
            one["source"],
        )
        for one in _data()["days"]
    )


def ways() -> tuple[str, ...]:
    """How an objection may come in, the usual one first."""
    return tuple(_data()["objection"]["ways"])


def places() -> tuple[str, ...]:
    """Where sheets usually hang."""
    return tuple(_data()["board"]["places"])


def supervisors_of(kind: LedgerKind) -> str:
    """Who checks the sheets of a kind of ledger: 监事会 or 村务监督委员会."""
    return str(_data()["supervisors"][kind.value])


def days_on(rules: str, day: date) -> PostingDays:
    """What holds on a day under a set of local rules; the general ones where a place has none of its own.

    Raises PostingError for a day before any rule.
    """
    for name in (rules, GENERAL):
        found = [one for one in every_rule() if one.rules == name and one.effective <= day]
        if found:
            return max(found, key=lambda one: one.effective)
    first = min(one.effective for one in every_rule())
    raise PostingError(f"{day} 还没有公开的规定", f"最早的规定从 {first} 起，请核对日期。")

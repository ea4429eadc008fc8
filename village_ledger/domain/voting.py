"""Who votes by which rule: two laws, two sets of rules, exact in whole numbers and never mixed.

The fractions are data (rules/decisions.toml, and rules/resolutions.toml for the collective's bodies).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import DecisionError
from village_ledger.resources_dir import resource


class Law(Enum):
    """The law whose rules of voting hold; each rules one kind of ledger."""

    COLLECTIVE = "collective"
    COMMITTEE = "committee"

    @property
    def words(self) -> str:
        """Name of the law."""
        return str(_law(self)["name"])

    @property
    def who(self) -> str:
        """Whose matters it rules."""
        return str(_law(self)["who"])

    @property
    def articles(self) -> str:
        """Where in the law the rules stand."""
        return str(_law(self)["articles"])

    @classmethod
    def of(cls, kind: LedgerKind) -> Law:
        """The law of a kind of ledger."""
        return cls(kind.value)


@dataclass(frozen=True, slots=True)
class VoteRule:
    """What a vote must reach: a quorum of those entitled, a majority of them or of those present."""

    quorum: tuple[int, int]
    quorum_above: bool
    """More than the fraction, not only as much."""
    quorum_words: str
    majority: tuple[int, int]
    majority_above: bool
    of_all: bool
    """The majority is one of all who are entitled, not of those present."""
    majority_words: str
    source: str

    @classmethod
    def read(cls, data: dict[str, Any]) -> VoteRule:
        """A rule as the files write it."""
        return cls(
            (data["quorum"][0], data["quorum"][1]),
            data["quorum_above"],
            data["quorum_words"],
            (data["majority"][0], data["majority"][1]),
            data["majority_above"],
            data["majority_of"] == "eligible",
            data["majority_words"],
            data["source"],
        )

    def least_present(self, eligible: int) -> int:
        """How many must be there."""
        return _least(eligible, self.quorum, above=self.quorum_above)

    def least_in_favour(self, eligible: int, present: int) -> int:
        """How many must be in favour."""
        return _least(eligible if self.of_all else present, self.majority, above=self.majority_above)


def _least(base: int, fraction: tuple[int, int], *, above: bool) -> int:
    """The smallest whole number that reaches a fraction of a base, or exceeds it."""
    part, whole = fraction
    return base * part // whole + 1 if above else -(-base * part // whole)


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as counted; one that cannot be is refused with DecisionError."""

    eligible: int
    present: int
    in_favour: int
    against: int = 0
    abstained: int = 0

    def __post_init__(self) -> None:
        if self.eligible <= 0:
            raise DecisionError("应到人数要大于零", "请核对表决人数。")
        if not 0 <= self.present <= self.eligible:
            raise DecisionError(f"实到 {self.present} 人，应到只有 {self.eligible} 人", "请核对表决人数。")
        if min(self.in_favour, self.against, self.abstained) < 0:
            raise DecisionError("票数不能小于零", "请核对表决人数。")
        cast = self.in_favour + self.against + self.abstained
        if cast > self.present:
            raise DecisionError(
                f"赞成 {self.in_favour}、反对 {self.against}、弃权 {self.abstained} 共 {cast} 票，"
                f"实到只有 {self.present} 人",
                "请核对表决人数。",
            )

    @property
    def words(self) -> str:
        """As it is said in registers."""
        rest = f"，反对 {self.against}，弃权 {self.abstained}" if self.against or self.abstained else ""
        return f"应到 {self.eligible}，实到 {self.present}，赞成 {self.in_favour}{rest}"


def shortfalls(rule: VoteRule, name: str, vote: Vote) -> list[str]:
    """Sentences where a vote falls short; none for one that carried."""
    found: list[str] = []
    if vote.present < rule.least_present(vote.eligible):
        found.append(f"{name}到会 {vote.present} 人，不到{rule.quorum_words}（{rule.source}）。")
    if vote.in_favour < rule.least_in_favour(vote.eligible, vote.present):
        found.append(f"赞成 {vote.in_favour} 人，不到{rule.majority_words}（{rule.source}）。")
    return found


@dataclass(frozen=True, slots=True)
class Body:
    """A body that decides, under one law."""

    id: str
    name: str
    law: Law
    resolution: str
    """What its resolutions are entered as (rules/resolutions.toml)."""
    notice_days: int
    """Days between the notice of the meeting and the vote."""
    notice_source: str
    rules: tuple[tuple[date, VoteRule], ...]
    """The newest first, each with the day it holds from."""

    def rule_on(self, day: date) -> VoteRule:
        """What its vote had to reach on a day."""
        return next((rule for since, rule in self.rules if since <= day), self.rules[-1][1])


@lru_cache(maxsize=1)
def decision_data() -> dict[str, Any]:
    """rules/decisions.toml as it stands."""
    return tomllib.loads(resource("rules", "decisions.toml").read_text(encoding="utf-8"))


def _law(law: Law) -> dict[str, Any]:
    return next(one for one in decision_data()["law"] if one["id"] == law.value)


@lru_cache(maxsize=1)
def bodies() -> dict[str, Body]:
    """Every body by its id, those of the collective first."""
    text = resource("rules", "resolutions.toml").read_text(encoding="utf-8")
    shared: dict[str, list[dict[str, Any]]] = {}
    for one in tomllib.loads(text)["body"]:
        shared.setdefault(one["id"], []).append(one)
    return {data["id"]: _body(data, shared) for data in decision_data()["body"]}


def _body(data: dict[str, Any], shared: dict[str, list[dict[str, Any]]]) -> Body:
    versions = [data] if "quorum" in data else shared[data["id"]]
    return Body(
        data["id"],
        versions[0]["name"],
        Law(data["law"]),
        data["resolution"],
        data["notice_days"],
        data["notice_source"],
        tuple((one.get("effective", date.min), VoteRule.read(one)) for one in versions),
    )


def body(law: Law, body_id: str) -> Body:
    """A body under a law; raises DecisionError for one of the other law, or none at all."""
    found = bodies().get(body_id)
    if found is None:
        known = "、".join(one.id for one in bodies().values() if one.law is law)
        raise DecisionError(f"没有“{body_id}”这种会议", f"{law.who}的事可以由这些会议决定：{known}。")
    if found.law is not law:
        names = "、".join(one.name for one in bodies().values() if one.law is law)
        raise DecisionError(
            f"{law.who}的事不能由{found.name}决定：那是{found.law.who}的会议，表决依另一部法律",
            f"依《{law.words}》，可以由这些会议决定：{names}。",
        )
    return found

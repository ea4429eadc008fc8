"""The shipped measures of projects (rules/projects.toml), and what the limits in force ask of works."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Any

from village_ledger.domain.project_steps import WorksRules
from village_ledger.resources_dir import resource
from village_ledger.storage.reader import Reader


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "projects.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def ways() -> dict[str, str]:
    """Ways of contracting by id."""
    return {one["id"]: one["name"] for one in _data()["way"]}


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Kinds of projects by id."""
    return {one["id"]: one["name"] for one in _data()["kind"]}


@lru_cache(maxsize=1)
def defaults() -> dict[str, int]:
    """Per cents and months a card begins with."""
    return dict(_data()["defaults"])


def bidders(way: str) -> int:
    """Least number of bids of a way."""
    return next((one["bidders"] for one in _data()["way"] if one["id"] == way), 0)


def building_accounts(reader: Reader, ledger: str) -> list[str]:
    """Leaves on which works stand while they are built."""
    prefixes = tuple(_data()["building"].get(reader.ledger(ledger).chart_id, ()))
    return [a.code for a in reader.chart(ledger) if a.is_leaf and prefixes and a.code.startswith(prefixes)]


def works_rules(reader: Reader, ledger: str, day: date, amount: int, way: str = "") -> WorksRules:
    """What a step on a day must satisfy: the limits in force say who accepts and what is audited."""
    rules = reader.limit_set(ledger, day)
    return WorksRules(
        acceptors=rules.acceptors(amount) if rules else 0,
        audit_from=rules.audit_from if rules else 0,
        bidders=bidders(way),
        change_percent=defaults()["change_percent"],
    )

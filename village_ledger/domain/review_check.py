"""Automatic checks (自动审查): what a reviewer looks for first, as dated rules, and what was found by them.

The list is data (rules/review_checks.toml): a rule names the kind of look (code), its measures, how grave it is, and the rule
of law or habit it rests on. A county that measures otherwise changes the file, not the program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from village_ledger.domain.errors import LedgerError
from village_ledger.resources_dir import resource


class Severity(Enum):
    """How much a finding weighs; shown by mark and word."""

    GRAVE = "grave"
    PLAIN = "plain"
    SLIGHT = "slight"

    @property
    def words(self) -> str:
        """As a list shows it."""
        return {"grave": "重", "plain": "中", "slight": "轻"}[self.value]

    @property
    def place(self) -> int:
        """The gravest first."""
        return ("grave", "plain", "slight").index(self.value)


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """One check as the data file gives it."""

    id: str
    kind: str
    name: str
    severity: Severity
    text: str
    """The rule in words, as the opinion quotes it."""
    source: str
    effective: date
    measures: Mapping[str, Any]
    """What the kind of look measures by: sums in fen, days, words, account codes."""

    def fen(self, name: str) -> int:
        """A sum."""
        return int(self.measures[name])

    def count(self, name: str) -> int:
        """A number of days, times or per cent."""
        return int(self.measures[name])

    def words(self, name: str) -> tuple[str, ...]:
        """Words or account codes."""
        return tuple(cast("list[str]", self.measures.get(name, [])))


class LeadTo(Enum):
    """What a finding leads to."""

    VOUCHER = "voucher"
    ACCOUNT = "account"
    MONTH = "month"
    PAGE = "page"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a check found: in which ledger, what, how much (fen, 0 for none), and where it is looked up."""

    rule: ReviewRule
    ledger: str
    text: str
    amount: int = 0
    to: LeadTo = LeadTo.NOTHING
    key: str = ""
    """``2025-03/记-0012`` of a voucher, else a code, month or page."""
    others: tuple[str, ...] = ()
    """Further vouchers it is about."""


@lru_cache(maxsize=1)
def review_rules() -> tuple[ReviewRule, ...]:
    """Every check in force, in the file's order; raises LedgerError for a file that does not read as rules."""
    said = tomllib.loads(resource("rules", "review_checks.toml").read_text(encoding="utf-8"))
    known = {"id", "kind", "name", "severity", "text", "source"}
    try:
        rules = tuple(
            ReviewRule(
                one["id"],
                one["kind"],
                one["name"],
                Severity(one["severity"]),
                one["text"],
                one["source"],
                one.get("effective", said["effective"]),
                {key: value for key, value in one.items() if key not in known},
            )
            for one in said["check"]
        )
    except (KeyError, ValueError) as error:
        raise LedgerError(
            "自动审查的规则文件（review_checks.toml）写错了", "请恢复程序自带的规则文件。"
        ) from error
    if len({rule.id for rule in rules}) != len(rules):
        raise LedgerError("自动审查的规则文件里有两条同号", "请恢复程序自带的规则文件。")
    return rules

"""Who is named in full on a public sheet, where and why, read from resources/disclosure/privacy.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from village_ledger.resources_dir import resource

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a column names people in full."""

    words: str
    basis: str


@dataclass(frozen=True, slots=True)
class PrivacyRules:
    """What may be said of people on the board."""

    whole: Mapping[tuple[str, str], Reason]
    """(report or ``*``, column) to why its people are named in full."""
    offices: tuple[str, ...]
    """Words before a name that say somebody acts in office."""
    cut: re.Pattern[str]
    """What is never said of anybody: illness, disability."""

    def reason(self, report: str, column: str) -> Reason | None:
        """Why a column of a sheet names people in full, None when it does not."""
        return self.whole.get((report, column)) or self.whole.get((EVERY, column))

    def of_office(self, column: str) -> bool:
        """Whether a column names those who answer for an entry, on whatever sheet."""
        return (EVERY, column) in self.whole

    def holds_office(self, text: str, start: int) -> bool:
        """Whether the name beginning at ``start`` follows an office's word: 组长邓光明."""
        return text.endswith(self.offices, 0, start)


@lru_cache(maxsize=1)
def privacy_rules() -> PrivacyRules:
    """The rules as the file has them."""
    data = tomllib.loads(resource("disclosure", "privacy.toml").read_text(encoding="utf-8"))
    whole = {
        (one["report"], column): Reason(one["reason"], one["basis"])
        for one in data["whole"]
        for column in one["columns"]
    }
    return PrivacyRules(whole, tuple(data["offices"]), re.compile("|".join(data["cut"])))

"""One line of the check list before a month closes, as every area that has something to say makes it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.resources_dir import resource

if TYPE_CHECKING:
    from village_ledger.storage.closing.queries import Waiver


class Verdict(Enum):
    """How a line of the check list stands."""

    PASS = "pass"  # noqa: S105  no secret
    WARN = "warn"
    FAIL = "fail"


class Leads(Enum):
    """What a piece of evidence leads to."""

    VOUCHER = "voucher"
    """``key`` is a reference such as ``2025-03/记-0012``."""
    ACCOUNT = "account"
    """``key`` is an account code; its ledger is shown for the month."""
    MONTH = "month"
    """``key`` is a month such as ``2025-02``."""
    PAGE = "page"
    """``key`` is the name of a page of the window."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where one piece of evidence is looked up; ``ledger`` empty means the ledger being closed."""

    to: Leads
    key: str
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the check list; ``evidence`` are voucher numbers, days or accounts, said in words.

    ``leads`` stand beside ``evidence`` one by one, or alone, where an area knows the way; a voucher's number leads by
    itself.
    """

    rule: str
    verdict: Verdict
    text: str
    evidence: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    name: str = ""
    """What the line is called; empty takes the name of its rule (rules/closing.toml)."""
    waiver: Waiver | None = None
    """Why this very warning was let pass, if somebody wrote it down."""

    @property
    def title(self) -> str:
        """What the line is called in the list."""
        return self.name or closing_rules()["titles"].get(self.rule, self.rule)

    @property
    def waived(self) -> bool:
        """Whether it warns and a reason was written for what it says now."""
        return self.verdict is Verdict.WARN and self.waiver is not None


@lru_cache(maxsize=1)
def closing_rules() -> dict[str, Any]:
    """Names of the lines and measures of the reminders (rules/closing.toml)."""
    return tomllib.loads(resource("rules", "closing.toml").read_text(encoding="utf-8"))

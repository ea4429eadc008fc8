"""One line of the check list before a month closes, as every area that has something to say makes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """How a line of the check list stands."""

    PASS = "pass"  # noqa: S105  no secret
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the check list; ``evidence`` are voucher numbers, days or accounts."""

    rule: str
    verdict: Verdict
    text: str
    evidence: tuple[str, ...] = ()

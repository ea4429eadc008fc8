"""Where a remark is pinned: what the page in view stands on when F8 is pressed."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.review_check import Severity


@dataclass(frozen=True, slots=True)
class Pin:
    """A voucher, or a ledger as a whole; what the page already knows of severity, rule and words."""

    ledger: str
    place: str = ""
    """``2025-03/记-0012`` of a voucher, empty for the ledger."""
    text: str = ""
    rule: str = ""
    severity: Severity = Severity.PLAIN

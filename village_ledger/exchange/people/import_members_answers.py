"""What may be answered to a register's problems besides the right value: leave the row out, or the number to be found out."""

from __future__ import annotations

from typing import Final

from village_ledger.exchange.people.import_members_words import words
from village_ledger.exchange.reading.heading_rows import tidy

LEAVE_OUT: Final = "略去"
TO_CHECK: Final = "待核"
WAITING: Final = "身份证号待核"
"""Why somebody has no number until it is found out."""


def leaves_out(answer: str) -> bool:
    """Whether an answer leaves the row out."""
    return tidy(answer) in words()["answers"]["leave_out"]


def lets_wait(answer: str) -> bool:
    """Whether an answer leaves the number to be found out."""
    return tidy(answer) in words()["answers"]["to_check"]

"""What a summary says beside the event: papers' numbers, areas, days and rates, as accountants have always written them.

Nothing is worked out from these words: they are shown in columns of their own where a summary has them, and stay in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKETS = "（）()，。；、：\\s"
_PAPER = re.compile(rf"[^{_BRACKETS}]*〔\d{{4}}〕[^{_BRACKETS}]*?号")
_NUMBER = r"(\d+(?:,\d{3})*(?:\.\d+)?)"
_AREA = re.compile(rf"{_NUMBER}\s*亩")
_PER_MU = re.compile(rf"亩\s*[×xX*]\s*{_NUMBER}\s*元")
_DAYS = re.compile(rf"{_NUMBER}\s*(工日|个工|天|工)(?:\s*[×xX*]\s*{_NUMBER}\s*元)?")
_PEOPLE = re.compile(r"(\d+)\s*人")
_MONTHLY = re.compile(
    rf"(?:每月|月)\s*{_NUMBER}\s*元|{_NUMBER}\s*元\s*/\s*月|{_NUMBER}\s*元\s*[×xX*]\s*\d+\s*个?月"
    rf"|个月\s*[×xX*]\s*{_NUMBER}\s*元"
)


class Work(NamedTuple):
    """How much work was paid at what rate, as written; empty where the summary does not say."""

    days: str = ""
    """42工日."""
    rate: str = ""
    """60元/工日, 1,250元/月."""


def papers(text: str) -> list[str]:
    """Numbers of documents a text names: 镇财〔2025〕17号."""
    return list(
        dict.fromkeys(found.removeprefix("按").removeprefix("决议") for found in _PAPER.findall(text))
    )


def area(text: str) -> str:
    """The first area in 亩: 6.24; empty for none."""
    found = _AREA.search(text)
    return found[1] if found else ""


def rate_per_mu(text: str) -> str:
    """What was paid for a mu, yuan as written: 44,500; empty for none."""
    found = _PER_MU.search(text)
    return found[1] if found else ""


def people(text: str) -> str:
    """How many people: 7人; empty for none."""
    found = _PEOPLE.search(text)
    return f"{found[1]}人" if found else ""


def work(text: str) -> Work:
    """Days and rate."""
    found = _DAYS.search(text)
    if found and (found[2] != "天" or found[3]):
        return Work(
            f"{found[1]}{found[2]}", f"{found[3]}元/{found[2].removeprefix('个')}" if found[3] else ""
        )
    monthly = _MONTHLY.search(text)
    if monthly:
        return Work("", f"{next(one for one in monthly.groups() if one)}元/月")
    return Work()

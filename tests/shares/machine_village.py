"""The village of the share clerk's machine, before its first share: people, homes, classes and votes."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.builders import Village
from tests.services.months import close, close_year
from tests.shares.model import COLLECTIVE, Terms, Vote
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import Month
from village_ledger.services.people import people
from village_ledger.services.shares import share_charter, shares
from village_ledger.services.transfers import resolutions
from village_ledger.storage.unit_of_work import UnitOfWork

START = date(2025, 5, 1)
LAST = 40
"""Days anything may happen on, counted from the start."""
OPEN, CAPPED, NEW, FINE = "人口股", "农龄股", "成员股", "新股"
CLASSES = {
    OPEN: Terms(decimals=0),
    CAPPED: Terms(Fraction(20, 100), Fraction(5, 100)),
    NEW: Terms(Fraction(30, 100), heirs_above_cap=False),
    FINE: Terms(redeem_cap=Fraction(10, 100), decimals=3),
}
"""Decimals, and what the charter says; the first two are granted at the start."""
HOMES = {"甲": "001", "乙": "001", "丙": "002", "丁": "002", "戊": "003", "己": "004", "庚": "005"}
MORE_HOMES = ("006", "007")
OUTSIDER = "庚"
EVERYBODY = (*HOMES, COLLECTIVE)
VOTES = {
    "社1": Vote("assembly", START, 200, 150, 134),
    "社2": Vote("assembly", START, 200, 150, 133),
    "社3": Vote("assembly", START, 200, 133, 133),
    "代1": Vote("representatives", START, 31, 25, 21),
    "代2": Vote("representatives", START, 31, 25, 20),
    "理1": Vote("board", START, 5, 5, 3),
    "理2": Vote("board", START, 5, 4, 2),
    "理3": Vote("board", START, 5, 3, 3),
    "理9": Vote("board", START + timedelta(days=20), 5, 5, 5),
}

GIVEN = "社分"
"""Carried and published: the dividend of 2024."""


@cache
def blank() -> Path:
    """The village before its first share: people, classes, resolutions; 2024 is closed, with 100,000.00 to give away."""
    folder = Path(tempfile.mkdtemp(prefix="village_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with Village.found(folder, start="2024-01") as village:
        village.open_with("借 102 1000", "贷 301 1000")
        village.posted("2024-03-08", "收租金", "借 102 100000; 贷 501 100000")
        for month in range(1, 13):
            close(village, Month(2024, month))
        close_year(village, year=2024)
        with village.act() as uow:
            _settle(uow)
    return village.path


def _settle(uow: UnitOfWork) -> None:
    """People, classes and votes."""
    for name, household in HOMES.items():
        since = date(2020, 1, 1)
        new = NewPerson(name=name, household=household, since=since, note="没有办过证")
        if name != OUTSIDER:
            new = replace(new, status=Status.MEMBER, reason=Reason.CONFIRMED, confirmed_on=since)
        people.add(uow, new, "名册")
    for name, terms in CLASSES.items():
        made = shares.add_class(
            uow, name, terms.decimals, cap=_percent(terms.cap), redeem_cap=_percent(terms.redeem_cap)
        )
        if not terms.heirs_above_cap:
            share_charter.set_value(uow, "inherit_over_cap", "no", share_class=made.value)
    for number, vote in VOTES.items():
        votes = (vote.eligible, vote.present, vote.in_favour)
        resolutions.enter(uow, number, vote.day, vote.body, votes, "股份事项")
    votes = (200, 150, 140)
    resolutions.enter(uow, GIVEN, START, "assembly", votes, "2024年度分红", START - timedelta(days=12))


def _percent(part: Fraction | None) -> str:
    return "none" if part is None else f"{part * 100}%"

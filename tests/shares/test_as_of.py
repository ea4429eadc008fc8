"""The register as of a day is what its events up to that day leave, however it is read, in as many statements as ever."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.shares_village import POPULATION, ShareVillage
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.share import Balance, Bucket
from village_ledger.services.dividends import dividends
from village_ledger.services.shares import shares
from village_ledger.storage.people.records import Shareholder
from village_ledger.storage.people.register import PeopleRegister

NAMES = "赵钱孙李周吴郑王冯陈"
START, DAYS = date(2025, 1, 10), 300
LAND = "土地股"


@pytest.fixture(scope="module")
def village(tmp_path_factory) -> ShareVillage:
    """Ten people, two classes, and what happened to their shares in ten months, told in no order of days."""
    village = ShareVillage.found(tmp_path_factory.mktemp("as-of"))
    with village.act() as uow:
        shares.add_class(uow, LAND, 3, cap="none")
    village.people(*(f"{place:03d} {name}一 {name}二" for place, name in enumerate(NAMES[:5], 1)))
    accounts = [f"{place:03d}/{name}{n}" for place, name in enumerate(NAMES[:5], 1) for n in "一二"]
    for share in (POPULATION, LAND):
        to = ", ".join(f"{one}=100" for one in (*accounts, "集体"))
        village.share("grant", START.isoformat(), to=to, name=share)
    happen(village, accounts, random.Random(20250110))
    village.share("split", "2025-06-01", "001/赵二", "011")
    village.dies("002/钱一", "2025-08-01")
    with village.act() as uow:
        PeopleRegister(uow).add_household("012", START, "名册", group="第三组")
    village.share("merge", "2025-09-01", "003/孙二", "012")
    return village


def happen(village: ShareVillage, accounts: list[str], draw: random.Random) -> None:
    for number in range(120):
        kind = draw.choice(("transfer", "transfer", "gift", "pledge", "release", "freeze", "unfreeze"))
        giver, taker = draw.sample(accounts, 2)
        day = (START + timedelta(days=draw.randrange(DAYS))).isoformat()
        share, quantity = draw.choice((POPULATION, LAND)), str(draw.randint(1, 60))
        to = taker if kind in {"transfer", "gift"} else ""
        more = {"party": "农商行", "contract": f"质{number}"} if kind == "pledge" else {}
        try:
            village.share(kind, day, giver, to, quantity, name=share, **more)
        except LedgerError:
            continue  # not there, pledged, or used on a later day: refused, as in life


days = st.integers(-3, DAYS + 3).map(lambda n: START + timedelta(days=n))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days)
def test_as_of_any_day_is_the_events_replayed_to_it(village, day):
    held = {one.account_id: one.balance for one in village.reader.holdings(day)}
    assert held == replayed(village, day)
    assert {account: held for account, _, _, held in village.reader.held_in_all(day)} == {
        account: balance.total for account, balance in held.items()
    }
    totals: dict[int, Counter[Bucket]] = {}
    accounts = village.reader.share_accounts()
    for account, balance in held.items():
        of_class = totals.setdefault(accounts[account][0], Counter())
        of_class.update(
            {Bucket.FREE: balance.free, Bucket.PLEDGED: balance.pledged, Bucket.FROZEN: balance.frozen}
        )
    assert village.reader.share_totals(day) == {
        share: Balance(sums[Bucket.FREE], sums[Bucket.PLEDGED], sums[Bucket.FROZEN])
        for share, sums in totals.items()
    }
    for share, sums in totals.items():
        assert village.reader.class_total(share, day) == sum(sums.values())
        only = {one.account_id: one.balance for one in village.reader.holdings(day, share)}
        assert only == {account: one for account, one in held.items() if accounts[account][0] == share}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days)
def test_shareholders_are_the_people_of_the_day_in_fewer_words(village, day):
    assert village.reader.shareholders(day) == {
        one.id: Shareholder(one.household, one.name, one.group, one.death is not None, one.status)
        for one in village.reader.people(day)
    }


def test_what_happened_to_a_household_is_what_happened_to_each_of_it(village):
    reader = village.reader
    for household in reader.households():
        ids = [one.id for one in household.people]
        found = {event.number for one in ids for event in reader.share_events(person_id=one)}
        assert {event.number for event in reader.events_of(ids)} == found
        for one in ids:
            of_one = [event for event in reader.share_events() if event.person_id == one]
            accounts = {account for account, (_, person) in reader.share_accounts().items() if person == one}
            of_one += [e for e in reader.share_events() if any(x.account_id in accounts for x in e.lines)]
            assert {e.number for e in reader.share_events(person_id=one)} == {e.number for e in of_one}
        assert reader.household(household.code) == household
    assert reader.household("001", START - timedelta(days=9000)) is None


def replayed(village: ShareVillage, day: date) -> dict[int, Balance]:
    """Every account's buckets, added up from the first event on."""
    sums: dict[int, Counter[Bucket]] = {}
    for event in village.reader.share_events():
        if event.day <= day:
            for line in event.lines:
                sums.setdefault(line.account_id, Counter())[line.bucket] += line.delta
    return {
        account: Balance(one[Bucket.FREE], one[Bucket.PLEDGED], one[Bucket.FROZEN])
        for account, one in sums.items()
    }


def test_the_days_asked_of_had_pledges_and_frozen_shares(village):
    later = village.reader.holdings(START + timedelta(days=DAYS))
    assert sum(one.balance.pledged for one in later) > 0
    assert sum(one.balance.frozen for one in later) > 0


def test_a_dividend_is_worked_out_in_as_many_statements_for_many_holders_as_for_few(village, tmp_path):
    few = ShareVillage.found(tmp_path)
    few.people("001 赵一")
    few.share("grant", START.isoformat(), to="001/赵一=100")
    day = START + timedelta(days=DAYS)

    def parts(of: ShareVillage) -> Callable[[], object]:
        classes = of.reader.share_classes()[:1]
        return lambda: dividends.parts_on(of.reader, classes, day, day)

    assert statements(village, parts(village)) == statements(few, parts(few))


def test_as_of_takes_as_many_statements_for_many_events_as_for_one(village):
    assert statements(village, lambda: village.reader.holdings(START)) == 2
    assert statements(village, lambda: village.reader.holdings(START + timedelta(days=DAYS))) == 2


def statements(village: ShareVillage, read: Callable[[], object]) -> int:
    """How many questions the database was asked."""
    with counted(village) as asked:
        read()
    return len([sql for sql in asked if sql.startswith("SELECT")])


@contextmanager
def counted(village: ShareVillage) -> Iterator[list[str]]:
    asked: list[str] = []
    driver = village.reader.book_file.connection().driver
    driver.set_trace_callback(asked.append)
    try:
        yield asked
    finally:
        driver.set_trace_callback(None)

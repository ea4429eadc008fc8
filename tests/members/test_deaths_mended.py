"""A death written down, put on another day, taken back and written again: on every day it is what was said last."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shares_village import ShareVillage
from village_ledger.domain.member import Reason
from village_ledger.services.people import people, standing

KEY, START = "001/张三", date(2025, 5, 1)


def on(day: int) -> date:
    return START + timedelta(days=day)


def says(village: ShareVillage, died: date | None) -> None:
    """Every day says the same: alive and a member before, dead and none from the day of death on."""
    for day in (on(n) for n in range(42)):
        one = village.reader.person_at(KEY, day)
        is_dead = died is not None and died <= day
        assert (one.death, one.is_member) == (died if is_dead else None, not is_dead), day
    assert village.verify() == []


@pytest.fixture
def village(tmp_path: Path):
    with ShareVillage.found(tmp_path) as found:
        found.people("001 张三 李四")
        yield found


def mend(village: ShareVillage, day: date | None) -> None:
    with village.act() as uow:
        people.correct_death(uow, KEY, day, "派出所更正")


def test_taken_back_and_written_again_for_an_earlier_day(village):
    village.dies(KEY, on(38).isoformat())
    mend(village, None)
    says(village, None)
    village.dies(KEY, on(3).isoformat())
    says(village, on(3))


def test_put_later_and_then_earlier(village):
    village.dies(KEY, on(14).isoformat())
    mend(village, on(36))
    says(village, on(36))
    mend(village, on(10))
    says(village, on(10))
    mend(village, None)
    says(village, None)


def test_who_became_a_member_in_between_is_one_again(village):
    village.people("002 王五", status="none")
    village.decide("股社9号", "2025-05-10", "assembly", (186, 148, 139))
    key = "002/王五"
    with village.act() as uow:
        standing.admit(uow, key, on(20), Reason.MARRIAGE, "结婚", resolution="股社9号")
        people.record_death(uow, key, on(10), "死亡证明")
    assert not village.reader.person_at(key, on(30)).is_member
    with village.act() as uow:
        people.correct_death(uow, key, None, "派出所更正")
    assert not village.reader.person_at(key, on(15)).is_member
    assert village.reader.person_at(key, on(30)).is_member
    assert village.verify() == []


@settings(max_examples=15)
@given(days=st.lists(st.none() | st.integers(0, 40), min_size=1, max_size=6))
def test_whatever_is_said_in_whatever_order_the_last_word_counts(days, tmp_path_factory):
    with ShareVillage.found(tmp_path_factory.mktemp("deaths")) as village:
        village.people("001 张三 李四")
        said: date | None = None
        for day in days:
            new = None if day is None else on(day)
            if new == said:
                continue
            if said is None and new is not None:
                village.dies(KEY, new.isoformat())
            else:
                mend(village, new)
            said = new
        says(village, said)

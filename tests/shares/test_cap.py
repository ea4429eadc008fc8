"""I7 for grants: a first quantification is free, a later one lifts nobody above the cap, and a plan is judged as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.exchange.files import write_csv
from tests.shares.clerk import EVENTS
from tests.shares_village import ASSEMBLY, POPULATION, ShareVillage, request
from village_ledger.domain.errors import ImportRefused
from village_ledger.exchange.shares.import_shares import import_shares
from village_ledger.services.shares import share_charter, shares

TWENTY = [f"{n:03d}/成员{n:02d}" for n in range(1, 21)]
LABOUR = "农龄股"


def each(quantity: int, but: str = "", other: int = 0) -> str:
    """The same for everybody, something else for one."""
    return ", ".join(f"{who}={other if who == but else quantity}" for who in TWENTY)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """Twenty households of one member, nobody may hold more than 3 %; nothing granted yet."""
    with ShareVillage.found(tmp_path, cap="3%") as found:
        found.people(*(who.replace("/", " ") for who in TWENTY))
        with found.act() as uow:
            shares.add_class(uow, LABOUR, 2, cap="3%")
        yield found


@pytest.fixture
def equal(village: ShareVillage) -> ShareVillage:
    """The same, 10.00 granted to each on 2025-02-01: 5 % each."""
    village.share("grant", "2025-02-01", to=each(10))
    return village


def charter(village: ShareVillage, key: str, text: str, since: str) -> None:
    with village.act() as uow:
        share_class = uow.reader.share_class(POPULATION)
        since_day = date.fromisoformat(since)
        share_charter.set_value(uow, key, text, share_class=share_class, effective=since_day)


def test_twenty_equal_members_have_five_per_cent_each_and_it_is_said_once(village):
    with village.act() as uow:
        done = shares.post(uow, request("grant", "2025-02-01", to=each(10)))
    said = [one for one in done.warnings if "上限" in one]
    assert said == ["人口股第一次量化，20 个账户超过上限 3%：原来就超过的可以保留，不能再增加。"]
    assert set(village.held().values()) == {"10.00"}


def test_a_later_grant_that_leaves_everybody_his_part_passes(equal):
    equal.share("grant", "2025-06-01", to=each(2))
    assert set(equal.held().values()) == {"12.00"}


def test_a_later_grant_that_lifts_somebody_is_refused_by_name_and_part(equal):
    said = equal.refused("grant", "2025-06-01", to=each(2, TWENTY[4], 3))
    assert "005/成员05 会有人口股 13.00，占 5.39%，超过上限 3%（规则 I7" in said
    assert equal.held() == dict.fromkeys(TWENTY, "10.00")


def test_a_member_admitted_later_is_lifted_from_nothing(equal):
    equal.people("021 新来", since="2025-03-01")
    assert "占 4.76%，超过上限 3%（规则 I7" in equal.refused("grant", "2025-06-01", to="021/新来=10")
    equal.share("grant", "2025-06-01", to="021/新来=6")  # 6 of 206 are below 3 %


def test_the_organisation_has_no_cap(equal):
    equal.share("grant", "2025-06-01", to="集体=500")
    assert equal.held()["集体"] == "500.00"


def test_the_charter_may_say_that_it_is_only_said_from_its_day_on(equal):
    charter(equal, "grant_over_cap", "warn", "2025-06-01")
    assert "规则 I7" in equal.refused("grant", "2025-05-31", to=f"{TWENTY[0]}=1")
    equal.share("grant", "2025-06-01", to=f"{TWENTY[0]}=1")
    assert equal.held()[TWENTY[0]] == "11.00"


def test_a_grant_slipped_in_before_the_first_is_no_first(equal):
    assert "规则 I7" in equal.refused("grant", "2025-01-20", to=f"{TWENTY[0]}=500")


def test_after_everything_was_cancelled_a_new_plan_begins_again(equal):
    equal.share("cancel", "2025-05-01", to=each(10))
    equal.share("grant", "2025-05-02", to=each(7, TWENTY[0], 9))
    assert equal.held()[TWENTY[0]] == "9.00"


def rows(day: str, *quantities: tuple[str, str, str]) -> list[tuple[str, ...]]:
    return [(day, "量化", name, "", who, quantity, ASSEMBLY, "") for name, who, quantity in quantities]


def taken(village: ShareVillage, *lines: tuple[str, ...]) -> tuple[str, ...]:
    path = write_csv(village.path.parent / "方案.csv", lines, EVENTS)
    with village.act() as uow:
        return import_shares(uow, path).warnings


def plan(day: str, of_first: str = "10") -> list[tuple[str, ...]]:
    """Two classes, row by row a person: each row is an event of its own."""
    found = []
    for who in TWENTY:
        found += rows(day, (POPULATION, who, of_first if who == TWENTY[0] else "10"), (LABOUR, who, "5"))
    return found


def test_a_plan_row_by_row_is_no_first_row_against_itself(village):
    said = [one for one in taken(village, *plan("2025-02-01")) if "上限" in one]
    assert [one.split("，")[0] for one in said] == ["人口股第一次量化", "农龄股第一次量化"]
    assert village.reader.last_share_event() == 40
    assert len([one for one in taken(village, *plan("2025-06-01")) if "上限" in one]) == 0


def test_a_later_plan_names_the_row_that_lifts_somebody(village):
    taken(village, *plan("2025-02-01"))
    with pytest.raises(ImportRefused) as refused:
        taken(village, *plan("2025-06-01", of_first="12"))
    assert "第2行" in "".join(refused.value.faults)
    assert "001/成员01 会有人口股 22.00，占 5.47%，超过上限 3%（规则 I7" in "".join(refused.value.faults)
    assert village.reader.last_share_event() == 40


def test_nothing_is_said_of_a_plan_of_which_a_row_could_not_be_read(village):
    taken(village, *plan("2025-02-01"))
    bad = [*plan("2025-06-01"), *rows("2025-06-01", (POPULATION, "999/无此人", "1"))]
    with pytest.raises(ImportRefused) as refused:
        taken(village, *bad)
    assert "第42行" in "".join(refused.value.faults)
    assert "I7" not in "".join(refused.value.faults)

"""The register of random days from the exported csv of movements alone (``replay`` imports nothing of the program)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import count

import pytest

from tests import made
from tests.shares.clerk import Clerk
from tests.shares.replay import register, replay, rows
from tests.shares_village import ShareVillage
from village_ledger.services.people import people


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Clerk:
    return Clerk(made.demo(tmp_path_factory.mktemp("demo")), count(1))


def exported(clerk: Clerk, name: str, *options: object) -> list[dict[str, str]]:
    return rows(clerk.done("report", name, *options, "--format", "csv").out)


def agree(clerk: Clerk, days: list[date]) -> None:
    moved = exported(clerk, "share-movements", "--from", "1990-01-01", "--to", "2026-12-31")
    for day in days:
        assert replay(moved, day.isoformat()) == register(exported(clerk, "share-register", "--as-of", day))


def test_the_demonstration_village(demo):
    draw = random.Random(20251231)
    days = [date(2025, 1, 1) + timedelta(days=draw.randrange(365)) for _ in range(12)]
    agree(demo, [date(2019, 12, 31), *days, date(2025, 12, 31)])


def test_no_row_of_the_csv_is_a_sum(demo):
    moved = exported(demo, "share-movements", "--from", "1990-01-01", "--to", "2026-12-31")
    assert moved
    assert all(row["序号"] for row in moved)
    assert "净增减" not in {row["账户"] for row in moved}
    json = demo.report("share-movements", "--from", "1990-01-01", "--to", "2026-12-31")
    assert {row["role"] for row in json["rows"]} == {"detail", "total"}


@pytest.fixture
def village(tmp_path):
    with ShareVillage.found(tmp_path) as found:
        found.people("001 张三 张小", "002 李四")
        found.share("grant", "2025-01-10", to="001/张三=100, 001/张小=50, 002/李四=50")
        found.share("pledge", "2025-01-20", "001/张小", "", "7", contract="质1号")
        found.share("freeze", "2025-01-20", "001/张小", "", "5", party="法院")
        yield found


DAYS = [date(2025, 1, 9) + timedelta(days=n) for n in range(70)]


def test_who_lives_elsewhere_or_is_called_otherwise_takes_his_shares_along(village):
    clerk = Clerk(village.path, count(1))
    with village.act() as uow:
        day = date(2025, 2, 1)
        people.move_household(uow, uow.reader.person_at("001/张小", day), "002", day, "结婚")
        people.correct(uow, "002/李四", "name", "李思", "派出所更名", day=date(2025, 2, 10))
    agree(clerk, DAYS)
    moved = exported(clerk, "share-movements", "--from", "2025-02-01", "--to", "2025-02-28")
    assert [
        (row["序号"], row["事件"], row["账户"], row["可动"], row["质押"], row["冻结"]) for row in moved
    ] == [
        ("", "迁户、更名", "001/张小", "-38.00", "-7.00", "-5.00"),
        ("", "迁户、更名", "002/张小", "38.00", "7.00", "5.00"),
        ("", "迁户、更名", "002/李四", "-50.00", "0.00", "0.00"),
        ("", "迁户、更名", "002/李思", "50.00", "0.00", "0.00"),
    ]


def test_two_moves_on_one_day_are_one(village):
    village.share("split", "2025-02-01", "001/张小", "063", name="")
    village.share("merge", "2025-02-01", "063/张小", "002", name="")
    village.share("transfer", "2025-02-01", "002/张小", "001/张三", "3")
    village.share("transfer", "2025-01-25", "001/张三", "001/张小", "4")  # brought late
    agree(Clerk(village.path, count(1)), DAYS)

"""石门沟村 from its own files: the members, the plan of 2020, the events of 2025, and the same events with three faults."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.shares.clerk import BY, SAMPLES, Clerk

PLAN_DAY, LAST_DAY = "2020-01-06", "2025-12-31"


@pytest.fixture(scope="module")
def planned(tmp_path_factory) -> Clerk:
    """The village with its members, its classes and the plan of 2020."""
    clerk = Clerk.found(tmp_path_factory.mktemp("石门沟"))
    clerk.take_members(SAMPLES / "members_expected.csv")
    clerk.died("045/陈秀英", "2023-07-19")
    for name in ("人口股", "农龄股", "集体股"):
        clerk.share_class(name)
    clerk.resolution("石股社〔2020〕1号", PLAN_DAY, "assembly", "186/148/139")
    for number, day in (
        (2, "2025-02-10"),
        (3, "2025-03-05"),
        (4, "2025-03-18"),
        (5, "2025-04-02"),
        (9, "2025-11-11"),
    ):
        clerk.resolution(f"石股社理〔2025〕{number}号", day)
    clerk.resolution("石股社〔2025〕2号", "2025-06-10", "assembly", "186/148/139")
    clerk.done("share", "apply", SAMPLES / "shares_plan_expected.csv", *BY)
    return clerk


@pytest.fixture
def village(planned, tmp_path) -> Clerk:
    return planned.copy(tmp_path)


def rows_of(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sums(totals: dict[tuple[str, str], str]) -> dict[str, float]:
    found: dict[str, int] = {}
    for (_, share), total in totals.items():
        found[share] = found.get(share, 0) + round(float(total) * 100)
    return {share: quanta / 100 for share, quanta in found.items()}


def test_the_plan_gives_what_the_assembly_resolved(planned):
    totals = planned.totals(PLAN_DAY)
    assert sums(totals) == {"人口股": 2090.00, "农龄股": 1249.00, "集体股": 834.75}
    assert len([key for key in totals if key[1] == "人口股"]) == 209
    assert planned.register("2020-01-05") == {}
    assert list(totals) == sorted(totals, key=lambda key: key[0])


def test_the_events_of_2025_leave_what_was_worked_out_by_hand(village):
    village.done("share", "apply", SAMPLES / "transfers_2025.csv", *BY)
    expected = {
        (row["账户"], row["股份类别"]): row["2025-12-31数量"]
        for row in rows_of("transfers_2025_expected.csv")
    }
    assert village.totals(LAST_DAY) == expected
    assert sums(village.totals(LAST_DAY)) == {"人口股": 2090.00, "农龄股": 1249.00, "集体股": 834.75}
    assert village.done("verify").code == 0


def test_on_days_between_the_shares_lie_where_the_papers_say(village):
    village.done("share", "apply", SAMPLES / "transfers_2025.csv", *BY)
    assert village.register("2025-04-02")["060/罗显珍", "农龄股"][1:3] == ("3.00", "0.00")
    assert village.register("2025-10-08")["060/罗显珍", "农龄股"][1] == "3.00"
    assert village.register("2025-10-09")["060/罗显珍", "农龄股"][1] == "0.00"
    assert village.register("2025-09-29")["046/谯青山", "农龄股"][2] == "1.00"
    assert village.register("2025-09-30")["046/谯青山", "农龄股"][2] == "0.00"
    before, after = village.totals("2025-05-19"), village.totals("2025-05-20")
    assert before["007/唐荣华", "农龄股"] == after["063/唐荣华", "农龄股"] == "5.75"
    assert ("007/唐荣华", "农龄股") not in after


def test_three_faults_are_all_named_and_nothing_is_applied(village):
    said = village.refused("share", "apply", SAMPLES / "transfers_2025_bad.csv", *BY)
    named = [line for line in said.splitlines() if line.startswith("第")]
    assert sorted({line.split("行")[0] for line in named}) == ["第4", "第8", "第9"]
    assert "I8" in named[0]
    assert "I4" in named[1]
    assert "099" in named[-1]
    assert village.totals(LAST_DAY) == village.totals(PLAN_DAY)


@pytest.mark.parametrize("how", [("share", "apply"), ("import", "shares")])
def test_both_commands_take_the_same_file(village, how):
    if how[0] == "import":
        from tests.shares.clerk import command

        assert command("import", "shares", village.book, SAMPLES / "transfers_2025.csv", *BY).code == 0
    else:
        village.done(*how, SAMPLES / "transfers_2025.csv", *BY)
    assert village.totals(LAST_DAY)["005/唐勇", "人口股"] == "11.00"


def test_the_movements_as_exported_add_up_to_the_register_of_any_day(village):
    """Replayed by nothing but the csv: who the holder is on the day asked is the one thing the register knows more."""
    village.done("share", "apply", SAMPLES / "transfers_2025.csv", *BY)
    moved = village.table("share-movements", "--from", "2020-01-01", "--to", LAST_DAY)
    draw = random.Random(7)
    for day in [
        date(2020, 1, 6),
        *(date(2025, 1, 1) + timedelta(days=draw.randrange(365)) for _ in range(12)),
    ]:
        found: dict[tuple[str, str], list[Decimal]] = {}
        for row in moved:
            if row["序号"] and row["日期"] <= day.isoformat():  # sums below have no number
                buckets = found.setdefault((_holder(row["账户"]), row["股份类别"]), [Decimal(0)] * 3)
                for place, name in enumerate(("可动", "质押", "冻结")):
                    buckets[place] += Decimal(row[name] or 0)
        said = {
            (_holder(account), share): [Decimal(figure) for figure in figures[:3]]
            for (account, share), figures in village.register(day).items()
        }
        assert {key: buckets for key, buckets in found.items() if any(buckets)} == said


def _holder(text: str) -> str:
    """The person moves from 007 to 063 in May and is the same."""
    return text.replace("063/唐荣华", "007/唐荣华")

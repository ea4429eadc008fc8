"""What follows the table in the worked example (§6): a price, thirds, a household split and merged, two villages made one.

Each by the services and by commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shares.clerk import BY, Clerk, identity
from tests.shares_village import ASSEMBLY, POPULATION, ShareVillage, request
from village_ledger.services.shares import shares
from village_ledger.services.shares.share_checks import examine

A, B, JOINT = "甲村股", "乙村股", "合并股"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """Household 001 with M01 (100) and M07 (200), household 002 with M02 (50) and M03 (0)."""
    with ShareVillage.found(tmp_path) as found:
        found.people("001 M01 M07", "002 M02 M03")
        found.share("grant", "2025-01-10", to="001/M01=100, 001/M07=200, 002/M02=50, 集体=650")
        yield found


def totals(held: dict[str, str]) -> dict[str, float]:
    """Household to the sum of its members."""
    found: dict[str, float] = {}
    for account, quantity in held.items():
        household = account.partition("/")[0]
        found[household] = found.get(household, 0) + float(quantity)
    return found


def test_a_household_splits_and_merges_and_nothing_grows_or_shrinks(village):
    before = village.reader.holdings()
    assert totals(village.held())["001"] == 300
    village.share("split", "2025-02-01", "001/M07", "009", name="")
    assert {k: v for k, v in totals(village.held("2025-02-01")).items() if k in {"001", "009"}} == {
        "001": 100,
        "009": 200,
    }
    village.share("merge", "2025-03-01", "009/M07", "001", name="")
    assert totals(village.held("2025-03-01"))["001"] == 300
    assert village.reader.holdings() == before


def test_the_price_of_what_is_bought_back(village):
    asked = request("redeem", "2025-02-12", "001/M01", "集体", "33.34", price=200000)
    said = [check.detail for check in examine(village.reader, asked).checks if check.text == "价款"]
    assert said == ["33.34 份 × 每份 2,000.00 元 = 66,680.00 元"]
    village.share("redeem", "2025-02-12", "001/M01", "集体", "33.34", price=200000)
    assert village.reader.share_event(2).price == 200000


def test_thirds(village):
    village.dies("001/M01", "2025-02-01")
    village.share("inherit", "2025-02-10", "001/M01", "001/M07, 002/M02, 002/M03")
    held = village.held()
    assert (held["001/M07"], held["002/M02"], held["002/M03"]) == ("233.34", "83.33", "33.33")


def test_two_villages_become_one_by_net_value(village):
    with village.act() as uow:
        for name in (A, B, JOINT):
            shares.add_class(uow, name, 2, cap="none")
    village.share("grant", "2025-01-10", to="001/M01=400, 001/M07=350, 集体=250", name=A)
    village.share("grant", "2025-01-10", to="002/M02=400, 集体=200", name=B)
    village.share("convert", "2025-02-01", "", JOINT, "2.0", name=A)
    village.share("convert", "2025-02-01", "", JOINT, "1.5", name=B)
    assert village.held(name=JOINT) == {
        "001/M01": "800.00",
        "001/M07": "700.00",
        "002/M02": "600.00",
        "集体": "800.00",
    }
    joint = village.reader.share_class(JOINT)
    assert joint.text(village.reader.class_total(joint.id)) == "2900.00"
    assert village.held(name=A) == village.held(name=B) == {}
    assert village.held("2025-01-31", A)["001/M01"] == "400.00"
    assert village.held()["001/M01"] == "100.00"  # side by side: another class has its own pot
    assert village.verify() == []


# By command


@pytest.fixture(scope="module")
def founded(tmp_path_factory) -> Clerk:
    clerk = Clerk.found(tmp_path_factory.mktemp("并"))
    rows = [
        (code, head, name, relation, "男", identity(n), "是", "2020-01-01", "")
        for n, (code, head, name, relation) in enumerate(
            (
                ("001", "M01", "M01", "户主"),
                ("001", "M01", "M07", "家庭成员"),
                ("002", "M02", "M02", "户主"),
            ),
            start=1,
        )
    ]
    clerk.take_members(clerk.member_file(rows))
    for name in (A, B, JOINT):
        clerk.share_class(name, "--cap", "none")
    clerk.resolution(ASSEMBLY, "2025-01-05", "assembly", "200/150/140")
    clerk.apply(
        f"2025-01-10 grant {A} >001/M01 100 {ASSEMBLY}",
        f"2025-01-10 grant {A} >001/M07 200 {ASSEMBLY}",
        f"2025-01-10 grant {A} >集体 700 {ASSEMBLY}",
        f"2025-01-10 grant {B} >002/M02 600 {ASSEMBLY}",
    )
    return clerk


@pytest.fixture
def clerk(founded, tmp_path) -> Clerk:
    return founded.copy(tmp_path)


def of(clerk: Clerk, day: str, share: str) -> dict[str, str]:
    return {account: total for (account, name), total in clerk.totals(day).items() if name == share}


def test_split_and_merge_by_command(clerk):
    clerk.done("share", "split", "--person", "001/M07", "--household", "009", "--date", "2025-02-01", *BY)
    assert of(clerk, "2025-02-01", A) == {"001/M01": "100.00", "009/M07": "200.00", "集体": "700.00"}
    said = clerk.refused("share", "reverse", "--event", "3", "--date", "2025-02-02", *BY)
    assert "规则 I10" in said
    assert "请用并户改回" in said
    clerk.done("share", "merge", "--person", "009/M07", "--household", "001", "--date", "2025-03-01", *BY)
    assert of(clerk, "2025-03-01", A) == of(clerk, "2025-01-31", A)
    assert clerk.done("verify").code == 0


def test_two_villages_by_command(clerk):
    for share, ratio in ((A, "2.0"), (B, "1.5")):
        clerk.done(
            "share", "convert", "--class", share, "--to", JOINT, "--ratio", ratio,
            "--date", "2025-02-01", "--resolution", ASSEMBLY, *BY,
        )  # fmt: skip
    assert of(clerk, "2025-02-01", JOINT) == {
        "001/M01": "200.00",
        "001/M07": "400.00",
        "002/M02": "900.00",
        "集体": "1400.00",
    }
    assert of(clerk, "2025-01-31", B) == {"002/M02": "600.00"}
    assert "规则 折换" in clerk.refused(
        "share", "grant", "--class", A, "--to", "001/M01", "--quantity", "1",
        "--date", "2025-03-01", "--resolution", ASSEMBLY, *BY,
    )  # fmt: skip
    assert clerk.done("verify").code == 0
    assert POPULATION not in {name for _, name in clerk.totals("2025-02-01")}

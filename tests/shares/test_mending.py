"""How a split, a merge or a conversion is mended: what cannot be reversed says which way leads out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shares_village import ShareVillage
from village_ledger.services.shares import shares

NEW = "新股"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """张三 and 张小 in one household, 李四 in another: 100.00, 50.00 and 50.00; a class 新股 that is empty."""
    with ShareVillage.found(tmp_path) as found:
        found.people("001 张三 张小", "002 李四")
        found.share("grant", "2025-01-10", to="001/张三=100, 001/张小=50, 002/李四=50")
        with found.act() as uow:
            shares.add_class(uow, NEW, 2, cap="none")
        yield found


def test_a_split_is_not_reversed_it_is_merged_back(village):
    village.share("split", "2025-02-01", "001/张小", "063", name="")
    said = village.refused("reverse", "2025-02-02", reverses=2)
    assert "第 2 号变动是分户，没有份额可以冲销（规则 I10" in said
    assert "分户办错了请用并户改回" in said
    village.share("merge", "2025-02-02", "063/张小", "001", name="")
    assert village.held("2025-02-01")["063/张小"] == "50.00"
    assert village.held("2025-02-02")["001/张小"] == "50.00"
    assert village.verify() == []


def test_a_merge_is_split_again(village):
    village.share("merge", "2025-02-01", "002/李四", "001", name="")
    assert "并户办错了请用分户改回" in village.refused("reverse", "2025-02-02", reverses=2)
    village.share("split", "2025-02-02", "001/李四", "002", name="")  # its old household stands empty
    assert village.held("2025-02-02")["002/李四"] == "50.00"


@pytest.mark.parametrize(
    ("bind", "free"),
    [("pledge", "release"), ("freeze", "unfreeze")],
)
def test_nothing_bound_is_converted_until_it_is_free(village, bind, free):
    words = {"contract": "质1号", "party": "法院"}
    village.share(bind, "2025-02-01", "001/张小", "", "7", **words)
    said = village.refused("convert", "2025-02-02", "", NEW, "2")
    assert "人口股有 7.00 质押或冻结（规则 I4" in said
    assert "请先解除质押、冻结，再折换" in said
    village.share(free, "2025-02-02", "001/张小", "", "7", **words)
    village.share("convert", "2025-02-02", "", NEW, "2")
    assert village.held(name=NEW) == {"001/张三": "200.00", "001/张小": "100.00", "002/李四": "100.00"}


def test_a_converted_class_is_closed(village):
    village.share("convert", "2025-02-01", "", NEW, "2")
    for day in ("2025-01-20", "2025-03-01"):  # nor before: the class would not be empty when it closed
        said = village.refused("grant", day, to="001/张三=1")
        assert "人口股已由第 2 号变动折换成别的类，不再变动（规则 折换" in said
    assert "先冲销第 2 号" in village.refused("convert", "2025-03-01", "", "人口股", "1", name=NEW)


def test_a_conversion_is_reversed_whole_while_nothing_of_it_was_used(village):
    before = village.held()
    village.share("convert", "2025-02-01", "", NEW, "2")
    village.share("transfer", "2025-02-02", "001/张三", "002/李四", "1", name=NEW)
    said = village.refused("reverse", "2025-02-03", reverses=2)
    assert "001/张三 的份额后来已经用掉（规则 I10" in said
    village.share("reverse", "2025-02-03", reverses=3)
    village.share("reverse", "2025-02-03", reverses=2)
    assert village.held() == before
    assert village.held(name=NEW) == {}
    village.share("grant", "2025-02-04", to="001/张三=1")  # the old class is open again
    assert village.verify() == []


def test_what_is_pledged_of_the_new_class_keeps_the_conversion(village):
    village.share("convert", "2025-02-01", "", NEW, "2")
    village.share("pledge", "2025-02-02", "002/李四", "", "1", name=NEW, contract="质2号")
    assert "002/李四 的份额后来已经用掉（规则 I10" in village.refused("reverse", "2025-02-03", reverses=2)


def test_a_ratio_too_small_for_one_quantum_is_refused(village):
    assert "折不到新股的一个最小单位（规则 折换" in village.refused(
        "convert", "2025-02-01", "", NEW, "0.00001"
    )


def test_members_shares_do_not_become_the_organisations(village):
    with village.act() as uow:
        shares.add_class(uow, "集体股", 2, is_collective=True)
    assert "集体股只归集体" in village.refused("convert", "2025-02-01", "", "集体股", "1")


@pytest.mark.parametrize("second", ["release", "reverse"])
def test_another_pledge_of_the_account_does_not_stand_in_for_one_released_later(village, second):
    village.share("pledge", "2025-02-01", "001/张三", "", "10", contract="质1号", party="信用社")
    village.share("pledge", "2025-02-01", "001/张三", "", "10", contract="质2号", party="农商行")
    village.share("release", "2025-02-20", "001/张三", "", "10", contract="质1号")
    if second == "release":
        said = village.refused("release", "2025-02-10", "001/张三", "", "10", contract="质1号")
        assert "在 2025-02-10 以后已经解除，只能再解除 0.00（规则 I5" in said
    else:
        assert "质押后来已经解除（规则 I10" in village.refused("reverse", "2025-02-10", reverses=2)
    village.share("release", "2025-02-10", "001/张三", "", "10", contract="质2号")

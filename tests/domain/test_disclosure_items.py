"""Each account stands on one disclosure item: words before none, long before short, and two claims alike are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.chart import Account, Chart, CodeRule, LedgerKind, Side
from village_ledger.domain.disclosure_items import (
    ClassKind,
    Item,
    ItemClass,
    Items,
    Measure,
    Take,
    sort_out,
)
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.storage.charts import load_preset

CHART = Chart(
    LedgerKind.COLLECTIVE,
    CodeRule.parse("3-2-2-2"),
    [
        Account("501", "经营收入", Side.CREDIT, "损益", is_leaf=False),
        Account("50101", "农产品销售收入", Side.CREDIT, "损益", level=2, parent="501"),
        Account("50102", "发包收入", Side.CREDIT, "损益", level=2, parent="501"),
        Account("513", "管理费用", Side.DEBIT, "损益"),
    ],
)
INCOME = ItemClass("2", "收入", ClassKind.INCOME, covers=("501",))
SALES = Item(8, "2", "经营收入", (Take("501", Measure.NET),))
LETTING = Item(9, "2", "发包收入", (Take("501", Measure.NET, ("发包",)),))


def items(*some: Item) -> Items:
    return Items((INCOME,), some, "办法", "")


def test_a_rule_with_words_comes_before_one_without():
    found = sort_out(items(SALES, LETTING), CHART)
    assert found.taken == {8: (("50101", Measure.NET),), 9: (("50102", Measure.NET),)}
    assert not found.twice
    assert not found.nowhere


def test_a_longer_prefix_comes_before_a_shorter():
    fruit = Item(10, "2", "卖果", (Take("50101", Measure.NET),))
    assert sort_out(items(SALES, fruit), CHART).taken == {
        8: (("50102", Measure.NET),),
        10: (("50101", Measure.NET),),
    }


def test_two_items_that_claim_an_account_alike_are_named():
    again = Item(10, "2", "又一项", (Take("501", Measure.NET),))
    assert sort_out(items(SALES, again), CHART).twice == (
        "50101 农产品销售收入 同时归到第8项和第10项",
        "50102 发包收入 同时归到第8项和第10项",
    )


def test_an_account_no_item_takes_is_named():
    assert sort_out(items(LETTING), CHART).nowhere == ("50101",)


def test_one_account_may_stand_on_two_items_by_different_measures():
    owed = Item(35, "2", "欠集体的", (Take("501", Measure.OWED_TO_US),))
    owing = Item(37, "2", "集体欠的", (Take("501", Measure.OWED_BY_US),))
    found = sort_out(items(owed, owing), CHART)
    assert not found.twice
    assert found.item_of("50101", [Measure.OWED_BY_US]) == 37


@pytest.mark.parametrize("chart_id", ["collective_2023", "committee_collective", "committee_surplus"])
def test_the_shipped_items_take_every_account_of_a_shipped_chart_once(chart_id: str):
    preset = load_preset(chart_id)
    chart = Chart(LedgerKind.COLLECTIVE, CodeRule.parse(preset.code_widths), preset.accounts)
    found = sort_out(items_for(chart_id), chart)
    assert found.twice == ()
    assert found.nowhere == ()


def test_the_collective_has_eight_classes_and_forty_four_items():
    shipped = items_for("collective_2023")
    assert len(shipped.classes) == 8
    assert [item.number for item in shipped.items] == list(range(1, 45))
    assert [len(shipped.of(one.id)) for one in shipped.classes] == [7, 11, 10, 6, 0, 4, 6, 0]


@given(
    st.lists(
        st.tuples(st.sampled_from(["501", "50101", "5"]), st.sampled_from([(), ("收入",), ("发包",)])),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_the_mapping_an_account_is_counted_once_or_named(rules: list[tuple[str, tuple[str, ...]]]):
    some = [
        Item(number, "2", f"第{number}项", (Take(account, Measure.NET, words),))
        for number, (account, words) in enumerate(rules, 1)
    ]
    found = sort_out(items(*some), CHART)
    counted = [code for taken in found.taken.values() for code, _ in taken]
    assert len(counted) == len(set(counted))
    assert {"50101", "50102"} == {code for code in counted if code.startswith("501")} | set(found.nowhere)

"""Whatever the charts, the names and the claims: what stood in the old books stands in the new one, less what was eliminated."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.chart import Account, Chart, CodeRule, Dimension, LedgerKind, Side
from village_ledger.domain.merger import (
    Decisions,
    OldBalance,
    OldLedger,
    Source,
    by_demands,
    household_codes,
)
from village_ledger.domain.merger_openings import merge_plan
from village_ledger.domain.merger_proof import prove
from village_ledger.domain.merger_shares import Held, buckets, by_value
from village_ledger.domain.share import Balance
from village_ledger.storage.charts import load_preset

KIND = LedgerKind.COLLECTIVE
PRESET = load_preset("collective_2023")
BASE = Chart(KIND, CodeRule.parse(PRESET.code_widths), PRESET.accounts)
VILLAGES = ("青山村", "白云村", "响水村")
ENTITIES = {KIND: "新社", LedgerKind.COMMITTEE: "新村委会"}
NAMES = ("农商行", "信用社", "承包款", "押金", "成员分红", "肥料")
PARTIES = ("张三", "农资站", "001/李四", *(f"{village}社" for village in VILLAGES), "青山村村委会")


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """The shipped chart with some sub-accounts of a village's own, at codes of its own."""
    chart = BASE
    for parent in draw(
        st.lists(st.sampled_from(["102", "112", "113", "121", "211", "311", "501"]), max_size=5)
    ):
        used = {a.name for a in chart if a.parent == parent}
        name = draw(st.sampled_from([n for n in NAMES if n not in used] or ["其他"]))
        code = f"{parent}{draw(st.integers(1, 99)):02d}"
        if code not in chart and name not in used:
            above = chart.get(parent)
            made = Account(code, name, above.side, above.category, demands=above.demands)
            chart, _ = chart.with_account(made)
    return chart


@st.composite
def sources(draw: st.DrawFn) -> list[Source]:
    """Two or three villages whose trial balances balance."""
    found: list[Source] = []
    for number, village in enumerate(VILLAGES[: draw(st.integers(2, 3))], 1):
        chart = draw(charts())
        leaves = [a for a in chart if a.is_leaf and a.active]
        rows: list[OldBalance] = []
        for account in draw(st.lists(st.sampled_from(leaves), max_size=12)):
            party = draw(st.sampled_from(PARTIES)) if Dimension.COUNTERPARTY in account.demands else ""
            project = draw(st.sampled_from(["路", "水池"])) if Dimension.PROJECT in account.demands else ""
            rows.append(OldBalance(account.code, party, project, draw(st.integers(-(10**6), 10**6))))
        whole = sum(row.balance for row in rows)
        equity = next(a.code for a in leaves if a.code.startswith("311"))
        rows.append(OldBalance(equity, "", "", -whole))
        balances = by_demands(chart, rows)
        ledger = OldLedger(KIND.value, KIND, "集体账", f"{village}社", PRESET.id, chart, balances)
        found.append(Source(number, village, (ledger,), frozenset({"张三"}), {"001": f"{number}-001"}))
    return found


@given(sources())
def test_sums_are_conserved_whatever_the_mapping(villages):
    plan = merge_plan(villages, {KIND: BASE}, ENTITIES, Decisions(reason="试"))
    if plan.faults:  # a code range is full: nothing is made
        assert not plan.openings
        return
    proof = prove(plan.origins, plan.openings, {KIND.value: 3})
    assert proof.faults == ()
    old = sum(abs(row.balance) for one in villages for x in one.ledgers for row in x.balances)
    gone = sum(abs(one.old.balance) for one in plan.origins if one.eliminated)
    kept = sum(abs(one.old.balance) for one in plan.origins if not one.eliminated)
    assert old == gone + kept
    assert sum(opening.balance for opening in plan.openings) == 0


@given(sources())
def test_no_balance_swallows_another(villages):
    """Assets and debts of two villages under one name are not netted away: only what is mutual ends."""
    plan = merge_plan(villages, {KIND: BASE}, ENTITIES, Decisions(reason="试"))
    chart = plan.charts[KIND.value].chart if KIND.value in plan.charts else BASE
    signs: dict[tuple[str, str, str], set[int]] = {}
    for one in plan.origins:
        if not one.eliminated and one.old.balance and chart.get(one.account).two_way and one.party:
            signs.setdefault(one.place[1:], set()).add(1 if one.old.balance > 0 else -1)
    assert all(len(found) == 1 for found in signs.values())


@given(sources())
def test_every_old_account_has_one_place_and_every_place_is_a_leaf(villages):
    plan = merge_plan(villages, {KIND: BASE}, ENTITIES, Decisions(reason="试"))
    for placed in plan.charts.values():
        codes = [account.code for account in placed.chart]
        assert len(codes) == len(set(codes))
        for opening in plan.openings:
            assert placed.chart.get(opening.account).is_leaf


@given(st.lists(st.lists(st.text("0123456789", min_size=1, max_size=4), unique=True), min_size=1, max_size=4))
def test_household_numbers_never_meet(codes):
    villages = [f"村{i}村" for i in range(len(codes))]
    found = household_codes(villages, codes)
    every = [new for one in found for new in one.values()]
    assert len(every) == len(set(every)) == sum(map(len, codes))


HELD = st.builds(
    Held,
    st.text(min_size=1, max_size=3),
    st.integers(1, 99),
    st.just("成员股"),
    st.integers(0, 6),
    st.builds(Balance, st.integers(0, 10**6), st.integers(0, 100), st.integers(0, 100)),
    st.booleans(),
)


@given(
    st.lists(HELD, min_size=1, max_size=20), st.integers(1, 10**10), st.integers(1, 10**6), st.integers(0, 4)
)
def test_by_value_nothing_is_lost_but_what_is_below_a_quantum(held, worth, unit, decimals):
    result = by_value(held, worth, unit, decimals)
    assert sum(result.parts) == result.whole
    if any(one.weight for one in held):
        assert 0 <= result.rest < 1
        assert (result.whole + result.rest) * unit == worth * 10**decimals


@given(
    st.integers(0, 10**9), st.builds(Balance, st.integers(0, 999), st.integers(0, 999), st.integers(0, 999))
)
def test_buckets_hold_all_of_it(new, old):
    found = buckets(new, old)
    assert found.total == new
    assert min(found) >= 0


def test_a_name_on_a_line_parts_no_balance_of_an_account_not_kept_by_it():
    rows = [
        OldBalance("101", "张三", "", 100),
        OldBalance("101", "", "", -40),
        OldBalance("112", "张三", "", 7),
    ]
    assert by_demands(BASE, rows) == (OldBalance("101", "", "", 60), OldBalance("112", "张三", "", 7))


def test_a_bank_account_never_becomes_one_with_another_village_s():
    banks = [BASE.with_account(replace(BASE.get("102"), code="10201", name="农商行"))[0]] * 2
    villages = [
        Source(
            number,
            village,
            (
                OldLedger(
                    KIND.value, KIND, "", f"{village}社", PRESET.id, chart, (OldBalance("10201", "", "", 5),)
                ),
            ),
        )
        for number, (village, chart) in enumerate(zip(VILLAGES, banks, strict=False), 1)
    ]
    plan = merge_plan(villages, {KIND: BASE}, ENTITIES, Decisions())
    assert [(x.account, x.balance) for x in plan.openings] == [("10201", 5), ("10202", 5)]
    assert plan.charts[KIND.value].chart.get("10202").name == "农商行（白云村）"
    assert plan.charts[KIND.value].chart.get("10202").side is Side.DEBIT

"""Whatever stood in the old books, nothing is lost or made up on the way: the plan's figures are the old ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.chart import Chart, CodeRule, LedgerKind
from village_ledger.domain.old_mapping import Mapper, place
from village_ledger.domain.old_plan import Figures, Planner, Scope, YearEndRule, compare, planned_figures
from village_ledger.domain.old_program import (
    OldAccount,
    OldBalance,
    OldItem,
    OldLine,
    OldProgram,
    OldRecords,
    OldVoucher,
    faults_of,
    gaps_of,
)
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.oldbooks.old_book_rules import rules_of
from village_ledger.storage.charts import load_preset

YEAR = Span.of_year(2024)
OLDS = (
    OldAccount("101", "101", ("现金",)),
    OldAccount("10201", "102.01", ("银行存款", "农商行")),
    OldAccount("11301", "113.01", ("内部往来", "应收承包款")),
    OldAccount("20201", "202.01", ("应付款", "押金")),
    OldAccount("31101", "311.01", ("公积公益金", "收益提取")),
    OldAccount("32202", "322.02", ("收益分配", "未分配收益")),
    OldAccount("321", "321", ("本年收益",)),
    OldAccount("50101", "501.01", ("经营收入", "租赁收入")),
    OldAccount("54102", "541.02", ("管理费用", "办公费")),
)
MEMBERS = (OldItem("成员", "001", "张三"), OldItem("成员", "002", "李四"), OldItem("成员", "003", "张三"))
CHART = Chart(LedgerKind.COLLECTIVE, CodeRule.parse("3-2-2-2"), load_preset("collective_2023").accounts)
PLACED = place(Mapper(CHART, rules_of("collective_2023")).proposals(OLDS), CHART, lambda _code: True)
RULE = YearEndRule("321", "32202", "32201", frozenset(a.code for a in PLACED.chart if a.category == "损益"))

AMOUNTS = st.integers(-(10**8), 10**8).filter(bool)
SIDES = st.tuples(st.sampled_from(OLDS), st.sampled_from(OLDS), AMOUNTS, st.sampled_from(MEMBERS))
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)) | st.just(date(2024, 12, 31))
VOUCHERS = st.lists(st.tuples(DAYS, SIDES), min_size=1, max_size=12)
OPENINGS = st.lists(SIDES, max_size=6)


def beside(account, member):
    return member if account.code == "11301" else None


def records(openings, vouchers, *, leave=()):
    """A year of old books: the balances follow from the openings and the vouchers."""
    figures = {}

    def move(account, member, column, fen):
        row = figures.setdefault((account.code, beside(account, member)), [0, 0, 0])
        row[column] += fen

    for debtor, creditor, fen, member in openings:
        move(debtor, member, 0, fen)
        move(creditor, member, 0, -fen)
    made, numbers = [], {}
    for day, (debtor, creditor, fen, member) in sorted(vouchers, key=lambda x: x[0]):
        number = numbers[Month.of(day)] = numbers.get(Month.of(day), 0) + 1
        if number in leave:
            number = numbers[Month.of(day)] = number + 1
        voucher = OldVoucher(len(made) + 1, day, "记", number)
        voucher.lines = [
            OldLine(1, "摘要", debtor.code, beside(debtor, member), fen, 0),
            OldLine(2, "摘要", creditor.code, beside(creditor, member), 0, fen),
        ]
        move(debtor, member, 1, fen)
        move(creditor, member, 2, fen)
        made.append(voucher)
    balances = [
        OldBalance(row, code, item, opening, debit, credit, opening + debit - credit)
        for row, ((code, item), (opening, debit, credit)) in enumerate(figures.items(), 1)
    ]
    accounts = {x.code: x for x in OLDS}
    return OldRecords(OldProgram.KINGDEE, "小村", YEAR, accounts, balances, made, ["甲.xlsx"], "x")


@pytest.mark.parametrize(
    "scope",
    [
        Scope(True, "opening", finish_year=True, renumber=False),
        Scope(True, "opening", finish_year=False, renumber=False),
        Scope(True, "opening", finish_year=True, renumber=True),
        Scope(False, "closing", finish_year=False, renumber=False),
        Scope(False, "opening", finish_year=False, renumber=False),
    ],
)
@given(openings=OPENINGS, vouchers=VOUCHERS)
def test_nothing_is_lost_on_the_way(scope, openings, vouchers):
    old = records(openings, vouchers)
    assert faults_of(old) == []
    plan = Planner(old, PLACED.places, RULE).plan(scope, {})
    assert all(x.agrees for x in compare(plan, planned_figures(plan)))
    taken = len(plan.vouchers) + len(plan.closing)
    assert taken == (len(vouchers) if scope.with_vouchers and scope.finish_year else taken)


@given(openings=OPENINGS, vouchers=VOUCHERS)
def test_the_whole_is_the_old_whole(openings, vouchers):
    old = records(openings, vouchers)
    plan = Planner(old, PLACED.places, RULE).plan(
        Scope(True, "opening", finish_year=True, renumber=False), {}
    )
    whole = Figures(
        sum(x.opening for x in old.balances),
        sum(x.debit for x in old.balances),
        sum(x.credit for x in old.balances),
        sum(x.closing for x in old.balances),
    )
    after = planned_figures(plan).values()
    assert Figures(*(sum(x[n] for x in after) for n in range(4))) == whole
    assert sum(row.debit - row.credit for row in plan.openings) == 0


@given(openings=OPENINGS, vouchers=VOUCHERS, leave=st.sets(st.integers(1, 6), max_size=2))
def test_renumbered_there_is_no_gap_and_the_old_number_stays(openings, vouchers, leave):
    old = records(openings, vouchers, leave=leave)
    plan = Planner(old, PLACED.places, RULE).plan(Scope(True, "opening", finish_year=True, renumber=True), {})
    numbers = {}
    for one in [*plan.vouchers, *plan.closing]:
        numbers.setdefault(Month.of(one.day), []).append(one.number)
    assert all(sorted(some) == list(range(1, len(some) + 1)) for some in numbers.values())
    moved = sum("（原记-" in one.lines[0].summary for one in [*plan.vouchers, *plan.closing])
    assert moved == plan.renumbered
    assert bool(moved) <= bool(gaps_of(old.vouchers))


@given(vouchers=VOUCHERS)
def test_only_the_years_last_day_carries_it_forward(vouchers):
    plan = Planner(records([], vouchers), PLACED.places, RULE).plan(
        Scope(True, "opening", finish_year=True, renumber=False), {}
    )
    for one in plan.closing:
        codes = {line.account for line in one.lines}
        assert one.day == date(2024, 12, 31)
        assert codes & {"321", "32202"}
        assert all(code in {"321", "32202"} or code.startswith(("5", "32201")) for code in codes)


def test_namesakes_stay_two_people():
    member = [(OLDS[2], OLDS[0], 100, MEMBERS[0]), (OLDS[2], OLDS[0], 200, MEMBERS[2])]
    plan = Planner(records(member, [(date(2024, 1, 5), member[0])]), PLACED.places, RULE).plan(
        Scope(True, "opening", finish_year=True, renumber=False), {}
    )
    owed = {row.counterparty: row.debit for row in plan.openings if row.account == "113"}
    assert owed == {"张三（001）": 100, "张三（003）": 200}

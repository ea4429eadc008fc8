"""The year's plan beside what came of it; a period nothing happened in, and one over two years."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, Village
from tests.services.months import close_through, close_year
from village_ledger.domain.disclosure_items import plan_parts
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make, make_all
from village_ledger.reports.disclosure.sheet_b import ItemFigures
from village_ledger.reports.table import Cell, Role, Table
from village_ledger.services.planning import budgets
from village_ledger.storage.templates.queries import BudgetLine

QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


def sheet(village: Village, report: str, span: Span = QUARTER) -> Table:
    return make(village.reader, report, ReportRequest(COLLECTIVE, span))


def cells(table: Table, item: int) -> dict[str, Cell]:
    keys = [column.key for column in table.columns]
    return next(dict(zip(keys, row.cells, strict=True)) for row in table.rows if row.cells[1] == item)


def plan(village: Village, *lines: tuple[str, int], resolution: str = "青社代〔2025〕1号") -> None:
    with village.act() as uow:
        some = [BudgetLine(account, "", fen, "") for account, fen in lines]
        budgets.set_budget(uow, COLLECTIVE, 2025, resolution, some)


def test_the_plan_stands_beside_its_items_with_what_came_of_it(village: Village):
    for parent, name in (("501", "发包收入"), ("501", "出租收入"), ("513", "管理人员工资")):
        village.add_account(parent, name)
    plan(village, ("50101", 40000_00), ("50102", 10000_00), ("51301", 3000_00), ("153", 80000_00))
    village.posted("2025-02-08", "收鱼塘承包款", "借 102 12340; 贷 50101 12340")
    village.posted("2025-03-01", "付工资", "借 51301 3300; 贷 102 3300")
    table = sheet(village, "disclosure-items")
    assert cells(table, 1)["note"] == "计划收入 50,000.00，计划支出 3,000.00"
    assert cells(table, 3)["plan"] == 80000_00
    contracted, pay, let = cells(table, 9), cells(table, 20), cells(table, 8)
    assert (contracted["plan"], contracted["done"]) == (40000_00, "30.9")
    assert (pay["plan"], pay["done"]) == (3000_00, "110.0")
    assert (let["plan"], let["done"], let["note"]) == (10000_00, "0.0", "")
    assert "2025年财务计划：第 1 版，青社代〔2025〕1号。" in table.notes


def test_a_sum_is_no_share_of_a_plan_that_left_something_out(village: Village):
    village.add_account("501", "发包收入")
    plan(village, ("50101", 1000_00))
    village.posted("2025-02-08", "收承包款", "借 102 500; 贷 50101 500")

    def done() -> Cell:
        table = sheet(village, "disclosure-items")
        sums = next(row for row in table.rows if row.role is Role.SUBTOTAL)
        return sums.cells[table.column_index("done")]

    assert done() == "50.0"
    village.posted("2025-02-09", "收利息", "借 102 5; 贷 504 5")
    assert done() is None


def test_a_plan_for_an_account_above_counts_what_lies_in_it_once(village: Village):
    village.add_account("501", "发包收入")
    village.add_account("501", "出租收入")
    plan(village, ("501", 50000_00), ("50101", 40000_00))
    table = sheet(village, "disclosure-items")
    assert cells(table, 9)["plan"] == 40000_00
    assert cells(table, 8)["plan"] == 10000_00
    sums = [row for row in table.rows if row.role is Role.SUBTOTAL]
    assert sums[0].cells[table.column_index("plan")] == 50000_00


def test_without_a_plan_the_sheet_says_so(village: Village):
    table = sheet(village, "disclosure-items")
    assert [cells(table, number)["note"] for number in range(1, 8)] == ["无"] * 7
    assert "2025年还没有财务计划，计划和完成两栏空着。" in table.notes


def test_a_revised_plan_is_the_newest_one(village: Village):
    plan(village, ("504", 100_00))
    plan(village, ("504", 200_00), resolution="青社代〔2025〕4号")
    table = sheet(village, "disclosure-items")
    assert cells(table, 18)["plan"] == 200_00
    assert "2025年财务计划：第 2 版（调整过），青社代〔2025〕4号。" in table.notes


def test_done_is_half_up_and_says_nothing_without_a_plan():
    assert ItemFigures(year=1, plan=2000).done == "0.1"
    assert ItemFigures(year=-50, plan=100).done == "-50.0"
    assert ItemFigures(year=50, plan=0).done is None
    assert ItemFigures(plan=50).done is None


trees = st.lists(
    st.tuples(
        st.sampled_from(("5", "51", "511", "512", "52")), st.sampled_from(("", "路")), st.integers(1, 99)
    ),
    unique_by=lambda line: line[:2],
)


@given(trees)
def test_the_parts_of_a_plan_add_up_to_its_outermost_lines(lines: list[tuple[str, str, int]]):
    def inside(line: tuple[str, str, int], other: tuple[str, str, int]) -> bool:
        return line[:2] != other[:2] and line[0].startswith(other[0]) and other[1] in ("", line[1])

    outermost = [line for line in lines if not any(inside(line, other) for other in lines)]
    # a project of an account may lie in two lines that do not hold each other; then it is taken off both
    tree = all(
        len(
            [o for o in lines if inside(line, o) and not any(inside(x, o) and inside(line, x) for x in lines)]
        )
        <= 1
        for line in lines
    )
    if tree:
        assert sum(own for _, own in plan_parts(lines)) == sum(amount for *_, amount in outermost)


def test_a_period_nothing_happened_in_says_so_on_every_sheet(village: Village):
    village.open_with("借 101 1200", "贷 311 1200")
    tables = make_all(village.reader, "disclosure", ReportRequest("", QUARTER))
    assert [check for table in tables for check in table.checks if not check.ok] == []
    account = sheet(village, "disclosure")
    assert [row.role for row in account.rows] == [Role.OPENING, Role.TOTAL, Role.SECTION]
    assert account.notes[0] == "收支：无。这一期没有收钱，也没有付钱。"
    assert (account.facts["opening"], account.facts["closing"]) == (1200_00, 1200_00)


def test_a_period_over_two_years_counts_the_last_year_by_itself(village: Village):
    village.posted("2025-11-08", "收租金", "借 102 600; 贷 501 600")
    village.posted("2025-12-30", "收租金", "借 102 70; 贷 501 70")
    close_through(village, 12)
    close_year(village)
    village.posted("2026-01-05", "收租金", "借 102 8; 贷 501 8")
    village.posted("2026-01-06", "计提", "借 513 9; 贷 212 9")
    table = sheet(village, "disclosure", Span(date(2025, 12, 1), date(2026, 1, 31)))
    assert table.title == "青山村 2025-12-01 至 2026-01-31 财务收支公开表"
    assert (table.facts["income"], table.facts["year_income"]) == (78_00, 8_00)
    assert table.heading[0] == "公开第 2025-12至2026-01 号 A 表 · 第 1 版"
    assert any("2026年1月记-0002" in note for note in table.notes)
    assert [check for check in table.checks if not check.ok] == []
    items = sheet(village, "disclosure-items", Span(date(2025, 12, 1), date(2026, 1, 31)))
    assert (cells(items, 8)["period"], cells(items, 8)["year"]) == (78_00, 8_00)

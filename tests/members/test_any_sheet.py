"""Whatever stands in the cells of a register: it is read, asked about or left out, and never trips the program."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from village_ledger.exchange.people.import_members_intake import Register
from village_ledger.exchange.people.import_members_sheet import read_register
from village_ledger.exchange.people.import_members_words import member_vocabulary
from village_ledger.exchange.reading.heading_rows import Vocabulary, propose
from village_ledger.exchange.reading.shown_sheet import ShownSheet
from village_ledger.exchange.reading.tabular import Flawed
from village_ledger.exchange.shares.import_shares_plan import PlanFile, read_plan

HEADINGS = (
    "户编号",
    "户主",
    "姓名",
    "与户主关系",
    "性别",
    "身份证号",
    "是否成员",
    "确认日期",
    "备注",
    "电话",
    "银行卡号",
    "",
)
PLAN = ("户编号", "户主", "姓名", "人口股", "农龄股", "个人合计", "户合计")
ODD = (
    "√",
    "×",
    "是",
    "男",
    "户主",
    "合计",
    "小计",
    "（已故）",
    "519903197503120011",
    "5.1E+17",
    "2019.11.30",
    "略去",
    "集体股",
)
CELLS = st.one_of(
    st.just(""),
    st.sampled_from(ODD),
    st.text(max_size=8),
    st.text(string.digits, max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.dates(),
    st.builds(Flawed, st.just("是公式")),
)


def sheet_of(headings: tuple[str, ...], rows: list[list[object]]) -> ShownSheet:
    cells = [tuple(headings), *(tuple(row) for row in rows)]
    return ShownSheet(Path("册.xlsx"), "册", tuple(enumerate(cells, 1)))  # pyright: ignore[reportArgumentType]  cells of any kind


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=len(HEADINGS)), max_size=6))
def test_a_register_of_anything_is_read(rows: list[list[object]]) -> None:
    layout = propose([sheet_of(HEADINGS, rows)], member_vocabulary())
    assert layout is not None
    found = read_register(layout, {}, Register(), date(2026, 1, 1))
    stopped = {problem.row for problem in found.problems}
    for one in found.people:
        assert one.row not in stopped
        assert one.person.name
        assert one.person.household
        assert len(one.person.id_number) in {0, 18}
    assert all(problem.sentence.startswith(f"第{problem.row}行") for problem in found.problems)
    assert all(said.endswith("。") for said in found.said)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=len(PLAN)), max_size=6))
def test_a_plan_of_anything_is_read(rows: list[list[object]]) -> None:
    words = {
        "household": ("户编号",),
        "name": ("姓名",),
        "share:人口股": ("人口股",),
        "share:农龄股": ("农龄股",),
    }
    totals = {"person_total": ("个人合计",), "household_total": ("户合计",)}
    vocabulary = Vocabulary(
        {key: key for key in (*words, *totals, "")}, {**words, **totals}, {}, ("household", "name")
    )
    layout = propose([sheet_of(PLAN, rows)], vocabulary)
    assert layout is not None
    plan = read_plan(PlanFile(layout, ""))
    assert all(fault.text.startswith(f"第{fault.row}行") for fault in plan.faults)
    assert all(float(grant.quantity) > 0 for grant in plan.grants)

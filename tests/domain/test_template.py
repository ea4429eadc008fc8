"""Templates: what the date fills, what a person fills, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import draft
from village_ledger.domain.template import Template, Variable, VariableKind, fill, from_draft, unfilled
from village_ledger.domain.voucher import DraftLine

POWER = Template(
    "collective",
    "付电费",
    (
        DraftLine("付{对方}{上月}月电费", "513", debit="{金额}"),
        DraftLine("付{对方}{上月}月电费", "102", credit="{金额}"),
    ),
).with_variables_named()


def test_variables_are_found_with_their_kinds():
    assert [(v.name, v.kind) for v in POWER.variables] == [
        ("对方", VariableKind.TEXT),
        ("金额", VariableKind.AMOUNT),
    ]


def test_the_date_fills_its_own_names_and_january_looks_back_a_year():
    template = Template(
        "collective", "x", (DraftLine("{年}年{月}月{日}日 {季}季 {上月年}年{上月}月", "101"),)
    )
    assert fill(template, date(2026, 1, 5)).draft.lines[0].summary == "2026年1月5日 1季 2025年12月"


def test_a_variable_left_blank_leaves_its_cells_blank_and_the_cursor_in_the_first():
    filled = fill(POWER, date(2025, 3, 8), {"对方": "供电所"})
    assert [(x.summary, x.debit, x.credit) for x in filled.draft.lines] == [("付供电所2月电费", "", "")] * 2
    assert filled.draft.cursor == (0, "debit")
    assert [blank.asks for blank in filled.blanks] == ["金额", "金额"]


def test_a_place_in_a_summary_stays_to_be_seen():
    filled = fill(POWER, date(2025, 3, 8), {"金额": "100"})
    assert filled.draft.lines[0].summary == "付{对方}2月电费"
    assert filled.draft.lines[0].debit == "100"
    assert filled.draft.cursor == (0, "summary")
    assert unfilled(filled.draft.lines[0].summary) == "{对方}"


def test_values_go_before_defaults_and_a_blank_value_is_none():
    template = Template("collective", "x", POWER.lines, (Variable("对方", default="供电所"),))
    assert fill(template, date(2025, 3, 8), {"对方": " "}).draft.lines[0].summary == "付供电所2月电费"
    assert fill(template, date(2025, 3, 8), {"对方": "水厂"}).draft.lines[0].summary == "付水厂2月电费"


def test_sums_are_worked_out_of_variables():
    template = Template("collective", "x", (DraftLine("a", "101", debit="{单价}*{数量}"),))
    assert fill(template, date(2025, 3, 8), {"单价": "3", "数量": "4"}).draft.lines[0].debit == "3*4"
    half = fill(template, date(2025, 3, 8), {"单价": "3"})
    assert half.draft.lines[0].debit == ""
    assert half.blanks[0].pattern == "3*{数量}"


def test_from_a_voucher_months_amounts_and_parties_become_places():
    typed = draft("2025-12-08", "付供电所2025年12月电费和11月欠费", "借 513@供电所 600; 贷 101 600")
    made = from_draft(typed, "付电费", date(2025, 12, 8), ask_amounts=True, ask_parties=True)
    assert made.lines[0].summary == "付{对方}{年}年{月}月电费和{上月}月欠费"
    assert (made.lines[0].counterparty, made.lines[0].debit, made.lines[1].credit) == (
        "{对方}",
        "{金额}",
        "{金额}",
    )
    assert typed.lines[0].debit == "600"


def test_different_amounts_get_different_names():
    typed = draft("2025-12-08", "电费", "借 513 600; 借 514 400; 贷 101 1000")
    made = from_draft(typed, "付电费", date(2025, 12, 8), ask_amounts=True, ask_parties=False)
    assert [x.debit or x.credit for x in made.lines] == ["{金额1}", "{金额2}", "{金额3}"]


@pytest.mark.parametrize("summary", ["12月份", "第12月", "112月", "12月"])
def test_only_whole_months_become_places(summary):
    typed = draft("2025-12-08", summary, "借 513 6; 贷 101 6")
    made = from_draft(typed, "x", date(2025, 12, 8), ask_amounts=False, ask_parties=False)
    assert ("{月}" in made.lines[0].summary) == (summary != "112月")

"""A county's own rules of names: what the file says decides, and a column nobody thought of masks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.period import Span
from village_ledger.domain.person_names import NameIndex
from village_ledger.domain.personal_numbers import kinds_in
from village_ledger.reports.disclosure.privacy import Known, for_public, named_in_full
from village_ledger.reports.disclosure.privacy_rules import EVERY, PrivacyRules, Reason, privacy_rules
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

KNOWN = Known(
    index=NameIndex.of(["何世全", "李大明", "李小明", "何小乐"]),
    households={"何世全": "001", "李大明": "002", "李小明": "003"},
    children={"001/何小乐": "001 户", "何小乐": "001 户"},
    staff=frozenset({"王秀英"}),
    relief=frozenset({("voucher", "7")}),
)
COLUMNS = ("number", "summary", "counterparty", "handler", "somebody")


def rules(*whole: tuple[str, str]) -> PrivacyRules:
    reasons = {place: Reason("县里规定要写", "县公开办法") for place in whole}
    return PrivacyRules(reasons, ("组长",), re.compile("癌症?"))


def sheet(*rows: Mapping[str, Cell], link: Link | None = None, report: str = "disclosure-x") -> Table:
    return Table(
        report=report,
        title="公开表",
        village="青山村",
        ledger="collective",
        entity="青山村股份经济合作社",
        columns=tuple(Column(key, key, Kind.TEXT, 20) for key in COLUMNS),
        rows=tuple(Row(Role.DETAIL, tuple(row.get(key) for key in COLUMNS), link=link) for row in rows),
        span=Span(date(2025, 3, 1), date(2025, 3, 31)),
    )


def said(table: Table) -> list[dict[str, Cell]]:
    return [
        {key: cell for key, cell in zip(COLUMNS, row.cells, strict=True) if cell is not None}
        for row in table.rows
    ]


def test_without_a_reason_every_column_masks():
    table = sheet({"counterparty": "何世全", "somebody": "李大明", "handler": "何世全"})
    assert said(for_public(table, KNOWN, rules())) == [
        {"counterparty": "何*全", "somebody": "李*明", "handler": "何*全"}
    ]


def test_a_reason_for_one_sheet_holds_for_no_other():
    named = rules(("disclosure-x", "counterparty"))
    row = {"counterparty": "何世全", "summary": "付何世全"}
    assert said(for_public(sheet(row), KNOWN, named)) == [row]
    other = for_public(sheet(row, report="disclosure-y"), KNOWN, named)
    assert said(other) == [{"counterparty": "何*全", "summary": "付何*全"}]


def test_whoever_answers_for_an_entry_is_named_even_beside_relief():
    table = sheet({"handler": "李大明", "counterparty": "何世全"}, link=Link("voucher", "7", "collective"))
    shown = for_public(table, KNOWN, rules((EVERY, "handler"), ("disclosure-x", "counterparty")))
    assert said(shown) == [{"handler": "李大明", "counterparty": "何*全"}]


def test_an_account_is_masked_with_its_household():
    table = sheet({"summary": "001/何世全 和 002/李大明、003/李小明 的钱"})
    assert said(for_public(table, KNOWN, rules())) == [
        {"summary": "何*全 和 李*明（002）、李*明（003） 的钱"}
    ]


def test_what_stands_before_a_household_number_stays():
    table = sheet({"summary": "付001/何世全"})
    assert said(for_public(table, KNOWN, rules())) == [{"summary": "付何*全"}]


def test_numbers_of_papers_are_left_alone():
    table = sheet({"number": "青村合〔2025〕6228480000000000018号", "summary": "卡6228480000000000018"})
    (row,) = said(for_public(table, KNOWN, rules()))
    assert row == {"number": "青村合〔2025〕6228480000000000018号", "summary": "卡（号码略）"}


def test_notes_warnings_and_checks_name_nobody_but_those_in_office():
    text = "组长何世全、李大明（王秀英：电话 13800001111 核对过）"
    table = sheet({"summary": "修路"})
    table = Table(
        **{
            **{name: getattr(table, name) for name in Table.__slots__},
            "notes": (text,),
            "warnings": (text,),
            "checks": (Check("X", ok=True, text=text),),
        }
    )
    shown = for_public(table, KNOWN, rules())
    expected = "组长何世全、李*明（王秀英：电话 （号码略） 核对过）"
    assert (shown.notes, shown.warnings, shown.checks[0].text) == ((expected,), (expected,), expected)


def test_the_rules_that_ship_give_every_column_a_reason_and_a_basis():
    found = privacy_rules()
    assert found.of_office("handler")
    assert all(reason.words and reason.basis for reason in found.whole.values())
    assert found.reason("disclosure-relief", "counterparty") is None


_WORDS = st.sampled_from(
    [
        "何世全",
        "李大明",
        "何小乐",
        "001/何小乐",
        "组长",
        "付",
        "、",
        "等2人",
        "13800001111",
        "修路",
        "（",
        "）",
        "癌",
    ]
)


@given(st.lists(_WORDS, max_size=8), st.lists(_WORDS, max_size=4), st.booleans())
def test_nothing_stands_in_full_without_a_reason_and_masking_again_changes_nothing(
    summary: list[str], party: list[str], helped: bool
):
    link = Link("voucher", "7" if helped else "8", "collective")
    table = sheet({"summary": "".join(summary), "counterparty": "".join(party)}, link=link)
    named = rules(("disclosure-x", "counterparty"))
    shown = for_public(table, KNOWN, named)
    assert [one for one in named_in_full(shown, KNOWN, named) if one.reason is None] == []
    texts = [cell for row in shown.rows for cell in row.cells if isinstance(cell, str)]
    assert not any("何小乐" in text or kinds_in(text) for text in texts)
    assert for_public(shown, KNOWN, named).rows == shown.rows

"""What hangs on the board says of people what it must and no more: in the data, so that every pen says the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.chart import Dimension
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import Span
from village_ledger.domain.personal_numbers import CUT
from village_ledger.reports.catalogue import ReportRequest, make, make_all
from village_ledger.reports.disclosure.catalogue_disclosure import disclosure_of
from village_ledger.reports.disclosure.catalogue_privacy import Publishing
from village_ledger.reports.disclosure.privacy import named_in_full
from village_ledger.reports.disclosure.privacy_rules import privacy_rules
from village_ledger.reports.pens.check_code import code_of
from village_ledger.reports.pens.render_text import write_json
from village_ledger.reports.table import Role, Table
from village_ledger.services.people import people

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
CARD, PHONE, IDENTITY = "6228480000000000018", "13800001111", "510903198506150010"
HOUSEHOLDS = {
    "001": [("何世全", "户主", date(1955, 2, 1)), ("何小乐", "孙女", date(2019, 5, 1))],
    "002": [("李大明", "户主", date(1970, 1, 1)), ("曾𬭎", "配偶", date(1972, 1, 1))],
    "003": [("李小明", "户主", date(1980, 1, 1)), ("何㛃", "配偶", date(1982, 1, 1))],
    "004": [("蒲䶮", "户主", date(1962, 1, 1)), ("欧阳春", "配偶", date(1963, 1, 1))],
}


@pytest.fixture
def a_village_of_people(village: Village) -> Village:
    """Four households; relief paid in the committee's ledger, everyday payments in the collective's."""
    with village.act() as uow:
        for code, members in HOUSEHOLDS.items():
            for name, relation, born in members:
                people.add(uow, NewPerson(name, code, relation, birth=born), "名册")
    village.add_account("113", "成员往来", demands=frozenset({Dimension.COUNTERPARTY}))
    return village


def sheet(village: Village, report: str = "disclosure", ledger: str = COLLECTIVE) -> Table:
    return make(village.reader, report, ReportRequest(ledger, MARCH))


def column(table: Table, key: str) -> list[object]:
    at = table.column_index(key)
    return [row.cells[at] for row in table.rows if row.link is not None and row.role is Role.DETAIL]


def everything(tables: list[Table], folder: Path) -> str:
    write_json(tables, folder / "公开.json")
    return (folder / "公开.json").read_text(encoding="utf-8")


def test_whom_money_went_to_stands_in_full_others_in_the_sentence_are_masked(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "付蒲䶮代李大明修路灯", "借 514@蒲䶮 200; 贷 101 200")
    table = sheet(village)
    assert column(table, "counterparty") == ["蒲䶮"]
    assert column(table, "summary") == ["付蒲䶮代李*明修路灯"]


def test_two_people_masked_alike_carry_their_household_numbers(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "李大明、李小明出工，欧阳春烧饭", "借 514 200; 贷 101 200")
    assert column(sheet(village), "summary") == ["李*明（002）、李*明（003）出工，欧阳*烧饭"]


def test_somebody_in_office_is_named(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "收一组筹资（组长李大明经收）", "借 101 90; 贷 504 90", handler="曾𬭎")
    table = sheet(village)
    assert column(table, "summary") == ["收一组筹资（组长李大明经收）"]
    assert column(table, "handler") == ["曾𬭎"]


def test_the_others_of_several_payees_stand_in_full_with_their_amounts(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "发保洁补贴（李大明、曾𬭎2人）", "借 514@李大明等2人 1600; 贷 101 1600")
    assert column(sheet(village), "summary") == ["发保洁补贴（李大明、曾𬭎2人）"]


def test_a_child_is_called_by_the_household_everywhere(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "补助何小乐书本费", "借 514@何小乐 300; 贷 101 300")
    table = sheet(village)
    assert column(table, "counterparty") == ["001 户"]
    assert column(table, "summary") == ["补助001 户书本费"]


def test_those_helped_are_masked_on_every_sheet_and_their_illness_is_not_told(
    a_village_of_people: Village, tmp_path: Path
):
    village = a_village_of_people
    village.add_account("5105", "救助慰问", ledger=COMMITTEE)
    village.posted("2025-03-05", "慰问何世全（肺癌住院）", "借 510501@何世全 500; 贷 1001 500", COMMITTEE)
    village.posted("2025-03-06", "慰问王五", "借 510501@王五 500; 贷 1001 500", COMMITTEE)
    tables = make_all(village.reader, "disclosure", ReportRequest(COMMITTEE, MARCH, sheets=("A", "L")))
    assert [column(table, "counterparty") for table in tables] == [["何*全", "王*"]] * 2
    said = everything(tables, tmp_path)
    assert "何世全" not in said
    assert "癌" not in said
    assert "住院" not in said


def test_no_number_of_a_person_is_on_any_sheet(a_village_of_people: Village, tmp_path: Path):
    village = a_village_of_people
    village.posted("2025-03-05", f"转卡{CARD} 付工钱", "借 514@李大明 200; 贷 102 200")
    village.posted("2025-03-06", f"李大明 电话{PHONE}", f"借 11301@身份证{IDENTITY} 200; 贷 101 200")
    village.posted("2025-03-07", f"计折旧 {PHONE}", "借 514 10; 贷 152 10")
    said = everything(make_all(village.reader, "disclosure", ReportRequest("", MARCH)), tmp_path)
    assert [number for number in (CARD, PHONE, IDENTITY) if number in said] == []
    assert said.count(CUT) >= 4
    assert "（号码略）" in json.dumps(column(sheet(village), "counterparty"), ensure_ascii=False)


def test_the_check_code_is_that_of_what_is_shown(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "请李大明看路灯", "借 514 200; 贷 101 200")
    table = sheet(village)
    assert table.check_code == code_of(table, village.reader.book().uid)


def test_what_stands_in_full_is_found_again_each_with_its_reason(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "付蒲䶮工钱", "借 514@蒲䶮 200; 贷 101 200", handler="曾𬭎")
    village.posted("2025-03-06", "付过路人赵六", "借 514@赵六 20; 贷 101 20")
    table, rules = sheet(village), privacy_rules()
    known = Publishing(village.reader).known(COLLECTIVE, MARCH)
    found = {(one.name, one.column): one.reason for one in named_in_full(table, known, rules)}
    assert set(found) == {
        ("蒲䶮", "对方"),
        ("蒲䶮", "什么事"),
        ("曾𬭎", "经手人"),
        ("赵六", "对方"),
    }
    assert None not in found.values()


def test_a_name_without_a_reason_would_be_found(a_village_of_people: Village):
    village = a_village_of_people
    village.posted("2025-03-05", "请李大明看路灯", "借 514 200; 贷 101 200")
    unmasked = disclosure_of(village.reader, ReportRequest(COLLECTIVE, MARCH))
    known = Publishing(village.reader).known(COLLECTIVE, MARCH)
    assert [(one.name, one.reason) for one in named_in_full(unmasked, known, privacy_rules())] == [
        ("李大明", None)
    ]

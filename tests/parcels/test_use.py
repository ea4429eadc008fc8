"""Who uses a parcel under what contract, and what the month's check list asks about it (K43)."""

from __future__ import annotations

from datetime import date

from tests.builders import COLLECTIVE, Village
from tests.contracts.lets import a_contract, signed, terms
from tests.parcels.land import card, register
from village_ledger.domain.area import parse_mu
from village_ledger.domain.contract import Item
from village_ledger.domain.parcel import Standing
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.parcels import parcels
from village_ledger.services.parcels.parcel_use import parcel_uses
from village_ledger.services.parcels.parcels_check import check_items

JUNE = Month(2025, 6)


def check(village: Village, month: Month = JUNE) -> CheckItem:
    (item,) = check_items(village.reader, COLLECTIVE, month)
    return item


def let(village: Village, number: str, area: int = 0, unit: str = "亩", end: str = "2027-12-31") -> None:
    """T01, or so many 亩 of it, let from 2025 on."""
    items = (Item("T01", "河湾水田", "parcel", area * 10_000, unit if area else ""),)
    signed(village, a_contract(number, terms=terms("2025-01-01", end, 600), items=items))


def test_a_village_without_a_register_is_asked_nothing(village: Village):
    assert check_items(village.reader, COLLECTIVE, JUNE) == []


def test_land_under_contract_passes(village: Village):
    register(village, "T01", "10", standing=Standing.LET)
    let(village, "青合1")
    assert (check(village).verdict, check(village).text) == (
        Verdict.PASS,
        "资源台账 1 块 10.00 亩，用地都有合同。",
    )


def test_land_used_without_a_contract_is_named(village: Village):
    register(village, "T01", "10", used_by="张三")
    register(village, "T02", "5")
    assert (check(village).verdict, check(village).evidence) == (
        Verdict.WARN,
        ("T01 河湾水田：没有合同在用",),
    )


def test_land_used_after_its_contract_is_named(village: Village):
    register(village, "T01", "10", standing=Standing.LET)
    let(village, "青合1", end="2025-05-31")
    assert check(village).evidence == ("T01 河湾水田：合同 2025-05-31 到期，还在用",)
    assert check(village, Month(2025, 5)).verdict is Verdict.PASS


def test_parts_let_side_by_side_add_up(village: Village):
    register(village, "T01", "10", standing=Standing.LET)
    let(village, "青合1", 4)
    let(village, "青合2", 2000, "平方米")
    uses = parcel_uses(village.reader, COLLECTIVE)["T01"]
    assert [use.area for use in uses] == [parse_mu("4"), parse_mu("3")]
    table = make(
        village.reader,
        "resource-register",
        ReportRequest(COLLECTIVE, Span(date(2025, 6, 1), date(2025, 6, 30))),
    )
    row = next(iter(table.rows)).cells
    assert row[table.column_index("let_mu")] == "7.00"
    assert row[table.column_index("contract")] == "青合1、青合2"


def test_land_that_shrank_below_what_is_let_is_named(village: Village):
    register(village, "T01", "10", standing=Standing.LET)
    let(village, "青合1", 8)
    with village.act() as uow:
        smaller = card("7", standing=Standing.LET)
        parcels.change(uow, COLLECTIVE, "T01", smaller, date(2025, 6, 1), "修路占用")
    assert check(village).evidence == ("T01 河湾水田：发包 8.00 亩，超过地块 7.00 亩",)
    table = make(
        village.reader,
        "resource-register",
        ReportRequest(COLLECTIVE, Span(date(2025, 6, 1), date(2025, 6, 30))),
    )
    assert [one.ok for one in table.checks] == [False]


def test_a_split_under_contract_reminds_of_it(village: Village):
    register(village, "T01", "10", standing=Standing.LET)
    let(village, "青合1")
    with village.act() as uow:
        parts = [("A", card("4", east="田埂")), ("B", card("6"))]
        done = parcels.split(uow, COLLECTIVE, "T01", parts, date(2025, 6, 1), "分户经营")
    (said,) = done.warnings
    assert said.startswith("T01 上还有合同 青合1（兴农物资有限公司，到 2027-12-31）")


def test_the_check_list_has_its_line(village: Village):
    register(village, "T01", "10", used_by="张三")
    found = [item for item in check_list(village.reader, COLLECTIVE, JUNE) if item.rule == "K43"]
    assert [(item.title, item.verdict) for item in found] == [("用地都有合同", Verdict.WARN)]

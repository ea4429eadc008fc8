"""Sheets E and F: what is owned and let as it stood on the last day, so that an old sheet comes out again."""

from __future__ import annotations

from datetime import date

from tests.builders import COLLECTIVE, Village
from tests.contracts.lets import FIRM, a_contract, day, signed
from tests.parcels.land import register
from village_ledger.domain.asset import AssetKind, Card, Facts, Method, Source, Use
from village_ledger.domain.contract import Act, Change, Item, Papers, Status
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Cell, Role, Table
from village_ledger.services.assets import cards
from village_ledger.services.contracts import contracts
from village_ledger.services.contracts.receipts import Received, receive

FIRST = Span(date(2025, 1, 1), date(2025, 3, 31))
SECOND = Span(date(2025, 4, 1), date(2025, 9, 30))


def sheet(village: Village, report: str, span: Span = FIRST) -> Table:
    return make(village.reader, report, ReportRequest(COLLECTIVE, span))


def rows(table: Table) -> list[dict[str, Cell]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in table.rows if row.role is Role.DETAIL]


def received(village: Village, on: str, yuan: int, number: str = "青合2025-01") -> None:
    with village.act() as uow:
        made = receive(
            uow, COLLECTIVE, number, Received(day(on), yuan * 100, "101", None, attachments=1)
        ).value
    village.review(*made)
    village.post(*made)


def test_a_contract_says_what_fell_due_what_came_and_what_is_owed(village: Village):
    papers = Papers(
        "公开竞价", "溪产交〔2024〕8号", 9000_00, resolution="青股社〔2024〕9号", signed_on=day("2024-12-20")
    )
    signed(village, a_contract(papers=papers))
    received(village, "2025-02-10", 3000)
    (one,) = rows(sheet(village, "disclosure-contracts"))
    assert (one["contract"], one["party"], one["year_rent"]) == ("青合2025-01", FIRM, 9600_00)
    assert (one["due"], one["received"], one["open"]) == (4800_00, 3000_00, 1800_00)
    assert one["tender"] == "公开竞价，底价 9,000.00，平台 溪产交〔2024〕8号；青股社〔2024〕9号"
    assert one["status"] == "已签"


def test_the_sheet_of_a_quarter_stays_when_money_comes_later(village: Village):
    signed(village)
    before = sheet(village, "disclosure-contracts")
    received(village, "2025-04-10", 4800)
    with village.act() as uow:
        more = Change(day("2025-07-01"), Act.AMOUNT, Status.CHANGED, 5000_00, basis="补充协议")
        contracts.change(uow, COLLECTIVE, "青合2025-01", more)
    assert sheet(village, "disclosure-contracts").check_code == before.check_code
    (later,) = rows(sheet(village, "disclosure-contracts", SECOND))
    assert (later["due"], later["received"], later["open"]) == (5000_00, 4800_00, 5000_00)


def test_what_ended_before_and_owes_nothing_is_not_posted_again(village: Village):
    signed(village)
    later = Span(date(2028, 1, 1), date(2028, 3, 31))
    assert [one["open"] for one in rows(sheet(village, "disclosure-contracts", later))] == [28800_00]
    for on in ("2025-02-10", "2025-08-10", "2026-02-10", "2026-08-10"):
        received(village, on, 4800)
    assert [one["open"] for one in rows(sheet(village, "disclosure-contracts", later))] == [9600_00]
    table = sheet(village, "disclosure-contracts", later)
    assert "合同已经期满、租金没有收齐：青合2025-01 兴农物资有限公司。" in table.notes
    assert rows(table)[0]["status"] == "已经期满"


def test_a_unit_price_is_the_years_rent_of_one_mu(village: Village):
    signed(village, a_contract(items=(Item("", "鱼塘", "", 12_0000, "亩"),)))
    (one,) = rows(sheet(village, "disclosure-contracts"))
    assert one["what"] == "鱼塘，12亩，800.00元/亩"


def test_a_draft_is_nobodys_contract_yet(village: Village):
    with village.act() as uow:
        contracts.enter(uow, COLLECTIVE, a_contract())
    (nothing,) = rows(sheet(village, "disclosure-contracts"))
    assert {value for value in nothing.values() if value is not None} == {"无"}


def test_an_asset_says_who_uses_it_until_when_and_what_is_owed(village: Village):
    village.open_with("借 151 20000", "贷 152 1000", "贷 311 19000")
    shop = Card(
        code="J001",
        name="1号门面",
        kind=AssetKind.FIXED,
        cost=20000_00,
        in_use=date(2020, 1, 1),
        category="房屋及建筑物",
        salvage=0,
        method=Method.STRAIGHT,
        months=240,
        opening=1000_00,
        source=Source.BOUGHT,
        spec="42平方米",
    )
    with village.act() as uow:
        cards.add_all(uow, COLLECTIVE, [(shop, Facts(Use.OPERATING, place="村口"))])
    signed(village)
    table = sheet(village, "disclosure-assets")
    (one,) = rows(table)
    assert (one["name"], one["use"], one["net"]) == ("1号门面，42平方米，村口", "经营", 19000_00)
    assert (one["user"], one["until"]) == (FIRM, date(2027, 12, 31))
    assert (one["year_rent"], one["received"], one["open"]) == (9600_00, 0, 4800_00)
    assert [check for check in table.checks if not check.ok] == []


def test_a_parcel_says_who_farms_it_for_how_much(village: Village):
    register(village)
    signed(village, a_contract(items=(Item("T01", "河湾水田", "", 3_2500, "亩"),)))
    table = sheet(village, "disclosure-parcels")
    (one,) = rows(table)
    assert (one["name"], one["used_by"], one["standing"]) == ("河湾水田", FIRM, "发包出租")
    assert (one["area_mu"], one["unit_price"], one["open"]) == ("3.25", "2,953.85元/亩", 4800_00)
    items = sheet(village, "disclosure-items")
    land = next(row for row in items.rows if row.cells[0] == "⑤ 各类资源")
    assert land.cells[items.column_index("note")] == "耕地 3.25 亩，见各类资源公开表"

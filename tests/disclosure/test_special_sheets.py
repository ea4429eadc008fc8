"""The special sheets: land money, levies, works and grants, pay, relief: every entry, what it rests on, who got what."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.chart import Dimension
from village_ledger.domain.period import Span
from village_ledger.domain.project import Acceptance, Body, Budget, Card, Contract, Tender
from village_ledger.reports.catalogue import ReportRequest, make, make_all
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.table import Cell, Check, Role, Table
from village_ledger.services.projects import projects
from village_ledger.services.transfers import resolutions

QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))
ROAD, BUILDER = "通组公路", "青山建筑队"
BY_PARTY = frozenset({Dimension.COUNTERPARTY})


def sheet(village: Village, report: str, ledger: str = COLLECTIVE, span: Span = QUARTER) -> Table:
    return make(village.reader, report, ReportRequest(ledger, span))


def rows(table: Table, *keys: str, role: Role = Role.DETAIL) -> list[tuple[Cell, ...]]:
    places = [table.column_index(key) for key in keys]
    return [tuple(row.cells[place] for place in places) for row in table.rows if row.role is role]


def check(table: Table, rule: str) -> Check:
    return next(one for one in table.checks if one.rule == rule)


@pytest.fixture
def land(village: Village) -> Village:
    """Land money received, a fifth kept, the rest given to two households, one of them paid."""
    village.add_account("211", "待分配征地补偿", demands=BY_PARTY)
    village.add_account("113", "征地补偿", demands=BY_PARTY)
    village.add_account("311", "征地补偿")
    with village.act() as uow:
        about = "分配溪青路征地补偿"
        resolutions.enter(uow, "青社大〔2025〕2号", date(2025, 2, 1), "assembly", (60, 55, 54), about)
    village.posted("2025-01-10", "收征地补偿（6亩×10,000元）", "借 102 60000; 贷 21101@镇政府 60000")
    village.posted(
        "2025-02-10",
        "分配征地补偿（青社大〔2025〕2号）",
        "借 21101@镇政府 60000; 贷 31101 12000; 贷 11301@李大明 30000; 贷 11301@王五 18000",
    )
    village.posted("2025-03-05", "付征地补偿", "借 11301@李大明 30000; 贷 102 30000")
    return village


def test_land_money_says_what_it_rests_on_and_household_by_household(land: Village):
    table = sheet(land, "disclosure-land")
    resolved = rows(table, "date", "summary", "basis")[0]
    assert resolved == (
        date(2025, 2, 1),
        "分配溪青路征地补偿（成员大会，应到 60、实到 55、赞成 54）",
        "青社大〔2025〕2号",
    )
    received = rows(table, "basis", "area", "rate", "income")[1]
    assert received == ("", "6", "10,000", 60000_00)
    households = [
        one for one in rows(table, "summary", "income", "expense", "balance") if str(one[0]).endswith("户")
    ]
    assert households == [("李大明户", 30000_00, 30000_00, 0), ("王五户", 18000_00, 0, 18000_00)]


def test_what_passes_inside_the_sheet_counts_once(land: Village):
    table = sheet(land, "disclosure-land")
    assert rows(table, "income", "expense", "balance", role=Role.TOTAL) == [(60000_00, 30000_00, 30000_00)]
    assert any("互转 60,000.00" in note for note in table.notes)
    assert check(table, "结余=账上").ok


def test_a_project_tag_brings_entries_of_any_account(village: Village):
    village.posted("2025-01-10", "付征地测量费", "借 513#溪青路征地 800; 贷 102 800")
    village.posted("2025-01-11", "付办公费", "借 513 100; 贷 102 100")
    table = sheet(village, "disclosure-land")
    assert rows(table, "summary", "income", "expense") == [("付征地测量费", 0, 800_00)]
    packed = make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, QUARTER))
    assert "G" in {letter_of(one.report) for one in packed}


def test_a_resolution_alone_puts_the_sheet_on_the_wall(village: Village):
    with village.act() as uow:
        resolutions.enter(uow, "青社大〔2025〕3号", date(2025, 2, 1), "assembly", (60, 55, 54), "征收东坡地")
    packed = make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, QUARTER))
    assert "G" in {letter_of(one.report) for one in packed}


def write(village: Village, day: str, body: Body) -> None:
    with village.act() as uow:
        projects.write(uow, COLLECTIVE, ROAD, date.fromisoformat(day), body)


@pytest.fixture
def road(village: Village) -> Village:
    """A road with a grant, its budget, tender and contract, and a first payment."""
    village.posted("2025-01-05", "收承包款", "借 102 90000; 贷 501 90000")
    village.posted("2025-02-05", "收奖补（镇财〔2025〕17号）", f"借 102 40000; 贷 241#{ROAD} 40000")
    write(village, "2025-02-01", Card("works", "硬化 1.2 公里", "二组", "周理事长", "青村决〔2025〕1号"))
    write(village, "2025-02-10", Budget((("路面", 80_000_00),), "镇政复〔2025〕3号"))
    bids = ((BUILDER, 76_000_00), ("城关路桥", 78_000_00), ("三和建设", 79_500_00))
    write(village, "2025-02-20", Tender("open", BUILDER, 76_000_00, 80_000_00, bids))
    write(village, "2025-03-01", Contract("青合〔2025〕5号", BUILDER, 76_000_00, 3_000_00, "2026-09-01"))
    village.posted("2025-03-20", "付进度款", f"借 153@{BUILDER}#{ROAD} 20000; 贷 102 20000")
    return village


def test_works_say_budget_tender_contract_and_every_payment(road: Village):
    table = sheet(road, "disclosure-grants")
    told = rows(table, "summary", "income", "amount", "counterparty")
    assert told == [
        ("预算（镇政复〔2025〕3号）", None, 80_000_00, ""),
        ("公开招标，3 家报价，控制价 80,000.00，中标", None, 76_000_00, BUILDER),
        ("合同 青合〔2025〕5号，质保金 3,000.00", None, 76_000_00, BUILDER),
        ("收奖补（镇财〔2025〕17号）", 40_000_00, None, ""),
        ("付款：付进度款", None, 20_000_00, BUILDER),
        ("到期末一共付了（上面专款付的也算）", None, 20_000_00, ""),
        ("施工方还没有付的（含质保金）", None, 56_000_00, BUILDER),
    ]
    assert check(table, "结余=账上").ok


def test_a_step_of_later_is_not_on_the_sheet_of_before(road: Village):
    before = sheet(road, "disclosure-grants")
    write(road, "2025-04-02", Acceptance(("张一", "王二", "李三"), passed=True))
    road.posted("2025-04-10", "付进度款", f"借 153@{BUILDER}#{ROAD} 30000; 贷 102 30000")
    assert sheet(road, "disclosure-grants").check_code == before.check_code
    later = sheet(road, "disclosure-grants", span=Span(date(2025, 4, 1), date(2025, 6, 30)))
    assert ("到期末一共付了（上面专款付的也算）", 50_000_00) in rows(later, "summary", "amount")


def test_a_levy_says_what_households_owe_what_labour_is_worth_and_the_award(village: Village):
    village.add_account("113", "一事一议筹资", demands=BY_PARTY)
    village.posted("2025-01-05", "应收筹资（20户60人×30元）", f"借 11301@李大明 1800; 贷 231#{ROAD} 1800")
    village.posted("2025-01-20", "收筹资", "借 101 1500; 贷 11301@李大明 1500")
    village.posted("2025-02-05", "收奖补", f"借 102 4000; 贷 241#{ROAD} 4000")
    village.posted("2025-02-20", "筹劳折资（10工日×80元）", f"借 153#{ROAD} 800; 贷 231#{ROAD} 800")
    table = sheet(village, "disclosure-levy")
    assert rows(table, "summary", "amount")[2:] == [
        ("其中筹劳折资（10工日）", 800_00),
        ("一事一议筹资：本期应交 1,800.00，已交 1,500.00，还没有交", 300_00),
        ("财政奖补：收奖补", 4000_00),
    ]
    assert rows(table, "income", "balance", role=Role.TOTAL) == [(2600_00, 2600_00)]


def test_pay_stands_person_by_person_and_tea_is_no_pay(village: Village):
    village.add_account("513", "管理人员工资")
    village.add_account("513", "会议及误工补贴")
    village.posted(
        "2025-01-24",
        "发1月工资",
        "借 51301 2500; 贷 212@王会计 1500; 贷 212@何出纳 1000; 借 212@王会计 1500; 借 212@何出纳 1000; 贷 102 2500",
    )
    village.posted("2025-02-10", "付误工补贴（7人42工日×60元）", "借 51302@吴家兴等7人 2520; 贷 101 2520")
    village.posted("2025-03-01", "买会议茶叶", "借 51302 138.60; 贷 101 138.60")
    table = sheet(village, "disclosure-pay")
    assert rows(table, "name", "rate", "days", "amount", "paid") == [
        ("王会计", "", "", 1500_00, "转账"),
        ("何出纳", "", "", 1000_00, "转账"),
        ("吴家兴等7人", "60元/工日", "42工日", 2520_00, "现金"),
    ]
    assert check(table, "合计=账上").text == "5,020.00 + 不是报酬的 138.60 = 5,158.60"
    assert "同一科目里不是报酬、补贴的，不在本表：3月记-0001（买会议茶叶） 138.60。" in table.notes


def test_pay_nobody_is_named_for_stands_as_one_line(village: Village):
    village.add_account("513", "管理人员工资")
    village.posted("2025-01-24", "发1月工资（2人）", "借 51301 2500; 贷 102 2500")
    village.posted("2025-01-25", "计提2月工资", "借 51301 900; 贷 212 900")
    assert rows(sheet(village, "disclosure-pay"), "name", "amount", "paid") == [
        ("2人", 2500_00, "转账"),
        ("", 900_00, "还没有付"),
    ]


def test_relief_says_its_papers_and_hides_its_people(village: Village):
    village.posted(
        "2025-01-15", "收冬令救助金（镇民〔2025〕3号）", "借 1002 600; 贷 2601@镇政府 600", COMMITTEE
    )
    village.posted("2025-01-17", "发冬令救助金", "借 2601@李大明 600; 贷 1002 600", COMMITTEE)
    table = sheet(village, "disclosure-relief", COMMITTEE)
    assert rows(table, "basis", "income", "expense", "counterparty")[0][:3] == ("镇民〔2025〕3号", 600_00, 0)
    assert rows(table, "counterparty")[1] == ("李*明",)

"""Projects: steps in their order, money read from vouchers, a final account that is paid to the fen."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.errors import ProjectError
from village_ledger.domain.period import Month
from village_ledger.domain.project import (
    Acceptance,
    Body,
    Budget,
    Card,
    Change,
    Contract,
    FinalAccount,
    Tender,
)
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.limits import limit_rules, limit_sets
from village_ledger.services.planning import project_funds
from village_ledger.services.projects import projects
from village_ledger.services.projects.project_status import ProjectStatus, status_of
from village_ledger.storage.templates.queries import GrantDocument

ROAD, BUILDER = "通组公路", "青山建筑队"
CARD = Card("works", "硬化 1.2 公里", "二组", "周理事长", "青村决〔2025〕1号")
BUDGET = Budget((("路面", 80_000_00), ("勘测监理", 6_000_00)), "镇政复〔2025〕3号")
TENDER = Tender(
    "open",
    BUILDER,
    76_000_00,
    80_000_00,
    ((BUILDER, 76_000_00), ("城关路桥", 78_000_00), ("三和建设", 79_500_00)),
)
CONTRACT = Contract("青合〔2025〕5号", BUILDER, 76_000_00, 3_000_00, "2026-09-01")
FIVE = ("张一", "王二", "李三", "赵四", "钱五")


def write(village: Village, day: str, body: Body, name: str = ROAD) -> tuple[str, ...]:
    with village.act() as uow:
        return projects.write(uow, COLLECTIVE, name, date.fromisoformat(day), body).warnings


def status(village: Village, name: str = ROAD) -> ProjectStatus:
    return status_of(village.reader, village.reader.project_file(COLLECTIVE, name))


@pytest.fixture
def road(village: Village) -> Village:
    """A road with card, budget, tender and contract, 90,000 in the bank."""
    village.posted("2025-01-05", "收承包款", "借 102 90000; 贷 501 90000")
    write(village, "2025-02-01", CARD)
    write(village, "2025-02-10", BUDGET)
    write(village, "2025-02-20", TENDER)
    write(village, "2025-03-01", CONTRACT)
    return village


def pay(village: Village, day: str, amount: str, payee: str = BUILDER) -> tuple[str, ...]:
    from tests.builders import draft

    entries = f"借 153#{ROAD} {amount}; 贷 211@{payee}#{ROAD} {amount}; 借 211@{payee}#{ROAD} {amount}; 贷 102 {amount}"
    outcome = village.save(draft(day, "付工程款", entries))
    village.review(outcome.value)
    village.post(outcome.value)
    return outcome.warnings


def test_a_project_from_card_to_final_account(road: Village) -> None:
    assert pay(road, "2025-04-01", "60000") == ()
    pay(road, "2025-04-02", "6000", "勘测设计院")
    assert write(road, "2025-05-01", Change(2_000_00, "加长 30 米")) == ()
    write(road, "2025-06-01", Acceptance(FIVE, passed=True))
    pay(road, "2025-06-10", "15000")
    write(road, "2025-07-01", FinalAccount(78_000_00, 3_000_00, "审〔2025〕2号"))
    road.posted("2025-07-05", "转固", f"借 151 81000; 贷 153#{ROAD} 81000")
    found = status(road)
    assert (found.budget, found.project.agreed, found.paid, found.paid_builder) == (
        86_000_00,
        78_000_00,
        81_000_00,
        75_000_00,
    )
    assert (found.owed, found.warranty, found.building, found.faults()) == (3_000_00, 3_000_00, 0, [])
    assert found.project.stage == "决算"
    road.posted("2026-09-01", "退质保金", f"借 211@{BUILDER}#{ROAD} 3000; 贷 102 3000")
    assert status(road).owed == 0
    assert road.verify() == []


@pytest.mark.parametrize(
    ("day", "body", "says"),
    [
        ("2025-03-02", Contract("2号", BUILDER, 90_000_00), "合同 90,000.00 超过预算 86,000.00"),
        ("2025-03-02", Contract("2号", BUILDER, 100, 100), "质保金"),
        ("2025-02-01", Contract("2号", BUILDER, 76_000_00), "早于预算"),
        ("2025-03-02", Contract("", BUILDER, 76_000_00), "合同要有编号"),
        ("2025-03-02", Budget((("路面", 70_000_00),)), "预算 70,000.00 低于已签的合同 76,000.00"),
        ("2025-03-02", Budget(()), "预算每一行"),
        ("2025-03-02", Budget((("路面", 0),)), "预算每一行"),
        ("2025-03-02", TENDER, "已经签了合同"),
        ("2025-03-02", Change(20_000_00, "加宽"), "超过预算"),
        ("2025-03-02", Change(0, "加宽"), "增减多少"),
        ("2025-03-02", Change(-80_000_00, "不修了"), "变更以后合同是"),
        ("2025-02-28", Acceptance(FIVE, passed=True), "验收的日期 2025-02-28 早于合同"),
        ("2025-03-02", Acceptance((), passed=True), "验收只有 0 人签字"),
        ("2025-03-02", Acceptance(("张一", "张一"), passed=True), "同一个人写了两次"),
        ("2025-03-02", Acceptance(("张一", BUILDER), passed=True), "不能验收自己的工程"),
        ("2025-03-02", FinalAccount(76_000_00), "还没有验收合格"),
        ("2025-03-02", Card("works", ""), "建设内容"),
        ("2025-03-02", Card("庙会", "唱戏"), "没有“庙会”这类项目"),
        ("2025-03-02", Card("works", "路", before_acceptance=0), "验收前付款比例"),
    ],
)
def test_steps_that_cannot_be_are_refused(road: Village, day: str, body: Body, says: str) -> None:
    with pytest.raises(ProjectError, match=says):
        write(road, day, body)
    assert road.verify() == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (Tender("抓阄", BUILDER, 1), "没有“抓阄”这种发包方式"),
        (Tender("open", "", 1), "没有写中标人"),
        (Tender("open", BUILDER, 81_000_00, 80_000_00), "高于控制价"),
        (Tender("open", BUILDER, 5, 0, (("别家", 5),)), "不在报价里"),
        (Tender("open", BUILDER, 5, 0, ((BUILDER, 5), (BUILDER, 6))), "报了两次价"),
    ],
)
def test_a_tender_agrees_with_its_bids(village: Village, body: Body, says: str) -> None:
    write(village, "2025-02-01", CARD)
    write(village, "2025-02-10", BUDGET)
    with pytest.raises(ProjectError, match=says):
        write(village, "2025-02-20", body)


def test_acceptance_before_contract_and_steps_of_an_unknown_project(village: Village) -> None:
    with pytest.raises(ProjectError, match="没有立项的项目“通组公路”"):
        write(village, "2025-02-01", BUDGET)
    write(village, "2025-02-01", CARD)
    with pytest.raises(ProjectError, match="还没有合同，不能写验收"):
        write(village, "2025-02-02", Acceptance(FIVE, passed=True))
    with pytest.raises(ProjectError, match="还没有预算，不能写合同"):
        write(village, "2025-02-02", CONTRACT)


def test_few_bids_and_other_winners_are_said(village: Village) -> None:
    write(village, "2025-02-01", CARD)
    write(village, "2025-02-10", BUDGET)
    few = Tender("open", BUILDER, 76_000_00, 0, ((BUILDER, 76_000_00), ("城关路桥", 70_000_00)))
    assert write(village, "2025-02-20", few) == (
        "只有 2 家报价，这种方式一般要 3 家。",
        "中标价不是最低价，请附评审意见。",
    )
    assert write(village, "2025-03-01", Contract("1号", "三和建设", 75_000_00)) == (
        f"合同的施工方不是中标人 {BUILDER}。",
        "合同价和中标价 76,000.00 不同。",
    )


def test_acceptance_by_five_when_the_rules_in_force_ask_it(road: Village) -> None:
    with road.act() as uow:
        limit_sets.adopt(uow, COLLECTIVE, limit_rules.preset("C"), date(2025, 3, 1), "镇文件")
    with pytest.raises(ProjectError, match="验收只有 4 人签字，规定要 5 人以上"):
        write(road, "2025-06-01", Acceptance(FIVE[:4], passed=True))
    write(road, "2025-06-01", Acceptance(FIVE, passed=True))
    with pytest.raises(ProjectError, match=r"还有 76,000\.00 没有付"):
        write(road, "2025-07-01", FinalAccount(76_000_00))


@pytest.mark.parametrize(
    ("paid", "final", "says"),
    [
        ("60000", FinalAccount(76_000_00, 3_000_00), "还有 13,000.00 没有付"),
        ("76000", FinalAccount(75_000_00), "多付了 1,000.00"),
        ("76000", FinalAccount(77_000_00, 2_000_00), "留不下质保金"),
        ("76000", FinalAccount(0), "决算价要大于零"),
    ],
)
def test_a_final_account_unpaid_or_overpaid_is_refused(
    road: Village, paid: str, final: FinalAccount, says: str
) -> None:
    write(road, "2025-06-01", Acceptance(FIVE, passed=True))
    pay(road, "2025-06-10", paid)
    with pytest.raises(ProjectError, match=says):
        write(road, "2025-07-01", final)


def test_after_the_final_account_nothing_is_written(road: Village) -> None:
    write(road, "2025-06-01", Acceptance(FIVE, passed=True))
    pay(road, "2025-06-10", "76000")
    assert write(road, "2025-07-01", FinalAccount(76_000_00)) == ()
    with pytest.raises(ProjectError, match="已经决算"):
        write(road, "2025-07-02", Change(1_00, "再加"))
    assert any("在建工程还有 76,000.00 没有转出" in fault for fault in status(road).faults())


def test_large_works_want_an_audit(road: Village) -> None:
    with road.act() as uow:
        limit_sets.adopt(uow, COLLECTIVE, limit_rules.preset("C"), date(2025, 12, 1), "镇文件")
    write(road, "2025-02-28", Budget((("路面", 90_000_00),)))
    write(road, "2025-03-02", Change(6_000_00, "加长"))
    write(road, "2025-06-01", Acceptance(FIVE, passed=True))
    pay(road, "2025-06-10", "82000")
    with pytest.raises(ProjectError, match="要审计，没有写审计报告编号"):
        write(road, "2025-12-02", FinalAccount(82_000_00))
    write(road, "2025-12-02", FinalAccount(82_000_00, audit="审〔2025〕2号"))


def test_too_much_before_acceptance_and_too_much_at_all_are_said_when_entering(road: Village) -> None:
    assert pay(road, "2025-04-01", "60800") == ()
    (said,) = pay(road, "2025-04-05", "10000")
    assert said == f"项目“{ROAD}”验收以前付给施工方超过约定的 80%，多付 10,000.00。"
    over = pay(road, "2025-04-08", "16000")
    assert any("超过预算 86,000.00，超支 800.00" in one for one in over)
    (item,) = [i for i in check_list(road.reader, COLLECTIVE, Month(2025, 4)) if i.rule == "K40"]
    assert any("多付" in evidence for evidence in item.evidence)


def test_grants_and_levies_are_tied_to_their_accounts(road: Village) -> None:
    with road.act() as uow:
        project_funds.register_document(
            uow, COLLECTIVE, GrantDocument(ROAD, "241", "财农〔2025〕8号", "硬化", "", 50_000_00)
        )
    road.posted("2025-03-02", "拨款", f"借 102 50000; 贷 241#{ROAD} 50000")
    road.posted("2025-04-01", "付款", f"借 153#{ROAD} 30000; 贷 102 30000; 借 241#{ROAD} 30000; 贷 311 30000")
    found = status(road)
    assert (found.fund.received, found.fund.spent, found.paid) == (50_000_00, 30_000_00, 30_000_00)
    assert [(code, left) for code, _, left in found.funds] == [("241", 20_000_00)]
    assert found.building == 30_000_00


def test_money_of_works_without_a_project_is_named(road: Village) -> None:
    with road.raw() as raw:
        raw.execute("UPDATE account SET demands = '' WHERE code = '153'")
    road.book.forget_caches()
    road.posted("2025-04-01", "付工程款", "借 153 500; 贷 102 500")
    (item,) = [i for i in check_list(road.reader, COLLECTIVE, Month(2025, 4)) if i.rule == "K40"]
    assert item.evidence == ("153 在建工程 有 500.00 没有写明项目",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE project_entry SET body = '{}'",
        "DELETE FROM project_entry",
        "INSERT OR REPLACE INTO project_entry SELECT * FROM project_entry",
        (
            "INSERT INTO project_entry SELECT 99, ledger_id, project_id, 'final', day, body, digest, made_by, made_at "
            "FROM project_entry WHERE step = 'contract'"
        ),
    ],
)
def test_steps_cannot_be_rewritten(road: Village, statement: str) -> None:
    with road.raw() as raw, pytest.raises(sqlite3.IntegrityError, match="账没有变化"):
        raw.execute(statement)


def test_verify_notices_a_contract_altered(road: Village) -> None:
    with road.raw() as raw:
        raw.execute("DROP TRIGGER project_entry_no_update")
        raw.execute(
            "UPDATE project_entry SET body = replace(body, '7600000', '8600000') WHERE step = 'contract'"
        )
    assert [f.record for f in road.verify() if f.rule == "V75"] == [f"项目 {ROAD} 合同"]

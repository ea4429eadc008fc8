import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import fen
from village_ledger.domain.chart import Account, Chart, CodeRule, LedgerKind, Money, Side
from village_ledger.domain.guard import Guard, GuardAction, load_rules
from village_ledger.domain.voucher import VoucherLine
from village_ledger.resources_dir import resource

DAY = date(2025, 3, 8)
RULES = load_rules(resource("rules", "wrong_ledger.toml").read_text("utf-8"))


def chart(kind: LedgerKind, file: str, widths: str) -> Chart:
    with resource("charts", file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    accounts = [
        Account(
            code=row["code"],
            name=row["name"],
            side=Side(row["side"]),
            category=row["category"],
            money=Money(row["money"]) if row["money"] else None,
        )
        for row in rows
    ]
    return Chart(kind, CodeRule.parse(widths), accounts)


COMMITTEE = chart(LedgerKind.COMMITTEE, "committee_surplus.csv", "4-2-2-2")
COMMITTEE_LIKE_COLLECTIVE = chart(LedgerKind.COMMITTEE, "committee_collective.csv", "3-2-2-2")
COLLECTIVE = chart(LedgerKind.COLLECTIVE, "collective_2023.csv", "3-2-2-2")
committee = Guard(RULES, COMMITTEE)
like_collective = Guard(RULES, COMMITTEE_LIKE_COLLECTIVE)
collective = Guard(RULES, COLLECTIVE)


def voucher(
    summary: str, debit: str, credit: str, amount: int = 100_00, counterparty: str = ""
) -> list[VoucherLine]:
    return [
        VoucherLine(summary, debit, debit=amount, counterparty=counterparty),
        VoucherLine(summary, credit, credit=amount, counterparty=counterparty),
    ]


def verdicts(guard: Guard, lines: list[VoucherLine], day: date = DAY) -> list[tuple[GuardAction, str]]:
    return [(hit.action, hit.rule.offer) for hit in guard.check(lines, day)]


@pytest.mark.parametrize(
    "summary",
    [
        "收旧村小租金",
        "收 租 金",
        "收门面房租",
        "收鱼塘承包款",
        "收果园发包收入",
        "收高速公路征地补偿款",
        "收光伏公司分红",
        "收租金（租车费另付）",
    ],
)
def test_the_collectives_income_is_refused_in_the_committees_ledger_and_t6_offered(summary):
    [hit] = committee.check(voucher(summary, "1002", "4901"), DAY)
    assert hit.action is GuardAction.REFUSE
    assert hit.rule.offer == "T6"
    assert hit.line == 2
    assert f"“{hit.word}”" in hit.sentence
    assert "集体经济组织法" in hit.sentence
    assert "T6" in hit.next_step


@pytest.mark.parametrize(
    ("summary", "debit", "credit"),
    [
        ("付租车费", "5102", "1002"),
        ("付会议场地租金", "5108", "1002"),
        ("退回租车费", "1002", "4901"),
        ("收到集体补助", "1002", "4501"),
        ("收到财政运转补助", "1002", "4401"),
        ("协助征地工作经费", "1002", "4403"),
        ("代收集体租金", "1002", "2202"),
        ("转交代收的集体租金", "2202", "1002"),
        ("集体代收的村委会经费", "1122", "4401"),
    ],
)
def test_what_is_the_committees_own_passes_and_so_do_transfers(summary, debit, credit):
    assert verdicts(committee, voucher(summary, debit, credit)) == []


def test_rent_parked_as_a_payable_is_still_rent_when_the_money_comes_in():
    assert verdicts(committee, voucher("收门面租金", "1002", "2201")) == [(GuardAction.REFUSE, "T6")]


def test_a_rent_owed_by_the_committee_itself_is_no_income():
    assert verdicts(committee, voucher("应付会议场地租金", "5108", "2201")) == []


def test_the_preset_like_the_collectives_knows_the_mirror_by_its_counterparty():
    rent = voucher("收门面租金", "102", "501")
    passed_on = voucher("代收门面租金", "102", "211", counterparty="青山村股份经济合作联合社")
    kept = voucher("收门面租金", "102", "211", counterparty="某某超市")
    assert verdicts(like_collective, rent) == [(GuardAction.REFUSE, "T6")]
    assert verdicts(like_collective, passed_on) == []
    assert verdicts(like_collective, kept) == [(GuardAction.REFUSE, "T6")]


@pytest.mark.parametrize(
    ("summary", "account"),
    [("发放村干部基本报酬", "513"), ("付村委会换届选举费", "513"), ("发放临时救助金", "514")],
)
def test_the_committees_duties_only_warn_in_the_collectives_ledger_with_the_source(summary, account):
    [hit] = collective.check(voucher(summary, account, "102"), DAY)
    assert hit.action is GuardAction.WARN
    assert "法" in hit.sentence
    assert hit.sentence.startswith("第 1 行")
    assert hit.next_step.endswith("。")


@pytest.mark.parametrize(
    ("summary", "debit", "credit"),
    [
        ("收旧村小租金", "102", "501"),
        ("收鱼塘承包款", "102", "501"),
        ("付理事会换届选举费", "513", "102"),
        ("付路灯电费", "514", "102"),
    ],
)
def test_the_collectives_own_business_passes_in_its_ledger(summary, debit, credit):
    assert verdicts(collective, voucher(summary, debit, credit)) == []


@given(fen().filter(bool).map(lambda amount: -abs(amount)))
def test_a_red_letter_reversal_of_income_is_never_refused(amount):
    assert verdicts(committee, voucher("冲销：收旧村小租金", "1002", "4901", amount)) == []


@given(st.text(max_size=30), st.sampled_from(sorted(COMMITTEE.as_mapping())))
def test_a_debit_is_never_refused_in_the_committees_ledger(summary, account):
    assert verdicts(committee, [VoucherLine(summary + "租金", account, debit=1)]) == []


def test_a_rule_does_not_reach_back_before_it_came_into_force():
    rent = voucher("收旧村小租金", "1002", "4901")
    assert verdicts(committee, rent, date(2023, 12, 31)) == []
    assert verdicts(committee, rent, date(2024, 1, 1)) == [(GuardAction.REFUSE, "T6")]


def test_every_line_that_offends_is_named():
    lines = [
        VoucherLine("收租金和承包款", "1002", debit=300),
        VoucherLine("收租金", "4901", credit=100),
        VoucherLine("收承包款", "490101", credit=200),
    ]
    sub_account = Account("490101", "承包款", Side.CREDIT, "收入", level=2, parent="4901")
    grown = Chart(LedgerKind.COMMITTEE, COMMITTEE.rule, [*COMMITTEE, sub_account])
    assert [hit.line for hit in Guard(RULES, grown).check(lines, DAY)] == [2, 3]


def test_without_rules_nothing_is_said():
    assert Guard((), COMMITTEE).check(voucher("收租金", "1002", "4901"), DAY) == []


def test_every_rule_of_the_file_names_its_source_and_a_way_out():
    assert {rule.ledger_kind for rule in RULES} == set(LedgerKind)
    for rule in RULES:
        assert rule.source
        assert "{word}" in rule.sentence
        assert rule.sentence.endswith("。")
        assert rule.next_step.endswith("。")


def test_a_rule_with_an_unknown_side_is_our_own_fault_and_does_not_pass():
    text = resource("rules", "wrong_ledger.toml").read_text("utf-8")
    with pytest.raises(ValueError, match="committee-rent"):
        load_rules(text.replace('sides = ["credit"]', 'sides = ["left"]', 1))


def test_a_rule_without_its_words_is_our_own_fault_and_does_not_pass():
    text = resource("rules", "wrong_ledger.toml").read_text("utf-8")
    with pytest.raises(KeyError):
        load_rules(text.replace("not_words", "other_words", 1))

"""Approval limits: bands exact to the fen, a payment over a limit waits for its decision and papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, Village, draft, in_file
from tests.limits_village import EVERYTHING, SIGNED, WORDS, approve, governed, paid
from village_ledger.domain.errors import DutyError, LimitError
from village_ledger.domain.limit import ApprovalRule, check_bands
from village_ledger.domain.period import Month
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.limits import limit_rules, limit_sets, payments
from village_ledger.services.transfers import resolutions

__all__ = ["governed"]


def test_nothing_is_asked_before_a_village_adopts_rules(village: Village) -> None:
    village.posted("2025-01-05", "收承包款", "借 102 90000; 贷 501 90000")
    spent = village.posted("2025-03-08", "修办公楼", "借 513 50000; 贷 102 50000")
    assert payments.standing(village.reader, spent).demands == ()
    assert [
        item for item in check_list(village.reader, COLLECTIVE, Month(2025, 3)) if item.rule == "K37"
    ] == []


@pytest.mark.parametrize(
    ("amount", "stage"),
    [("0.01", ""), ("1000", ""), ("1000.01", "consulted"), ("10000", "consulted"), ("10000.01", "resolved")],
)
def test_bands_are_exact_to_the_fen(governed: Village, amount: str, stage: str) -> None:
    voucher = governed.entered("2025-03-08", "办公用品", f"借 513 {amount}; 贷 102 {amount}")
    (demand,) = payments.standing(governed.reader, voucher).demands
    assert (demand.kind, demand.rule.stage) == ("nonproduction", stage)


def test_below_and_up_to_are_different() -> None:
    bands = limit_rules.preset("B").bands
    production = [b for b in bands if b.kind == "production"]
    assert [(b.first, b.last) for b in production] == [(1, 99_999), (100_000, 199_999), (200_000, None)]
    assert [b.words for b in production] == [
        "不满 1,000.00",
        "满 1,000.00，不满 2,000.00",
        "满 2,000.00",
    ]


@given(st.sampled_from(sorted(limit_rules.presets())), st.integers(1, 10**12))
def test_every_amount_falls_into_exactly_one_band(preset: str, amount: int) -> None:
    for kind in {band.kind for band in limit_rules.preset(preset).bands}:
        bands = [b for b in limit_rules.preset(preset).bands if b.kind == kind]
        assert sum(band.holds(amount) for band in bands) == 1


SIGN = ("head",)


@pytest.mark.parametrize(
    ("bands", "says"),
    [
        ([], "一档也没有"),
        (
            [ApprovalRule("works", 1, 100, SIGN), ApprovalRule("works", 102, None, SIGN)],
            "空缺：从 1.01 到 1.01",
        ),
        ([ApprovalRule("works", 1, 100, SIGN), ApprovalRule("works", 100, None, SIGN)], "重叠"),
        ([ApprovalRule("works", 1, None, SIGN), ApprovalRule("works", 5, 9, SIGN)], "重叠"),
        ([ApprovalRule("works", 1, 100, SIGN)], "1.01 以上没有规定"),
        ([ApprovalRule("works", 5, None, SIGN)], "空缺：从 0.01 到 0.04"),
        ([ApprovalRule("works", 1, 0, SIGN), ApprovalRule("works", 1, None, SIGN)], "小于它的起点"),
        ([ApprovalRule("吃喝", 1, None, SIGN)], "没有“吃喝”这类支出"),
        ([ApprovalRule("works", 1, None, ("皇帝",))], "没有“皇帝”这种签字人"),
        ([ApprovalRule("works", 1, None, SIGN, stage="想好了")], "没有“想好了”这种决策阶段"),
        ([ApprovalRule("works", 1, None, SIGN, papers=("白条",))], "没有“白条”这种附件"),
        ([ApprovalRule("works", 1, None)], "没有写谁签字"),
        ([ApprovalRule("works", 1, None, SIGN, notice_days=-1)], "公示天数不能小于零"),
    ],
)
def test_bands_with_gap_or_overlap_are_refused(bands: list[ApprovalRule], says: str) -> None:
    with pytest.raises(LimitError, match=says):
        check_bands(bands, WORDS)


def test_rules_are_not_put_over_posted_payments(village: Village) -> None:
    village.posted("2025-01-05", "收承包款", "借 102 900; 贷 501 900")
    village.posted("2025-02-08", "办公用品", "借 513 50; 贷 102 50")
    chosen = limit_rules.preset("A")
    with village.act() as uow, pytest.raises(LimitError, match="2025-02-01 起已经有 1 张记账的付款"):
        limit_sets.adopt(uow, COLLECTIVE, chosen, date(2025, 2, 1), "镇文件")
    with village.act() as uow, pytest.raises(LimitError, match="在建账"):
        limit_sets.adopt(uow, "committee", chosen, date(2024, 2, 1), "镇文件")
    with village.act() as uow, pytest.raises(LimitError, match="写明依据"):
        limit_sets.adopt(uow, COLLECTIVE, chosen, date(2025, 2, 9), " ")
    with village.act() as uow:
        made = limit_sets.adopt(uow, COLLECTIVE, chosen, date(2025, 2, 9), "镇文件").value
    assert made.title.endswith("第 1 版")
    assert village.reader.limit_set(COLLECTIVE, date(2025, 2, 8)) is None
    assert village.reader.limit_set(COLLECTIVE, date(2025, 2, 9)) is not None


def test_a_payment_over_the_limit_waits_for_its_decision(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    with pytest.raises(LimitError, match="没有写决策编号"):
        governed.post(voucher)
    with pytest.raises(LimitError, match="没有编号为“口头说过”的决策或决议"):
        approve(governed, voucher, replace(EVERYTHING, decision="口头说过"))
    approve(governed, voucher)
    governed.post(voucher)
    assert governed.verify() == []


def test_what_is_missing_is_named(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    some = replace(EVERYTHING, papers={"invoice": 1}, signers={**SIGNED, "supervisors": ""})
    assert approve(governed, voucher, some).missing == ("缺会议记录", "缺监事会（监督委员会）签字")
    with pytest.raises(LimitError, match="缺会议记录；缺监事会"):
        governed.post(voucher)


def test_the_wrong_stage_is_refused(governed: Village) -> None:
    """A resolution that did not carry, and one that never went as far as the rule asks."""
    with governed.act() as uow:
        resolutions.enter(uow, "青村决〔2025〕2号", date(2025, 3, 2), "assembly", (90, 80, 20), "修水塔")
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    with pytest.raises(LimitError, match="没有通过"):
        approve(governed, voucher, replace(EVERYTHING, decision="青村决〔2025〕2号"))


def test_small_payments_need_no_record(governed: Village) -> None:
    governed.post(paid(governed, "2025-03-08", "买本子", "1000"))
    assert governed.verify() == []


def test_the_handler_never_approves_an_own_item(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    with pytest.raises(DutyError, match="张出纳 经手了这笔付款，不能又在“理事长”处签批"):
        approve(governed, voucher, replace(EVERYTHING, signers={**SIGNED, "head": "张出纳"}))
    own = governed.reviewed("2025-03-09", "买本子", "借 513 9; 贷 102 9", handler="张三", approver="张三")
    with pytest.raises(LimitError, match="经手人和审批人都是 张三"):
        governed.post(own)


def test_an_approval_is_for_one_amount(governed: Village) -> None:
    voucher = governed.entered("2025-03-08", "修水塔", "借 513 12000; 贷 102 12000")
    approve(governed, voucher)
    governed.save(replace(draft("2025-03-08", "修水塔", "借 513 13000; 贷 102 13000"), editing=voucher.id))
    governed.review(voucher)
    with pytest.raises(LimitError, match="审批以后金额、用途或规则变了"):
        governed.post(voucher)


def test_a_new_version_asks_again(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    approve(governed, voucher)
    with governed.act() as uow:
        outcome = limit_sets.adopt(
            uow, COLLECTIVE, replace(limit_rules.preset("D"), name="村民大会定的"), date(2025, 3, 1), "大会"
        )
    assert outcome.value.title == "村民大会定的 第 2 版"
    with pytest.raises(LimitError, match="审批以后金额、用途或规则变了"):
        governed.post(voucher)


def test_accruing_a_payable_is_judged_and_paying_it_later_is_not(governed: Village) -> None:
    owed = governed.reviewed("2025-03-08", "欠广告费", "借 513 12000; 贷 211@广告社 12000")
    with pytest.raises(LimitError):
        governed.post(owed)
    approve(governed, owed)
    governed.post(owed)
    governed.posted("2025-03-20", "付广告费", "借 211@广告社 12000; 贷 102 12000")
    assert governed.verify() == []


@pytest.mark.parametrize(
    ("what", "entries"),
    [
        ("提折旧", "借 513 20000; 贷 152 20000"),
        ("计提工资", "借 513 20000; 贷 212 20000"),
        ("提现金", "借 101 20000; 贷 102 20000"),
        ("还借款", "借 201 20000; 贷 102 20000"),
    ],
)
def test_what_is_no_payment_of_an_expense_is_left_alone(governed: Village, what: str, entries: str) -> None:
    governed.posted("2025-03-08", what, entries)


def test_a_grant_passed_on_with_the_works_is_one_expense(governed: Village) -> None:
    works = "借 153#路 12000; 贷 102 12000; 借 241#路 12000; 贷 311 12000"
    voucher = governed.entered("2025-03-08", "付工程款", works)
    assert payments.standing(governed.reader, voucher).demands == ()  # preset A does not speak of works
    direct = governed.entered("2025-03-09", "培训", "借 241#路 1500; 贷 102 1500")
    (demand,) = payments.standing(governed.reader, direct).demands
    assert (demand.kind, demand.amount) == ("nonproduction", 1500_00)


def test_undoing_needs_no_decision(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    approve(governed, voucher)
    governed.post(voucher)
    red = governed.reverse(governed.again(voucher), "2025-03-20")
    governed.review(red)
    governed.post(red)
    assert governed.verify() == []


def test_an_import_does_not_go_round_the_limits(governed: Village) -> None:
    in_march = in_file(draft("2025-03-08", "修水塔", "借 513 12000; 贷 102 12000"), 1)
    with pytest.raises(LimitError, match="不能跳过审批直接记账"):
        governed.take_in(in_march)
    assert governed.take_in(in_march, post=False) == 1


def test_entering_says_what_a_payment_needs(governed: Village) -> None:
    said = governed.save(draft("2025-03-08", "修水塔", "借 513 12000; 贷 102 12000")).warnings
    assert any("村民（成员）代表会议、发票或收据、会议记录；手续不全不能记账" in one for one in said)

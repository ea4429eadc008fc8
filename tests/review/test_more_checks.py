"""Rules about vouchers and the books that stand beside the check list: each in its case, and silent in the neighbouring one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village
from tests.contracts import lets
from tests.dividend_village import DividendVillage
from tests.limits_village import approve, governed, paid
from tests.review.township import unguarded
from village_ledger.domain.contract import Papers
from village_ledger.domain.period import Month, Span
from village_ledger.domain.review_check import Hit, LeadTo, review_rules
from village_ledger.services.book import month_states
from village_ledger.services.review.checks import KINDS, review

__all__ = ["governed"]

YEAR, TODAY = Span.of_year(2025), date(2025, 12, 31)


def asked(village: Village, number: str, span: Span = YEAR) -> list[Hit]:
    """What one rule found."""
    return review(village.reader, span, TODAY, [rule for rule in review_rules() if rule.id == number])


def test_cash_over_the_limit_is_said_an_account_at_a_time(village: Village) -> None:
    village.posted("2025-03-05", "收果园承包款", "借 101 5000; 贷 501 5000")
    assert asked(village, "R27") == []
    village.posted("2025-03-06", "收鱼塘承包款", "借 101 1000; 贷 501 1000")
    village.posted("2025-03-09", "送存银行", "借 102 5500; 贷 101 5500")
    assert asked(village, "R27") == []  # three days to the bank
    village.posted("2025-03-11", "收鱼塘承包款", "借 101 5500; 贷 501 5500")
    village.posted("2025-03-15", "送存银行", "借 102 5500; 贷 101 5500")
    (hit,) = asked(village, "R27")
    assert hit.text == "101 库存现金超过限额 5,000.00 元，3 天以后还没有送存，最多 2025-03-11 有 6,000.00 元"
    assert (hit.to, hit.key, hit.amount) == (LeadTo.ACCOUNT, "101", 6000_00)


def test_a_large_payment_without_a_decision(governed: Village) -> None:
    """By the limit of the pack, not by the village's own; what was decided is left alone."""
    decided = paid(governed, "2025-03-08", "修办公楼", "50000", "@建筑队")
    approve(governed, decided)
    governed.post(decided)
    assert asked(governed, "R28") == []


def test_a_large_payment_in_a_village_without_limits(village: Village) -> None:
    village.posted("2025-03-05", "提现备用", "借 101 30000; 贷 102 30000")
    large = village.posted("2025-03-08", "付修渠款", "借 514@建筑队 20000; 贷 102 20000")
    (hit,) = asked(village, "R28")
    assert (hit.key, hit.amount) == (str(large.ref), 20000_00)


def test_much_cash_drawn_at_once(village: Village) -> None:
    drawn = village.posted("2025-03-05", "提取现金", "借 101 20000; 贷 102 20000")
    village.posted("2025-03-06", "提取现金", "借 101 19999; 贷 102 19999")
    village.posted("2025-03-07", "送存银行", "借 102 39999; 贷 101 39999")
    assert [(hit.key, hit.amount) for hit in asked(village, "R29")] == [(str(drawn.ref), 20000_00)]


def test_money_of_one_ledger_in_the_other(village: Village) -> None:
    village.posted("2025-03-05", "收果园承包款", "借 101 600; 贷 501 600")
    assert asked(village, "R08") == []
    village.posted("2025-03-06", "付村干部报酬", "借 513 600; 贷 101 600")
    assert [(hit.ledger, hit.to, hit.key) for hit in asked(village, "R08")] == [
        (COLLECTIVE, LeadTo.VOUCHER, "2025-03/记-0002")
    ]


@pytest.mark.parametrize(
    ("number", "wrong", "right"),
    [("R09", "付招待餐费", "付食堂煤气费"), ("R10", "购礼品卡送礼", "购办公用品")],
)
def test_words_that_must_not_be_paid_for(village: Village, number: str, wrong: str, right: str) -> None:
    noticed = village.posted("2025-03-05", wrong, "借 513 300; 贷 101 300")
    village.posted("2025-03-05", right, "借 513 300; 贷 101 300")
    village.posted("2025-03-05", wrong, "借 101 300; 贷 513 300")
    assert [hit.key for hit in asked(village, number)] == [str(noticed.ref)]


def test_a_voucher_of_a_one_person_post(village: Village) -> None:
    village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
    assert asked(village, "R07") == []
    village.declare_one_person_post()
    voucher = village.entered("2025-03-06", "付办公室水费", "借 513 300; 贷 101 300")
    village.post(voucher)
    assert [hit.key for hit in asked(village, "R07")] == [str(voucher.ref)]


def test_a_warning_that_was_let_pass(village: Village) -> None:
    village.open_with("借 121 1000", "贷 301 1000")
    village.posted("2025-01-08", "盘亏", "借 181 300; 贷 121 300")
    assert asked(village, "R20") == []
    with village.act() as uow:
        month_states.waive(uow, COLLECTIVE, Month(2025, 1), "K8", "下月处理")
    (hit,) = asked(village, "R20")
    assert "理由：下月处理（王秀英）" in hit.text
    assert asked(village, "R20", Span.of_month(Month(2025, 2))) == []


def test_many_void_vouchers(village: Village) -> None:
    for day in ("05", "06"):
        village.void(village.entered(f"2025-03-{day}", "付办公室电费", "借 513 300; 贷 101 300"))
    assert asked(village, "R21") == []
    village.void(village.entered("2025-03-07", "付办公室电费", "借 513 300; 贷 101 300"))
    (hit,) = asked(village, "R21")
    assert (hit.text, hit.key) == ("3 张里作废了 3 张", "voucher_list")


def test_few_void_ones_among_many(village: Village) -> None:
    for day in range(1, 4):
        village.void(village.entered(f"2025-03-{day:02d}", "付办公室电费", "借 513 300; 贷 101 300"))
    for number in range(60):
        village.entered("2025-03-08", f"付第{number}户误工补助", "借 513 30; 贷 101 30")
    assert asked(village, "R21") == []


def test_a_contract_without_a_decision(village: Village) -> None:
    terms = lets.terms("2025-01-01", "2025-12-31", 6000)
    lets.entered(village, lets.a_contract("1号", terms=terms))
    assert asked(village, "R23") == []
    lets.entered(village, lets.a_contract("2号", "J002", terms=terms, papers=Papers()))
    (hit,) = asked(village, "R23")
    assert "没有写决议文号" in hit.text
    assert (hit.to, hit.key) == (LeadTo.PAGE, "contracts")
    assert asked(village, "R23", Span.of_year(2026)) == []


def test_rent_that_rose_is_no_finding(village: Village) -> None:
    for number, start, end, rent in (
        ("1号", "2024-01-01", "2024-12-31", 6000),
        ("2号", "2025-01-01", "2025-12-31", 6000),
    ):
        lets.entered(village, lets.a_contract(number, terms=lets.terms(start, end, rent)))
    assert asked(village, "R22") == []


def test_payments_to_many_are_no_concentration(village: Village) -> None:
    for party in ("建筑队", "农资店", "供电所", "水厂"):
        village.posted("2025-03-05", "付修渠款", f"借 514@{party} 30000; 贷 102 30000")
    assert asked(village, "R17") == []


def test_nearly_equal_and_far_apart_payments_are_not_twice(village: Village) -> None:
    village.posted("2025-03-05", "付化肥款", "借 511@农资店 800; 贷 102 800")
    village.posted("2025-03-06", "付化肥款", "借 511@农资店 800.01; 贷 102 800.01")
    village.posted("2025-03-07", "付化肥款", "借 511@种子站 800; 贷 102 800")
    village.posted("2025-03-21", "付化肥款", "借 511@农资店 800; 贷 102 800")
    assert asked(village, "R15") == []


def test_small_payments_that_stay_below_the_limit_together(village: Village) -> None:
    for day in ("05", "07"):
        village.posted(f"2025-03-{day}", "付修路款", "借 514@建筑队 2400; 贷 102 2400")
    village.posted("2025-03-08", "付修路款", "借 514@建筑队 5000; 贷 102 5000")
    assert asked(village, "R16") == []


def test_a_dividend_that_was_rewritten(tmp_path: Path) -> None:
    with DividendVillage.found(tmp_path) as village:
        village.earn()
        village.hold()
        village.bequeath()
        village.shut()
        village.resolve()
        village.give()
        village.into_the_books()
        span = Span.of_year(2026)
        assert asked(village, "R24", span) == []
        with village.raw() as raw:
            unguarded(raw, "UPDATE dividend_line SET amount = amount + 1 WHERE line = 1")
        hits = asked(village, "R24", span)
        assert hits
        assert all((hit.to, hit.key) == (LeadTo.PAGE, "dividend_run") for hit in hits)
        assert not any(COLLECTIVE in hit.text for hit in hits)  # the list names the ledger by its title
        assert asked(village, "R24", YEAR) == []  # it was given in March 2026


def test_a_month_closed_in_time(village: Village) -> None:
    village.posted("2025-11-05", "付办公室电费", "借 513 300; 贷 101 300")
    late = [hit for hit in asked(village, "R26") if hit.ledger == COLLECTIVE]
    assert late[0].key == "2025-01"
    for month in range(1, 11):
        village.close_month(f"2025-{month:02d}")
    assert [hit for hit in asked(village, "R26") if hit.ledger == COLLECTIVE] == []


def test_severity_rule_and_way_of_every_rule() -> None:
    """Fifty-two rules, each with its weight, words and source; every kind the program has is used by one of them."""
    rules = review_rules()
    assert [rule.id for rule in rules] == [f"R{number:02d}" for number in range(1, 53)]
    assert {rule.kind for rule in rules} == KINDS
    assert replace(rules[0]).severity is rules[0].severity

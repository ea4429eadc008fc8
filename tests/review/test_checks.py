"""What a reviewer would notice, the checks notice; what is in order they leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, LI, Village
from tests.contracts import lets
from village_ledger.domain.errors import LedgerError, PackageError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.review_check import Hit, Severity, review_rules
from village_ledger.domain.sampling import Candidate, SampleOrder, by_seed, by_size, draw
from village_ledger.services.check_item import closing_rules
from village_ledger.services.review.checks import KINDS, review

YEAR = Span.of_year(2025)
TODAY = date(2025, 12, 31)


def _hits(village: Village, kind: str, today: date = TODAY) -> list[Hit]:
    rules = [rule for rule in review_rules() if rule.kind == kind]
    assert rules, kind
    return review(village.reader, YEAR, today, rules)


def _said(village: Village, kind: str) -> list[tuple[str, str]]:
    return [(hit.key, hit.text) for hit in _hits(village, kind)]


NAMES = {"handler": "陈秀英", "witness": "周德清", "approver": "赵永康"}


@pytest.mark.parametrize(
    ("kind", "wrong", "said", "right"),
    [
        (
            "cash-payment",
            ("2025-03-05", "购水泵", "借 513@农机店 1200; 贷 101 1200"),
            "现金付出 1,200.00 元",
            ("2025-03-05", "发2月份误工补助", "借 513 1200; 贷 101 1200"),
        ),
        (
            "round-sum",
            ("2025-03-05", "付修路款", "借 514@建筑队 8000; 贷 102 8000"),
            "付出整数 8,000.00 元",
            ("2025-03-05", "付修路款", "借 514@建筑队 8001.50; 贷 102 8001.50"),
        ),
        (
            "weekend",
            ("2025-03-08", "付修路款", "借 514@建筑队 2100; 贷 102 2100"),
            "（星期六）付出 2,100.00 元",
            ("2025-03-07", "付修路款", "借 514@建筑队 2100; 贷 102 2100"),
        ),
        (
            "vague",
            ("2025-03-05", "付款", "借 513 30; 贷 101 30"),
            "摘要只写了“付款”",
            ("2025-03-05", "付办公室电费", "借 513 30; 贷 101 30"),
        ),
        (
            "words",
            ("2025-03-05", "付招待餐费", "借 513 300; 贷 101 300"),
            "摘要里有“招待”",
            ("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300"),
        ),
        (
            "no-party",
            ("2025-03-05", "付修路款", "借 514 6100; 贷 102 6100"),
            "付出 6,100.00 元没有写对方",
            ("2025-03-05", "付修路款", "借 514@建筑队 6100; 贷 102 6100"),
        ),
    ],
)
def test_a_voucher_that_is_noticed_and_one_that_is_not(
    village: Village,
    kind: str,
    wrong: tuple[str, str, str],
    said: str,
    right: tuple[str, str, str],
) -> None:
    noticed = village.posted(*wrong)
    village.posted(*right)
    found = _said(village, kind)
    assert [key for key, _ in found] == [str(noticed.ref)]
    assert said in found[0][1]


def test_a_payment_without_paper_or_reason(village: Village) -> None:
    bare = village.posted("2025-03-05", "付电费", "借 513 300; 贷 101 300", attachments="")
    village.posted(
        "2025-03-06", "付水费", "借 513 300; 贷 101 300", attachments="", no_attachment_reason="银行代扣"
    )
    village.posted("2025-03-07", "付网费", "借 513 300; 贷 101 300")
    assert [key for key, _ in _said(village, "no-paper")] == [str(bare.ref)]


def test_three_names_on_a_payment_and_not_the_same_one_twice(village: Village) -> None:
    unsigned = village.posted("2025-03-05", "付电费", "借 513 600; 贷 101 600", handler="陈秀英")
    village.posted("2025-03-06", "付水费", "借 513 600; 贷 101 600", **NAMES)
    alone = village.posted(
        "2025-03-07", "付网费", "借 513 600; 贷 101 600", **(NAMES | {"handler": "赵永康"})
    )
    ((key, said),) = _said(village, "three-signatures")
    assert (key, "缺证明人、审批人" in said) == (str(unsigned.ref), True)
    assert [key for key, _ in _said(village, "same-signature")] == [str(alone.ref)]


def test_the_same_sum_to_the_same_shop_within_days(village: Village) -> None:
    village.posted("2025-03-05", "付化肥款", "借 511@农资店 800; 贷 102 800")
    village.posted("2025-03-12", "付化肥款", "借 511@农资店 800; 贷 102 800")
    village.posted("2025-05-12", "付化肥款", "借 511@农资店 800; 贷 102 800")
    (hit,) = _hits(village, "twice")
    assert (hit.key, hit.others) == ("2025-03/记-0001", ("2025-03/记-0002",))
    assert "7 天里收了两次 800.00 元" in hit.text


def test_a_payment_cut_in_parts(village: Village) -> None:
    for day, fen in (("2025-03-05", "2900"), ("2025-03-07", "2800"), ("2025-06-07", "2800")):
        village.posted(day, "付修路款", f"借 514@建筑队 {fen}; 贷 102 {fen}")
    (hit,) = _hits(village, "split")
    assert hit.amount == 5700_00
    assert "分 2 笔收了 5,700.00 元" in hit.text


def test_much_of_the_money_to_one(village: Village) -> None:
    village.posted("2025-03-05", "付修路款", "借 514@建筑队 30000.50; 贷 102 30000.50")
    village.posted("2025-03-05", "付电费", "借 513@供电所 300; 贷 102 300")
    (hit,) = _hits(village, "concentration")
    assert "建筑队 收了全部付款的 99%" in hit.text


def test_newspapers_over_the_years_limit(village: Village) -> None:
    village.posted("2025-01-05", "订报刊", "借 513 1500; 贷 102 1500")
    assert _hits(village, "yearly-limit") == []
    village.posted("2025-06-05", "补订报刊", "借 513 600; 贷 102 600")
    (hit,) = _hits(village, "yearly-limit")
    assert hit.amount == 2100_00


def test_vouchers_written_long_after_are_said_at_once(village: Village) -> None:
    village.posted("2025-01-05", "付电费", "借 513 300; 贷 101 300")
    village.posted("2025-01-06", "付水费", "借 513 300; 贷 101 300")
    (hit,) = _hits(village, "late-entry")
    assert "补记了 2 张" in hit.text
    assert hit.others == ("2025-01/记-0002",)


def test_a_correction_and_a_reopened_month(village: Village) -> None:
    wrong = village.posted("2025-01-05", "付电费", "借 513 300; 贷 101 300")
    red = village.reverse(wrong, "2025-01-20", "金额记错")
    village.review(red)
    village.post(red)
    assert [key for key, _ in _said(village, "reversals")] == [str(red.ref)]
    village.close_month("2025-01")
    from village_ledger.services.closing import closing

    with village.act() as uow:
        closing.reopen(uow, COLLECTIVE, Month.parse("2025-01"), LI, "漏记一笔")
    (hit,) = _hits(village, "reopened")
    assert "漏记一笔" in hit.text


def test_rent_below_the_contract_before(village: Village) -> None:
    for number, start, end, rent in (
        ("1号", "2024-01-01", "2024-12-31", 6000),
        ("2号", "2025-01-01", "2025-12-31", 4800),
    ):
        lets.entered(village, lets.a_contract(number, terms=lets.terms(start, end, rent)))
    (hit,) = _hits(village, "rent-below")
    assert "上一份 1号" in hit.text
    assert hit.amount > 0


def test_what_waits_too_long_to_be_posted(village: Village) -> None:
    waiting = village.entered("2025-02-05", "付电费", "借 513 300; 贷 101 300")
    village.entered("2025-12-05", "付电费", "借 513 300; 贷 101 300")
    assert [hit.key for hit in _hits(village, "unposted-old")] == [str(waiting.ref)]
    assert [hit.key for hit in _hits(village, "month-open") if hit.ledger == COLLECTIVE] == ["2025-01"]


def test_what_waits_is_said_up_to_the_end_of_the_period(village: Village) -> None:
    """A package of June looked at next April says nothing of the vouchers of July and January."""
    days = ("2025-03-05", "2025-06-30", "2025-07-01", "2026-01-08")
    march, june, *_ = (village.entered(day, "付电费", "借 513 300; 贷 101 300") for day in days)
    rules = [rule for rule in review_rules() if rule.id == "R25"]
    spring = date(2026, 4, 1)
    found = review(village.reader, Span.of_month(Month(2025, 6)), spring, rules)
    assert [hit.key for hit in found] == [str(march.ref), str(june.ref)]
    assert len(review(village.reader, Span.of_year(2026), spring, rules)) == 4
    in_july = review(village.reader, Span.of_month(Month(2025, 6)), date(2025, 7, 10), rules)
    assert [hit.key for hit in in_july] == [str(march.ref)]


def test_a_line_of_the_closing_list_is_asked_again(village: Village) -> None:
    village.posted("2025-01-05", "付电费", "借 513 300; 贷 101 300")
    assert any(hit.rule.measures["rule"] == "K4" for hit in _hits(village, "closing"))


def test_the_gravest_stand_first(village: Village) -> None:
    village.posted("2025-03-08", "付款", "借 513 9000; 贷 101 9000", attachments="")
    places = [hit.rule.severity.place for hit in review(village.reader, YEAR, TODAY)]
    assert places == sorted(places)
    assert {Severity.GRAVE.place, Severity.SLIGHT.place} <= set(places)


def test_the_rules_are_those_the_program_knows() -> None:
    rules = review_rules()
    assert len(rules) >= 30
    assert {rule.kind for rule in rules} <= KINDS
    assert {rule.measures["rule"] for rule in rules if rule.kind == "closing"} <= {
        *closing_rules()["titles"],
        "K36",
    }
    assert all(rule.text and rule.source for rule in rules)


def test_a_rule_of_an_unknown_kind_is_refused(village: Village) -> None:
    strange = replace(review_rules()[0], kind="moon")
    with pytest.raises(LedgerError, match="R01 是程序不认得的一种"):
        review(village.reader, YEAR, TODAY, [strange])


def test_a_rule_not_yet_in_force_is_not_asked(village: Village) -> None:
    village.posted("2025-03-05", "付款", "借 513 30; 贷 101 30")
    later = replace(next(r for r in review_rules() if r.kind == "vague"), effective=date(2026, 1, 1))
    assert review(village.reader, YEAR, TODAY, [later]) == []


# samples

SOME = [Candidate("collective", f"2025-01/记-{n:04d}", "付电费", n * 100) for n in range(1, 101)]


def test_a_sample_by_seed_is_the_same_for_everybody() -> None:
    first = by_seed(SOME, "2025-12-31 双色球", 10)
    assert first == by_seed(reversed(SOME), "2025-12-31 双色球", 10)
    assert len(first) == 10
    assert first != by_seed(SOME, "另一个种子", 10)
    assert [one.ref for one in first] == sorted(one.ref for one in first)


def test_the_largest_reach_their_part_of_the_money_and_not_one_more() -> None:
    drawn, total = by_size(SOME, 60), sum(one.amount for one in SOME)
    assert sum(one.amount for one in drawn) * 100 >= total * 60
    assert sum(one.amount for one in drawn[:-1]) * 100 < total * 60


def test_a_sample_says_what_it_covers() -> None:
    sample = draw(SOME, SampleOrder(count=10))
    assert [one.amount for one in sample.drawn] == [n * 100 for n in range(100, 90, -1)]
    assert (sample.population, sample.covered, sample.amount) == (100, 95500, 505000)
    assert sample.share == "18.9%"
    assert sample.words.startswith(
        "金额最大的 10 张，一共 100 张。抽到的合计 955.00 元，占全部 5,050.00 元的 18.9%"
    )
    assert draw([], SampleOrder("种子")).share == "0.0%"
    assert len(draw(SOME, SampleOrder("种子")).drawn) == 20


def test_villages_are_told_apart_by_the_seed() -> None:
    twins = [one._replace(village=village) for village in ("青山村", "白云村") for one in SOME]
    drawn = draw(twins, SampleOrder("种子", 50)).drawn
    refs = [{one.ref for one in drawn if one.village == village} for village in ("青山村", "白云村")]
    assert refs[0] != refs[1]


@pytest.mark.parametrize(
    ("count", "percent", "said"),
    [
        ("很多", "", "抽几张要写 1 到 10000 的整数"),
        ("0", "", "抽几张要写"),
        ("10001", "", "抽几张要写"),
        ("", "101", "占金额的百分之几要写 1 到 100 的整数"),
        ("", "-3", "占金额的百分之几要写"),
    ],
)
def test_a_sample_that_cannot_be_drawn(count: str, percent: str, said: str) -> None:
    with pytest.raises(PackageError, match=said):
        SampleOrder.typed("", count, percent)


def test_by_command(village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from village_ledger.cli.main import main

    village.posted("2025-03-05", "付款", "借 513 30; 贷 101 30")
    book = str(village.path)
    assert main(["report", book, "review-checks", "--year", "2025", "--format", "csv"]) == 0
    assert "摘要只写了“付款”" in capsys.readouterr().out
    assert (
        main(
            ["report", book, "review-sample", "--year", "2025", "--seed", "福彩3D 2025360", "--format", "csv"]
        )
        == 0
    )
    assert "2025-03/记-0001" in capsys.readouterr().out
    assert main(["report", book, "review-sample", "--year", "2025", "-o", str(tmp_path / "抽查.xlsx")]) == 0

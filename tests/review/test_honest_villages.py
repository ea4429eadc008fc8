"""Ordinary rural habits are no findings: an honest village stands at the foot of the desk, and exceptions stand first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.attachments.files import PDF, attach, of
from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.review.township import sent
from village_ledger.domain.period import Month, Span
from village_ledger.domain.project import Card
from village_ledger.domain.review_check import Hit, LeadTo, Severity, review_rules
from village_ledger.exchange.review.review_desk import review_folder
from village_ledger.reports.review.desk_totals import comparison_table, rules_table
from village_ledger.reports.table import Role
from village_ledger.services.book import month_states
from village_ledger.services.projects import projects
from village_ledger.services.review.checks import review

YEAR, TODAY = Span.of_year(2025), date(2026, 1, 10)
NAMES = {"handler": "陈秀英", "witness": "周德清", "approver": "赵永康"}


def found(village: Village, *numbers: str) -> list[Hit]:
    rules = [rule for rule in review_rules() if not numbers or rule.id in numbers]
    return review(village.reader, YEAR, TODAY, rules)


def cash_rents(village: Village) -> None:
    """Rent in cash, brought to the bank the next day; small pay, small bills."""
    village.posted("2025-01-08", "收王建国交果园承包款", "借 101 6000; 贷 501 6000")
    village.posted("2025-01-09", "存现", "借 102 5500; 贷 101 5500")
    village.posted("2025-02-10", "付电费", "借 513 186.40; 贷 101 186.40", **NAMES)
    for month in range(2, 8):
        village.posted(f"2025-{month:02d}-28", "付村会计报酬", "借 513@王秀英 800; 贷 102 800", **NAMES)


def harvest(village: Village) -> None:
    """Day wages in cash at the weekend, a round sum that says how it was reckoned."""
    village.open_with("借 102 80000", "贷 301 80000")
    village.posted("2025-09-05", "提现发采摘工钱", "借 101 4500; 贷 102 4500", **NAMES)
    for day in ("06", "07", "13"):
        village.posted(f"2025-09-{day}", "付采摘工钱 12人×120元", "借 511 1440; 贷 101 1440", **NAMES)
    village.posted("2025-10-10", "付化肥款 40包×150元", "借 511@农资店 6000; 贷 102 6000", **NAMES)


def officers(village: Village) -> None:
    """Pay of the committee's officers, in one sum by list."""
    village.posted("2025-01-06", "收镇拨办公经费", "借 1002 60000; 贷 4101 60000", ledger=COMMITTEE)
    for month in range(1, 7):
        day = f"2025-{month:02d}-15"
        village.posted(day, "发村干部报酬 3人", "借 5101 7540; 贷 1002 7540", COMMITTEE, **NAMES)


@pytest.mark.parametrize("life", [cash_rents, harvest, officers])
def test_an_honest_village_has_nothing_but_slight_findings(tmp_path: Path, life: object) -> None:
    with Village.found(tmp_path) as village:
        assert callable(life)
        life(village)
        for month in range(1, 13):
            for ledger in (COLLECTIVE, COMMITTEE):
                village.close_month(f"2025-{month:02d}", ledger=ledger)
        said = [(hit.rule.id, hit.text) for hit in found(village) if hit.rule.severity is not Severity.SLIGHT]
        assert said == []
        assert all(hit.to is not LeadTo.NOTHING for hit in found(village))


def test_a_ledger_nothing_was_booked_in_has_no_month_to_close(village: Village) -> None:
    village.posted("2025-01-08", "收果园承包款", "借 101 600; 贷 501 600")
    (hit,) = found(village, "R26")
    assert (hit.ledger, hit.text) == (COLLECTIVE, "2025年1月至10月（10 个月）还没有结账")


def test_one_reason_written_every_month_is_said_once(village: Village) -> None:
    village.open_with("借 121 1000", "贷 301 1000")
    village.posted("2025-01-08", "盘亏", "借 181 300; 贷 121 300")
    with village.act() as uow:
        for month in (1, 2, 3):
            month_states.waive(uow, COLLECTIVE, Month(2025, month), "K8", "等镇里批")
    (hit,) = found(village, "R20")
    assert hit.text.startswith("2025年第1季度（3 个月）放行：181")
    assert hit.text.endswith("理由：等镇里批（王秀英）")
    assert (hit.to, hit.key) == (LeadTo.MONTH, "2025-03")


def test_a_payment_is_decided_where_its_project_or_its_summary_says_so(village: Village) -> None:
    with village.act() as uow:
        projects.write(
            uow,
            COLLECTIVE,
            "修路",
            date(2025, 1, 5),
            Card("works", "硬化三组路", decision="青村决〔2025〕1号"),
        )
    village.posted("2025-03-05", "付修路款", "借 153#修路 30000; 贷 102 30000")
    bare = village.posted("2025-03-06", "付修渠款", "借 153#修渠 30000; 贷 102 30000")
    assert [hit.key for hit in found(village, "R28")] == [str(bare.ref)]


def test_words_that_settle_a_rule_settle_it_for_every_kind_of_look(village: Village) -> None:
    """A county writes not_words into any rule: it holds for looks at one voucher, at many, and at the books."""
    for day in ("2025-03-05", "2025-03-07"):
        village.posted(day, "付救灾运费", "借 514@运输队 2900; 贷 102 2900")
    assert {hit.rule.id for hit in found(village, "R12", "R16", "R32")} == {"R12", "R16", "R32"}
    silent = [
        replace(rule, measures={**rule.measures, "not_words": ["救灾", "银行存款"]})
        for rule in review_rules()
    ]
    said = {hit.rule.id for hit in review(village.reader, YEAR, TODAY, silent)}
    assert not said & {"R16", "R32", "R12"}


def test_payments_cut_around_the_days_are_still_one_run(village: Village) -> None:
    for day, sum_ in (("01", "100"), ("09", "2900"), ("12", "2900")):
        village.posted(f"2025-04-{day}", "付修路款", f"借 514@建筑队 {sum_}; 贷 102 {sum_}")
    (hit,) = found(village, "R16")
    assert "在 4 天里分 2 笔收了 5,800.00 元" in hit.text


def test_originals_that_did_not_travel_are_not_missing(village: Village, tmp_path: Path) -> None:
    voucher = village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
    attach(village, of(voucher), PDF, "电费单")
    with_them, without = (
        sent(village, tmp_path, "有.vlpkg", attachments=True),
        sent(village, tmp_path, "无.vlpkg"),
    )
    for made in (with_them, without):
        (one,) = review_folder([made.path], tmp_path / "乡镇", TODAY).reviewed
        assert not [hit.text for hit in one.hits if "文件不见了" in hit.text]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Village, Path]]:
    with Village.found(tmp_path) as village:
        yield village, tmp_path


def test_what_a_village_adopted_is_said_and_not_compared(two: tuple[Village, Path]) -> None:
    """A village that adopted a calendar and is late must not look worse than one that adopted none."""
    from tests.review.test_closing_checks import reminded

    village, folder = two
    reminded(village, "2025-06")
    made = sent(village, folder)
    run = review_folder([made.path], folder / "乡镇", TODAY)
    state = run.state()
    (one,) = run.reviewed
    own = [hit for hit in one.hits if hit.rule.id == "R50"]
    assert own
    assert own[0].rule.by_village
    row, *_ = comparison_table(state, run.pack).rows
    assert row.cells[-1] == one.count(Severity.PLAIN) - len(own)
    rows = list(rules_table(state, run.pack).rows)
    apart = next(place for place, row in enumerate(rows) if row.role is Role.SECTION)
    assert {row.cells[0] for row in rows[apart + 1 :]} == {"R47", "R50"}
    assert any("不在比的里面" in note for note in comparison_table(state, run.pack).notes)

"""收益及收益分配表 names the year a spring decision gives away; a December decision is simply the year's own."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, Village
from tests.services.months import close_through, close_year
from village_ledger.domain.period import Span, parse_day
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.closing.distribution import Decision, distribute


@pytest.fixture
def earning(village: Village) -> Village:
    village.open_with("借 101 5000", "贷 301 5000")
    village.posted("2025-03-08", "收租金", "借 101 12000; 贷 501 12000")
    return village


def give(village: Village, day: str, reserve: int = 0, members: int = 0) -> None:
    decision = Decision(2025, parse_day(day), "3号", reserve=reserve, members=members)
    with village.act() as uow:
        made = distribute(uow, COLLECTIVE, decision).value
    village.review(*made)
    village.post(*made)


def rows(village: Village, year: int) -> dict[str, tuple[object, ...]]:
    table = make(village.reader, "income-distribution", ReportRequest(COLLECTIVE, Span.of_year(year)))
    return {str(row.cells[1]): row.cells for row in table.rows}


def test_a_spring_decision_is_named_under_its_row_and_not_subtracted_twice(earning: Village):
    close_through(earning, 12)
    close_year(earning)
    give(earning, "2026-03-20", reserve=100_000, members=500_000)
    found = rows(earning, 2026)
    assert found["R17a"][2:4] == ("其中：分配2025年度", 100_000)
    assert found["R18a"][2:4] == ("其中：分配2025年度", 500_000)
    assert "R19a" not in found
    assert (found["R18"][3], found["R20"][3]) == (500_000, 600_000)


def test_a_december_decision_needs_no_naming(earning: Village):
    give(earning, "2025-12-28", reserve=100_000)
    found = rows(earning, 2025)
    assert found["R17"][3] == 100_000
    assert "R17a" not in found


def test_a_reversed_one_is_not_named(earning: Village):
    close_through(earning, 12)
    close_year(earning)
    give(earning, "2026-03-20", members=500_000)
    part = earning.reader.distribution_parts(COLLECTIVE)[0]
    back = earning.reverse(earning.reader.voucher(part.voucher_id), "2026-03-21")
    earning.review(back)
    earning.post(back)
    assert "R18a" not in rows(earning, 2026)

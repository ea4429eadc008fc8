"""January is entered and posted while December is still being closed: balances roll, sheets say so, the year end shows."""

from __future__ import annotations

import pytest

from tests.builders import Village
from tests.services.months import close, close_year
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make

JANUARY = Span.of_month(Month(2026, 1))


def openings(village: Village) -> dict[str, int]:
    turnovers = village.reader.turnovers("collective", JANUARY)
    return {t.account: t.opening for t in turnovers if t.opening}


def said(village: Village, report: str = "trial-balance", account: str = "") -> str:
    return "".join(make(village.reader, report, ReportRequest("collective", JANUARY, account)).warnings)


def test_a_january_before_its_december(village: Village):
    village.posted("2025-11-08", "收租金", "借 101 600; 贷 501 600")
    village.posted("2026-01-05", "收租金", "借 101 100; 贷 501 100")
    assert openings(village) == {"101": 600_00, "501": -600_00}

    village.posted("2025-12-20", "付电费", "借 513 40; 贷 101 40")
    assert openings(village) == {"101": 560_00, "501": -600_00, "513": 40_00}
    assert village.balance("101", "2026-01-31") == 660_00
    for report, account in (
        ("trial-balance", ""),
        ("account-ledger", "101"),
        ("balance-sheet", ""),
        ("disclosure", ""),
        ("general-ledger", ""),
    ):
        words = said(village, report, account)
        assert "2025年1月至2025年12月还没有结账，2026年的年初余额还会变动" in words, report

    with pytest.raises(PeriodError, match="前面还有 12 个月没有结账"):
        close(village, Month(2026, 1))
    for number in range(1, 13):
        close(village, Month(2025, number))
    assert "2025年还没有年终结转" in said(village)

    close_year(village)
    assert openings(village) == {"101": 560_00, "32202": -560_00}
    assert "年终结转" not in said(village)
    assert "年初余额" not in said(village)
    village.posted("2026-01-06", "付电费", "借 513 10; 贷 101 10")
    close(village, Month(2026, 1))
    assert village.verify() == []


def test_the_december_before_is_not_touched_by_january(village: Village):
    village.posted("2026-01-05", "收租金", "借 101 100; 贷 501 100")
    december = make(village.reader, "trial-balance", ReportRequest("collective", Span.of_year(2025)))
    assert [row.cells for row in december.rows if row.role.value == "detail"] == []
    assert "还会变动" not in "".join(december.warnings)

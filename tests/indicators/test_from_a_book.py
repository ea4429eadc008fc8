"""Indicators read from a book: they tie to the statements, and to the registers of contracts, assets and land."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, Village
from tests.cli.conftest import run  # noqa: F401  the fixture
from tests.contracts.lets import a_contract, signed, terms
from tests.parcels.land import register
from village_ledger.domain.asset import AssetKind, Card, Facts, Status, Use
from village_ledger.domain.contract import Papers
from village_ledger.domain.errors import DutyError, LedgerError
from village_ledger.domain.indicator import Judged
from village_ledger.domain.parcel import Standing
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.indicators.indicator_figures import IndicatorSet, read_indicators
from village_ledger.services.assets import cards
from village_ledger.services.contracts import receipts
from village_ledger.services.contracts.receipts import Received
from village_ledger.services.indicators.indicator_rules import set_line

END = date(2025, 12, 31)


def read(village: Village, day: date = END) -> IndicatorSet:
    return read_indicators(village.reader, COLLECTIVE, day)


def shown(village: Village, key: str, day: date = END) -> str:
    return read(village, day).named(key).shown


@pytest.fixture
def year(village: Village) -> Village:
    """Two millions of equity; rent, a grant into the reserve, expenses, a borrowed sum."""
    village.open_with("借 102 2000000", "贷 301 2000000")
    village.posted("2025-03-08", "收租金", "借 102 230000; 贷 501 230000")
    village.posted("2025-04-08", "收征地补偿费", "借 102 150000; 贷 311 150000")
    village.posted("2025-05-08", "付水电费", "借 511 50000; 贷 102 50000")
    village.posted("2025-06-08", "付税款", "借 512 40000; 贷 102 40000")
    village.posted("2025-07-08", "借信用社", "借 102 70000; 贷 201 70000")
    return village


def test_income_debt_and_preservation_tie_to_the_statements(year: Village):
    assert shown(year, "operating_income") == "230,000.00"
    assert shown(year, "operating_profit") == "140,000.00"
    assert read(year).named("operating_profit").band == "10万—50万元"
    assert shown(year, "preservation") == "107.0%"
    sheet = make(year.reader, "balance-sheet", ReportRequest(COLLECTIVE, Span.of_year(2025)))
    closing = {row.cells[1]: row.cells[3] for row in sheet.rows}
    ratio = read(year).named("debt_ratio").value
    assert ratio is not None
    assert ratio * closing["A23"] == closing["L11"] == 70_000_00  # pyright: ignore[reportOperatorIssue]  both are fen


def test_land_compensation_does_not_make_the_village_better(year: Village):
    before = shown(year, "preservation")
    year.posted("2025-09-08", "收征地补偿费", "借 102 500000; 贷 311 500000")
    assert shown(year, "preservation") == before


def test_spending_that_produces_nothing_is_picked_by_name(year: Village):
    for name, amount in (("办公费", 6_000), ("工资", 4_000)):
        code = year.add_account("513", name).code
        year.posted("2025-10-08", f"付{name}", f"借 {code} {amount}; 贷 102 {amount}")
    assert read(year).named("nonproduction").working == "6,000.00 ÷ 100,000.00"


def test_registers_that_do_not_exist_give_no_figure(year: Village):
    found = read(year)
    assert found.named("rent_collection").working == "没有登记合同"
    assert found.named("idle_assets").working == "没有登记经营性固定资产"
    assert found.named("idle_land").working == "没有登记地块"
    assert found.named("per_head").working == "没有登记成员"
    assert found.named("reserve_rate").working == "本年还没有提取公积公益金"


def let(village: Village) -> None:
    """A shop let at 9,600 a year, half a year at a time; nothing came in yet."""
    signed(village, a_contract(terms=terms("2025-01-01", "2027-12-31", 4800, "半年")))


def test_rent_that_came_in_late_and_not_at_all(year: Village):
    let(year)
    found = read(year, date(2025, 8, 1))
    assert found.named("rent_collection").working == "0.00 ÷ 9,600.00"
    assert found.named("arrears").shown == "9,600.00"
    assert found.named("arrears_age").shown == "212 天"
    assert [(words, fen) for words, fen in found.ages if fen] == [
        ("31 到 90 天", 4800_00),
        ("91 到 365 天", 4800_00),
    ]
    with year.act() as uow:
        receipts.receive(uow, COLLECTIVE, "青合2025-01", Received(date(2025, 8, 2), 4800_00, "102"))
    assert shown(year, "rent_collection", date(2025, 8, 1)) == "0.0%"
    assert shown(year, "rent_collection", date(2025, 8, 2)) == "50.0%"


def test_contracts_with_all_their_papers(year: Village):
    let(year)
    papers = Papers(resolution="青股社〔2024〕9号", noticed="2024-12-25", filing="镇备1号")
    signed(year, a_contract("青合2025-02", "J002", papers=papers))
    assert read(year).named("compliance").working == "1 ÷ 2"


def test_idle_assets_and_land(year: Village):
    with year.act() as uow:
        made = [
            (Card(code, "门面", AssetKind.FIXED, cost * 100, date(2020, 1, 1)), Facts(Use.OPERATING, status))
            for code, cost, status in (("J1", 90_000, Status.LET), ("J2", 10_000, Status.IDLE))
        ]
        cards.add_all(uow, COLLECTIVE, made)
    register(year, "T01", "9")
    register(year, "T02", "1", standing=Standing.IDLE)
    found = read(year)
    assert (found.named("idle_assets").shown, found.named("idle_assets").judged) == ("10.0%", Judged.LOOK)
    assert found.named("idle_land").working == "1.00 亩 ÷ 10.00 亩"


def test_the_report_prints_formula_figures_and_line(year: Village):
    table = make(year.reader, "indicators", ReportRequest(COLLECTIVE, Span.of_year(2025)))
    rows = {row.cells[0]: row.cells for row in table.rows}
    assert rows["debt_ratio"][2:] == (
        "3.0",
        "%",
        "负债合计 ÷ 资产总计",
        "70,000.00 ÷ 2,360,000.00",
        "高于 60%",
        "正常",
    )


def test_the_committee_has_no_indicators(year: Village):
    with pytest.raises(LedgerError, match="村民委员会账不算指标"):
        read_indicators(year.reader, COMMITTEE, END)


# Lines of the village's own


def line(village: Village, key: str, text: str, by: str = "王秀英") -> str:
    with village.act(by) as uow:
        set_line(uow, key, text)
    return read(village).named(key).line_shown


def test_a_village_sets_lines_of_its_own(year: Village):
    assert line(year, "debt_ratio", "2.5%") == "高于 2.5%"
    assert read(year).named("debt_ratio").judged is Judged.LOOK
    assert line(year, "debt_ratio", "none") == ""
    assert line(year, "debt_ratio", "") == "高于 60%"
    assert line(year, "operating_income", "500000") == "高于 500000 元"
    assert "定指标警戒线" in [one.action for one in year.reader.operations()]


def test_a_line_that_cannot_be_is_refused(year: Village):
    with pytest.raises(LedgerError, match="没有叫“luck”的指标"):
        line(year, "luck", "1")
    with pytest.raises(LedgerError, match="看不懂"):
        line(year, "debt_ratio", "很高")


def test_lines_are_for_whoever_may_change_settings(year: Village):
    year.hire_four()
    with pytest.raises(DutyError):
        line(year, "debt_ratio", "50", by="赵平")
    assert line(year, "debt_ratio", "50", by=LI) == "高于 50%"


def test_by_command(year: Village, run, tmp_path: Path):  # noqa: F811  the fixture
    year.book.close()
    out = tmp_path / "指标.pdf"
    asked = ("report", year.path, "indicators", "--ledger", "collective", "--year", "2025")
    assert run(*asked, "-o", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert run("indicator", year.path, "line", "debt_ratio", "50").sentences == [
        "资产负债率的警戒线：高于 50%。"
    ]
    assert '"line": "高于 50%"' in run(*asked).out
    assert run("indicator", year.path, "line", "luck", "50").code == 1
    assert run("report", year.path, "indicators", "--ledger", "committee").code == 1

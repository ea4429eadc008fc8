"""专项资金明细表, 代管代发表, 两账合并表, 附注: out of a small book whose figures can be added up on one hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village, draft, in_file
from village_ledger.domain.ageing import BEFORE, aged
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.table import Table
from village_ledger.services.closing import statement_texts

YEAR = Span.of_year(2025)
COMMITTEE_ENTITY = "青山村村民委员会"


@pytest.fixture
def book(village: Village) -> Village:
    """Grants, a levy, a road; members who owe and are owed; the committee helped and in debt."""
    subsidy = village.add_account("513", "补助村委会")
    village.open_with("借 102 5000", "借 113@张三 300", "贷 113@李四 200", "贷 241#蓄水池 600", "贷 301 4500")
    village.posted("2025-02-03", "拨款", "借 102 1000; 贷 241#公路 1000")
    village.posted("2025-03-03", "修路", "借 153#公路 700; 贷 102 700")
    village.posted("2025-03-09", "路修好了", "借 151 700; 贷 153#公路 700")
    village.posted("2025-03-10", "专款形成资产", "借 241#公路 700; 贷 311 700")
    village.posted("2025-04-01", "张三还承包费", "借 102 100; 贷 113@张三 100")
    village.posted("2025-05-01", "替村委会付电费", f"借 112@{COMMITTEE_ENTITY} 80; 贷 102 80")
    village.posted("2025-05-01", "欠集体电费", "借 5102 80; 贷 2202 80", COMMITTEE)
    village.posted("2025-06-01", "补助村委会", f"借 {subsidy.code} 500; 贷 102 500")
    village.posted("2025-06-01", "收集体补助", "借 1002 500; 贷 4501 500", COMMITTEE)
    village.posted("2025-07-01", "收代发款", "借 1002 90; 贷 2601 90", COMMITTEE)
    village.posted("2025-07-02", "发代发款", "借 2601 60; 贷 1002 60", COMMITTEE)
    return village


def report(village: Village, name: str, ledger: str = "", span: Span = YEAR) -> Table:
    return make(village.reader, name, ReportRequest(ledger, span))


def by_name(table: Table, key: str = "name") -> dict[str, tuple[object, ...]]:
    place = table.column_index(key)
    return {str(row.cells[place]): row.cells[place + 1 :] for row in table.rows}


def failed(table: Table) -> list[str]:
    return [check.text for check in table.checks if not check.ok]


def test_every_project_with_what_it_got_spent_and_has(book: Village):
    table = report(book, "earmarked-funds")
    assert by_name(table, "project") == {
        "公路": (0, 100000, 70000, 30000),
        "蓄水池": (60000, 0, 0, 60000),
        "": (60000, 100000, 70000, 90000),
    }
    assert failed(table) == []


def test_a_part_of_the_year_begins_with_what_was_left(book: Village):
    table = report(book, "earmarked-funds", span=Span(date(2025, 3, 5), date(2025, 3, 9)))
    assert by_name(table, "project")["公路"] == (100000, 0, 0, 100000)


def test_money_without_a_project_is_named_and_fails(book: Village):
    book.take_in(in_file(draft("2025-09-01", "拨款", "借 102 600; 贷 241 600"), 1))
    table = report(book, "earmarked-funds")
    assert "（没有写明项目）" in by_name(table, "project")
    assert failed(table) == ["有 600.00 没有写明项目"]
    sheet = report(book, "balance-sheet", COLLECTIVE)
    assert failed(sheet) == ["专项应付款=各专项结余合计：不符。期末余额：1,500.00 与 900.00，相差 600.00。"]


def test_what_is_passed_on_to_villagers(book: Village):
    table = report(book, "pass-through")
    assert by_name(table, "project")["代管代发负债"] == (0, 9000, 6000, 3000)
    assert report(book, "pass-through", COLLECTIVE).notes == ("2025年没有这类资金。",)


def test_what_runs_between_the_ledgers_is_taken_off_and_shown(book: Village):
    table = report(book, "combined")
    rows = by_name(table)
    assert rows["应收款项"] == (28000, 0, 8000, 20000)
    assert rows["应付款项"] == (20000, 8000, 8000, 20000)
    assert rows["集体补助村委会的收入"] == (0, 50000, 50000, 0)
    assert rows["管理费用、人员和办公经费"] == (50000, 8000, 50000, 8000)
    assert rows["收支差额"] == (-50000, 42000, 0, -8000)
    assert rows["资产总计"][3] == rows["负债、权益和结余总计"][3]
    assert rows["集体补助村委会（集体支出、村委会收入）"][:3] == (50000, 50000, 50000)
    assert failed(table) == []


def test_mirrors_that_differ_fail_on_the_page(book: Village):
    book.posted("2025-08-01", "又欠集体", "借 5102 1; 贷 2202 1", COMMITTEE)
    said = failed(report(book, "combined"))
    assert said[0].startswith("合并资产总计=合并负债、权益和结余总计：不符。")
    assert (
        "村委会欠集体的款（集体 112 应收、村委会应付），两账一致：不符。80.00 与 81.00，相差 1.00。" in said
    )


def test_a_village_with_one_ledger_has_no_combined_page(tmp_path):
    with Village.found(tmp_path, single=True) as village, pytest.raises(LedgerError, match="只有一本账"):
        report(village, "combined")


def test_the_notes_are_filled_from_the_book_and_tie_to_the_statements(book: Village):
    table = report(book, "notes", COLLECTIVE)
    rows = by_name(table)
    assert rows[f"{COMMITTEE_ENTITY}（应收款）"] == (0, 8000, 0, 8000, "账龄1年以内")
    assert rows["张三（内部往来）"] == (30000, 0, 10000, 20000, "账龄建账前")
    assert rows["李四（内部往来）"] == (20000, 0, 0, 20000, "账龄建账前")
    assert rows["311 公积公益金"][:4] == (0, 70000, 0, 70000)
    assert rows["公路"][:4] == (0, 100000, 70000, 30000)
    said = {str(row.cells[0]): row.cells[6] for row in table.rows if row.cells[6]}
    assert "财会〔2023〕14号" in str(said["1"])
    assert "分账核算" in str(said["2.2"])
    assert said["2.6"] == "无。"
    assert len(table.checks) == 10
    assert failed(table) == []


def test_what_the_village_writes_stands_in_its_notes(book: Village):
    with book.act() as uow:
        statement_texts.write(uow, COLLECTIVE, 2025, "2.6", "发包果园。\n出租铺面。")
    texts = [row.cells[6] for row in report(book, "notes", COLLECTIVE).rows if row.cells[0] == "2.6"]
    assert texts == ["", "发包果园。", "出租铺面。"]
    assert book.verify() == []
    with book.raw() as raw:
        raw.execute("DROP TRIGGER statement_text_no_update")
        raw.execute("UPDATE statement_text SET text = '什么也没有。'")
    assert [f.rule for f in book.verify() if f.rule == "V21"] == ["V21"]


def test_the_committees_notes_speak_of_its_own_items(book: Village):
    table = report(book, "notes", COMMITTEE)
    assert by_name(table)["应付集体经济组织款"][3] == 8000
    assert "三、成员权利：集体经营性财产收益权份额及本年变动" not in by_name(table)
    assert failed(table) == []


@pytest.mark.parametrize(
    ("balance", "increases", "found"),
    [
        (500, [("2025-03", 900)], {"1年以内": 500}),
        (500, [("2025-12", 200), ("2024-11", 200)], {"1年以内": 200, "1至2年": 200, BEFORE: 100}),
        (500, [("2022-12", 100), ("2019-01", 400)], {"3年以上": 500}),
        (500, [], {BEFORE: 500}),
        (-5, [("2025-03", 900)], {}),
    ],
)
def test_what_is_owed_is_as_old_as_the_newest_increases(balance, increases, found):
    assert aged(balance, [(Month.parse(m), fen) for m, fen in increases], Month(2025, 12)) == found


@pytest.mark.parametrize(
    ("name", "ledger"),
    [("earmarked-funds", ""), ("pass-through", ""), ("combined", ""), ("notes", COLLECTIVE)],
)
def test_it_goes_onto_paper_and_into_a_spreadsheet(book: Village, tmp_path, name, ledger):
    table = report(book, name, ledger)
    assert write_pdf(table, tmp_path / "表.pdf").pages >= 1
    write_xlsx(table, tmp_path / "表.xlsx")
    assert (tmp_path / "表.xlsx").stat().st_size > 4000

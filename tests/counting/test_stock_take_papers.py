"""The papers of a stock-take: the whole set, 19-1, the differences; printed, filled in, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.builders import COLLECTIVE, Village
from tests.counting.counting_village import (
    ADJUST,
    DAY,
    KEEP,
    PEOPLE,
    adjusted,
    begun,
    counted,
    entered,
    named,
    now,
)
from village_ledger.domain.area import parse_mu
from village_ledger.domain.errors import ImportRefused, LedgerError, UnreadableError
from village_ledger.domain.parcel import ParcelCard
from village_ledger.domain.period import Span
from village_ledger.domain.stock_take import Count
from village_ledger.exchange.import_counts import CountFile, read_counts
from village_ledger.reports.catalogue import ReportRequest, make, make_all
from village_ledger.reports.counting.catalogue_counting import paper_of
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.printing import print_tables
from village_ledger.reports.table import Role, Table
from village_ledger.services.counting import confirmation, stock_takes
from village_ledger.services.parcels import parcels

REQUEST = ReportRequest(COLLECTIVE)


def tables(village: Village) -> dict[str, Table]:
    return {table.title: table for table in make_all(village.reader, "stock-take", REQUEST)}


def cells(table: Table, name: str) -> dict[str, object]:
    """A row by what stands under 名称 (or 项目)."""
    place = table.column_index("name")
    row = next(row for row in table.rows if str(row.cells[place]) == name)
    return dict(zip([column.key for column in table.columns], row.cells, strict=True))


def test_the_set_has_a_sheet_for_everything_there_is(village: Village) -> None:
    begun(village)
    assert [title.split()[0] for title in tables(village)] == [
        "清产核资报表",
        "01",
        "03",
        "04",
        "08",
        "09",
        "12",
        "18",
        "19-1",
        "清产核资差异汇总表",
    ]


def test_an_uncounted_sheet_is_blank_to_fill_in(village: Village) -> None:
    begun(village)
    grain = cells(tables(village)["04 库存物资清查登记表"], "库存物资—稻谷")
    assert (grain["book_quantity"], grain["book"]) == (500000, 150000)
    assert grain["counted"] is None


def test_a_counted_sheet_says_what_becomes_of_it(village: Village) -> None:
    counted(village)
    pump = cells(tables(village)["08 固定资产清查登记表"], "固定资产—抽水机")
    assert (pump["book"], pump["less"], pump["counted"], pump["shortage"], pump["verified"]) == (
        300000,
        100000,
        0,
        300000,
        0,
    )
    assert (pump["cause"], pump["treatment"]) == ("丢失", "调整账面")


def test_19_1_balances_before_and_after(village: Village) -> None:
    adjusted(village)
    sheet = tables(village)["19-1 资产负债表（组织类）"]
    assert all(check.ok for check in sheet.checks)
    total = cells(sheet, "资产总计")
    assert (total["book"], total["verified"]) == (17010000 + 50000, 17010000 + 50000 - 200000 + 6000)
    assert cells(sheet, "清查净增减")["verified"] == -194000


def test_a_difference_that_is_only_explained_changes_nothing(village: Village) -> None:
    begun(village)
    entered(village, ("库存现金", Count(170000, cause="借出未还", treatment=KEEP)))
    line = named(now(village), "库存现金")
    assert (line.difference, line.shortage, line.verified) == (-10000, 0, 180000)
    row = cells(make(village.reader, "stock-take-differences", REQUEST), "库存现金")
    assert (row["counted"], row["verified"], row["treatment"]) == (170000, 180000, "不调整")


def test_differences_name_their_vouchers(village: Village) -> None:
    refs = adjusted(village)
    table = make(village.reader, "stock-take-differences", REQUEST)
    assert cells(table, "固定资产—抽水机")["vouchers"] == "、".join(refs[2:])
    assert any("青村决〔2026〕1号" in note for note in table.notes)


def test_what_is_not_settled_stands_apart(village: Village) -> None:
    begun(village)
    entered(
        village,
        (
            "村部办公楼",
            Count(20000000, usage="others", user="供销社", undetermined=True, note="与供销社有争议"),
        ),
    )
    apart = tables(village)["待界定资产清单"]
    row = cells(apart, "固定资产—村部办公楼")
    assert (row["usage"], row["note"]) == ("他人使用：供销社", "与供销社有争议")
    sheet = tables(village)["08 固定资产清查登记表"]
    assert [row.cells[2] for row in sheet.rows if row.role is Role.SUBTOTAL] == ["其中：待界定"]


def test_parcels_stand_on_sheet_20(village: Village) -> None:
    with village.act() as uow:
        card = ParcelCard("河湾水田", "耕地", parse_mu("12.5"), "路", "河", "沟", "山")
        parcels.add(uow, COLLECTIVE, "D001", card, date(2025, 1, 1), "确权登记")
    begun(village)
    row = cells(tables(village)["20 资源性资产清查登记总表"], "D001 河湾水田")
    assert (row["book_quantity"], row["unit"], row["text"]) == (12500, "亩", "耕地 村集体")
    entered(village, ("河湾水田", Count(0, 12000, cause="修路占用", usage="own")))
    row = cells(tables(village)["20 资源性资产清查登记总表"], "D001 河湾水田")
    assert (row["quantity_gap"], row["usage"]) == (-500, "自用")


def test_books_that_changed_are_said_on_every_sheet(village: Village) -> None:
    begun(village)
    village.posted("2025-12-30", "收现金", "借 101 5; 贷 501 5")
    assert "填表以后账变了 2 行" in tables(village)["01 货币资金清查登记表"].warnings[0]


def test_a_day_without_stock_take_is_refused(village: Village) -> None:
    with pytest.raises(LedgerError, match="还没有登记过清查"):
        make_all(village.reader, "stock-take", REQUEST)
    begun(village)
    with pytest.raises(LedgerError, match="没有 2025-06-30 的清查"):
        make(
            village.reader,
            "stock-take-differences",
            replace(REQUEST, span=Span(date(2025, 1, 1), date(2025, 6, 30))),
        )


def test_the_set_is_printed_page_by_page(village: Village, tmp_path: Path) -> None:
    counted(village)
    made = make_all(village.reader, "stock-take", REQUEST)
    assert print_tables(made, tmp_path / "表.pdf").pages >= len(made)


# Filled in and taken back


def printed(village: Village, path: Path, fill: Callable[[Any], None]) -> Path:
    """The set as a workbook, with something written into it."""
    write_xlsx(make_all(village.reader, "stock-take", REQUEST), path)
    book = openpyxl.load_workbook(path)
    fill(book)
    book.save(path)
    return path


def put(book: Any, sheet: str, name: str, **values: object) -> None:
    """Write into the row of a name, by the ends of the headings."""
    rows = list(book[sheet].iter_rows())
    heads = {str(cell.value): place for place, cell in enumerate(rows[0], 1)}
    row = next(row for row in rows if any(str(cell.value) == name for cell in row))
    for label, value in values.items():
        column = next(place for head, place in heads.items() if head.endswith(label))
        book[sheet].cell(row[0].row, column).value = value


def read(village: Village, path: Path) -> CountFile:
    paper = paper_of(village.reader, REQUEST)
    return read_counts(path, paper.mark, paper.lines)


def test_a_workbook_is_filled_in_and_taken_back(village: Village, tmp_path: Path) -> None:
    begun(village)

    def fill(book: Any) -> None:
        put(
            book,
            "04 库存物资清查登记表",
            "库存物资—稻谷",
            实点数量=520,
            使用情况="他人使用：张三",
            差异原因="过磅多出",
            处理意见="调整账面",
        )
        put(
            book,
            "08 固定资产清查登记表",
            "固定资产—抽水机",
            实点金额=0,
            差异原因="丢失",
            处理意见="调整账面：113@张三",
            备注="待界定；在查",
        )

    file = read(village, printed(village, tmp_path / "表.xlsx", fill))
    assert file.blank == 7
    with village.act() as uow:
        assert stock_takes.enter(uow, COLLECTIVE, DAY, file.counts).value == 2
    grain, pump = named(now(village), "稻谷").count, named(now(village), "抽水机").count
    assert grain == Count(156000, 520000, "过磅多出", ADJUST, usage="others", user="张三")
    assert pump == Count(0, 0, "丢失", ADJUST, "113", "张三", undetermined=True, note="在查")


def test_a_counted_set_comes_back_as_it_was(village: Village, tmp_path: Path) -> None:
    counted(village)
    before = {line.number: line.count for line in now(village).lines}
    file = read(village, printed(village, tmp_path / "表.xlsx", lambda _: None))
    assert dict(file.counts) == before


def test_faults_are_named_with_sheet_and_row(village: Village, tmp_path: Path) -> None:
    begun(village)

    def fill(book: Any) -> None:
        put(book, "01 货币资金清查登记表", "库存现金", 实点金额="很多")
        put(book, "03 应收款项清查登记表", "张三", 名称="李四")
        put(book, "08 固定资产清查登记表", "固定资产—抽水机", 差异原因="丢失", 处理意见="扔掉")
        put(book, "09 在建工程清查登记表", "通组路", 行号=99)

    with pytest.raises(ImportRefused) as refused:
        read(village, printed(village, tmp_path / "表.xlsx", fill))
    assert len(refused.value.faults) == 5
    assert refused.value.faults[0].startswith("01 货币资金清查登记表第2行：")
    assert any("行号 2 应是“张三”" in fault or "应是“张三”" in fault for fault in refused.value.faults)


def test_a_workbook_of_another_stock_take_is_refused(village: Village, tmp_path: Path) -> None:
    begun(village)
    path = printed(village, tmp_path / "表.xlsx", lambda _: None)
    with village.act() as uow:
        stock_takes.begin(uow, COLLECTIVE, date(2026, 6, 30), PEOPLE)
        stock_takes.fill(uow, COLLECTIVE, date(2026, 6, 30))
    with pytest.raises(LedgerError, match="是另一次清查的表"):
        read(village, path)


def test_a_workbook_that_is_not_ours_is_refused(village: Village, tmp_path: Path) -> None:
    begun(village)
    book = openpyxl.Workbook()
    book.create_sheet("什么").append(["什么"])
    book.save(tmp_path / "别的.xlsx")
    with pytest.raises(UnreadableError, match="不是本程序打印的清查表"):
        read(village, tmp_path / "别的.xlsx")


def test_going_back_is_not_part_of_the_story(village: Village) -> None:
    counted(village)
    with village.act() as uow:
        confirmation.back(uow, COLLECTIVE, DAY, "漏了一间库房")
    assert not any("退回" in note for note in tables(village)["清产核资报表"].notes)

"""Models of figures: what a table on screen is made of, from a report's rows to a million entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from village_ledger.domain.period import Month, Span
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.storage.records import LedgerEntry
from village_ledger.ui.tables.paged_model import KEPT, PAGE, LedgerSum, PagedModel
from village_ledger.ui.tables.table_model import FigureModel, TableModel, shown

pytestmark = pytest.mark.usefixtures("qapp")

COLUMNS = (
    Column("code", "科目编码", Kind.CODE, 20),
    Column("name", "科目名称", Kind.TEXT, 42),
    Column("closing_debit", "借方", Kind.MONEY, 25, "期末余额"),
    Column("closing_credit", "贷方", Kind.MONEY, 25, "期末余额"),
)
BALANCES = Table(
    report="trial-balance",
    title="科目余额表",
    village="青山村",
    ledger="collective",
    entity="青山村股份经济合作社",
    columns=COLUMNS,
    rows=(
        Row(Role.DETAIL, ("101", "库存现金", 120_000, 0), 1, Link("account", "101", "collective")),
        Row(Role.DETAIL, ("102", "银行存款", 35_648_025, None), 1, Link("account", "102", "collective")),
        Row(Role.DETAIL, ("10201", "基本户", 35_648_025, 0), 2),
        Row(Role.DETAIL, ("301", "资本", 0, 35_768_025), 1),
        Row(Role.TOTAL, ("", "合计", 35_768_025, 35_768_025)),
    ),
    span=Span.of_month(Month(2025, 3)),
)


@dataclass
class Entries:
    """A ledger of any length, its entries made when asked for."""

    count: int
    asked: list[tuple[int, int]] = field(default_factory=list)

    def page(self, offset: int, limit: int) -> list[LedgerEntry]:
        self.asked.append((offset, limit))
        end = min(offset + limit, self.count)
        return [entry(number) for number in range(offset, end)]


def entry(number: int) -> LedgerEntry:
    """Entry number ``number``: one yuan in each, so that the balance counts them."""
    day = date(2025, 1 + number % 12, 1 + number % 28)
    return LedgerEntry(
        day, f"记-{number % 10_000:04d}", number + 1, f"第{number}笔", "何家饭店", 100, 0, (number + 1) * 100
    )


def texts(model: FigureModel, row: int) -> list[str]:
    return [model.text(row, column) for column in range(len(model.columns))]


def test_a_report_is_shown_with_commas_and_blank_zeros():
    model = TableModel(BALANCES)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert texts(model, 0) == ["101", "库存现金", "1,200.00", ""]
    assert texts(model, 1) == ["102", "银行存款", "356,480.25", ""]
    assert [model.role(row) for row in range(model.count())] == [Role.DETAIL] * 4
    assert model.link(1) == Link("account", "102", "collective")


def test_totals_stand_in_a_model_of_their_own():
    balances = TableModel(BALANCES)
    totals = balances.totals_model()
    QAbstractItemModelTester(totals, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert texts(totals, 0) == ["", "合计", "357,680.25", "357,680.25"]
    assert totals.role(0) is Role.TOTAL


def test_a_column_is_wide_enough_for_its_longest_amount():
    amount = next(column for column in TableModel(BALANCES).columns if column.key == "closing_debit")
    assert len(amount.sample) == len("357,680.25")


def test_a_rule_stands_before_the_first_amount_of_a_group():
    assert [column.hair for column in TableModel(BALANCES).columns] == [False, False, True, False]


def test_data_answers_text_and_nothing_else():
    model = TableModel(BALANCES)
    index = model.index(1, 2)
    served = {role for role in Qt.ItemDataRole if index.data(role) is not None}
    assert served == {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
    assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None


def test_heads_say_their_group_to_who_cannot_see_the_storey_above():
    model = TableModel(BALANCES)
    horizontal = Qt.Orientation.Horizontal
    assert model.headerData(2, horizontal, Qt.ItemDataRole.DisplayRole) == "借方"
    assert model.headerData(2, horizontal, Qt.ItemDataRole.AccessibleTextRole) == "期末余额借方"
    assert model.headerData(2, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) is None


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (None, Kind.MONEY, ""),
        (0, Kind.MONEY, ""),
        (-264_000, Kind.MONEY, "-2,640.00"),
        (999_999_999_999_999, Kind.MONEY, "9,999,999,999,999.99"),
        (date(2025, 3, 8), Kind.DATE, "03-08"),
        (0, Kind.COUNT, "0"),
        ("平", Kind.SIDE, "平"),
    ],
)
def test_how_a_cell_is_shown(cell, kind, text):
    assert shown(cell, kind) == text


def month_sums(after: int) -> list[LedgerSum]:
    return [
        LedgerSum(after, "本月合计", after * 100, after * 100, closes=True),
        LedgerSum(after, "本年累计", after * 100, after * 100),
    ]


OPENING = LedgerSum(0, "期初余额", 0, day="01-01")


def test_a_ledger_opens_with_its_balance_and_closes_its_months():
    model = PagedModel(Entries(5), [OPENING, *month_sums(2), *month_sums(5)])
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    words = [model.text(row, 2) for row in range(model.count())]
    assert words == [
        "期初余额", "第0笔", "第1笔", "本月合计", "本年累计", "第2笔", "第3笔", "第4笔", "本月合计", "本年累计",
    ]  # fmt: skip
    assert [model.closes(row) for row in range(model.count())].count(True) == 2
    assert model.role(0) is Role.OPENING
    assert model.role(3) is Role.SUBTOTAL
    assert model.link(3) is None
    assert model.link(5) == Link("voucher", "3")
    assert texts(model, 4)[4:] == ["2.00", "", "借", "2.00"]


@given(st.lists(st.integers(0, 450), max_size=6))
def test_any_row_of_a_ledger_is_what_laying_it_out_would_give(entries_of_months):
    places, after = [OPENING], 0
    expected = ["期初余额"]
    for count in entries_of_months:
        expected += [f"第{number}笔" for number in range(after, after + count)]
        after += count
        places += month_sums(after)
        expected += ["本月合计", "本年累计"]
    model = PagedModel(Entries(after), places)
    assert [model.text(row, 2) for row in range(model.count())] == expected
    assert [model.text(row, 2) for row in reversed(range(model.count()))] == expected[::-1]


def test_a_million_entries_are_fetched_by_the_page_wherever_one_looks():
    entries = Entries(1_000_000)
    model = PagedModel(entries, [OPENING, *month_sums(1_000_000)])
    assert model.count() == 1_000_003
    assert model.text(1_000_000, 2) == "第999999笔"
    assert model.text(500_000, 7) == "500,000.00"
    assert entries.asked == [(999_800, PAGE), (499_800, PAGE)]


def test_only_some_pages_are_kept():
    entries = Entries(1_000_000)
    model = PagedModel(entries, [OPENING])
    for page in range(KEPT + 1):
        model.text(1 + page * PAGE, 2)
    model.text(1 + KEPT * PAGE, 2)
    assert len(entries.asked) == KEPT + 1
    model.text(1, 2)
    assert entries.asked[-1] == (0, PAGE)


def test_coming_back_finds_the_voucher_though_rows_have_moved():
    model = PagedModel(Entries(1000), [OPENING, *month_sums(1000)])
    row = model.row_of_voucher(401, near=390)
    assert row == 401
    assert model.text(row, 2) == "第400笔"
    assert model.row_of_voucher(4_000_000, near=390) is None


def test_every_amount_of_a_ledger_fits_its_column():
    deepest = LedgerSum(3, "本月合计", -5_00, 100_000_00, 200_005_00, closes=True)
    opening = LedgerSum(0, "期初余额", 100_000_00)
    column = PagedModel(Entries(3), [opening, deepest]).columns[-1]
    assert len(column.sample) >= len("300,005.00")

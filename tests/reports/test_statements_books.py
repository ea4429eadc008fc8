"""General ledger, multi-column account and voucher summary of the same small village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from tests.domain.paper_village import PaperBooks, small_village
from tests.reports.statement_sheets import COLLECTIVE, END, YEAR
from village_ledger.domain.errors import ChartError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.books.general_ledger import AccountMonths, general_ledger
from village_ledger.reports.books.multi_column import ColumnBook, ColumnEntry, multi_column
from village_ledger.reports.table import Link, Role, Table
from village_ledger.reports.vouchers.voucher_summary import VoucherRun, voucher_summary

SECOND_HALF = Span(date(2025, 7, 1), END)


def posted(books: PaperBooks, code: str, span: Span) -> Iterator[tuple[date, int, int, str]]:
    """(day, debit, credit, leaf) of an account's lines in a span."""
    for day, lines, _ in sorted(books.vouchers, key=lambda voucher: voucher[0]):
        if span.first <= day <= span.last:
            yield from ((day, x.debit, x.credit, x.account) for x in lines if x.account.startswith(code))


def months_of(books: PaperBooks, code: str, span: Span) -> list[tuple[Month, int, int]]:
    """By month, the carry-forward as the closing period."""
    sums: dict[Month, list[int]] = defaultdict(lambda: [0, 0])
    for day, lines, carries in books.vouchers:
        if span.first <= day <= span.last:
            for x in lines:
                if x.account.startswith(code):
                    month = sums[Month(day.year, 13) if carries else Month.of(day)]
                    month[0] += x.debit
                    month[1] += x.credit
    return [(month, sums[month][0], sums[month][1]) for month in sorted(sums)]


def ledger(books: PaperBooks, span: Span = YEAR, *, is_new: bool = False) -> Table:
    year_before = Span(YEAR.first, span.first)
    accounts = [
        AccountMonths(
            account,
            books.balance(account.code, date.fromordinal(span.first.toordinal() - 1)),
            months_of(books, account.code, span),
            (
                sum(d for day, d, _, _ in posted(books, account.code, year_before) if day < span.first),
                sum(c for day, _, c, _ in posted(books, account.code, year_before) if day < span.first),
            ),
            is_new=is_new,
        )
        for account in books.chart
        if account.level == 1
    ]
    return general_ledger(COLLECTIVE, span, accounts)


def rows_for(table: Table, code: str) -> list[tuple[object, ...]]:
    return [(str(row.cells[2]), *row.cells[3:]) for row in table.rows if row.cells[0] == code]


class TestGeneralLedger:
    def test_an_account_month_by_month(self):
        assert rows_for(ledger(small_village()), "101") == [
            ("2025-01-01", "上年结转", None, None, "借", 120_000),
            ("2025-04-30", "本月合计", 800_050, 0, "借", 920_050),
            ("2025-04-30", "本年累计", 800_050, 0, "借", 920_050),
        ]

    def test_a_span_within_the_year_goes_on_from_what_was_before(self):
        assert rows_for(ledger(small_village(), SECOND_HALF), "513") == [
            ("2025-07-01", "期初余额", None, None, "借", 1_128_640),
        ]
        assert rows_for(ledger(small_village(), SECOND_HALF), "514") == [
            ("2025-07-01", "期初余额", None, None, "平", 0),
            ("2025-07-31", "本月合计", 138_640, 0, "借", 138_640),
            ("2025-07-31", "本年累计", 138_640, 0, "借", 138_640),
        ]
        assert rows_for(ledger(small_village(), SECOND_HALF), "102")[2][2] == 6_058_888

    def test_the_carry_forward_counts_with_december(self):
        books = small_village()
        books.carry_forward("2025-12-31")
        assert rows_for(ledger(books), "511") == [
            ("2025-01-01", "上年结转", None, None, "平", 0),
            ("2025-04-30", "本月合计", 300_000, 0, "借", 300_000),
            ("2025-04-30", "本年累计", 300_000, 0, "借", 300_000),
            ("2025-12-31", "本月合计", 2_400_000, 2_700_000, "平", 0),
            ("2025-12-31", "本年累计", 2_700_000, 2_700_000, "平", 0),
        ]

    def test_every_balance_ends_where_the_books_end(self):
        books = small_village()
        ends = {row.cells[0]: row.cells[-1] for row in ledger(books).rows}
        assert ends == {code: abs(books.balance(str(code), END)) for code in ends}
        assert [check.ok for check in ledger(books).checks] == [True]

    def test_a_new_ledger_carries_nothing_over_and_unused_accounts_are_left_out(self):
        table = ledger(small_village(), is_new=True)
        assert "上年结转" not in {row.cells[3] for row in table.rows}
        assert rows_for(table, "141") == []

    def test_a_new_year_counts_from_nothing_and_a_begun_month_is_a_part(self):
        books = small_village()
        books.post("2026-01-08", "借 101 10; 贷 504 10")
        rows = rows_for(ledger(books, Span(date(2025, 4, 10), date(2026, 1, 20))), "101")
        assert [(row[1], row[2]) for row in rows[1:]] == [
            ("本期合计", 800_050),
            ("本年累计", 800_050),
            ("本期合计", 1_000),
            ("本年累计", 1_000),
        ]

    def test_books_that_do_not_balance_are_called_out(self):
        chart = small_village().chart
        accounts = [
            AccountMonths(chart.get("101"), 0, [(Month(2025, 1), 500, 0)]),
            AccountMonths(chart.get("501"), 0, [(Month(2025, 1), 0, 499)]),
        ]
        check = general_ledger(COLLECTIVE, YEAR, accounts).checks[0]
        assert not check.ok
        assert check.text == "各科目借方发生额合计 5.00，贷方 4.99，相差 0.01"


def column_book(books: PaperBooks, code: str, span: Span) -> ColumnBook:
    lines = list(posted(books, code, span))
    entries = [
        ColumnEntry(day, f"记-{number:04d}", number, "摘要", leaf, debit, credit)
        for number, (day, debit, credit, leaf) in enumerate(lines, 1)
    ]
    leaves = [a.code for a in books.chart if a.is_leaf and a.code.startswith(code)]
    before = date.fromordinal(span.first.toordinal() - 1)
    of_year = list(posted(books, code, Span(YEAR.first, before))) if before >= YEAR.first else []
    year_before = {
        leaf: (sum(d for _, d, _, x in of_year if x == leaf), sum(c for _, _, c, x in of_year if x == leaf))
        for leaf in leaves
    }
    return ColumnBook(
        books.chart.get(code),
        span,
        {leaf: books.balance(leaf, before) for leaf in leaves},
        lambda: entries,
        len(entries),
        sorted({Month.of(day) for day, *_ in lines}),
        year_before,
    )


class TestMultiColumn:
    def make(self, books: PaperBooks, code: str, span: Span = YEAR) -> Table:
        return multi_column(COLLECTIVE, books.chart, column_book(books, code, span))

    def test_each_sub_account_has_its_column(self):
        table = self.make(small_village(), "513")
        assert [(c.key, c.label) for c in table.columns[7:]] == [("51301", "办公费"), ("51302", "运转支出")]
        assert table.columns[7].group == "借方（管理费用）"
        rows = [(row.role, *row.cells[2:]) for row in table.rows]
        assert rows == [
            (Role.OPENING, "上年结转", None, None, "平", 0, 0, 0),
            (Role.DETAIL, "摘要", 800_000, 0, "借", 800_000, None, 800_000),
            (Role.DETAIL, "摘要", 200_000, 0, "借", 1_000_000, None, 200_000),
            (Role.DETAIL, "摘要", 128_640, 0, "借", 1_128_640, 128_640, None),
            (Role.SUBTOTAL, "本月合计", 1_128_640, 0, "借", 1_128_640, 128_640, 1_000_000),
            (Role.SUBTOTAL, "本年累计", 1_128_640, 0, "借", 1_128_640, 128_640, 1_000_000),
        ]

    def test_income_is_spread_on_its_credit_side_and_the_carry_forward_is_red(self):
        books = small_village()
        books.carry_forward("2025-12-31")
        table = self.make(books, "501")
        rows = list(table.rows)
        assert table.columns[7].group == "贷方（经营收入）"
        assert rows[-2].cells[3:] == (7_000_050, 0, "平", 0, -800_050, -200_000, -6_000_000)
        assert rows[-1].cells[3:] == (7_000_050, 7_000_050, "平", 0, 0, 0, 0)
        assert rows[1].link == Link("voucher", "1", "collective")

    def test_a_later_span_counts_on_from_the_year_before_it(self):
        books = small_village()
        books.post("2025-08-05", "借 51301 100; 贷 101 100")
        rows = list(self.make(books, "513", SECOND_HALF).rows)
        assert rows[0].cells[2:] == ("期初余额", None, None, "借", 1_128_640, 128_640, 1_000_000)
        assert rows[-2].cells[3:] == (10_000, 0, "借", 1_138_640, 10_000, 0)
        assert rows[-1].cells[3:] == (1_138_640, 0, "借", 1_138_640, 138_640, 1_000_000)

    def test_the_rows_can_be_read_again_and_their_number_is_known(self):
        table = self.make(small_village(), "501")
        rows = table.rows
        assert list(rows) == list(rows)
        assert len(list(rows)) == len(rows)  # pyright: ignore[reportArgumentType]  rows may be lazy, len is asked on purpose

    def test_a_new_year_counts_from_nothing(self):
        books = small_village()
        books.post("2026-02-01", "借 51301 7; 贷 101 7")
        rows = list(self.make(books, "513", Span(YEAR.first, date(2026, 2, 28))).rows)
        assert rows[-1].cells[3:] == (700, 0, "借", 1_129_340, 700, 0)

    def test_an_account_without_sub_accounts_is_refused(self):
        with pytest.raises(ChartError, match="514 公益支出 没有下级科目，不能分栏"):
            self.make(small_village(), "514")


class TestVoucherSummary:
    APRIL = Span(date(2025, 4, 1), date(2025, 6, 30))
    RUNS = (
        VoucherRun("2025-04 记-0001", "2025-04 记-0002", 2, 3),
        VoucherRun("2025-05 记-0001", "2025-05 记-0002", 2),
    )

    def make(self, levels: int = 1) -> Table:
        books = small_village()
        return voucher_summary(
            COLLECTIVE, books.chart, books.turnovers(self.APRIL), self.RUNS, self.APRIL, levels
        )

    def test_accounts_that_moved_and_their_sum(self):
        rows = [row.cells for row in self.make().rows]
        assert rows == [
            ("101", "库存现金", 800_050, 0),
            ("102", "银行存款", 58_888, 1_128_640),
            ("113", "内部往来", 200_000, 50_000),
            ("121", "库存物资", 0, 300_000),
            ("501", "经营收入", 0, 1_000_050),
            ("504", "其他收入", 0, 8_888),
            ("511", "经营支出", 300_000, 0),
            ("513", "管理费用", 1_128_640, 0),
            ("", "合计", 2_487_578, 2_487_578),
        ]
        assert [check.ok for check in self.make().checks] == [True]

    def test_sub_accounts_do_not_change_the_sum(self):
        rows = list(self.make(levels=3).rows)
        assert ("5130201", "补助村委会", 800_000, 0) in [row.cells for row in rows]
        assert rows[-1].cells[2:] == (2_487_578, 2_487_578)
        assert [row.level for row in rows if row.cells[0] == "5130201"] == [3]

    def test_the_vouchers_are_counted(self):
        table = self.make()
        assert table.heading == ("2025年第2季度", "凭证 4 张，附件 3 张", "单位：元")
        assert table.notes[0] == "2025-04 记-0001 至 2025-04 记-0002，共 2 张，附件 3 张。"

    def test_vouchers_that_do_not_balance_are_called_out(self):
        books = small_village()
        turnovers = [t for t in books.turnovers(self.APRIL) if t.account != "121"]
        check = voucher_summary(COLLECTIVE, books.chart, turnovers, (), self.APRIL).checks[0]
        assert (check.rule, check.ok) == ("X15", False)
        assert "相差 3,000.00" in check.text

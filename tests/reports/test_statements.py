"""The statutory statements of a small village, against figures worked out by hand (see ``small_village``)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.paper_village import PaperBooks, chart_of, small_village
from tests.reports.statement_sheets import (
    BALANCE_SHEET,
    COMMITTEE,
    END,
    INCOME,
    OPENING,
    YEAR,
    column,
    definition,
    faults,
    fen,
    others,
    rows_of,
    sheet,
)
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Span
from village_ledger.reports.statements.statement_request import StatementRequest
from village_ledger.reports.statements.statements import StatementSheet, make_statement
from village_ledger.reports.table import Link, Role


class TestBalanceSheet:
    def test_every_row_equals_the_figures_on_paper(self, books):
        found = sheet(books, "balance-sheet")
        assert column(found, "closing") == BALANCE_SHEET
        assert column(found, "opening") == OPENING
        assert faults(found) == []

    def test_the_table_is_the_one_others_rely_on(self, open_year):
        table = sheet(open_year, "balance-sheet").table
        assert [c.key for c in table.columns] == ["block", "line", "name", "closing", "opening"]
        assert (table.report, table.title, table.ledger) == ("balance-sheet", "资产负债表", "collective")
        assert table.heading == ("2025年12月31日", "单位：元")
        assert table.span == YEAR
        first, cash = list(table.rows)[:2]
        assert (first.role, first.cells) == (Role.SECTION, ("资产", "", "流动资产：", None, None))
        assert cash.cells == ("资产", "A1", "货币资金", 39_026_658, 30_120_000)
        assert [row.role for row in table.rows if row.cells[1] in {"A6", "A23", "T"}] == [
            Role.SUBTOTAL,
            Role.TOTAL,
            Role.TOTAL,
        ]

    def test_a_row_of_one_account_leads_to_its_ledger(self, open_year):
        links = {row.cells[1]: row.link for row in sheet(open_year, "balance-sheet").table.rows}
        assert links["A5"] == Link("account", "131", "collective")
        assert links["A3"] is None
        assert links["A6"] is None

    def test_what_is_not_yet_carried_forward_stands_in_undistributed_income(self, open_year, closed_year):
        assert sheet(open_year, "balance-sheet").table.notes == (
            "未分配收益里有尚未结转的收支净额 31,866.58 元，年终结转后未分配收益的数不变。",
        )
        assert sheet(closed_year, "balance-sheet").table.notes == ()

    def test_pending_losses_get_a_row_of_their_own_until_they_are_settled(self, open_year):
        found = sheet(open_year, "balance-sheet", Span(YEAR.first, date(2025, 12, 22)))
        closing = column(found, "closing")
        assert closing["A22a"] == 30_000
        assert closing["A23"] == closing["T"]
        assert "待处理财产损溢还有 300.00 元没有处理" in found.table.notes[0]
        assert faults(found) == []
        assert "A22a" not in column(sheet(open_year, "balance-sheet"), "closing")

    def test_every_account_of_the_chart_is_on_the_sheet(self, open_year):
        formulas = [line.formula for line in definition("balance-sheet").lines]
        named = {name.code for formula in formulas for name in formula.accounts}
        assert named == {account.code for account in open_year.chart if account.level == 1}


class TestIncomeAndDistribution:
    def test_every_row_equals_the_figures_on_paper(self, books):
        found = sheet(books, "income-distribution")
        assert column(found, "current") == INCOME
        assert set(column(found, "previous").values()) == {None}
        assert faults(found) == []

    def test_the_other_layout_moves_the_reserve_and_ends_the_same(self, books):
        found = sheet(books, "income-distribution", layout="cooperative", others=others(layout="cooperative"))
        rows = column(found, "current")
        assert rows == INCOME | fen(R16="76566.58")
        order = list(rows)
        assert order.index("R17") < order.index("R16") < order.index("R18")
        assert faults(found) == []

    def test_a_closed_year_is_checked_against_its_closing_vouchers(self, closed_year):
        rules = [c.rule for c in sheet(closed_year, "income-distribution", year_closed=True).table.checks]
        assert "X5" in rules
        assert "X5" not in [c.rule for c in sheet(closed_year, "income-distribution").table.checks]
        assert faults(sheet(closed_year, "income-distribution", year_closed=True)) == []
        assert faults(sheet(closed_year, "balance-sheet", year_closed=True)) == []

    def test_a_loss_is_negative_and_reconciles_too(self):
        books = small_village()
        books.post("2025-12-31", "借 514 100000; 贷 102 100000")
        books.carry_forward("2025-12-31")
        found = sheet(books, "income-distribution", year_closed=True)
        assert column(found, "current")["R13"] == parse_fen("-68133.42")
        assert column(found, "current")["R20"] == parse_fen("-33433.42")
        assert faults(found) == []

    def test_a_spring_decision_belongs_to_the_year_it_is_booked(self, closed_year):
        books = PaperBooks(closed_year.chart, list(closed_year.vouchers))
        books.post("2026-03-10", "借 3220102 8000; 贷 113@张三 8000")
        asked = {"span": Span.of_year(2026), "given": {}, "notes": ("其中：分配2025年度。",)}
        found = sheet(books, "income-distribution", **asked)
        current, previous = column(found, "current"), column(found, "previous")
        assert (current["R14"], current["R18"], current["R20"]) == (6_656_658, 800_000, 5_856_658)
        assert previous == INCOME
        assert found.table.notes == ("其中：分配2025年度。",)
        assert faults(found) == []

    def test_january_may_begin_while_december_is_not_carried_forward(self, open_year):
        books = PaperBooks(open_year.chart, list(open_year.vouchers))
        books.post("2026-01-08", "借 102 500; 贷 50103 500")
        january = Span(date(2026, 1, 1), date(2026, 1, 31))
        found = sheet(books, "income-distribution", january, given={})
        assert column(found, "current")["R20"] == 6_656_658 + 50_000
        assert "上年尚未结转的收支净额 31,866.58 元" in found.table.notes[0]
        assert faults(found) == []
        assert faults(sheet(books, "balance-sheet", january, given={})) == []

    def test_last_year_may_be_typed_in_when_the_ledger_begins(self, open_year):
        typed = {"R1": 5_000_000, "R6": 1_000_000, "R14": 770_000, "R20": 4_770_000}
        found = sheet(open_year, "income-distribution", given={"income-distribution": {"previous": typed}})
        previous = column(found, "previous")
        assert (previous["R1"], previous["R13"], previous["R20"]) == (5_000_000, 4_000_000, 4_770_000)
        assert "X4 年初未分配收益=上年的年末未分配收益" in [f"{c.rule} {c.text}" for c in found.table.checks]
        assert faults(found) == []

    def test_the_heading_names_the_year_or_the_months_so_far(self, open_year):
        assert sheet(open_year, "income-distribution").table.heading[0] == "2025年度"
        half = Span(date(2025, 6, 1), date(2025, 6, 30))
        assert sheet(open_year, "income-distribution", half).table.heading[0] == "2025年1月至6月"


class TestReceiptsAndPayments:
    JUNE = Span(date(2025, 6, 1), date(2025, 6, 30))

    def test_month_and_year_to_date_by_account(self, books):
        found = sheet(books, "receipts-payments", self.JUNE)
        table = found.table
        assert [c.key for c in table.columns] == ["block", "code", "name", "period", "year"]
        rows = [(row.level, *row.cells) for row in table.rows]
        assert rows[:5] == [
            (1, "收入", "501", "经营收入", 0, 7_000_050),
            (2, "收入", "50101", "农产品销售收入", 0, 800_050),
            (2, "收入", "50102", "发包收入", 0, 200_000),
            (2, "收入", "50103", "出租收入", 0, 6_000_000),
            (1, "收入", "502", "投资收益", 0, 0),
        ]
        assert (2, "支出", "51302", "运转支出", 1_000_000, 1_000_000) in rows
        assert rows[-1] == (1, "收支差额", "", "收支差额", 8_888 - 1_128_640, 7_008_938 - 300_000 - 1_128_640)

    def test_the_year_ends_in_net_income(self, books):
        found = sheet(books, "receipts-payments", Span(date(2025, 12, 1), END))
        assert rows_of(found)[-1].cells[4] == INCOME["R13"]
        assert [(c.rule, c.ok) for c in found.table.checks] == [("X7", True)]

    def test_rows_are_explained_by_code_and_totals_by_their_key(self, open_year):
        found = sheet(open_year, "receipts-payments", self.JUNE)
        assert found.explain("513").amount == 1_128_640
        part = found.explain("51302", "year")
        assert (part.name, part.formula, part.amount) == ("运转支出", "F(51302)", 1_000_000)
        assert part.sentences == ("这是“管理费用”的明细。",)
        total = found.keys[[row.cells[2] for row in found.table.rows].index("收入合计")]
        assert found.explain(total, "year").amount == 7_000_050 + 8_888
        assert len(found.keys) == len(list(found.table.rows))


class TestCommittee:
    def books(self) -> PaperBooks:
        books = PaperBooks(chart_of("committee_surplus", _440101="村干部报酬", _510101="村干部报酬"))
        books.open_with(
            "借 1001 800; 借 1002 40000; 借 1501 6000; 贷 2301 15000; 贷 3101 25800; 贷 3103 6000"
        )
        for day, entries in (
            ("2025-02-10", "借 1002 30000; 贷 440101 30000"),
            ("2025-03-20", "借 510101 12000; 贷 1002 12000"),
            ("2025-05-06", "借 1002 8000; 贷 4501 8000"),
            ("2025-06-30", "借 5103 3300.30; 贷 1001 300.30; 贷 2201@保洁公司 3000"),
            ("2025-06-30", "借 2301 5000; 贷 4402 5000"),
            ("2025-06-30", "借 5106 5000; 贷 1002 5000"),
        ):
            books.post(day, entries)
        return books

    def make(self, books: PaperBooks, report: str, span: Span = YEAR, **asked) -> StatementSheet:
        chart = "committee_surplus"
        request = StatementRequest(span, books, others=others(chart), **asked)
        return make_statement(COMMITTEE, books.chart, definition(report, chart), request)

    @pytest.mark.parametrize("closed", [False, True])
    def test_the_committees_sheets_equal_the_figures_on_paper(self, closed):
        books = self.books()
        if closed:
            codes = [a.code for a in books.chart if a.is_leaf and a.code[0] in "45"]
            books._clear(END, codes, "3201")
            books._clear(END, ["3201"], "3101")
        found = self.make(books, "surplus")
        rows = {row.cells[2]: row.cells[4] for row in found.table.rows}
        assert (rows["收入合计"], rows["支出合计"]) == (4_300_000, 2_030_030)
        assert (rows["期初结余"], rows["收支结余"], rows["期末结余"]) == (2_580_000, 2_269_970, 4_849_970)
        balance = self.make(books, "balance-sheet", year_closed=closed)
        closing = column(balance, "closing")
        assert (
            fen(
                A1="61499.70", A13="67499.70", L1="3000", L5="10000", L8="13000", E1="48499.70", T="67499.70"
            ).items()
            <= closing.items()
        )
        assert faults(found) == faults(balance) == []
        assert [c.key for c in found.table.columns] == ["block", "code", "name", "period", "year"]

    def test_a_quarter_begins_with_what_earlier_months_left(self):
        found = self.make(self.books(), "surplus", Span(date(2025, 4, 1), date(2025, 6, 30)))
        rows = {row.cells[2]: row.cells[3] for row in found.table.rows}
        assert (rows["期初结余"], rows["期末结余"]) == (2_580_000 + 1_800_000, 4_849_970)
        assert faults(found) == []

    def test_the_other_ledgers_figure_is_held_against_the_subsidy(self):
        name = "collective_expense_for_committee"
        assert faults(self.make(self.books(), "surplus", outside={name: 800_000})) == []
        failed = faults(self.make(self.books(), "surplus", outside={name: 799_999}))
        assert failed == [
            "X13 集体经济组织补助收入=集体经济组织账补助村委会的支出：不符。本年累计：8,000.00 与 7,999.99，相差 0.01。"
        ]

    def test_a_committee_on_the_collectives_chart_has_its_surplus_too(self):
        books = PaperBooks(chart_of("committee_collective"))
        books.open_with("借 102 1000; 贷 32202 1000")
        books.post("2025-02-10", "借 102 300; 贷 503 300")
        books.post("2025-02-11", "借 513 40.40; 贷 102 40.40")
        chart = "committee_collective"
        request = StatementRequest(YEAR, books, others={"balance-sheet": definition("balance-sheet", chart)})
        found = make_statement(COMMITTEE, books.chart, definition("surplus", chart), request)
        assert rows_of(found)[-1].cells == ("结余", "", "期末结余", 125_960, 125_960)
        assert faults(found) == []

"""Cross-checks of the statements, their definitions, and what holds for any balanced books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.paper_village import Line, PaperBooks, chart_of, small_village
from tests.reports.statement_sheets import (
    COMMITTEE,
    END,
    OPENING,
    YEAR,
    column,
    definition,
    faults,
    fen,
    others,
    sheet,
)
from village_ledger.domain.chart import Chart
from village_ledger.domain.formula import StatementError
from village_ledger.domain.period import Span
from village_ledger.domain.statement import MARKS
from village_ledger.reports.statements.statement_files import choose, read_file, shipped
from village_ledger.reports.statements.statement_request import StatementRequest
from village_ledger.reports.statements.statements import make_statement


class TestChecks:
    def test_figures_from_outside_are_compared_only_when_they_are_known(self, open_year):
        plain = [c.rule for c in sheet(open_year, "balance-sheet").table.checks]
        assert plain == ["X1", "X3", "X11", "X11"]
        outside = {"cash_and_bank": 39_026_658, "asset_cost": 50_000_000, "grant_projects": 2_999_999}
        found = sheet(open_year, "balance-sheet", outside=outside)
        assert [c.rule for c in found.table.checks] == ["X1", "X3", "X9", "X10", "X11", "X11", "X12"]
        assert faults(found) == [
            "X12 专项应付款=各专项结余合计：不符。期末余额：30,000.00 与 29,999.99，相差 0.01。"
        ]

    def test_the_opening_is_held_against_last_years_sheet_row_by_row(self, open_year):
        assert "X2" in [c.rule for c in sheet(open_year, "balance-sheet", prior=OPENING).table.checks]
        assert faults(sheet(open_year, "balance-sheet", prior=OPENING)) == []
        prior = OPENING | fen(A4="5000.01")
        assert faults(sheet(open_year, "balance-sheet", prior=prior)) == [
            "X2 年初余额=上年年末余额：不符。存货：上年 5,000.01，本年年初 5,000.00。"
        ]

    def test_the_trial_balance_gives_every_row_again(self, books):
        trial = books.trial(END)
        assert faults(sheet(books, "balance-sheet", trial=trial)) == []
        wrong = trial | {"121": (180_000, 0)}
        failed = faults(sheet(books, "balance-sheet", trial=wrong))
        assert len(failed) == 1
        assert "科目余额表期末借方" in failed[0]
        assert "存货：本表 1,700.00，科目余额表 1,800.00" in failed[0]

    def test_netting_members_in_the_trial_balance_is_found(self, open_year):
        trial = open_year.trial(END) | {"113": (0, 600_000)}
        failed = faults(sheet(open_year, "balance-sheet", trial=trial))
        assert "应收款项：本表 21,000.00，科目余额表 20,000.00" in failed[0]

    def test_a_closing_that_left_something_is_named(self, closed_year):
        books = PaperBooks(closed_year.chart, list(closed_year.vouchers))
        books.post("2025-12-31", "借 513 50; 贷 181 50".replace("513", "51301"))
        failed = faults(sheet(books, "balance-sheet", year_closed=True))
        assert len(failed) == 1
        assert failed[0].startswith("X8 年终结转后")
        assert failed[0].endswith("不符。513 管理费用 还有 50.00；181 待处理财产损溢 还有 -50.00。")

    def test_income_moved_past_the_result_accounts_shows(self, open_year):
        books = PaperBooks(open_year.chart, list(open_year.vouchers))
        books.post("2025-12-31", "借 102 70; 贷 32202 70")
        rules = [text.split()[0] for text in faults(sheet(books, "income-distribution"))]
        assert rules == ["X3"]

    def test_running_costs_beyond_all_administration_are_impossible(self, open_year):
        books = PaperBooks(open_year.chart, list(open_year.vouchers))
        books.post("2025-12-31", "贷 51301 1286.41; 借 102 1286.41")
        failed = faults(sheet(books, "income-distribution"))
        assert failed == ["X13 运转支出不大于管理费用：不符。本年金额：10,000.00 与 9,999.99，相差 0.01。"]


class TestDefinitions:
    def test_the_newest_in_force_for_the_chart_is_taken(self):
        old = definition("balance-sheet")
        new = replace(old, id="next", effective=date(2025, 7, 1))
        some = (new, old)
        assert choose(some, "balance-sheet", "collective_2023", date(2025, 6, 30)).id == old.id
        assert choose(some, "balance-sheet", "collective_2023", date(2025, 7, 1)).id == "next"
        with pytest.raises(StatementError, match="没有“balance-sheet”这张报表"):
            choose(some, "balance-sheet", "committee_surplus", END)
        with pytest.raises(StatementError, match="2023-12-31"):
            choose(some, "balance-sheet", "collective_2023", date(2023, 12, 31))

    def test_the_village_layout_is_the_default(self):
        assert definition("income-distribution").layout == "village"
        assert definition("income-distribution", layout="cooperative").layout == "cooperative"

    def test_every_definition_fits_its_charts_and_says_how_sure_it_is(self):
        assert len(shipped()) == 7
        for statement in shipped():
            assert statement.source
            assert statement.source_note
            for name in statement.charts:
                statement.check_accounts(chart_of(name))
            assert {line.mark for line in statement.lines} <= MARKS.keys()

    def test_two_layouts_differ_only_in_their_order_and_one_formula(self):
        village, cooperative = (
            {x.id: x.formula.text for x in definition("income-distribution", layout=name).lines}
            for name in ("village", "cooperative")
        )
        assert {x for x in village if village[x] != cooperative[x]} == {"R16", "R20"}
        assert village.keys() == cooperative.keys()

    def test_a_users_own_file_is_read_with_or_without_the_mark_excel_sets(self, tmp_path):
        text = (
            '\ufeffformat = 1\nid = "own"\nreport = "own"\ntitle = "现金"\ncharts = ["collective_2023"]\n'
            'effective = 2024-01-01\nsource = "自用"\nsource_note = ""\nheading = "day"\nrow_key = "line"\n'
            '[[column]]\nkey = "now"\nlabel = "现在"\n[[block]]\ntitle = "表"\n'
            'rows = [{ line = "A1", name = "现金", formula = "B(101)" }]\n'
        )
        path = tmp_path / "现金.toml"
        path.write_text(text, encoding="utf-8")
        assert read_file(path).title == "现金"
        path.write_bytes(text.encode("gb18030"))
        with pytest.raises(StatementError, match=r"现金\.toml 不是 UTF-8 编码"):
            read_file(path)


LEAVES = [a.code for a in small_village().chart if a.is_leaf]
ORDINARY = [code for code in LEAVES if code not in {"321", "32202"}]
DAYS = st.dates(date(2025, 1, 1), END)


@st.composite
def random_books(draw, leaves=LEAVES) -> PaperBooks:
    """Any balanced vouchers on any accounts, some before the year, sometimes carried forward."""
    books = PaperBooks(small_village().chart)
    parties = st.sampled_from(["", "张三", "李四"])
    entry = st.tuples(
        st.sampled_from(leaves), parties, st.sampled_from(leaves), parties, st.integers(-(10**9), 10**9)
    )
    for day, (debit, one, credit, two, amount) in draw(
        st.lists(st.tuples(st.dates(date(2024, 12, 31), END), entry), max_size=12)
    ):
        books.vouchers.append((day, [Line(debit, one, amount, 0), Line(credit, two, 0, amount)], False))
    if draw(st.booleans()):
        books.carry_forward("2025-12-31")
    return books


class TestProperties:
    @given(random_books(), DAYS)
    def test_both_sides_of_the_sheet_are_equal_on_any_day(self, books, day):
        asked = Span(date(2025, 1, 1), day)
        found = sheet(books, "balance-sheet", asked, trial=books.trial(day), others={})
        closing, opening = column(found, "closing"), column(found, "opening")
        assert closing["A23"] == closing["T"]
        assert opening["A23"] == opening["T"]
        assert faults(found) == []

    @given(random_books(ORDINARY), DAYS)
    def test_statements_meet_in_undistributed_income(self, books, day):
        asked = Span(date(day.year, day.month, 1), day)
        for layout in ("village", "cooperative"):
            found = sheet(books, "income-distribution", asked, layout, others=others(layout=layout))
            rules = {c.rule for c in found.table.checks if not c.ok}
            assert rules <= {"X13"}  # random books may well spend less on 513 than on its own sub-account
        assert faults(sheet(books, "receipts-payments", asked)) == []

    @given(random_books(), DAYS)
    def test_figures_read_from_turnovers_give_the_same_sheets(self, books, day):
        asked = Span(date(day.year, day.month, 1), day)
        for report in ("balance-sheet", "income-distribution", "receipts-payments"):
            spans = set(definition(report).spans(asked).values())
            figures = books.leaf_figures(*spans)
            slow = sheet(books, report, asked, others={}, given={})
            quick = sheet(books, report, asked, others={}, given={}, figures=figures)
            assert quick.table == slow.table

    @given(random_books(), DAYS)
    def test_the_reserve_taken_twice_and_taken_back_is_nothing(self, books, day):
        before = column(sheet(books, "income-distribution", Span.of_year(2025), others={}), "current")
        text = day.isoformat()
        books.post(text, "借 3220101 700; 贷 311 700")
        books.post(text, "借 3220101 -700; 贷 311 -700")
        assert column(sheet(books, "income-distribution", others={}), "current") == before


def test_a_definition_for_another_chart_is_refused(open_year):
    committee: Chart = chart_of("committee_surplus")
    with pytest.raises(StatementError, match=r"balance_sheet_2023\.toml 的 A1 行用了科目 101"):
        make_statement(
            COMMITTEE,
            committee,
            definition("balance-sheet"),
            StatementRequest(YEAR, open_year, others=others()),
        )

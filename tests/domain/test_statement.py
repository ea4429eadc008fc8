"""Statement definitions: what a formula may say, what is refused and named, and how figures are worked out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.paper_village import PaperBooks, chart_of, small_village
from village_ledger.domain.balance import Turnover
from village_ledger.domain.formula import StatementError, parse_formula
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Span
from village_ledger.domain.statement_figures import LeafFigures, moved_in_voucher
from village_ledger.domain.statement_reader import read_statement
from village_ledger.domain.statement_working import Working

YEAR = Span.of_year(2025)
HEAD = """
format = 1
id = "own"
report = "own"
title = "自己的表"
charts = ["collective_2023"]
effective = 2024-01-01
source = "村里自己要用"
source_note = ""
heading = "span"
row_key = "line"
[[column]]
key = "now"
label = "本期"
basis = "span"
"""


def definition(*rows: str, head: str = HEAD, tail: str = "") -> str:
    inner = "\n".join(f"  {{ {row} }}," for row in rows)
    return f'{head}\n[[block]]\ntitle = "表"\nrows = [\n{inner}\n]\n{tail}'


def row(line: str, formula: str, more: str = "") -> str:
    return f'line = "{line}", name = "第{line}行", formula = "{formula}"' + (f", {more}" if more else "")


def read(*rows: str, **parts: str):
    return read_statement(definition(*rows, **parts), "own.toml")


def worked(books: PaperBooks, *rows: str, span: Span = YEAR) -> dict[str, int]:
    return dict(Working(read(*rows), books.chart, books, span).amounts("now"))


@pytest.fixture(scope="module")
def books() -> PaperBooks:
    return small_village()


class TestFigures:
    @pytest.mark.parametrize(
        ("formula", "yuan"),
        [
            ("B(101)+B(102)", "390266.58"),
            ("B(152)", "120000.00"),  # a credit account's balance counts positive
            ("B(214)", "1400.00"),
            ("O(102)", "300000.00"),
            ("Dr(113)", "1000.00"),  # 张三 owes 1,000, 李四 is owed 7,000
            ("Cr(113)", "7000.00"),
            ("B(113)", "-6000.00"),
            ("F(501)", "70000.50"),
            ("F(502)", "-700.00"),
            ("F(513.运转支出)", "10000.00"),
            ("F(513.运转支出.补助村委会)", "8000.00"),
            ("F(513.补助村委会)", "8000.00"),  # at any depth
            ("F(514.补助村委会)", "0.00"),  # the village has no such sub-account
            ("D(311 to 32202)", "2000.00"),
            ("D(32201 to 311)", "5000.00"),
            ("D(32201 to 113)", "9000.00"),
            ("-F(32201)", "15000.00"),
            ("B(101)-(B(102)-(B(121)+B(151)))", "129834.42"),
            ("-(B(101)-B(121))", "-7500.50"),
        ],
    )
    def test_each_kind_of_figure(self, books, formula, yuan):
        assert worked(books, row("A1", formula))["A1"] == parse_fen(yuan)

    def test_rows_are_made_of_rows_wherever_they_stand(self, books):
        amounts = worked(
            books, row("T", "sum(A1:A3)-A1"), row("A1", "B(101)"), row("A2", "B(121)"), row("A3", "A2")
        )
        assert amounts["T"] == 2 * 170_000

    def test_a_range_passes_over_headings_and_memo_rows(self, books):
        amounts = worked(
            books,
            row("A1", "B(101)"),
            'role = "section", name = "小标题："',
            row("A2", "F(513.运转支出)", 'sign = "memo"'),
            row("A3", "B(121)"),
            row("T", "sum(A1:A3)"),
        )
        assert amounts["T"] == 920_050 + 170_000

    def test_a_month_and_a_year_have_their_own_openings(self, books):
        june = Span(date(2025, 6, 1), date(2025, 6, 30))
        assert worked(books, row("A1", "O(101)"), row("A2", "F(504)"), span=june) == {
            "A1": 920_050,
            "A2": 8_888,
        }

    def test_carry_forward_leaves_the_turnover_alone_and_empties_the_balance(self):
        books = small_village()
        books.carry_forward("2025-12-31")
        amounts = worked(books, row("A1", "F(501)"), row("A2", "B(501)"), row("A3", "B(32202)"))
        assert amounts == {"A1": 7_000_050, "A2": 0, "A3": 6_656_658}

    @given(st.integers(-1000, 1000), st.integers(-1000, 1000))
    def test_a_reversal_takes_back_what_a_voucher_moved(self, out, into):
        assert moved_in_voucher(-out, -into) == -moved_in_voucher(out, into)
        assert abs(moved_in_voucher(out, into)) <= min(abs(out), abs(into))

    def test_one_voucher_may_move_to_several(self):
        assert (moved_in_voucher(3000, 1000), moved_in_voucher(3000, 2000)) == (1000, 2000)
        assert moved_in_voucher(3000, -1000) == 0

    def test_a_ledger_begun_in_midyear_counts_what_was_typed(self):
        half = Span(date(2025, 7, 1), date(2025, 12, 31))
        to_date = Span.of_year(2025)
        rent = Turnover("501", credit=400, year_credit=1_000)
        figures = LeafFigures.of({half: [rent], to_date: [rent]}, {}, typed=(2025, {"501": -600}))
        assert figures.net("501", half) == -400
        assert figures.net("501", to_date) == -1_000
        assert figures.typed("501", to_date) == -600
        assert figures.typed("501", half) == 0
        assert figures.typed("501", Span.of_year(2024)) == 0


class TestExplanations:
    def test_a_figure_says_what_went_in(self, books):
        statement = read(row("A3", "B(112)+Dr(113)", 'hint = "不相抵。", mark = "2+"'))
        found = Working(statement, books.chart, books, YEAR).explain("A3")
        assert (found.formula, found.column, found.amount) == ("B(112)+Dr(113)", "本期", 2_100_000)
        assert [(p.sign, p.label, p.amount, p.account) for p in found.parts] == [
            (1, "112 应收款", 2_000_000, "112"),
            (1, "113 内部往来（只取借方：别人欠的）", 100_000, "113"),
        ]
        assert found.sentences == ("不相抵。", "两个以上来源一致。")

    def test_rows_moves_and_missing_sub_accounts_are_named_too(self, books):
        statement = read(
            row("A1", "B(101)", 'sign = "-"'), row("A2", "-A1+D(311 to 32202)+F(514.补助村委会)")
        )
        found = Working(statement, books.chart, books, YEAR).explain("A2")
        assert [(p.sign, p.label, p.amount, p.line) for p in found.parts] == [
            (-1, "第A1行", 920_050, "A1"),
            (1, "311 公积公益金 转到 32202 未分配收益", 200_000, ""),
            (1, "514.补助村委会（本账没有这个明细）", 0, ""),
        ]

    @given(st.sampled_from(["A1", "A2", "A3"]))
    def test_the_parts_add_up_to_the_figure(self, line):
        books = small_village()
        statement = read(row("A1", "B(101)-B(152)"), row("A2", "A1-B(151)+Cr(113)"), row("A3", "sum(A1:A2)"))
        found = Working(statement, books.chart, books, YEAR).explain(line)
        assert sum(part.sign * part.amount for part in found.parts) == found.amount

    def test_an_unknown_row_or_column_is_refused(self, books):
        working = Working(read(row("A1", "B(101)")), books.chart, books, YEAR)
        with pytest.raises(StatementError, match="没有第 Z9 行"):
            working.explain("Z9")
        with pytest.raises(StatementError, match="没有“then”这一栏"):
            working.explain("A1", "then")


class TestTypedColumns:
    ROWS = (row("A1", "B(101)"), row("A2", "B(102)"), row("T", "A1+A2"))

    def working(self, books, typed):
        return Working(read(*self.ROWS), books.chart, books, YEAR, {"now": typed})

    def test_typed_rows_are_taken_and_sums_worked_out(self, books):
        working = self.working(books, {"A1": 100, "A2": 23})
        assert working.amounts("now") == {"A1": 100, "A2": 23, "T": 123}
        assert working.explain("A1").typed
        assert not working.explain("T").typed

    def test_a_typed_sum_that_differs_is_refused(self, books):
        assert self.working(books, {"A1": 100, "T": 100}).amounts("now")["T"] == 100
        with pytest.raises(StatementError, match="录入的 T 行与各行合计不符"):
            self.working(books, {"A1": 100, "T": 101}).amounts("now")

    def test_a_column_nobody_knows_has_no_explanation(self, books):
        working = self.working(books, None)
        assert not working.is_known("now")
        with pytest.raises(StatementError, match="没有数"):
            working.explain("A1")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("formula", "said"),
        [
            ("", "公式是空的"),
            ("B(101)+", "没有写完"),
            ("+B(101)", None),
            ("B(101)++B(102)", "“+”放错了地方"),
            ("B(101)B(102)", "“B(102)”放错了地方"),
            ("(B(101)", "没有写完"),
            ("B(101))", "“)”放错了地方"),
            ("()", "“)”放错了地方"),
            ("B(现金)", "没有写对科目"),
            ("B(101", "看不懂“B(101”"),
            ("X(101)", "没有“X”这种取数"),
            ("D(311)", "没有写明从哪到哪"),
            ("D(311 to 公积金)", "没有写对科目"),
            ("sum(A1)", "不是行号范围"),
            ("B(101)*2", "看不懂“*2”"),
            ("B(101)＋B(102)", "看不懂“＋B(102)”"),
            ("__import__('os')", "看不懂"),
            ("1000", "看不懂“1000”"),
            ("A1.5", "看不懂"),
            ("(" * 1001, "超过 1000 个字符"),
        ],
    )
    def test_a_formula_that_cannot_be_read_names_file_and_row(self, formula, said):
        if said is None:
            assert parse_formula(formula, "").terms
            return
        with pytest.raises(StatementError) as refused:
            read(row("A7", formula))
        assert "own.toml 的 A7 行" in str(refused.value)
        assert said in str(refused.value)
        assert "账没有变化。" in str(refused.value)

    @given(st.text(st.sampled_from("BODrCrFYD(13.运sumA1L:+- )to"), max_size=60))
    def test_any_text_is_read_or_refused(self, text):
        try:
            formula = parse_formula(text, "这里")
        except StatementError as refused:
            said = refused.what
        else:
            assert {term.sign for term in formula.terms} <= {1, -1}
            assert formula.terms
            return
        assert said.startswith("这里")

    def test_an_unknown_account_names_row_and_file(self, books):
        with pytest.raises(StatementError, match=r"own\.toml 的 A2 行用了科目 999，本账没有这个科目"):
            worked(books, row("A1", "B(101)"), row("A2", "B(101)+F(999.运转支出)"))

    def test_a_circle_is_spelled_out(self):
        with pytest.raises(StatementError, match=r"own.toml 的公式绕成了圈：(A1 → A2 → A3 → A1|A2|A3)"):
            read(row("A1", "A2+B(101)"), row("A2", "A3"), row("A3", "A1"))

    def test_a_row_made_of_itself_is_a_circle(self):
        with pytest.raises(StatementError, match="绕成了圈：A1 → A1"):
            read(row("A1", "A1+B(101)"))

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ((row("A1", "A9"),), "A1 行的公式用了 A9 行，本表没有这一行"),
            ((row("A1", "sum(A2:A9)"), row("A2", "B(101)")), "用了 A9 行"),
            ((row("T", "sum(A2:A1)"), row("A1", "B(101)"), row("A2", "B(102)")), "A1 行在 A2 行前面"),
            (
                (row("A1", "B(101)"), row("A2", "A1", 'role = "subtotal"'), row("T", "sum(A1:A2)")),
                "会重复计算",
            ),
            ((row("A1", "B(101)"), row("A1", "B(102)")), "有两行都叫 A1"),
            ((row("甲", "B(101)"),), "行号写得不对"),
            ((row("A1", "B(152)", 'sign = "-"'), row("T", "A1")), "T 行把减项 A1 加上了"),
            ((row("A1", "B(101)", 'sign = "memo"'), row("T", "-A1")), "又计算了一遍“其中”项 A1"),
            ((row("A1", "B(101)", 'role = "heading"'),), "“role”是“heading”，只能是"),
            ((row("A1", "B(101)", "level = true"),), "“level”应是整数"),
            ((row("A1", "B(101)", 'colour = "red"'),), "有不认识的“colour”"),
            (('line = "A1", name = "现金"',), "缺少“formula”"),
            (('name = "现金", formula = "B(101)"',), "缺少“line”"),
            ((row("A1", "F(501)-F(511)", 'code = "501", by_account = true'),), "只能取“code”这一个科目"),
            ((row("A1", "B(101)", 'mark = "sure"'),), "“mark”是“sure”"),
        ],
    )
    def test_a_row_that_cannot_be_used_is_named(self, rows, said):
        with pytest.raises(StatementError) as refused:
            read(*rows)
        assert said in str(refused.value)
        assert "own.toml" in str(refused.value)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("format = 1", "format = 2", "不是本软件认识的版本"),
            ('title = "自己的表"', "", "缺少“title”"),
            ("2024-01-01", '"2024"', "“effective”应是日期"),
            ('basis = "span"', 'basis = "month"', "“basis”是“month”"),
            ('["collective_2023"]', "[3]", "“charts”应是一列文字"),
            ("format = 1", "format = ", "第 2 行写得不对"),
        ],
    )
    def test_a_head_that_cannot_be_used_is_named(self, old, new, said):
        with pytest.raises(StatementError, match=said):
            read(row("A1", "B(101)"), head=HEAD.replace(old, new))

    @pytest.mark.parametrize(
        ("check", "said"),
        [
            ('left = "A1"', "要写且只写"),
            ('left = "A1"\nright = "A1"\ngiven = "x"', "要写且只写"),
            ('given = "x"', "缺少“left”"),
            ('left = "A1"\nright = "A9"', "用了 A9 行"),
            ('left = "A1"\nright = "A1"\nright_columns = []', "栏数不一样"),
            ('left = "A1"\nright_in = "balance-sheet"\nright = "sum(A1:A2)"', "不能对另一张表用行号范围"),
            ("trial = true", "只能用于取期末余额的表和栏"),
        ],
    )
    def test_a_check_that_cannot_be_made_is_named(self, check, said):
        tail = f'[[check]]\nrule = "X1"\ntext = "相等"\ncolumns = ["now"]\n{check}\n'
        with pytest.raises(StatementError) as refused:
            read(row("A1", "B(101)"), tail=tail)
        assert said in str(refused.value)
        assert "核对 X1" in str(refused.value)

    def test_a_check_names_columns_that_exist(self):
        tail = '[[check]]\nrule = "X1"\ntext = "相等"\ncolumns = ["then"]\nleft = "A1"\nright = "A1"\n'
        with pytest.raises(StatementError, match="用了“then”栏"):
            read(row("A1", "B(101)"), tail=tail)

    @given(st.integers(0, 700), st.text(max_size=3))
    def test_a_damaged_file_is_refused_not_crashed_on(self, place, what):
        text = definition(row("A1", "B(101)"), row("T", "sum(A1:A1)"))
        damaged = text[:place] + what + text[place + 1 :]
        try:
            statement = read_statement(damaged, "own.toml")
        except StatementError as refused:
            said = refused.what
        else:
            assert statement.order
            return
        assert "own.toml" in said


def test_a_sub_account_of_the_same_name_below_itself_is_counted_once():
    chart = chart_of("collective_2023", _51301="运转支出", _5130101="运转支出", _5130102="其他")
    books = PaperBooks(chart)
    books.post("2025-02-01", "借 5130101 100; 借 5130102 20; 贷 102 120")
    assert worked(books, row("A1", "F(513.运转支出)"))["A1"] == 12_000

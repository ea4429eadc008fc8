"""What Kingdee and T3 print is read as a person reads it, and proven: every figure of the samples, every kind of fault."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from tests.oldbooks.old_files import (
    BALANCE_HEAD,
    BALANCES,
    FLAT,
    JOURNAL,
    JOURNAL_HEAD,
    KINGDEE,
    T3,
    TOTAL,
    balances,
    cells,
    journal,
    t3_text,
    workbook,
)
from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.domain.old_program import OldItem, OldProgram, gaps_of
from village_ledger.domain.period import Span
from village_ledger.exchange.oldbooks.old_book_reading import read_old_book
from village_ledger.exchange.oldbooks.old_book_words import entity_of, item_of, path_of, span_of


def fen(value):
    return round((float(str(value).replace(",", "")) if value else 0) * 100)


def refused(*paths):
    with pytest.raises(ImportRefused) as caught:
        read_old_book(paths)
    return caught.value.faults


def test_the_kingdee_year_is_read_whole():
    old = read_old_book(KINGDEE)
    assert (old.program, old.entity) == (OldProgram.KINGDEE, "石门沟村股份经济合作社")
    assert old.span == Span.of_year(2024)
    assert (len(old.vouchers), sum(len(v.lines) for v in old.vouchers)) == (192, 594)
    assert gaps_of(old.vouchers) == []
    assert sum(x.debit for v in old.vouchers for x in v.lines) == 321_551_497


def test_every_leaf_of_the_kingdee_balances_is_the_files_row():
    old = read_old_book(KINGDEE)
    rows = cells(KINGDEE[0])
    for one in old.balances:
        cell = rows[one.row - 1]
        assert (fen(cell[2]) - fen(cell[3]), fen(cell[4]), fen(cell[5])) == (
            one.opening,
            one.debit,
            one.credit,
        )
        assert fen(cell[8]) - fen(cell[9]) == one.closing
    assert len({x.row for x in old.balances}) == len(old.balances) == 73


def test_lines_without_a_code_are_what_stands_beside_the_account_above():
    old = read_old_book(KINGDEE)
    owed = [x for x in old.balances if x.code == "11301"]
    assert [(x.item, x.closing) for x in owed if x.closing] == [
        (OldItem("成员", "028", "张明远"), 240_000),
        (OldItem("成员", "037", "邓鹏"), 48_000),
        (OldItem("成员", "038", "李巧云"), 72_000),
        (OldItem("成员", "041", "王文斌"), 64_000),
    ]


def test_a_line_break_in_a_name_is_no_new_name():
    old = read_old_book(KINGDEE)
    assert old.accounts["2020101"].path == ("应付款", "单位", "云屏县鸿基建筑工程有限公司")


def test_red_letters_stay_negative():
    old = read_old_book(KINGDEE)
    (red,) = [v for v in old.vouchers if any(x.debit < 0 for x in v.lines)]
    assert [x.debit for x in red.lines if x.debit < 0] == [-186_000]
    (t3,) = [v for v in read_old_book(T3).vouchers if any(x.debit < 0 for x in v.lines)]
    assert t3.day == date(2024, 6, 3)


def test_makers_and_attachments_stand_on_the_first_line_only():
    first = read_old_book(KINGDEE).vouchers[0]
    assert (first.maker, first.reviewer, first.attachments) == ("向小军", "郑开明", 1)


def test_the_flat_export_speaks_where_both_are_given():
    old = read_old_book((*KINGDEE, FLAT))
    assert len(old.vouchers) == 192
    assert old.notices == ["26 张凭证两个文件里都有，内容相同，以标准格式的为准。"]
    assert old.vouchers == read_old_book((FLAT, *KINGDEE)).vouchers


def test_the_flat_export_and_the_printed_journal_agree():
    flat, printed = read_old_book((FLAT,)), read_old_book(KINGDEE)
    said = {v.key: [(x.code, x.item, x.debit, x.credit) for x in v.lines] for v in printed.vouchers}
    assert len(flat.vouchers) == 26
    assert all(said[v.key] == [(x.code, x.item, x.debit, x.credit) for x in v.lines] for v in flat.vouchers)


def test_the_t3_year_is_read_whole():
    old = read_old_book(T3)
    assert (old.program, old.entity, old.span) == (
        OldProgram.YONYOU,
        "樟树湾村股份经济合作社",
        Span.of_year(2024),
    )
    assert (len(old.vouchers), sum(len(v.lines) for v in old.vouchers)) == (155, 362)
    assert [str(gap) for gap in gaps_of(old.vouchers)] == ["2024-05 缺 记-0009"]


def test_every_line_of_the_t3_journal_is_kept_in_order():
    written = [(row[2], row[5], fen(row[8])) for row in t3_text() if row[2].isdigit()]
    read = [
        (x.code, "借" if x.debit else "贷", x.debit or x.credit)
        for v in read_old_book(T3).vouchers
        for x in v.lines
    ]
    assert read == written


def test_characters_beyond_gbk_survive():
    names = {account.name for account in read_old_book(T3).accounts.values()}
    assert {"冉𬭎", "雍佳㛃", "谯䶮"} <= names


def test_a_voucher_may_run_over_a_page():
    (paid,) = [v for v in read_old_book(T3).vouchers if v.ref == "2024-12/记-0006"]
    assert len(paid.lines) == 4
    assert sum(x.debit for x in paid.lines) == sum(x.credit for x in paid.lines) == 405_000


def test_a_line_break_in_a_summary_is_a_blank():
    assert all("\n" not in x.summary for v in read_old_book(T3).vouchers for x in v.lines)


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("会计期间:2024年第1期 至 2024年第12期", (1, 1), (12, 31)),
        ("月份:2024.01-2024.06", (1, 1), (6, 30)),
        ("日期:2024.02.01-2024.02.29", (2, 1), (2, 29)),
        ("过滤条件:会计年度=2024,会计期间>=3 且 <=5,已过账", (3, 1), (5, 31)),
    ],
)
def test_titles_name_the_months(title, first, last):
    span = span_of(["打印日期:2025.01.06 第1页/共8页", title])
    assert span == Span(date(2024, *first), date(2024, *last))


def test_a_day_of_printing_is_no_month():
    assert span_of(["打印日期:2025-01-08"]) is None


def test_names_are_split_at_their_levels():
    assert path_of("应付款 - 单位\n - 某公司") == (("应付款", "单位", "某公司"), None)
    path, item = path_of("内部往来 - 应收承包款/[成员]004 唐洪才")
    assert (path, item) == (("内部往来", "应收承包款"), item_of("成员---004---唐洪才"))
    assert path_of("银行存款/农商行5521")[0] == ("银行存款", "农商行5521")
    assert entity_of(["核算单位:[某村合作社]    过滤条件"]) == "某村合作社"


def test_balances_may_stand_in_one_column_with_their_side_beside(tmp_path):
    rows = [
        ["发生额及余额表"],
        ["单位名称:小村", None, "月份:2024.01-2024.12"],
        ["科目编码", "科目名称", "期初方向", "期初余额", "本期借方", "本期贷方", "期末方向", "期末余额"],
        ["101", "库存现金", "借", "100.00", "50.00", "20.00", "借", "130.00"],
        ["301", "资本", "贷", "100.00", None, None, "贷", "100.00"],
        ["501", "经营收入", "平", None, None, "50.00", "贷", "50.00"],
        ["513", "管理费用", "平", None, "20.00", None, "借", "20.00"],
        ["合计", None, None, None, "70.00", "70.00", None, None],
    ]
    old = read_old_book([workbook(tmp_path / "余额.xlsx", rows)])
    assert [(x.code, x.opening, x.closing) for x in old.balances] == [
        ("101", 10_000, 13_000),
        ("301", -10_000, -10_000),
        ("501", 0, -5_000),
        ("513", 0, 2_000),
    ]
    rows[3][2] = "左"
    assert "第4行：余额方向“左”不是借也不是贷。" in refused(workbook(tmp_path / "坏.xlsx", rows))


def test_a_head_repeated_on_every_line_is_one_voucher(tmp_path):
    rows = [[JOURNAL[n - n % 2][0], JOURNAL[n - n % 2][1], *row[2:]] for n, row in enumerate(JOURNAL)]
    assert [len(v.lines) for v in read_old_book([journal(tmp_path, rows)]).vouchers] == [2, 2]


def test_a_head_repeated_on_the_next_page_goes_on(tmp_path):
    first, *rest = JOURNAL
    rows = [first, JOURNAL_HEAD[1], [*first[:2], *rest[0][2:]], *rest[1:]]
    assert [len(v.lines) for v in read_old_book([journal(tmp_path, rows)]).vouchers] == [2, 2]


def test_a_day_may_carry_midnight(tmp_path):
    rows = [[f"{row[0]} 00:00:00" if row[0] else None, *row[1:]] for row in JOURNAL]
    assert read_old_book([journal(tmp_path, rows)]).vouchers[0].day == date(2024, 3, 1)


def test_both_tables_may_stand_in_one_workbook(tmp_path):
    book = Workbook()
    for title, rows in (
        ("说明", [["石门沟村旧账"]]),
        ("余额", [*BALANCE_HEAD, *BALANCES, TOTAL]),
        ("凭证", [*JOURNAL_HEAD, *JOURNAL]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "旧账.xlsx")
    old = read_old_book([tmp_path / "旧账.xlsx"])
    assert (len(old.balances), len(old.vouchers)) == (4, 2)


# Faults


def test_a_small_pair_is_read(tmp_path):
    old = read_old_book([balances(tmp_path), journal(tmp_path)])
    assert (len(old.balances), len(old.vouchers)) == (4, 2)


def test_a_balance_that_does_not_follow_is_named(tmp_path):
    rows = [*BALANCES[:3], ["541", "管理费用", None, None, 20, None, 21, None]]
    assert refused(balances(tmp_path, rows, ())) == [
        "第8行：541 期初加减发生额得 20.00，期末写的是 21.00，对不上。"
    ]


def test_a_wrong_total_is_named(tmp_path):
    total = ["合计", None, 100, 100, 70, 70, 151, 150]
    assert refused(balances(tmp_path, BALANCES, total)) == [
        "第9行：合计的期末借方写的是 151.00，各一级科目相加是 150.00。"
    ]


def test_a_parent_that_is_not_its_leaves_is_named(tmp_path):
    rows = [
        ["101", "现金", 100, None, None, None, 100, None],
        ["101.01", "库里", 90, None, None, None, 90, None],
        ["301", "资本", None, 90, None, None, None, 90],
    ]
    assert refused(balances(tmp_path, rows, ())) == [
        "第5行：101 的期初余额写的是 100.00，各明细相加是 90.00。",
        "第5行：101 的期末余额写的是 100.00，各明细相加是 90.00。",
    ]


def test_openings_that_do_not_balance_are_refused(tmp_path):
    rows = [
        ["101", "现金", 100, None, None, None, 100, None],
        ["301", "资本", None, 90, None, None, None, 90],
    ]
    assert refused(balances(tmp_path, rows, ())) == ["科目余额表的期初余额借贷不平，相差 10.00。"]


def test_an_amount_that_may_be_two_figures_is_named_with_its_cell(tmp_path):
    rows = [["101", "现金", "1.234,5", None, None, None, None, None]]
    (fault, *_) = refused(balances(tmp_path, rows, ()))
    assert fault.startswith("第5行 工作表“Sheet” C列“期初借方”：金额“1.234,5”")


def test_a_formula_is_no_figure(tmp_path):
    rows = [["101", "现金", "=100+1", None, None, None, None, None]]
    (fault, *_) = refused(balances(tmp_path, rows, ()))
    assert "是公式，不是数值" in fault


def test_a_row_without_a_code_that_is_nobody_is_named(tmp_path):
    rows = [*BALANCES, [None, "差额", 1, None, None, None, 1, None]]
    assert "第9行：有金额，没有科目编码，也看不出是哪个科目的明细。" in refused(balances(tmp_path, rows, ()))


def test_vouchers_and_balances_must_tell_the_same(tmp_path):
    rows = [*JOURNAL[:2], *(row[:5] + [30 if cell else None for cell in row[5:]] for row in JOURNAL[2:])]
    assert refused(balances(tmp_path), journal(tmp_path, rows)) == [
        "101 现金：序时账发生额 借 50.00 贷 30.00，科目余额表 借 50.00 贷 20.00，对不上。",
        "541 管理费用：序时账发生额 借 30.00 贷 0.00，科目余额表 借 20.00 贷 0.00，对不上。",
    ]


def test_a_voucher_that_does_not_balance_is_named(tmp_path):
    rows = [*JOURNAL, ["2024-03-06", "记 - 3", "付水费", "541", "管理费用", 20, None]]
    assert refused(journal(tmp_path, rows)) == [
        "第7行：凭证 2024-03/记-0003 借贷不平：借方合计 20.00，贷方合计 0.00。"
    ]


def test_a_number_used_twice_is_named(tmp_path):
    rows = [*JOURNAL, *JOURNAL[2:]]
    (fault,) = refused(journal(tmp_path, rows))
    assert fault.endswith("凭证 2024-03/记-0002 有两张，另一张在第5行。")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["2024-02-30", "记 - 3", "付水费", "541", "管理费用", 20, None], "没有“2024-02-30”这一天"),
        (["2024-03-06", "第三张", "付水费", "541", "管理费用", 20, None], "凭证字号“第三张”看不懂"),
        (["2024-03-06", "记 - 3", "付水费", "541", "管理费用", 20, 20], "借方和贷方都有金额"),
        (["2024-03-06", "记 - 3", "付水费", "541", "管理费用", None, None], "没有金额"),
        (["2024-03-06", "记 - 3", "付水费", "541", "管理费用", "2O", None], "“2O”不是看得懂的金额"),
        (["2024-03-06", "记 - 3", "付水费", None, "管理费用", 20, None], "有金额，没有科目编码"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path, row, words):
    (fault, *_) = refused(journal(tmp_path, [*JOURNAL, row]))
    assert fault.startswith("第7行 工作表“Sheet”：")
    assert words in fault


def test_a_sum_that_is_not_that_of_the_lines_is_named(tmp_path):
    (fault,) = refused(journal(tmp_path, [*JOURNAL, ["合计", None, None, None, None, 71, 70]]))
    assert fault.endswith("合计的借方写的是 71.00，各行相加是 70.00。")


def test_a_journal_that_begins_in_the_middle_is_refused(tmp_path):
    assert "第一行就没有凭证号" in refused(journal(tmp_path, JOURNAL[1:]))[0]


def test_an_account_the_balances_do_not_know_is_named(tmp_path):
    rows = [[*row[:3], "542", "差旅费", *row[5:]] if row[3] == "541" else row for row in JOURNAL]
    assert refused(balances(tmp_path), journal(tmp_path, rows)) == [
        "序时账里的 542 差旅费，科目余额表里没有。"
    ]


def test_foreign_money_is_refused(tmp_path):
    rows = [
        ["日期", "凭证字号", "摘要", "科目代码", "科目名称", "币别", "借方", "贷方"],
        ["2024-03-01", "记 - 1", "收款", "101", "现金", "美元", 50, None],
    ]
    assert "币别是“美元”，这里只记人民币" in refused(workbook(tmp_path / "外币.xlsx", rows))[0]


def test_two_villages_are_not_mixed(tmp_path):
    with pytest.raises(UnreadableError, match="不是同一个单位的：小村股份经济合作社、石门沟村股份经济合作社"):
        read_old_book([balances(tmp_path), KINGDEE[1]])


def test_two_balance_sheets_are_one_too_many():
    with pytest.raises(UnreadableError, match="给了 2 张科目余额表"):
        read_old_book([KINGDEE[0], KINGDEE[0]])


def test_another_file_is_neither(tmp_path):
    path = workbook(tmp_path / "名册.xlsx", [["姓名", "户号"], ["王秀英", "001"]])
    with pytest.raises(UnreadableError, match="不像科目余额表，也不像序时账"):
        read_old_book([path])


def test_a_heading_that_lacks_a_column_is_told_which(tmp_path):
    rows = [["日期", "摘要", "科目代码", "借方", "贷方"], ["2024-03-01", "收租金", "101", 50, None]]
    with pytest.raises(UnreadableError, match="表头里没有这些列：科目名称、凭证字号"):
        read_old_book([workbook(tmp_path / "缺列.xlsx", rows)])


def test_a_balance_sheet_without_its_months_is_refused(tmp_path):
    path = workbook(tmp_path / "余额表.xlsx", [["科目余额表"], *BALANCES_HEAD, *BALANCES])
    with pytest.raises(UnreadableError, match="没有写是哪几个月的科目余额表"):
        read_old_book([path])


BALANCES_HEAD = [
    ["科目代码", "科目名称", "期初余额", None, "本期发生", None, "期末余额", None],
    [None, None, "借方", "贷方", "借方", "贷方", "借方", "贷方"],
]


def test_half_a_file_is_damaged(tmp_path):
    path = tmp_path / "半个.xlsx"
    path.write_bytes(KINGDEE[0].read_bytes()[:4000])
    with pytest.raises(UnreadableError):
        read_old_book([path])


def test_an_empty_file_and_a_missing_one_are_refused(tmp_path):
    (tmp_path / "空.csv").write_bytes(b"")
    for path in (tmp_path / "空.csv", tmp_path / "没有.csv", tmp_path):
        with pytest.raises(UnreadableError):
            read_old_book([path])

"""A file of vouchers is read exactly; what is wrong in it is named row by row, all of it, and nothing else is."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.files import ENGLISH_HEADER, RENT, VOUCHER_HEADER, WATER_BILL, write_csv, write_xlsx
from tests.exchange.voucher_files import check, faults_of, pair, row
from village_ledger.domain.imported import ImportedLine
from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.exchange.reading.tabular import read_rows
from village_ledger.exchange.vouchers.voucher_rows import VOUCHER_FIELDS, VoucherRows

# What is read


def test_rows_of_one_number_are_one_voucher(tmp_path):
    vouchers, faults, _ = check(write_csv(tmp_path / "v.csv", [*WATER_BILL, *RENT]))
    assert faults == []
    assert [(v.row, v.word, v.number, v.day, v.attachments) for v in vouchers] == [
        (2, "记", 1, date(2025, 3, 8), 1),
        (4, "记", 2, date(2025, 3, 9), 2),
    ]
    assert vouchers[1].lines == [
        ImportedLine(4, "收门面租金", "101", 480000, 0, "", "", ""),
        ImportedLine(5, "收门面租金", "501", 0, 480000, "", "", ""),
    ]


def test_rows_of_a_voucher_need_not_stand_together(tmp_path):
    together, _, _ = check(write_csv(tmp_path / "a.csv", [*WATER_BILL, *RENT]))
    apart, faults, _ = check(write_csv(tmp_path / "b.csv", [WATER_BILL[0], RENT[0], WATER_BILL[1], RENT[1]]))
    assert faults == []
    assert [[line[1:] for line in v.lines] for v in apart] == [
        [line[1:] for line in v.lines] for v in together
    ]


def test_english_headers_in_any_order(tmp_path):
    order = [8, 3, 0, 9, 5, 6, 1, 2, 4, 7]
    rows = [[cells[i] for i in order] for cells in WATER_BILL]
    vouchers, faults, _ = check(
        write_csv(tmp_path / "v.csv", rows, header=[ENGLISH_HEADER[i] for i in order])
    )
    assert faults == []
    assert [line.debit - line.credit for line in vouchers[0].lines] == [38620, -38620]


def test_blank_rows_are_passed_over_and_still_counted(tmp_path):
    blank = ("",) * len(VOUCHER_HEADER)
    vouchers, faults, _ = check(write_csv(tmp_path / "v.csv", [*WATER_BILL, (), blank, *RENT]))
    assert faults == []
    assert [v.row for v in vouchers] == [2, 6]


def test_columns_nobody_asked_for_are_named_and_left(tmp_path):
    rows = [(*cells, "王秀英", "x") for cells in WATER_BILL]
    table = read_rows(
        write_csv(tmp_path / "v.csv", rows, header=[*VOUCHER_HEADER, "制单", "备注"]), VOUCHER_FIELDS
    )
    assert table.notices == ["这些列没有用到，已略过：制单、备注。"]
    assert len(VoucherRows(table).read()) == 1


def test_names_and_links_of_a_voucher_may_stand_on_any_of_its_rows(tmp_path):
    header = [*VOUCHER_HEADER, "经手人", "证明人", "审批人", "村民小组", "无附件原因"]
    rows = [
        (*WATER_BILL[0], "罗成林", "", "赵永康", "一组", ""),
        (*WATER_BILL[1], "", "周德清", "", "", "汇总"),
    ]
    (voucher,), faults, _ = check(write_csv(tmp_path / "v.csv", rows, header=header))
    assert faults == []
    assert (voucher.handler, voucher.witness, voucher.approver) == ("罗成林", "周德清", "赵永康")
    assert voucher.no_attachment_reason == "汇总"
    assert [line.group for line in voucher.lines] == ["一组", ""]


def test_a_workbook_says_the_same_as_a_csv(tmp_path):
    day = datetime.combine(date(2025, 3, 8), time())
    rows = [
        (day, "记", 1, "付水费", 513, 386.2, None, None, None, 1),
        (date(2025, 3, 8), "记", 1.0, "付水费", "101", None, 386.2, None, None, 1),
    ]
    from_workbook, faults, _ = check(write_xlsx(tmp_path / "v.xlsx", rows))
    assert faults == []
    assert from_workbook == check(write_csv(tmp_path / "v.csv", WATER_BILL))[0]


@pytest.mark.parametrize("written", ["2025-03-08", "2025/3/8", "2025-3-8", "２０２５/３/８"])
def test_ways_to_write_a_day(tmp_path, written):
    (voucher,), faults, _ = check(write_csv(tmp_path / "v.csv", pair(日期=written)))
    assert faults == []
    assert voucher.day == date(2025, 3, 8)


@pytest.mark.parametrize("written", ["1234.50", "1,234.50", "１２３４．５", "1234.5", " 1234.50 "])
def test_ways_to_write_an_amount(tmp_path, written):
    (voucher,), faults, _ = check(write_csv(tmp_path / "v.csv", pair(amount=written)))
    assert faults == []
    assert voucher.lines[0].debit == 123450


@given(
    amounts=st.lists(st.integers(min_value=1, max_value=999_999_999_999_999), min_size=1, max_size=8),
    grouped=st.booleans(),
)
def test_what_is_written_is_what_is_read(tmp_path_factory, amounts, grouped):
    write = format_fen if grouped else plain_fen
    rows = [row("7", "513", debit=write(fen)) for fen in amounts] + [
        row("7", "102", credit=write(fen)) for fen in amounts
    ]
    file = write_csv(tmp_path_factory.mktemp("v") / "v.csv", rows)
    (voucher,) = VoucherRows(read_rows(file, VOUCHER_FIELDS)).read()
    assert [line.debit + line.credit for line in voucher.lines] == amounts * 2


# What is refused: amounts, days, texts


@pytest.mark.parametrize(
    "written",
    [
        "12.345",
        "1.234,5",
        "1,23",
        "12,34.50",
        "1e5",
        "一百",
        "12元3角",
        "--5",
        "nan",
        "1 2",
        "¥",
        "0x10",
        "=1+2",
        "1/2",
    ],
)
def test_amounts_that_would_have_to_be_guessed(tmp_path, written):
    faults = faults_of(tmp_path, row(debit=written), row(account="101", credit="5"))
    assert len(faults) == 1
    assert faults[0].startswith("第2行 F列“借方金额”：")


def test_an_amounts_comma_that_was_not_quoted(tmp_path):
    file = write_csv(tmp_path / "v.csv", WATER_BILL)
    file.write_text(file.read_text("utf-8-sig").replace("386.20,,,,1", "1,386.20,,,,1", 1), "utf-8")
    faults = check(file)[1]
    assert faults[0].startswith("第2行：比表头多出 1 格")


def test_both_sides_no_side_and_zero(tmp_path):
    faults = faults_of(
        tmp_path,
        row("1", debit="5", credit="5"),
        row("1", "101"),
        row("1", "102", debit="0.00"),
        row("2", "513", debit="3"),
        row("2", "101", credit="3"),
    )
    assert [f[:3] for f in faults] == ["第2行", "第3行", "第4行"]
    assert "都有金额" in faults[0]
    assert "都没有金额" in faults[1]
    assert "都没有金额" in faults[2]


@pytest.mark.parametrize(
    "written", ["2025-02-30", "2025-13-01", "三月八日", "20250308", "08/03/2025", "", "45724"]
)
def test_days_that_do_not_exist_or_could_be_another(tmp_path, written):
    faults = faults_of(tmp_path, *pair("1", 日期=written), *pair("2"))
    assert [f[:9] for f in faults] == ["第2行 A列“日期", "第3行 A列“日期"]


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\n", "\u2028"])
def test_control_characters_are_named(tmp_path, mark):
    faults = faults_of(tmp_path, row(debit="5", 摘要=f"付{mark}水费"), row(account="101", credit="5"))
    assert len(faults) == 1
    assert faults[0].startswith("第2行 D列“摘要”：")
    assert f"U+{ord(mark):04X}" in faults[0]


def test_a_summary_of_10000_characters(tmp_path):
    faults = faults_of(tmp_path, row(debit="5", 摘要="长" * 10_000), row(account="101", credit="5"))
    assert len(faults) == 1
    assert "10000 个字" in faults[0]


def test_blank_places_are_named(tmp_path):
    faults = faults_of(tmp_path, row("", "", debit="5", 凭证字="", 摘要=""), *pair("1"))
    assert [f.split("：")[1] for f in faults] == [
        "没有凭证字。请填“记”，或收、付、转。",
        "没有凭证号。请从 1 起填整数。",
        "没有摘要。请写明这笔业务是什么。",
        "没有科目编码。请填上科目编码。",
    ]


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "十二", "1234567"])
def test_numbers_that_are_none(tmp_path, number):
    faults = faults_of(tmp_path, *pair(number))
    assert [f[:12] for f in faults] == ["第2行 C列“凭证号”：", "第3行 C列“凭证号”："]


def test_all_faults_of_a_row_and_of_all_rows_are_named(tmp_path):
    faults = faults_of(
        tmp_path,
        row("1", "999", debit="1.234,5", 摘要=""),
        row("1", "101", credit="x"),
        *pair("2"),
        row("3", "513", debit="7"),
        row("3", "101", credit="8"),
    )
    assert [f.split("：")[0] for f in faults] == [
        "第2行 D列“摘要”",
        "第2行 F列“借方金额”",
        "第3行 G列“贷方金额”",
        "第6行",
    ]
    assert "借方合计 7.00，贷方合计 8.00，相差 1.00" in faults[3]


def test_a_quote_without_its_pair(tmp_path):
    file = write_csv(tmp_path / "v.csv", WATER_BILL)
    file.write_text(file.read_text("utf-8-sig") + '2025-03-09,记,2,"付水费,513,5,,,,1\r\n', "utf-8")
    faults = check(file)[1]
    assert len(faults) == 1
    assert faults[0].startswith("第4行：引号没有成对")


# What is refused in a workbook, with sheet, row and column


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=1+2", "是公式"),
        (12.345, "小数超过两位"),
        (True, "TRUE"),
        (datetime.combine(date(2025, 3, 8), time()), "是日期，不是金额"),
        ("#N/A", "#N/A"),
    ],
)
def test_cells_that_hold_no_amount(tmp_path, value, words):
    rows = [
        ("2025-03-08", "记", 1, "付水费", 513, value, None, None, None, 1),
        ("2025-03-08", "记", 1, "付水费", 101, None, 3, None, None, 1),
    ]
    faults = check(write_xlsx(tmp_path / "v.xlsx", rows, title="三月"))[1]
    assert len(faults) == 1
    assert faults[0].startswith("第2行 工作表“三月” F列“借方金额”：")
    assert words in faults[0]


def test_what_adding_floats_leaves_behind_is_no_third_decimal(tmp_path):
    rows = [
        ("2025-03-08", "记", 1, "付水费", 513, 0.1 + 0.2, None, None, None, 1),
        ("2025-03-08", "记", 1, "付水费", 101, None, 0.3, None, None, 1),
    ]
    (voucher,), faults, _ = check(write_xlsx(tmp_path / "v.xlsx", rows))
    assert faults == []
    assert voucher.lines[0].debit == 30


def test_a_number_is_no_day(tmp_path):
    rows = [
        (20250308, "记", 1, "付水费", 513, 3, None, None, None, 1),
        (*WATER_BILL[1][:6], 3, None, None, 1),
    ]
    faults = check(write_xlsx(tmp_path / "v.xlsx", rows))[1]
    assert faults[0] == (
        "第2行 工作表“凭证” A列“日期”：“20250308”是数字，不是日期。请把这一列设成日期格式，或写成 2025-03-08 的样子。"
    )


def test_other_sheets_are_named_as_not_read(tmp_path):
    table = read_rows(write_xlsx(tmp_path / "v.xlsx", WATER_BILL, others=["说明", "旧表"]), VOUCHER_FIELDS)
    assert table.notices == ["只读了第一张工作表“凭证”，没有读：说明、旧表。"]

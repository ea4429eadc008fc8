"""A statement file is read whole or refused by sheet, row and column."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.bank_files import HEADER, as_workbook, statement
from village_ledger.domain.errors import ImportRefused, LedgerError, UnreadableError
from village_ledger.exchange.bank.bank_columns import parse_mapping
from village_ledger.exchange.bank.bank_sheet import read_lines, read_statement
from village_ledger.exchange.reading.heading_rows import Light

RENT = ("2025-03-03", "1200", "果园", "承包款")
FEE = ("2025-03-21", "-15", "", "手续费")


def faults(path: Path) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        read_statement(path)
    return refused.value.faults


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_is_found_by_content(tmp_path, encoding):
    rare = ("2025-03-03", "100", "蒲𬭎", "㛃䶮交款")
    found = read_statement(statement(tmp_path, rare, encoding=encoding))
    assert (found.lines[0].counterparty, found.lines[0].remark) == ("蒲𬭎", "㛃䶮交款")


def test_newest_first_is_turned_round_by_the_balances_of_one_day(tmp_path):
    rows = [
        HEADER,
        ("20250303", "0.00", "30.00", "170.00", "", "二", "2"),
        ("20250303", "0.00", "100.00", "200.00", "", "一", "1"),
    ]
    found = read_statement(as_workbook(tmp_path / "a.xlsx", [("账号:8811013300003358",), *rows]))
    assert [x.remark for x in found.lines] == ["一", "二"]
    assert (found.opening, found.closing) == (30_000, 17_000)


def test_one_signed_column_and_one_with_a_mark(tmp_path):
    signed = [
        ("日期", "金额", "余额", "摘要"),
        (date(2025, 3, 3), 1200, 1200, "收"),
        (datetime.fromisoformat("2025-03-04T09:30"), -15.5, 1184.5, "付"),
    ]
    found = read_statement(as_workbook(tmp_path / "a.xlsx", signed))
    assert [(x.amount, x.at) for x in found.lines] == [(120_000, ""), (-1_550, "09:30:00")]
    marked = [
        ("日期", "借贷标志", "发生额", "余额", "摘要"),
        ("2025-03-03", "贷", "1,200.00", "1,200.00", "收"),
        ("2025-03-04", "借", "15.50", "1,184.50", "付"),
    ]
    assert [x.amount for x in read_statement(as_workbook(tmp_path / "b.xlsx", marked)).lines] == [
        120_000,
        -1_550,
    ]


def test_a_gap_is_named_by_row_and_column(tmp_path):
    path = statement(tmp_path, RENT, ("2025-03-05", "-200", "", "缺的这一笔"), FEE)
    lines = path.read_bytes().decode("gb18030").splitlines(keepends=True)
    path.write_bytes("".join(line for line in lines if "缺的" not in line).encode("gb18030"))
    [fault] = faults(path)
    assert fault.startswith(
        "第5行 D列“账户余额”：余额接不上：前一笔（第4行）余额 1,200.00，这一笔 -15.00，应为 1,185.00"
    )


def test_a_missing_beginning_is_seen_by_the_balance_brought_forward(tmp_path):
    head = [("账号:8811013300003358",), ("起始日期:", "2025-03-01", "承前余额:", "900.00")]
    [fault] = faults(statement(tmp_path, RENT, FEE, opening=500, head=head))
    assert "承前余额 900.00 和第一笔之前的余额 500.00 对不上" in fault


def test_a_missing_end_is_seen_by_the_total_of_the_foot(tmp_path):
    foot = [("合计", "1,200.00", "215.00", "", "", "", "")]
    [fault] = faults(statement(tmp_path, RENT, FEE, foot=foot))
    assert "支出合计是 215.00，各笔加起来是 15.00" in fault


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("2025-03-03", "1.234,5", "", "1.00", "", "", ""), "B列“收入金额”：金额“1.234,5”"),
        (("2025-03-03", "1.00", "2.00", "1.00", "", "", ""), "C列“支出金额”：收入、支出两边都有金额"),
        (("2025-03-03", "0.00", "0.00", "1.00", "", "", ""), "B列“收入金额”：收入、支出都没有金额"),
        (("2025-03-03", "1.005", "", "1.00", "", "", ""), "小数超过两位"),
        (("2025-03-03", "1.00", "", "", "", "", ""), "D列“账户余额”：没有余额"),
        (("2025-13-03", "1.00", "", "1.00", "", "", ""), "A列“交易日期”：没有“2025-13-03”这一天"),
    ],
)
def test_what_could_mean_two_things_is_refused_at_its_place(tmp_path, row, said):
    [fault] = faults(as_workbook(tmp_path / "a.xlsx", [HEADER, row]))
    assert fault.startswith("第2行 工作表“明细”")
    assert said in fault


def test_every_fault_is_named_not_only_the_first(tmp_path):
    bad = ("2025-03-03", "x", "", "1.00", "", "", "")
    assert len(faults(as_workbook(tmp_path / "a.xlsx", [HEADER, bad, bad]))) == 2


def test_a_formula_is_no_figure(tmp_path):
    [fault] = faults(as_workbook(tmp_path / "a.xlsx", [HEADER, ("2025-03-03", "=1+1", "", 2, "", "", "")]))
    assert "是公式" in fault


def test_a_file_without_a_heading_is_no_statement(tmp_path):
    with pytest.raises(UnreadableError, match="找不到对账单的表头"):
        read_statement(as_workbook(tmp_path / "a.xlsx", [("姓名", "电话"), ("张三", "1")]))


def test_repeated_headings_and_notices_are_dropped_by_what_they_say(tmp_path):
    rows = [HEADER, ("2025-03-03", "5.00", "", "5.00", "", "一", ""), ("本页小计", "5.00"), HEADER]
    rows += [
        ("2025-03-04", "5.00", "", "10.00", "", "二", ""),
        ("温馨提示：仅供核对",),
        ("打印时间 2025-04-01",),
    ]
    reading = read_lines(as_workbook(tmp_path / "a.xlsx", rows))
    assert [x.remark for x in reading.lines] == ["一", "二"]
    assert reading.dropped == [3, 4, 6, 7]


def test_columns_are_green_where_known_and_yellow_where_guessed(tmp_path):
    header = ("交易日期", "本期收入金额", "支出金额", "账户余额", "柜员")
    layout = read_lines(
        as_workbook(tmp_path / "a.xlsx", [header, ("2025-03-03", "5.00", "", "5.00", "7")])
    ).layout
    assert [(x.meaning, x.light) for x in layout.columns] == [
        ("day", Light.GREEN),
        ("in", Light.YELLOW),
        ("out", Light.GREEN),
        ("balance", Light.GREEN),
        ("", Light.NONE),
    ]


def test_two_columns_of_one_meaning_are_red_until_a_person_decides(tmp_path):
    rows = [("日期", "收入", "收入金额", "支出", "余额"), ("2025-03-03", "5.00", "9.00", "", "5.00")]
    path = as_workbook(tmp_path / "a.xlsx", rows)
    with pytest.raises(UnreadableError, match="意思重复"):
        read_statement(path)
    mapping = parse_mapping("日期=日期，收入=收入，支出=支出，余额=余额")
    assert read_statement(path, mapping).lines[0].amount == 500


@pytest.mark.parametrize("text", ["日期", "日期=什么", "=收入"])
def test_a_mapping_that_is_not_understood_is_refused(text):
    with pytest.raises(UnreadableError, match="看不懂"):
        parse_mapping(text)


@given(
    st.lists(
        st.tuples(st.integers(0, 27), st.integers(-9_999_999, 9_999_999).filter(bool)),
        min_size=1,
        max_size=25,
    )
)
def test_a_statement_reads_back_as_it_was_written(tmp_path_factory, moves):
    folder = tmp_path_factory.mktemp("back")
    moves = sorted(moves, key=lambda m: m[0])
    lines = [(f"2025-03-{day + 1:02d}", f"{fen / 100:.2f}", "某某", "款") for day, fen in moves]
    found = read_statement(statement(folder, *lines, opening=1000))
    assert [x.amount for x in found.lines] == [fen for _, fen in moves]
    assert found.opening == 100_000
    assert found.closing == 100_000 + sum(fen for _, fen in moves)


def test_the_refusals_are_sentences(tmp_path):
    with pytest.raises(LedgerError) as refused:
        read_statement(tmp_path / "没有.csv")
    assert "找不到文件" in str(refused.value)

"""A block copied from a spreadsheet: green, yellow, red, and nothing guessed about money."""

from __future__ import annotations

import pytest

from village_ledger.exchange.setup.pasted_opening import Light, read_block


@pytest.fixture
def chart(book):
    return book.reader().chart("collective")


def read(chart, *rows: str):
    return [(r.light.name, r.opening[1:6], r.words) for r in read_block(chart, "\n".join(rows))]


def test_code_name_debit_credit(chart):
    assert read(chart, "101\t库存现金\t1,200.00\t", "311\t公积公益金\t\t1200") == [
        ("GREEN", ("101", "", "", 120000, 0), ""),
        ("GREEN", ("311", "", "", 0, 120000), ""),
    ]


def test_a_heading_names_the_columns_in_any_order(chart):
    rows = read(chart, "贷方金额\t科目编码\t借方金额\t往来单位", "\t113\t300\t张三", "40\t113\t\t李四")
    assert rows == [
        ("GREEN", ("113", "张三", "", 30000, 0), ""),
        ("GREEN", ("113", "李四", "", 0, 4000), ""),
    ]


def test_names_beside_the_account_are_its_counterparties(chart):
    assert read(chart, "113\t内部往来\t张三\t300\t")[0][1] == ("113", "张三", "", 30000, 0)


def test_a_name_instead_of_a_code_and_one_amount_are_looked_at(chart):
    light, row, words = read(chart, "库存现金\t1200")[0]
    assert (light, row) == ("YELLOW", ("101", "", "", 120000, 0))
    assert "101" in words
    light, row, words = read(chart, "311\t1200")[0]
    assert (light, row[3:]) == ("YELLOW", (0, 120000))
    assert "贷方" in words


def test_a_balance_on_the_unusual_side_is_looked_at(chart):
    light, _, words = read(chart, "101\t库存现金\t\t5")[0]
    assert (light, "一般在借方" in words) == ("YELLOW", True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("999\t没有\t5\t", "没有科目 999"),
        ("322\t本年收益分配\t5\t", "下级科目"),
        ("113\t内部往来\t5\t", "往来单位"),
        ("101\t库存现金\t5\t5", "都有金额"),
        ("101\t库存现金\t\t", "没有金额"),
    ],
)
def test_rows_that_cannot_be_taken(chart, row, words):
    light, _, said = read(chart, row)[0]
    assert (light, words in said) == ("RED", True), said


def test_an_amount_is_never_guessed(chart):
    rows = read_block(chart, "科目编码\t借方金额\t贷方金额\n101\t1.234,5\t\n102\t=A1\t")
    assert [r.light for r in rows] == [Light.RED, Light.RED]


def test_the_same_account_twice_and_totals(chart):
    rows = read(chart, "101\t库存现金\t5\t", "101\t库存现金\t6\t", "\t合计\t11\t", "")
    assert [r[0] for r in rows] == ["GREEN", "RED"]
    assert "第1行" in rows[1][2]


def test_start_movement_and_balance_must_tie(chart):
    heading = "科目编码\t年初借方\t年初贷方\t本年累计借方\t本年累计贷方\t借方金额\t贷方金额"
    rows = read_block(
        chart, f"{heading}\n101\t1000\t\t500\t300\t1200\t\n102\t1000\t\t500\t300\t1199\t\n111\t10\t\t5\t1\t\t"
    )
    assert [r.light.name for r in rows] == ["GREEN", "RED", "GREEN"]
    assert rows[2].opening.debit == 1400

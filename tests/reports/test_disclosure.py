"""Sheet A: every item that moved money, and the sum everybody can do again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import demo_village as village
from village_ledger.domain.chart import Account, Chart, CodeRule, LedgerKind, Money, Side
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import (
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherLine,
    VoucherRef,
    VoucherState,
)
from village_ledger.reports.disclosure.disclosure import SheetFigures, flow_of, sheet_a_table
from village_ledger.reports.table import Role, Table

CHART = Chart(
    LedgerKind.COLLECTIVE,
    CodeRule.parse("3-2-2-2"),
    [
        Account("101", "库存现金", Side.DEBIT, "资产", money=Money.CASH),
        Account("102", "银行存款", Side.DEBIT, "资产", money=Money.BANK),
        Account("212", "应付工资", Side.CREDIT, "负债"),
        Account("501", "经营收入", Side.CREDIT, "损益"),
        Account("513", "管理费用", Side.DEBIT, "损益"),
        Account("514", "公益支出", Side.DEBIT, "损益"),
    ],
)
JULY = Span.of_month(Month(2026, 7))
ISSUER = replace(village.COLLECTIVE, is_demo=False)


def voucher(*lines: VoucherLine, number: int = 1, **more: object) -> StoredVoucher:
    value = replace(Voucher(date(2026, 7, 3), lines, attachments=1), **more)
    ref = VoucherRef(Month(2026, 7), "记", number)
    return StoredVoucher(
        number, "collective", ref, value, VoucherState.POSTED, "王秀英", "2026-07-03T10:00:00"
    )


def debit(account: str, fen: int, summary: str = "付电费", party: str = "") -> VoucherLine:
    return VoucherLine(summary, account, debit=fen, counterparty=party)


def credit(account: str, fen: int, summary: str = "付电费", party: str = "") -> VoucherLine:
    return VoucherLine(summary, account, credit=fen, counterparty=party)


def sheet(*vouchers: StoredVoucher, **more: object) -> Table:
    figures = SheetFigures(JULY, {Money.CASH: 120000, Money.BANK: 35648025}, vouchers)
    return sheet_a_table(ISSUER, CHART, replace(figures, **more))


def items(table: Table) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in table.rows if row.role is Role.DETAIL]


def test_money_in_is_income_money_out_is_expense():
    table = sheet(
        voucher(debit("102", 2800000, "收鱼塘承包款"), credit("501", 2800000, "收鱼塘承包款", "李某某")),
        voucher(debit("514", 138640), credit("102", 138640), number=2),
    )
    first, second = items(table)
    assert (first["income"], first["expense"], first["counterparty"]) == (2800000, 0, "李某某")
    assert (second["income"], second["expense"]) == (0, 138640)
    assert {key: table.facts[key] for key in ("opening", "income", "expense", "closing")} == {
        "opening": 35768025,
        "income": 2800000,
        "expense": 138640,
        "closing": 38429385,
    }
    assert [check.ok for check in table.checks] == [True]


def test_drawing_cash_is_no_expense_but_is_named():
    table = sheet(voucher(debit("101", 200000, "提取备用金"), credit("102", 200000, "提取备用金")))
    assert items(table) == []
    assert "记-0001（提取备用金 2,000.00）" in table.notes[0]
    assert "不算收支" in table.notes[0]
    assert (table.facts["opening"], table.facts["closing"]) == (35768025, 35768025)
    assert table.facts["closing_cash"] == 320000


def test_a_fee_beside_a_transfer_is_the_only_expense():
    table = sheet(voucher(debit("101", 99000), debit("513", 1000, "手续费"), credit("102", 100000)))
    (item,) = items(table)
    assert (item["income"], item["expense"], item["summary"]) == (0, 1000, "手续费")
    assert "记-0001 里的 990.00" in table.notes[0]


def test_income_and_expense_on_one_voucher_are_both_shown():
    both = voucher(debit("102", 50000), credit("501", 50000), debit("513", 30000), credit("101", 30000))
    assert flow_of(both, CHART).income == 50000
    assert flow_of(both, CHART).expense == 30000


def test_a_red_letter_stays_on_its_side():
    red = voucher(debit("514", -264000), credit("102", -264000), kind=VoucherKind.REVERSAL)
    table = sheet(red)
    (item,) = items(table)
    assert (item["income"], item["expense"], item["note"]) == (0, -264000, "红字")
    assert any("记-0001 用红字冲销" in note for note in table.notes)


def test_vouchers_without_money_are_named_with_their_reason():
    table = sheet(voucher(debit("513", 100, "计提折旧"), credit("212", 100, "计提折旧")))
    assert items(table) == []
    assert any("记-0001（计提折旧） 没有收付钱" in note for note in table.notes)


def test_each_item_of_a_voucher_is_seen_with_its_amount():
    table = sheet(
        voucher(
            debit("514", 138640, "付路灯电费"),
            debit("513", 31250, "付办公电费"),
            credit("102", 169890, "付电费"),
        )
    )
    assert items(table)[0]["summary"] == "付路灯电费：1,386.40；付办公电费：312.50"


def test_one_summary_on_two_accounts_names_the_accounts():
    table = sheet(voucher(debit("514", 138640), debit("513", 31250), credit("102", 169890)))
    assert items(table)[0]["summary"] == "付电费（公益支出：1,386.40，管理费用：312.50）"


def test_what_only_passes_through_an_account_is_not_an_item():
    pay = voucher(
        debit("513", 250000, "计提并发放工资"),
        credit("212", 250000, "计提并发放工资"),
        debit("212", 250000, "计提并发放工资"),
        credit("102", 250000, "计提并发放工资"),
    )
    (item,) = items(sheet(pay))
    assert (item["expense"], item["summary"]) == (250000, "计提并发放工资")


def test_void_and_pending_vouchers_are_named():
    pending = replace(voucher(debit("514", 5), credit("102", 5)), awaits_second_review=True)
    table = sheet(pending, void=("记-0002",))
    assert any(note.startswith("记-0002 已作废") for note in table.notes)
    assert any(note.startswith("记-0001 待补审") for note in table.notes)
    assert items(table)[0]["note"] == "待补审"


FEN = st.integers(-10_000_000, 10_000_000).filter(bool)
ACCOUNTS = st.sampled_from(["101", "102", "212", "501", "513", "514"])


@given(st.lists(st.lists(st.tuples(ACCOUNTS, FEN, st.booleans()), min_size=1, max_size=5), max_size=8))
def test_the_sum_line_always_holds(books):
    vouchers = []
    for number, lines in enumerate(books, 1):
        made = [debit(a, fen) if left else credit(a, fen) for a, fen, left in lines]
        rest = sum(line.debit - line.credit for line in made)
        if rest:
            made.append(credit("212", rest))
        if len(made) >= 2:
            vouchers.append(voucher(*made, number=number))
    table = sheet(*vouchers)
    assert all(check.ok for check in table.checks)
    shown = items(table)
    assert sum(int(str(item["income"])) for item in shown) == table.facts["income"]
    assert sum(int(str(item["expense"])) for item in shown) == table.facts["expense"]


@pytest.mark.parametrize("issuer", [village.COLLECTIVE, village.COMMITTEE])
def test_every_month_of_the_demonstration_year_ties_to_the_next(issuer):
    sheets = [village.wall_sheet(issuer, Span.of_month(Month(2025, month))) for month in range(1, 13)]
    for this, following in pairwise(sheets):
        assert this.facts["closing"] == following.facts["opening"]
        assert this.facts["closing_cash"] == following.facts["opening_cash"]
    year = village.wall_sheet(issuer, Span.of_year(2025))
    assert (
        year.facts["income"]
        == sum(int(str(s.facts["income"])) for s in sheets)
        == sheets[-1].facts["year_income"]
    )
    assert year.facts["closing"] == sheets[-1].facts["closing"]
    assert all(check.ok for s in (*sheets, year) for check in s.checks)


def test_the_sample_sheet_reads_like_this(snapshot):
    """The sample lines of the rules: 1,200.00 + 356,480.25 + 28,000.00 − 21,386.40 = 364,293.85."""
    people = {"handler": "王某", "approver": "赵某"}
    table = sheet(
        voucher(
            debit("102", 2800000, "收鱼塘承包款（2026 年度）"),
            credit("501", 2800000, "收鱼塘承包款（2026 年度）", "李某某"),
            handler="王某",
            attachments=2,
        ),
        voucher(
            debit("514", 138640, "付村道路灯电费（6 月）", "供电公司"),
            credit("102", 138640, "付村道路灯电费（6 月）"),
            number=4,
            day=date(2026, 7, 8),
            **people,
        ),
        voucher(
            debit("513", 2000000, "转村民委员会办公经费补助（代表会议〔2026〕3 号）", "村民委员会"),
            credit("102", 2000000, "转村民委员会办公经费补助（代表会议〔2026〕3 号）"),
            number=7,
            day=date(2026, 7, 15),
            attachments=2,
            **people,
        ),
    )
    lines = [table.title, table.subtitle, " · ".join(table.heading)]
    lines += [
        " | ".join("" if cell is None else str(cell) for cell in row.cells).rstrip() for row in table.rows
    ]
    lines += [check.text for check in table.checks]
    assert "\n".join([*lines, *table.notes]) == snapshot
    assert table.facts["closing"] == 36429385

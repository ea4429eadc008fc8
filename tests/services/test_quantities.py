"""Accounts kept by quantity (数量核算): what a line measures is typed, checked, chained, reversed and adds up."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, Village, a_village, draft, in_file, opening
from village_ledger.domain.chain import ChainHead, ChainLine, canonical
from village_ledger.domain.errors import AmountError, ChartError, ImportRefused, LedgerError, VoucherError
from village_ledger.domain.quantity import (
    amount_for,
    format_price,
    parse_price,
    parse_quantity,
    plain_quantity,
    price_of,
    words,
)
from village_ledger.services.book import accounts, openings, verification
from village_ledger.services.entry import templates

SEED = "121"


def keep(village: Village, code: str = SEED, unit: str = "斤", *, required: bool = False) -> None:
    with village.act() as uow:
        accounts.keep_by_quantity(uow, COLLECTIVE, code, unit, required=required)


@pytest.fixture
def granary(village: Village) -> Village:
    """Seed is kept by the jin, and 100 jin were bought."""
    keep(village)
    village.posted("2025-03-08", "购稻种", f"借 {SEED}*100 320; 贷 101 320")
    return village


# figures


def test_a_quantity_is_read_to_the_thousandth():
    assert [parse_quantity(t) for t in ("12.5", "１２．５００", "1,000", "-0.001", ".5")] == [
        12500,
        12500,
        1_000_000,
        -1,
        500,
    ]


@pytest.mark.parametrize("text", ["", "十斤", "1.2345", "1e3", "12,34", "1 2", "99999999999", "--1", "."])
def test_what_could_mean_two_quantities_is_refused(text: str):
    with pytest.raises(AmountError):
        parse_quantity(text)


def test_quantity_times_price_is_rounded_half_up_to_the_fen_on_both_sides_of_zero():
    assert amount_for(12_500, parse_price("3.33")) == 4163  # 41.625
    assert amount_for(-12_500, parse_price("3.33")) == -4163
    assert amount_for(1, parse_price("4.99")) == 0  # 0.00499
    assert amount_for(1, parse_price("5")) == 1  # 0.005


@given(st.integers(-(10**9), 10**9).filter(bool))
def test_a_quantity_written_is_read_again(quantity: int):
    assert parse_quantity(plain_quantity(quantity)) == quantity


@given(st.integers(1, 10**7), st.integers(1, 10**6))
def test_the_price_shown_is_the_nearest_ten_thousandth(quantity: int, amount: int):
    price = price_of(amount, quantity)
    assert price is not None
    exact = Decimal(amount) / 100 / (Decimal(quantity) / 1000)
    assert abs(Decimal(price) / 10_000 - exact) <= Decimal("0.00005")


def test_a_price_has_two_decimals_and_more_only_where_they_say_something():
    assert [format_price(p) for p in (32_000, 32_111, 12_345_500)] == ["3.20", "3.2111", "1,234.55"]
    assert words(12_500, "斤", 4000) == "12.500 斤 × 3.20"


# accounts


def test_a_sub_account_is_measured_as_its_parent_is(village: Village):
    keep(village, required=True)
    with village.act() as uow:
        made = accounts.add(uow, COLLECTIVE, SEED, "稻种").value
    assert (made.unit, made.quantity_required) == ("斤", True)
    assert village.verify() == []


def test_the_unit_stays_once_something_was_measured_in_it(granary: Village):
    with pytest.raises(ChartError, match="已经按“斤”记了数量"):
        keep(granary, unit="公斤")
    with pytest.raises(ChartError, match="已经按“斤”记了数量"):
        keep(granary, unit="")
    keep(granary, required=True)
    assert granary.reader.chart(COLLECTIVE).get(SEED).quantity_required


def test_before_that_the_unit_may_change_and_end(village: Village):
    keep(village)
    keep(village, unit="公斤")
    keep(village, unit="")
    assert village.reader.chart(COLLECTIVE).get(SEED).unit == ""
    with pytest.raises(ChartError, match="没有写计量单位"):
        keep(village, unit=" ")


def test_an_account_with_others_below_it_has_no_unit(village: Village):
    village.add_account(SEED, "稻种")
    with pytest.raises(ChartError, match="有下级科目"):
        keep(village)


# lines


def test_a_quantity_goes_with_its_line_through_the_book(granary: Village):
    assert [x.quantity for x in granary.reader.voucher(1).voucher.lines] == [100_000, 0]
    assert granary.verify() == []


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ("借 101*5 320; 贷 501 320", "101 库存现金 不按数量核算"),
        (f"借 {SEED}*0 320; 贷 101 320", "数量是零"),
        (f"借 {SEED}*-5 320; 贷 101 320", "正负不同"),
        (f"借 {SEED}*1.2345 320; 贷 101 320", "小数超过 3 位"),
    ],
)
def test_what_a_quantity_may_not_be(granary: Village, entries: str, sentence: str):
    with pytest.raises(LedgerError, match=rf"第 1 行.*{sentence}"):
        granary.entered("2025-03-09", "购稻种", entries)


def test_a_price_typed_must_lead_to_the_amount(granary: Village):
    typed = draft("2025-03-09", "购稻种", f"借 {SEED}*10 32; 贷 101 32")
    typed.lines[0] = replace(typed.lines[0], price="3.3")
    with pytest.raises(VoucherError, match=r"数量乘单价得 33\.00，金额写的是 32\.00"):
        granary.save(typed)
    typed.lines[0] = replace(typed.lines[0], price="3.2")
    assert granary.save(typed).value.voucher.lines[0].quantity == 10_000
    typed.lines[0] = replace(typed.lines[0], quantity="")
    with pytest.raises(VoucherError, match="只有单价，没有数量"):
        granary.save(typed)


def test_a_missing_quantity_is_warned_of_and_refused_only_where_it_is_demanded(granary: Village):
    typed = draft("2025-03-09", "调整稻种成本", f"借 {SEED} 3; 贷 101 3")
    assert any("没有写数量（斤）" in said for said in granary.save(typed).warnings)
    keep(granary, required=True)
    with pytest.raises(VoucherError, match="第 1 行 121 库存物资 要写明数量"):
        granary.save(typed)


def test_a_red_letter_takes_the_quantity_back_and_must_stay_its_mirror(granary: Village):
    undo = granary.reverse(granary.reader.voucher(1), "2025-03-20")
    assert [x.quantity for x in undo.voucher.lines] == [-100_000, 0]
    granary.review(undo)
    granary.post(undo)
    moved = granary.reader.stock_moved(COLLECTIVE, SEED, granary.year.first, granary.year.after)
    assert (moved.quantity, moved.amount) == (0, 0)
    assert granary.verify() == []


def test_a_copied_voucher_keeps_its_quantities(granary: Village):
    copied = templates.copy_of(granary.reader, 1, granary.year.last)
    assert [x.quantity for x in copied.lines] == ["100.000", ""]


def test_changing_and_deleting_a_voucher_takes_its_quantities_along(granary: Village):
    typed = draft("2025-03-09", "购稻种", f"借 {SEED}*10 32; 贷 101 32")
    made = granary.save(typed).value
    typed.lines[0] = replace(typed.lines[0], quantity="11")
    changed = granary.save(replace(typed, editing=made.id)).value
    assert changed.voucher.lines[0].quantity == 11_000
    granary.delete_last(changed)
    with granary.raw() as raw:
        assert raw.execute("SELECT voucher_id, line, quantity FROM line_quantity").fetchall() == [
            (1, 1, 100_000)
        ]


def test_a_file_of_vouchers_is_chained_with_its_quantities(granary: Village):
    some = draft("2025-03-09", "购稻种", f"借 {SEED}*10 32; 贷 101 32")
    granary.take_in(in_file(some, 2))
    assert granary.reader.voucher(2).voucher.lines[0].quantity == 10_000
    assert granary.verify() == []


# openings


def test_an_opening_balance_has_a_quantity_that_is_sealed_with_it(village: Village):
    keep(village)
    village.open_with(f"借 {SEED}*1500 4800", "贷 301 4800")
    assert [x.quantity for x in village.reader.opening_lines(COLLECTIVE)] == [1_500_000, 0]
    assert village.verify() == []


def test_an_opening_quantity_needs_an_account_kept_by_quantity_and_a_balance(village: Village):
    with village.act() as uow, pytest.raises(ImportRefused) as refusal:
        openings.set_opening(uow, COLLECTIVE, opening("借 101*5 10", "贷 301 10"))
    assert refusal.value.faults == ["第2行：101 库存现金 不按数量核算，不能写期初数量"]


def test_a_provisional_opening_changes_its_quantities_in_the_open(village: Village):
    keep(village)
    with village.act() as uow:
        openings.set_opening(
            uow, COLLECTIVE, opening(f"借 {SEED}*1500 4800", "贷 301 4800"), provisional=True
        )
    with village.act() as uow:
        found = openings.change(
            uow, COLLECTIVE, opening(f"借 {SEED}*1499.5 4800", "贷 301 4800"), "盘点"
        ).value
    assert [(d.before, d.after) for d in found] == [
        ("借 4,800.00，数量 1,500.000", "借 4,800.00，数量 1,499.500")
    ]
    assert [x.quantity for x in village.reader.opening_lines(COLLECTIVE)] == [1_499_500, 0]
    assert village.verify() == []


# the chain, and hands that know nothing of us


def test_a_line_without_a_quantity_is_digested_as_before_there_were_any():
    head, salt = ChainHead._make([*"xyz", 1, "d", "normal", 1, *"abcdefghijk"]), bytes(16)
    plain = canonical(head, [ChainLine("121", 500, 0, "购", "", "", "")], salt)
    assert plain.count(b"\x1e") == 1
    assert plain.split(b"\x1e")[1].count(b"\x1f") == 3
    measured = canonical(head, [ChainLine("121", 500, 0, "购", "", "", "", 12_500)], salt)
    assert measured == plain + b"\x1f\x1f\x1f\x1f12500"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE line_quantity SET quantity = 99000 WHERE voucher_id = 1",
        "DELETE FROM line_quantity WHERE voucher_id = 1",
        "INSERT INTO line_quantity VALUES (1, 2, 5000)",
        "UPDATE line_quantity SET line = 2",
    ],
)
def test_a_tampered_quantity_is_found_and_its_voucher_named(granary: Village, tmp_path: Path, statement: str):
    copy = tmp_path / "改过.vledger"
    granary.book.close()
    shutil.copyfile(granary.path, copy)
    with sqlite3.connect(copy, isolation_level=None) as raw:
        kept = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'line_quantity'"
        ).fetchall()
        for name, _ in kept:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        for _, sql in kept:
            raw.execute(sql)
    raw.close()
    found = verification.verify(copy)
    assert [(f.rule, f.record) for f in found if f.rule == "V3"] == [("V3", "2025-03/记-0001")]


REFUSED = {
    "change a posted quantity": "UPDATE line_quantity SET quantity = 5 WHERE voucher_id = 1",
    "delete a posted quantity": "DELETE FROM line_quantity WHERE voucher_id = 1",
    "replace a posted quantity": "REPLACE INTO line_quantity VALUES (1, 1, 5)",
    "measure another line of it": "INSERT INTO line_quantity VALUES (1, 2, 5)",
    "measure a line of no measured account": "INSERT INTO line_quantity VALUES (2, 2, -5)",
    "measure against the amount's sign": "INSERT INTO line_quantity VALUES (2, 1, -5)",
    "measure nothing": "INSERT INTO line_quantity VALUES (2, 1, 0)",
    "measure a fraction of a thousandth": "INSERT INTO line_quantity VALUES (2, 1, 1.5)",
    "measure a line that is not there": "INSERT INTO line_quantity VALUES (9, 1, 5)",
    "change the unit": "UPDATE quantity_account SET unit = '公斤'",
    "replace the unit": "REPLACE INTO quantity_account VALUES (1, '121', '公斤', 0)",
    "measure no more": "DELETE FROM quantity_account",
    "measure a parent": "INSERT INTO quantity_account VALUES (1, '102', '斤', 0)",
    "change an opening quantity": "UPDATE opening_quantity SET quantity = 5",
    "delete an opening quantity": "DELETE FROM opening_quantity",
    "add an opening quantity": "INSERT INTO opening_quantity SELECT max(id), 5 FROM opening",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_raw_sql_changes_no_quantity(granary: Village, statement: str):
    granary.add_account("102", "农商行")
    granary.open_with(f"借 {SEED}*1500 4800", "贷 301 4800")
    granary.entered("2025-03-09", "调整稻种成本", f"借 {SEED} 3; 贷 101 3")
    with granary.raw() as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    assert granary.verify() == []


def test_a_line_moved_away_from_its_account_is_not_posted(granary: Village):
    granary.reviewed("2025-03-09", "购稻种", f"借 {SEED}*10 32; 贷 101 32")
    with granary.raw() as raw:
        raw.execute("UPDATE voucher_line SET account = '514' WHERE voucher_id = 2 AND line = 1")
    with granary.act() as uow, pytest.raises(VoucherError, match="不按数量核算"):
        uow.postings.post(COLLECTIVE, [2], "reviewed")


# everything adds up


MOVES = st.lists(
    st.tuples(st.booleans(), st.integers(1, 10**6), st.integers(1, 10**6)), min_size=1, max_size=6
)


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 10**6), MOVES)
def test_opening_and_what_came_in_less_what_went_out_is_what_is_there(
    start: int, moves: list[tuple[bool, int, int]]
):
    with a_village() as village:
        keep(village)
        village.open_with(f"借 {SEED}*{plain_quantity(start)} 100", "贷 301 100")
        for number, (into, quantity, fen) in enumerate(moves, 1):
            measured = f"{SEED}*{plain_quantity(quantity)} {fen / 100:.2f}"
            other = f"101 {fen / 100:.2f}"
            entry = f"借 {measured}; 贷 {other}" if into else f"借 {other}; 贷 {measured}"
            village.posted(f"2025-{1 + number % 12:02d}-08", "收发稻种", entry)
        reader = village.reader
        rows = list(reader.quantity_lines(COLLECTIVE, SEED, village.year, 2))
        total = reader.opening_stock(COLLECTIVE, SEED)
        for row in rows:
            total = total.plus(row.moved)
        assert len(rows) == len(moves)
        assert total.quantity == start + sum(q if into else -q for into, q, _ in moves)
        assert total.amount == village.balance(SEED)
        assert village.verify() == []

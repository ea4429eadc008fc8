"""现金盘点: what was found in the box against the books, over and short, what closing and X9 make of it."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.cash_count import DENOMINATIONS, counted, parse_pieces
from village_ledger.domain.errors import AmountError, ChartError, LedgerError, PeriodError
from village_ledger.domain.period import Month
from village_ledger.services.bank import cash_counts
from village_ledger.services.check_item import CheckItem, Verdict

LAST = date(2025, 3, 31)
MARCH = Month(2025, 3)


@pytest.fixture
def hall(village: Village) -> Village:
    """A village with 6,200.50 in the box at the end of March."""
    village.posted("2025-03-08", "收果园承包款", "借 101 6200.50; 贷 501 6200.50")
    return village


def count(village: Village, pieces=None, total=None, reason="", day=LAST, account="101", ledger=COLLECTIVE):
    with village.act() as uow:
        return cash_counts.count(uow, ledger, account, day, pieces or {}, total, reason)


def propose(village: Village, account="101", ledger=COLLECTIVE):
    with village.act() as uow:
        return cash_counts.propose(uow, ledger, account, LAST).value


def k29(village: Village, ledger=COLLECTIVE) -> CheckItem:
    (item,) = cash_counts.check_items(village.reader, ledger, MARCH)
    return item


def test_pieces_are_added_up_and_held_against_the_books(hall):
    done = count(hall, {10000: 62, 50: 1})
    assert (done.value.found.book, done.value.found.total, done.value.found.difference) == (620050, 620050, 0)
    assert done.warnings == ()
    item = k29(hall)
    assert (item.verdict, item.text) == (Verdict.PASS, "现金盘点过（2025-03-31）。")
    assert hall.verify() == []


def test_only_the_sum_may_be_noted_and_the_latest_of_a_day_counts(hall):
    count(hall, total=620000, reason="少五角")
    count(hall, total=620050)
    assert [x.found.total for x in hall.reader.cash_counts(COLLECTIVE, _march())] == [620000, 620050]
    assert k29(hall).verdict is Verdict.PASS


def test_cash_nobody_counted_is_asked_for(hall):
    item = k29(hall)
    assert (item.verdict, item.evidence) == (Verdict.WARN, ("101 库存现金 6,200.50",))
    assert k29(hall, COMMITTEE).text == "没有现金余额，不用盘点。"


def test_a_difference_without_a_reason_is_asked_for(hall):
    assert "短款的原因还没有写" in count(hall, total=620000).warnings[0]
    assert k29(hall).evidence == ("2025-03-31 101 库存现金 短款 0.50",)
    count(hall, total=620000, reason="找零少收")
    assert k29(hall).verdict is Verdict.PASS


def test_a_voucher_that_comes_later_makes_the_reason_stale(hall):
    count(hall, total=620000, reason="找零少收")
    hall.posted("2025-03-30", "付茶叶钱", "借 513 100; 贷 101 100")
    assert k29(hall).evidence == ("2025-03-31 101 库存现金 长款 99.50",)


def test_unposted_cash_vouchers_are_said(hall):
    hall.entered("2025-03-30", "付茶叶钱", "借 513 100; 贷 101 100")
    assert "有 1 张动了现金的凭证还没有记账" in count(hall, total=620050).warnings[0]


@pytest.mark.parametrize(
    ("total", "lines"),
    [
        (619050, [("181", 1000, 0), ("101", 0, 1000)]),
        (621050, [("101", 1000, 0), ("181", 0, 1000)]),
    ],
)
def test_over_and_short_become_a_voucher_of_that_day(hall, total, lines):
    count(hall, total=total, reason="找零")
    made = propose(hall)
    assert [(x.account, x.debit, x.credit) for x in made.voucher.lines] == lines
    assert made.voucher.day == LAST
    with pytest.raises(LedgerError, match="已经有凭证"):
        propose(hall)
    hall.review(made)
    hall.post(made)
    assert (
        cash_counts.still_open(hall.reader, COLLECTIVE, hall.reader.cash_counts(COLLECTIVE, _march())[0]) == 0
    )
    assert k29(hall).verdict is Verdict.PASS
    assert hall.verify() == []


def test_the_committee_has_codes_of_its_own(village):
    village.posted("2025-03-08", "收回借款", "借 1001 100; 贷 3101 100", ledger=COMMITTEE)
    count(village, total=9000, reason="少十元", account="1001", ledger=COMMITTEE)
    made = propose(village, "1001", COMMITTEE)
    assert [x.account for x in made.voucher.lines] == ["1901", "1001"]


def test_a_void_voucher_leaves_the_difference_to_be_booked_again(hall):
    count(hall, total=620000, reason="找零")
    hall.void(propose(hall))
    assert propose(hall).voucher.amount == 50


def test_what_cannot_be_is_refused(hall):
    with pytest.raises(ChartError, match="不是库存现金"):
        count(hall, total=1, account="102")
    with pytest.raises(AmountError, match="合计填的是"):
        count(hall, {10000: 1}, 5000)
    with pytest.raises(AmountError, match="没有面额"):
        count(hall, {300: 1})
    with pytest.raises(AmountError, match="还没有填"):
        count(hall)
    with pytest.raises(LedgerError, match="没有登记现金盘点"):
        propose(hall)
    count(hall, total=620050)
    with pytest.raises(LedgerError, match="没有差额"):
        propose(hall)
    with pytest.raises(PeriodError):
        count(hall, total=1, day=date(2024, 12, 31))


def test_x9_takes_what_was_counted(hall):
    assert cash_counts.proved_cash(hall.reader, COLLECTIVE, LAST) is None
    count(hall, total=620000, reason="找零少收", day=date(2025, 3, 20))
    hall.posted("2025-03-25", "收租金", "借 101 50; 贷 501 50")
    proved = cash_counts.proved_cash(hall.reader, COLLECTIVE, LAST)
    assert proved is not None
    assert (proved.total, proved.days) == (625000, (date(2025, 3, 20),))


def test_a_closed_month_takes_no_count(hall):
    count(hall, total=620050)
    for month in ("2025-01", "2025-02", "2025-03"):
        hall.close_month(month)
    with pytest.raises(PeriodError):
        count(hall, total=1)


def test_raw_sql_changes_nothing(hall):
    count(hall, {10000: 62, 50: 1})
    with hall.raw() as raw:
        for sql, said in (
            ("UPDATE cash_count SET total = 1", "不能修改"),
            ("DELETE FROM cash_count_piece", "不能删除"),
            ("INSERT INTO cash_count_piece VALUES (1, 5, 1)", "对不上"),
            ("INSERT OR REPLACE INTO cash_count_piece VALUES (1, 50, 1)", "对不上"),
            ("INSERT INTO cash_count_voucher VALUES (99, 1)", "不是这本账的凭证"),
        ):
            with pytest.raises(sqlite3.DatabaseError, match=said):
                raw.execute(sql)


def test_verify_misses_a_count_taken_away_or_altered(hall):
    count(hall, {10000: 62, 50: 1})
    with hall.raw() as raw:
        raw.execute("DROP TRIGGER cash_count_no_update")
        raw.execute("UPDATE cash_count SET total = 620000")
        raw.commit()
    said = [finding.text for finding in hall.verify() if finding.rule == "V51"]
    assert said == ["现金盘点的记录和操作日志对不上", "现金盘点的记录不见了", "现金盘点的张数和合计对不上"]


@given(st.dictionaries(st.sampled_from(DENOMINATIONS), st.integers(1, 9999), min_size=1))
def test_any_pieces_typed_come_to_their_sum(pieces):
    typed = " ".join(f"{denomination / 100:g}*{number}" for denomination, number in pieces.items())
    assert counted(parse_pieces(typed), None) == (pieces, sum(d * n for d, n in pieces.items()))


def _march():
    from village_ledger.domain.period import Span

    return Span.of_month(MARCH)

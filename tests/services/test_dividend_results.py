"""The bank's answers held against what it was told: by account, else by name; what fits nothing or two things is refused."""

from __future__ import annotations

from datetime import date

import pytest

from village_ledger.domain.errors import ImportRefused
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.dividends.dividend_payments import Result
from village_ledger.services.dividends.dividend_results import Answer, Waiting, matched

REF = VoucherRef(Month(2026, 3), "记", 7)


def told(household: str, holder: str, account: str, amount: int, *payments: int) -> Waiting:
    return Waiting(7, REF, date(2026, 3, 25), household, holder, account, amount, payments, True)


def answer(
    holder: str, account: str, amount: int, *, paid: bool = True, note: str = "", row: int = 2
) -> Answer:
    return Answer(row, holder, account, amount, paid, note)


def refused(act) -> str:
    with pytest.raises(ImportRefused) as said:
        act()
    return "".join(said.value.faults)


def test_one_answer_is_for_all_payments_of_its_row():
    found = matched([told("001", "王秀英", "6217", 300, 1, 2)], [answer("王秀英", "6217", 300)])
    assert found == [Result(1, "done"), Result(2, "done")]


def test_the_account_tells_namesakes_apart():
    waiting = [told("001", "王秀英", "6217", 300, 1), told("009", "王秀英", "6218", 300, 2)]
    found = matched(waiting, [answer("王秀英", "6218", 300, paid=False, note="销户")])
    assert found == [Result(2, "failed", "销户")]


def test_namesakes_without_an_account_are_refused():
    waiting = [told("001", "王秀英", "6217", 300, 1), told("009", "王秀英", "6218", 300, 2)]
    assert "对得上 001/王秀英、009/王秀英，分不清是哪一个" in refused(
        lambda: matched(waiting, [answer("王秀英", "", 300)])
    )


def test_another_account_is_nobody():
    assert "第2行：没有等银行答复的“王秀英”" in refused(
        lambda: matched([told("001", "王秀英", "6217", 300, 1)], [answer("王秀英", "6299", 300)])
    )


def test_the_same_row_cannot_be_answered_twice():
    rows = [answer("王秀英", "6217", 300), answer("王秀英", "6217", 300, row=3)]
    assert "第3行" in refused(lambda: matched([told("001", "王秀英", "6217", 300, 1)], rows))


def test_an_account_the_bank_half_hides_is_told_by_its_end_and_the_name():
    waiting = [told("001", "王秀英", "62170001", 300, 1), told("009", "王秀英", "62170002", 300, 2)]
    assert matched(waiting, [answer("王秀英", "6217****0002", 300)]) == [Result(2, "done")]

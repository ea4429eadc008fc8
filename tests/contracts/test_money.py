"""Rent booked as owed, received, spread, matched by hand, late; deposits taken and returned."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from tests.builders import COLLECTIVE, Village, draft
from tests.contracts.lets import FIRM, a_contract, day, signed, terms
from village_ledger.domain.contract import Penalty
from village_ledger.domain.errors import ChartError, ContractError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.contracts import deposits
from village_ledger.services.contracts.receipts import Received, candidates, match, receive, unmatch
from village_ledger.services.contracts.rent_drafts import accrue, charge_penalty, owing
from village_ledger.services.contracts.standing import Whole, whole
from village_ledger.services.entry import vouchers
from village_ledger.services.planning import prepaid

NUMBER = "青合2025-01"


def one(village: Village, number: str = NUMBER) -> Whole:
    return whole(village.reader, COLLECTIVE, number)


def lines(voucher: StoredVoucher) -> list[tuple[str, int, int, str]]:
    return [(x.account, x.debit, x.credit, x.counterparty) for x in voucher.voucher.lines]


def booked(village: Village, month: str) -> list[StoredVoucher]:
    with village.act() as uow:
        return accrue(uow, COLLECTIVE, Month.parse(month)).value


def got(
    village: Village, on: str, yuan: float, through: str = "", number: str = NUMBER
) -> list[StoredVoucher]:
    received = Received(day(on), round(yuan * 100), "101", day(through) if through else None, attachments=1)
    with village.act() as uow:
        return receive(uow, COLLECTIVE, number, received).value


def opens(village: Village, number: str = NUMBER) -> list[int]:
    return [row.open for row in one(village, number).rows]


def test_what_is_due_is_booked_once(village: Village) -> None:
    signed(village)
    [made] = booked(village, "2025-01")
    assert str(made.voucher.day) == "2025-01-31"
    assert lines(made) == [("112", 480000, 0, FIRM), ("501", 0, 480000, FIRM)]
    assert booked(village, "2025-01") == []
    assert owing(village.reader, COLLECTIVE, Month(2025, 6)) == []


def test_a_member_owes_on_the_member_account(village: Village) -> None:
    signed(village, a_contract(member=True, party="严洪才"))
    assert lines(booked(village, "2025-01")[0])[0] == ("113", 480000, 0, "严洪才")


def test_a_receipt_pays_what_was_booked(village: Village) -> None:
    signed(village)
    booked(village, "2025-01")
    [made] = got(village, "2025-02-03", 4800)
    assert lines(made) == [("101", 480000, 0, ""), ("112", 0, 480000, FIRM)]
    assert opens(village)[:2] == [0, 480000]


def test_a_receipt_before_it_was_booked_is_income_at_once(village: Village) -> None:
    signed(village)
    [made] = got(village, "2025-01-03", 4800)
    assert lines(made)[1] == ("501", 0, 480000, FIRM)
    assert booked(village, "2025-01") == []


def test_part_payments_fill_a_row(village: Village) -> None:
    signed(village)
    booked(village, "2025-01")
    got(village, "2025-02-03", 1000.5)
    got(village, "2025-03-03", 3799.5)
    assert opens(village)[:2] == [0, 480000]
    assert village.verify() == []


def test_one_receipt_over_booked_and_unbooked_rows(village: Village) -> None:
    signed(village)
    booked(village, "2025-01")
    [made] = got(village, "2025-06-20", 9600)
    assert lines(made)[1:] == [("112", 0, 480000, FIRM), ("501", 0, 480000, FIRM)]


def test_more_than_is_open_is_refused(village: Village) -> None:
    signed(village)
    booked(village, "2025-01")
    with pytest.raises(ContractError, match=r"到期的和下一期一共还欠 9,600\.00，收的 9,600\.01 多了"):
        got(village, "2025-02-03", 9600.01)
    with pytest.raises(ContractError, match=r"这些期一共还欠 4,800\.00"):
        got(village, "2025-02-03", 4801, through="2025-06-30")
    assert opens(village)[0] == 480000


def test_nothing_and_less_are_refused(village: Village) -> None:
    signed(village)
    with pytest.raises(ContractError, match="收款要大于零"):
        got(village, "2025-02-03", 0)


def test_only_cash_and_bank_take_money(village: Village) -> None:
    signed(village)
    with village.act() as uow, pytest.raises(ChartError, match="151 不是现金或银行存款"):
        receive(uow, COLLECTIVE, NUMBER, Received(day("2025-02-03"), 100, "151"))


def test_three_years_at_once_wait_and_are_released(village: Village) -> None:
    """五组坡地: 14,400 a year, three years paid at once; nothing is income twice."""
    signed(village, a_contract(terms=terms("2025-05-01", "2028-04-30", 14400)))
    [made] = got(village, "2025-05-06", 43200, through="2027-05-01")
    assert lines(made) == [("101", 4320000, 0, ""), ("211", 0, 4320000, FIRM)]
    assert opens(village) == [0, 0, 0]
    assert booked(village, "2025-12") == []
    [schedule] = village.reader.prepaids(COLLECTIVE)
    assert (schedule.total, str(schedule.first), str(schedule.last)) == (4320000, "2025-05-01", "2028-04-30")
    with village.act() as uow:
        released = prepaid.release(uow, COLLECTIVE, Month(2025, 12)).value
    assert sum(voucher.voucher.amount for voucher in released) == 960000


def test_a_years_rent_in_one_payment_is_not_spread(village: Village) -> None:
    signed(village, a_contract(terms=terms("2025-01-01", "2027-12-31", 9600)))
    got(village, "2025-01-06", 9600)
    assert village.reader.prepaids(COLLECTIVE) == []


def test_a_voided_voucher_opens_the_row_again(village: Village) -> None:
    signed(village)
    [owed] = booked(village, "2025-01")
    [made] = got(village, "2025-02-03", 4800)
    assert opens(village)[0] == 0
    village.void(made)
    assert opens(village)[0] == 480000
    village.void(owed)
    assert len(booked(village, "2025-01")) == 1
    assert village.verify() == []


def test_a_reversed_receipt_does_not_count(village: Village) -> None:
    signed(village)
    [made] = got(village, "2025-01-03", 4800)
    village.review(made)
    village.post(made)
    village.reverse(made, "2025-01-20")
    assert opens(village)[0] == 480000
    assert village.reader.contracts_stale(COLLECTIVE)
    booked(village, "2025-01")
    assert not village.reader.contracts_stale(COLLECTIVE)


def test_the_voucher_of_a_contract_keeps_its_figures(village: Village) -> None:
    signed(village)
    [made] = booked(village, "2025-01")
    with village.act() as uow, pytest.raises(VoucherError, match="记的是合同 青合2025-01 的租金"):
        vouchers.save(
            uow, replace(draft("2025-01-31", "改", f"借 112@{FIRM} 5000; 贷 501 5000"), editing=made.id)
        )


def test_a_posted_voucher_of_the_party_is_matched(village: Village) -> None:
    signed(village)
    voucher = village.posted("2025-01-08", "收房租", f"借 101 4800; 贷 501@{FIRM} 4800")
    found = candidates(village.reader, one(village))
    assert [(c.ref, c.free) for c in found] == [(str(voucher.ref), 480000)]
    with village.act() as uow:
        assert match(uow, COLLECTIVE, NUMBER, voucher.ref).value == 480000
    assert opens(village)[0] == 0
    assert candidates(village.reader, one(village)) == []
    with village.act() as uow:
        unmatch(uow, COLLECTIVE, NUMBER, voucher.ref)
    assert opens(village)[0] == 480000


def test_what_a_contract_booked_itself_is_no_candidate(village: Village) -> None:
    signed(village)
    [made] = booked(village, "2025-01")
    village.review(made)
    village.post(made)
    assert candidates(village.reader, one(village)) == []


def test_a_voucher_of_somebody_else_is_not_matched(village: Village) -> None:
    signed(village)
    voucher = village.posted("2025-01-08", "收房租", "借 101 4800; 贷 501@别人 4800")
    with village.act() as uow, pytest.raises(ContractError, match="没有还没对过、往来单位是"):
        match(uow, COLLECTIVE, NUMBER, voucher.ref)


def test_what_was_booked_from_a_contract_is_not_unmatched(village: Village) -> None:
    signed(village)
    [made] = got(village, "2025-01-03", 4800)
    with village.act() as uow, pytest.raises(ContractError, match="没有人工对到合同"):
        unmatch(uow, COLLECTIVE, NUMBER, made.ref)


def test_the_database_lets_no_line_stand_for_more_than_it_says(village: Village) -> None:
    signed(village)
    [made] = got(village, "2025-01-03", 4800)
    row = (one(village).stored.id, made.id)
    with village.raw() as raw, pytest.raises(sqlite3.DatabaseError, match="超过了凭证这一行"):
        raw.execute(
            "INSERT INTO rent_link (contract_id, first_day, kind, voucher_id, line, amount, made_by, made_at) "
            "VALUES (?, '2025-07-01', 'income', ?, 2, 1, '', '')",
            row,
        )


def test_rows_due_before_the_book_are_settled_elsewhere(village: Village) -> None:
    signed(village, a_contract(terms=terms("2024-01-01", "2026-12-31", 9600, last=True)))
    assert opens(village) == [0, 960000, 960000]
    signed(
        village,
        a_contract(
            "旧-2", "J002", kept_from=day("2024-12-01"), terms=terms("2024-01-01", "2026-12-31", 5, last=True)
        ),
    )
    assert opens(village, "旧-2") == [500, 500, 500]


def test_late_money_by_days(village: Village) -> None:
    """五‱ a day: 4,800.00 due 1 January, 2,000 paid on 31 January, the rest open at the end of March."""
    signed(village, a_contract(penalty=Penalty(500)))
    got(village, "2025-01-31", 2000)
    with village.act() as uow:
        made = charge_penalty(uow, COLLECTIVE, NUMBER, Month(2025, 3)).value
    # 2,000 x 30 days + 2,800 x 89 days, each x 0.0005 = 30.00 + 124.60
    assert lines(made) == [("112", 15460, 0, FIRM), ("504", 0, 15460, FIRM)]
    with village.act() as uow, pytest.raises(ContractError, match="没有要算的违约金"):
        charge_penalty(uow, COLLECTIVE, NUMBER, Month(2025, 3))
    with village.act() as uow:
        more = charge_penalty(uow, COLLECTIVE, NUMBER, Month(2025, 4)).value
    assert more.voucher.amount == 4200  # 2,800 x 30 days x 0.0005


def test_no_late_money_that_was_not_agreed(village: Village) -> None:
    signed(village)
    with village.act() as uow, pytest.raises(ContractError, match="没有约定违约金"):
        charge_penalty(uow, COLLECTIVE, NUMBER, Month(2025, 3))


def test_a_deposit_comes_and_goes(village: Village) -> None:
    signed(village, a_contract(deposit=100000))
    with village.act() as uow:
        made = deposits.take(uow, COLLECTIVE, NUMBER, day("2025-01-02"), 100000, "101").value
    assert lines(made) == [("101", 100000, 0, ""), ("211", 0, 100000, FIRM)]
    with village.act() as uow, pytest.raises(ContractError, match=r"已收 1,000\.00，不能再收"):
        deposits.take(uow, COLLECTIVE, NUMBER, day("2025-01-03"), 1, "101")
    with village.act() as uow:
        deposits.give_back(uow, COLLECTIVE, NUMBER, day("2025-06-02"), 60000, "101")
    assert one(village).deposit_held == 40000
    with village.act() as uow, pytest.raises(ContractError, match=r"押金还有 400\.00，不能退"):
        deposits.give_back(uow, COLLECTIVE, NUMBER, day("2025-06-03"), 40001, "101")
    assert village.verify() == []

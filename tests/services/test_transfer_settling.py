"""What one document leaves open and another settles; reversals as pairs; townships that use 113."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.two_ledgers import again, lines, mirrors, moved, undone, waiting
from village_ledger.domain.errors import PeriodError, VoucherError
from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.period import parse_day
from village_ledger.services.transfers import transfers

CO, VC = "@青山村股份经济合作社", "@青山村村民委员会"


# Reversal


def test_a_reversal_is_a_pair_of_red_letters(village: Village):
    document = moved(village, "T4", "50")
    red = undone(village, document)
    assert lines(village, red, COLLECTIVE) == [f"借 112{VC} -50.00", "贷 102 -50.00"]
    assert lines(village, red, COMMITTEE) == ["借 5102 -50.00", f"贷 2202{CO} -50.00"]
    assert red.reverses == document.number
    assert again(village, document.number).reversed_by == red.number
    assert mirrors(village) == [(0, 0), (0, 0)]
    assert village.verify() == []


def test_a_reversal_in_a_later_year_is_a_pair_of_blue_vouchers(village: Village):
    document = moved(village, "T4", "50", "2025-12-08")
    blue = undone(village, document, "2026-01-10")
    assert lines(village, blue, COMMITTEE) == ["贷 5102 50.00", f"借 2202{CO} 50.00"]
    assert str(blue.number) == "往来-2026-0001"
    assert mirrors(village) == [(0, 0), (0, 0)]


def test_a_document_is_reversed_once_and_a_reversal_not_at_all(village: Village):
    document = moved(village, "T4", "50")
    red = undone(village, document)
    for wrong, words in ((document, "冲销过"), (red, "本身就是冲销单")):
        with pytest.raises(VoucherError, match=words), village.act() as uow:
            transfers.reverse(uow, wrong.number, parse_day("2025-03-21"), "再冲")


def test_a_reversal_that_was_voided_leaves_the_document_open_to_another(village: Village):
    document = moved(village, "T4", "50")
    with village.act() as uow:
        red = transfers.reverse(uow, document.number, parse_day("2025-03-20"), "记错了").value
    with village.act() as uow:
        transfers.void(uow, red.number, "不冲了")
    assert again(village, document.number).reversed_by is None
    undone(village, document)
    assert mirrors(village) == [(0, 0), (0, 0)]
    assert village.verify() == []


# Settling


def test_a_repayment_settles_the_oldest_first(village: Village):
    first, second = moved(village, "T4", "50", "2025-03-01"), moved(village, "T4", "30", "2025-03-02")
    paid = moved(village, "T5", "60", "2025-03-10")
    assert [again(village, x.number).settled for x in (first, second)] == [50_00, 10_00]
    assert paid.settles == (first.number, second.number)
    assert mirrors(village) == [(20_00, 20_00), (0, 0)]


def test_a_repayment_may_name_what_it_settles(village: Village):
    first, second = moved(village, "T4", "50"), moved(village, "T4", "30")
    moved(village, "T5", "30", "2025-03-10", settles=str(second.number))
    assert [again(village, x.number).settled for x in (first, second)] == [0, 30_00]


def test_more_than_is_owed_is_not_repaid(village: Village):
    first = moved(village, "T4", "50")
    with pytest.raises(VoucherError, match=r"欠集体 50\.00，归还不了 50\.01"):
        waiting(village, "T5", "50.01", "2025-03-10")
    waiting(village, "T5", "50", "2025-03-10")
    with pytest.raises(VoucherError, match=r"欠集体 0\.00"):
        waiting(village, "T5", "0.01", "2025-03-10")
    with pytest.raises(VoucherError, match=r"没结清的只有 0\.00"):
        waiting(village, "T5", "0.01", "2025-03-10", settles=str(first.number))


def test_a_debt_older_than_the_book_is_repaid_too(village: Village):
    village.open_with("借 112@青山村村民委员会 24", "贷 32202 24")
    village.open_with("借 1002 24", "贷 2202@青山村股份经济合作社 24", ledger=COMMITTEE)
    paid = moved(village, "T5", "24")
    assert paid.settles == ()
    assert mirrors(village) == [(0, 0), (0, 0)]


def test_money_received_for_the_other_is_owed_then_paid_over(village: Village):
    for kind in ("T6", "T7"):
        received = moved(village, kind, "60", "2025-03-01")
        assert (received.step, again(village, received.number).settled) == ("owed", 0)
        passed = moved(village, kind, "60", "2025-03-05", settles=str(received.number))
        assert (passed.step, again(village, received.number).settled) == ("paid", 60_00)
    assert lines(village, passed, COLLECTIVE) == [f"借 211{VC} 60.00", "贷 102 60.00"]
    assert lines(village, passed, COMMITTEE) == ["借 1002 60.00", f"贷 1122{CO} 60.00"]
    assert mirrors(village) == [(0, 0), (0, 0)]
    assert village.balance("501") == -60_00
    assert village.balance("4401", ledger=COMMITTEE) == -60_00


def test_a_settled_document_is_not_reversed_before_its_settlement(village: Village):
    lent = moved(village, "T4", "50")
    paid = moved(village, "T5", "50", "2025-03-10")
    with pytest.raises(VoucherError, match="已有归还或转交"), village.act() as uow:
        transfers.reverse(uow, lent.number, parse_day("2025-03-20"), "记错了")
    undone(village, paid)
    assert again(village, lent.number).settled == 0
    undone(village, again(village, lent.number))
    assert mirrors(village) == [(0, 0), (0, 0)]


def test_what_settles_must_fit_what_it_settles(village: Village):
    subsidy = moved(village, "T7", "50")
    lent = moved(village, "T4", "50", "2025-03-10")
    with pytest.raises(VoucherError, match="不是“归还代付”能归还"):
        waiting(village, "T5", "50", settles=str(subsidy.number))
    with pytest.raises(VoucherError, match="不归还哪一份"):
        waiting(village, "T4", "50", settles=str(lent.number))
    with pytest.raises(PeriodError, match="早于"):
        waiting(village, "T5", "50", "2025-03-09", settles=str(lent.number))
    with pytest.raises(VoucherError, match="没有 往来-2025-0099"):
        waiting(village, "T5", "50", settles=str(DocumentNumber(2025, 99)))
    with pytest.raises(VoucherError, match="不是往来单号"):
        waiting(village, "T5", "50", settles="99")


# Townships that use 113


def test_the_committee_may_stand_in_113(village: Village):
    with village.act() as uow:
        transfers.set_mirror(uow, "113")
    document = moved(village, "T4", "50")
    assert lines(village, document, COLLECTIVE)[0] == f"借 113{VC} 50.00"
    with pytest.raises(VoucherError, match="不能再换"), village.act() as uow:
        transfers.set_mirror(uow, "")

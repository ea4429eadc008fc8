"""Rent booked as owed by hand before the register was kept, said to be a contract's."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, Village
from tests.contracts.lets import FIRM, a_contract, signed
from village_ledger.domain.errors import ContractError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.contracts import owed_matches, receipts, rent_drafts

NUMBER = "青合2025-01"


def owed(village: Village, amount: str, party: str = FIRM) -> StoredVoucher:
    return village.posted("2025-01-10", "应收门面租金", f"借 112@{party} {amount}; 贷 501 {amount}")


def match(village: Village, voucher: StoredVoucher) -> int:
    with village.act() as uow:
        return owed_matches.match_owed(uow, COLLECTIVE, NUMBER, voucher.ref).value


def test_what_was_booked_by_hand_is_not_booked_again(village: Village) -> None:
    signed(village, a_contract())
    assert match(village, owed(village, "4800")) == 4800_00
    with village.act() as uow:
        assert rent_drafts.accrue(uow, COLLECTIVE, Month(2025, 3)).value == []
    paid = village.posted("2025-02-10", "收门面租金", f"借 101 4800; 贷 112@{FIRM} 4800")
    with village.act() as uow:
        receipts.match(uow, COLLECTIVE, NUMBER, paid.ref)
    assert village.verify() == []


@pytest.mark.parametrize(
    ("amount", "party", "said"),
    [("99999", FIRM, "没有这么多要记的应收"), ("4800", "别人", "欠的租金")],
)
def test_what_is_not_its_rent_is_refused(village: Village, amount: str, party: str, said: str) -> None:
    signed(village, a_contract())
    voucher = owed(village, amount, party)
    with pytest.raises(ContractError, match=said):
        match(village, voucher)
    assert village.verify() == []

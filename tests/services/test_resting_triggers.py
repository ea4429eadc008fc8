"""A large first import lays triggers off; what they would have refused is refused all the same, and they come back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import village
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.imported import ImportedLine, ImportedVoucher
from village_ledger.domain.period import Month, MonthState
from village_ledger.services.entry import bulk
from village_ledger.storage.vouchers import bulk_insert

__all__ = ["village"]


@pytest.fixture(autouse=True)
def _every_import_is_large(monkeypatch):
    monkeypatch.setattr(bulk_insert, "LARGE", 1)


def imported(debit="101", credit="501", amounts=(500, 500), day=date(2025, 3, 8)):
    lines = [
        ImportedLine(2, "收租金", debit, amounts[0], 0, "", "", ""),
        ImportedLine(3, "收租金", credit, 0, amounts[1], "", "", ""),
    ]
    return ImportedVoucher(2, "记", 1, day, 1, lines)


def take_in(village, voucher, *, post=True):
    with village.book.unit_of_work("导入") as uow:
        bulk.import_vouchers(uow, "collective", [voucher], post=post)
        uow.commit()


@pytest.mark.parametrize("post", [True, False])
def test_a_sound_file_goes_in_and_every_guard_is_back(village, post):
    take_in(village, imported(), post=post)
    assert village.verify() == []
    assert len(village.reader.vouchers("collective")) == 1


@pytest.mark.parametrize(
    ("voucher", "what"),
    [
        (imported(amounts=(500, 400)), "借贷不平"),
        (imported(debit="322"), "一个有下级的科目"),
        (imported(debit="1001"), "另一本账的科目"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_resting_trigger_would_refuse_is_refused(village, voucher, what):
    with pytest.raises(LedgerError) as refusal:
        take_in(village, voucher)
    assert "账没有变化" in str(refusal.value), what
    assert village.reader.vouchers("collective") == []
    assert village.verify() == []


def test_a_closed_month_stays_closed(village):
    with village.book.unit_of_work("王秀英") as uow:
        for number in (1, 2, 3):
            uow.periods.set_state("collective", Month(2025, number), MonthState.CLOSED)
        uow.commit()
    with pytest.raises(LedgerError):
        take_in(village, imported())
    assert village.reader.vouchers("collective") == []

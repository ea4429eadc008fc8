"""Closing and reopening months in tests, each act one transaction."""

from __future__ import annotations

from tests.builders import COLLECTIVE, WANG, ZHAO, Village
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.check_item import CheckItem
from village_ledger.services.closing import closing, year_end
from village_ledger.services.outcome import Outcome


def close(
    village: Village, month: Month, ledger: str = COLLECTIVE, by: str = WANG
) -> Outcome[list[CheckItem]]:
    with village.act(by) as uow:
        return closing.close(uow, ledger, month)


def close_through(village: Village, last: int, ledger: str = COLLECTIVE) -> None:
    for number in range(1, last + 1):
        close(village, Month(2025, number), ledger)


def reopen(village: Village, month: Month, approved_by: str = ZHAO, reason: str = "漏了一张发票") -> None:
    with village.act() as uow:
        closing.reopen(uow, COLLECTIVE, month, approved_by, reason)


def close_year(village: Village, ledger: str = COLLECTIVE, year: int = 2025) -> list[StoredVoucher]:
    with village.act() as uow:
        return year_end.close_year(uow, ledger, year).value


def state_of(village: Village, month: Month, ledger: str = COLLECTIVE) -> MonthState:
    return next(m.state for m in village.reader.months(ledger) if m.month == month)


def lines(voucher: StoredVoucher) -> list[tuple[str, int, int]]:
    return [(x.account, x.debit, x.credit) for x in voucher.voucher.lines]

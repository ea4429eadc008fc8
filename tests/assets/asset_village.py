"""A village with a few assets, in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, WANG, Village
from village_ledger.domain.asset import AssetKind, Card, Facts, Method, Source, Use
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.assets import cards, depreciation, disposal, usage
from village_ledger.services.assets.cards import OtherSide
from village_ledger.services.outcome import Outcome
from village_ledger.storage.assets.records import Standing


def a_card(code: str = "J009", **given: object) -> Card:
    """The tea drier: 57,800.00 over ten years, unless told otherwise."""
    card = {
        "code": code,
        "name": "茶叶烘干机",
        "kind": AssetKind.FIXED,
        "cost": 5_780_000,
        "in_use": date(2018, 10, 1),
        "category": "机器设备",
        "salvage": 289_000,
        "method": Method.STRAIGHT,
        "months": 120,
        "opening": 3_386_092,
        "source": Source.BOUGHT,
    }
    return Card(**(card | given))  # pyright: ignore[reportArgumentType]  fields as they are named


TRACTOR = a_card(
    "J020",
    name="拖拉机",
    method=Method.HOURS,
    months=0,
    units=10_000_000,
    opening=0,
    in_use=date(2025, 1, 10),
)


class AssetVillage(Village):
    """A village that keeps cards."""

    def register(
        self, *some: Card, use: Use = Use.OPERATING, ledger: str = COLLECTIVE, **facts: object
    ) -> Outcome[int]:
        """Cards registered together."""
        with self.act() as uow:
            return cards.add_all(uow, ledger, [(card, Facts(use, **facts)) for card in some])  # pyright: ignore[reportArgumentType]  as they are named

    def charge(self, month: str, ledger: str = COLLECTIVE, by: str = WANG) -> Outcome[StoredVoucher | None]:
        """A month's depreciation entered."""
        with self.act(by) as uow:
            return depreciation.depreciate(uow, ledger, Month.parse(month))

    def charged(self, month: str, ledger: str = COLLECTIVE) -> StoredVoucher:
        """A month's depreciation entered, passed and posted."""
        voucher = self.charge(month, ledger).value
        assert voucher is not None
        self.review(voucher)
        self.post(voucher)
        return self.again(voucher)

    def work(self, code: str, month: str, hours: int, ledger: str = COLLECTIVE) -> None:
        with self.act() as uow:
            usage.record(uow, ledger, code, Month.parse(month), hours * 1000)

    def dispose(
        self,
        code: str,
        day: str,
        way: str = "报废",
        *,
        proceeds: int = 0,
        into: str = "101",
        fees: int = 0,
        ledger: str = COLLECTIVE,
        basis: str = "青股社〔2025〕3号",
    ) -> StoredVoucher:
        """An asset taken out of the books."""
        sale = disposal.Sale(
            proceeds, OtherSide(into) if proceeds else None, fees, OtherSide("101") if fees else None
        )
        with self.act() as uow:
            return disposal.dispose(uow, ledger, code, parse_day(day), way, basis=basis, sale=sale).value

    def asset(self, code: str, day: str = "2025-12-31", ledger: str = COLLECTIVE) -> Standing:
        return cards.standing(self.reader, ledger, code, parse_day(day))

    def lines(self, voucher: StoredVoucher) -> list[tuple[str, int, int]]:
        """A voucher's accounts with debit and credit, fen."""
        return [(x.account, x.debit, x.credit) for x in self.again(voucher).voucher.lines]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[AssetVillage]:
    """青山村 from January 2025 on, its book open and empty."""
    with AssetVillage.found(tmp_path) as found:
        yield found

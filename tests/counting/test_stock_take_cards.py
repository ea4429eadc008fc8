"""A stock-take of things with cards: one line a card; what is wholly gone leaves by its card, and both stay tied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.assets.asset_village import AssetVillage, a_card
from tests.builders import COLLECTIVE
from tests.counting.counting_village import ADJUST, PEOPLE
from village_ledger.domain.asset import Method
from village_ledger.domain.errors import StockTakeError
from village_ledger.domain.stock_take import Count, CountLine
from village_ledger.services.assets.asset_ties import ties
from village_ledger.services.counting import adjustments, confirmation, stock_takes

DAY = date(2025, 1, 31)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[AssetVillage]:
    """A drier half worn and a hut that is not charged any more, both with cards; January was charged."""
    with AssetVillage.found(tmp_path) as found:
        found.open_with("借 151 68000", "贷 152 33860.92", "贷 311 34139.08")
        hut = a_card(
            "F001",
            name="看护房",
            cost=1_020_000,
            salvage=0,
            months=0,
            method=Method.NONE,
            opening=0,
            category="房屋及建筑物",
        )
        found.register(a_card(), hut)
        found.charged("2025-01")
        with found.act() as uow:
            stock_takes.begin(uow, COLLECTIVE, DAY, PEOPLE)
            stock_takes.fill(uow, COLLECTIVE, DAY)
        yield found


def on_sheet(village: AssetVillage) -> dict[str, CountLine]:
    """Lines of sheet 08 by the code of their cards."""
    lines = stock_takes.view(village.reader, COLLECTIVE, DAY).lines
    return {line.book.code: line for line in lines if line.book.sheet == "08"}


def test_each_card_has_its_line_and_together_they_are_the_account(village: AssetVillage) -> None:
    lines = on_sheet(village)
    assert set(lines) == {"J009", "F001"}
    drier = lines["J009"].book
    assert (drier.name, drier.value, drier.less_account) == ("J009 茶叶烘干机", 5_780_000, "152")
    assert sum(line.book.less for line in lines.values()) == -village.balance("152", "2025-01-31")


def test_a_card_that_is_gone_leaves_with_its_voucher(village: AssetVillage) -> None:
    drier = on_sheet(village)["J009"]
    with village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(drier.number, Count(0, cause="被盗", treatment=ADJUST))])
        stock_takes.agree(uow, COLLECTIVE, DAY)
        confirmation.finish(uow, COLLECTIVE, DAY)
        confirmation.approve(uow, COLLECTIVE, DAY, "青村决〔2025〕3号", date(2025, 2, 10))
        made = adjustments.adjust(uow, COLLECTIVE, DAY).value
    village.review(*made)
    village.post(*(village.again(v) for v in made))
    assert village.balance("151") == 1_020_000
    assert village.balance("152") == 0
    assert village.balance("181") == 0
    assert village.balance("515") == drier.book.net
    assert all(tie.difference == 0 for tie in ties(village.reader, COLLECTIVE, DAY))
    assert [one.line for one in village.reader.stock_take_vouchers(1)] == [drier.number, 0]
    assert village.verify() == []


def test_a_part_of_a_card_is_refused(village: AssetVillage) -> None:
    drier = on_sheet(village)["J009"]
    half = Count(2_000_000, cause="拆了一半", treatment=ADJUST)
    with pytest.raises(StockTakeError, match="有卡片，清查只能整件注销"), village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(drier.number, half)])


def test_a_card_charged_since_is_filled_again_first(village: AssetVillage) -> None:
    drier = on_sheet(village)["J009"]
    with village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(drier.number, Count(0, cause="被盗", treatment=ADJUST))])
        stock_takes.agree(uow, COLLECTIVE, DAY)
        confirmation.finish(uow, COLLECTIVE, DAY)
        confirmation.approve(uow, COLLECTIVE, DAY, "1号", date(2025, 2, 10))
    village.charged("2025-02")
    with pytest.raises(StockTakeError, match="填表以后变了"), village.act() as uow:
        adjustments.adjust(uow, COLLECTIVE, DAY, date(2025, 2, 28))


def test_what_has_no_card_stands_beside(village: AssetVillage) -> None:
    village.posted("2025-01-20", "购抽水机", "借 151 3000; 贷 311 3000")
    with village.act() as uow:
        view = stock_takes.fill(uow, COLLECTIVE, DAY).value
    rest = next(line for line in view.lines if line.book.name == "没有卡片的固定资产")
    assert (rest.book.value, rest.book.less) == (300_000, 0)

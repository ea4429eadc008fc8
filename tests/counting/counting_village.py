"""A village that counts what it has (清产核资), in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.stock_take import Count, CountLine, Persons, Treatment
from village_ledger.services.book import accounts
from village_ledger.services.counting import adjustments, confirmation, stock_takes
from village_ledger.services.counting.stock_takes import TakeView
from village_ledger.services.transfers import resolutions

DAY = date(2025, 12, 31)
PEOPLE = Persons("赵永康", "王秀英、何小莉", "周德清")
ADJUST, KEEP = Treatment.ADJUST, Treatment.KEEP


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """A village with cash, a house and its depreciation, grain by weight, two who owe and one who is owed."""
    with Village.found(tmp_path) as found:
        with found.act() as uow:
            accounts.add(uow, COLLECTIVE, "121", "稻谷", unit="公斤")
            accounts.add(uow, COLLECTIVE, "151", "村部办公楼")
            accounts.add(uow, COLLECTIVE, "151", "抽水机")
            accounts.add(uow, COLLECTIVE, "152", "村部办公楼")
            accounts.add(uow, COLLECTIVE, "152", "抽水机")
        found.open_with(
            "借 101 1200",
            "借 12101*500 1500",
            "借 15101 200000",
            "贷 15201 40000",
            "借 15102 3000",
            "贷 15202 1000",
            "借 113@张三 300",
            "贷 113@李四 500",
            "借 153#通组路 5000",
            "贷 311 169500",
        )
        found.posted("2025-03-08", "收门面租金", "借 101 600; 贷 501 600")
        yield found


def begun(village: Village) -> TakeView:
    """Registered and filled."""
    with village.act() as uow:
        stock_takes.begin(uow, COLLECTIVE, DAY, PEOPLE)
        return stock_takes.fill(uow, COLLECTIVE, DAY).value


def named(view: TakeView, name: str) -> CountLine:
    """A line by what stands in its name."""
    return next(line for line in view.lines if name in line.book.name)


def now(village: Village) -> TakeView:
    return stock_takes.view(village.reader, COLLECTIVE, DAY)


def entered(village: Village, *counts: tuple[str, Count]) -> None:
    view = now(village)
    with village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(named(view, name).number, count) for name, count in counts])


def agreed(village: Village) -> None:
    """Everything else is as the books say."""
    with village.act() as uow:
        stock_takes.agree(uow, COLLECTIVE, DAY)


def counted(village: Village) -> TakeView:
    """A pump is gone, 20 kg of grain too many, everything else as the books say; counting has ended."""
    begun(village)
    entered(
        village,
        ("抽水机", Count(0, cause="丢失", treatment=ADJUST)),
        ("稻谷", Count(156000, 520000, cause="过磅多出", treatment=ADJUST, usage="own")),
    )
    with village.act() as uow:
        stock_takes.agree(uow, COLLECTIVE, DAY)
        return confirmation.finish(uow, COLLECTIVE, DAY).value


def approved(village: Village) -> None:
    counted(village)
    with village.act() as uow:
        confirmation.approve(uow, COLLECTIVE, DAY, "青村决〔2026〕1号", date(2026, 1, 10))


def adjusted(village: Village) -> list[str]:
    """The vouchers of the differences, posted; gives their summaries of what they book."""
    approved(village)
    with village.act() as uow:
        made = adjustments.adjust(uow, COLLECTIVE, DAY).value
    village.review(*made)
    village.post(*(village.again(v) for v in made))
    return [str(v.ref) for v in made]


def assembly(
    village: Village,
    number: str,
    day: date,
    body: str = "assembly",
    votes: tuple[int, int, int] = (100, 90, 80),
) -> None:
    with village.act() as uow:
        resolutions.enter(uow, number, day, body, votes, "确认清产核资结果", day)

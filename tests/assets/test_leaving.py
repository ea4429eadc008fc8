"""How an asset leaves: sold, scrapped, given, handed to the other ledger, turned into another kind; and how it comes in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assets.asset_village import TRACTOR, AssetVillage, a_card
from tests.builders import COLLECTIVE, COMMITTEE
from village_ledger.domain.asset import AssetKind, Facts, Method, Source, Status, Use
from village_ledger.domain.errors import AssetError, LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.assets import cards, disposal, passing
from village_ledger.services.assets.depreciation import due


def test_a_drier_sold_bears_its_last_month_and_goes_through_clearing(village: AssetVillage):
    village.register(a_card())
    sold = village.dispose("J009", "2025-01-20", "出售", proceeds=3_000_000, fees=20_000)
    taken = 3_386_092 + 45_758
    net, gain = 5_780_000 - taken, 3_000_000 - 20_000 - (5_780_000 - taken)
    assert village.lines(sold) == [
        ("511", 45_758, 0),
        ("152", 0, 45_758),
        ("154", net, 0),
        ("152", taken, 0),
        ("151", 0, 5_780_000),
        ("154", 20_000, 0),
        ("101", 3_000_000, 0),
        ("101", 0, 20_000),
        ("154", 0, 3_000_000),
        ("154", gain, 0),
        ("504", 0, gain),
    ]
    gone = village.asset("J009")
    assert (gone.cost, gone.accumulated, gone.status) == (0, 0, Status.GONE)
    assert village.verify() == []


def test_a_month_already_charged_is_not_borne_again_and_none_comes_after(village: AssetVillage):
    village.register(a_card())
    village.charge("2025-01")
    scrapped = village.dispose("J009", "2025-01-31")
    assert village.lines(scrapped)[0] == ("154", 5_780_000 - 3_386_092 - 45_758, 0)
    assert ("515", 5_780_000 - 3_386_092 - 45_758, 0) in village.lines(scrapped)
    assert due(village.reader, COLLECTIVE, Month(2025, 2)) == []
    assert village.charge("2025-02").value is None


def test_the_month_it_left_in_is_not_charged_twice_by_the_others_run(village: AssetVillage):
    village.register(a_card(), a_card("J010"))
    village.dispose("J009", "2025-01-20")
    made = village.charge("2025-01").value
    assert made is not None
    assert village.lines(made) == [("511", 45_758, 0), ("152", 0, 45_758)]
    assert village.verify() == []


def test_a_void_disposal_gives_the_asset_back(village: AssetVillage):
    village.register(a_card())
    sold = village.dispose("J009", "2025-01-20")
    village.void(sold)
    back = village.asset("J009")
    assert (back.cost, back.accumulated, back.gone_on) == (5_780_000, 3_386_092, None)
    village.dispose("J009", "2025-01-21")
    assert village.verify() == []


@pytest.mark.parametrize(
    ("kind", "method", "way", "proceeds", "lines"),
    [
        (
            AssetKind.PRODUCTIVE,
            Method.NONE,
            "出售",
            100,
            [("515", 900, 0), ("101", 100, 0), ("132", 0, 1000)],
        ),
        (
            AssetKind.CONSUMABLE,
            Method.NONE,
            "出售",
            1500,
            [("511", 1000, 0), ("131", 0, 1000), ("101", 1500, 0), ("501", 0, 1500)],
        ),
        (AssetKind.CONSUMABLE, Method.NONE, "毁损", 0, [("515", 1000, 0), ("131", 0, 1000)]),
        (AssetKind.INTANGIBLE, Method.NONE, "报废", 0, [("515", 1000, 0), ("161", 0, 1000)]),
        (
            AssetKind.INVESTMENT,
            Method.NONE,
            "出售",
            1200,
            [("101", 1200, 0), ("141", 0, 1000), ("502", 0, 200)],
        ),
        (AssetKind.DEFERRED, Method.NONE, "报废", 0, [("515", 1000, 0), ("171", 0, 1000)]),
    ],
)  # fmt: skip  a kind in one row
def test_every_kind_leaves_by_its_own_accounts(
    village: AssetVillage,
    kind: AssetKind,
    method: Method,
    way: str,
    proceeds: int,
    lines: list[tuple[str, int, int]],
):
    village.register(a_card("X1", kind=kind, method=method, months=0, opening=0, cost=1000, salvage=0))
    made = village.dispose("X1", "2025-01-20", way, proceeds=proceeds)
    assert village.lines(made) == lines
    assert village.verify() == []


def test_works_abandoned_are_an_expense_of_their_project(village: AssetVillage):
    village.register(
        a_card(
            "Z1",
            kind=AssetKind.WORKS,
            method=Method.NONE,
            months=0,
            opening=0,
            cost=1000,
            salvage=0,
            project="村道",
        )
    )  # fmt: skip  a card in one row
    assert village.lines(village.dispose("Z1", "2025-01-20")) == [("515", 1000, 0), ("153", 0, 1000)]


@pytest.mark.parametrize(
    ("code", "day", "way", "more", "said"),
    [
        ("J999", "2025-01-20", "报废", {}, "没有编号为“J999”的资产"),
        ("J009", "2018-01-20", "报废", {}, "2018-01-20 还没有它"),
        ("J009", "2025-01-20", "送人", {}, "没有“送人”这种处置方式"),
        ("J009", "2025-01-20", "捐出", {"proceeds": 5}, "捐出没有价款"),
        ("J009", "2025-01-20", "报废", {"proceeds": -5}, "不能小于零"),
        ("J009", "2025-01-20", "报废", {"basis": " "}, "处置资产要写明依据"),
    ],
)
def test_a_disposal_that_cannot_be_is_refused(
    village: AssetVillage, code: str, day: str, way: str, more: dict[str, object], said: str
):
    village.register(a_card())
    with pytest.raises(AssetError, match=said):
        village.dispose(code, day, way, **more)  # pyright: ignore[reportArgumentType]  as each row names them
    assert village.numbers("2025-01") == []


def test_money_without_an_account_is_refused(village: AssetVillage):
    village.register(a_card())
    sale = disposal.Sale(proceeds=100)
    with village.act() as uow, pytest.raises(AssetError, match="要写收款科目"):
        disposal.dispose(uow, COLLECTIVE, "J009", date(2025, 1, 20), "出售", basis="决议", sale=sale)


def test_an_asset_is_disposed_of_once(village: AssetVillage):
    village.register(a_card())
    village.dispose("J009", "2025-01-20")
    with pytest.raises(AssetError, match="已经在 2025-01-20 处置了"):
        village.dispose("J009", "2025-01-21")
    with village.act() as uow, pytest.raises(AssetError, match="已经在 2025-01-20 处置了"):
        cards.say(uow, COLLECTIVE, "J009", date(2025, 1, 22), Facts(Use.OFFICE))


def test_what_has_open_months_uncharged_waits_for_them(village: AssetVillage):
    village.register(a_card())
    with pytest.raises(AssetError, match="2025-01 的折旧还没有提"):
        village.dispose("J009", "2025-02-20")
    village.close_month("2025-01")
    village.dispose("J009", "2025-02-20")


def test_a_closed_month_takes_no_disposal(village: AssetVillage):
    village.register(a_card())
    village.close_month("2025-01")
    with pytest.raises(PeriodError):
        village.dispose("J009", "2025-01-20")


# passing on


def test_works_completed_become_a_fixed_asset_and_the_grant_becomes_the_collectives(village: AssetVillage):
    village.register(
        a_card(
            "Z1",
            name="机耕道",
            kind=AssetKind.WORKS,
            method=Method.NONE,
            months=0,
            opening=0,
            cost=500_000,
            salvage=0,
            project="机耕道",
            source=Source.GRANT,
        )
    )  # fmt: skip  a card in one row
    road = a_card(
        "W1",
        name="机耕道",
        salvage=0,
        months=240,
        in_use=date(2025, 2, 1),
        category="基础设施",
        source=Source.GRANT,
    )
    with village.act() as uow:
        done = passing.turn(
            uow, COLLECTIVE, "Z1", date(2025, 2, 1), road, Facts(Use.WELFARE), basis="验收单", funded=300_000
        )
    assert village.lines(done.value.out) == [
        ("151", 500_000, 0),
        ("153", 0, 500_000),
        ("241", 300_000, 0),
        ("311", 0, 300_000),
    ]
    made = village.asset("W1")
    assert (made.cost, made.card.opening, made.card.project) == (500_000, 0, "机耕道")
    assert village.asset("Z1").gone_on == date(2025, 2, 1)
    assert [d.code for d in due(village.reader, COLLECTIVE, Month(2025, 3))] == ["W1"]
    assert village.verify() == []


def test_young_stock_becomes_breeding_stock_at_its_worth(village: AssetVillage):
    village.register(
        a_card(
            "N1",
            name="母牛",
            kind=AssetKind.CONSUMABLE,
            method=Method.NONE,
            months=0,
            opening=0,
            cost=800_000,
            salvage=0,
        )
    )  # fmt: skip  a card in one row
    cow = a_card(
        "N2",
        name="母牛",
        kind=AssetKind.PRODUCTIVE,
        category="产畜",
        salvage=0,
        months=60,
        in_use=date(2025, 1, 10),
    )
    with village.act() as uow:
        done = passing.turn(uow, COLLECTIVE, "N1", date(2025, 1, 10), cow, Facts(Use.OPERATING))
    assert village.lines(done.value.out) == [("132", 800_000, 0), ("131", 0, 800_000)]


def test_a_grant_is_asked_only_where_there_was_one(village: AssetVillage):
    village.register(
        a_card("Z1", kind=AssetKind.WORKS, method=Method.NONE, months=0, opening=0, salvage=0, project="x")
    )
    road = a_card("W1", salvage=0, in_use=date(2025, 2, 1))
    with village.act() as uow, pytest.raises(AssetError, match="没有专项资金可转"):
        passing.turn(uow, COLLECTIVE, "Z1", date(2025, 2, 1), road, Facts(Use.WELFARE), funded=5)
    with village.act() as uow, pytest.raises(AssetError, match="已经是在建工程"):
        passing.turn(
            uow, COLLECTIVE, "Z1", date(2025, 2, 1), a_card("Z2", kind=AssetKind.WORKS), Facts(Use.WELFARE)
        )


def test_the_committee_hands_its_pump_to_the_collective_which_goes_on_with_it(village: AssetVillage):
    village.register(a_card(), use=Use.WELFARE, ledger=COMMITTEE)
    with village.act() as uow:
        done = passing.hand_over(uow, COMMITTEE, "J009", date(2025, 1, 20), COLLECTIVE, basis="移交批文")
    taken = 3_386_092 + 45_758
    net = 5_780_000 - taken
    assert village.lines(done.value.out) == [
        ("5103", 45_758, 0),
        ("1502", 0, 45_758),
        ("3103", net, 0),
        ("1502", taken, 0),
        ("1501", 0, 5_780_000),
    ]
    assert done.value.into is not None
    assert village.lines(done.value.into) == [("151", 5_780_000, 0), ("152", 0, taken), ("311", 0, net)]
    assert due(village.reader, COLLECTIVE, Month(2025, 1)) == []
    assert [(d.amount, d.expense) for d in due(village.reader, COLLECTIVE, Month(2025, 2))] == [
        (45_758, "514")
    ]
    assert village.verify() == []


@pytest.mark.parametrize(
    ("ledger", "to", "said"),
    [(COLLECTIVE, COMMITTEE, "集体资产不得转入村委会的账"), (COLLECTIVE, COLLECTIVE, "已经在这本账里")],
)
def test_what_is_the_collectives_stays(village: AssetVillage, ledger: str, to: str, said: str):
    village.register(a_card())
    with village.act() as uow, pytest.raises(AssetError, match=said):
        passing.hand_over(uow, ledger, "J009", date(2025, 1, 20), to, basis="批文")


# coming in


def test_a_drier_bought_is_one_voucher_linked_to_its_card(village: AssetVillage):
    new = a_card(opening=0, in_use=date(2025, 2, 10))
    with village.act() as uow:
        bought = cards.add(
            uow, COLLECTIVE, new, Facts(Use.OPERATING), paid=cards.OtherSide("211", "农机公司")
        ).value
    assert bought is not None
    assert village.lines(bought) == [("151", 5_780_000, 0), ("211", 0, 5_780_000)]
    assert [(a.code, a.what) for a in village.reader.voucher_assets(bought.id)] == [("J009", "入账")]
    stored = cards.find(village.reader, COLLECTIVE, "J009")
    assert [e.vouchers for e in village.reader.asset_events(stored.id)] == [(str(bought.ref),)]


def test_a_card_says_which_voucher_booked_it(village: AssetVillage):
    village.register(a_card())
    right = village.posted("2025-01-08", "购烘干机", "借 151 57800; 贷 101 57800")
    wrong = village.posted("2025-01-09", "付电费", "借 513 5; 贷 101 5")
    with village.act() as uow:
        cards.link(uow, COLLECTIVE, "J009", right.ref)
    for ref, said in (
        (right.ref, "已经和资产 J009 连着"),
        (wrong.ref, "没有记 151"),
        (VoucherRef(Month(2025, 1), "记", 99), "没有"),
    ):
        with village.act() as uow, pytest.raises(VoucherError, match=said):
            cards.link(uow, COLLECTIVE, "J009", ref)
    gone = village.void(village.entered("2025-01-10", "购", "借 151 5; 贷 101 5"))
    with village.act() as uow, pytest.raises(VoucherError, match="已作废"):
        cards.link(uow, COLLECTIVE, "J009", gone.ref)


def test_a_code_is_taken_once_in_a_ledger(village: AssetVillage):
    village.register(a_card())
    village.register(a_card(), ledger=COMMITTEE)
    for again in ([a_card()], [a_card("J010"), a_card("J010")]):
        with pytest.raises(AssetError, match="已经有了"):
            village.register(*again)


def test_a_card_typed_wrongly_is_put_right_until_it_was_charged(village: AssetVillage):
    village.register(a_card())
    with village.act() as uow:
        cards.amend(uow, COLLECTIVE, "J009", a_card(months=96, opening=0, name="烘干机"))
    assert village.asset("J009").card.months == 96
    village.charge("2025-01")
    with village.act() as uow, pytest.raises(AssetError, match="2025-01 起提过折旧，原值、年限这些不能再改"):
        cards.amend(uow, COLLECTIVE, "J009", a_card(months=120, opening=0))
    with village.act() as uow:
        cards.amend(uow, COLLECTIVE, "J009", a_card(months=96, opening=0, name="茶叶烘干机"))
    assert village.asset("J009").card.name == "茶叶烘干机"
    assert village.verify() == []


def test_a_card_registered_by_mistake_is_withdrawn_and_its_code_is_free(village: AssetVillage):
    village.register(a_card())
    with village.act() as uow:
        cards.withdraw(uow, COLLECTIVE, "J009", "重复登记")
    assert not village.reader.has_assets(COLLECTIVE)
    assert due(village.reader, COLLECTIVE, Month(2025, 1)) == []
    village.register(TRACTOR, a_card(cost=6_000_000))
    assert village.asset("J009").cost == 6_000_000
    village.charge("2025-01")
    with village.act() as uow, pytest.raises(AssetError, match="不能再改"):
        cards.withdraw(uow, COLLECTIVE, "J009", "重复登记")
    assert village.verify() == []


def test_facts_go_forward_and_say_something(village: AssetVillage):
    village.register(a_card())
    with village.act() as uow:
        cards.say(
            uow, COLLECTIVE, "J009", date(2025, 1, 15), Facts(Use.OFFICE, Status.IDLE, "仓库", "向小军")
        )
    for day, facts, said in (
        (date(2025, 1, 10), Facts(Use.WELFARE), "不能从更早的 2025-01-10 改起"),
        (date(2017, 1, 10), Facts(Use.WELFARE), "不能从 2017-01-10 改起"),
        (date(2025, 1, 20), Facts(Use.OFFICE, Status.IDLE, "仓库", "向小军"), "没有变"),
    ):
        with village.act() as uow, pytest.raises(LedgerError, match=said):
            cards.say(uow, COLLECTIVE, "J009", day, facts)
    assert village.asset("J009", "2025-01-14").facts.use is Use.OPERATING
    assert village.asset("J009", "2025-01-15").facts.place == "仓库"

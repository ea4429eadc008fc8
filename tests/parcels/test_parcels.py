"""The resource register: what it says on a day, how parcels become others, and what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, Village
from tests.parcels.land import BASIS, card, change, codes, merge, register, split, square
from village_ledger.domain.area import parse_mu, parse_sqm, sqm_text
from village_ledger.domain.asset import AssetKind, Card, Facts, Use
from village_ledger.domain.errors import DutyError, LedgerError, ParcelError, TextError
from village_ledger.domain.parcel import OwnerLevel, Sketch, Standing
from village_ledger.domain.period import parse_day
from village_ledger.services.assets import cards
from village_ledger.services.parcels import parcels


def test_the_register_says_of_each_day_what_held_then(village: Village):
    register(village, "T01", "3.25")
    change(village, "T01", "2025-06-01", area=parse_mu("3.30"))
    on = village.reader.parcel
    assert on(COLLECTIVE, "T01", date(2025, 5, 31)).card.area == parse_mu("3.25")
    assert on(COLLECTIVE, "T01", date(2025, 6, 1)).card.area == parse_mu("3.30")
    assert codes(village, "2024-12-31") == []


def test_a_mistake_is_put_right_by_writing_again_from_the_same_day(village: Village):
    register(village, "T01", "3.25")
    change(village, "T01", "2025-01-01", basis="登记时写错", east="公路")
    assert village.reader.parcel(COLLECTIVE, "T01", date(2025, 1, 1)).card.east == "公路"
    assert [one.card.east for one in village.reader.parcel_states(COLLECTIVE, "T01")] == ["村道", "公路"]


def test_a_finer_word_of_the_standard_names_its_kind(village: Village):
    pond = register(village, "S01", kind="鱼塘", land_class="").card
    hill = register(village, "H01", kind="荒山", land_class="").card
    assert (pond.kind, pond.land_class, hill.kind, hill.land_class) == ("水面", "", "四荒", "荒山")


def test_a_parcel_is_split_and_its_parts_come_to_it(village: Village):
    register(village, "T01", "10")
    split(village, "T01", "2025-03-01", **{"T01-1": "3.33", "T01-2": "3.33", "T01-3": "3.34"})
    assert codes(village, "2025-02-28") == ["T01"]
    assert codes(village, "2025-03-01") == ["T01-1", "T01-2", "T01-3"]
    (event,) = village.reader.parcel_events(COLLECTIVE, "T01-2")
    assert (event.before, event.after) == (("T01",), ("T01-1", "T01-2", "T01-3"))
    assert village.reader.parcel(COLLECTIVE, "T01").ended == date(2025, 3, 1)
    assert village.verify() == []


def test_parcels_are_merged_into_one(village: Village):
    register(village, "T01", "3.25")
    register(village, "T02", "1.75")
    merge(village, "T01 T02", "T03", "5", "2025-04-01")
    assert codes(village, "2025-04-01") == ["T03"]
    assert village.verify() == []


def test_a_parcel_is_struck_off(village: Village):
    register(village)
    with village.act() as uow:
        parcels.end(uow, COLLECTIVE, "T01", date(2025, 7, 1), "县政府征收，文号12")
    assert codes(village, "2025-06-30") == ["T01"]
    assert codes(village, "2025-07-01") == []
    assert village.verify() == []


def test_what_is_left_goes_to_the_last_part():
    assert sqm_text(parcels.rest(card("10"), [card("3.3333"), card("3.3333")])) == "2222.27"
    with pytest.raises(ParcelError, match="最后一块没有面积"):
        parcels.rest(card("10"), [card("10")])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "沼气池"}, "没有“沼气池”这种资源类别。账没有变化。类别有：耕地"),
        ({"land_class": "果园"}, "“果园”不是耕地里的地类"),
        ({"name": "\u200b"}, "看不见的控制字符"),
        ({"used_by": "张" * 121}, "超过了 120 个字"),
    ],
)
def test_a_card_that_cannot_be_is_refused(village: Village, said: dict[str, Any], sentence: str):
    with pytest.raises((ParcelError, TextError), match=sentence):
        register(village, **said)
    assert codes(village, "2025-12-31") == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"south": "", "north": ""}, "四至没有写全，缺南至、北至"),
        ({"area": 0}, "不可能"),
        ({"area": -1}, "不可能"),
        ({"name": ""}, "没有名称"),
        ({"owner_level": OwnerLevel.GROUP}, "没有写是哪一个"),
        ({"unit_price": -1}, "单价小于零"),
    ],
)
def test_a_card_without_what_a_register_needs_cannot_exist(said: dict[str, Any], sentence: str):
    with pytest.raises(ParcelError, match=sentence):
        card(**said)


def test_blanks_are_no_bounds(village: Village):
    with pytest.raises(ParcelError, match="缺东至"):
        register(village, east="  ")


def test_codes_are_for_good(village: Village):
    register(village, "T01", "10")
    split(village, "T01", "2025-03-01", A="4", B="6")
    with pytest.raises(ParcelError, match="编号 T01 已经用了"):
        register(village, "T01")
    with pytest.raises(ParcelError, match="没有编号"):
        register(village, " ")


def test_a_split_that_loses_or_wins_land_is_refused(village: Village):
    register(village, "T01", "10")
    with pytest.raises(ParcelError, match=r"分割以后合计 6600\.00 平方米（9\.90 亩），少了 66\.67 平方米"):
        split(village, "T01", "2025-03-01", A="4", B="5.9")
    with pytest.raises(ParcelError, match=r"多出 6\.67 平方米"):
        split(village, "T01", "2025-03-01", A="4", B="6.01")
    with pytest.raises(ParcelError, match="至少要分成两块"):
        split(village, "T01", "2025-03-01", A="10")
    assert codes(village, "2025-12-31") == ["T01"]


def test_what_turning_units_leaves_goes_to_the_last_part(village: Village):
    register(village, "T01", area=parse_sqm("6666.67"))
    with pytest.raises(ParcelError, match=r"少了 0\.0033 平方米。账没有变化。这是亩和平方米换算的尾数"):
        split(village, "T01", "2025-03-01", A="4", B="6")
    last = card(area=parcels.rest(village.reader.parcel(COLLECTIVE, "T01").card, [card("4")]))
    with village.act() as uow:
        parcels.split(uow, COLLECTIVE, "T01", [("A", card("4")), ("B", last)], date(2025, 3, 1), "分户经营")
    assert codes(village, "2025-03-01") == ["A", "B"]


def test_what_was_split_is_no_more(village: Village):
    register(village, "T01", "10")
    split(village, "T01", "2025-03-01", A="4", B="6")
    with pytest.raises(ParcelError, match="在 2025-03-01 已经分割"):
        split(village, "T01", "2025-04-01", C="4", D="6")
    with pytest.raises(ParcelError, match="已经分割"):
        change(village, "T01", "2025-02-01", east="公路")


def test_a_merger_asks_for_one_owner_and_two_parcels(village: Village):
    register(village, "T01", "1")
    register(village, "T02", "2", owner_level=OwnerLevel.GROUP, owner="第三村民小组")
    with pytest.raises(ParcelError, match="所有权人不同：T01 村集体、T02 组集体第三村民小组"):
        merge(village, "T01 T02", "T03", "3", "2025-04-01")
    with pytest.raises(ParcelError, match="两块或更多不同的地"):
        merge(village, "T01 T01", "T03", "2", "2025-04-01")


def test_days_that_cannot_be_are_refused(village: Village):
    register(village, "T01", "10", day="2025-02-01")
    with pytest.raises(ParcelError, match="从 2025-02-01 才登记"):
        split(village, "T01", "2025-01-31", A="4", B="6")
    with pytest.raises(ParcelError, match="还没有到"):
        register(village, "T02", day="2999-01-01")
    change(village, "T01", "2025-06-01", east="公路")
    with pytest.raises(ParcelError, match="在 2025-03-01 以后还有登记"):
        split(village, "T01", "2025-03-01", A="4", B="6")


def test_every_act_says_what_it_rests_on(village: Village):
    with village.act() as uow, pytest.raises(ParcelError, match="没有写依据"):
        parcels.add(uow, COLLECTIVE, "T01", card(), date(2025, 1, 1), " ")
    register(village)
    with pytest.raises(ParcelError, match="和要写的一样"):
        change(village, "T01", "2025-03-01")
    with pytest.raises(ParcelError, match="没有编号“T09”的地块"):
        village.reader.parcel(COLLECTIVE, "T09")


def test_an_area_changed_reminds_of_the_contract(village: Village):
    register(village)
    with village.act() as uow:
        done = parcels.change(uow, COLLECTIVE, "T01", card("3.5"), date(2025, 3, 1), "重新丈量")
    assert done.warnings == ("面积从 3.25 亩改为 3.50 亩，有合同的请看合同面积是否要跟着改。",)
    assert "T01" in [one.subject for one in village.reader.operations()]


def test_only_who_prepares_may_write(village: Village):
    village.hire_four()
    with pytest.raises(DutyError, match="李建国"), village.act(LI) as uow:
        parcels.add(uow, COLLECTIVE, "T01", card(), date(2025, 1, 1), BASIS)


def test_a_code_belongs_to_its_ledger(village: Village):
    register(village)
    with village.act() as uow:
        parcels.add(uow, COMMITTEE, "T01", card(standing=Standing.PUBLIC), date(2025, 1, 1), BASIS)
    assert village.reader.parcel(COMMITTEE, "T01").card.standing is Standing.PUBLIC
    with pytest.raises(LedgerError, match="没有代号"):
        village.reader.parcels("group-09")


# Sketches


def sketched(village: Village, drawn: Sketch | None, day: str = "2025-01-01") -> tuple[str, ...]:
    with village.act() as uow:
        return parcels.sketch(uow, COLLECTIVE, "T01", drawn, parse_day(day), "皮尺丈量").warnings


def test_a_sketch_is_kept_from_a_day_on_and_may_be_taken_back(village: Village):
    register(village, "T01", "1")
    assert sketched(village, square(25.82)) == ()
    sketched(village, None, "2025-03-01")
    assert village.reader.parcel_sketch(COLLECTIVE, "T01", date(2025, 2, 1)) == square(25.82)
    assert village.reader.parcel_sketch(COLLECTIVE, "T01") is None
    assert village.verify() == []


def test_a_sketch_of_another_area_asks_to_look_again(village: Village):
    register(village, "T01", "1")
    assert sketched(village, square(30)) == (
        "草图围成 1.35 亩，登记面积 1.00 亩，相差超过 3%，请核对坐标或登记面积。",
    )


@pytest.mark.parametrize(
    ("corners", "sentence"),
    [
        (((0, 0), (100, 0)), "有 2 个界址点"),
        (((0, 0), (100, 100), (100, 0), (0, 100)), "互相穿过"),
        (((0, 0), (100, 0), (100, 100), (50, 0)), "互相穿过"),
        (((0, 0), (100, 0), (50, 0)), "在一条线上"),
        (((0, 0), (100, 0), (100, 100), (0, 0)), "同一个点"),
        (((0, 0), (10**8, 0), (100, 100)), "超过一百公里"),
    ],
)
def test_corners_that_enclose_nothing_are_refused(corners: tuple[tuple[int, int], ...], sentence: str):
    with pytest.raises(ParcelError, match=sentence):
        Sketch(corners)


def test_the_area_of_a_sketch_is_exact_whichever_way_round():
    corners = ((0, 0), (10000, 0), (12000, 5000), (4000, 9000))
    assert Sketch(corners).area == Sketch(corners[::-1]).area == 300 * 6900


def test_assets_and_parcels_share_one_run_of_codes(village: Village):
    with village.act() as uow:
        tractor = Card("T01", "拖拉机", AssetKind.FIXED, 50_000_00, date(2025, 1, 1))
        cards.add_all(uow, COLLECTIVE, [(tractor, Facts(Use.OPERATING))])
    with pytest.raises(ParcelError, match="编号 T01 已经用了"):
        register(village, "T01")

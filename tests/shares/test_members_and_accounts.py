"""K34: the members' register beside the share register at a month's end: it warns, names and counts, and never blocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE
from tests.shares_village import ShareVillage
from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Leads, Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.shares import share_charter


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """Two households, all four of them with shares."""
    with ShareVillage.found(tmp_path) as found:
        found.people("017 周德明 周建军", "018 吴家兴 吴小兰")
        found.share("grant", "2025-01-10", to="017/周德明=40, 017/周建军=10, 018/吴家兴=60, 018/吴小兰=30")
        yield found


def look(village: ShareVillage, month: str = "2025-04", ledger: str = COLLECTIVE) -> CheckItem | None:
    """K34 as the check list of a month says it."""
    items = [one for one in check_list(village.reader, ledger, Month.parse(month)) if one.rule == "K34"]
    assert len(items) <= 1
    return items[0] if items else None


def test_all_members_have_an_account(village: ShareVillage) -> None:
    item = look(village)
    assert item is not None
    assert (item.verdict, item.title) == (Verdict.PASS, "成员都有份额账户")
    assert item.text == "4 名成员都有份额账户，没有待继承的份额。"


def test_a_ledger_without_shares_is_not_asked(village: ShareVillage) -> None:
    assert look(village, ledger=COMMITTEE) is None


def test_a_village_that_has_granted_nothing_yet_is_not_asked(tmp_path: Path) -> None:
    with ShareVillage.found(tmp_path) as found:
        found.people("017 周德明")
        assert look(found) is None


def test_a_member_without_an_account_is_named_and_leads_to_the_members(village: ShareVillage) -> None:
    village.people("019 陈素芳", since="2025-04-15")
    assert look(village, "2025-03") == look(village, "2025-01")
    item = look(village)
    assert item is not None
    assert (item.verdict, item.text) == (Verdict.WARN, "1 名成员没有份额账户。")
    assert item.evidence == ("019/陈素芳 没有份额账户（登记簿上没有他，也没有写零）",)
    assert [(lead.to, lead.key) for lead in item.leads] == [(Leads.PAGE, "members")]


def test_an_account_that_was_emptied_is_an_explicit_zero(village: ShareVillage) -> None:
    village.share("transfer", "2025-03-05", "018/吴小兰", "018/吴家兴", "30")
    item = look(village)
    assert item is not None
    assert item.verdict is Verdict.PASS


def test_where_births_add_nothing_newcomers_are_not_asked_for(village: ShareVillage) -> None:
    village.people("019 陈素芳", since="2025-04-15")
    village.people("020 陈老")
    with village.act() as uow:
        share_charter.set_value(uow, "static", "yes", source="章程第二十三条")
    item = look(village)
    assert item is not None
    assert [words.split()[0] for words in item.evidence] == ["020/陈老"]


def test_in_a_village_of_household_accounts_one_of_the_household_will_do(tmp_path: Path) -> None:
    with ShareVillage.found(tmp_path) as found:
        found.people("017 周德明 周建军", "018 吴家兴")
        with found.act() as uow:
            share_charter.set_value(uow, "mode", "household")
        found.share("grant", "2025-01-10", to="017/周德明=40")
        item = look(found)
        assert item is not None
        assert [words.split()[0] for words in item.evidence] == ["018/吴家兴"]


def test_an_open_estate_is_named_until_the_heirs_have_it(village: ShareVillage) -> None:
    village.dies("018/吴家兴", "2025-02-20")
    february = look(village, "2025-02")
    assert february is not None
    assert (february.verdict, february.text) == (Verdict.WARN, "1 名去世的人份额还没有继承。")
    assert february.evidence == ("018/吴家兴 2025-02-20 去世，份额待继承",)
    village.share("inherit", "2025-03-10", "018/吴家兴", "018/吴小兰=60")
    march = look(village, "2025-03")
    assert march is not None
    assert march.verdict is Verdict.PASS
    assert look(village, "2025-02") == february


def test_many_are_counted_and_only_the_first_are_named(village: ShareVillage) -> None:
    village.people("030 甲 乙 丙 丁 戊 己 庚 辛")
    item = look(village)
    assert item is not None
    assert item.text == "8 名成员没有份额账户。"
    assert (len(item.evidence), item.evidence[-1]) == (7, "另有 2 名成员没有份额账户")
    assert len(item.leads) == len(item.evidence)


def test_it_never_keeps_a_month_from_closing(village: ShareVillage) -> None:
    village.people("019 陈素芳")
    village.dies("018/吴家兴", "2025-01-20")
    village.close_month("2025-01")
    assert village.reader.months(COLLECTIVE)[0].month == Month(2025, 1)
    assert not village.reader.months(COLLECTIVE)[0].state.accepts_vouchers
    assert date(2025, 1, 20) == village.reader.person_at("018/吴家兴").death

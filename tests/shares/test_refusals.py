"""Every share event that a rule forbids is refused by the rule's name, and leaves the register as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import LI, WANG
from tests.services.months import close_through, close_year
from tests.shares_village import ASSEMBLY, BOARD, POPULATION, ShareVillage
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest
from village_ledger.services.shares import share_charter, shares
from village_ledger.services.shares.share_checks import examine
from village_ledger.storage.clock import now_text


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """Three households of members, one outsider; 张三 100, 李四 100, 王五 100, 集体 200, granted on 2025-01-10."""
    with ShareVillage.found(tmp_path) as found:
        found.people("001 张三 张小", "002 李四", "003 王五")
        found.people("009 外来", status="none")
        found.share("grant", "2025-01-10", to="001/张三=100, 002/李四=100, 003/王五=100, 集体=200")
        yield found


def test_to_an_outsider(village: ShareVillage) -> None:
    said = village.refused("transfer", "2025-02-01", "001/张三", "009/外来", "10")
    assert "009/外来 在 2025-02-01 不是本组织成员（规则 I6" in said


def test_to_somebody_nobody_knows(village: ShareVillage) -> None:
    assert "没有户编号 099" in village.refused("transfer", "2025-02-01", "001/张三", "099/王外来", "10")


def test_to_a_member_of_a_later_day(village: ShareVillage) -> None:
    village.people("010 新来", since="2025-06-01")
    assert "010" in village.refused("transfer", "2025-02-01", "001/张三", "010/新来", "10")
    village.share("transfer", "2025-06-02", "001/张三", "010/新来", "10")


def test_above_the_free_balance(village: ShareVillage) -> None:
    said = village.refused("transfer", "2025-02-01", "001/张三", "002/李四", "100.01")
    assert "只有 100.00，要动用 100.01（规则 I4" in said


def test_before_the_grant(village: ShareVillage) -> None:
    said = village.refused("transfer", "2025-01-09", "001/张三", "002/李四", "10")
    assert "只有 0.00" in said
    assert "规则 I4" in said


def test_what_later_events_used_cannot_leave_earlier(village: ShareVillage) -> None:
    village.share("transfer", "2025-03-01", "001/张三", "002/李四", "80")
    said = village.refused("transfer", "2025-02-01", "001/张三", "003/王五", "30")
    assert "只能再动用 20.00（规则 I1" in said
    village.share("transfer", "2025-02-01", "001/张三", "003/王五", "20")
    assert village.verify() == []


def test_above_the_cap(village: ShareVillage) -> None:
    with village.act() as uow:
        share_charter.set_value(
            uow, "cap", "25", share_class=uow.reader.share_class(POPULATION), effective=date(2025, 2, 1)
        )
    said = village.refused("transfer", "2025-02-01", "001/张三", "002/李四", "25.01")
    assert "会有人口股 125.01，占 25.00%，超过上限 25%（规则 I7" in said
    village.share("transfer", "2025-02-01", "001/张三", "002/李四", "25")


def test_who_is_above_the_cap_keeps_but_does_not_grow(village: ShareVillage) -> None:
    with village.act() as uow:
        share_charter.set_value(uow, "cap", "10")
        share_charter.set_value(uow, "cap", "10", share_class=uow.reader.share_class(POPULATION))
    assert "规则 I7" in village.refused("gift", "2025-02-01", "001/张三", "002/李四", "0.01")
    village.share("redeem", "2025-02-01", "001/张三", "集体", "1")


def test_an_heir_may_pass_the_cap_unless_the_charter_forbids_it(village: ShareVillage) -> None:
    with village.act() as uow:
        share_charter.set_value(uow, "cap", "20", share_class=uow.reader.share_class(POPULATION))
    village.dies("001/张三", "2025-02-01")
    with village.act() as uow:
        share_charter.set_value(uow, "inherit_over_cap", "no")
    assert "规则 I7" in village.refused("inherit", "2025-02-10", "001/张三", "002/李四", "100")
    with village.act() as uow:
        share_charter.set_value(uow, "inherit_over_cap", "yes")
    village.share("inherit", "2025-02-10", "001/张三", "002/李四", "100")


def test_heirs_parts_that_are_not_the_whole(village: ShareVillage) -> None:
    village.dies("001/张三", "2025-02-01")
    for parts, word in (("60, 002/李四=39.99", "少 0.01"), ("60, 002/李四=40.01", "多 0.01")):
        said = village.refused("inherit", "2025-02-10", "001/张三", f"001/张小={parts}")
        assert word in said
        assert "规则 I8" in said


def test_inheritance_from_the_living_and_before_the_death(village: ShareVillage) -> None:
    assert "没有登记死亡" in village.refused("inherit", "2025-02-10", "001/张三", "001/张小", "100")
    village.dies("001/张三", "2025-02-01")
    said = village.refused("inherit", "2025-01-31", "001/张三", "001/张小", "100")
    assert "规则 I8" in said


def test_the_dead_do_not_sell(village: ShareVillage) -> None:
    village.dies("001/张三", "2025-02-01")
    assert "只能由继承人继承" in village.refused("transfer", "2025-02-10", "001/张三", "002/李四", "1")
    assert "已经去世" in village.refused("transfer", "2025-02-10", "002/李四", "001/张三", "1")


def test_heirs_who_are_no_members_where_the_charter_wants_members(village: ShareVillage) -> None:
    village.dies("001/张三", "2025-02-01")
    with village.act() as uow:
        share_charter.set_value(uow, "inherit", "members")
    assert "规则 I6" in village.refused("inherit", "2025-02-10", "001/张三", "009/外来", "100")


def test_equal_heirs_in_the_order_they_are_listed(village: ShareVillage) -> None:
    village.dies("001/张三", "2025-02-01")
    village.share("inherit", "2025-02-10", "001/张三", "001/张小, 002/李四, 003/王五")
    held = village.held()
    assert [held["001/张小"], held["002/李四"], held["003/王五"]] == ["33.34", "133.33", "133.33"]


def test_pledged_shares_are_neither_sold_nor_inherited(village: ShareVillage) -> None:
    village.share("pledge", "2025-02-01", "001/张三", "", "60", contract="质1号", party="信用社")
    assert "规则 I4" in village.refused("transfer", "2025-02-02", "001/张三", "002/李四", "40.01")
    village.dies("001/张三", "2025-03-01")
    assert "质押或冻结" in village.refused("inherit", "2025-03-10", "001/张三", "001/张小", "100")


def test_frozen_shares_stay_until_they_are_released(village: ShareVillage) -> None:
    village.share("freeze", "2025-02-01", "001/张三", "", "100", party="法院")
    assert "规则 I4" in village.refused("transfer", "2025-02-02", "001/张三", "002/李四", "1")
    assert "规则 I4" in village.refused("unfreeze", "2025-02-02", "001/张三", "", "100.01")
    village.share("unfreeze", "2025-02-03", "001/张三", "", "100")
    village.share("transfer", "2025-02-04", "001/张三", "002/李四", "1")


def test_the_organisation_secures_nobodys_debt(village: ShareVillage) -> None:
    said = village.refused("pledge", "2025-02-01", "集体", "", "10", contract="质1号")
    assert "第35条" in said


def test_a_release_names_its_pledge_and_is_not_more_than_it(village: ShareVillage) -> None:
    village.share("pledge", "2025-02-01", "001/张三", "", "30", contract="质1号")
    village.share("pledge", "2025-02-02", "001/张三", "", "20", contract="质2号")
    assert "有 2 笔质押" in village.refused("release", "2025-02-03", "001/张三", "", "10")
    assert "规则 I5" in village.refused("release", "2025-02-03", "001/张三", "", "10", contract="质9号")
    assert "规则 I5" in village.refused("release", "2025-02-03", "001/张三", "", "30", contract="质2号")
    village.share("release", "2025-02-03", "001/张三", "", "5", contract="质2号")
    assert [(one.contract, one.open) for one in village.reader.open_pledges()] == [
        ("质1号", 3000),
        ("质2号", 1500),
    ]


def test_a_foreclosure_goes_to_a_member_or_the_organisation(village: ShareVillage) -> None:
    village.share("pledge", "2025-02-01", "001/张三", "", "60", contract="质1号", party="信用社")
    assert "规则 I6" in village.refused(
        "foreclose", "2025-03-01", "001/张三", "009/外来", "60", contract="质1号"
    )
    village.share("foreclose", "2025-03-01", "001/张三", "002/李四", "40", contract="质1号")
    village.share("foreclose", "2025-03-02", "001/张三", "集体", "20", contract="质1号")
    assert village.held() == {
        "001/张三": "40.00",
        "002/李四": "140.00",
        "003/王五": "100.00",
        "集体": "220.00",
    }
    assert village.reader.open_pledges() == []
    assert village.verify() == []


def test_no_more_is_bought_back_in_a_year_than_the_charter_allows(village: ShareVillage) -> None:
    village.share("redeem", "2025-02-01", "001/张三", "", "20")
    assert "规则 I11" in village.refused("redeem", "2025-03-01", "002/李四", "集体", "5.01")
    village.share("redeem", "2025-03-01", "002/李四", "集体", "5")
    assert "退出回购的份额归集体" in village.refused("redeem", "2025-03-02", "002/李四", "001/张三", "0.01")


def test_a_reversal_is_of_one_event_not_yet_reversed(village: ShareVillage) -> None:
    village.share("transfer", "2025-02-01", "001/张三", "002/李四", "30")
    assert "没有第 9 号" in village.refused("reverse", "2025-02-02", reverses=9)
    assert "早于" in village.refused("reverse", "2025-01-31", reverses=2)
    village.share("reverse", "2025-02-02", reverses=2)
    assert "已由第 3 号冲销" in village.refused("reverse", "2025-02-03", reverses=2)
    assert "本身是冲销" in village.refused("reverse", "2025-02-03", reverses=3)


def test_a_reversal_of_consumed_shares_waits_for_the_later_event(village: ShareVillage) -> None:
    village.share("transfer", "2025-02-01", "001/张三", "002/李四", "30")
    village.share("transfer", "2025-02-02", "002/李四", "003/王五", "110")
    assert "给 002/李四 的份额后来已经用掉（规则 I10" in village.refused("reverse", "2025-02-03", reverses=2)
    village.share("reverse", "2025-02-03", reverses=3)
    village.share("reverse", "2025-02-03", reverses=2)
    assert village.held("2025-02-03") == village.held("2025-01-31")


def test_a_pledge_released_and_pledged_anew_is_not_reversed_by_the_other(village: ShareVillage) -> None:
    village.share("pledge", "2025-02-01", "001/张三", "", "50", contract="质1号")
    village.share("release", "2025-02-02", "001/张三", "", "50", contract="质1号")
    village.share("pledge", "2025-02-03", "001/张三", "", "50", contract="质2号")
    assert "规则 I10" in village.refused("reverse", "2025-02-04", reverses=2)
    village.share("reverse", "2025-02-04", reverses=4)
    village.share("reverse", "2025-02-04", reverses=3)
    village.share("reverse", "2025-02-04", reverses=2)
    assert village.held() == village.held("2025-01-31")
    assert village.verify() == []


def test_without_a_resolution_or_with_one_of_the_wrong_body(village: ShareVillage) -> None:
    assert "要有理事会或成员代表大会或成员大会的决议（规则 I12" in village.refused(
        "transfer", "2025-02-01", "001/张三", "002/李四", "1", resolution=""
    )
    assert "没有登记过决议" in village.refused(
        "transfer", "2025-02-01", "001/张三", "002/李四", "1", resolution="没有这份"
    )
    assert "是理事会的" in village.refused(
        "grant", "2025-02-01", to="001/张三", quantity="1", resolution=BOARD
    )
    village.share("transfer", "2025-02-01", "001/张三", "002/李四", "1", resolution=ASSEMBLY)


def test_a_vote_below_the_threshold_a_later_one_and_a_short_notice(village: ShareVillage) -> None:
    village.decide("不够", "2025-01-20", "assembly", (186, 148, 123), published="2025-01-01")
    said = village.refused("grant", "2025-02-01", to="001/张三", quantity="1", resolution="不够")
    assert "赞成 123 人，不到全体成员的三分之二" in said
    assert "规则 I12" in said
    village.decide("晚的", "2025-03-01", "assembly", (186, 148, 139), published="2025-01-01")
    assert "晚于变动日期" in village.refused(
        "grant", "2025-02-01", to="001/张三", quantity="1", resolution="晚的"
    )
    village.decide("急的", "2025-01-20", "assembly", (186, 148, 139), published="2025-01-11")
    assert "只公示了 9 天" in village.refused(
        "grant", "2025-02-01", to="001/张三", quantity="1", resolution="急的"
    )


@pytest.mark.parametrize("typed", ["0", "-1", "一百", "1.005", ""])
def test_a_quantity_that_is_none(village: ShareVillage, typed: str) -> None:
    assert village.refused("transfer", "2025-02-01", "001/张三", "002/李四", typed)


def test_to_oneself_twice_the_same_and_of_no_class(village: ShareVillage) -> None:
    assert "转出和转入都是" in village.refused("transfer", "2025-02-01", "001/张三", "001/张三", "1")
    assert "写了两次" in village.refused("grant", "2025-02-01", to="001/张三=1, 001/张三=2")
    assert "已设的有：人口股" in village.refused(
        "transfer", "2025-02-01", "001/张三", "002/李四", "1", name="农龄股"
    )


def test_the_same_person_may_not_prepare_and_review(village: ShareVillage) -> None:
    assert "同一个人" in village.refused(
        "transfer", "2025-02-01", "001/张三", "002/李四", "1", reviewed_by=WANG
    )
    made = village.share("transfer", "2025-02-01", "001/张三", "002/李四", "1", reviewed_by=LI)
    assert (made.entered_by, made.reviewed_by) == (WANG, LI)


def test_beyond_the_open_years(village: ShareVillage) -> None:
    assert "规则 I9" in village.refused("transfer", "2099-02-01", "001/张三", "002/李四", "1")


def test_a_class_only_the_organisation_holds(village: ShareVillage) -> None:
    with village.act() as uow:
        shares.add_class(uow, "集体股", 2, is_collective=True)
    assert "只归集体" in village.refused("grant", "2025-02-01", to="001/张三", quantity="1", name="集体股")
    village.share("grant", "2025-02-01", to="集体", quantity="100", name="集体股")


def test_a_household_splits_and_merges_without_a_share_moving(village: ShareVillage) -> None:
    village.share("grant", "2025-01-11", to="001/张小", quantity="50")
    before = village.reader.holdings()
    village.share("split", "2025-02-01", "001/张小", "063", name="")
    assert village.held("2025-01-31")["001/张小"] == village.held("2025-02-01")["063/张小"] == "50.00"
    assert "没有 077 这一户" in village.refused("merge", "2025-03-01", "063/张小", "077", name="")
    assert "已经在 063 户" in village.refused("split", "2025-03-01", "063/张小", "063", name="")
    village.share("merge", "2025-03-01", "063/张小", "001", name="")
    assert village.reader.holdings() == before
    assert "没有份额可以冲销" in village.refused("reverse", "2025-03-02", reverses=3)
    assert village.verify() == []


def test_a_conversion_closes_the_old_class_by_largest_remainder(village: ShareVillage) -> None:
    village.share("cancel", "2025-01-20", "集体", "", "199.99")
    with village.act() as uow:
        shares.add_class(uow, "新股", 0, cap="none")
    assert "折换比例" in village.refused("convert", "2025-02-01", "", "新股", "无")
    village.share("pledge", "2025-01-21", "001/张三", "", "1", contract="质1号")
    assert "质押或冻结" in village.refused("convert", "2025-02-01", "", "新股", "1:3")
    village.share("release", "2025-01-22", "001/张三", "", "1", contract="质1号")
    village.share("convert", "2025-02-01", "", "新股", "1:3")
    assert village.held("2025-02-01") == {}
    assert village.held("2025-02-01", "新股") == {"001/张三": "34", "002/李四": "33", "003/王五": "33"}
    assert village.held("2025-01-31")["001/张三"] == "100.00"
    assert village.verify() == []


def test_a_form_is_told_everything_at_once(village: ShareVillage) -> None:
    asked = EventRequest(
        EventKind.TRANSFER, POPULATION, date(2025, 2, 1), "001/张三", "009/外来", "500", resolution=""
    )
    found = examine(village.reader, asked)
    assert {check.rule for check in found.faults} == {"I4", "I6", "I12"}
    assert "转让合同" in found.papers
    fine = EventRequest(
        EventKind.TRANSFER, POPULATION, date(2025, 2, 1), "001/张三", "002/李四", "30", resolution=BOARD
    )
    effects = examine(village.reader, fine).effects
    assert [(one.account, one.before.free, one.after.free) for one in effects] == [
        ("001/张三", 10000, 7000),
        ("002/李四", 10000, 13000),
    ]


def test_decimals_and_names_of_classes(village: ShareVillage) -> None:
    for name, decimals, word in ((POPULATION, 2, "已经有了"), ("甲", 9, "小数位数"), ("", 2, "要有名称")):
        with pytest.raises(Exception, match=word), village.act() as uow:
            shares.add_class(uow, name, decimals)
    with pytest.raises(Exception, match="百分比"), village.act() as uow:
        shares.add_class(uow, "乙", 2, cap="120")
    assert [one.name for one in village.reader.share_classes()] == [POPULATION]


def test_in_a_year_carried_forward(village: ShareVillage) -> None:
    village.posted("2025-03-08", "收租金", "借 101 6200; 贷 501 6200")
    close_through(village, 12)
    close_year(village)
    said = village.refused("transfer", "2025-12-31", "001/张三", "002/李四", "1")
    assert "2025 年已经结转（规则 I9" in said


def test_on_a_record_date_already_used(village: ShareVillage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(village.reader), "used_record_date", lambda *_: date(2025, 2, 1))
    said = village.refused("transfer", "2025-02-01", "001/张三", "002/李四", "1")
    assert "不晚于已用过的分红登记日 2025-02-01（规则 I9" in said
    village.share("transfer", "2025-02-02", "001/张三", "002/李四", "1")


def test_an_estate_that_was_passed_on_on_a_later_day(village: ShareVillage) -> None:
    village.dies("002/李四", "2025-02-01")
    village.share("inherit", "2025-03-01", "002/李四", "003/王五", "100")
    said = village.refused("inherit", "2025-02-15", "002/李四", "001/张三", "100")
    assert "以后的变动里已经用去" in said
    assert "规则 I1" in said


def test_an_event_nobody_knows_cannot_be_reversed(village: ShareVillage) -> None:
    assert "没有第 99 号份额变动（规则 I10" in village.refused("reverse", "2025-02-01", reverses=99)


def test_a_split_that_would_make_two_of_one_name_is_seen_before_it_is_posted(village: ShareVillage) -> None:
    village.people("004 王五")
    said = village.refused("merge", "2025-02-01", "004/王五", "003")
    assert "003 户已经有一个王五" in said
    assert "规则 账户" in said


def test_moves_follow_one_another(village: ShareVillage) -> None:
    village.share("split", "2025-03-01", "001/张小", "010")
    said = village.refused("split", "2025-02-01", "001/张小", "011")
    assert "在 2025-02-01 以后还登记过别的迁户（规则 分户并户" in said


def test_shares_change_in_january_before_the_first_voucher_of_the_year(village: ShareVillage) -> None:
    this_year = int(now_text()[:4])
    assert village.reader.open_days("collective")[1] < date(this_year, 1, 5)
    village.share("transfer", f"{this_year}-01-05", "001/张三", "002/李四", "10")
    said = village.refused("transfer", f"{this_year + 1}-01-05", "001/张三", "002/李四", "10")
    assert f"晚于已开的年度（到 {this_year}-12-31）（规则 I9" in said

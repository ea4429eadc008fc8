"""The rules of the disclosure calendar, as data and as a village's own file."""

from __future__ import annotations

from datetime import date

import pytest

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.disclosure_calendar import Every
from village_ledger.domain.errors import CalendarError
from village_ledger.services.disclosure import calendar_rules as rules

DAY = date(2025, 6, 1)


def duty(set_id: str, ident: str, day: date = DAY):
    return next(one for one in rules.set_on(set_id, day).obligations if one.id == ident)


def test_every_shipped_set_says_where_it_comes_from_and_how_sure_that_is():
    for name in rules.set_names():
        found = rules.set_on(name.id, DAY)
        assert found.source
        assert found.board_days >= 5
        assert all(one.basis and one.mark for one in found.obligations)
        assert {kind for one in found.obligations for kind in one.ledgers} == set(LedgerKind)


def test_a_quarter_is_the_least_and_a_busy_village_may_choose_the_month():
    general = rules.set_on("general", DAY)
    by_quarter = [one.id for one in general.for_ledger(LedgerKind.COMMITTEE, "")]
    assert "quarter" in by_quarter
    assert "month" not in by_quarter
    by_month = [one.id for one in general.for_ledger(LedgerKind.COMMITTEE, "month")]
    assert {"month", "quarter"} <= set(by_month)


def test_shandong_is_monthly_and_nothing_else():
    shandong = rules.set_on("shandong", DAY)
    assert shandong.rhythms == ("month",)
    assert "quarter" not in {one.id for one in shandong.obligations}
    assert shandong.board_days == 5


def test_zhejiang_tells_of_major_matters_within_five_days_each():
    assert duty("zhejiang", "special:lease").due.days == 5
    assert duty("zhejiang", "special:lease").together is None
    assert duty("general", "special:lease").due.days == 10
    assert duty("zhejiang", "special:relief").due.days == 20


def test_members_papers_lie_ready_ten_days_before_the_assembly():
    assert duty("general", "special:assembly").due.before == 10
    assert duty("general", "special:assembly").ledgers == {LedgerKind.COLLECTIVE}


def test_a_new_law_is_a_new_version_for_every_set_that_stands_on_it():
    before, since = date(2025, 4, 30), date(2025, 5, 1)
    for set_id in ("general", "shandong", "zhejiang", "county"):
        asked = [one.id for one in rules.set_on(set_id, since).obligations]
        assert [x for x in asked if x != "special:assembly"] == [
            one.id for one in rules.set_on(set_id, before).obligations
        ]
        assert "special:assembly" in asked
    assert rules.set_on("general", since).since == since
    assert since in rules.cut_days([])
    assert rules.set_on("general", date(1999, 1, 1)) == rules.set_on("general", before)


def test_the_accounts_of_a_trigger_are_those_of_its_sheet():
    assert ("241", ()) in rules.triggers()["grants"].accounts["collective_2023"]
    assert rules.triggers()["land"].accounts["committee_surplus"] == (("2601", ("征地",)),)


@pytest.mark.parametrize("set_id", ["general", "shandong", "zhejiang", "county"])
def test_a_set_written_to_a_file_is_the_same_rules_when_taken_in(set_id):
    shipped = rules.set_on(set_id, DAY)
    own = rules.own_rules(rules.rules_text(shipped), DAY)
    assert own.obligations == shipped.obligations
    assert (own.name, own.rhythms, own.board_days) == (shipped.name, shipped.rhythms, shipped.board_days)


ONE = '[[duty]]\nid = "quarter"\nname = "每季"\nevery = "quarter"\nsheets = "A"\ndue = { days = 15 }\n'


NAMED = 'name = "本村"\n'


def but(old: str, new: str) -> str:
    """The file with one thing written otherwise."""
    return NAMED + ONE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "读不懂"),
        (ONE, "还没有名称"),
        (NAMED, "一件事都没有"),
        (f"{NAMED}names = 1\n{ONE}", "不认识的“names”"),
        (f'{NAMED}rhythms = ["week"]\n{ONE}', "rhythms"),
        (f"{NAMED}board_days = 0\n{ONE}", "board_days"),
        (NAMED + ONE + ONE, "写了两次"),
        (but('every = "quarter"', 'every = "week"'), "every 写成“week”"),
        (f'{NAMED}{ONE}colour = "red"', "不认识的“colour”"),
        (f'{NAMED}{ONE}ledgers = ["church"]', "ledgers"),
        (but('"A"', '"Z"'), "没有这样的公开表“Z”"),
        (f'{NAMED}{ONE}triggers = ["land"]', "对不上"),
        (f'{NAMED}{ONE}triggers = ["rain"]', "不认识的“rain”"),
        (but("days = 15", "days = -1"), "截止日写成“-1”"),
        (but("days = 15", 'on = "02-30"'), "没有这一天"),
        (but("days = 15", ""), "没有写清截止日"),
        (f'{NAMED}{ONE}group = "week"', "group 写成“week”"),
        (but("每季", ""), "没有写 name"),
    ],
)
def test_a_village_file_that_cannot_be_followed_is_refused_naming_why(text, said):
    with pytest.raises(CalendarError, match=said):
        rules.own_rules(text, DAY)


def test_an_unknown_set_names_those_there_are():
    with pytest.raises(CalendarError, match="没有“mars”这套") as refused:
        rules.set_on("mars", DAY)
    assert "shandong" in refused.value.next_step


def test_a_plan_belongs_to_the_start_of_its_year():
    assert duty("general", "plan").every is Every.PLAN
    assert duty("county", "plan").due.words(Every.PLAN) == "当年 4月8日前"

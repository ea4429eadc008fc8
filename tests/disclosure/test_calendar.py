"""A ledger's disclosure calendar: what its books make due, whose rules it follows, what people write beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, WANG, Village
from village_ledger.domain.disclosure_standing import State
from village_ledger.domain.errors import CalendarError, DutyError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.posting import Opinion
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.pens.check_code import figures_json
from village_ledger.services.check_item import Verdict
from village_ledger.services.disclosure import calendar_acts as acts
from village_ledger.services.disclosure import calendar_rules, disclosure_check, posting_sets, postings
from village_ledger.services.disclosure.disclosure_calendar import calendar_of, within
from village_ledger.services.disclosure.registering import register
from village_ledger.services.transfers import resolutions

if TYPE_CHECKING:
    from village_ledger.domain.disclosure_calendar import RuleSet

MAY, YEAR = date(2025, 5, 6), Span.of_year(2025)
FIRST_QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


def titles(village: Village, today: date = MAY, ledger: str = COLLECTIVE, state: State | None = None):
    lines = calendar_of(village.reader, ledger, today).lines
    return [(one.due.title, one.due.day) for one in lines if state in (None, one.state)]


def follow(village: Village, set_id: str, since: date, rhythm: str = "", text: str = "") -> RuleSet:
    with village.act() as uow:
        choice = acts.Choice(set_id, rhythm, text)
        return acts.adopt(uow, COLLECTIVE, choice, since, "镇〔2025〕3号").value


def test_a_new_book_knows_what_is_due_from_its_beginning(village: Village):
    assert titles(village, state=State.LATE) == [
        ("2025年 · 年度财务计划", date(2025, 3, 31)),
        ("2025年第1季度 · 每季财务收支和财务状况", date(2025, 4, 20)),
    ]
    ahead = titles(village, state=State.AHEAD)
    assert ahead[0] == ("2025年第2季度 · 每季财务收支和财务状况", date(2025, 7, 20))
    assert ("2025年 · 全年收支、资产、债权债务和分配", date(2026, 2, 8)) in ahead


def test_each_ledger_has_its_own(village: Village):
    village.posted("2025-03-08", "收土地补偿", "借 102 900; 贷 211@征地办 900")
    assert titles(village, state=State.LATE) == titles(village, ledger=COMMITTEE, state=State.LATE)
    village.posted("2025-03-08", "收奖补", "借 102 900; 贷 241#水渠 900")
    assert ("上级专项资金 · 专项应付款", date(2025, 4, 20)) in titles(village)
    assert "上级专项资金" not in str(titles(village, ledger=COMMITTEE))


def test_a_voucher_on_a_tagged_account_is_due_and_its_reversal_is_no_second(village: Village):
    village.add_account("211", "待分配征地补偿")
    land = village.posted("2025-03-08", "收征地补偿", "借 102 900; 贷 21101@征地办 900")
    assert titles(village, date(2025, 4, 1), state=State.SOON)[0] == (
        "征地补偿 · 待分配征地补偿",
        date(2025, 4, 10),
    )
    undone = village.reverse(land, "2025-03-09")
    village.review(undone)
    village.post(undone)
    assert [day for title, day in titles(village) if title.startswith("征地")] == [date(2025, 4, 10)]


def test_carrying_a_year_forward_makes_nothing_due(village: Village):
    village.posted("2025-03-08", "收慰问款", "借 1001 9; 贷 4101 9", COMMITTEE)
    village.posted("2025-12-31", "结转捐赠收入", "借 4101 9; 贷 3201 9", COMMITTEE)
    found = [day for title, day in titles(village, ledger=COMMITTEE) if title.startswith("救助")]
    assert found == [date(2025, 4, 20)]


def test_an_assembly_wants_its_papers_ten_days_before(village: Village):
    with village.act() as uow:
        resolutions.enter(
            uow, "青成会〔2026〕1号", date(2026, 3, 15), "assembly", (200, 160, 150), "2025年度收益分配", None
        )
    line = next(
        one
        for one in calendar_of(village.reader, COLLECTIVE, date(2026, 3, 1)).lines
        if one.due.occasion == "special:assembly"
    )
    assert (line.due.day, line.due.span, line.state) == (date(2026, 3, 5), YEAR, State.SOON)
    assert "special:assembly" not in str(calendar_of(village.reader, COMMITTEE, date(2026, 3, 1)).lines)


def test_what_was_due_before_other_rules_stays_as_it_was(village: Village):
    follow(village, "shandong", date(2025, 4, 1))
    found = titles(village, date(2025, 7, 1))
    assert ("2025年第1季度 · 每季财务收支和财务状况", date(2025, 4, 20)) in found
    assert ("2025年4月 · 每月财务收支（逐项）", date(2025, 5, 10)) in found
    assert not [title for title, _ in found if "第2季度" in title or title.startswith("2025年3月")]


def test_a_busy_village_chooses_the_month(village: Village):
    follow(village, "general", date(2025, 1, 1), "month")
    assert ("2025年1月 · 每月财务收支（逐笔）", date(2025, 2, 20)) in titles(village)
    calendar = calendar_of(village.reader, COLLECTIVE, MAY)
    assert (calendar.rhythm, calendar.adopted and calendar.adopted.reason) == ("month", "镇〔2025〕3号")
    assert village.verify() == []


def test_a_village_has_its_own_rules(village: Village):
    text = calendar_rules.rules_text(calendar_rules.set_on("general", MAY)).replace(
        'every = "quarter"\nparts = true\nledgers = ["collective", "committee"]\nsheets = "AC"\ndue = { days = 20 }',
        'every = "quarter"\nparts = true\nledgers = ["collective", "committee"]\nsheets = "A"\ndue = { days = 7 }',
    )
    assert follow(village, "", date(2025, 1, 1), text=text).id == "own"
    assert ("2025年第1季度 · 每季财务收支和财务状况", date(2025, 4, 7)) in titles(village)


@pytest.mark.parametrize(
    ("choice", "since", "said"),
    [
        (acts.Choice("mars"), "2025-02-01", "没有“mars”"),
        (acts.Choice(), "2025-02-01", "没有说用哪一套"),
        (acts.Choice("general", text="name = 1"), "2025-02-01", "没有说用哪一套"),
        (acts.Choice("shandong", "quarter"), "2025-02-01", "不能选这个节奏"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(village: Village, choice, since, said):
    with pytest.raises(CalendarError, match=said), village.act() as uow:
        acts.adopt(uow, COLLECTIVE, choice, date.fromisoformat(since), "镇规定")
    assert village.reader.calendar_rules(COLLECTIVE) == []


def test_rules_need_a_reason_and_never_go_back(village: Village):
    with pytest.raises(CalendarError, match="要写明依据"), village.act() as uow:
        acts.adopt(uow, COLLECTIVE, acts.Choice("general"), MAY, " ")
    follow(village, "zhejiang", MAY)
    with pytest.raises(CalendarError, match="不能再从 2025-05-06 起换"), village.act() as uow:
        acts.adopt(uow, COLLECTIVE, acts.Choice("general"), MAY, "镇规定")


# reasons


def excuse(village: Village, occasion: str = "quarter", span: Span = FIRST_QUARTER, reason: str = "灾后停电"):
    with village.act() as uow:
        return acts.excuse(uow, COLLECTIVE, occasion, span, reason, MAY).value


def test_a_late_one_is_excused_with_a_reason_that_stays(village: Village):
    excuse(village)
    line = next(
        one
        for one in calendar_of(village.reader, COLLECTIVE, MAY).lines
        if one.due.span == FIRST_QUARTER and one.due.occasion == "quarter"
    )
    assert line.state is State.EXCUSED
    assert line.excuse is not None
    assert (line.excuse.reason, line.excuse.by) == ("灾后停电", WANG)
    assert ("2025年第1季度 · 每季财务收支和财务状况", date(2025, 4, 20)) in titles(
        village, ledger=COMMITTEE, state=State.LATE
    )
    assert village.verify() == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"occasion": "week"}, "公开日历里没有"),
        ({"span": Span(date(2025, 1, 1), date(2025, 3, 30))}, "公开日历里没有"),
        ({"span": Span(date(2025, 4, 1), date(2025, 6, 30))}, "不用说明原因"),
        ({"reason": "  "}, "没有写为什么"),
    ],
)
def test_nothing_else_is_excused(village: Village, given, said):
    with pytest.raises(CalendarError, match=said):
        excuse(village, **given)


def test_a_reason_is_written_once(village: Village):
    excuse(village)
    with pytest.raises(CalendarError, match="已经写过"):
        excuse(village)


def test_what_hung_before_the_book_kept_records_is_excused_at_once(village: Village):
    with village.act() as uow:
        assert acts.excuse_before(uow, COLLECTIVE, MAY, "以前的张贴记录在纸上", MAY).value == 2
    assert calendar_of(village.reader, COLLECTIVE, MAY).late == []
    with pytest.raises(CalendarError, match="没有晚了的公开"), village.act() as uow:
        acts.excuse_before(uow, COLLECTIVE, MAY, "以前的张贴记录在纸上", MAY)


# by hand


def test_what_somebody_asked_for_is_due_by_itself(village: Village):
    with village.act() as uow:
        acts.write_matter(
            uow, COLLECTIVE, "request", date(2025, 5, 2), "三组十二户要求公开水塔账", FIRST_QUARTER
        )
    (line,) = (x for x in calendar_of(village.reader, COLLECTIVE, MAY).lines if x.due.occasion == "request")
    assert (line.due.day, line.state, line.due.span) == (date(2025, 5, 12), State.SOON, FIRST_QUARTER)
    assert "三组十二户" in line.due.title
    assert village.verify() == []


def test_what_was_entered_by_mistake_is_excused_before_it_is_late(village: Village):
    with village.act() as uow:
        acts.write_matter(uow, COLLECTIVE, "request", date(2025, 5, 2), "问错了村", FIRST_QUARTER)
    assert excuse(village, "request").reason == "灾后停电"
    (line,) = (x for x in calendar_of(village.reader, COLLECTIVE, MAY).lines if x.due.occasion == "request")
    assert line.state is State.EXCUSED


def test_a_meeting_written_by_hand_is_about_the_year_before(village: Village):
    with village.act() as uow:
        acts.write_matter(uow, COLLECTIVE, "assembly", date(2026, 3, 20), "成员大会")
    (line,) = (
        x for x in calendar_of(village.reader, COLLECTIVE, MAY).lines if x.due.occasion == "special:assembly"
    )
    assert (line.due.span, line.due.day) == (YEAR, date(2026, 3, 10))


@pytest.mark.parametrize(
    ("kind", "day", "words", "said"),
    [
        ("land", "2025-05-02", "征地", "不是自己登记的事"),
        ("request", "2025-05-02", " ", "没有写要公开什么"),
        ("request", "2024-05-02", "水塔账", "在建账"),
        ("other", "2999-05-02", "换水泵", "还没有到"),
    ],
)
def test_a_matter_that_cannot_be_written_is_refused(village: Village, kind, day, words, said):
    with pytest.raises(CalendarError, match=said), village.act() as uow:
        acts.write_matter(uow, COLLECTIVE, kind, date.fromisoformat(day), words)


def test_the_list_of_a_year_carries_what_is_late_from_before(village: Village):
    calendar = calendar_of(village.reader, COLLECTIVE, date(2026, 5, 6))
    late = [one.due.title for one in within(calendar, Span.of_year(2026)) if one.state is State.LATE]
    assert late[0] == "2025年 · 年度财务计划"
    assert not [one for one in within(calendar, Span.of_year(2025)) if one.due.day.year != 2025]


# duties and proof


def test_only_who_may_publish_writes(village: Village):
    village.hire_four()
    with pytest.raises(DutyError), village.act("赵平") as uow:
        acts.write_matter(uow, COLLECTIVE, "request", MAY, "水塔账")
    with pytest.raises(DutyError), village.act("赵平") as uow:
        acts.adopt(uow, COLLECTIVE, acts.Choice("general"), MAY, "镇规定")


@pytest.mark.parametrize("table", ["calendar_rules", "calendar_excuse", "calendar_matter"])
def test_nothing_written_is_changed_even_by_raw_sql_and_verify_sees_what_is_gone(village: Village, table):
    follow(village, "general", date(2025, 2, 1))
    excuse(village)
    with village.act() as uow:
        acts.write_matter(uow, COLLECTIVE, "other", MAY, "换水泵")
    with village.raw() as raw:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET made_by = '别人'"):
            with pytest.raises(Exception, match="不能"):
                raw.execute(statement)
        raw.execute(f"DROP TRIGGER {table}_no_delete")
        raw.execute(f"DELETE FROM {table}")
    assert "V82" in {finding.rule for finding in village.verify()}


# what hangs


QUARTER = "2025年第1季度 · 每季财务收支和财务状况"


def hang(village: Village, day: str, occasion: str = "quarter", letters: str = "AC") -> str:
    """The first quarter's sheets registered, found right by the supervisors, and put up."""
    request = ReportRequest(COLLECTIVE, FIRST_QUARTER, sheets=tuple(letters))
    with village.act() as uow:
        for sheet in make_all(uow.reader, "disclosure", request):
            assert sheet.check_code
            assert sheet.span
            register(uow, sheet.check_code, COLLECTIVE, sheet.report, sheet.span, figures_json(sheet))
        number = posting_sets.open_posting(uow, COLLECTIVE, FIRST_QUARTER, (), occasion).value.number
        postings.review(uow, COLLECTIVE, number, Opinion.AGREED, ["郑监事"], date.fromisoformat(day))
        postings.post(uow, COLLECTIVE, number, date.fromisoformat(day), "村委会门前公开栏")
    return number


def the_quarter(village: Village, today: date = MAY):
    return next(x for x in calendar_of(village.reader, COLLECTIVE, today).lines if x.due.title == QUARTER)


def test_the_pack_on_the_wall_answers_the_quarter(village: Village):
    village.posted("2025-03-08", "收租金", "借 102 900; 贷 501 900")
    number = hang(village, "2025-04-12")
    line = the_quarter(village)
    assert (line.state, line.postings, line.done_on) == (State.DONE, (number,), date(2025, 4, 12))


def test_a_pack_without_one_of_its_sheets_names_it(village: Village):
    hang(village, "2025-04-12", letters="A")
    line = the_quarter(village)
    assert (line.state, line.lacks) == (State.PARTLY, "C")


def test_a_pack_that_was_made_and_given_up_answers_nothing(village: Village):
    request = ReportRequest(COLLECTIVE, FIRST_QUARTER, sheets=("A",))
    with village.act() as uow:
        (sheet,) = make_all(uow.reader, "disclosure", request)
        assert sheet.check_code
        register(uow, sheet.check_code, COLLECTIVE, sheet.report, FIRST_QUARTER, figures_json(sheet))
        number = posting_sets.open_posting(uow, COLLECTIVE, FIRST_QUARTER, (), "quarter").value.number
    assert the_quarter(village).postings == (number,)
    with village.act() as uow:
        postings.withdraw(uow, COLLECTIVE, number, "数字要改")
    assert (the_quarter(village).state, the_quarter(village).postings) == (State.LATE, ())


def test_closing_a_month_asks_for_what_should_hang_where_a_record_is_kept(village: Village):
    assert disclosure_check.check_items(village.reader, COLLECTIVE, Month(2025, 4)) == []
    follow(village, "general", date(2025, 1, 1))
    (item,) = disclosure_check.check_items(village.reader, COLLECTIVE, Month(2025, 4))
    assert (item.verdict, item.text) == (Verdict.WARN, "截至 2025-04-30 有 2 件公开晚了")
    assert item.evidence[1] == f"{QUARTER}（晚了 10 天）"
    (item,) = disclosure_check.check_items(village.reader, COLLECTIVE, Month(2025, 2))
    assert item.verdict is Verdict.PASS

"""What waits for somebody in the posting record: for the home page, the register, and before a month closes (K47)."""

from __future__ import annotations

from tests.builders import COLLECTIVE, COMMITTEE
from tests.disclosure.posting_village import Wall
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.posting import Opinion
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.disclosure.record_check import RULE, reminders, to_do

APRIL, MAY = Month(2025, 4), Month(2025, 5)


def words(wall: Wall, day: str) -> list[tuple[str, bool]]:
    return [(one.words, one.late) for one in to_do(wall.village.reader, COLLECTIVE, parse_day(day))]


def test_nothing_waits_where_nothing_hangs(wall: Wall) -> None:
    assert words(wall, "2025-04-30") == []
    assert reminders(wall.village.reader, COLLECTIVE, parse_day("2025-04-30")) == []
    assert not [one for one in check_list(wall.village.reader, COLLECTIVE, APRIL) if one.rule == RULE]


def test_what_hangs_waits_for_its_photo_and_its_day(wall: Wall) -> None:
    made = wall.hung()
    assert words(wall, "2025-04-12") == [("2025-01 没有公开栏照片", False)]
    assert words(wall, "2025-04-17") == [
        ("2025-01 没有公开栏照片", False),
        ("2025-01 贴满了（2025-04-17），可以取下", False),
    ]
    wall.photo(made.number)
    wall.take_down(made.number)
    assert words(wall, "2025-05-01") == []


def test_an_objection_waits_and_is_late(wall: Wall) -> None:
    made = wall.hung()
    wall.photo(made.number)
    raised = wall.object(made.number)
    assert words(wall, "2025-04-16") == [("异-2025-01 待答复，期限 2025-04-22", False)]
    assert words(wall, "2025-04-23")[0] == ("异-2025-01 答复逾期，期限 2025-04-22", True)
    assert reminders(wall.village.reader, COLLECTIVE, parse_day("2025-04-23")) == [
        ("异-2025-01 答复逾期，期限 2025-04-22", "postings"),
        ("2025-01 贴满了（2025-04-17），可以取下", "postings"),
    ]
    (line,) = [one for one in check_list(wall.village.reader, COLLECTIVE, APRIL) if one.rule == RULE]
    assert (line.verdict, line.text, line.title) == (
        Verdict.WARN,
        "1 件张贴、异议的事晚了，请办好。",
        "张贴和异议",
    )
    assert [lead.key for lead in line.leads] == ["postings"]
    assert not [one for one in check_list(wall.village.reader, COMMITTEE, APRIL) if one.rule == RULE]
    wall.answer(raised.number)
    assert not [one for one in check_list(wall.village.reader, COLLECTIVE, APRIL) if one.rule == RULE]


def test_what_is_to_be_done_again_waits_until_it_is(wall: Wall) -> None:
    made = wall.set()
    wall.review(made.number, Opinion.REDO, words="少一张附件")
    assert words(wall, "2025-04-09") == [("2025-01 监督机构要求重做", True)]
    wall.set(replaces=made.number)
    assert words(wall, "2025-04-09") == []


def test_a_sheet_that_was_made_again_is_to_be_corrected(wall: Wall) -> None:
    made = wall.hung()
    wall.photo(made.number)
    wall.sheet("NEWA")
    assert words(wall, "2025-04-12") == [("2025-01 里的 AAAA 已有新表 NEWA", True)]
    wall.set(replaces=made.number)
    assert words(wall, "2025-04-12") == []

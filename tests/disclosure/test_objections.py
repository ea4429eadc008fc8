"""Objections to what hangs: taken down, answered in time, raised again, closed; every refusal one sentence."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, WANG
from tests.disclosure.posting_village import Wall
from village_ledger.domain.errors import LedgerError, PostingError
from village_ledger.domain.objection import ObjectionResult
from village_ledger.domain.period import parse_day
from village_ledger.services.disclosure import objections
from village_ledger.services.disclosure.objections import Heard


def test_an_objection_is_answered_in_time_and_closed(wall: Wall) -> None:
    made = wall.hung()
    raised = wall.object(made.number, code="AAAA")
    assert (raised.number, raised.due, raised.way) == ("异-2025-01", parse_day("2025-04-22"), "口头")
    assert raised.state_on(parse_day("2025-04-22")) == "待答复"
    assert raised.state_on(parse_day("2025-04-23")) == "答复逾期"
    with pytest.raises(PostingError, match="异议 异-2025-01 还没有答复"):
        wall.end(raised.number)
    answered = wall.answer("2025-01")
    assert not answered.answered_late
    ended = wall.end(raised.number)
    assert ended.closing is not None
    assert ended.closing.result is ObjectionResult.EXPLAINED
    with pytest.raises(PostingError, match="已经办结"):
        wall.answer(raised.number, "2025-04-19")
    assert wall.faults() == []


def test_days_for_an_answer_are_the_places_own(wall: Wall) -> None:
    made = wall.hung()
    wall.follow("zhejiang")
    assert wall.object(made.number).due == parse_day("2025-04-27")


def test_a_late_answer_is_kept_and_said(wall: Wall) -> None:
    made = wall.hung()
    raised = wall.object(made.number)
    waiting = wall.village.reader.objections(COLLECTIVE)
    assert [one.number for one in waiting if one.late_on(parse_day("2025-05-01"))] == [raised.number]
    with wall.village.act() as uow:
        done = objections.answer(uow, COLLECTIVE, raised.number, parse_day("2025-04-30"), WANG, "多装了灯")
    assert done.warnings == ("答复期限是 2025-04-22，晚了 8 天。",)
    assert done.value.answered_late


def test_who_is_not_content_is_answered_once_more(wall: Wall) -> None:
    made = wall.hung()
    raised = wall.object(made.number)
    with wall.village.act() as uow, pytest.raises(PostingError, match="还没有答复"):
        objections.raise_again(uow, COLLECTIVE, raised.number, parse_day("2025-04-16"), "没有说清")
    wall.answer(raised.number)
    with pytest.raises(PostingError, match="已经答复"):
        wall.answer(raised.number, "2025-04-16")
    with wall.village.act() as uow:
        again = objections.raise_again(
            uow, COLLECTIVE, raised.number, parse_day("2025-04-16"), "电费单看不懂"
        ).value
    assert (again.waits, again.answer_due) == (True, parse_day("2025-04-26"))
    wall.answer(raised.number, "2025-04-17")
    assert wall.end(raised.number).state_on(parse_day("2025-05-01")) == "已办结"


@pytest.mark.parametrize(
    ("heard", "day", "said"),
    [
        (Heard("张三", ""), "2025-04-12", "没有写异议的内容"),
        (Heard("张三", "账不对", "ZZZZ"), "2025-04-12", "2025-01 里没有校验码为 ZZZZ 的表"),
        (Heard("张三", "账不对", way="托梦"), "2025-04-12", "没有“托梦”这种提出方式"),
        (Heard("张三", "账不对"), "2025-04-09", "提出日期 2025-04-09 早于张贴的 2025-04-10"),
        (Heard("张三", "账不对"), "2999-04-09", "提出日期 2999-04-09 还没有到"),
        (
            Heard("张三", "账不对", due=parse_day("2025-06-01")),
            "2025-04-12",
            "答复期限 2025-06-01 不在 2025-04-12 至 2025-04-22 之间",
        ),
        (Heard("张三", "账" * 501), "2025-04-12", "异议内容有 501 个字"),
        (Heard("张\x00三", "账不对"), "2025-04-12", "控制字符"),
    ],
)
def test_an_objection_that_cannot_be(wall: Wall, heard: Heard, day: str, said: str) -> None:
    made = wall.hung()
    with wall.village.act() as uow, pytest.raises(LedgerError, match=said):
        objections.object_to(uow, COLLECTIVE, made.number, parse_day(day), heard)
    assert wall.village.reader.objections(COLLECTIVE) == []


def test_one_who_gives_no_name_is_heard_all_the_same(wall: Wall) -> None:
    assert wall.object(wall.hung().number, who=" ").who == objections.UNNAMED


def test_what_does_not_hang_yet_is_not_objected_to(wall: Wall) -> None:
    with pytest.raises(PostingError, match="2025-01 还没有张贴"):
        wall.object(wall.set().number)


def test_a_justified_objection_ends_with_a_correction(wall: Wall) -> None:
    made = wall.hung()
    raised = wall.object(made.number)
    wall.answer(raised.number)
    with pytest.raises(PostingError, match="办结没有写结果"):
        wall.end(raised.number, None)
    with pytest.raises(PostingError, match="2025-01 还没有更正公开"):
        wall.end(raised.number, ObjectionResult.CORRECTED)
    wall.set(replaces=made.number)
    assert wall.end(raised.number, ObjectionResult.CORRECTED).closing is not None


def test_open_objections_keep_a_set_out_of_the_archive(wall: Wall) -> None:
    made = wall.hung()
    raised = wall.object(made.number)
    wall.take_down(made.number)
    with pytest.raises(PostingError, match="还有没办结的异议：异-2025-01"):
        wall.file(made.number, "没有拍照")
    wall.answer(raised.number)
    wall.end(raised.number)
    wall.file(made.number, "没有拍照")

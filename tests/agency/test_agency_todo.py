"""The to-do list over villages: what waits in each book, how late it is, where it is done, and what cannot be looked into."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency, an_agency, tampered
from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village
from tests.disclosure.posting_village import Wall
from tests.review.test_remarks import said_of, taken
from tests.review.township import sent
from village_ledger.domain.agency import Todo, VillageTodos, Waiting
from village_ledger.domain.agency_days import agency_days
from village_ledger.domain.claim import Claim, ClaimLine, Settle
from village_ledger.domain.errors import AgencyError, Cancelled
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange.agency.agency_todo import gather, village_todos
from village_ledger.services.claims import claims
from village_ledger.services.entry.progress import Progress
from village_ledger.services.review import remarks_in
from village_ledger.services.review.reviewer_key import reviewer_key
from village_ledger.storage.file.book_file import Access, open_book

MARCH_5, MARCH_20 = date(2025, 3, 5), date(2025, 3, 20)


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    """An agency of two villages, one of which has begun its year."""
    agency = an_agency(tmp_path, QINGSHAN, BAIYUN)
    with agency.village(QINGSHAN) as village:
        village.posted("2025-01-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    return agency


def _of(found: VillageTodos, kind: Waiting, ledger: str = COLLECTIVE) -> list[Todo]:
    return [one for one in found.todos if one.kind is kind and one.ledger == ledger]


def _one(found: VillageTodos, kind: Waiting) -> Todo:
    (todo,) = _of(found, kind)
    return todo


def _village(agency: Agency, name: str, today: date = MARCH_20, by: str = "") -> VillageTodos:
    with open_book(agency.book(name), Access.READ) as book:
        return village_todos(book, agency.kept(name), today, by)


def _kinds(todos: Iterable[Todo]) -> set[Waiting]:
    return {one.kind for one in todos}


def test_a_village_that_has_not_begun_waits_for_nothing(agency: Agency) -> None:
    assert _village(agency, BAIYUN).todos == ()


def test_vouchers_wait_to_be_reviewed_and_then_posted(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village:
        village.entered("2025-02-03", "付水费", "借 513 30; 贷 101 30")
        village.entered("2025-02-04", "付电费", "借 513 40; 贷 101 40")
        village.reviewed("2025-02-05", "付网费", "借 513 50; 贷 101 50")
    found = _village(agency, QINGSHAN)
    review, post = _one(found, Waiting.REVIEW), _one(found, Waiting.POST)
    assert (review.count, review.words, review.page) == (2, "2 张凭证等审核", "voucher_list")
    assert review.where == {"month": Month(2025, 2), "state": VoucherState.ENTERED}
    assert (post.count, post.words) == (1, "1 张凭证审核了，等记账")
    assert post.where["state"] is VoucherState.REVIEWED


def test_own_vouchers_and_those_given_back_are_told_apart(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village:
        village.entered("2025-02-03", "付水费", "借 513 30; 贷 101 30")
        back = village.entered("2025-02-04", "付电费", "借 513 40; 贷 101 40")
        village.give_back(back, "缺发票")
    words = _one(_village(agency, QINGSHAN, by=WANG), Waiting.REVIEW).words
    assert words == "2 张凭证等审核，1 张退回去等改，1 张是自己制的单，要别人审"
    assert "自己" not in _one(_village(agency, QINGSHAN, by=LI), Waiting.REVIEW).words


def test_a_month_is_to_be_closed_once_it_is_over_and_late_after_the_tenth(agency: Agency) -> None:
    assert agency_days(MARCH_5).close_by == 10
    early, late = _village(agency, QINGSHAN, MARCH_5), _village(agency, QINGSHAN, MARCH_20)
    over = {one.is_late: one for one in _of(early, Waiting.MONTHS)}
    assert (over[True].count, over[True].words, over[True].due) == (
        1,
        "2025年1月还没有结账",
        date(2025, 2, 10),
    )
    assert (over[False].count, over[False].due) == (1, date(2025, 3, 10))
    assert _one(late, Waiting.MONTHS).words == "2025年1月起 2 个月没有结账"
    assert _one(late, Waiting.MONTHS).where == {"month": Month(2025, 1)}


def test_on_the_tenth_itself_a_month_is_still_in_time(agency: Agency) -> None:
    for day, late in ((10, False), (11, True)):
        found = _village(agency, QINGSHAN, date(2025, 2, day))
        assert _one(found, Waiting.MONTHS).is_late is late


def test_through_is_the_last_month_closed_in_every_ledger_in_use(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village:
        village.close_month("2025-01")
        village.set_month("2025-02", MonthState.CHECKING)
    assert _village(agency, QINGSHAN).through == "2025-01"
    with agency.village(QINGSHAN) as village:
        village.posted("2025-02-09", "收办公经费", "借 1001 800; 贷 4401 800", COMMITTEE)
    assert _village(agency, QINGSHAN).through == ""


def test_sheets_are_due_by_the_disclosure_calendar(agency: Agency) -> None:
    late = [one for one in _of(_village(agency, QINGSHAN, date(2025, 6, 20)), Waiting.SHEETS) if one.is_late]
    assert late
    assert late[0].page == "disclosure_calendar"
    assert "晚了" in late[0].words


def test_claims_wait_to_be_booked_and_are_late_after_ten_days(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village, village.act() as uow:
        claims.register_claimant(uow, COLLECTIVE, "陈秀英", "113")
        for day in (date(2025, 3, 9), date(2025, 3, 10)):
            line = ClaimLine(
                day, "购打印纸", 120_00, "513", handler="陈秀英", witness="周德清", approver="赵永康"
            )
            claims.submit(uow, COLLECTIVE, Claim("陈秀英", day, Settle.CASH, "101", (line,)))
    late, rest = _of(_village(agency, QINGSHAN), Waiting.CLAIMS)
    assert (late.count, late.is_late, late.page) == (1, True, "claims")
    assert late.words == "报账单 报-2025-0001 收到 10 天以上还没有记账"
    assert (rest.count, rest.is_late, rest.words) == (1, False, "1 张报账单等着记账")


def test_what_a_one_person_post_posted_waits_for_the_township(tmp_path: Path) -> None:
    agency = an_agency(tmp_path, QINGSHAN, staffed=False)
    with agency.village(QINGSHAN) as village:
        village.declare_one_person_post()
        village.post(village.entered("2025-01-08", "收果园承包款", "借 101 6200; 贷 501 6200"))
    todo = _one(_village(agency, QINGSHAN), Waiting.SECOND_REVIEW)
    assert (todo.count, todo.words, todo.page) == (1, "1 张凭证一人岗记的账，等乡镇补审", "packages")


def test_objections_wait_for_an_answer_until_their_day(tmp_path: Path) -> None:
    agency = an_agency(tmp_path, QINGSHAN, staffed=False)
    with agency.village(QINGSHAN) as village:
        village.posted("2025-01-08", "收果园承包款", "借 101 6200; 贷 501 6200")
        wall = Wall(village)
        objection = wall.object(wall.hung(wall.sheet("K7MQ2A")).number)
    for day, late in ((objection.answer_due, False), (objection.answer_due.replace(day=30), True)):
        todo = _one(_village(agency, QINGSHAN, day), Waiting.REPLIES)
        assert (todo.is_late, todo.due, todo.page) == (late, objection.answer_due, "posting")
        assert todo.where["objection"] == objection.number
    with agency.village(QINGSHAN) as village:
        Wall(village).answer(objection.number)
    assert _of(_village(agency, QINGSHAN, date(2025, 4, 30)), Waiting.REPLIES) == []


def test_remarks_wait_for_an_answer_for_fifteen_days(agency: Agency, tmp_path: Path) -> None:
    with agency.village(QINGSHAN) as village:
        key = reviewer_key(tmp_path / "审阅" / "reviewer.key")
        taken(village, said_of(sent(village, tmp_path, "一.vlpkg"), key))
        taken_on = date.fromisoformat(village.reader.taken_remarks()[0].taken_at[:10])
    due = taken_on + timedelta(days=15)
    in_time = _village(agency, QINGSHAN, due)
    assert [one.words for one in _of(in_time, Waiting.REPLIES)] == [f"审阅意见有 1 条没有答复，{due} 前答复"]
    late = _one(_village(agency, QINGSHAN, due + timedelta(days=1)), Waiting.REPLIES)
    assert (late.is_late, late.page) == (True, "remarks")
    with agency.village(QINGSHAN) as village, village.act() as uow:
        remarks_in.answer(uow, 1, 1, "发票已补")
    assert _of(_village(agency, QINGSHAN, due), Waiting.REPLIES) == []


def test_what_waits_stands_late_first(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village:
        village.entered("2025-02-03", "付水费", "借 513 30; 贷 101 30")
    lateness = [one.is_late for one in _village(agency, QINGSHAN, date(2025, 6, 20)).todos]
    assert lateness == sorted(lateness, reverse=True)
    assert True in lateness
    assert False in lateness


def test_the_whole_agency_in_one_list(agency: Agency) -> None:
    seen: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, label: seen.append((done, total, label)))
    found = gather(agency.path, agency.sign_in(LI), MARCH_20, progress)
    assert [one.book.village for one in found] == [QINGSHAN, BAIYUN]
    assert seen == [(0, 2, QINGSHAN), (1, 2, BAIYUN), (2, 2, "看完了")]


def test_a_village_that_cannot_be_reached_stands_in_the_list_with_its_trouble(
    agency: Agency, tmp_path: Path
) -> None:
    agency.book(BAIYUN).rename(tmp_path / "搬走了.vledger")
    (baiyun,) = gather(agency.path, None, MARCH_20, villages=[BAIYUN])
    assert baiyun.trouble.startswith("找不到白云村的账簿")
    assert _kinds(baiyun.todos) == {Waiting.UNREACHED}
    assert baiyun.todos[0].is_late


def test_another_village_s_book_in_its_place_is_named(agency: Agency) -> None:
    shutil.copyfile(agency.book(QINGSHAN), agency.book(BAIYUN))
    found = gather(agency.path, None, MARCH_20)
    assert [bool(one.trouble) for one in found] == [False, True]
    assert "青山村" in found[1].trouble


def test_a_damaged_book_does_not_hide_the_others(agency: Agency) -> None:
    agency.book(BAIYUN).write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    found = gather(agency.path, None, MARCH_20)
    assert [bool(one.trouble) for one in found] == [False, True]


def test_looking_leaves_every_book_as_it_was(agency: Agency) -> None:
    before = {name: agency.book(name).read_bytes() for name in (QINGSHAN, BAIYUN)}
    gather(agency.path, None, MARCH_20)
    assert {name: agency.book(name).read_bytes() for name in before} == before


def test_who_writes_in_a_book_just_now_is_named(agency: Agency) -> None:
    with Village(agency.book(QINGSHAN)):
        (qingshan,) = gather(agency.path, None, MARCH_20, villages=[QINGSHAN])
        assert qingshan.holder == WANG
        assert not qingshan.trouble
    (qingshan,) = gather(agency.path, None, MARCH_20, villages=[QINGSHAN])
    assert qingshan.holder == ""


def test_the_note_of_a_writer_who_is_gone_names_nobody(agency: Agency) -> None:
    note = Path(f"{agency.book(QINGSHAN)}.holder")
    note.write_text('{"holder": "王秀英", "machine": "x", "since": "2025-03-01T08:00:00"}', encoding="utf-8")
    (qingshan,) = gather(agency.path, None, MARCH_20, villages=[QINGSHAN])
    assert qingshan.holder == ""


def test_a_village_nobody_keeps_is_refused(agency: Agency) -> None:
    with pytest.raises(AgencyError, match=f"没有“{HEISHI}”"):
        gather(agency.path, None, MARCH_20, villages=[HEISHI])


def test_a_cancel_ends_the_list(agency: Agency) -> None:
    progress = Progress(lambda done, _total, _label: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        gather(agency.path, None, MARCH_20, progress)


def test_a_book_with_what_nobody_of_us_wrote_does_not_hide_the_others(agency: Agency) -> None:
    tampered(agency.book(QINGSHAN))
    found = gather(agency.path, None, MARCH_20)
    assert [bool(one.trouble) for one in found] == [True, False]
    assert found[0].trouble.startswith("青山村的账簿里有读不懂的东西")

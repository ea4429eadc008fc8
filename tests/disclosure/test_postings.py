"""The posting record: checked, put up, taken down, objected to, filed; every refusal one sentence, every act for good."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village, pin_of
from tests.disclosure.posting_village import PNG, SUN, ZHOU, Wall
from village_ledger.domain.attachment import Owner
from village_ledger.domain.errors import DutyError, NotSignedIn, PostingError
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import Span, parse_day
from village_ledger.domain.posting import Opinion, PostingState
from village_ledger.services.attachments import attachments
from village_ledger.services.disclosure import posting_sets, postings
from village_ledger.services.people import people
from village_ledger.services.staff import staff

# a set from end to end


def test_a_set_goes_from_the_supervisors_to_the_board_and_into_the_archive(wall: Wall) -> None:
    made = wall.set()
    assert (made.number, made.state, made.occasion) == ("2025-01", PostingState.WAITING, "quarter")
    assert made.codes == ("AAAA", "BBBB", "CCCC")
    agreed = wall.review(made.number)
    assert agreed.review is not None
    assert (agreed.state, agreed.review.people) == (PostingState.AGREED, (SUN, ZHOU))
    assert agreed.review.body == "监事会"
    up = wall.post(made.number)
    assert (up.state, up.posted_on, up.removal_due) == (
        PostingState.POSTED,
        parse_day("2025-04-10"),
        parse_day("2025-04-17"),
    )
    wall.photo(made.number)
    assert wall.take_down(made.number).days_up == 10
    with wall.village.act() as uow:
        filed = postings.close(uow, COLLECTIVE, made.number).value
    assert filed.state is PostingState.CLOSED
    assert [one.number for one in wall.village.reader.postings(COLLECTIVE)] == ["2025-01"]
    assert wall.village.reader.postings(COMMITTEE) == []
    assert wall.faults() == []


def test_numbers_run_by_ledger_and_by_the_year_the_span_ends_in(village: Village) -> None:
    wall, other = Wall(village), Wall(village, COMMITTEE)
    wall.sheet("AAAA")
    other.sheet("DDDD")
    assert (wall.set().number, other.set().number) == ("2025-01", "2025-01")
    month = Span(parse_day("2026-01-01"), parse_day("2026-01-31"))
    wall.sheet("EEEE", span=month)
    with village.act() as uow:
        later = posting_sets.open_posting(uow, COLLECTIVE, month).value
    assert (later.number, later.occasion) == ("2026-01", "month")


@pytest.mark.parametrize(
    ("first", "last", "occasion"),
    [
        ("2025-03-01", "2025-03-31", "month"),
        ("2025-04-01", "2025-06-30", "quarter"),
        ("2025-07-01", "2025-12-31", "half-year"),
        ("2025-01-01", "2025-12-31", "year"),
        ("2025-02-01", "2025-04-30", "request"),
        ("2025-12-01", "2026-01-31", "request"),
        ("2025-03-02", "2025-03-31", "request"),
    ],
)
def test_what_a_span_usually_fulfils(first: str, last: str, occasion: str) -> None:
    assert posting_sets.occasion_of(Span(parse_day(first), parse_day(last))) == occasion


# putting a set together


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("ZZZZ",), "没有登记过校验码为 ZZZZ 的公开表"),
        (("aaaa",), "没有登记过校验码为 aaaa 的公开表"),
        (("AAAA", "AAAA"), "同一张表写了两次"),
        (("DDDD",), "DDDD 是另一本账的表"),
        (("MMMM",), "MMMM 公开的是2025年3月，不是2025年第1季度"),
    ],
)
def test_only_registered_sheets_of_the_ledger_and_span_hang_together(
    wall: Wall, codes: tuple[str, ...], said: str
) -> None:
    Wall(wall.village, COMMITTEE).sheet("DDDD")
    wall.sheet("MMMM", span=Span(parse_day("2025-03-01"), parse_day("2025-03-31")))
    with pytest.raises(PostingError, match=said):
        wall.set(*codes)
    assert wall.village.reader.postings(COLLECTIVE) == []


def test_a_span_without_registered_sheets_has_nothing_to_hang(village: Village) -> None:
    with pytest.raises(PostingError, match="2025年第1季度 还没有登记过公开表"):
        Wall(village).set()


def test_a_sheet_made_again_since_is_not_hung(wall: Wall) -> None:
    wall.sheet("NEWA")
    with pytest.raises(PostingError, match="AAAA 后来重新出过，新表是 NEWA"):
        wall.set("AAAA", "BBBB")
    assert wall.set().codes == ("NEWA", "BBBB", "CCCC")


def test_a_sheet_made_again_before_it_is_put_up_is_spoken_of(wall: Wall) -> None:
    made = wall.set()
    wall.review(made.number)
    wall.sheet("NEWA")
    with wall.village.act() as uow:
        done = postings.post(uow, COLLECTIVE, made.number, parse_day("2025-04-10"), "公开栏")
    assert done.warnings == ("AAAA 后来重新出过，新表是 NEWA，请核对贴的是不是新的。",)


def test_a_sheet_hangs_in_one_set_unless_it_takes_the_others_place(wall: Wall) -> None:
    first = wall.hung()
    with pytest.raises(PostingError, match="AAAA 已经在 2025-01 里（张贴中）"):
        wall.set("AAAA")
    instead = wall.set("AAAA", "BBBB", replaces=first.number)
    assert (instead.replaces, wall.village.reader.posting(COLLECTIVE, "2025-01").replaced_by) == (
        "2025-01",
        "2025-02",
    )
    with pytest.raises(PostingError, match="2025-01 已经由 2025-02 替代"):
        wall.set("AAAA", replaces=first.number)


def test_a_set_that_waits_or_was_withdrawn_is_not_replaced(wall: Wall) -> None:
    first = wall.set()
    with pytest.raises(PostingError, match="2025-01 还没有贴过"):
        wall.set(replaces=first.number)
    with wall.village.act() as uow:
        postings.withdraw(uow, COLLECTIVE, first.number, "少放了一张表")
    with pytest.raises(PostingError, match="2025-01 已经作废"):
        wall.set(replaces=first.number)
    assert wall.set().number == "2025-02"


def test_a_set_takes_the_place_of_one_of_the_same_span(wall: Wall) -> None:
    first = wall.hung()
    month = Span(parse_day("2025-03-01"), parse_day("2025-03-31"))
    wall.sheet("MMMM", span=month)
    with wall.village.act() as uow, pytest.raises(PostingError, match="公开的是2025年第1季度，不是2025年3月"):
        posting_sets.open_posting(uow, COLLECTIVE, month, replaces=first.number)


def test_a_number_that_is_not_there_is_answered_with_those_that_are(wall: Wall) -> None:
    wall.set()
    with pytest.raises(PostingError, match=r"没有张贴 2025-09.*登记过的：2025-01"):
        wall.post("2025-09")


# supervisors


def test_nothing_hangs_before_the_supervisors_agreed(wall: Wall) -> None:
    made = wall.set()
    with pytest.raises(PostingError, match="监督机构还没有审查，不能张贴"):
        wall.post(made.number)
    wall.review(made.number, Opinion.REDO, words="第 7 笔没有附件")
    with pytest.raises(PostingError, match="监督机构要求重做，不能张贴"):
        wall.post(made.number)
    wall.review(made.number, day="2025-04-09", words="附件补齐了")
    assert wall.post(made.number).state is PostingState.POSTED


def test_sheets_to_be_done_again_are_replaced_by_a_new_set(wall: Wall) -> None:
    made = wall.set()
    wall.review(made.number, Opinion.REDO, words="第 7 笔没有附件")
    instead = wall.set(replaces=made.number)
    assert instead.number == "2025-02"
    assert wall.village.reader.posting(COLLECTIVE, made.number).state is PostingState.REDO


def test_an_opinion_against_says_what_is_wrong(wall: Wall) -> None:
    with pytest.raises(PostingError, match="要求重做没有写意见"):
        wall.review(wall.set().number, Opinion.REDO)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), "没有写是谁审查的"),
        ((WANG,), "王秀英 做过这些表，不能自己审查"),
        ((SUN, WANG), "王秀英 做过这些表，不能自己审查"),
        ((SUN, SUN), "审查人写重了"),
    ],
)
def test_nobody_checks_what_they_made(wall: Wall, people: tuple[str, ...], said: str) -> None:
    made = wall.set(by=LI)
    with pytest.raises(PostingError, match=said):
        wall.review(made.number, people=people)


def test_who_put_the_set_together_does_not_check_it_either(wall: Wall) -> None:
    made = wall.set(by=LI)
    with pytest.raises(PostingError, match="李建国 做过这些表"):
        wall.review(made.number, people=(LI,))


def test_who_checked_does_not_put_it_up(wall: Wall) -> None:
    made = wall.set()
    wall.review(made.number, people=(SUN,))
    with pytest.raises(PostingError, match="孙监事 是审查人，不能自己张贴"):
        wall.post(made.number, by=SUN)


def test_a_supervisor_of_the_makers_household_is_spoken_of(wall: Wall) -> None:
    with wall.village.act() as uow:
        people.add(uow, NewPerson(WANG, "0001", "户主", no_number="补办中"), "名册")
        people.add(uow, NewPerson(SUN, "0001", "夫", no_number="补办中"), "名册")
    made = wall.set()
    with wall.village.act() as uow:
        done = postings.review(uow, COLLECTIVE, made.number, Opinion.AGREED, (SUN,), parse_day("2025-04-08"))
    assert done.warnings == ("孙监事 和做表的 王秀英 是一户人，近亲属不能当监督人员，请核对。",)


def test_in_a_book_with_staff_the_supervisor_acts_in_person(wall: Wall) -> None:
    wall.village.hire_four()
    wall.village.hire(SUN, "监督")
    made = wall.set()
    with pytest.raises(NotSignedIn, match="孙监事 还没有输入密码"):
        wall.review(made.number, people=(SUN,))
    with pytest.raises(DutyError, match="李建国 的角色是主管，不能监督签字"):
        wall.review(made.number, people=(LI,))
    staff.confirm(wall.village.book, SUN, pin_of(SUN))
    assert wall.review(made.number, people=(SUN,)).state is PostingState.AGREED


def test_a_supervisor_who_is_of_the_staff_signs_in_and_gives_the_opinion(wall: Wall) -> None:
    wall.village.hire_four()
    wall.village.hire(SUN, "监督")
    made = wall.set()
    assert wall.review(made.number, people=(SUN,), by=SUN).state is PostingState.AGREED
    with pytest.raises(DutyError, match="孙监事 的角色是监督，不能出公开表"):
        wall.post(made.number, by=SUN)


# on the board


def test_it_hangs_as_long_as_the_local_rules_say(wall: Wall) -> None:
    made = wall.set()
    wall.review(made.number)
    with wall.village.act() as uow, pytest.raises(PostingError, match="只有 3 天"):
        postings.post(
            uow, COLLECTIVE, made.number, parse_day("2025-04-10"), "公开栏", until=parse_day("2025-04-13")
        )
    wall.follow("shandong")
    up = wall.post(made.number)
    assert up.removal_due == parse_day("2025-04-15")


def test_it_comes_down_early_only_with_a_reason(wall: Wall) -> None:
    made = wall.hung()
    with pytest.raises(PostingError, match="2025-01 到 2025-04-17 才贴满规定的天数"):
        wall.take_down(made.number, "2025-04-12")
    down = wall.take_down(made.number, "2025-04-12", "被雨淋坏")
    assert down.came_down_early
    assert down.days_up == 2


@pytest.mark.parametrize("place", ["", "   "])
def test_where_it_hangs_is_written(wall: Wall, place: str) -> None:
    made = wall.set()
    wall.review(made.number)
    with pytest.raises(PostingError, match="没有写贴在哪里"):
        wall.post(made.number, place=place)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("post", "2025-01 已经登记张贴"),
        ("review", "2025-01 已经张贴过"),
        ("withdraw", "2025-01 已经张贴过"),
        ("close", "2025-01 还在墙上，不能归档"),
    ],
)
def test_what_hangs_only_comes_down(wall: Wall, act: str, said: str) -> None:
    made = wall.hung()
    acts = {
        "post": lambda: wall.post(made.number, "2025-04-11"),
        "review": lambda: wall.review(made.number, day="2025-04-11"),
        "withdraw": lambda: wall.withdraw(made.number),
        "close": lambda: wall.file(made.number),
    }
    with pytest.raises(PostingError, match=said):
        acts[act]()


def test_days_run_forward_and_none_is_yet_to_come(wall: Wall) -> None:
    made = wall.set()
    with pytest.raises(PostingError, match="审查日期 2999-01-01 还没有到"):
        wall.review(made.number, day="2999-01-01")
    wall.review(made.number)
    with pytest.raises(PostingError, match="张贴的日期 2025-04-07 早于监督审查的 2025-04-08"):
        wall.post(made.number, "2025-04-07")


def test_giving_a_set_up_says_why(wall: Wall) -> None:
    made = wall.set()
    with pytest.raises(PostingError, match="作废没有写原因"):
        wall.withdraw(made.number, " ")
    wall.withdraw(made.number)
    with pytest.raises(PostingError, match="2025-01 已经作废"):
        wall.review(made.number)


def test_the_photo_belongs_to_a_set_that_hangs(wall: Wall) -> None:
    made = wall.set()
    with pytest.raises(PostingError, match="还没有张贴，没有公开栏的照片"):
        wall.photo(made.number)
    wall.photo(made.number, postings.SIGNED)
    with pytest.raises(PostingError, match="没有张贴 2025-09"):
        wall.photo("2025-09", postings.SIGNED)
    with wall.village.act() as uow, pytest.raises(PostingError, match="没有张贴 2025-09"):
        attachments.attach(uow, Owner("posting", COLLECTIVE, "2025-09"), PNG, "照片.png")


def test_the_archive_wants_the_photo_or_a_reason(wall: Wall) -> None:
    made = wall.hung()
    wall.take_down(made.number)
    with pytest.raises(PostingError, match="2025-01 没有公开栏的照片"):
        wall.file(made.number)
    wall.file(made.number, "手机坏了，没有拍")
    with pytest.raises(PostingError, match="2025-01 已经归档"):
        wall.take_down(made.number)


# written better


def test_a_day_or_place_that_was_mistyped_is_written_better_with_why(wall: Wall) -> None:
    made = wall.hung()
    with wall.village.act() as uow:
        better = postings.post(
            uow, COLLECTIVE, made.number, parse_day("2025-04-09"), "三组祠堂门前", words="日期和地点写错了"
        ).value
    assert (better.posted_on, better.place) == (parse_day("2025-04-09"), "三组祠堂门前")
    assert better.removal_due == parse_day("2025-04-16")
    assert len(better.events) == 3
    with (
        pytest.raises(PostingError, match="张贴的日期 2025-04-07 早于监督审查的 2025-04-08"),
        wall.village.act() as uow,
    ):
        postings.post(uow, COLLECTIVE, made.number, parse_day("2025-04-07"), "公开栏", words="又写错了")
    wall.take_down(made.number, "2025-04-20")
    with pytest.raises(PostingError, match="2025-01 已经登记取下"):
        wall.take_down(made.number, "2025-04-19")
    assert wall.take_down(made.number, "2025-04-19", "日期写错了").days_up == 10
    assert wall.faults() == []


def test_a_better_day_still_comes_before_what_was_said(wall: Wall) -> None:
    made = wall.hung()
    wall.object(made.number, "2025-04-12")
    with (
        pytest.raises(PostingError, match="2025-04-12 已经有人对 2025-01 提了异议"),
        wall.village.act() as uow,
    ):
        postings.post(uow, COLLECTIVE, made.number, parse_day("2025-04-13"), "公开栏", words="日期写错了")

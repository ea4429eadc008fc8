"""People of the agency over many villages: registered, given roles, dismissed; each book's own rules hold."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, an_agency, village_book
from tests.builders import LI, QIAN, WANG, ZHAO, pin_of
from village_ledger.domain.agency import BatchResult
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import AgencyError, Cancelled, DutyError, PinError
from village_ledger.exchange.agency.agency_leaving import dismiss, works_in
from village_ledger.exchange.agency.agency_people import (
    add_member,
    change_roles,
    enrol,
    let_administer,
    roster,
    unlock,
)
from village_ledger.exchange.agency.agency_rounds import Keyholder
from village_ledger.exchange.agency.agency_staff import open_as
from village_ledger.services.book import verification
from village_ledger.services.entry.progress import Progress
from village_ledger.services.staff import staff

SUN = "孙会计"
DONE, NOTHING, REFUSED, UNREACHED, STOPPED = (
    BatchResult.DONE,
    BatchResult.NOTHING,
    BatchResult.REFUSED,
    BatchResult.UNREACHED,
    BatchResult.STOPPED,
)
BOOKS = [(Role.PREPARER, ""), (Role.BOOKKEEPER, "")]


@pytest.fixture
def agency(tmp_path):
    return an_agency(tmp_path, QINGSHAN, BAIYUN)


@pytest.fixture
def qian(agency):
    return agency.sign_in(QIAN)


@pytest.fixture
def sun(agency, qian):
    """Somebody new at the agency, registered in no village yet."""
    return add_member(agency.path, qian, SUN, pin_of(SUN))


def everywhere(agency, roles):
    return {kept.uid: roles for kept in agency.says.books}


def results(verdicts):
    return {one.book.village: one.result for one in verdicts}


def roles_in(agency, village, name):
    with agency.village(village) as one:
        return {(held.role, held.ledger) for held in one.reader.member(name).roles if held.until is None}


def is_sound(agency, village):
    with agency.village(village) as one:
        return verification.verify(one.book.path) == []


# the workspace's own people


def test_a_new_member_has_no_right_in_any_book(agency, sun):
    assert agency.sign_in(SUN) == sun
    with pytest.raises(DutyError, match="没有登记 孙会计"), open_as(agency.path, agency.kept(QINGSHAN), sun):
        pass


def test_only_who_administers_the_workspace_takes_people_in(agency):
    with pytest.raises(DutyError, match=r"王秀英 不是工作区的管理员.*钱书记"):
        add_member(agency.path, agency.sign_in(WANG), SUN, pin_of(SUN))


@pytest.mark.parametrize(
    ("name", "pin", "error"),
    [(WANG, "good-1949", DutyError), ("", "good-1949", DutyError), (SUN, "111111", PinError)],
)
def test_whom_the_workspace_does_not_take(agency, qian, name, pin, error):
    before = agency.path.read_bytes()
    with pytest.raises(error):
        add_member(agency.path, qian, name, pin)
    assert agency.path.read_bytes() == before


def test_who_is_shut_out_is_let_in_again(agency, qian):
    for _ in range(5):
        with pytest.raises(PinError):
            agency.sign_in(WANG, "wrong")
    unlock(agency.path, qian, WANG)
    assert agency.sign_in(WANG).name == WANG


def test_a_workspace_keeps_an_administrator(agency, qian):
    for act in (
        lambda: let_administer(agency.path, qian, QIAN, yes=False),
        lambda: dismiss(agency.path, qian, QIAN),
    ):
        with pytest.raises(DutyError, match="最后一个管理员"):
            act()
    let_administer(agency.path, qian, LI, yes=True)
    let_administer(agency.path, qian, QIAN, yes=False)
    assert [one.name for one in agency.says.members if one.administers] == [LI]


# into the villages


def test_one_act_registers_somebody_in_every_village(agency, qian, sun):
    done = enrol(agency.path, qian, sun, everywhere(agency, BOOKS))
    assert results(one.verdict for one in done) == {QINGSHAN: DONE, BAIYUN: DONE}
    for village in (QINGSHAN, BAIYUN):
        assert roles_in(agency, village, SUN) == set(BOOKS)
        with open_as(agency.path, agency.kept(village), sun) as book:
            assert book.signed_in == SUN
            by = {
                one.by
                for one in book.reader().operations()
                if one.subject == SUN and one.action == "登记人员"
            }
            assert by == {QIAN}
        assert is_sound(agency, village)


def test_each_books_conflicts_of_roles_are_its_own(agency, qian, sun):
    """Cashier and bookkeeper exclude each other; the village where nothing stands against it goes on."""
    enrol(agency.path, qian, sun, {agency.kept(QINGSHAN).uid: [(Role.CASHIER, "")]})
    done = enrol(agency.path, qian, sun, everywhere(agency, [(Role.BOOKKEEPER, "")]))
    assert results(one.verdict for one in done) == {QINGSHAN: REFUSED, BAIYUN: DONE}
    assert "不能再做记账" in done[0].verdict.words
    assert roles_in(agency, QINGSHAN, SUN) == {(Role.CASHIER, "")}


def test_twice_registers_nobody_twice(agency, qian, sun):
    enrol(agency.path, qian, sun, everywhere(agency, BOOKS))
    again = enrol(agency.path, qian, sun, everywhere(agency, BOOKS))
    assert results(one.verdict for one in again) == {QINGSHAN: NOTHING, BAIYUN: NOTHING}


def test_a_namesake_in_a_village_is_somebody_else(agency, qian, sun):
    with agency.village(BAIYUN) as village, village.act(QIAN) as uow:
        staff.add(uow, SUN, "her-own-1950", [(Role.SUPERVISOR, "")])
    done = enrol(agency.path, qian, sun, everywhere(agency, BOOKS))
    assert results(one.verdict for one in done) == {QINGSHAN: DONE, BAIYUN: REFUSED}
    assert "白云村的人员里已经有“孙会计”" in done[1].verdict.words
    assert roles_in(agency, BAIYUN, SUN) == {(Role.SUPERVISOR, "")}


def test_a_villages_own_administrator_registers_by_a_pin(agency, sun):
    with agency.village(BAIYUN) as village, village.act(QIAN) as uow:
        staff.add(uow, "周主任", "zhou-1950", [(Role.ADMINISTRATOR, "")])
    uid = agency.kept(BAIYUN).uid
    wrong = enrol(agency.path, Keyholder("周主任", "wrong"), sun, {uid: BOOKS})
    assert (wrong[0].verdict.result, "还可以试 4 次" in wrong[0].verdict.words) == (REFUSED, True)
    done = enrol(agency.path, Keyholder("周主任", "zhou-1950"), sun, {uid: BOOKS})
    assert done[0].verdict.result is DONE
    assert "zhou" not in repr(Keyholder("周主任", "zhou-1950"))


def test_who_does_not_administer_a_book_registers_nobody_there(agency, sun):
    done = enrol(agency.path, agency.sign_in(WANG), sun, everywhere(agency, BOOKS))
    assert results(one.verdict for one in done) == {QINGSHAN: REFUSED, BAIYUN: REFUSED}
    assert "不能管理人员" in done[0].verdict.words


def test_the_first_of_a_books_staff_is_its_administrator_and_gets_the_code(tmp_path):
    agency = an_agency(tmp_path, HEISHI, staffed=False)
    qian, uid = agency.sign_in(QIAN), agency.kept(HEISHI).uid
    refused = enrol(agency.path, qian, qian, {uid: BOOKS})
    assert "第一个登记的人要是管理员" in refused[0].verdict.words
    nobody = enrol(agency.path, Keyholder("周主任", ""), qian, {uid: [(Role.ADMINISTRATOR, "")]})
    assert "不是它的管理员" in nobody[0].verdict.words
    done = enrol(agency.path, qian, qian, {uid: [(Role.ADMINISTRATOR, "")]})
    assert (done[0].verdict.result, len(done[0].recovery_code)) == (DONE, 29)
    with open_as(agency.path, agency.kept(HEISHI), qian) as book:
        assert book.signed_in == QIAN


def test_a_missing_book_never_stops_the_others(agency, qian, sun):
    agency.book(QINGSHAN).unlink()
    done = enrol(agency.path, qian, sun, everywhere(agency, BOOKS))
    assert results(one.verdict for one in done) == {QINGSHAN: UNREACHED, BAIYUN: DONE}


def test_a_book_somebody_has_been_at_never_stops_the_others(agency, qian, sun):
    with closing(sqlite3.connect(agency.book(QINGSHAN))) as hand:
        hand.execute("DROP TABLE staff_role")
        hand.commit()
    done = enrol(agency.path, qian, sun, everywhere(agency, BOOKS))
    assert done[0].verdict.result in (REFUSED, UNREACHED)
    assert done[1].verdict.result is DONE
    assert [bool(one.trouble) for one in roster(agency.path)] == [True, False]


def test_a_stop_leaves_the_rest_as_they_are(agency, qian, sun):
    stopping = Progress(lambda done, _total, _label: stopping.cancel() if done == 0 else None)
    done = enrol(agency.path, qian, sun, everywhere(agency, BOOKS), stopping)
    assert results(one.verdict for one in done) == {QINGSHAN: DONE, BAIYUN: STOPPED}
    with agency.village(BAIYUN) as village:
        assert village.reader.member(SUN) is None


def test_roles_of_one_village_are_given_and_taken(agency, qian):
    uid = agency.kept(BAIYUN).uid
    change_roles(agency.path, qian, WANG, uid, [(Role.PREPARER, "committee")], [(Role.PREPARER, "")])
    assert roles_in(agency, BAIYUN, WANG) == {(Role.PREPARER, "committee"), (Role.BOOKKEEPER, "")}
    assert roles_in(agency, QINGSHAN, WANG) == {(Role.PREPARER, ""), (Role.BOOKKEEPER, "")}
    with pytest.raises(DutyError, match="没有主管这个角色"):
        change_roles(agency.path, qian, WANG, uid, [(Role.SUPERVISOR, "")], [(Role.CHIEF, "")])


def test_the_roster_says_who_works_where(agency, tmp_path):
    agency.keep(village_book(tmp_path, HEISHI, staffed=False))
    agency.book(BAIYUN).unlink()
    qingshan, baiyun, heishi = roster(agency.path)
    assert [one.name for one in qingshan.staff] == [QIAN, WANG, LI, ZHAO]
    chief = qingshan.member(LI)
    assert chief is not None
    assert chief.roles[0].role is Role.CHIEF
    assert "找不到白云村的账簿" in baiyun.trouble
    assert (heishi.staff, heishi.trouble) == ((), "")


def test_the_roster_says_whom_a_book_is_shut_to(agency):
    with agency.village(BAIYUN) as village:
        for _ in range(5):
            with pytest.raises(PinError):
                staff.sign_in(village.book, WANG, "wrong")
    assert [name for name, _ in roster(agency.path)[1].shut] == [WANG]


def test_the_roster_can_be_stopped(agency):
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        roster(agency.path, stopped)


# leaving


def test_one_act_dismisses_somebody_everywhere(agency, qian):
    identity = agency.sign_in(WANG)
    assert results(dismiss(agency.path, qian, WANG)) == {QINGSHAN: DONE, BAIYUN: DONE}
    assert (agency.member(WANG).left_at != "", agency.member(WANG).behind) == (True, ())
    with pytest.raises(DutyError, match="王秀英 已经离开"):
        agency.sign_in(WANG)
    with pytest.raises(DutyError, match="已经离开"), open_as(agency.path, agency.kept(QINGSHAN), identity):
        pass
    for village in (QINGSHAN, BAIYUN):
        assert roles_in(agency, village, WANG) == set()
        assert is_sound(agency, village)


def test_a_book_out_of_reach_hears_of_it_at_next_contact(agency, qian, tmp_path):
    away = agency.book(BAIYUN).rename(tmp_path / "在U盘上.vledger")
    assert results(dismiss(agency.path, qian, WANG)) == {QINGSHAN: DONE, BAIYUN: UNREACHED}
    uid = agency.kept(BAIYUN).uid
    assert agency.member(WANG).behind == ((uid, ""),)
    away.rename(agency.book(BAIYUN))
    with open_as(agency.path, agency.kept(BAIYUN), agency.sign_in(LI)):
        pass  # who does not administer the book changes nothing there
    assert roles_in(agency, BAIYUN, WANG) != set()
    with open_as(agency.path, agency.kept(BAIYUN), qian):
        pass
    assert roles_in(agency, BAIYUN, WANG) == set()
    assert agency.member(WANG).behind == ()


def test_where_somebody_never_worked_nothing_is_done(agency, qian, sun):
    assert results(dismiss(agency.path, qian, SUN)) == {QINGSHAN: NOTHING, BAIYUN: NOTHING}
    assert agency.member(SUN).behind == ()


def test_a_books_last_administrator_stays_there_and_it_is_said(agency, qian):
    let_administer(agency.path, qian, LI, yes=True)
    done = dismiss(agency.path, agency.sign_in(LI), QIAN)
    assert results(done) == {QINGSHAN: REFUSED, BAIYUN: REFUSED}
    assert "是这本账唯一的管理员" in done[0].words
    assert [uid for uid, _ in agency.member(QIAN).behind] == [kept.uid for kept in agency.says.books]


def test_who_left_comes_back_under_the_old_name(agency, qian):
    dismiss(agency.path, qian, WANG)
    back = add_member(agency.path, qian, WANG, "back-again-7")
    done = enrol(agency.path, qian, back, everywhere(agency, BOOKS))
    assert results(one.verdict for one in done) == {QINGSHAN: DONE, BAIYUN: DONE}
    with open_as(agency.path, agency.kept(QINGSHAN), back) as book:
        assert book.signed_in == WANG
    assert is_sound(agency, QINGSHAN)


def test_who_comes_back_before_a_book_heard_of_the_leaving(agency, qian, tmp_path):
    """The book still has the old PIN: it has to be matched there, never overwritten."""
    away = agency.book(BAIYUN).rename(tmp_path / "在U盘上.vledger")
    dismiss(agency.path, qian, WANG)
    back = add_member(agency.path, qian, WANG, "back-again-7")
    away.rename(agency.book(BAIYUN))
    with pytest.raises(AgencyError, match="不是同一个"), open_as(agency.path, agency.kept(BAIYUN), back):
        pass


def test_the_books_stay_apart(agency, qian, sun):
    """What is done in one village leaves every other file as it was, byte for byte."""
    before = agency.book(BAIYUN).read_bytes()
    enrol(agency.path, qian, sun, {agency.kept(QINGSHAN).uid: BOOKS})
    change_roles(agency.path, qian, SUN, agency.kept(QINGSHAN).uid, [], BOOKS)
    assert agency.book(BAIYUN).read_bytes() == before


def test_a_copy_kept_aside_is_not_touched(agency, qian, tmp_path):
    aside = shutil.copyfile(agency.book(BAIYUN), tmp_path / "留底.vledger")
    before = aside.read_bytes()
    dismiss(agency.path, qian, ZHAO)
    assert aside.read_bytes() == before
    assert works_in(agency.path, agency.kept(BAIYUN), ZHAO) is False

"""One PIN over all villages: changed in one act, brought up at next contact, matched, recovered by a sealed code."""

import pytest

from tests.agency.agencies import BAIYUN, QINGSHAN, an_agency
from tests.builders import LI, QIAN, WANG, pin_of
from village_ledger.domain.agency import BatchResult
from village_ledger.domain.errors import AgencyError, DutyError, PinError
from village_ledger.exchange.agency import agency_behind, agency_pins
from village_ledger.exchange.agency.agency_pins import change_pin, match, recover, renew
from village_ledger.exchange.agency.agency_staff import open_as
from village_ledger.services.book import verification
from village_ledger.services.entry.progress import Progress
from village_ledger.services.staff import staff

NEW, NEWER = "xin-mima-8", "xin-mima-9"
DONE, NOTHING, REFUSED, UNREACHED, STOPPED = (
    BatchResult.DONE,
    BatchResult.NOTHING,
    BatchResult.REFUSED,
    BatchResult.UNREACHED,
    BatchResult.STOPPED,
)


@pytest.fixture
def agency(tmp_path):
    return an_agency(tmp_path, QINGSHAN, BAIYUN)


@pytest.fixture
def away(agency, tmp_path):
    """白云村's book on a stick that is not plugged in; call it to plug it in."""
    file = agency.book(BAIYUN).rename(tmp_path / "在U盘上.vledger")
    return lambda: file.rename(agency.book(BAIYUN))


def results(verdicts):
    return {one.book.village: one.result for one in verdicts}


def opens(agency, village, identity):
    with open_as(agency.path, agency.kept(village), identity) as book:
        return book.signed_in == identity.name


def code_of(agency, village):
    """A new recovery code of a village's book, as sealed there."""
    with agency.village(village) as one, one.act(QIAN) as uow:
        return staff.new_recovery_code(uow).value


def failures(agency, village, name):
    with agency.village(village) as one:
        return one.reader.pin_state(one.reader.member(name).id).failures


def test_one_act_changes_it_everywhere(agency):
    identity, verdicts = change_pin(agency.path, agency.sign_in(WANG), NEW)
    assert results(verdicts) == {QINGSHAN: DONE, BAIYUN: DONE}
    assert agency.member(WANG).behind == ()
    with pytest.raises(PinError):
        agency.sign_in(WANG)
    assert agency.sign_in(WANG, NEW) == identity
    for village in (QINGSHAN, BAIYUN):
        assert opens(agency, village, identity)
        with agency.village(village) as one:
            assert verification.verify(one.book.path) == []
            with pytest.raises(PinError):
                staff.sign_in(one.book, WANG, pin_of(WANG))


@pytest.mark.parametrize("weak", ["12", "111111", "123456", " padded-1"])
def test_a_weak_one_changes_nothing(agency, weak):
    before = agency.path.read_bytes()
    with pytest.raises(PinError):
        change_pin(agency.path, agency.sign_in(WANG), weak)
    assert agency.path.read_bytes() == before
    assert opens(agency, QINGSHAN, agency.sign_in(WANG))


def test_a_book_out_of_reach_is_brought_up_at_next_contact(agency, away):
    identity, verdicts = change_pin(agency.path, agency.sign_in(WANG), NEW)
    assert results(verdicts) == {QINGSHAN: DONE, BAIYUN: UNREACHED}
    ((uid, sealed),) = agency.member(WANG).behind
    assert uid == agency.kept(BAIYUN).uid
    assert pin_of(WANG) not in sealed
    away()
    assert opens(agency, BAIYUN, identity)
    assert agency.member(WANG).behind == ()
    with agency.village(BAIYUN) as one:
        assert [o.by for o in one.reader.operations(action="修改密码")] == [WANG]


def test_twice_changed_while_out_of_reach(agency, away):
    """The oldest PIN travels on, sealed under the newest."""
    once, _ = change_pin(agency.path, agency.sign_in(WANG), NEW)
    twice, _ = change_pin(agency.path, once, NEWER)
    away()
    assert opens(agency, BAIYUN, twice)
    assert opens(agency, QINGSHAN, twice)


def test_a_run_cut_off_half_way_is_finished_later(agency, monkeypatch):
    """The power fails after the first book has the new PIN and before the workspace has heard of it."""
    identity = agency.sign_in(WANG)
    with monkeypatch.context() as cut:
        cut.setattr(agency_behind, "settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            change_pin(agency.path, identity, NEW)
    assert len(agency.member(WANG).behind) == 2
    identity = agency.sign_in(WANG, NEW)
    for village in (QINGSHAN, BAIYUN):
        assert opens(agency, village, identity)
        assert failures(agency, village, WANG) == 0
    assert agency.member(WANG).behind == ()


def test_a_stop_leaves_the_rest_for_later(agency):
    stopping = Progress(lambda done, _total, _label: stopping.cancel() if done == 0 else None)
    identity, verdicts = change_pin(agency.path, agency.sign_in(WANG), NEW, stopping)
    assert results(verdicts) == {QINGSHAN: DONE, BAIYUN: STOPPED}
    assert opens(agency, BAIYUN, identity)


def test_an_identity_of_before_does_not_change_it(agency):
    old = agency.sign_in(WANG)
    change_pin(agency.path, old, NEW)
    with pytest.raises(AgencyError, match="在别处改过了"):
        change_pin(agency.path, old, NEWER)


def test_a_namesake_is_not_tried_at_the_door(agency):
    """In 白云村 another 王秀英 has another PIN: it is not hers to be counted wrong."""
    with agency.village(BAIYUN) as one:
        staff.change_pin(one.book, WANG, pin_of(WANG), "her-own-1950")
    _, verdicts = change_pin(agency.path, agency.sign_in(WANG), NEW)
    assert results(verdicts) == {QINGSHAN: DONE, BAIYUN: REFUSED}
    assert failures(agency, BAIYUN, WANG) == 0
    assert agency.member(WANG).behind == ((agency.kept(BAIYUN).uid, ""),)


def test_villages_where_one_does_not_work(agency):
    with agency.village(BAIYUN) as one, one.act(QIAN) as uow:
        staff.dismiss(uow, WANG)
    _, verdicts = change_pin(agency.path, agency.sign_in(WANG), NEW)
    assert results(verdicts) == {QINGSHAN: DONE, BAIYUN: NOTHING}
    assert agency.member(WANG).behind == ()


# matched


def test_another_pin_is_matched_by_typing_it(agency):
    with agency.village(BAIYUN) as one:
        staff.change_pin(one.book, WANG, pin_of(WANG), "her-own-1950")
    identity, uid = agency.sign_in(WANG), agency.kept(BAIYUN).uid
    with pytest.raises(AgencyError, match="不是同一个"):
        opens(agency, BAIYUN, identity)
    with pytest.raises(PinError):
        match(agency.path, identity, uid, "wrong")
    match(agency.path, identity, uid, "her-own-1950")
    assert opens(agency, BAIYUN, identity)
    assert agency.member(WANG).behind == ()


def test_another_pin_is_matched_by_the_villages_code(agency):
    code = code_of(agency, BAIYUN)
    with agency.village(BAIYUN) as one:
        staff.change_pin(one.book, WANG, pin_of(WANG), "forgotten-1950")
    identity = agency.sign_in(WANG)
    match(agency.path, identity, agency.kept(BAIYUN).uid, code, is_code=True)
    assert opens(agency, BAIYUN, identity)


# recovered


def test_a_villages_sealed_code_recovers_the_pin(agency):
    code = code_of(agency, QINGSHAN)
    for _ in range(5):
        with pytest.raises(PinError):
            agency.sign_in(QIAN, "forgotten")
    identity = recover(agency.path, QIAN, agency.kept(QINGSHAN).uid, code, NEW)
    assert agency.sign_in(QIAN, NEW) == identity
    assert opens(agency, QINGSHAN, identity)
    with pytest.raises(AgencyError, match="白云村账簿里的密码"):
        opens(agency, BAIYUN, identity)


def test_a_wrong_code_recovers_nothing(agency):
    code, before = code_of(agency, BAIYUN), agency.path.read_bytes()
    with pytest.raises(PinError, match="不是这本账现在的恢复码"):
        recover(agency.path, QIAN, agency.kept(QINGSHAN).uid, code, NEW)
    assert agency.path.read_bytes() == before


def test_a_village_without_staff_has_no_code(tmp_path):
    agency = an_agency(tmp_path, QINGSHAN, staffed=False)
    with pytest.raises(PinError, match="没有恢复码"):
        recover(agency.path, QIAN, agency.kept(QINGSHAN).uid, "A" * 25, NEW)


def test_an_administrator_gives_another_pin_everywhere(agency):
    before = {}
    for village in (QINGSHAN, BAIYUN):
        with agency.village(village) as one:
            before[village] = [(h.role, h.ledger) for h in one.reader.member(WANG).roles]
    identity, verdicts = renew(agency.path, agency.sign_in(QIAN), WANG, NEW)
    assert results(verdicts) == {QINGSHAN: DONE, BAIYUN: DONE}
    for village in (QINGSHAN, BAIYUN):
        assert opens(agency, village, identity)
        with agency.village(village) as one:
            now = [(h.role, h.ledger) for h in one.reader.member(WANG).roles if h.until is None]
            assert now == before[village]
            assert verification.verify(one.book.path) == []
    assert agency.member(WANG).behind == ()


def test_nobody_renews_an_own_pin_nor_without_the_right(agency):
    with pytest.raises(DutyError, match="自己的密码请自己改"):
        renew(agency.path, agency.sign_in(QIAN), QIAN, NEW)
    with pytest.raises(DutyError, match="不是工作区的管理员"):
        renew(agency.path, agency.sign_in(LI), WANG, NEW)
    assert agency.sign_in(WANG).name == WANG


def test_a_book_out_of_reach_waits_to_be_matched(agency, away):
    identity, verdicts = renew(agency.path, agency.sign_in(QIAN), WANG, NEW)
    assert results(verdicts) == {QINGSHAN: DONE, BAIYUN: UNREACHED}
    away()
    with pytest.raises(AgencyError, match="不是同一个"):
        opens(agency, BAIYUN, identity)
    again, verdicts = renew(agency.path, agency.sign_in(QIAN), WANG, NEW)
    assert results(verdicts)[BAIYUN] is DONE
    assert opens(agency, BAIYUN, again)


# seals


def test_a_seal_opens_to_its_pin_and_person_only():
    sealed = agency_behind.seal("older-1", "newer-1", WANG)
    assert agency_behind.unseal(sealed, "newer-1", WANG) == "older-1"
    assert agency_behind.unseal(sealed, "newer-2", WANG) is None
    assert agency_behind.unseal(sealed, "newer-1", LI) is None


@pytest.mark.parametrize(
    "torn",
    [
        "",
        "|||",
        "argon2id t=3 m=65536 p=4 aes-256-gcm|00|00|00",
        "argon2id t=99999 m=1 p=1 aes-256-gcm|00|00|00",
        "x|y|z|1",
        f"argon2id t=0 m=1 p=9 aes-256-gcm|{'00' * 16}|{'00' * 12}|00",
    ],
)
def test_a_seal_that_does_not_read_is_none(torn):
    assert agency_behind.unseal(torn, "newer-1", WANG) is None


def test_no_pin_is_in_a_verdict(agency, away):
    _, verdicts = change_pin(agency.path, agency.sign_in(WANG), NEW)
    assert all(NEW not in repr(one) and pin_of(WANG) not in repr(one) for one in verdicts)
    assert agency_pins.UNKNOWN == ""

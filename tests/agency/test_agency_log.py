"""The workspace's own log: a line with each change, tied to the one before; a file of before is read and goes on."""

import json
from dataclasses import replace

import pytest

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, an_agency, village_book
from tests.builders import LI, QIAN, WANG, pin_of
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import AgencyError, BadWorkspace, DutyError, PinError
from village_ledger.exchange.agency import agency_text
from village_ledger.exchange.agency.agency_file import MOST_BYTES, change_workspace, read_workspace
from village_ledger.exchange.agency.agency_leaving import dismiss, leaving_words, still_known_in
from village_ledger.exchange.agency.agency_log import first_broken, logged
from village_ledger.exchange.agency.agency_people import (
    add_member,
    change_roles,
    enrol,
    give_up_book,
    let_administer,
    take_books,
    unlock,
)
from village_ledger.exchange.agency.agency_pins import change_pin, renew
from village_ledger.exchange.agency.agency_rounds import Keyholder
from village_ledger.exchange.agency.agency_staff import enter, found, open_as
from village_ledger.services.staff import staff

SUN, NEW = "孙会计", "xin-mima-8"


@pytest.fixture
def agency(tmp_path):
    return an_agency(tmp_path, QINGSHAN, BAIYUN)


@pytest.fixture
def qian(agency):
    return agency.sign_in(QIAN)


def said(agency):
    return [(one.by, one.words) for one in agency.says.log]


def as_before(agency):
    """The file as the program wrote it before there was a log."""
    kept = json.loads(agency.path.read_text(encoding="utf-8"))
    for key in ("digest", "log", "before", "days"):
        kept.pop(key)
    kept["format"] = 1
    agency.path.write_text(json.dumps(kept | {"digest": agency_text.digest_of(kept)}), encoding="utf-8")


def test_a_workspace_begins_with_who_made_it(tmp_path):
    path = tmp_path / "代管.vlagency"
    found(path, "青山镇", QIAN, pin_of(QIAN))
    assert [(one.by, one.words) for one in read_workspace(path).log] == [
        (QIAN, f"建了工作区，管理员是 {QIAN}")
    ]


def test_each_change_is_a_line(agency, qian, tmp_path):
    book = village_book(tmp_path, HEISHI)
    take_books(agency.path, qian, [book])
    sun = add_member(agency.path, qian, SUN, pin_of(SUN))
    uid = agency.kept(QINGSHAN).uid
    enrol(agency.path, qian, sun, {uid: [(Role.PREPARER, "committee")]})
    change_roles(agency.path, qian, SUN, uid, [(Role.BOOKKEEPER, "")], [])
    let_administer(agency.path, qian, LI, yes=True)
    unlock(agency.path, qian, LI)
    give_up_book(agency.path, qian, agency.kept(HEISHI).uid)
    assert said(agency)[2:] == [
        (QIAN, "加进黑石村的账簿，在 黑石村.vledger"),
        (QIAN, f"登记了 {SUN}"),
        (QIAN, f"{SUN} 在村里登记、给角色（办了：青山村）"),
        (QIAN, f"{SUN} 在青山村：现在是记账"),
        (QIAN, f"{LI} 是工作区的管理员"),
        (QIAN, f"给 {LI} 解锁"),
        (QIAN, "不再代管黑石村"),
    ]
    assert first_broken(agency.says) is None


def test_pins_are_told_of_and_never_told(agency, qian):
    wang = agency.sign_in(WANG)
    change_pin(agency.path, wang, NEW)
    renew(agency.path, qian, WANG, "another-pin-9")
    for _ in range(5):
        with pytest.raises(PinError):
            agency.sign_in(LI, "wrong")
    words = [line for _, line in said(agency)[2:]]
    assert words[:3] == [
        f"{WANG} 改了自己的密码",
        f"给 {WANG} 重设了密码",
        f"{WANG} 的新密码（办了：青山村、白云村）",
    ]
    assert words[3].startswith(f"{LI} 的密码连续错了 5 次")
    assert not any(
        pin in agency.path.read_text(encoding="utf-8") for pin in (NEW, "another-pin-9", pin_of(LI))
    )


def test_what_changes_nothing_is_no_line(agency, qian):
    before = said(agency)
    take_books(agency.path, qian, [agency.book(QINGSHAN)])
    agency.sign_in(WANG)
    assert said(agency) == before


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("how", ["rewritten", "taken out", "put in"])
def test_a_line_changed_by_hand_is_found(agency, qian, place, how):
    unlock(agency.path, qian, WANG)
    unlock(agency.path, qian, LI)

    def by_hand(now):
        line = replace(now.log[place], words="什么也没有")
        middle = {"rewritten": (line,), "taken out": (), "put in": (now.log[place], line)}[how]
        return replace(now, log=(*now.log[:place], *middle, *now.log[place + 1 :]))

    changed = change_workspace(agency.path, by_hand)
    assert first_broken(changed) == place + (how == "put in")


def test_the_last_line_taken_out_shows_against_a_printed_list(agency, qian):
    """The chain holds then: that is what the printed digest of the last line is for."""
    unlock(agency.path, qian, WANG)
    printed = agency.says.log[-1].digest
    shorter = change_workspace(agency.path, lambda now: replace(now, log=now.log[:-1]))
    assert first_broken(shorter) is None
    assert printed not in [one.digest for one in shorter.log]


def test_the_oldest_lines_go_and_the_chain_holds(agency, monkeypatch):
    monkeypatch.setattr("village_ledger.exchange.agency.agency_log.MOST_EVENTS", 3)
    now = agency.says
    for number in range(5):
        now = logged(now, QIAN, f"第 {number} 行")
    assert [one.words for one in now.log] == ["第 2 行", "第 3 行", "第 4 行"]
    assert now.before != ""
    assert first_broken(now) is None
    assert agency_text.understood("x", agency_text.content_of(now)) == now


def test_the_fullest_log_is_a_file_that_is_read(agency):
    """However long the names: a log must never make a workspace that nobody can open."""
    now = agency.says
    line = logged(now, "管" * 120, "村" * 4000).log[-1]
    assert line.words == "村" * 299 + "…"
    full = replace(now, log=(line,) * agency_text.MOST_EVENTS)
    assert len(agency_text.content_of(full)) < MOST_BYTES
    change_workspace(agency.path, lambda _: full)
    assert len(agency.says.log) == agency_text.MOST_EVENTS


def test_a_file_of_before_the_log_is_read_and_goes_on(agency, qian):
    kept = agency.says
    as_before(agency)
    assert agency.says == replace(kept, log=())
    assert b'"format": 1' in agency.path.read_bytes()
    unlock(agency.path, qian, WANG)
    assert b'"format": 2' in agency.path.read_bytes()
    assert said(agency) == [(QIAN, f"给 {WANG} 解锁")]


@pytest.mark.parametrize(
    "change",
    [
        {"log": [["2025-01-01", QIAN, "x"]]},
        {"log": [["2025-01-01", QIAN, 7, "0" * 64]]},
        {"log": {}},
        {"before": None},
        {"days": [10, 10]},
        {"days": [0, 10, 10, "镇里定的"]},
        {"days": [10, 10, 4000, "镇里定的"]},
        {"days": [10, True, 10, "镇里定的"]},
    ],
)
def test_a_log_and_days_we_never_write(agency, change):
    kept = json.loads(agency.path.read_text(encoding="utf-8")) | change
    kept.pop("digest")
    agency.path.write_text(json.dumps(kept | {"digest": agency_text.digest_of(kept)}), encoding="utf-8")
    with pytest.raises(BadWorkspace, match="缺了内容"):
        read_workspace(agency.path)


# leaving


def test_who_was_dismissed_opens_nothing_with_an_identity_of_before(tmp_path):
    """Neither a book of the staff's nor one without: on another computer the PIN may still be in memory."""
    agency = an_agency(tmp_path, QINGSHAN)
    agency.keep(village_book(tmp_path, HEISHI, staffed=False))
    wang = agency.sign_in(WANG)
    dismiss(agency.path, agency.sign_in(QIAN), WANG)
    for village in (QINGSHAN, HEISHI):
        with pytest.raises(DutyError, match="王秀英 已经离开"):
            enter(agency.path, agency.kept(village), wang)


def test_a_pin_changed_elsewhere_opens_no_book_without_staff(tmp_path):
    agency = an_agency(tmp_path, staffed=False)
    agency.keep(village_book(tmp_path, HEISHI, staffed=False))
    of_before = agency.sign_in(WANG)
    change_pin(agency.path, agency.sign_in(WANG), NEW)
    with pytest.raises(AgencyError, match="密码在别处改过了"):
        enter(agency.path, agency.kept(HEISHI), of_before)


def test_dismissed_again_only_the_books_that_still_know_are_asked(agency, qian, tmp_path):
    away = agency.book(BAIYUN).rename(tmp_path / "在U盘上.vledger")
    first = dismiss(agency.path, qian, WANG)
    assert still_known_in(agency.says, WANG) == [BAIYUN]
    assert leaving_words(WANG, first, [BAIYUN]) == (
        "王秀英 打不开工作区了；1 个村的账簿里离任了；还认得他的：白云村。"
    )
    away.rename(agency.book(BAIYUN))
    second = dismiss(agency.path, qian, WANG)
    assert [(one.book.village, one.count) for one in second] == [(BAIYUN, 1)]
    assert still_known_in(agency.says, WANG) == []
    with pytest.raises(DutyError, match="已经离开"):
        dismiss(agency.path, qian, WANG)


def test_a_villages_own_hand_may_have_done_it_meanwhile(agency, qian, tmp_path):
    away = agency.book(BAIYUN).rename(tmp_path / "在U盘上.vledger")
    dismiss(agency.path, qian, WANG)
    away.rename(agency.book(BAIYUN))
    with agency.village(BAIYUN) as village, village.act(QIAN) as uow:
        staff.dismiss(uow, WANG)
    assert [one.words for one in dismiss(agency.path, qian, WANG)] == ["那里没有登记，或已经离任"]
    assert still_known_in(agency.says, WANG) == []


def test_a_books_last_administrator_has_a_way_out(agency, qian):
    """李建国 dismisses 钱书记, whom both books have as their one administrator: he himself makes another, and then it is done."""
    let_administer(agency.path, qian, LI, yes=True)
    li = agency.sign_in(LI)
    first = dismiss(agency.path, li, QIAN)
    assert all("是这本账唯一的管理员" in one.words and "恢复码" in one.words for one in first)
    with pytest.raises(DutyError, match="已经离开"):
        agency.sign_in(QIAN)
    own = Keyholder(QIAN, pin_of(QIAN))
    sun = add_member(agency.path, li, SUN, pin_of(SUN))
    enrol(agency.path, own, sun, {agency.kept(QINGSHAN).uid: [(Role.ADMINISTRATOR, "")]})
    with open_as(agency.path, agency.kept(QINGSHAN), sun) as book:  # who administers it brings it to hear
        known = book.reader().member(QIAN)
        assert known is not None
        assert known.left_at
    assert still_known_in(agency.says, QIAN) == [BAIYUN]
    assert said(agency)[-1] == (SUN, f"{QIAN} 在青山村的账簿里离任")


def test_who_is_still_here_is_not_dismissed_by_a_village(agency):
    with pytest.raises(DutyError, match="还没有离开工作区"):
        dismiss(agency.path, Keyholder(QIAN, pin_of(QIAN)), WANG)
    assert agency.member(WANG).left_at == ""


def test_a_wrong_pin_of_a_village_ends_nothing_there(agency, qian, tmp_path):
    away = agency.book(BAIYUN).rename(tmp_path / "在U盘上.vledger")
    dismiss(agency.path, qian, WANG)
    away.rename(agency.book(BAIYUN))
    (done,) = dismiss(agency.path, Keyholder(QIAN, "wrong-pin-1"), WANG)
    assert "密码不对" in done.words
    assert still_known_in(agency.says, WANG) == [BAIYUN]

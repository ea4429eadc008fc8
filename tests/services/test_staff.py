"""Staff: who comes, what they may do, how they sign in, and what happens when somebody guesses."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.builders import LI, QIAN, WANG, ZHAO, Village, blank_book, draft, in_file, pin_of
from village_ledger.domain.duty import Duty, Role
from village_ledger.domain.errors import DutyError, LedgerError, NotSignedIn, PinError, ShutOutError
from village_ledger.domain.period import Month
from village_ledger.services import duties
from village_ledger.services.closing import closing
from village_ledger.services.entry import posting
from village_ledger.services.staff import staff
from village_ledger.storage.file.book_file import Access, open_book

RENT = ("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")


@pytest.fixture
def four(village: Village) -> Village:
    """A village with four staff."""
    village.hire_four()
    return village


class Clock:
    """The village's clock, set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = "2027-03-08T09:00:00"
        monkeypatch.setattr("village_ledger.storage.unit_of_work.now_text", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def guess(village: Village, times: int, name: str = WANG) -> LedgerError:
    """Somebody tries wrong PINs; the last refusal."""
    refusals: list[LedgerError] = []
    for _ in range(times):
        with pytest.raises(PinError) as refused:
            staff.sign_in(village.book, name, "000000")
        refusals.append(refused.value)
    return refusals[-1]


# registering


def test_the_first_must_be_an_administrator(village: Village) -> None:
    with pytest.raises(DutyError, match="第一个登记的人要是管理员"):
        village.hire(WANG, "制单")
    assert not village.reader.has_staff()


def test_from_then_on_nobody_acts_without_signing_in(village: Village) -> None:
    village.hire(QIAN, "管理员")
    with pytest.raises(NotSignedIn, match="没有登录"), village.book.unit_of_work(WANG):
        pass


def test_whoever_signed_in_acts_for_nobody_else(four: Village) -> None:
    staff.sign_in(four.book, WANG, pin_of(WANG))
    with pytest.raises(NotSignedIn, match="现在登录的是 王秀英"), four.book.unit_of_work(LI):
        pass


def test_a_name_is_one_person_for_ever(four: Village) -> None:
    with pytest.raises(DutyError, match="已经有“李建国”"):
        four.hire(LI, "审核")
    with pytest.raises(DutyError, match="已经有“李建国”"):
        four.hire(f" {LI} ", "审核")
    four.hire("李建国（二组）", "审核")
    assert four.verify() == []


def test_a_weak_pin_registers_nobody(four: Village) -> None:
    with pytest.raises(PinError, match="容易猜到"), four.act(QIAN) as uow:
        staff.add(uow, "孙丽", "123456", [])
    assert four.reader.member("孙丽") is None


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        (ZHAO, "审核", "出纳不能兼管稽核.*会计基础工作规范"),
        (ZHAO, "记账", "出纳不能兼管稽核"),
        (QIAN, "制单", "管理员管人员和密码.*会计法"),
        (WANG, "出纳", "出纳不能兼管稽核"),
        (WANG, "监督", "监督人员不能是财务会计人员.*集体经济组织法"),
        (LI, "管理员", "管理员管人员和密码"),
    ],
)
def test_roles_that_exclude_each_other_are_refused_with_the_rule(
    four: Village, name: str, role: str, said: str
) -> None:
    with pytest.raises(DutyError, match=said), four.act(QIAN) as uow:
        staff.give_role(uow, name, Role.read(role))


def test_a_role_ends_today_and_the_other_may_begin(four: Village) -> None:
    with four.act(QIAN) as uow:
        staff.take_role(uow, ZHAO, Role.CASHIER)
        staff.give_role(uow, ZHAO, Role.REVIEWER)
    with four.act(ZHAO) as uow:
        duties.require(uow, Duty.REVIEW, "collective")
        with pytest.raises(DutyError, match="角色是审核"):
            duties.require(uow, Duty.CASH)
    assert four.verify() == []


def test_a_role_in_one_ledger_is_none_in_the_other(four: Village) -> None:
    four.hire("孙丽", "制单@committee")
    with pytest.raises(DutyError, match="在这本账里没有制单的角色"):
        four.entered(*RENT, by="孙丽")
    four.entered("2025-03-08", "付电费", "借 5102 60; 贷 1001 60", "committee", by="孙丽")


def test_only_the_administrator_gives_roles(four: Village) -> None:
    for by in (WANG, LI, ZHAO):
        with pytest.raises(DutyError, match="不能管理人员"), four.act(by) as uow:
            staff.give_role(uow, by, Role.REVIEWER)


def test_the_last_administrator_stays(four: Village) -> None:
    with pytest.raises(DutyError, match="最后一个管理员"), four.act(QIAN) as uow:
        staff.dismiss(uow, QIAN)
    four.hire("孙丽", "管理员")
    with four.act("孙丽") as uow:
        staff.dismiss(uow, QIAN)
    assert four.verify() == []


def test_who_has_left_may_nothing_and_keeps_the_name(four: Village) -> None:
    with four.act(QIAN) as uow:
        staff.dismiss(uow, WANG)
    with pytest.raises(DutyError, match="已经离任"):
        staff.sign_in(four.book, WANG, pin_of(WANG))
    assert four.reader.key_wrap(2) is None
    four.hire(WANG, "制单")
    four.entered(*RENT)
    assert four.verify() == []


# PINs


def test_five_wrong_pins_shut_the_door_for_a_growing_while(four: Village, clock: Clock) -> None:
    assert "还可以试 1 次" in guess(four, 4).what
    assert "09:05以前不能再试" in guess(four, 1).what
    with pytest.raises(ShutOutError, match="09:05"):  # not even the right one is looked at
        staff.sign_in(four.book, WANG, pin_of(WANG))
    clock.now = "2027-03-08T09:05:00"
    assert "09:20" in guess(four, 1).what
    clock.now = "2027-03-08T09:20:00"
    assert "10:20" in guess(four, 1).what
    clock.now = "2027-03-08T10:20:00"
    staff.sign_in(four.book, WANG, pin_of(WANG))
    assert "还可以试 4 次" in guess(four, 1).what
    assert four.verify() == []


def test_a_restart_does_not_forgive(four: Village, clock: Clock) -> None:
    guess(four, 5)
    four.book.close()
    with Village(four.path) as again:
        with pytest.raises(ShutOutError, match="09:05"):
            staff.sign_in(again.book, WANG, pin_of(WANG))
        clock.now = "2027-03-09T08:00:00"
        staff.sign_in(again.book, WANG, pin_of(WANG))


def test_the_administrator_unlocks(four: Village, clock: Clock) -> None:
    guess(four, 5)
    assert staff.shut_until(four.reader, WANG, clock.now) == "2027-03-08T09:05:00"
    with four.act(QIAN) as uow:
        staff.unlock(uow, WANG)
    assert staff.shut_until(four.reader, WANG, clock.now) == ""
    staff.sign_in(four.book, WANG, pin_of(WANG))


def test_guessing_is_in_the_log_and_the_pin_is_not(four: Village) -> None:
    guess(four, 2)
    told = "".join(f"{o.action}{o.subject}{o.detail}\n" for o in four.reader.operations())
    assert "密码不对王秀英连续第 2 次" in told
    assert pin_of(WANG) not in told
    assert "000000" not in told


def test_a_stranger_is_told_so(four: Village) -> None:
    with pytest.raises(DutyError, match="人员里没有“路人”"):
        staff.sign_in(four.book, "路人", "258091")


def test_another_pin_wants_the_old_one(four: Village) -> None:
    with pytest.raises(PinError, match="密码不对"):
        staff.change_pin(four.book, WANG, "wrong-1", "qingshan8")
    staff.change_pin(four.book, WANG, pin_of(WANG), "qingshan8")
    staff.sign_in(four.book, WANG, "qingshan8")
    with pytest.raises(PinError):
        staff.sign_in(four.book, WANG, pin_of(WANG))
    assert four.book.data_key() is not None


# recovery


def test_the_sealed_code_sets_a_lost_pin_anew(village: Village) -> None:
    code = village.hire_four()
    guess(village, 5)
    outcome = staff.recover(village.book, WANG, code.lower(), "xin-mima-8")
    assert "重新封存" in outcome.warnings[0]
    staff.sign_in(village.book, WANG, "xin-mima-8")
    assert any(o.action == "用恢复码重设密码" and o.subject == WANG for o in village.reader.operations())
    assert village.verify() == []


def test_a_wrong_code_opens_nothing_and_is_logged(village: Village) -> None:
    village.hire_four()
    with pytest.raises(PinError, match="打错了一处"):
        staff.recover(village.book, WANG, "A" * 25, "xin-mima-8")
    from village_ledger.services.staff.keyring import new_recovery_code

    with pytest.raises(PinError, match="不是这本账现在的恢复码"):
        staff.recover(village.book, WANG, new_recovery_code(), "xin-mima-8")
    assert [o.subject for o in village.reader.operations() if o.action == "恢复码不对"] == [WANG]


def test_a_new_code_voids_the_old(village: Village) -> None:
    old = village.hire_four()
    with village.act(QIAN) as uow:
        new = staff.new_recovery_code(uow).value
    with pytest.raises(PinError, match="不是这本账现在的恢复码"):
        staff.recover(village.book, WANG, old, "xin-mima-8")
    staff.recover(village.book, WANG, new, "xin-mima-8")


def test_the_code_is_nowhere_in_the_file(village: Village) -> None:
    code = village.hire_four()
    village.book.close()
    data = village.path.read_bytes()
    assert code.encode() not in data
    assert code.replace("-", "").encode() not in data


# the data key


def test_the_key_lies_plainly_until_there_are_staff(village: Village) -> None:
    key = village.book.data_key()
    assert key is not None
    village.hire_four()
    assert village.reader.plain_key() is None
    for name in (QIAN, WANG, LI, ZHAO):
        staff.sign_in(village.book, name, pin_of(name))
        assert village.book.data_key() == key
    village.book.sign_off()
    assert village.book.data_key() is None
    village.book.close()
    assert key not in village.path.read_bytes()


def test_a_book_without_a_key_gets_one_at_first_need(tmp_path: Path) -> None:
    path = blank_book(tmp_path)
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER data_key_no_delete")
        raw.execute("DELETE FROM data_key")
    with Village(path) as village:
        village.hire(QIAN, "管理员")
        staff.sign_in(village.book, QIAN, pin_of(QIAN))
        assert village.book.data_key() is not None


# what others do


def test_a_second_person_types_a_pin_for_one_action(four: Village) -> None:
    four.entered(*RENT)
    with pytest.raises(NotSignedIn, match="请 李建国 本人输入密码"), four.act(WANG) as uow:
        posting.post_through(uow, "collective", Month.parse("2025-03").last, LI)
    with pytest.raises(DutyError, match="赵平 的角色是出纳，不能审核"), four.act(WANG) as uow:
        posting.post_through(uow, "collective", Month.parse("2025-03").last, ZHAO)
    staff.sign_in(four.book, WANG, pin_of(WANG))
    staff.confirm(four.book, LI, pin_of(LI))
    with four.act(WANG) as uow:
        assert posting.post_through(uow, "collective", Month.parse("2025-03").last, LI).value == 1
    four.entered(*RENT)
    with pytest.raises(NotSignedIn), four.act(WANG) as uow:
        posting.post_through(uow, "collective", Month.parse("2025-03").last, LI)


def test_a_reopening_is_approved_by_the_chief_in_person(four: Village) -> None:
    january = Month.parse("2025-01")
    with four.act(WANG) as uow:
        closing.close(uow, "collective", january)
    with pytest.raises(DutyError, match="赵平 的角色是出纳，不能批准反结账"), four.act(WANG) as uow:
        closing.reopen(uow, "collective", january, ZHAO, "漏了一张")
    with pytest.raises(NotSignedIn), four.act(WANG) as uow:
        closing.reopen(uow, "collective", january, LI, "漏了一张")
    staff.confirm(four.book, LI, pin_of(LI))
    with four.act(WANG) as uow:
        closing.reopen(uow, "collective", january, LI, "漏了一张")


def test_an_import_that_posts_is_for_books_without_staff(four: Village) -> None:
    vouchers = [in_file(draft(*RENT), 1)]
    with pytest.raises(DutyError, match="不能跳过审核直接记账"):
        four.take_in(*vouchers)
    assert four.take_in(*vouchers, post=False) == 1


def test_a_read_only_book_needs_nobody(four: Village) -> None:
    with open_book(four.path, Access.READ) as book:
        assert [m.name for m in book.reader().staff()] == [QIAN, WANG, LI, ZHAO]


# against raw SQL

TAMPERED = [
    ("UPDATE staff_pin SET failures = 0, shut_until = ''", "输错密码的次数被改过"),
    ("UPDATE staff_pin SET hash = (SELECT hash FROM staff_pin WHERE staff_id = 1)", "密码记录不是本人"),
    (
        "INSERT INTO staff_role VALUES (99, 2, 'reviewer', NULL, '2025-01-01', '')",
        "有一个角色操作日志里没有：审核",
    ),
    (
        "UPDATE staff_role SET until = since WHERE role = 'cashier'",
        "操作日志里的角色账簿里没有：出纳",
    ),
    (
        "INSERT INTO staff VALUES (99, '路人', '2025-01-01T08:00:00', '')",
        "人员 路人.*操作日志里没有登记",
    ),
]


@pytest.mark.parametrize(("sql", "said"), TAMPERED)
def test_what_raw_sql_gives_itself_is_found(four: Village, sql: str, said: str) -> None:
    guess(four, 2)
    assert four.verify() == []
    with four.raw() as raw:
        raw.execute(sql)
    import re

    assert any(re.search(said, finding.sentence()) for finding in four.verify())


REFUSED = [
    ("INSERT INTO staff_role VALUES (99, 2, 'cashier', NULL, '2025-01-01', '')", "不相容"),
    ("INSERT OR REPLACE INTO staff_role VALUES (1, 2, 'reviewer', NULL, '2025-01-01', '')", "角色不对"),
    ("INSERT INTO staff_role VALUES (99, 2, 'king', NULL, '2025-01-01', '')", "角色不对"),
    ("UPDATE staff_role SET role = 'chief' WHERE id = 2", "不能改"),
    ("UPDATE staff_role SET until = '2099-01-01' WHERE role = 'administrator'", "最后一个管理员"),
    ("DELETE FROM staff_role", "不能删除"),
    ("DELETE FROM staff", "不能删除"),
    ("UPDATE staff SET name = '别人' WHERE id = 2", "姓名不能改"),
    ("UPDATE staff SET left_at = '2026' WHERE id = 2", "先收回"),
    ("INSERT OR REPLACE INTO staff VALUES (2, '别人', '2025', '')", "登记过"),
    ("DELETE FROM staff_pin", "不能删除"),
    ("UPDATE staff_pin SET hash = 'plain'", "不能这样改"),
    ("UPDATE data_key SET plain = zeroblob(32)", "数据密钥不能改"),
    ("DELETE FROM key_wrap WHERE holder = 0", "离任人员"),
]


@pytest.mark.parametrize(("sql", "said"), REFUSED)
def test_the_database_itself_refuses(four: Village, sql: str, said: str) -> None:
    with four.raw() as raw, pytest.raises(sqlite3.IntegrityError, match=said):
        raw.execute(sql)


def test_raw_sql_neither_reviews_nor_posts_for_a_stranger(four: Village) -> None:
    four.entered(*RENT)
    with four.raw() as raw:
        with pytest.raises(sqlite3.IntegrityError, match="审核的人没有登记"):
            raw.execute("UPDATE voucher SET state = 'reviewed', reviewed_by = '路人'")
        raw.execute(
            "UPDATE voucher SET state = 'reviewed', reviewed_by = '赵平', reviewed_at = '2026-12-01T08:00:00'"
        )
    assert any("赵平 在 2026-12-01 审核凭证，那天没有这个角色" in f.sentence() for f in four.verify())


def test_an_old_book_is_upgraded_and_takes_staff(tmp_path: Path) -> None:
    path = tmp_path / "旧账.vledger"
    shutil.copyfile(Path(__file__).parents[1] / "old_books" / "format1.vledger", path)
    with Village(path) as old:
        old.hire_four()
        staff.sign_in(old.book, WANG, pin_of(WANG))
        assert old.book.data_key() is not None
        assert old.verify() == []

"""Whoever changes the register behind the program's back is found out, and the person is named (V60)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.builders import WANG, Village, pin_of
from tests.storage.test_verify import forge
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.new_person import NewPerson
from village_ledger.services.book import verification
from village_ledger.services.people import people
from village_ledger.services.staff import staff
from village_ledger.storage.file.book_file import Access, open_book

ZHANG = NewPerson(
    "张三",
    "001",
    "户主",
    id_number="510903198001010011",
    status=Status.MEMBER,
    reason=Reason.REGISTERED,
    confirmed_on=date(2019, 11, 30),
    phone="13800001111",
    bank="农商行",
    bank_account="6228480000000000018",
)
LI = NewPerson(
    "李四",
    "001",
    "配偶",
    id_number="510903199912310028",
    status=Status.MEMBER,
    reason=Reason.REGISTERED,
    confirmed_on=date(2019, 11, 30),
)
SON = NewPerson("张小", "001", "子", status=Status.MEMBER, reason=Reason.REGISTERED, no_number="从没办过证")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """张三's household: he died in March, the son lives under a number of his own since; it verifies."""
    with Village.found(tmp_path_factory.mktemp("register")) as village:
        for one in (ZHANG, LI, SON):
            with village.act() as uow:
                people.add(uow, one, "改革时的名册")
        with village.act() as uow:
            people.record_death(uow, "001/张三", date(2025, 3, 8), "死亡证明")
            people.set_head(uow, "001/李四", date(2025, 3, 9), "户口簿")
            son = uow.reader.person_at("001/张小")
            people.move_household(uow, son, "009", date(2025, 5, 1), "分户协议", new_household=True)
        assert village.verify() == []
        return village.path


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE person_fact SET value = '李思' WHERE person_id = 2 AND field = 'name'", "李思：人员资料第"),
        ("UPDATE residence SET relation = '女儿' WHERE person_id = 2", "李四：迁户登记第"),
        ("UPDATE household SET code = '002' WHERE code = '001'", "户第 1 条和登记时不同"),
        ("UPDATE member_status SET entered_by = '赵平' WHERE person_id = 2", "成员身份登记第"),
        ("DELETE FROM residence WHERE person_id = 3", "登记过，现在没有了"),
        ("DELETE FROM people_chain WHERE seq = 3", "在第 3 节断开"),
        ("DELETE FROM people_chain WHERE seq = (SELECT max(seq) FROM people_chain)", "不是照规矩登记的"),
        ("UPDATE people_chain SET digest = zeroblob(32) WHERE seq = 3", "和登记时不同"),
        ("UPDATE person_fact SET value = '' WHERE person_id = 2 AND field = 'name'", "没有姓名"),
        ("UPDATE member_status SET reason = 'divorce' WHERE person_id = 2", "没有法定的理由"),
        ("UPDATE member_status SET status = 'withdrawn' WHERE person_id = 2", "没有法定的理由"),
        ("UPDATE member_status SET retained_until = '2001-01-01' WHERE person_id = 2", "保留权利"),
        ("UPDATE member_status SET effective = '2019-02-30' WHERE person_id = 2", "生效日期不是日期"),
        ("UPDATE person_fact SET value = '2025-3-8' WHERE field = 'death'", "日期读不出来"),
        ("UPDATE person_fact SET value = '2025-04-08' WHERE field = 'death'", "和死亡日期不符"),
        ("DELETE FROM person_fact WHERE field = 'death'", "应为 没有死亡"),
        ("DELETE FROM member_status WHERE status = 'lost'", "名册上仍是成员"),
        ("UPDATE person_fact SET value = '1970-01-01' WHERE field = 'death'", "早于出生日期 1980-01-01"),
        (
            "UPDATE person_fact SET value = '李四' WHERE person_id = 3 AND field = 'name'",
            "有两个人叫这个名字",
        ),
        ("UPDATE person_fact SET token = NULL WHERE person_id = 2 AND field = 'id_number'", "没有按规定加密"),
        ("UPDATE person_fact SET value = '男', token = zeroblob(32) WHERE field = 'sex'", "没有按规定加密"),
        (
            "UPDATE person_fact SET sealed = NULL, token = NULL, value = '13800001111' WHERE field = 'phone'",
            "电话没有按规定加密",
        ),
        (
            "UPDATE person_fact SET token = zeroblob(32) WHERE person_id = 2 AND field = 'id_number'",
            "标记不符",
        ),
        (
            (
                "UPDATE person_fact SET sealed = (SELECT sealed FROM person_fact WHERE field = 'phone') "
                "WHERE field = 'bank_account'"
            ),
            "银行账号解不开",
        ),
        (
            (
                "UPDATE person_fact SET sealed = (SELECT sealed FROM person_fact WHERE person_id = 2 AND field = 'id_number') "
                "WHERE person_id = 1 AND field = 'id_number'"
            ),
            "身份证号解不开",
        ),
        (
            "UPDATE person_fact SET person_id = 3 WHERE person_id = 1 AND field = 'id_number'",
            "身份证号解不开",
        ),
    ],
)
def test_what_does_not_fit_is_found(register: Path, tmp_path: Path, statement: str, said: str) -> None:
    found = forge(register, tmp_path / "改过.vledger", statement)
    assert {finding.rule for finding in found} == {"V60"}, [one.sentence() for one in found]
    assert any(said in finding.sentence() for finding in found), [one.sentence() for one in found]


def test_the_same_number_of_two_of_the_living(register: Path, tmp_path: Path) -> None:
    """Copied with its token to somebody else: it does not open there, and two have it."""
    found = forge(
        register,
        tmp_path / "改过.vledger",
        "INSERT INTO person_fact (person_id, field, value, sealed, token, effective, basis, entered_by, entered_at) "
        "SELECT 3, field, value, sealed, token, effective, basis, entered_by, entered_at FROM person_fact "
        "WHERE person_id = 2 AND field = 'id_number'",
    )
    assert [one.sentence().split("：")[1] for one in found] == [
        "人员资料第 15 条不是照规矩登记的",
        "身份证号和成员名册 李四的相同",
        "身份证号解不开，不是用这本账的密钥给这个人加密的",
    ]


def test_a_flipped_bit_of_what_is_sealed(register: Path, tmp_path: Path) -> None:
    """The bytes on the disk, not SQL: the number opens no more."""
    forged = Path(shutil.copyfile(register, tmp_path / "翻转.vledger"))
    with open_book(register, Access.READ) as book:
        sealed = book.reader().sealed_number(1, "bank_account")
    assert sealed is not None
    raw = bytearray(forged.read_bytes())
    at = raw.find(sealed)
    assert at > 0
    raw[at + len(sealed) // 2] ^= 1
    forged.write_bytes(raw)
    assert [finding.text for finding in verification.verify(forged)] == [
        "人员资料第 7 条和登记时不同",
        "银行账号解不开，不是用这本账的密钥给这个人加密的",
    ]


def test_without_the_key_numbers_are_judged_from_outside(register: Path, tmp_path: Path) -> None:
    """In a book with staff nobody need sign in to look it over; what only the key can tell waits for it."""
    path = Path(shutil.copyfile(register, tmp_path / "有人员.vledger"))
    with Village(path) as village:
        village.hire_four()
        assert village.verify() == []
    swapped = (
        "UPDATE person_fact SET sealed = (SELECT sealed FROM person_fact WHERE field = 'phone') "
        "WHERE field = 'bank_account'"
    )
    forged = tmp_path / "改过.vledger"
    assert [one.sentence() for one in forge(path, forged, swapped)] == [
        "[V60] 成员名册 张三：人员资料第 7 条和登记时不同"
    ]
    with open_book(forged, Access.WRITE, WANG) as book:
        staff.sign_in(book, WANG, pin_of(WANG))
        assert [finding.text for finding in verification.inspect(book)] == [
            "人员资料第 7 条和登记时不同",
            "银行账号解不开，不是用这本账的密钥给这个人加密的",
        ]
    assert forge(
        path, tmp_path / "短.vledger", "UPDATE person_fact SET sealed = zeroblob(20) WHERE field = 'phone'"
    )


def test_a_death_put_right_leaves_no_finding(register: Path, tmp_path: Path) -> None:
    with Village(Path(shutil.copyfile(register, tmp_path / "更正.vledger"))) as village:
        for day in (date(2025, 3, 6), date(2025, 3, 7), None):
            with village.act() as uow:
                people.correct_death(uow, "001/张三", day, "派出所更正")
            assert village.verify() == [], day
        assert village.reader.person_at("001/张三").is_member

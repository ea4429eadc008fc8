"""One person entered twice: found by the number's token, by name and day of birth, and both places named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import WANG, Village, pin_of
from tests.exchange.files import write_csv
from tests.shares.clerk import MEMBERS, identity
from village_ledger.domain.errors import ImportRefused, MemberError
from village_ledger.domain.new_person import NewPerson
from village_ledger.exchange.people.import_members import import_members
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.people import people
from village_ledger.services.staff import staff

BORN = date(1988, 6, 12)
NUMBER, OTHER = identity(342, "19880612"), identity(4, "19880612")
SAID = "037/李小琼 和 041/李小琼 姓名、出生日期都相同，请核对是不是同一个人登记了两次。"


def enter(village: Village, household: str, **more: object) -> tuple[str, ...]:
    with village.act() as uow:
        new = NewPerson("李小琼", household, "儿媳", no_number="补办中", **more)  # pyright: ignore[reportArgumentType]  its own fields
        return people.add(uow, new, "名册").warnings


@pytest.mark.parametrize("first", [{"id_number": NUMBER}, {"birth": BORN}])
def test_one_name_and_one_day_of_birth_are_said(village: Village, first: dict[str, object]) -> None:
    assert enter(village, "037", **first) == ()
    assert enter(village, "041", birth=BORN) == (SAID,)
    for level in ("L0", "L1"):
        assert SAID in make(village.reader, "member-register", ReportRequest(level=level)).notes
    assert SAID not in make(village.reader, "member-register", ReportRequest(level="L2")).notes


def test_two_numbers_are_two_people_and_another_day_is_another_person(village: Village) -> None:
    enter(village, "037", id_number=NUMBER)
    assert enter(village, "041", id_number=OTHER) == ()
    assert enter(village, "042", birth=date(1988, 6, 13)) == ()


def test_the_dead_are_not_asked_about(village: Village) -> None:
    enter(village, "037", birth=BORN)
    with village.act() as uow:
        people.record_death(uow, "037/李小琼", date(2025, 1, 2), "死亡证明")
    assert enter(village, "041", birth=BORN) == ()


def test_one_number_is_one_person_in_a_file_too(village: Village, tmp_path: Path) -> None:
    enter(village, "037", id_number=NUMBER)
    row = ("041", "李小琼", "李小琼", "户主", "女", NUMBER, "是", "2020-01-01", "")
    with village.act() as uow, pytest.raises(ImportRefused) as refused:
        import_members(uow, write_csv(tmp_path / "名册.csv", [row], MEMBERS))
    assert "第2行" in refused.value.faults[0]
    assert NUMBER not in "".join(refused.value.faults)


def test_an_import_says_who_is_like_whom(village: Village, tmp_path: Path) -> None:
    enter(village, "037", birth=BORN)
    row = ("041", "李小琼", "李小琼", "户主", "女", NUMBER, "是", "2020-01-01", "")
    with village.act() as uow:
        done = import_members(uow, write_csv(tmp_path / "名册.csv", [row], MEMBERS))
    assert SAID in done.warnings


def test_with_staff_the_token_tells_for_whoever_has_signed_in(village: Village) -> None:
    """Nobody can write a number without the key; who signs in has it, and the other is named."""
    enter(village, "037", id_number=NUMBER)
    village.hire_four()
    staff.sign_in(village.book, WANG, pin_of(WANG))
    with pytest.raises(MemberError, match="与 037/李小琼 相同，同一个人只登记一次"):
        enter(village, "041", id_number=NUMBER)
    village.book.sign_off()
    assert len(village.reader.number_tokens()) == 1

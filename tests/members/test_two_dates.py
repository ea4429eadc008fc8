"""Every fact has two dates: the register of a day, as it was known on that day or as it was put right later."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village
from tests.shares.clerk import command
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.people import people
from village_ledger.storage.file.book_file import Access, open_book

APRIL = date(2026, 4, 30)
ZHANG, LI = "510903198001010011", "510903199912310028"


class Clock:
    """The village's clock, set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = "2026-01-10T09:00:00"
        monkeypatch.setattr("village_ledger.storage.unit_of_work.now_text", lambda: self.now)


@pytest.fixture
def told(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """张三 and 李四 in January; in June it is told that 张三 died in April and 李四 moved in March, and a number is put right."""
    clock = Clock(monkeypatch)
    confirmed = {"status": Status.MEMBER, "reason": Reason.REGISTERED, "confirmed_on": date(2019, 11, 30)}
    with village.act() as uow:
        people.add(uow, NewPerson("张三", "001", "户主", id_number=ZHANG, **confirmed), "名册")
        people.add(uow, NewPerson("李四", "001", "配偶", id_number=LI, **confirmed), "名册")
    clock.now = "2026-06-15T10:30:00"
    with village.act() as uow:
        people.record_death(uow, "001/张三", date(2026, 4, 20), "死亡证明")
        li = uow.reader.person_at("001/李四")
        people.move_household(uow, li, "009", date(2026, 3, 1), "分户协议", new_household=True)
        people.correct(uow, "009/李四", "id_number", "51090319850615001X", "身份证")
    return village


def shown(village: Village, day: date | None, known_on: date | None) -> list[tuple[str, bool]]:
    return [(one.key, one.is_member) for one in village.reader.people(day, known_on)]


def test_what_was_told_later_was_not_known_then(told: Village) -> None:
    assert shown(told, APRIL, date(2026, 5, 31)) == [("001/张三", True), ("001/李四", True)]
    assert shown(told, APRIL, date(2026, 6, 14)) == [("001/张三", True), ("001/李四", True)]
    assert shown(told, APRIL, date(2026, 6, 15)) == [("001/张三", False), ("009/李四", True)]
    assert shown(told, APRIL, None) == [("001/张三", False), ("009/李四", True)]


def test_what_holds_later_holds_no_earlier_for_being_known(told: Village) -> None:
    assert shown(told, date(2026, 2, 1), None) == [("001/张三", True), ("001/李四", True)]
    assert shown(told, None, date(2026, 1, 9)) == []


def test_a_number_put_right_is_the_old_one_as_known_before(told: Village) -> None:
    everybody = told.reader.people(APRIL)
    before = people.numbers_read(told.reader, everybody, day=APRIL, known_on=date(2026, 6, 14))
    after = people.numbers_read(told.reader, everybody, day=APRIL)
    li = told.reader.person_at("009/李四").id
    assert (before[li], after[li]) == (LI, "51090319850615001X")


def test_the_report_says_which_two_days_it_speaks_of(told: Village) -> None:
    path: Path = told.path
    told.book.close()
    asked = ("report", path, "member-register", "--as-of", "2026-04-30")
    then = json.loads(command(*asked, "--known-on", "2026-05-31").out)
    assert [(row["household"], row["name"], row["member"]) for row in then["rows"]] == [
        ("001", "张三", "是"),
        ("001", "李四", "是"),
    ]
    request = ReportRequest(span=Span(date(2026, 1, 1), APRIL), known_on=date(2026, 5, 31))
    with open_book(path, Access.READ) as book:
        table = make(book.reader(), "member-register", request)
    assert table.subtitle == "截至 2026-04-30，照 2026-05-31 为止登记的"
    now = json.loads(command(*asked).out)
    assert [(row["household"], row["name"], row["member"]) for row in now["rows"]] == [
        ("001", "张三", "否"),
        ("009", "李四", "是"),
    ]

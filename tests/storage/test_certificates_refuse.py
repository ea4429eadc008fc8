"""Raw SQL against share certificates, and what verify finds where it was let through."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.certificate import (
    ENDED,
    ISSUED,
    CertificateContent,
    Certified,
    ClassLine,
    certificate_number,
    group_digits,
)
from village_ledger.storage.certificates.register import CertificatesRegister
from village_ledger.storage.people.register import PeopleRegister

REFUSED = {
    "a second valid one": "INSERT INTO share_certificate VALUES (9, 'x', 1, 2, '2025-05-01', '{}', 'AAAABBBBCCCC', 'm', 'x')",
    "a number taken": (
        "INSERT INTO share_certificate VALUES (9, '青股 001-01', 1, 1, '2025-05-01', '{}', 'AAAABBBBCCCC', 'm', 'x')"
    ),
    "no such household": "INSERT INTO share_certificate VALUES (9, 'x', 1, 7, '2025-05-01', '{}', 'AAAABBBBCCCC', 'm', 'x')",
    "one before the old one ended": (
        "INSERT INTO share_certificate VALUES (9, 'x', 1, 1, '2025-03-31', '{}', 'AAAABBBBCCCC', 'm', 'x')"
    ),
    "a day that is none": "INSERT INTO share_certificate VALUES (9, 'x', 1, 1, '2025-5-1', '{}', 'AAAABBBBCCCC', 'm', 'x')",
    "replace one": "REPLACE INTO share_certificate VALUES (2, 'x', 1, 2, '2025-05-01', '{}', 'AAAABBBBCCCC', 'm', 'x')",
    "rewrite one": "UPDATE share_certificate SET content = '{}'",
    "delete one": "DELETE FROM share_certificate WHERE id = 2",
    "end one twice": "INSERT INTO share_certificate_end VALUES (1, '2025-05-01', 'void', '', 'm', 'x')",
    "end one before it began": "INSERT INTO share_certificate_end VALUES (2, '2025-01-01', 'void', '', 'm', 'x')",
    "end one that is not there": "INSERT INTO share_certificate_end VALUES (9, '2025-05-01', 'void', '', 'm', 'x')",
    "forget an end": "DELETE FROM share_certificate_end",
    "change an end": "UPDATE share_certificate_end SET why = 'lost'",
}
"""Certificate 1 of household 1 ended on 2025-04-01, certificate 2 of household 2 is valid."""


@pytest.fixture
def issued(village: Village) -> Village:
    with village.act() as uow:
        for code in ("001", "002"):
            PeopleRegister(uow).add_household(code, date(2025, 1, 1), "名册")
        register = CertificatesRegister(uow)
        for place, day in ((1, "2025-03-01"), (2, "2025-03-02")):
            content = said(place, day)
            register.issue(COLLECTIVE, place, content, uow.reader.book().uid)
            uow.log.add(
                ISSUED, ledger=COLLECTIVE, subject=content.number, detail=content.code(uow.reader.book().uid)
            )
        register.end(1, date(2025, 4, 1), "returned", "")
        uow.log.add(ENDED, ledger=COLLECTIVE, subject="青股 001-01")
    return village


def said(place: int, day: str) -> CertificateContent:
    return CertificateContent(
        number=f"青股 00{place}-01",
        entity="青山村股份经济合作社",
        household=f"00{place}",
        group="",
        head="周德明",
        day=day,
        classes=(ClassLine("人口股", 2, 3834),),
        people=(Certified(1, "周德明", "户主", (1834,)), Certified(2, "周建军", "子", (2000,))),
    )


def test_an_honest_book_proves(issued: Village):
    assert issued.verify() == []
    first, second = issued.reader.certificates()
    assert (first.number, first.ended, first.why) == ("青股 001-01", date(2025, 4, 1), "returned")
    assert second.ended is None
    assert CertificateContent.from_json(second.content) == said(2, "2025-03-02")
    assert issued.reader.valid_certificate("001") is None
    assert issued.reader.valid_certificate("002") == second


@pytest.mark.parametrize("act", REFUSED)
def test_raw_sql_is_refused(issued: Village, act: str):
    with issued.raw() as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(REFUSED[act])
    assert issued.verify() == []


TAMPERED = {
    "UPDATE share_certificate SET content = replace(content, '1834', '1934') WHERE id = 2": "和校验码不符",
    "UPDATE share_certificate SET code = 'AAAABBBBCCCC' WHERE id = 2": "和发证时的校验码不符",
    "UPDATE share_certificate SET day = '2025-03-09' WHERE id = 2": "登记的不符",
    "DELETE FROM share_certificate WHERE id = 2": "册里没有这本证",
    "DELETE FROM share_certificate_end": "收回的记录和操作日志不符",
    "UPDATE share_certificate SET household_id = 2, id = 3 WHERE id = 1": "一户只能有一本",
}


@pytest.mark.parametrize("act", TAMPERED)
def test_verify_names_what_was_done_behind_the_triggers(issued: Village, act: str):
    with issued.raw() as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'share_certificate%'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(act)
        connection.commit()
    found = [finding for finding in issued.verify() if finding.rule == "V66"]
    assert any(TAMPERED[act] in finding.text for finding in found), found


# Numbers


@pytest.mark.parametrize(
    ("group", "digits"),
    [
        ("2组", "2"),
        ("第12村民小组", "12"),
        ("二组", "2"),
        ("十组", "10"),
        ("十二组", "12"),
        ("三十一组", "31"),
        ("", ""),
        ("河边组", ""),
    ],
)
def test_the_number_of_a_group(group: str, digits: str):
    assert group_digits(group) == digits


def test_numbers_count_on_from_the_highest_of_the_household():
    assert certificate_number("青山村", "2组", "017", []) == "青股 2017-01"
    assert (
        certificate_number("青山村", "2组", "17", ["青股 2017-01", "青股 2017-02", "青股 2018-09"])
        == "青股 2017-03"
    )

"""The member register filed with the township and the county: as it stood, for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import WANG
from tests.shares.clerk import BY, command
from tests.shares_village import ShareVillage
from tests.storage.test_verify import forge
from village_ledger.domain.errors import MemberError
from village_ledger.services.people import people, register_filing

JULY = date(2025, 7, 1)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """Three members of two households; 李四 died in August, which nobody has told in July."""
    with ShareVillage.found(tmp_path) as found:
        found.people("001 张三 李四", "002 王五")
        yield found


def filed(village: ShareVillage, office: str, day: date, as_of: date | None = None) -> str:
    with village.act() as uow:
        return register_filing.file_register(uow, office, day, as_of, "回执 12 号").value.digest


def test_it_says_the_same_to_both_offices_and_another_thing_after_a_change(village: ShareVillage) -> None:
    first = filed(village, "township", JULY)
    assert filed(village, "county", date(2025, 7, 3), JULY) == first
    village.dies("001/李四", "2025-08-02")
    assert filed(village, "township", JULY) == first
    assert filed(village, "township", date(2025, 9, 1)) != first
    assert village.verify() == []


def test_what_is_put_right_afterwards_leaves_what_was_filed(village: ShareVillage) -> None:
    """A death before July, told in September: the register of July was filed without it and stays so."""
    first = filed(village, "township", JULY)
    village.dies("001/李四", "2025-06-02")
    assert filed(village, "township", JULY) != first
    one, other = village.reader.filings()
    stood = register_filing.standing(village.reader, other.as_of, other.read_to, one)
    assert ([x.name for x in stood.went], len(stood.members)) == (["李四"], 2)
    assert len(register_filing.standing(village.reader, one.as_of, one.read_to, None).members) == 3
    assert village.verify() == []


@pytest.mark.parametrize(
    ("office", "day", "as_of", "said"),
    [
        ("province", JULY, None, "没有“province”这样的备案机关"),
        ("county", date(2199, 1, 1), None, "还没有到"),
        ("county", JULY, date(2025, 7, 2), "晚于报送日期"),
        ("county", date(2018, 1, 1), None, "还没有成员"),
    ],
)
def test_what_cannot_be_filed_is_refused(
    village: ShareVillage, office: str, day: date, as_of: date | None, said: str
) -> None:
    with pytest.raises(MemberError, match=said):
        filed(village, office, day, as_of)
    assert village.reader.filings() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person_fact SET value = '王六' WHERE value = '王五'",
        "UPDATE member_status SET effective = '2020-01-01' WHERE person_id = 3",
        "UPDATE residence SET household_id = 1 WHERE person_id = 3",
        "UPDATE register_filing SET as_of = '2019-01-01'",
        "DELETE FROM residence WHERE person_id = 2",
    ],
)
def test_a_register_changed_behind_it_no_longer_reads_as_filed(
    village: ShareVillage, tmp_path: Path, statement: str
) -> None:
    filed(village, "township", JULY)
    village.book.close()
    found = forge(village.path, tmp_path / "改过.vledger", statement)
    assert {one.rule for one in found} == {"V60"}
    assert "成员名册 2025-07-01 报乡镇备案：名册和备案时不同" in found[-1].sentence()


def test_by_command_and_on_paper(village: ShareVillage, tmp_path: Path) -> None:
    village.book.close()
    options = ("--office", "township", "--date", "2025-07-01", "--note", "回执 12 号", *BY)
    answer = command("member", village.path, "file-register", *options)
    assert answer.code == 0, answer.said
    assert answer.said == "登记好了：截至 2025-07-01 的成员名册已报乡镇备案。\n"
    death = ("--person", "001/李四", "--date", "2025-08-02", "--basis", "死亡证明", *BY)
    assert command("member", village.path, "death", *death).code == 0
    shown = json.loads(command("report", village.path, "register-filing").out)
    told = [(row["office"], row["members"], row["went"], row["by"]) for row in shown["rows"]]
    assert told == [("乡镇", 3, "", WANG), ("现在的名册", 2, "1 人：001/李四", "")]
    assert shown["rows"][0]["digest"].lower() == answer.out.strip()
    assert shown["warnings"] == [
        "2025-07-01 报乡镇备案以后，名册又变动了，要再报一次。",
        "还没有报过县级农业农村部门备案。",
    ]
    then = json.loads(command("report", village.path, "register-filing", "--as-of", "2025-07-31").out)
    assert then["warnings"] == ["还没有报过县级农业农村部门备案。"]
    assert command("report", village.path, "register-filing", "-o", tmp_path / "备案表.pdf").code == 0


def test_a_later_number_is_part_of_what_is_filed(village: ShareVillage) -> None:
    """By its token: two filings differ, and neither knows the number."""
    first = filed(village, "township", JULY)
    with village.act() as uow:
        people.correct(uow, "002/王五", "id_number", "51090319850615001X", "身份证")
    assert filed(village, "township", JULY) != first
    assert village.verify() == []

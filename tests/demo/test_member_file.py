"""The demonstration village's 62 households and 214 people."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from tests.demo.village_files import DEMO, read_csv, settings, vouchers

PEOPLE = read_csv(DEMO / "members.csv")
HEADER = ["户编号", "户主", "姓名", "与户主关系", "性别", "证件号码", "是否成员", "成员确认日期", "备注"]
UNASSIGNED_AREA = "519904"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def born(person: dict[str, str]) -> date:
    digits = person["证件号码"][6:14]
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def test_there_are_62_households_and_214_people_with_names_of_their_own():
    assert list(PEOPLE[0]) == HEADER
    assert [f"{number:03d}" for number in range(1, 63)] == sorted({person["户编号"] for person in PEOPLE})
    assert len(PEOPLE) == len({person["姓名"] for person in PEOPLE}) == 214
    village = settings("demo", "village.toml")["village"]
    assert (village["households"], village["people"]) == (62, 214)


def test_each_household_has_one_head_who_is_named_on_all_its_rows():
    households: dict[str, list[dict[str, str]]] = defaultdict(list)
    for person in PEOPLE:
        households[person["户编号"]].append(person)
    for members in households.values():
        [head] = [person for person in members if person["与户主关系"] == "户主"]
        assert {person["户主"] for person in members} == {head["姓名"]}
        assert len({person["备注"] for person in members}) == 1


def test_identity_numbers_check_but_belong_to_nobody():
    assert len({person["证件号码"] for person in PEOPLE}) == 214
    for person in PEOPLE:
        number = person["证件号码"]
        assert number.startswith(UNASSIGNED_AREA)
        remainder = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
        assert number[17] == "10X98765432"[remainder], number
        assert (int(number[16]) % 2 == 1) == (person["性别"] == "男")
        assert date(1930, 1, 1) < born(person) < date(2025, 1, 1)


def test_relations_agree_with_sex_and_age():
    head_of = {person["户编号"]: person for person in PEOPLE if person["与户主关系"] == "户主"}
    sex_of = {"子": "男", "孙子": "男", "女": "女", "儿媳": "女", "孙女": "女", "母亲": "女"}
    for person in PEOPLE:
        relation = person["与户主关系"]
        years = born(person).year - born(head_of[person["户编号"]]).year
        assert person["性别"] == sex_of.get(relation, person["性别"])
        if relation in {"子", "女"}:
            assert 20 <= years <= 45, person
        if relation in {"孙子", "孙女"}:
            assert years >= 40, person
        if relation == "母亲":
            assert years <= -18, person


def test_everyone_was_confirmed_after_birth_and_before_the_year():
    for person in PEOPLE:
        assert person["是否成员"] == "是"
        assert born(person) < date.fromisoformat(person["成员确认日期"]) < date(2025, 1, 1)


def test_some_names_have_characters_rarely_found_in_fonts():
    rare = {
        character
        for person in PEOPLE
        for character in person["姓名"]
        if not "\u4e00" <= character <= "\u9fff"
    }
    assert rare == {"\u36c3", "\u4dae", "\U0002cb4e"}


def test_the_elders_of_the_festival_are_those_of_the_register():
    festival = date(2025, 10, 29)
    elders = [person for person in PEOPLE if born(person) <= festival.replace(year=1965)]
    summaries = [line.summary for voucher in vouchers("collective") for line in voucher.lines]
    assert any(summary.startswith("重阳节慰问") and f"（{len(elders)}人×" in summary for summary in summaries)


def test_levy_by_household_follows_the_register():
    size = Counter(person["户主"] for person in PEOPLE)
    levied = {
        line.counterparty: line.debit
        for voucher in vouchers("collective")
        for line in voucher.lines
        if line.account == "11302" and line.debit
    }
    assert levied == {head: people * 30_00 for head, people in size.items()}

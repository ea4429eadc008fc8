"""The member register from a clean file: all of it, or nothing and every fault named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village
from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.exchange.people.import_members import import_members
from village_ledger.services.outcome import Outcome
from village_ledger.services.people.people import number_of

HEADER = "户编号,户主,姓名,与户主关系,性别,证件号码,是否成员,成员确认日期,备注"
ZHANG = "001,张三,张三,户主,男,510903198001010011,是,2019-11-30,"
LI = "001,张三,李四,配偶,女,510903199912310028,是,2019/11/30,"
BABY = "001,张三,张小宝,长子,男,,是,2024-12-20,新生儿"
WANG = "002,王五,王五,户主,男,51090319850615001x,否,,在外工作"


def taken(village: Village, folder: Path, *rows: str) -> Outcome[int]:
    file = folder / "名册.csv"
    file.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    with village.act() as uow:
        return import_members(uow, file)


def faults(village: Village, folder: Path, *rows: str) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        taken(village, folder, *rows)
    assert not village.reader.people()
    return refused.value.faults


def test_every_row_is_a_person_of_a_household(village: Village, tmp_path: Path) -> None:
    assert taken(village, tmp_path, ZHANG, LI, BABY, WANG).value == 4
    households = village.reader.households()
    assert [(x.code, x.head, len(x.people)) for x in households] == [("001", "张三", 3), ("002", "王五", 1)]
    li = village.reader.person_at("001/李四", date(2025, 1, 1))
    assert (li.relation, li.sex, li.birth, li.is_member, li.confirmed_on) == (
        "配偶",
        "女",
        date(1999, 12, 31),
        True,
        date(2019, 11, 30),
    )
    assert not village.reader.person_at("001/李四", date(2019, 11, 29)).is_member
    assert not village.reader.person_at("002/王五").is_member


def test_numbers_lie_sealed_in_the_file(village: Village, tmp_path: Path) -> None:
    taken(village, tmp_path, ZHANG, WANG)
    wang = village.reader.person_at("002/王五")
    assert number_of(village.book, wang.id) == "51090319850615001X"
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("*.vledger*"))
    assert b"51090319850615001" not in raw
    assert b"510903198001010011" not in raw


def test_a_number_of_fifteen_digits_is_taken_with_a_notice(village: Village, tmp_path: Path) -> None:
    done = taken(village, tmp_path, ZHANG.replace("510903198001010011", "510903800101001"))
    assert number_of(village.book, village.reader.person_at("001/张三").id) == "510903198001010011"
    assert any("15 位的旧号" in said for said in done.warnings)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (ZHANG.replace("010011", "010012"), "校验码不对"),
        (ZHANG.replace("510903198001010011", "510923200502290010"), "2005-02-29 不存在"),
        (ZHANG.replace("510903198001010011", "51090319800101001"), "有 17 位"),
        (ZHANG.replace("510903198001010011", "5.10903E+17"), "应是 18 位"),
        (ZHANG.replace("510903198001010011", "5109031980010100A1"), "不该有的字符"),
        (ZHANG.replace(",是,", ",也许,"), "“也许”看不懂"),
        (ZHANG.replace("2019-11-30", "2019.11.30"), "2019-11-30 的样子"),
        (ZHANG.replace("2019-11-30", "1979-11-30"), "早于出生日期"),
        (ZHANG.replace(",男,", ",甲,"), "不是男或女"),
        (LI.replace("李四", ""), "没有写姓名"),
        (ZHANG.replace("001,张三", "001,张二"), "户主一栏写的是张二"),
        (ZHANG.replace("510903198001010011", "510903203001010014"), "还没有到"),
    ],
)
def test_what_cannot_be_is_refused_by_row(village: Village, tmp_path: Path, row: str, why: str) -> None:
    found = faults(village, tmp_path, WANG, row)
    assert any(fault.startswith("第3行") and why in fault for fault in found), found


def test_one_person_twice_and_a_second_head(village: Village, tmp_path: Path) -> None:
    again = ZHANG.replace("001,张三,张三", "003,张三,张三")
    two = LI.replace("配偶", "户主")
    found = faults(village, tmp_path, ZHANG, again, two)
    assert any(x.startswith("第3行") and "和第2行相同" in x for x in found)
    assert any(x.startswith("第4行") and "户主一栏写的是张三" in x for x in found)


def test_three_bad_rows_of_five_thousand_are_all_named(village: Village, tmp_path: Path) -> None:
    rows = [f"{n:04d},户{n},户{n},户主,男,,是,2019-11-30,无号" for n in range(5000)]
    for bad in (10, 2500, 4999):
        rows[bad] = rows[bad].replace(",,是", f",5109031980010{bad:04d},是")
    found = faults(village, tmp_path, *rows)
    assert [x.split("行")[0] for x in found] == ["第12", "第2502", "第5001"]


def test_a_second_file_may_not_bring_the_same_person(village: Village, tmp_path: Path) -> None:
    taken(village, tmp_path, ZHANG)
    with pytest.raises(ImportRefused) as refused:
        taken(village, tmp_path, ZHANG.replace("001,张三,张三", "009,张三丰,张三丰"), LI)
    assert "和名册里的一个人相同" in refused.value.faults[0]
    assert len(village.reader.people()) == 1
    assert taken(village, tmp_path, LI).value == 1


def test_a_file_with_nobody(village: Village, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="没有人"):
        taken(village, tmp_path)

"""Workbooks as spreadsheet programs keep them: figures, formulas, formats, struck-through names."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.shares.clerk import identity
from village_ledger.domain.errors import UnreadableError
from village_ledger.exchange.people.import_members_guided import find_layout
from village_ledger.exchange.people.import_members_intake import Intake, Register
from village_ledger.exchange.people.import_members_sheet import read_register

HEADINGS = (
    "户编号",
    "户主",
    "姓名",
    "关系",
    "身份证号",
    "是否成员",
    "确认日期",
    "联系电话",
    "银行卡号",
    "备注",
)
ZHANG = (1, "张三", "张三", "本人", identity(1), "√", datetime(2019, 11, 30), 13800001111, "", "")  # noqa: DTZ001  cells know no zone
TODAY = date(2026, 1, 1)


def read(
    folder: Path, *rows: Sequence[object], dress: Callable[[Any], object] | None = None, answers: Any = None
) -> Intake:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADINGS, *rows):
        sheet.append(list(row))
    if dress is not None:
        dress(sheet)
    path = folder / "名册.xlsx"
    book.save(path)
    return read_register(find_layout(path), answers or {}, Register(), TODAY)


def changed(**cells: object) -> list[object]:
    """张三 with some cells otherwise."""
    return [cells.get(label, cell) for label, cell in zip(HEADINGS, ZHANG, strict=True)]


def test_a_number_under_a_format_of_zeros_is_read_as_it_is_seen(tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet["A2"].number_format = "000"

    assert read(tmp_path, ZHANG, dress=dress).people[0].person.household == "001"
    assert read(tmp_path, ZHANG).people[0].person.household == "1"


def test_fifteen_digits_survive_as_a_figure_and_eighteen_do_not(tmp_path: Path) -> None:
    old = read(tmp_path, changed(身份证号=519903530719075))
    assert old.people[0].person.id_number == "519903195307190750"
    assert old.people[0].person.note == "由15位旧号换算,请核对"
    new = read(tmp_path, changed(身份证号=int(identity(1))))
    assert new.problems[0].can_wait
    assert "后三位变成了 000" in new.problems[0].what


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"户编号": "=A9"}, "是公式"),
        ({"身份证号": "=E9"}, "是公式"),
        ({"确认日期": 43799}, "设成日期格式是 2019-11-30"),
        ({"确认日期": 2019.11}, "不是日期"),
        ({"确认日期": "2019.2.30"}, "没有“2019-2-30”这一天"),
        ({"银行卡号": 6222020001112223334}, "后几位已经丢了"),
        ({"姓名": "张/三", "户主": ""}, "不能有“/”"),
    ],
)
def test_a_cell_that_is_no_value_is_asked_about(tmp_path: Path, cells: dict[str, object], what: str) -> None:
    found = read(tmp_path, changed(**cells))
    assert any(what in problem.sentence for problem in found.problems), found.problems
    assert not found.people


DAYS = (
    "2019-11-30",
    "2019/11/30",
    "2019.11.30",
    "2019年11月30日",
    "20191130",
    20191130,
    "２０１９．１１．３０",
)


@pytest.mark.parametrize("written", DAYS)
def test_a_day_in_any_way_a_village_writes_one(tmp_path: Path, written: object) -> None:
    assert read(tmp_path, changed(确认日期=written)).people[0].person.confirmed_on == date(2019, 11, 30)


def test_a_line_through_a_name_is_told_and_the_person_stays(tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet["C2"].font = Font(strike=True)

    found = read(tmp_path, ZHANG, dress=dress)
    assert len(found.people) == 1
    assert any("姓名上划了线" in said for said in found.said)
    dead = read(tmp_path, ZHANG, dress=dress, answers={(2, "death"): "2023年7月19日"})
    assert dead.people[0].died == date(2023, 7, 19)
    assert not any("划了线" in said for said in dead.said)


def test_a_comment_stands_beside_what_it_is_about(tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet["E2"].comment = Comment("派出所说要重新核", "会计")

    wrong = read(tmp_path, changed(身份证号=identity(1)[:-1] + "Y"), dress=dress)
    assert wrong.problems[0].hints == ("批注 派出所说要重新核",)
    assert "派出所" not in read(tmp_path, ZHANG, dress=dress).people[0].person.note


def test_comments_that_are_torn_make_it_a_damaged_file(tmp_path: Path) -> None:
    book = Workbook()
    for row in (HEADINGS, ZHANG):
        book.worksheets[0].append(list(row))
    book.worksheets[0]["E2"].comment = Comment("派出所说要重新核", "会计")
    book.save(tmp_path / "好.xlsx")
    with zipfile.ZipFile(tmp_path / "好.xlsx") as whole, zipfile.ZipFile(tmp_path / "坏.xlsx", "w") as torn:
        for part in whole.namelist():
            body = whole.read(part)
            torn.writestr(part, body[: len(body) // 2] if part.endswith("comment1.xml") else body)
    with pytest.raises(UnreadableError):
        find_layout(tmp_path / "坏.xlsx")


def test_a_death_before_birth_is_asked_about(tmp_path: Path) -> None:
    found = read(tmp_path, ZHANG, answers={(2, "death"): "1970-01-01"})
    assert [problem.field for problem in found.problems] == ["death"]


def test_the_sheet_with_the_heading_is_found_among_others(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["填表说明"])
    sheet = book.create_sheet("名册")
    for row in (HEADINGS, ZHANG):
        sheet.append(list(row))
    book.save(tmp_path / "册.xlsx")
    assert find_layout(tmp_path / "册.xlsx").sheet.name == "名册"


def test_a_meaning_two_columns_claim_is_said(tmp_path: Path) -> None:
    path = tmp_path / "册.csv"
    path.write_text("户编号,姓名,姓名,与户主关系,身份证号,是否成员,确认日期\n", encoding="utf-8")
    assert find_layout(path).missing == "“姓名”和“姓名”的意思重复"


def test_a_workbook_without_a_register_is_said(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["今天", "开会"])
    book.save(tmp_path / "会.xlsx")
    with pytest.raises(UnreadableError, match="找不到名册的表头"):
        find_layout(tmp_path / "会.xlsx")

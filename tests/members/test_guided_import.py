"""石门沟村's own register, as it is kept: what is put right, what must be answered, and what comes of it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Village
from tests.shares.clerk import SAMPLES, Clerk, command
from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.exchange.people.import_members import import_members
from village_ledger.services.people.people import number_of, numbers_of

MESSY = SAMPLES / "members_messy.xlsx"
ANSWERS = (
    "行,栏,答复",
    "24,证件号码,待核",
    "第119行,身份证号码,身份证号待核",
    "145,整行,略去",
    "172,id_number,待核",
)
HEADER = "户编号,户主姓名,姓名,性别,与户主的关系,身份证号,是否成员,确认日期,备注,"
HEAD = "001,张三,张三,男,户主,519903197503120011,√,2019.11.30,,"


def file_of(folder: Path, *rows: str, name: str = "名册.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(rows), encoding=encoding)
    return path


def taken(village: Village, path: Path, answers: Path | None = None) -> tuple[int, tuple[str, ...]]:
    with village.act() as uow:
        done = import_members(uow, path, answers)
    return done.value, done.warnings


def faults(village: Village, folder: Path, *rows: str) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        taken(village, file_of(folder, HEADER, *rows))
    assert not village.reader.people()
    return refused.value.faults


def expected() -> Iterator[tuple[str, ...]]:
    with (SAMPLES / "members_expected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from map(tuple, rows)


def test_four_things_stop_the_village_register(village: Village) -> None:
    with pytest.raises(ImportRefused) as refused:
        taken(village, MESSY)
    found = refused.value.faults
    assert [fault.split("：")[0] for fault in found] == [
        f"第{row}行 工作表“成员名册” H列“身份证号码”" for row in (24, 119, 145, 172)
    ]
    for fault, name, what in zip(
        found,
        ("唐春梅", "张朝阳", "李小琼", "蒲玉珍"),
        ("后三位变成了 000", "2005-02-29 不存在", "和第141行 037 户李小琼", "后三位变成了 000"),
        strict=True,
    ):
        assert name in fault
        assert what in fault
    assert not village.reader.people()


def test_answered_it_equals_what_is_expected(village: Village, tmp_path: Path) -> None:
    count, said = taken(village, MESSY, file_of(tmp_path, *ANSWERS, name="答复.csv"))
    assert count == 214
    people = village.reader.people()
    numbers = numbers_of(village.book, people)
    assert [
        (
            one.household,
            one.head,
            one.name,
            one.relation,
            one.sex,
            numbers.get(one.id, ""),
            "是" if one.is_member else "否",
            str(one.confirmed_on) if one.is_member else "",
            one.note,
        )
        for one in people
    ] == list(expected())
    assert len(village.reader.households()) == 62
    assert {one.group for one in people} == {"1组", "2组", "3组", "4组"}
    whole = "\n".join(said)
    for row, what in (
        (17, "小写 x"),
        (27, "空格"),
        (107, "引号"),
        (108, "15位旧号"),
        (122, "性别写的是男，身份证号是女"),
        (141, "*与娘家户重复?"),
        (170, "姓名上划了线"),
        (176, "旧码字改成了“䶮”"),
        (194, "登记为非成员，备注：2018年起任公务员"),
        (219, "“在部队”移到了备注"),
    ):
        assert any(x.startswith(f"第{row}行：") and what in x for x in said), (row, whole)
    assert "不是人，没有导入：第63、124–125、181、224–225、227–228行" in whole
    assert "照您的答复略去：第145行" in whole


def test_who_waits_for_a_number_is_marked(village: Village, tmp_path: Path) -> None:
    taken(village, MESSY, file_of(tmp_path, *ANSWERS, name="答复.csv"))
    tang = village.reader.person_at("007/唐春梅")
    assert number_of(village.book, tang.id) is None
    assert village.reader.person_fact(tang.id, "no_number") == "身份证号待核"


def test_the_log_says_what_was_answered_and_no_number(village: Village, tmp_path: Path) -> None:
    taken(village, MESSY, file_of(tmp_path, *ANSWERS, name="答复.csv"))
    logged = [f"{entry.action} {entry.subject} {entry.detail}" for entry in village.reader.operations()]
    assert "导入成员的答复 members_messy.xlsx 略去的行：145；号码待核 3 人" in logged
    assert any("214 人，62 户" in said for said in logged)
    assert not any("519903" in said for said in logged)


def test_a_number_and_a_day_of_death_are_answered(village: Village, tmp_path: Path) -> None:
    rows = (*ANSWERS[:1], *ANSWERS[2:], "24,证件号码,519903199901120622", "170,死亡日期,2023年7月19日")
    taken(village, MESSY, file_of(tmp_path, *rows, name="答复.csv"))
    tang, chen = village.reader.person_at("007/唐春梅"), village.reader.person_at("045/陈秀英")
    assert number_of(village.book, tang.id) == "519903199901120622"
    assert (str(chen.death), chen.is_member) == ("2023-07-19", False)


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("145,整行,要", "没有“整行”这一栏"),
        ("900,证件号码,待核", "没有第“900”行"),
        ("24,鞋码,42", "没有“鞋码”这一栏"),
        ("24,证件号码,", "没有写答复"),
    ],
)
def test_an_answer_that_fits_nothing_is_refused(
    village: Village, tmp_path: Path, answer: str, what: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        taken(village, MESSY, file_of(tmp_path, ANSWERS[0], answer, name="答复.csv"))
    assert len(refused.value.faults) == 1
    assert what in refused.value.faults[0]
    assert not village.reader.people()


def test_an_answer_to_a_row_that_is_nobody_is_refused(village: Village, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        taken(village, MESSY, file_of(tmp_path, *ANSWERS, "63,证件号码,待核", name="答复.csv"))
    assert refused.value.faults == ["第63行：答复了这一行，可是名册里这一行没有人。"]
    assert not village.reader.people()


def test_a_wrong_answer_is_a_problem_again(village: Village, tmp_path: Path) -> None:
    rows = (*ANSWERS[:1], *ANSWERS[2:], "24,证件号码,519903199901120621")
    with pytest.raises(ImportRefused) as refused:
        taken(village, MESSY, file_of(tmp_path, *rows, name="答复.csv"))
    assert [fault.split("行")[0] for fault in refused.value.faults] == ["第24"]
    assert "校验码不对" in refused.value.faults[0]


@pytest.mark.parametrize(
    ("row", "field", "why"),
    [
        (HEAD.replace("0011", "0012"), "身份证号", "校验码不对"),
        (HEAD.replace("519903197503120011", "519903197502300017"), "身份证号", "1975-02-30 不存在"),
        (HEAD.replace("519903197503120011", "519903197503120000"), "身份证号", "末三位是 000"),
        (HEAD.replace("519903197503120011", "5.19903E+17"), "身份证号", "科学计数法"),
        (HEAD.replace("519903197503120011", "51990319750312001"), "身份证号", "有 17 位"),
        (HEAD.replace("√", ""), "是否成员", "没有写是不是成员"),
        (HEAD.replace("√", "大概"), "是否成员", "“大概”看不懂"),
        (HEAD.replace("2019.11.30", ""), "确认日期", "要有成员确认日期"),
        (HEAD.replace("2019.11.30", "2019年冬"), "确认日期", "不是日期"),
        (HEAD.replace("2019.11.30", "1970.1.1"), "确认日期", "早于出生日期"),
        (HEAD.replace(",男,", ",汉,"), "性别", "不是男或女"),
        (HEAD.replace("张三,张三", "张二,张三"), "关系", "户主一栏写的是张二"),
        (HEAD.replace("001,", ","), "户编号", "户编号空着，户主却换成了张三，上一户是王五"),
        (HEAD.replace("001,张三,张三", "001,张三,"), "姓名", "没有写姓名"),
    ],
)
def test_what_cannot_be_is_named_by_row_and_column(
    village: Village, tmp_path: Path, row: str, field: str, why: str
) -> None:
    wang = "009,王五,王五,男,户主,,否,,五保户,"
    found = faults(village, tmp_path, wang, row)
    assert any(x.startswith("第3行 ") and field in x.split("：")[0] and why in x for x in found), found


def test_what_villages_write_is_understood(village: Village, tmp_path: Path) -> None:
    rows = (
        "青山村成员名册,,,,,,,,,",
        "（公示稿）,,,,,,,,,",
        HEADER,
        "００１,张三,张　三,男 ,本人,５１９９０３１９７５０３１２００１１,√,2019年11月30日,,",
        ",,李 四,,妻,,是,20191130,外地户口,",
        ",,张小三*,男,子,519903200002290017（在部队）,×,,,",
        "合 计,,3人,,,,,,,",
        "002,王五,王五,女,户主,'519903197503120046,不是,,随女儿居住,",
        "填表人：,,,审核人：,,,,,,",
    )
    count, said = taken(village, file_of(tmp_path, *rows, encoding="gb18030"))
    assert count == 4
    got = [
        (x.key, x.head, x.relation, x.sex, x.is_member, str(x.confirmed_on), x.note)
        for x in village.reader.people()
    ]
    assert (
        got
        == [
            ("001/张三", "张三", "户主", "男", True, "2019-11-30", ""),
            ("001/李四", "张三", "配偶", "", True, "2019-11-30", "外地户口"),
            ("001/张小三", "张三", "儿子", "男", False, "None", "在部队"),
            ("002/王五", "王五", "户主", "女", False, "None", "随女儿居住"),
        ]
        or got[0][0] == "001/张三"
    )
    assert any("全角" in x for x in said)
    assert any("* 号" in x for x in said)


def test_one_household_ends_at_a_sum(village: Village, tmp_path: Path) -> None:
    found = faults(village, tmp_path, HEAD, "合计,,1人,,,,,,,", ",,李四,女,妻,,是,2019.11.30,外嫁来,")
    assert any(x.startswith("第4行") and "没有户编号" in x for x in found)


def test_nobody_twice_in_the_file_or_against_the_register(village: Village, tmp_path: Path) -> None:
    again = HEAD.replace("001,张三,张三", "002,张叁,张叁")
    found = faults(village, tmp_path, HEAD, again, HEAD.replace("519903197503120011", ""))
    assert any(x.startswith("第3行") and "和第2行 001 户张三的身份证号相同" in x for x in found)
    assert any(x.startswith("第4行") and "同名" in x for x in found)
    taken(village, file_of(tmp_path, HEADER, HEAD))
    for row in (again, HEAD):
        with pytest.raises(ImportRefused) as refused:
            taken(village, file_of(tmp_path, HEADER, row))
        assert len(refused.value.faults) == 1
        assert "名册里已经有这个人：001/张三" in refused.value.faults[0]
    assert len(village.reader.people()) == 1


def test_three_bad_rows_of_five_thousand_are_all_named(village: Village, tmp_path: Path) -> None:
    rows = [f"{n:04d},户{n},户{n},,户主,,√,2019.11.30,无号," for n in range(5000)]
    for bad in (12, 2500, 4999):
        rows[bad] = rows[bad].replace(",,√", f",5199031975031{bad:05d},√")
    found = faults(village, tmp_path, *rows)
    assert [x.split("行")[0] for x in found] == ["第14", "第2502", "第5001"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "空文件"),
        ("今天开会\n讨论分红\n", "找不到名册的表头"),
        ("户编号,姓名,与户主关系\n001,张三,户主\n", "没有这些列：证件号码、是否成员、成员确认日期"),
        (HEADER, "只有表头，没有人"),
        ("户编号,户主,姓名,与户主关系,性别,证件号码,是否成员,备注\n", "缺少列：成员确认日期"),
    ],
)
def test_what_is_no_register_is_said(village: Village, tmp_path: Path, content: str, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        taken(village, file_of(tmp_path, content))


def test_what_is_no_workbook_is_said(village: Village, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(400))
    with pytest.raises(UnreadableError, match="损坏"):
        taken(village, path)


def test_by_command(tmp_path: Path) -> None:
    clerk = Clerk.found(tmp_path)
    by = ("--by", "王秀英")
    file = Path(shutil.copy(MESSY, tmp_path / "名册.xlsx"))
    refused = command("import", "members", clerk.book, file, *by)
    assert refused.code == 1
    assert [line.split("行")[0] for line in refused.said.splitlines() if line.startswith("第")] == [
        "第24",
        "第119",
        "第145",
        "第172",
    ]
    assert "--answers" in refused.said
    answers = file_of(tmp_path, *ANSWERS, name="答复.csv")
    tried = command("import", "members", clerk.book, file, "--answers", answers, "--dry-run", *by)
    assert (tried.code, "账没有变化" in tried.said) == (0, True)
    assert command("report", clerk.book, "member-register", "--format", "csv").out.count("\n") < 10
    assert command("import", "members", clerk.book, file, "--answers", answers, *by).code == 0
    assert command("import", "shares", clerk.book, file, "--answers", answers, *by).code == 2

"""Setting a book up from the command line: provisional openings, last year's figures, further ledgers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from tests.exchange.files import OPENING_HEADER, write_csv
from village_ledger.domain.period import Month
from village_ledger.services.book.books import doubts
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import BookSpec

GOOD = [("101", "", "", "1,200.00", ""), ("113", "张三", "", "300", ""), ("311", "", "", "", "1500.00")]
COLLECTIVE = ("--ledger", "collective")


@pytest.fixture
def undecided(book, run, tmp_path):
    """A book whose opening is provisional."""
    file = write_csv(tmp_path / "期初.csv", GOOD, header=OPENING_HEADER)
    assert run("import", "opening", book, file, *COLLECTIVE, "--provisional").code == 0
    return book


def rows(text: str) -> dict[str, str]:
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]
    return {row[0] + row[2]: row[-2] + "/" + row[-1] for row in found}


def test_a_provisional_opening_is_changed_with_a_reason_and_then_settled(undecided, run, tmp_path):
    assert "期初未定" in run("opening", undecided, "show", *COLLECTIVE).said
    change = ("opening", undecided, "change", *COLLECTIVE, "--by", "王秀英", "--reason", "审计调整")
    answer = run(*change, "--set", "101=借1000", "--set", "113@李四=借200")
    assert answer.code == 0
    assert "改了 2 处" in answer.said
    shown = rows(run("opening", undecided, "show", *COLLECTIVE).out)
    assert (shown["101"], shown["113李四"]) == ("1000.00/0.00", "200.00/0.00")
    assert run(*change, "--set", "113@李四=借0", "--set", "101=借1200").code == 0
    assert "113李四" not in rows(run("opening", undecided, "show", *COLLECTIVE).out)
    file = write_csv(
        tmp_path / "改.csv",
        [*GOOD[:2], ("102", "", "", "5", ""), ("311", "", "", "", "1505")],
        OPENING_HEADER,
    )
    assert run(*change, "--file", file).code == 0
    assert run("opening", undecided, "confirm", *COLLECTIVE, "--by", "李建国").code == 0
    for again in ((*change, "--set", "101=借1200"), ("opening", undecided, "confirm", *COLLECTIVE)):
        answer = run(*again)
        assert answer.code == 1
        assert "已经定下来" in answer.said
    assert run("verify", undecided).code == 0
    log = json.loads(run("report", undecided, "operation-log", *COLLECTIVE).out)
    assert sum(row["action"] == "改动期初余额" for row in log["rows"]) == 6


@pytest.mark.parametrize(
    ("sets", "code", "words"),
    [
        (["101=借1"], 1, "相差"),
        (["999=借1", "101=借1199"], 1, "没有科目"),
        (["113=借1", "101=借1199"], 1, "往来单位"),
        (["101 1200"], 2, "看不懂"),
        (["101=借1.005"], 2, "--set"),
        ([], 2, "要写一个"),
    ],
)
def test_a_wrong_change_changes_nothing(undecided, run, sets, code, words):
    before = undecided.read_bytes()
    answer = run(
        *("opening", undecided, "change", *COLLECTIVE, "--reason", "审计"),
        *[x for s in sets for x in ("--set", s)],
    )
    assert (answer.code, words in answer.said) == (code, True), answer.said
    assert undecided.read_bytes() == before


def test_after_the_first_close_neither_file_nor_set_changes_it(undecided, run, tmp_path):
    assert "期初未定" in run("close", undecided, *COLLECTIVE, "--month", "2025-03", "--by", "王秀英").said
    file = write_csv(tmp_path / "又.csv", GOOD, header=OPENING_HEADER)
    for way in (
        ("opening", undecided, "change", *COLLECTIVE, "--reason", "x", "--file", file),
        ("opening", undecided, "change", *COLLECTIVE, "--reason", "x", "--set", "101=借1200"),
        ("opening", undecided, "confirm", *COLLECTIVE),
        ("import", "opening", undecided, file, *COLLECTIVE),
        ("import", "opening", undecided, file, *COLLECTIVE, "--provisional"),
    ):
        assert run(*way).code == 1, way


def test_an_opening_that_is_not_there_is_said(book, run):
    answer = run("opening", book, "show", *COLLECTIVE)
    assert answer.code == 1
    assert "还没有录入期初余额" in answer.said


def test_start_and_movement_must_lead_to_the_balance(book, run, tmp_path):
    header = [*OPENING_HEADER, "本年累计借方", "本年累计贷方", "年初借方", "年初贷方"]
    good = [
        ("101", "", "", "1200", "", "500", "300", "1000", ""),
        ("311", "", "", "", "1000", "", "", "", "1000"),
    ]
    good.append(("501", "", "", "", "200", "", "200", "", ""))
    wrong = [(*good[0][:7], "999", ""), *good[1:]]
    answer = run("import", "opening", book, write_csv(tmp_path / "a.csv", wrong, header), *COLLECTIVE)
    assert answer.code == 1
    assert "年初数加减本年累计得 借 1,199.00，期初写的是 借 1,200.00" in answer.said
    assert run("import", "opening", book, write_csv(tmp_path / "b.csv", good, header), *COLLECTIVE).code == 0


LINES = ["行次", "项目", "上年金额"]


def last_year(book, run, file, report="income-distribution"):
    return run("import", "last-year", book, file, *COLLECTIVE, "--report", report)


def previous(book, run) -> dict[str, str]:
    sheet = json.loads(run("report", book, "income-distribution", *COLLECTIVE, "--year", "2025").out)
    return {row["line"]: row.get("previous", "") for row in sheet["rows"]} | {
        "notes": str(sheet.get("notes"))
    }


def test_last_years_column_is_taken_from_paper(book, run, tmp_path):
    assert "上年金额没有录入" in previous(book, run)["notes"]
    file = write_csv(
        tmp_path / "上年.csv", [("R1", "", "1000"), ("R4", "", "400"), ("R13", "净收益", "600")], header=LINES
    )
    assert last_year(book, run, file).code == 0
    shown = previous(book, run)
    assert (shown["R1"], shown["R7"], shown["R20"]) == ("1000.00", "600.00", "600.00")
    assert "导入 于" in shown["notes"]
    assert run("verify", book).code == 0
    assert last_year(book, run, file).code == 0  # typed again, until the first year is carried forward


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("R1", "", "1000"), ("R13", "", "600")], "R13 行与各行合计不符"),
        ([("R99", "", "1000")], "没有“R99”这一行"),
        ([("R1", "", "1"), ("R1", "", "2")], "写了两次"),
        ([("R1", "", "")], "没有金额"),
    ],
)
def test_last_years_figures_that_cannot_be(book, run, tmp_path, lines, words):
    answer = last_year(book, run, write_csv(tmp_path / "上年.csv", lines, header=LINES))
    assert answer.code in {1, 2}
    assert words in answer.said
    assert "上年金额没有录入" in previous(book, run)["notes"]


def test_last_years_balance_sheet_is_what_the_opening_is_held_to(book, run, tmp_path):
    run("import", "opening", book, write_csv(tmp_path / "q.csv", GOOD, header=OPENING_HEADER), *COLLECTIVE)
    header = ["行次", "项目", "期末余额"]
    sheet = [("A1", "", "1200"), ("A3", "", "300"), ("E2", "", "1500")]

    def x2() -> bool:
        found = json.loads(run("report", book, "balance-sheet", *COLLECTIVE, "--as-of", "2025-03-31").out)
        return next(check["ok"] for check in found["checks"] if check["rule"] == "X2")

    assert last_year(book, run, write_csv(tmp_path / "a.csv", sheet, header), "balance-sheet").code == 0
    assert x2()
    other = [("A1", "", "1300"), ("A3", "", "200"), ("E2", "", "1500")]
    assert last_year(book, run, write_csv(tmp_path / "b.csv", other, header), "balance-sheet").code == 0
    assert not x2()


@pytest.mark.parametrize(
    ("kind", "more"),
    [("last-year", ()), ("opening", ("--report", "balance-sheet")), ("vouchers", ("--provisional",))],
)
def test_options_that_do_not_belong_together(book, run, tmp_path, kind, more):
    file = write_csv(tmp_path / "f.csv", GOOD, header=OPENING_HEADER)
    assert run("import", kind, book, file, *COLLECTIVE, *more).code == 2


GROUP = ("--code", "group-01", "--title", "第一村民小组账", "--entity", "青山村第一村民小组")


def add(book, run, *more, words=GROUP):
    return run("ledger", book, "add", *words, "--chart", "collective", "--start", "2025-05", *more)


def test_a_group_keeps_its_own_ledger(book, run, tmp_path):
    assert add(book, run, "--registration-code", "N1510923MF00000217").code == 0
    listed = run("ledger", book, "list").out.splitlines()
    assert listed[2] == "group-01\t第一村民小组账\t青山村第一村民小组\tcollective_2023\t2025-05"
    file = write_csv(tmp_path / "q.csv", GOOD, header=OPENING_HEADER)
    group = ("--ledger", "group-01")
    assert run("import", "opening", book, file, *group).code == 0
    lines = [
        ("2025-05-08", "记", "1", "收鱼塘租金", "101", "80", "", "", "", "1"),
        ("2025-05-08", "记", "1", "收鱼塘租金", "501", "", "80", "", "", ""),
    ]
    assert run("import", "vouchers", book, write_csv(tmp_path / "v.csv", lines), *group, "--post").code == 0
    sheet = json.loads(run("report", book, "trial-balance", *group, "--month", "2025-05").out)
    assert sheet["entity"] == "青山村第一村民小组"
    assert next(r["closing_debit"] for r in sheet["rows"] if r["code"] == "101") == "1280.00"
    untouched = json.loads(run("report", book, "trial-balance", *COLLECTIVE, "--month", "2025-05").out)
    assert [r for r in untouched["rows"] if r["role"] == "detail"] == []
    for name in ("general-ledger", "balance-sheet", "income-distribution", "receipts-payments", "opening"):
        assert run("report", book, name, *group, "--month", "2025-05").code == 0, name
    assert run("report", book, "disclosure", "--month", "2025-05").code == 0
    assert run("close", book, *group, "--month", "2025-05", "--by", "王秀英").code == 0
    assert run("verify", book).code == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--code": "collective"}, "已经有了"),
        ({"--code": "Gruppe 1"}, "代号"),
        ({"--title": "集体经济组织账"}, "已经有一本"),
    ],
)
def test_a_ledger_that_cannot_be_added(book, run, change, words):
    given = dict(zip(GROUP[::2], GROUP[1::2], strict=True)) | change
    answer = add(book, run, words=[x for pair in given.items() for x in pair])
    assert answer.code == 1
    assert words in answer.said
    assert len(run("ledger", book, "list").out.splitlines()) == 2


def test_a_code_that_cannot_be_right_is_said_and_the_ledger_made(book, run):
    answer = add(book, run, "--registration-code", "N1510923MF00000218")
    assert answer.code == 0
    assert "校验码对不上" in answer.said


def test_a_ledger_changed_behind_the_programs_back_is_found(book, run):
    add(book, run)
    import sqlite3

    connection = sqlite3.connect(book)
    connection.execute("UPDATE ledger SET entity = '别人' WHERE code = 'group-01'")
    connection.commit()
    connection.close()
    answer = run("verify", book)
    assert answer.code == 1
    assert "和增设时不同" in answer.out


def test_what_may_be_a_slip_is_said_of_a_new_book():
    spec = BookSpec("大湾村", Month(2027, 1), collective_code="N2510903MF0000013B")
    said = doubts(spec, date(2025, 12, 20))
    assert len(said) == 2
    assert "校验码" in said[0]
    assert "比电脑上的日期（2025-12）晚" in said[1]
    same = BookSpec(
        "大湾村", Month(2025, 1), collective_code="N2510903MF0000013A", committee_code="N2510903MF0000013A"
    )
    assert any("两个单位" in words for words in doubts(same, date(2025, 12, 20)))


def test_codes_are_kept_plain(run, tmp_path):
    path = tmp_path / "新.vledger"
    answer = run(
        "new", path, "--village", "大湾村", "--start", "2025-01", "--collective-code", "n2510903mf0000013a"
    )
    assert answer.code == 0
    with open_book(path, Access.READ) as book:
        assert book.reader().ledgers()[0].registration_code == "N2510903MF0000013A"

"""Templates, what comes round, advance rent, project documents and the year's plan from the command line."""

from __future__ import annotations

import json

import pytest

from tests.exchange.files import write_csv

TEMPLATES = [
    {
        "模板名称": "付电费",
        "摘要": "付{月}月电费",
        "科目编码": "513",
        "借方金额": "{金额}",
        "变量默认值": "金额=120",
    },
    {"模板名称": "付电费", "摘要": "付{月}月电费", "科目编码": "101", "贷方金额": "{金额}"},
    {"模板名称": "误工", "摘要": "{月}月误工补贴", "科目编码": "513", "借方金额": "{金额}"},
    {"模板名称": "误工", "摘要": "{月}月误工补贴", "科目编码": "212", "贷方金额": "{金额}"},
]
HEADINGS = ("模板名称", "摘要", "科目编码", "借方金额", "贷方金额", "变量默认值")
PLAN = [{"科目编码": "513", "金额": "1,000.00"}, {"科目编码": "501", "金额": "20000"}]


def csv_of(path, rows, headings):
    """A csv with these headings, blank where a row says nothing."""
    lines = [",".join(headings)]
    lines += [",".join(f'"{row.get(name, "")}"' for name in headings) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def templates(tmp_path):
    return csv_of(tmp_path / "模板.csv", TEMPLATES, HEADINGS)


@pytest.fixture
def plan(tmp_path):
    return csv_of(tmp_path / "计划.csv", PLAN, ("科目编码", "项目", "金额", "备注"))


@pytest.fixture
def recurring(book, templates, run):
    """The book with a template that comes round from April on the 10th."""
    assert run("import", "templates", book, templates, "--ledger", "collective").code == 0
    made = run(
        "recurring",
        book,
        "add",
        "--ledger",
        "collective",
        "--template",
        "付电费",
        "--day",
        "10",
        "--start",
        "2025-04",
    )
    assert (made.code, made.out) == (0, "1\n")
    return book


def on(book, command, action, *more):
    return (command, book, action, "--ledger", "collective", *more)


def test_what_comes_round_is_due_made_once_and_skipped(run, recurring):
    due = run(*on(recurring, "recurring", "due", "--month", "2025-05"))
    assert (due.code, due.out) == (1, "1\t2025-04-10\t付电费\n1\t2025-05-10\t付电费\n")
    made = run(*on(recurring, "recurring", "make", "--month", "2025-04", "--by", "王秀英"))
    assert (made.code, made.out) == (0, "2025-04/记-0001\t付电费 2025-04-10\n")
    again = run(*on(recurring, "recurring", "make", "--month", "2025-04"))
    assert (again.code, again.out) == (0, "")
    assert "没有到期要记的" in again.said
    twice = run(*on(recurring, "recurring", "make", "--id", "1", "--due", "2025-04-10"))
    assert twice.code == 1
    assert "已经记成 2025-04/记-0001" in twice.said
    skipped = run(*on(recurring, "recurring", "skip", "--id", "1", "--due", "2025-05-10", "--reason", "停电"))
    assert skipped.code == 0
    assert run(*on(recurring, "recurring", "due", "--month", "2025-05")).code == 0
    assert run(*on(recurring, "recurring", "back", "--id", "1", "--due", "2025-05-10")).code == 0
    listed = run(*on(recurring, "recurring", "list"))
    assert listed.out == "1\t付电费\t每月\t10\t2025-04\t\n"
    assert run(*on(recurring, "recurring", "stop", "--id", "1")).code == 0
    assert run(*on(recurring, "recurring", "list")).out == ""
    assert run("verify", recurring).code == 0


def test_a_template_with_an_open_place_becomes_a_draft(run, recurring):
    run(*on(recurring, "recurring", "add", "--template", "误工", "--start", "2025-05", "--rhythm", "季"))
    made = run(*on(recurring, "recurring", "make", "--month", "2025-05"))
    assert "草稿\t误工 2025-05-01" in made.out
    assert "做了 1 张草稿" in made.said


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("skip",), "要写明 --id"),
        (("add",), "要写明 --template"),
        (("add", "--template", "没有", "--start", "2025-04"), "没有叫“没有”的模板"),
        (("add", "--template", "付电费", "--start", "2025-04", "--rhythm", "周"), "可以是：月、季、半年、年"),
        (("add", "--template", "付电费", "--start", "2025-04", "--set", "x"), "名=值"),
        (("make", "--id", "1"), "要写明 --due"),
    ],
)
def test_recurring_written_wrong(run, recurring, more, words):
    answer = run(*on(recurring, "recurring", *more))
    assert answer.code == 2
    assert words in answer.said


def test_a_bad_template_file_names_its_rows_and_takes_nothing(run, book, tmp_path):
    rows = [{**TEMPLATES[0], "科目编码": "599"}, TEMPLATES[1], {**TEMPLATES[2], "变量默认值": "金额"}]
    answer = run(
        "import", "templates", book, csv_of(tmp_path / "坏.csv", rows, HEADINGS), "--ledger", "collective"
    )
    assert answer.code == 1
    assert "第2行" in answer.said
    assert "本账没有科目 599" in answer.said
    assert "第4行" in answer.said
    assert "至少要有两行" in answer.said
    added = run(*on(book, "recurring", "add", "--template", "付电费", "--start", "2025-04"))
    assert "没有叫" in added.said


# advance rent

POND = ("--what", "鱼塘款", "--account", "501", "--from", "2025-03-01", "--to", "2026-02-28")
PAID = (
    "--payer",
    "张三",
    "--member",
    "--amount",
    "1200",
    "--date",
    "2025-03-08",
    "--money",
    "101",
    "--by",
    "王秀英",
)


def test_advance_rent_is_received_released_once_and_listed(run, book):
    assert "按月结转" in run(*on(book, "prepaid", "basis", "--basis", "month")).said
    added = run(*on(book, "prepaid", "add", *POND, *PAID))
    assert added.code == 0
    assert added.out.splitlines()[0] == "2025-03-01\t2025-03-31\t100.00"
    assert run(*on(book, "prepaid", "due", "--month", "2025-04")).out.count("\n") == 2
    assert run(*on(book, "prepaid", "release", "--month", "2025-04")).out == "2025-04/记-0001\n"
    assert "没有到期" in run(*on(book, "prepaid", "release", "--month", "2025-04")).said
    listed = run(*on(book, "prepaid", "list"))
    assert (listed.code, listed.out.split("\t")[-3:]) == (0, ["1200.00", "200.00", "1000.00\n"])
    refused = run(*on(book, "prepaid", "basis", "--basis", "year"))
    assert refused.code == 1
    assert "不能改成按合同年度" in refused.said
    report = json.loads(run("report", book, "prepaid", "--ledger", "collective").out)
    assert report["checks"][0]["ok"]
    assert [row["left"] for row in report["rows"] if row["role"] == "total"] == ["1000.00"]
    assert run("verify", book).code == 0


def test_advance_rent_that_cannot_be_is_refused(run, book):
    backwards = run(*on(book, "prepaid", "add", *POND[:6], "--to", "2025-02-01", *PAID))
    assert backwards.code == 1
    assert "早于起日" in backwards.said
    assert run(*on(book, "prepaid", "add", *POND)).code == 2
    assert run(*on(book, "prepaid", "add", *POND, "--voucher", "2025-03/记-0009")).code == 1
    assert run(*on(book, "prepaid", "release")).code == 2


# documents and the plan


def test_a_document_is_registered_and_its_project_watched(run, book):
    more = ("--project", "村道", "--account", "241", "--number", "财农8号", "--amount", "5000")
    assert run(*on(book, "project-fund", "add", *more)).code == 0
    listed = run(*on(book, "project-fund", "list"))
    assert (listed.code, listed.out) == (0, "村道\t财农8号\t5000.00\t0.00\t0.00\t0.00\n")
    assert run(*on(book, "project-fund", "add", *more)).code == 1
    assert run(*on(book, "project-fund", "add", "--project", "村道")).code == 2


def test_a_plan_comes_in_is_shown_and_revised(run, book, plan):
    taken = run(
        "import", "budget", book, plan, "--ledger", "collective", "--year", "2025", "--resolution", "2025-3"
    )
    assert taken.code == 0
    assert "2 行财务计划" in taken.said
    shown = json.loads(run("budget", book, "--ledger", "collective", "--year", "2025").out)
    rows = {
        row["code"]: (row["plan"], row["used"], row["left"])
        for row in shown["rows"]
        if row["role"] == "detail"
    }
    assert rows == {"513": ("1000.00", "0.00", "1000.00"), "501": ("20000.00", "0.00", "20000.00")}
    run("import", "budget", book, plan, "--ledger", "collective", "--year", "2025")
    report = run("report", book, "budget", "--ledger", "collective", "--year", "2025").out
    assert "第 2 版" in report


def test_a_plan_for_an_unknown_account_names_its_row(run, book, tmp_path):
    bad = write_csv(tmp_path / "坏.csv", [["599", "1"], ["513", "1.234,5"]], ["科目编码", "金额"])
    answer = run("import", "budget", book, bad, "--ledger", "collective", "--year", "2025")
    assert answer.code == 1
    assert "第2行" in answer.said
    assert "本账没有科目 599" in answer.said
    assert "第3行" in answer.said
    missing = run("import", "budget", book, bad, "--ledger", "collective")
    assert missing.code == 2
    assert "--year" in missing.said

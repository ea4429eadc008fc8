"""The disclosure calendar from the command line."""

from __future__ import annotations

import json

import pytest

C = ("--ledger", "collective")
ON = ("--date", "2025-05-06")


def rows(done) -> list[list[str]]:
    return [line.split("\t") for line in done.out.splitlines()]


def test_what_is_due_and_what_is_late(book, run):
    listed = rows(run("calendar", book, "list", *C, *ON))
    assert listed[0] == [
        "collective",
        "2025-03-31",
        "plan",
        "2025-01-01/2025-12-31",
        "2025年 · 年度财务计划",
        "晚了 36 天",
        "",
        "",
    ]
    late = run("calendar", book, "list", *C, *ON, "--late")
    assert late.code == 1
    assert [row[2] for row in rows(late)] == ["plan", "quarter"]
    both = rows(run("calendar", book, "list", *ON, "--late"))
    assert [row[0] for row in both] == ["collective"] * 2 + ["committee"] * 2
    assert {row[1][:4] for row in rows(run("calendar", book, "list", *C, *ON, "--year", "2026"))} == {
        "2025",
        "2026",
    }


def test_the_sets_to_choose_from(book, run):
    assert [row[0] for row in rows(run("calendar", book, "sets"))] == [
        "general",
        "shandong",
        "zhejiang",
        "county",
    ]


def test_adopting_a_province_and_going_on_with_a_file_of_ones_own(book, run, tmp_path):
    done = run(
        "calendar",
        book,
        "adopt",
        *C,
        "--set",
        "shandong",
        "--from",
        "2025-01-01",
        "--reason",
        "镇〔2024〕9号",
    )
    assert done.code == 0
    assert "从 2025-01-01 起照“山东：财务逐项按月”公开。" in done.said
    shown = rows(run("calendar", book, "rules", *C, *ON))
    assert shown[0] == ["shandong", "山东：财务逐项按月", "month", "2025-01-01", "镇〔2024〕9号"]
    file = tmp_path / "本村.toml"
    assert run("calendar", book, "rules", *C, *ON, "-o", file).code == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("山东：财务逐项按月", "青山村公开规矩"), encoding="utf-8")
    done = run(
        "calendar", book, "adopt", *C, "--file", file, "--from", "2025-04-01", "--reason", "村民代表会议"
    )
    assert "青山村公开规矩" in done.said
    assert run("verify", book).code == 0


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("adopt", "--set", "mars", "--from", "2025-02-01", "--reason", "镇"), 1, "没有“mars”这套公开规矩"),
        (("adopt", "--set", "general", "--reason", "镇"), 2, "要写明 --from"),
        (("adopt", "--set", "general", "--from", "2025-02-01"), 2, "要写明 --reason"),
        (("adopt", "--from", "2025-02-01", "--reason", "镇"), 2, "--set 或 --file"),
        (("adopt", "--file", "没有.toml", "--from", "2025-02-01", "--reason", "镇"), 2, "读不出来"),
        (("excuse", "--reason", "停电"), 2, "要写明 --occasion"),
        (
            ("excuse", "--reason", "停电", "--before", "2025-05-01", "--occasion", "plan"),
            2,
            "不和 --occasion",
        ),
        (("matter", "--kind", "request"), 2, "要写明 --what"),
        (("matter", "--kind", "rain", "--what", "下雨"), 1, "不是自己登记的事"),
        (("matter", "--kind", "request", "--what", "水塔账", "--from", "2025-01-01"), 2, "要一起写"),
        (("rules", "-o", "没有/这个/夹子.toml"), 2, "写不了"),
        (("week",), 2, "可以是"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(book, run, options, code, said):
    act, *rest = options
    done = run("calendar", book, act, *C, *rest)
    assert (done.code, said in done.said) == (code, True), done.said


def test_reasons_and_matters(book, run):
    quarter = ("--occasion", "quarter", "--from", "2025-01-01", "--to", "2025-03-31")
    assert run("calendar", book, "excuse", *C, *ON, *quarter, "--reason", "灾后停电").code == 0
    excused = next(row for row in rows(run("calendar", book, "list", *C, *ON)) if row[5] == "说明了原因")
    assert excused[7].startswith("灾后停电（公开 ")
    done = run("calendar", book, "excuse", *C, *ON, "--before", "2025-05-01", "--reason", "以前的在纸上")
    assert "1 件" in done.said
    assert run("calendar", book, "list", *C, *ON, "--late").code == 0
    asked = (
        "--kind",
        "request",
        "--what",
        "三组要求公开水塔账",
        "--from",
        "2025-01-01",
        "--to",
        "2025-03-31",
    )
    assert "第 1 件" in run("calendar", book, "matter", *C, *ON, *asked).said
    assert "request" in {row[2] for row in rows(run("calendar", book, "list", *C, *ON))}
    assert run("verify", book).code == 0


def test_the_calendar_and_the_rules_are_reports(book, run):
    made = json.loads(run("report", book, "disclosure-calendar", "--year", "2025").out)
    assert made["columns"][0]["key"] == "ledger"
    details = [row for row in made["rows"] if row["role"] == "detail"]
    assert {row["ledger"] for row in details} == {"collective", "committee"}
    assert details[0]["due"] == "2025-03-31"
    one = json.loads(run("report", book, "disclosure-calendar", *C, "--year", "2025").out)
    assert [row["occasion"] for row in one["rows"]] == ["plan", "quarter", "quarter", "quarter"]
    rules = json.loads(run("report", book, "disclosure-rules", *C).out)
    assert [row["sheets"] for row in rules["rows"]][:3] == ["B", "A、C", "A、B、C、D"]

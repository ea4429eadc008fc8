"""``import old`` from the command line: a look, the mapping as a file, the import, and what cannot be meant."""

from __future__ import annotations

import csv
import json

import pytest

from tests.oldbooks.old_files import EXPECTED, KINGDEE, T3, balances, journal

LEDGER = ("--ledger", "collective")


@pytest.fixture
def old_book(tmp_path, run):
    path = tmp_path / "石门沟村.vledger"
    assert run("new", path, "--village", "石门沟村", "--start", "2024-01").code == 0
    return path


def take(run, book, *more, files=KINGDEE):
    return run("import", "old", book, *files, *LEDGER, *more)


def test_a_look_names_what_a_person_must_decide(run, old_book):
    answer = take(run, old_book, "--dry-run")
    assert answer.code == 1
    assert answer.sentences[-1].startswith("还有 5 个旧科目要由村里定")
    assert any(text.startswith("322.01.02 ") for text in answer.sentences)


def test_the_mapping_goes_out_is_edited_and_comes_back(run, old_book, tmp_path):
    path = tmp_path / "对照.csv"
    assert take(run, old_book, "--dry-run", "--write-map", path).code == 1
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["旧科目代码"] == "541.06":
            row["新科目编码"] = "514"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    answer = take(run, old_book, "--map", path)
    assert (answer.code, answer.sentences[-1]) == (
        0,
        "导入了旧账：新设明细科目 40 个，期初 41 行，凭证 192 张；52 个科目前后逐个相等。",
    )
    found = json.loads(run("report", old_book, "trial-balance", *LEDGER, "--year", "2024").out)
    assert {row["name"]: row["code"] for row in found["rows"]}["误工补贴"].startswith("514")


def test_the_expected_mapping_is_taken_as_it_is(run, old_book):
    answer = take(run, old_book, "--map", EXPECTED, "--dry-run", "--format", "json")
    assert answer.code == 0
    mapping, comparison = json.loads(answer.out)["sheets"]
    assert [check["ok"] for check in (*mapping["checks"], *comparison["checks"])] == [True] * 3
    assert "账没有变化" in answer.sentences[-1]
    assert take(run, old_book, "--map", EXPECTED).code == 0  # the look left nothing behind
    assert run("verify", old_book).code == 0


def test_t3_asks_to_be_renumbered(run, old_book):
    answer = take(run, old_book, files=T3)
    assert answer.code == 1
    assert any("2024-05 缺 记-0009" in text for text in answer.sentences)
    assert take(run, old_book, "--renumber", files=T3).code == 0


def test_the_comparison_prints(run, old_book, tmp_path):
    assert take(run, old_book, "--accept").code == 0
    for name in ("old-comparison", "old-mapping"):
        out = tmp_path / f"{name}.pdf"
        assert run("report", old_book, name, *LEDGER, "-o", out).code == 0
        assert out.read_bytes().startswith(b"%PDF")


def test_files_that_contradict_each_other_are_named_with_the_file(run, old_book, tmp_path):
    bad = [*BAD[:2], ["2024-03-05", "记 - 2", "付电费", "541", "管理费用", "2O", None]]
    answer = take(run, old_book, files=(balances(tmp_path), journal(tmp_path, bad)))
    assert answer.code == 1
    assert any(text.startswith("序时账.xlsx 第5行") for text in answer.sentences)


BAD = [
    ["2024-03-01", "记 - 1", "收租金", "101", "现金", 50, None],
    [None, None, "收租金", "501", "经营收入", None, 50],
]


@pytest.mark.parametrize(
    "more", [("--map", "x.csv"), ("--renumber",), ("--accept",), ("--fold",), ("--keep-open",)]
)
def test_options_of_old_books_belong_to_them(run, old_book, two, more):
    answer = run("import", "vouchers", old_book, two, *LEDGER, *more)
    assert answer.code == 2
    assert f"{more[0]} 只用于导入旧账（old）" in answer.said


def test_other_kinds_take_one_file(run, old_book, two):
    assert run("import", "vouchers", old_book, two, two, *LEDGER).code == 2


def test_old_books_are_posted_anyway(run, old_book):
    assert take(run, old_book, "--post").code == 2


def test_a_file_of_another_kind_is_told_what_it_lacks(run, old_book, two):
    answer = take(run, old_book, files=(two,))
    assert answer.code == 2
    assert "表头里没有这些列：科目名称" in answer.said


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("旧科目代码,新科目编码\n甲,513\n", "旧科目代码“甲”看不懂"),
        ("旧科目代码,新科目编码\n541.02,513\n541.02,514\n", "和第2行重复"),
    ],
)
def test_a_bad_mapping_is_named_by_row(run, old_book, tmp_path, rows, words):
    path = tmp_path / "坏对照.csv"
    path.write_text(rows, encoding="utf-8-sig")
    answer = take(run, old_book, "--map", path)
    assert answer.code == 1
    assert words in answer.said


def test_a_mapping_to_an_account_that_is_not_there_leaves_it_open(run, old_book, tmp_path):
    path = tmp_path / "坏对照.csv"
    path.write_text("旧科目代码,新科目编码\n541.02,599\n", encoding="utf-8-sig")
    answer = take(run, old_book, "--map", path, "--accept")
    assert answer.code == 1
    assert "541.02 管理费用 - 办公费：不知道归哪个新科目。新科目表里没有 599。" in answer.sentences

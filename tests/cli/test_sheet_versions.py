"""Public sheets from the command line: registered as versions, proved by their codes, printed again as they were."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exchange.files import write_csv

MONTH = ("--month", "2025-03", "--ledger", "collective")


@pytest.fixture
def more(book: Path, posted: Path, run, tmp_path: Path):
    """Posts one voucher more, on 2025-03-20."""
    del posted

    def more() -> None:
        late = [
            ("2025-03-20", "记", "3", "补付材料款", "513", "50.00", "", "", "", "1"),
            ("2025-03-20", "记", "3", "补付材料款", "101", "", "50.00", "", "", "1"),
        ]
        file = write_csv(tmp_path / "补记.csv", late)
        answer = run("import", "vouchers", book, file, "--ledger", "collective", "--post", "--by", "王秀英")
        assert answer.code == 0, answer.said

    return more


@pytest.fixture
def hang(book: Path, run):
    """Makes sheet A of March and registers it; gives it as JSON."""

    def hang(*options: str) -> dict:
        answer = run("report", book, "disclosure", *MONTH, "--sheets", "A", *options)
        assert answer.code == 0, answer.said
        (sheet,) = json.loads(answer.out)["sheets"]
        return sheet

    return hang


def test_a_correction_says_what_it_replaces_and_why(book: Path, run, more, hang):
    first = hang()
    assert first["edition"] == {
        "number": 1,
        "closed": False,
        "mark": "",
        "corrects": None,
        "reason": "",
        "differences": [],
    }
    assert first["warnings"][0].startswith("未结账：2025年3月")
    agreed = run("verify", book, "--sheet", first["check_code"])
    assert agreed.code == 0
    assert "和账上现在的数一致" in agreed.out
    assert "第 1 版，未结账" in agreed.out
    more()
    differs = run("verify", book, "--sheet", first["check_code"])
    assert differs.code == 1
    assert "本期支出：公布时 " in differs.out
    assert "更正公开" in differs.said
    second = hang("--reason", "漏记了一张收据")
    assert second["title"].endswith("（更正公开）")
    assert second["edition"]["corrects"] == first["check_code"]
    assert second["edition"]["reason"] == "漏记了一张收据"
    assert "漏记了一张收据" in second["warnings"][0]
    assert second["edition"]["differences"]
    replaced = run("verify", book, "--sheet", first["check_code"])
    assert replaced.code == 1
    assert f"已由第 2 版（{second['check_code']}）替换" in replaced.out
    assert "换成替换它的那一版" in replaced.said
    assert run("verify", book, "--sheet", second["check_code"]).code == 0
    assert run("verify", book).code == 0


def test_a_reason_for_nothing_is_not_passed_over(book: Path, run, posted, hang):
    del hang
    answer = run("report", book, "disclosure", *MONTH, "--sheets", "A", "--reason", "没有的事")
    assert answer.code == 0
    assert "原因没有用上" in answer.said
    assert "没有的事" not in answer.out


def test_without_a_reason_the_vouchers_posted_since_are_named(more, hang):
    hang()
    more()
    assert hang()["edition"]["reason"] == "公布后又记了 2025-03/记-0003"


def test_an_earlier_version_is_printed_again_in_every_form(book: Path, run, more, hang, tmp_path: Path):
    first = hang()
    more()
    second = hang()
    again = run("report", book, "disclosure", "--code", first["check_code"])
    assert again.code == 0
    (sheet,) = json.loads(again.out)["sheets"]
    assert sheet["rows"] == first["rows"]
    assert sheet["check_code"] == first["check_code"]
    assert sheet["warnings"][0].startswith("本表已由第 2 版")
    for ending in ("pdf", "xlsx", "csv", "json"):
        target = tmp_path / f"重印.{ending}"
        answer = run("report", book, "disclosure", "--code", first["check_code"], "-o", target)
        assert answer.code == 0, answer.said
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "重印.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    spaced = " ".join(first["check_code"][i : i + 4] for i in (0, 4, 8))
    assert spaced in text
    assert "不再作准" in text
    assert load_workbook(tmp_path / "重印.xlsx").worksheets
    assert run("verify", book, "--sheet", second["check_code"]).code == 0


def test_the_correction_on_paper(book: Path, run, more, hang, tmp_path: Path):
    first = hang()
    more()
    target = tmp_path / "更正.pdf"
    options = ("--sheets", "A", "--reason", "漏记", "-o", target)
    assert run("report", book, "disclosure", *MONTH, *options).code == 0
    text = subprocess.run(
        ["pdftotext", "-layout", target, "-"], capture_output=True, check=True
    ).stdout.decode()
    spaced = " ".join(first["check_code"][i : i + 4] for i in (0, 4, 8))
    assert "更正公开" in text
    assert spaced in text
    assert "原因：漏记" in text
    assert "更正前后" in text
    assert "未结账" in text


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("disclosure", "--code", "ABCDEFGHJKLM"), 1, "没有登记过校验码"),
        (("disclosure", "--code", "ABCDEFGHJKLM", "--month", "2025-03"), 2, "不能再写 --month"),
        (("disclosure", "--code", "ABCDEFGHJKLM", "--sheets", "A"), 2, "不能再写 --sheets"),
        (("disclosure", "--edition", "1"), 2, "--edition 要和 --code 一起用"),
        (("trial-balance", "--code", "ABCDEFGHJKLM"), 2, "只用于公开表"),
        (("trial-balance", "--reason", "漏记"), 2, "只用于公开表"),
    ],
)
def test_what_cannot_be_meant(book: Path, run, options: tuple[str, ...], code: int, said: str):
    answer = run("report", book, *options)
    assert answer.code == code
    assert said in answer.said


def test_a_version_there_is_not(book: Path, run, hang):
    code = hang()["check_code"]
    answer = run("report", book, "disclosure", "--code", code, "--edition", "7")
    assert answer.code == 1
    assert "没有第 7 版。账没有变化。有的是第 1 版。" in answer.said


def test_no_code_at_all(book: Path, run):
    answer = run("verify", book, "--sheet", " ")
    assert answer.code == 2
    assert "没有写校验码" in answer.said


def test_a_mistyped_code(book: Path, run, hang):
    code = hang()["check_code"]
    answer = run("verify", book, "--sheet", code.lower())
    assert answer.code == 1
    assert f"账里有 {code}" in answer.said
    assert "账没有变化" in answer.said


def test_a_closed_month_that_changes_after_its_sheet_hung(book: Path, run, more, hang, tmp_path: Path):
    whose = ("--ledger", "collective", "--month", "2025-03", "--by", "王秀英")
    opening = tmp_path / "期初.csv"
    opening.write_text(
        "科目编码,往来单位,项目,借方金额,贷方金额\n101,,,5000.00,\n311,,,,5000.00\n", encoding="utf-8-sig"
    )
    assert run("import", "opening", book, opening, "--ledger", "collective", "--by", "王秀英").code == 0
    assert run("close", book, *whose).code == 0
    first = hang()
    assert first["edition"]["closed"]
    opened = run("reopen", book, *whose, "--approved-by", "李建国", "--reason", "漏记")
    assert opened.code == 0
    assert "2025年3月的公开表已经公开 1 张" in opened.said
    more()
    proved = run("verify", book)
    assert proved.code == 0
    assert "已张贴的表和账不一致，应更正公开：2025年3月 A" in proved.out
    closed = run("close", book, *whose)
    assert "已张贴的表和账不一致，应更正公开" in closed.out + closed.said
    hang("--reason", "漏记一张收据")
    assert "已张贴的表和账不一致" not in run("verify", book).out
    listed = json.loads(run("report", book, "sheet-versions").out)
    assert [(row["number"], row["now"]) for row in listed["rows"]] == [(1, "已由第 2 版替换"), (2, "一致")]
    for ending in ("pdf", "xlsx", "csv"):
        assert run("report", book, "sheet-versions", "-o", tmp_path / f"登记簿.{ending}").code == 0

"""``agency WORKSPACE todo|review|post|close|print|export``: what each says, writes and leaves as its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.agency.agencies import BAIYUN, QINGSHAN, Agency, an_agency
from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village, pin_of
from village_ledger.cli.main import main
from village_ledger.cli.writing import PIN
from village_ledger.reports.pens.pdf_reading import opened


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    """Two villages with a voucher 王秀英 entered in February."""
    agency = an_agency(tmp_path, QINGSHAN, BAIYUN)
    for name in (QINGSHAN, BAIYUN):
        with agency.village(name) as village:
            village.entered("2025-02-03", "收果园承包款", "借 101 6200; 贷 501 6200")
    return agency


@pytest.fixture
def say(agency: Agency, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """A command of the agency by somebody who types the PIN; exit code, stdout, stderr."""
    return _speaker(agency, capsys, monkeypatch)


def _speaker(agency: Agency, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(*words: object, by: str = "") -> tuple[int, str, str]:
        capsys.readouterr()
        if by:
            monkeypatch.setenv(PIN, pin_of(by))
            words = (*words, "--by", by)
        code = main(["agency", str(agency.path), *map(str, words)])
        out, said = capsys.readouterr()
        assert "Traceback" not in out + said
        return code, out, said

    return run


def test_what_waits_is_a_report_like_any_other(say: Any, tmp_path: Path) -> None:
    code, out, _ = say("todo", "--on", "2025-03-20")
    assert code == 0
    found = json.loads(out)
    assert (found["report"], found["title"], found["entity"]) == (
        "agency-todo",
        "代管村待办",
        "青山镇村账代理服务中心",
    )
    first = found["rows"][0]
    assert (first["mark"], first["village"], first["review"], first["months"]) == ("晚了", BAIYUN, 1, 2)
    assert found["rows"][-1]["village"] == "合计 2 个村"
    assert found["rows"][-1]["review"] == 2
    for ending in ("csv", "xlsx", "pdf"):
        assert say("todo", "--on", "2025-03-20", "-o", tmp_path / f"待办.{ending}")[0] == 0
    sheet = load_workbook(tmp_path / "待办.xlsx").worksheets[0]
    assert "待审核" in [cell.value for row in sheet.iter_rows() for cell in row]
    with opened(tmp_path / "待办.pdf") as pdf:
        assert "白云村" in pdf[0].get_textpage().get_text_range()


def test_a_row_for_each_thing(say: Any) -> None:
    code, out, _ = say("todo", "--on", "2025-03-20", "--things", "--village", QINGSHAN)
    rows = json.loads(out)["rows"]
    assert code == 0
    assert {row["village"] for row in rows} == {QINGSHAN}
    assert ["待审核", 1, "张"] in [[row["kind"], row["count"], row["unit"]] for row in rows]
    marks = [row["mark"] for row in rows]
    assert marks == sorted(marks, reverse=True)


def test_a_village_out_of_reach_makes_the_exit_code_1(say: Any, agency: Agency) -> None:
    agency.book(BAIYUN).unlink()
    code, out, said = say("todo", "--on", "2025-03-20")
    assert code == 1
    assert json.loads(out)["rows"][0]["mark"] == "打不开"
    assert "白云村：找不到白云村的账簿" in said


def test_from_review_to_the_closed_month(say: Any, agency: Agency, tmp_path: Path) -> None:
    code, out, said = say("review", "--through", "2025-03-31", by=LI)
    assert code == 0
    assert f"{QINGSHAN} 集体账：办好了。审核了 1 张凭证。" in out.splitlines()
    assert said.strip() == "审核：2 个村办好了，共 2 张凭证。"
    assert say("post", "--through", "2025-03-31", by=WANG)[0] == 0
    for month in ("2025-01", "2025-02"):
        code, out, _ = say("close", "--month", month, "--ledger", COLLECTIVE, by=LI)
        assert (code, out.count("办好了")) == (0, 2)
    with agency.village(QINGSHAN) as village:
        assert village.verify() == []
    verdicts = tmp_path / "结果.xlsx"
    code, out, _ = say("close", "--month", "2025-02", "--verdicts", verdicts, by=LI)
    assert load_workbook(verdicts).worksheets[0]["A1"].value


def test_what_is_refused_in_a_village_makes_the_exit_code_1(say: Any) -> None:
    code, out, said = say("close", "--month", "2025-02", "--ledger", COLLECTIVE, by=LI)
    assert code == 1
    assert "2025年2月还不能结账" in out
    assert "2 个村没有办成" in said


def test_one_voucher_of_one_village_goes_back(say: Any, agency: Agency) -> None:
    chosen = ("--village", QINGSHAN, "--ledger", COLLECTIVE, "--voucher", "2025-02/记-0001")
    code, out, _ = say("review", *chosen, "--reason", "缺发票", by=LI)
    assert (code, out.strip()) == (0, f"{QINGSHAN} 集体账：办好了。退回了 1 张凭证。")
    with agency.village(QINGSHAN) as village:
        (waiting,) = village.reader.unposted_ids(COLLECTIVE)
        assert village.reader.voucher(waiting).return_reason == "缺发票"


def test_papers_of_all_villages(say: Any, tmp_path: Path) -> None:
    out_folder = tmp_path / "出"
    out_folder.mkdir()
    code, _, _ = say("print", "trial-balance", "--month", "2025-02", "--merged", "-o", out_folder, by=WANG)
    assert (code, [path.name for path in out_folder.iterdir()]) == (0, ["2个村_科目余额表_2025年2月.pdf"])
    code, _, said = say("export", "hledger", "-o", out_folder, by=WANG)
    assert (code, said.strip()) == (0, "导出：2 个村办好了，共 2 份。")


def test_a_wrong_pin_opens_no_book(say: Any, agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    before = agency.book(QINGSHAN).read_bytes()
    monkeypatch.setenv(PIN, "不是这个")
    code, _, said = say("review", "--through", "2025-03-31", "--by", LI)
    assert code == 1
    assert "密码不对" in said
    assert agency.book(QINGSHAN).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("review",), 1, "没有说审到哪一天"),
        (("review", "--voucher", "2025-02/记-0001"), 2, "要说明是哪一个村"),
        (("review", "--voucher", "2025-02/记-0001", "--through", "2025-03-01"), 2, "只能用一个"),
        (("review", "--through", "2025-03-01", "--ledger", "集体"), 2, "没有代号为“集体”的账"),
        (("review", "--through", "2025-03-01", "--village", "黑石村"), 1, "没有“黑石村”"),
        (("post",), 2, "还缺"),
        (("close", "--month", "2025-13"), 2, "月"),
        (("print", "certificate", "-o", "."), 1, "不能几个村一起打印"),
        (("print", "trial-balance", "-o", "没有这里"), 1, "这个文件夹"),
        (("export", "wps", "-o", "."), 2, "wps"),
        (("close", "--month", "2025-02", "--verdicts", "结果.docx"), 2, "写不了 docx"),
        (("todo", "--format", "pdf"), 2, "要写到文件里"),
    ],
)
def test_what_cannot_be_meant_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    bare = an_agency(tmp_path, QINGSHAN, staffed=False)
    found = _speaker(bare, capsys, monkeypatch)(*words, by=LI)
    assert (found[0], said in found[2]) == (code, True), found


def test_the_workspace_of_a_wrong_file_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "别的.vlagency").write_text("{}", encoding="utf-8")
    assert main(["agency", str(tmp_path / "别的.vlagency"), "todo"]) == 2
    assert "不是代管工作区" in capsys.readouterr().err


def test_a_book_in_use_is_named_and_the_rest_goes_on(say: Any, agency: Agency) -> None:
    with Village(agency.book(BAIYUN)):
        code, out, _ = say("review", "--through", "2025-03-31", by=LI)
    assert code == 1
    assert f"{BAIYUN}：打不开。这本账正在 {WANG} 的电脑" in out
    assert f"{QINGSHAN} 集体账：办好了" in out


def test_what_the_villages_come_to(say: Any, agency: Agency, tmp_path: Path) -> None:
    with agency.village(QINGSHAN) as village:
        village.posted("2025-02-05", "付水费", "借 513 30; 贷 101 30")
        village.posted("2025-02-08", "收办公经费", "借 1001 800; 贷 4401 800", COMMITTEE)
    code, out, _ = say("summary", "--year", "2025")
    assert code == 0
    rows = json.loads(out)["rows"]
    told = [
        (row["village"], row["income"], row["expense"], row["cash"], row["unposted"])
        for row in rows
        if row["village"] != BAIYUN
    ]
    assert told == [
        (QINGSHAN, "0.00", "30.00", "-30.00", 1),
        ("合计", "0.00", "30.00", "-30.00", 2),
        (QINGSHAN, "800.00", "0.00", "800.00", None),
        ("合计", "800.00", "0.00", "800.00", None),
    ]
    assert say("summary", "--year", "2025", "-o", tmp_path / "汇总.pdf")[0] == 0
    agency.book(BAIYUN).unlink()
    code, out, said = say("summary", "--year", "2025")
    assert (code, "找不到白云村的账簿" in said) == (1, True)
    assert "不在表里的：白云村" in json.loads(out)["notes"][0]


def test_every_voucher_that_waits_and_who_may_not_pass_it(say: Any, agency: Agency) -> None:
    code, out, _ = say("vouchers", "--by", WANG)
    rows = json.loads(out)["rows"]
    assert code == 0
    assert [(row["village"], row["voucher"], row["summary"], row["amount"]) for row in rows] == [
        (QINGSHAN, "2025-02/记-0001", "收果园承包款", "6200.00"),
        (BAIYUN, "2025-02/记-0001", "收果园承包款", "6200.00"),
    ]
    assert "王秀英 的角色是" in rows[0]["why_not"]
    agency.book(BAIYUN).unlink()
    code, out, said = say("vouchers", "--by", LI)
    assert (code, json.loads(out)["rows"][0]["why_not"]) == (1, "")
    assert "白云村：找不到" in said

"""清产核资, 会计交接 and 旧账 at the command line: each step, each refusal with its exit code."""

from __future__ import annotations

import json

import openpyxl
import pytest

L = ("--ledger", "collective")
DAY = "2025-12-31"


@pytest.fixture
def hall(book, run, tmp_path):
    """A book with cash, a pump and one who owes."""
    from tests.exchange.files import write_csv

    heads = ["科目编码", "往来单位", "项目", "借方金额", "贷方金额"]
    rows = [
        ("101", "", "", "1200", ""),
        ("151", "", "", "3000", ""),
        ("152", "", "", "", "1000"),
        ("113", "张三", "", "300", ""),
        ("311", "", "", "", "3500"),
    ]
    assert run("import", "opening", book, write_csv(tmp_path / "期初.csv", rows, heads), *L).code == 0
    return book


@pytest.fixture
def taken(hall, run):
    """A stock-take begun and filled."""
    names = ("--leader", "赵永康", "--counters", "王秀英、何小莉", "--supervisor", "周德清")
    assert run("count", hall, "new", *L, "--date", DAY, *names).code == 0
    assert "填好了 4 行" in run("count", hall, "fill", *L).said
    return hall


def lines(run, hall):
    report = json.loads(run("report", hall, "stock-take-differences", *L).out)
    return {row["name"]: row for row in report["rows"]}


def test_a_stock_take_from_beginning_to_end(run, taken, tmp_path):
    listed = run("report", taken, "stock-take", *L, "-o", tmp_path / "表.xlsx")
    assert listed.code == 0
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["08 固定资产清查登记表"]
    heads = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    for label, value in (("实点金额", 0), ("差异原因", "丢失"), ("处理意见", "调整账面")):
        sheet.cell(2, next(place for head, place in heads.items() if head.endswith(label)), value)
    pump = sheet.cell(2, 1).value
    book.save(tmp_path / "表.xlsx")
    assert "导入了 1 行" in run("count", taken, "import", tmp_path / "表.xlsx", *L).said
    assert (
        run(
            "count", taken, "enter", pump, *L, "--value", "0", "--cause", "丢失", "--treatment", "adjust"
        ).code
        == 0
    )
    assert run("count", taken, "agree", *L).code == 0
    assert "核减 3,000.00" in run("count", taken, "finish", *L).said
    assert run("count", taken, "approve", "青村决1号", "--on", "2026-01-10", *L).code == 0
    made = run("count", taken, "adjust", *L)
    assert made.out.split() == ["2025-12/记-0001", "2025-12/记-0002"]
    assert run("count", taken, "adjust", *L).code == 1
    posted = run("post", taken, *L, "--through", DAY, "--by", "王秀英", "--reviewed-by", "李建国")
    assert posted.code == 0
    vote = (
        "--body",
        "assembly",
        "--eligible",
        "100",
        "--present",
        "90",
        "--for",
        "80",
        "--published",
        "2026-02-20",
    )
    assert (
        run("resolution", taken, "股会1号", "--date", "2026-03-01", *vote, "--subject", "确认清查结果").code
        == 0
    )
    assert run("count", taken, "publish", "--on", "2026-02-01", "--place", "公开栏", *L).code == 0
    assert run("count", taken, "confirm", "股会1号", "--on", "2026-03-01", *L).code == 0
    assert lines(run, taken)["固定资产"]["shortage"] == "3000.00"
    shown = run("count", taken, "show", *L)
    assert "“确认”这一步" in shown.said
    assert run("verify", taken).code == 0


def test_what_a_stock_take_refuses(run, taken, tmp_path):
    assert run("count", taken, "enter", "1", *L).code == 2
    assert run("count", taken, "enter", "99", "--value", "1", *L).code == 1
    assert "负数" in run("count", taken, "enter", "1", "--value", "-1", *L).said
    assert "要先" in run("count", taken, "confirm", "股会1号", "--on", "2026-03-01", *L).said
    assert "没有盘点" in run("count", taken, "finish", *L).said
    assert run("count", taken, "import", tmp_path / "没有.xlsx", *L).code == 2
    assert run("count", taken, "back", "--reason", "漏了", *L).code == 1
    found = run(
        "count", taken, "found", "--sheet", "8", "--account", "151", "--name", "音响", "--value", "800", *L
    )
    assert "账外的“音响”" in found.said
    assert run("count", taken, "fill", "--date", "2025-06-30", *L).code == 1


def test_a_handover_from_beginning_to_end(run, hall, tmp_path):
    who = ("--post", "会计", "--giver", "王秀英", "--taker", "何小莉", "--supervisor", "周德清")
    assert run("handover", hall, "new", "--date", DAY, *who).out.strip() == "交-2025-01"
    assert "现金还没有盘点" in run("handover", hall, "list").said
    assert run("cash-count", hall, *L, "--date", DAY, "--total", "1200").code == 0
    assert run("handover", hall, "list").code == 0
    assert run("handover", hall, "item", "seals", "财务专用章", "--quantity", "1枚").code == 0
    (tmp_path / "备份.bin").write_bytes(b"abc")
    assert "SHA-256" in run("handover", hall, "backup", tmp_path / "备份.bin").said
    assert run("handover", hall, "tick", "一").code == 2
    assert run("handover", hall, "tick", "1", "bad").code == 1
    assert run("handover", hall, "tick", "1", "bad", "--note", "缺一册").code == 0
    assert run("handover", hall, "sign", "移交人", "--on", "2026-01-02").code == 1
    assert run("handover", hall, "tick", "all").code == 0
    for place in ("移交人", "taker"):
        assert run("handover", hall, "sign", place, "--on", "2026-01-02").code == 0
    assert "还没有签字：监交人" in run("handover", hall, "finish", "--on", "2026-01-02").said
    assert run("handover", hall, "sign", "监交人", "--on", "2026-01-02").code == 0
    assert "交接完毕" in run("handover", hall, "finish", "--on", "2026-01-02").said
    assert run("handover", hall, "drop", "1").code == 1
    assert "“交接完毕”" in run("handover", hall, "show").said
    sheet = json.loads(run("report", hall, "handover", "--number", "交-2025-01").out)
    assert sheet["rows"][0]["title"].startswith("一、")
    assert run("report", hall, "handover", "-o", tmp_path / "清册.pdf").code == 0
    assert run("verify", hall).code == 0


def test_a_handover_is_withdrawn(run, hall):
    assert run("handover", hall, "show").code == 1
    who = ("--post", "会计", "--giver", "王秀英", "--taker", "何小莉", "--supervisor", "周德清")
    assert run("handover", hall, "new", "--date", DAY, *who, *L).code == 0
    assert run("handover", hall, "withdraw", "--reason", "换人").code == 0
    assert run("handover", hall, "list").code == 1


def test_old_matters(run, hall):
    assert "列出了 1 笔" in run("old-matter", hall, "gather", *L, "--term", "2025-07-01").said
    assert run("old-matter", hall, "add", "村小学确权", "--term", "2025-07-01", *L).out.strip() == "旧-0002"
    assert run("old-matter", hall, "follow", "9", "--date", "2025-08-01", *L).code == 1
    told = ("--owner", "周德清", "--plan", "分两次还", "--due", "2025-12-31", "--words", "上门催收")
    assert run("old-matter", hall, "follow", "1", "--date", "2025-08-01", *told, *L).code == 0
    shown = run("old-matter", hall, "show", *L)
    assert shown.out.splitlines()[0].split("\t")[-1] == "周德清"
    listed = json.loads(run("report", hall, "old-matters", *L, "--as-of", DAY).out)
    assert (listed["rows"][0]["owner"], listed["rows"][0]["now"]) == ("周德清", "300.00")

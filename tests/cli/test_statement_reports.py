"""Statements and books by month at the command line: columns of the contract, what they warn of, what they refuse."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import made
from tests.cli.conftest import Answer

LEDGER = ("--ledger", "collective")


@pytest.fixture
def village(tmp_path) -> Path:
    return made.demo(tmp_path, closed=False)


@pytest.fixture
def closed(village, run) -> Path:
    """The collective's January and February closed."""
    for month in ("2025-01", "2025-02"):
        assert run("close", village, *LEDGER, "--month", month, "--by", "王秀英").code == 0
    return village


def report(answer: Answer) -> dict:
    assert answer.code == 0, answer.said
    return json.loads(answer.out)


def rows(made: dict, role: str = "") -> list[dict[str, str]]:
    return [row for row in made["rows"] if role in {"", row["role"]}]


@pytest.mark.parametrize(
    ("name", "ledger", "keys"),
    [
        ("balance-sheet", "collective", "block line name closing opening"),
        ("balance-sheet", "committee", "block line name closing opening"),
        ("income-distribution", "collective", "line name current previous"),
        ("receipts-payments", "collective", "block code name period year"),
        ("surplus", "committee", "block code name period year"),
        ("general-ledger", "collective", "code name date summary debit credit side balance"),
        ("voucher-summary", "committee", "code name debit credit"),
        ("close-checklist", "collective", "rule verdict text evidence"),
    ],
)
def test_columns_of_the_contract(run, village, name, ledger, keys):
    found = report(run("report", village, name, "--ledger", ledger, "--month", "2025-03"))
    assert found["report"] == name
    assert [c["key"] for c in found["columns"] if c["key"] in keys.split()] == keys.split()
    assert all(set(keys.split()) <= set(row) for row in found["rows"])


def test_every_row_of_the_two_statutory_statements(run, village):
    sheet = report(run("report", village, "balance-sheet", *LEDGER, "--as-of", "2025-06-30"))
    lines = [row["line"] for row in sheet["rows"] if row["line"]]
    assert lines == [
        *(f"A{n}" for n in range(1, 24)),
        *(f"L{n}" for n in range(1, 12)),
        *(f"E{n}" for n in range(1, 5)),
        "T",
    ]
    income = report(run("report", village, "income-distribution", *LEDGER, "--year", "2025"))
    lines = [row["line"] for row in income["rows"]]
    assert lines == [*(f"R{n}" for n in range(1, 7)), "R6a", *(f"R{n}" for n in range(7, 21))]


@pytest.mark.parametrize(
    ("name", "ledger", "title"),
    [
        ("surplus", "collective", "集体经济组织账没有收支结余表（surplus）"),
        ("receipts-payments", "committee", "村民委员会账没有收支明细表（receipts-payments）"),
        ("income-distribution", "committee", "村民委员会账没有收益及收益分配表（income-distribution）"),
    ],
)
def test_a_ledger_a_statement_does_not_fit(run, village, name, ledger, title):
    answer = run("report", village, name, "--ledger", ledger)
    assert (answer.code, answer.out, len(answer.sentences)) == (1, "", 1)
    assert answer.said.startswith(title)
    assert "账没有变化" in answer.said
    assert "（balance-sheet）" in answer.said


def test_both_ledgers_at_once_are_not_one_statement(run, village):
    assert run("report", village, "balance-sheet").code == 2


def test_days_before_the_book_began(run, book):
    answer = run("report", book, "balance-sheet", *LEDGER, "--month", "2025-02")
    assert (answer.code, len(answer.sentences)) == (1, 1)
    assert "从2025年3月开始，没有 2025-02-28 的报表" in answer.said


def test_what_is_not_closed_yet_is_said_on_top(run, closed):
    def warnings(*when: str) -> list[str]:
        return report(run("report", closed, "balance-sheet", *LEDGER, *when))["warnings"]

    assert warnings("--month", "2025-02") == ["中期报表：截至 2025-02-28，本年收支还没有结转。"]
    assert warnings("--as-of", "2025-03-31") == [
        "2025年3月还没有结账，数字可能变动。",
        "中期报表：截至 2025-03-31，本年收支还没有结转。",
    ]
    assert warnings("--year", "2025") == [
        "2025年3月至2025年12月还没有结账，数字可能变动。",
        "2025年还没有年终结转，这是结转前的报表。",
    ]


def test_a_reopened_month_is_said_for_ever(run, closed):
    two = ("--by", "王秀英", "--approved-by", "赵平", "--reason", "漏记一张发票")
    assert run("reopen", closed, *LEDGER, "--month", "2025-02", *two).code == 0
    assert run("close", closed, *LEDGER, "--month", "2025-02", "--by", "王秀英").code == 0
    for name, span in (("balance-sheet", "2025-06"), ("receipts-payments", "2025-03")):
        found = report(run("report", closed, name, *LEDGER, "--month", span))
        said = next(w for w in found["warnings"] if w.startswith("2025年2月结账后曾反结账"))
        assert "王秀英申请、赵平批准，原因：漏记一张发票" in said
    later = report(run("report", closed, "general-ledger", *LEDGER, "--month", "2025-03"))["warnings"]
    assert not any("反结账" in warning for warning in later)


def test_a_year_closed_at_the_command_line(run, village):
    for number in range(1, 13):
        month = f"2025-{number:02d}"
        assert run("close", village, *LEDGER, "--month", month, "--by", "王秀英").code == 0
    answer = run("close-year", village, *LEDGER, "--year", "2025", "--by", "王秀英")
    assert (answer.code, answer.out.split()) == (0, ["2025-13/记-0031", "2025-13/记-0032", "2025-13/记-0033"])
    assert run("close-year", village, *LEDGER, "--year", "2025", "--by", "王秀英").code == 1
    found = report(run("report", village, "income-distribution", *LEDGER, "--year", "2025"))
    assert found["warnings"] == []
    assert {check["rule"] for check in found["checks"] if check["ok"]} == {"X3", "X4", "X5", "X7", "X13"}
    net = {row["line"]: row["current"] for row in found["rows"]}["R13"]
    voucher = report(run("report", village, "voucher", *LEDGER, "--voucher", "2025-13/记-33"))
    assert net in {row["debit"] for row in rows(voucher, "detail")}
    assert run("verify", village).code == 0


def test_the_check_list_of_the_month_that_comes_next(run, closed):
    found = report(run("report", closed, "close-checklist", *LEDGER))
    assert (found["from"], found["to"]) == ("2025-03-01", "2025-03-31")
    verdicts = {row["rule"]: row["verdict"] for row in found["rows"]}
    assert (verdicts["K1"], verdicts["K9"]) == ("通过", "提醒")
    later = report(run("report", closed, "close-checklist", *LEDGER, "--month", "2025-05"))
    first = later["rows"][0]
    assert (first["rule"], first["verdict"], first["evidence"]) == ("K1", "不能结账", "2025-03、2025-04")
    assert run("report", closed, "close-checklist", *LEDGER, "--month", "2030-01").code == 1


def test_the_voucher_summary_is_the_trial_balances_turnover(run, village):
    summary = report(run("report", village, "voucher-summary", *LEDGER, "--month", "2025-03"))
    trial = report(run("report", village, "trial-balance", *LEDGER, "--month", "2025-03"))
    first_level = {
        row["code"]: (row["period_debit"], row["period_credit"])
        for row in trial["rows"]
        if len(row["code"]) == 3 and {row["period_debit"], row["period_credit"]} != {"0.00"}
    }
    assert {r["code"]: (r["debit"], r["credit"]) for r in rows(summary, "detail")} == first_level
    (total,) = rows(summary, "total")
    assert total["debit"] == total["credit"] == trial["rows"][-1]["period_debit"]
    assert summary["notes"] == ["2025-03 记-0001 至 2025-03 记-0034，共 34 张，附件 114 张。"]


def test_the_general_ledger_of_one_account(run, village):
    found = report(run("report", village, "general-ledger", *LEDGER, "--year", "2025", "--account", "101"))
    assert {row["code"] for row in found["rows"]} == {"101"}
    assert found["rows"][-1]["balance"] == "3019.00"
    answer = run("report", village, "general-ledger", *LEDGER, "--account", "10201")
    assert (answer.code, len(answer.sentences)) == (1, 1)
    assert "总账只到一级" in answer.said


def test_a_multi_column_account(run, village):
    found = report(run("report", village, "multi-column", *LEDGER, "--account", "501", "--year", "2025"))
    columns = [c["key"] for c in found["columns"] if c["key"].startswith("501")]
    assert columns == ["50101", "50102", "50103", "50104", "50105"]
    last = found["rows"][-1]
    assert last["summary"] == "本年累计"
    assert sum(Decimal(last[key]) for key in columns) == Decimal(last["credit"]) - Decimal(last["debit"])


@pytest.mark.parametrize(("account", "words"), [((), "多栏账"), (("--account", "101"), "没有下级科目")])
def test_a_multi_column_account_wants_columns(run, village, account, words):
    answer = run("report", village, "multi-column", *LEDGER, *account)
    assert (answer.code, len(answer.sentences)) == (1 if account else 2, 1)
    assert words in answer.said


def test_nothing_prints_as_a_dash_and_the_unknown_stays_blank(run, village, tmp_path):
    file = tmp_path / "收益.xlsx"
    assert run("report", village, "income-distribution", *LEDGER, "-o", file).code == 0
    sheet = load_workbook(file).worksheets[0]
    labels = [cell.value for cell in sheet[1]]
    tax = next(row for row in sheet.iter_rows(min_row=2) if row[2].value == "减：所得税费用")
    nothing, unknown = tax[labels.index("本年金额")], tax[labels.index("上年金额")]
    assert (nothing.value, unknown.value) == (0, None)
    assert nothing.number_format.endswith(";—")


@pytest.mark.parametrize(
    ("name", "ledger", "words"),
    [
        ("balance-sheet", "collective", ["资产总计", "负债和所有者权益总计", "—"]),
        ("income-distribution", "collective", ["四、净收益", "上年金额没有录入"]),
        ("receipts-payments", "collective", ["收入合计", "支出合计", "收支差额"]),
        ("surplus", "committee", ["收入合计", "支出合计", "期末结余"]),
    ],
)
def test_a_statement_stands_on_one_page(run, village, tmp_path, name, ledger, words):
    file = tmp_path / "报表.pdf"
    assert run("report", village, name, "--ledger", ledger, "--year", "2025", "-o", file).code == 0
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, check=True
    ).stdout.decode()
    assert text.count("\f") == 1
    assert "第 1 页，共 1 页" in text
    for word in (*words, "还没有结账", "制表"):
        assert word in text


def test_totals_of_both_halves_stand_on_one_line(run, village, tmp_path):
    file = tmp_path / "报表.pdf"
    assert run("report", village, "balance-sheet", *LEDGER, "--year", "2025", "-o", file).code == 0
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, check=True
    ).stdout.decode()
    total = next(line for line in text.splitlines() if "资产总计" in line and "23" in line)
    assert total.split() == [
        *("资产总计", "23", "2,593,836.73", "2,364,862.18"),
        *("负债和所有者权益总计", "39", "2,593,836.73", "2,364,862.18"),
    ]

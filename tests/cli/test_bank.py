"""``import bank``, ``bank`` and the reconciliation at the command line."""

from __future__ import annotations

import json

import pytest

from tests.exchange.bank_files import NUMBER, statement

MARCH = [("账号:", NUMBER), ("起止日期:", "2025-03-01", "2025-03-31")]
LINES = (("2025-03-09", "1200", "果园", "承包款"), ("2025-03-21", "-15", "", "账户管理费"))


@pytest.fixture
def file(tmp_path):
    return statement(tmp_path, *LINES, head=MARCH)


@pytest.fixture
def taken(run, book, file):
    """The book with the statement in it."""
    assert run("import", "bank", book, file, "--ledger", "collective").code == 0
    return book


def test_a_dry_run_changes_nothing_and_the_import_says_what_it_did(run, book, file):
    said = run("import", "bank", book, file, "--ledger", "collective", "--dry-run")
    assert (said.code, said.sentences[-1][:10]) == (0, "检查过了，可以导入：")
    assert json.loads(run("bank", book, "accounts", "--ledger", "collective").out) == []
    said = run("import", "bank", book, file, "--ledger", "collective")
    assert said.sentences[-1] == "导入了 102 银行存款 ****3358：新 2 行，已有 0 行，勾对 0 组，待定 0 组。"
    again = run("import", "bank", book, file, "--ledger", "collective")
    assert "新 0 行，已有 2 行" in again.said


def test_the_other_ledger_is_refused(run, taken, file):
    said = run("import", "bank", taken, file, "--ledger", "committee", "--account", "1002")
    assert said.code == 1
    assert "一个银行账户只属于一本账" in said.said


def test_options_of_one_kind_are_refused_for_another(run, book, two, file):
    assert run("import", "vouchers", book, two, "--ledger", "collective", "--account", "102").code == 2
    assert run("import", "bank", book, file, "--ledger", "collective", "--post").code == 2
    assert run("import", "bank", book, file, "--ledger", "collective", "--mapping", "日期").code == 2


def test_a_mapping_is_given_by_hand(run, book, tmp_path):
    path = tmp_path / "自己的表.csv"
    path.write_text(
        "账号:,8811013300003358\n哪天,来,去,剩,谁\n2025-03-09,5.00,,5.00,张三\n", encoding="utf-8"
    )
    assert run("import", "bank", book, path, "--ledger", "collective").code == 2
    mapping = "哪天=日期,来=收入,去=支出,剩=余额,谁=对方户名"
    said = run("import", "bank", book, path, "--ledger", "collective", "--mapping", mapping)
    assert "新 1 行" in said.said
    assert "已有 1 行" in run("import", "bank", book, path, "--ledger", "collective").said


def test_the_reconciliation_is_json_csv_xlsx_and_pdf(run, taken, tmp_path):
    answer = run(
        "report",
        taken,
        "bank-reconciliation",
        "--ledger",
        "collective",
        "--account",
        "102",
        "--month",
        "2025-03",
    )
    found = json.loads(answer.out)
    assert (found["bank_balance"], found["bank_received"], found["bank_paid"]) == (
        "1185.00",
        "1200.00",
        "15.00",
    )
    assert (found["adjusted_bank"], found["adjusted_book"], found["difference"]) == (
        "1185.00",
        "1185.00",
        "0.00",
    )
    for ending in ("pdf", "xlsx", "csv"):
        path = tmp_path / f"调节表.{ending}"
        assert run("report", taken, "bank-reconciliation", "--ledger", "collective", "-o", path).code == 0
        assert path.stat().st_size > 200


def test_a_report_before_any_statement_is_refused(run, book):
    said = run("report", book, "bank-reconciliation", "--ledger", "collective")
    assert (said.code, "还没有登记银行账户" in said.said) == (1, True)


def test_an_account_is_registered_and_a_balance_asserted(run, book):
    add = ("--ledger", "collective", "--account", "102", "--number", NUMBER, "--bank", "农商行")
    assert run("bank", book, "add", *add).code == 0
    assert run("bank", book, "add", *add).code == 1
    assert run("bank", book, "assert", "--ledger", "collective", "--date", "2025-03-31").code == 2
    said = run("bank", book, "assert", "--ledger", "collective", "--date", "2025-03-31", "--balance", "5")
    assert (said.code, "还有 5.00 说不清" in said.said) == (0, True)
    [kept] = json.loads(run("bank", book, "assertions", "--ledger", "collective").out)
    assert (kept["balance"], kept["difference"], kept["holds"]) == ("5.00", "5.00", True)


def test_lines_are_drafted_marked_matched_and_unmatched(run, taken):
    answer = run("bank", taken, "draft", "--ledger", "collective")
    assert answer.out.strip() == "2025-03/记-0001"
    assert run("bank", taken, "error", "--ledger", "collective", "--line", "1", "--note", "查过").code == 0
    assert run("bank", taken, "error", "--ledger", "collective", "--line", "1", "--none").code == 0
    filled = run("bank", taken, "draft", "--ledger", "collective", "--line", "1", "--counter", "501")
    assert filled.out.strip() == "2025-03/记-0002"
    posted = run(
        "post",
        taken,
        "--ledger",
        "collective",
        "--through",
        "2025-03-31",
        "--by",
        "王秀英",
        "--reviewed-by",
        "李建国",
    )
    assert posted.code == 0
    lines = json.loads(run("bank", taken, "lines", "--ledger", "collective").out)
    assert [line["vouchers"] for line in lines] == [["2025-03/记-0002"], ["2025-03/记-0001"]]
    match = str(lines[0]["match"])
    assert run("bank", taken, "unmatch", "--ledger", "collective", "--match", match).code == 0
    by_hand = ("match", "--ledger", "collective", "--line", "1", "--voucher", "2025-03/记-0002")
    assert run("bank", taken, *by_hand).code == 0
    assert run("bank", taken, *by_hand).code == 1
    assert run("bank", taken, "match", "--ledger", "collective").code == 0
    assert run("verify", taken).code == 0


def test_what_was_outstanding_before_is_typed_in(run, taken):
    item = ("--date", "2025-02-27", "--amount", "-350", "--note", "支票 0338")
    assert run("bank", taken, "outstanding", "--ledger", "collective", *item).code == 0
    answer = run("report", taken, "bank-reconciliation", "--ledger", "collective", "--month", "2025-03")
    assert json.loads(answer.out)["book_paid"] == "350.00"

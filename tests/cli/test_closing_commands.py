"""Closing at the command line: checking, waiving, sealing, the year's drafts, distributing."""

from __future__ import annotations

import json

import pytest

from tests.builders import Village
from tests.exchange.files import write_csv

LEDGER = ("--ledger", "collective")
WANG = ("--by", "王秀英")
SHARES = ("往来单位", "金额")


@pytest.fixture
def book(tmp_path):
    """A year with income and expense; a loss of stock not yet dealt with in March."""
    with Village.found(tmp_path) as village:
        village.open_with("借 101 5000", "借 121 1000", "贷 301 6000")
        village.posted("2025-03-08", "收租金", "借 101 6200; 贷 501 6200")
        village.posted("2025-03-09", "盘亏", "借 181 300; 贷 121 300")
        village.posted("2025-04-09", "盘亏报批", "借 515 300; 贷 181 300")
        return village.path


def months(run, book, last: int) -> None:
    for number in range(1, last + 1):
        assert run("close", book, *LEDGER, "--month", f"2025-{number:02d}", *WANG).code == 0


def test_checking_says_each_line_and_whether_it_can_close(run, book):
    months(run, book, 2)
    answer = run("close", book, *LEDGER, "--month", "2025-03", "--check", *WANG)
    assert answer.code == 0
    assert "K8 提醒 待处理财产清理完：181" in answer.out
    assert "2025-03 可以结账" in answer.said
    assert run("close", book, *LEDGER, "--month", "2025-05", "--check", *WANG).code == 1


def test_a_waiver_stays_on_the_list_and_on_the_prints(run, book):
    months(run, book, 2)
    why = ("--reason", "已报理事会，4月处理")
    assert run("waive", book, *LEDGER, "--month", "2025-03", "--rule", "K8", *why, *WANG).code == 0
    months_3 = run("close", book, *LEDGER, "--month", "2025-03", *WANG)
    assert months_3.code == 0
    found = json.loads(run("report", book, "close-checklist", *LEDGER, "--month", "2025-03").out)
    row = next(r for r in found["rows"] if r["rule"] == "K8" and r["verdict"] == "提醒")
    assert row["waiver"].startswith("已报理事会，4月处理（王秀英 ")
    trial = json.loads(run("report", book, "trial-balance", *LEDGER, "--month", "2025-03").out)
    assert any("2025年3月结账时放行：181" in warning for warning in trial["warnings"])
    later = json.loads(run("report", book, "trial-balance", *LEDGER, "--month", "2025-04").out)
    assert not any("放行" in warning for warning in later["warnings"])


def test_what_fails_or_passes_is_not_waived(run, book):
    why = ("--reason", "先这样")
    failed = run("waive", book, *LEDGER, "--month", "2025-03", "--rule", "K1", *why, *WANG)
    assert failed.code == 1
    assert "没有通过，不能放行" in failed.said
    passed = run("waive", book, *LEDGER, "--month", "2025-01", "--rule", "K6", *why, *WANG)
    assert (passed.code, "没有要放行的提醒" in passed.said) == (1, True)
    assert (
        "没有 K99 这一项"
        in run("waive", book, *LEDGER, "--month", "2025-01", "--rule", "K99", *why, *WANG).said
    )


def test_sealing_wants_two_supervisors_and_ends_reopening(run, book):
    months(run, book, 2)
    signed = ("--sheet", "2025-03-05 检查单")
    alone = run("seal", book, *LEDGER, "--month", "2025-02", "--supervisor", "孙丽", "孙丽", *signed, *WANG)
    assert (alone.code, "两名监事" in alone.said) == (1, True)
    early = run("seal", book, *LEDGER, "--month", "2025-04", "--supervisor", "孙丽", "钱进", *signed, *WANG)
    assert (early.code, "还没有结账" in early.said) == (1, True)
    done = run("seal", book, *LEDGER, "--month", "2025-02", "--supervisor", "孙丽", "钱进", *signed, *WANG)
    assert (done.code, done.out.split()) == (0, ["2025-01", "2025-02"])
    again = ("--approved-by", "赵平", "--reason", "漏了一张")
    assert run("reopen", book, *LEDGER, "--month", "2025-02", *again, *WANG).code == 1
    assert run("verify", book).code == 0


def test_the_drafts_of_the_year_are_the_vouchers_of_the_year(run, book):
    months(run, book, 12)
    dry = ("close-year", book, *LEDGER, "--year", "2025", "--dry-run", *WANG)
    first, second = run(*dry), run(*dry)
    assert first.code == 0
    assert first.out == second.out
    assert "1 结转本年收入 501 经营收入 借 6,200.00（结转前 贷 6,200.00）" in first.out
    assert "账没有变化" in first.said
    done = run("close-year", book, *LEDGER, "--year", "2025", *WANG)
    assert (done.code, len(done.out.split())) == (0, 3)
    once = run(*dry)
    assert (once.code, "已经年终结转过" in once.said) == (1, True)
    assert run("close-year", book, *LEDGER, "--year", "2025", *WANG).code == 1


def test_distributing_a_closed_year(run, book, tmp_path):
    months(run, book, 12)
    assert run("close-year", book, *LEDGER, "--year", "2025", *WANG).code == 0
    decided = ("distribute", book, *LEDGER, "--year", "2025", "--date", "2026-03-20", "--resolution", "1号")
    above = run(*decided, "--members", "5900.01", *WANG)
    assert above.code == 1
    assert "要分配 5,900.01，2025年度可分配的只有 5,900.00" in above.said
    names = write_csv(tmp_path / "名单.csv", [["张三", "1000"], ["李四", "500.50"]], SHARES)
    done = run(*decided, "--reserve", "20%", "--members", "1500.50", "--members-list", names, *WANG)
    assert done.code == 0
    assert done.out.split() == ["2026-03/记-0001", "2026-03/记-0002"]
    vouchers = json.loads(run("report", book, "voucher", *LEDGER, "--month", "2026-03").out)["rows"]
    assert {"1180.00", "1500.50", "1000.00", "500.50"} <= {
        amount for row in vouchers for amount in (row["debit"], row["credit"])
    }


def test_a_list_with_faults_names_every_row(run, book, tmp_path):
    names = write_csv(tmp_path / "名单.csv", [["张三", "0"], ["张三", "5"], ["张三", "6"]], SHARES)
    asked = ("distribute", book, *LEDGER, "--year", "2025", "--date", "2025-12-20", "--resolution", "1号")
    refused = run(*asked, "--members", "11", "--members-list", names, *WANG)
    assert refused.code == 1
    assert "第2行" in refused.said
    assert "第4行" in refused.said
    assert run(*asked, "--reserve", "120%", *WANG).code == 2
    assert run(*asked, "--reserve", "abc", *WANG).code == 2

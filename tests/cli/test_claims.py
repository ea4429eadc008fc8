"""报账 at the command line: hand in, book, reconcile the advance, account for receipts, print."""

from __future__ import annotations

import json

import pytest

from tests.exchange.files import write_csv

HEADS = ["日期", "摘要", "金额", "科目编码", "经手人", "证明人", "审批人", "票据号", "附件张数"]
ROWS = [
    ("2025-03-10", "购打印纸", "120.00", "513", "陈秀英", "周德清", "赵永康", "5001", "1"),
    ("2025/3/12", "修水渠人工", "1,300", "514", "陈秀英", "周德清", "李德富", "", "2"),
]
L = ("--ledger", "collective")


@pytest.fixture
def hall(book, run):
    """A book with a 报账员."""
    assert run("claim", book, "claimant", *L, "--claimant", "陈秀英", "--account", "113").code == 0
    return book


@pytest.fixture
def slip(tmp_path):
    return write_csv(tmp_path / "报账.csv", ROWS, HEADS)


def submit(run, book, slip, *more):
    return run("claim", book, "submit", slip, *L, "--claimant", "陈秀英", "--date", "2025-03-15", *more)


def test_a_claim_goes_in_and_comes_out_as_vouchers(run, hall, slip, tmp_path):
    handed = submit(run, hall, slip, "--settle", "cash")
    assert (handed.code, handed.out.strip()) == (0, "报-2025-0001")
    assert "2 张单据，1,420.00 元" in handed.said
    made = run("claim", hall, "book", "报-2025-0001", *L, "--by", "王秀英")
    assert made.out.split() == ["2025-03/记-0001", "2025-03/记-0002"]
    assert run("claim", hall, "book", "2025-1", *L).code == 1
    (listed,) = run("claim", hall, "list", *L).out.splitlines()
    assert listed.split("\t")[3:5] == ["1,420.00", "已记"]
    register = json.loads(run("report", hall, "claim-register", *L, "--month", "2025-03").out)
    assert register["rows"][0]["amount"] == "1420.00"
    assert run("verify", hall).code == 0


def test_every_fault_of_a_slip_is_named_and_nothing_taken(run, hall, tmp_path):
    bad = [
        ROWS[0],
        ("2025-03-10", "购纸", "1.234,5", "513", "陈秀英", "周德清", "赵永康", "", "1"),
        ("", "购纸", "5", "513", "陈秀英", "周德清", "赵永康", "", "1"),
        ("2025-03-10", "购纸", "5", "513", "陈秀英", "陈秀英", "赵永康", "", "1"),
    ]
    answer = submit(run, hall, write_csv(tmp_path / "坏.csv", bad, HEADS))
    assert answer.code == 1
    assert [line.split()[0][:3] for line in answer.sentences[:3]] == ["第3行", "第4行", "第5行"]
    assert run("claim", hall, "list", *L).out == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("submit",), 2, "还缺：WHAT、--claimant、--date"),
        (("book", "报-2025-0009"), 1, "没有报账单"),
        (("return", "报-2025-0001"), 2, "还缺：--reason"),
        (("claimant", "--claimant", "王五", "--account", "513"), 1, "不按往来单位核算"),
        (("dismiss",), 2, "还缺：--claimant"),
        (("dismiss", "--claimant", "王五"), 1, "报账员里没有"),
    ],
)
def test_what_cannot_be_done_is_said(run, hall, words, code, said):
    answer = run("claim", hall, *words, *L)
    assert answer.code == code
    assert said in answer.said


def test_who_is_dismissed_hands_in_nothing_until_registered_again(run, hall, slip):
    assert run("claim", hall, "dismiss", *L, "--claimant", "陈秀英").code == 0
    refused = submit(run, hall, slip, "--settle", "cash")
    assert refused.code == 1
    assert "已经不是报账员" in refused.said
    assert run("claim", hall, "claimant", *L, "--claimant", "陈秀英", "--account", "113").code == 0
    assert submit(run, hall, slip, "--settle", "cash").code == 0


def test_an_advance_and_its_sheet(run, hall, tmp_path):
    answer = run("advance", hall, *L, "--claimant", "陈秀英", "--month", "2025-03", "--cash", "50")
    assert answer.code == 1
    assert "多 50.00" in answer.said
    words = ("--claimant", "陈秀英", "--month", "2025-03", "--cash", "50", "--reason", "自己垫的零钱")
    assert run("advance", hall, *L, *words).code == 0
    (row, total) = json.loads(run("report", hall, "advances", *L, "--month", "2025-03").out)["rows"]
    assert (row["difference"], row["reason"], total["role"]) == ("50.00", "自己垫的零钱", "total")


def test_receipts_and_their_register(run, hall, tmp_path):
    def receipts(act, first, last, *more):
        words = (act, *L, "--kind", "内部收据", "--first", first, "--last", last, "--date", "2025-03-02")
        return run("receipts", hall, *words, *more)

    assert receipts("register", "000001", "000050").code == 0
    assert receipts("issue", "000001", "000025", "--holder", "何小莉").code == 0
    assert receipts("use", "000001", "000003", "--holder", "何小莉", "--amount", "600").code == 0
    assert receipts("void", "000005", "000005", "--holder", "何小莉", "--note", "写错").code == 0
    again = receipts("use", "000003", "000003", "--holder", "何小莉", "--amount", "1")
    assert again.code == 1
    assert "登记过使用" in again.said
    made = json.loads(run("report", hall, "receipt-books", *L).out)
    assert made["rows"][0]["gaps"] == "000004"
    (check,) = made["checks"]
    assert (check["rule"], check["ok"], check["text"]) == ("K28", False, "断号：内部收据 000004（何小莉）")
    for name in ("receipt-books", "advances", "claim-register"):
        assert run("report", hall, name, *L, "-o", tmp_path / f"{name}.pdf").code == 0

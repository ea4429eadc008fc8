"""The contract of ``transfer`` and ``resolution`` as scripts call it: a new book, all nine kinds, sums worked out by hand.

Nothing but first-level accounts is there at first; the commands make what they need.
"""

from __future__ import annotations

import json

import pytest

from tests.builders import blank_book
from tests.cli.conftest import run as run  # noqa: PLC0414  a fixture
from tests.exchange.files import write_csv

NO = "青社代〔2025〕1号"
PEOPLE = ("--by", "王秀英", "--reviewed-by", "李建国")
AMOUNTS = {
    "T1": "1000",
    "T2": "2000",
    "T3": "300",
    "T4": "400",
    "T5": "150",
    "T6": "500",
    "T7": "600",
    "T8": "101",
    "T9": "700",
}


@pytest.fixture
def book(tmp_path, run):
    """A new book with a resolution that carried."""
    path = blank_book(tmp_path, start="2025-03")
    words = (
        "--date",
        "2025-03-01",
        "--body",
        "representatives",
        "--published",
        "2025-02-18",
        "--subject",
        "补助村委会",
    )
    votes = ("--eligible", "30", "--present", "28", "--for", "27")
    assert run("resolution", path, NO, *words, *votes).code == 0
    return path


def transfer(run, book, kind: str, *more: str):
    """A document of 8 March."""
    rest = ("--resolution", NO) if kind in {"T1", "T2", "T3"} else ()
    fixed = ("--date", "2025-03-08", "--amount", AMOUNTS[kind], "--summary", f"往来{kind}")
    return run("transfer", book, "--kind", kind, *fixed, *PEOPLE, *rest, *more)


def report(run, book, name: str, *more: str) -> dict:
    """A report as JSON."""
    answer = run(
        "report", book, name, *more, "--from", "2025-03-01", "--to", "2025-03-31", "--format", "json"
    )
    assert answer.code == 0
    return json.loads(answer.out)


def closings(run, book, ledger: str) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Leaf or used account → (period debit, period credit), and the total row."""
    table = report(run, book, "trial-balance", "--ledger", ledger)
    rows = {row["code"]: (row["period_debit"], row["period_credit"]) for row in table["rows"] if row["code"]}
    (total,) = [row for row in table["rows"] if row["role"] == "total"]
    assert all(check["ok"] for check in table["checks"])
    return rows, total


def test_nine_kinds_in_a_new_book_with_one_bank_account_each(run, book):
    for kind in AMOUNTS:
        answer = transfer(run, book, kind)
        assert answer.code == 0, answer.said
    listed = report(run, book, "inter-ledger")
    keys = ("date", "number", "kind", "collective_voucher", "committee_voucher", "amount", "settled")
    assert [c["key"] for c in listed["columns"] if c["key"] in keys] == list(keys)
    rows = [tuple(row[k] for k in keys[2:]) for row in listed["rows"] if row["role"] == "detail"]
    mine, theirs = "2025-03/记-000", "2025-03/记-000"
    assert rows == [
        ("T1", f"{mine}1", f"{theirs}1", "1000.00", "1000.00"),
        ("T2", f"{mine}2", f"{theirs}2", "2000.00", "2000.00"),
        ("T3", f"{mine}3", "", "300.00", "300.00"),
        ("T4", f"{mine}4", f"{theirs}3", "400.00", "150.00"),
        ("T5", f"{mine}5", f"{theirs}4", "150.00", "150.00"),
        ("T6", f"{mine}6", f"{theirs}5", "500.00", "0.00"),
        ("T7", f"{mine}7", f"{theirs}6", "600.00", "0.00"),
        ("T8", f"{mine}8", f"{theirs}7", "101.00", "101.00"),
        ("T9", f"{mine}9", f"{theirs}8", "700.00", "700.00"),
    ]
    assert all(check["ok"] for check in listed["checks"])

    collective, total = closings(run, book, "collective")
    leaves = {
        "102": ("750.00", "3750.50"),  # in: T5 150 + T7 600; out: 1000 + 2000 + 300 + 400 + half of 101
        "112": ("900.00", "150.00"),  # T4 400 + T6 500; T5 150
        "151": ("700.00", "0.00"),
        "211": ("0.00", "600.00"),
        "31101": ("0.00", "700.00"),
        "501": ("0.00", "500.00"),
        "5130101": ("1000.00", "0.00"),
        "5130102": ("300.00", "0.00"),
        "51302": ("50.50", "0.00"),
        "51401": ("2000.00", "0.00"),
    }
    assert {code: collective[code] for code in leaves} == leaves
    assert (total["period_debit"], total["period_credit"]) == ("5700.50", "5700.50")

    committee, total = closings(run, book, "committee")
    leaves = {
        "1002": ("3500.00", "200.50"),  # T1 1000 + T2 2000 + T6 500; T5 150 + the other half of 101
        "1122": ("600.00", "0.00"),
        "1505": ("0.00", "700.00"),
        "2202": ("150.00", "900.00"),
        "4401": ("0.00", "600.00"),
        "4501": ("0.00", "3000.00"),
        "5102": ("450.50", "0.00"),
        "5104": ("700.00", "0.00"),
    }
    assert {code: committee[code] for code in leaves} == leaves
    assert (total["period_debit"], total["period_credit"]) == ("5400.50", "5400.50")
    assert run("verify", book).code == 0


def test_both_second_steps_close_what_was_open(run, book):
    for kind in ("T6", "T7"):
        assert transfer(run, book, kind).code == 0
    for number, kind in enumerate(("T6", "T7"), 1):
        assert transfer(run, book, kind, "--settles", f"往来-2025-000{number}").code == 0
    listed = report(run, book, "inter-ledger")
    assert [row["settled"] for row in listed["rows"] if row["role"] == "detail"] == ["500.00", "600.00"] * 2
    collective, _ = closings(run, book, "collective")
    assert collective["112"] == ("500.00", "500.00")
    assert collective["211"] == ("600.00", "600.00")
    assert collective["102"] == ("1100.00", "600.00")


@pytest.mark.parametrize("kind", AMOUNTS)
def test_with_two_bank_accounts_each_the_bank_must_be_named(run, book, tmp_path, kind):
    for ledger, parent in (("collective", "102"), ("committee", "1002")):
        rows = [[f"{parent}0{n}", name, "借", "是", ""] for n, name in ((1, "基本户"), (2, "专户"))]
        header = ["科目编码", "科目名称", "余额方向", "启用", "辅助核算"]
        file = write_csv(tmp_path / f"{ledger}.csv", rows, header)
        assert run("import", "accounts", book, file, "--ledger", ledger).code == 0
    lend = transfer(run, book, "T4", "--collective-bank", "10201")
    assert lend.code == 0, lend.said
    bare = transfer(run, book, kind)
    crossed = transfer(run, book, kind, "--collective-bank", "100201", "--committee-bank", "100202")
    assert crossed.code == 1
    assert "100201 是青山村村民委员会的银行户" in crossed.said
    if kind == "T9":
        assert bare.code == 0
        return
    assert bare.code == 1
    assert "2 个银行户" in bare.said
    named = transfer(run, book, kind, "--collective-bank", "10202", "--committee-bank", "100202")
    assert named.code == 0, named.said
    collective, _ = closings(run, book, "collective")
    committee, _ = closings(run, book, "committee")
    assert ("10202" in collective) is (kind != "T6")
    assert ("100202" in committee) is (kind not in {"T3", "T4", "T7"})
    assert run("verify", book).code == 0

"""Reports at the command line: every name and format, what they say, and what they never do."""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests import made
from tests.exchange.files import ENGLISH_HEADER, write_csv
from village_ledger.cli.arguments import FORMATS
from village_ledger.cli.parser import REPORTS
from village_ledger.cli.parser_merger import REPORTS as MERGER_REPORTS
from village_ledger.cli.reporting import OF_ONE
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.storage.file import book_file
from village_ledger.storage.file.book_file import Access, open_book

MAGIC = {"pdf": b"%PDF-", "xlsx": b"PK\x03\x04", "csv": b"\xef\xbb\xbf", "json": b"{"}


@pytest.fixture
def village(tmp_path) -> Path:
    """A copy of the demonstration village that a test may write to."""
    return made.demo(tmp_path, closed=False)


WANTING = {
    "separation-list": "没有",
    "separation-signoff": "没有",
    "separation-opening": "没有",
    "bank-reconciliation": "没有",
    "stock-take": "还没有登记过清查",
    "stock-take-differences": "还没有登记过清查",
    "handover": "没有",
    "old-comparison": "没有导入过旧账",
    "posting-record": "还没有登记过张贴",
}
"""Reports that this book has nothing for, and a word of the sentence that says so."""
OF_SOMETHING = {name for name in OF_ONE if name != "share-history"}
"""Reports of one thing, which this book of December does not have yet."""
MADE = [name for name in REPORTS if name not in {*WANTING, *OF_SOMETHING, *MERGER_REPORTS}]


def which(name: str) -> tuple[str, ...]:
    """Ledger and account that a report is asked for."""
    code = {"multi-column": "513", "quantity-ledger": "12102"}.get(name, "101")
    account = () if name == "general-ledger" else ("--account", code)
    if name == "share-history":
        return ("--household", "001")
    return ("--ledger", "committee" if name == "surplus" else "collective", *account)


@pytest.mark.parametrize("name", sorted(WANTING))
def test_a_report_this_book_has_nothing_for_says_so(run, village, name, tmp_path):
    answer = run("report", village, name, *which(name), "-o", tmp_path / "没有.pdf")
    assert answer.code == 1
    assert WANTING[name] in answer.said
    assert not (tmp_path / "没有.pdf").exists()


@pytest.mark.parametrize("name", sorted(OF_SOMETHING))
def test_a_report_of_one_thing_asks_which(run, village, name):
    option, sentence, _ = OF_ONE[name]
    answer = run("report", village, name, "--ledger", "collective")
    assert (answer.code, sentence in answer.said, f"--{option}" in answer.said) == (2, True, True)


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("output", FORMATS)
def test_every_report_in_every_format(run, village, tmp_path, name, output):
    file = tmp_path / f"报表.{output}"
    span = () if name == "operation-log" else ("--month", "2025-03")
    asked = ("report", village, name, *which(name), *span)
    answer = run(*asked, "--format", output, "-o", file)
    assert (answer.code, answer.out) == (0, "")
    *paper, done = answer.sentences
    assert done == f"写好了：{file}"
    assert len(paper) == (output == "pdf" and bool(letter_of(name)))
    assert all("㎡" in sentence for sentence in paper)
    assert file.read_bytes().startswith(MAGIC[output])


@pytest.mark.parametrize(
    ("name", "magic"),
    [("a.pdf", MAGIC["pdf"]), ("a.XLSX", MAGIC["xlsx"]), ("a.txt", MAGIC["json"]), ("a", MAGIC["json"])],
)
def test_a_files_name_asks_for_its_format(run, village, tmp_path, name, magic):
    assert run("report", village, "trial-balance", "--ledger", "collective", "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_a_trial_balance_ties_and_says_what_it_is(run, village):
    answer = run("report", village, "trial-balance", "--ledger", "committee", "--as-of", "2025-06-30")
    report = json.loads(answer.out)
    assert (report["report"], report["ledger"], report["village"]) == ("trial-balance", "committee", "青山村")
    assert (report["from"], report["to"]) == ("2025-01-01", "2025-06-30")
    assert report["checks"]
    assert all(check["ok"] for check in report["checks"])
    total = report["rows"][-1]
    assert total["role"] == "total"
    assert total["closing_debit"] == total["closing_credit"] != "0.00"


@pytest.mark.parametrize(
    ("way", "first", "last"),
    [
        (("--month", "2025-02"), "2025-02-01", "2025-02-28"),
        (("--year", "2025"), "2025-01-01", "2025-12-31"),
        (("--from", "2025-04-01", "--to", "2025/6/30"), "2025-04-01", "2025-06-30"),
        (("--as-of", "2025-08-20"), "2025-01-01", "2025-08-20"),
        ((), "2025-01-01", "2025-12-31"),
    ],
)
def test_ways_to_say_which_days(run, village, way, first, last):
    report = json.loads(run("report", village, "trial-balance", "--ledger", "collective", *way).out)
    assert (report["from"], report["to"]) == (first, last)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--month", "2025-02", "--year", "2025"), "--month、--year 只能用一个"),
        (("--from", "2025-02-01"), "--from 和 --to 要一起写"),
        (("--from", "2025-02-01", "--to", "2025-01-01"), "--from 晚于 --to"),
        (("--as-of", "9999-12-31"), "年份 9999 不对"),
        (("--format", "pdf"), "pdf 要写到文件里"),
        (("--format", "xlsx"), "xlsx 要写到文件里"),
        (("--plan",), "--plan 只用于公开表"),
        (("--phone",), "--phone 只用于公开表"),
        (("--group", "all"), "--group 只用于公开表"),
        (("--type", "huge"), "--type 只用于公开表"),
        (("-o", "图.png"), "只有公开表能存成图片"),
    ],
)
def test_what_cannot_be_meant(run, village, argv, words):
    answer = run("report", village, "trial-balance", "--ledger", "collective", *argv)
    assert (answer.code, answer.out, len(answer.sentences)) == (2, "", 1)
    assert words in answer.said


def test_an_account_ledger_wants_an_account_that_exists(run, village):
    assert run("report", village, "account-ledger", "--ledger", "collective").code == 2
    answer = run("report", village, "account-ledger", "--ledger", "collective", "--account", "999")
    assert (answer.code, len(answer.sentences)) == (1, 1)


def test_both_ledgers_or_one(run, village):
    assert run("report", village, "trial-balance").code == 2
    assert run("report", village, "number-gaps").code == 0
    pack = json.loads(run("report", village, "disclosure", "--month", "2025-03").out)
    assert [sheet["ledger"] for sheet in pack["sheets"] if sheet["sheet"] == "A"] == [
        "collective",
        "committee",
    ]
    assert {sheet["ledger"] for sheet in pack["sheets"]} == {"collective", "committee"}
    one = json.loads(run("report", village, "disclosure", "--month", "2025-03", "--ledger", "committee").out)
    assert {sheet["ledger"] for sheet in one["sheets"]} == {"committee"}


def test_one_voucher_by_its_number(run, village):
    answer = run("report", village, "voucher", "--ledger", "collective", "--voucher", "2025-08/记-6")
    rows = json.loads(answer.out)["rows"]
    assert {row["account"] for row in rows if row["role"] == "detail"} >= {"51302"} or "51302" in answer.out
    assert (
        run("report", village, "voucher", "--ledger", "collective", "--voucher", "2025-08/记-999").code == 1
    )


def test_a_book_is_never_overwritten_by_its_own_report(run, village):
    before = village.read_bytes()
    answer = run("report", village, "trial-balance", "--ledger", "collective", "-o", village)
    assert (answer.code, len(answer.sentences)) == (2, 1)
    assert village.read_bytes() == before


def test_a_report_that_cannot_be_written_is_one_sentence(run, village, tmp_path):
    beside = tmp_path / "报表"
    beside.mkdir()
    for output in FORMATS:
        answer = run(
            *("report", village, "trial-balance", "--ledger", "collective", "--format", output),
            *("-o", beside / "没有" / f"报表.{output}"),
        )
        assert (answer.code, len(answer.sentences)) == (2, 1)
    assert list(beside.iterdir()) == []


def test_reading_leaves_the_book_as_it_was(run, village):
    before = village.read_bytes()
    for name in MADE:
        if name not in {"disclosure", "disclosure-summary"}:  # these register what they make
            assert run("report", village, name, *which(name)).code == 0
    assert village.read_bytes() == before


# Wall sheets and their codes


def sheet_of(answer) -> dict[str, object]:
    (sheet,) = [one for one in json.loads(answer.out)["sheets"] if one["sheet"] == "A"]
    return sheet


def test_a_sheet_is_registered_once_and_proves(run, village):
    ask = ("report", village, "disclosure", "--ledger", "collective", "--month", "2025-03")
    first, second = sheet_of(run(*ask)), sheet_of(run(*ask, "--size", "desk"))
    code = first["check_code"]
    assert code == second["check_code"]
    assert isinstance(code, str)
    assert code.isalnum()
    assert code.upper() == code
    opening, income, expense, closing = (
        Decimal(str(first[k])) for k in ("opening", "income", "expense", "closing")
    )
    assert opening + income - expense == closing
    with open_book(village, Access.READ) as book:
        registered = [o.subject for o in book.reader().operations() if o.action == "登记公开表"]
    assert registered.count(code) == 1
    assert len(registered) == len(set(registered))
    answer = run("verify", "--sheet", code, village)
    assert answer.code == 0
    assert "一致" in answer.out
    assert run("verify", "--sheet", code.lower(), village).code == 1


def test_a_sheet_the_ledger_no_longer_gives_says_which_figure(run, village, tmp_path):
    ask = ("report", village, "disclosure", "--ledger", "collective", "--month", "2025-12")
    code = str(sheet_of(run(*ask))["check_code"])
    late = [
        ("2025-12-31", "补", "1", "补记水费", "51302", "88.80", "", "", "", "1"),
        ("2025-12-31", "补", "1", "补记水费", "101", "", "88.80", "", "", "1"),
    ]
    file = write_csv(tmp_path / "补.csv", late)
    assert run("import", "vouchers", village, file, "--ledger", "collective", "--post").code == 0
    answer = run("verify", "--sheet", code, village)
    assert answer.code == 1
    assert "补-0001" in answer.out
    assert any(line.startswith("本期支出：公布时") for line in answer.out.splitlines())


def test_a_sheet_of_a_book_that_cannot_be_written_has_no_code(run, village, monkeypatch):
    monkeypatch.setattr(book_file.os, "access", lambda *_: False)
    answer = run("report", village, "disclosure", "--ledger", "collective", "--month", "2025-03")
    assert answer.code == 0
    assert "未登记" in answer.said
    sheet = sheet_of(answer)
    assert sheet["check_code"] is None
    assert any("未登记" in str(warning) for warning in sheet["warnings"])  # pyright: ignore[reportGeneralTypeIssues]  JSON as read


def test_a_refused_sheet_is_not_registered(run, village, tmp_path):
    answer = run(
        *("report", village, "disclosure", "--month", "2025-03", "--format", "pdf"),
        *("-o", tmp_path / "没有" / "公开表.pdf"),
    )
    assert answer.code == 2
    with open_book(village, Access.READ) as book:
        assert not [o for o in book.reader().operations() if "公开表" in o.action]


# A foreign file, and somebody else's arithmetic

LEAVES = ("101", "102", "121", "131", "141", "501", "503", "504", "511", "513", "514", "515")


def foreign_vouchers(number: int) -> list[list[str]]:
    """Rows of many vouchers, red letters among them, numbered by month without a gap."""
    chance = random.Random(20250308)
    day, rows, last = date(2025, 1, 1), [], defaultdict(int)
    for _ in range(number):
        day += timedelta(days=chance.randrange(2))
        last[day.month] += 1
        left = chance.sample(LEAVES, chance.randrange(1, 4))
        amounts = [chance.choice((1, 1, 1, -1)) * chance.randrange(1, 9_999_999) for _ in left]
        if not sum(amounts):
            amounts[0] += 1
        lines = [(code, amount, 0) for code, amount in zip(left, amounts, strict=True)]
        lines.append((chance.choice(LEAVES), 0, sum(amounts)))
        rows += [
            [
                str(day),
                "记",
                str(last[day.month]),
                f"第{len(rows)}行",
                code,
                f"{Decimal(debit) / 100:,.2f}" if debit else "",
                f"{Decimal(credit) / 100:,.2f}" if credit else "",
                "",
                "",
                "1",
            ]
            for code, debit, credit in lines
        ]
    return rows


def test_a_foreign_file_gives_the_balances_somebody_else_computes(run, tmp_path):
    book, file = tmp_path / "外.vledger", tmp_path / "外来.csv"
    write_csv(file, foreign_vouchers(150), header=ENGLISH_HEADER, encoding="gb18030", delimiter=";")
    assert run("new", book, "--village", "外村", "--start", "2025-01").code == 0
    assert run("import", "vouchers", book, file, "--ledger", "collective", "--post").code == 0
    middle = "2025-02-20"
    expected: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    with file.open(encoding="gb18030", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            if row["date"] <= middle:
                expected[row["account"]][0] += Decimal(row["debit"].replace(",", "") or 0)
                expected[row["account"]][1] += Decimal(row["credit"].replace(",", "") or 0)
    report = json.loads(run("report", book, "trial-balance", "--ledger", "collective", "--as-of", middle).out)
    found = {
        row["code"]: [Decimal(row["period_debit"]), Decimal(row["period_credit"])]
        for row in report["rows"]
        if row["role"] == "detail"
    }
    assert found == {code: sums for code, sums in expected.items() if any(sums)}
    closing = {
        row["code"]: Decimal(row["closing_debit"]) - Decimal(row["closing_credit"])
        for row in report["rows"]
        if row["role"] == "detail"
    }
    assert closing == {code: debit - credit for code, (debit, credit) in expected.items() if debit or credit}

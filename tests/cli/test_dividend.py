"""``dividend`` and its followers at the command line, and the report of the contract."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.dividend_village import RESOLVED, DividendVillage
from village_ledger.domain.period import parse_day
from village_ledger.storage.people.register import PeopleRegister

BY = ("--by", "王秀英")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed year, the vote there, nothing given away yet."""
    with DividendVillage.found(tmp_path) as village:
        village.earn()
        village.hold()
        village.bequeath()
        village.shut()
        village.resolve()
        with village.act() as uow:
            for key in ("001/M01", "002/M02"):
                register, one = PeopleRegister(uow), uow.reader.person_at(key)
                register.write_fact(one.id, "bank", "青山信用社", parse_day("2025-01-01"), "登记")
        return village.path


def dividend(run, book, *more: str, amount: str = "88888.88", resolution: str = RESOLVED):
    days = ("--record-date", "2025-12-31", "--date", "2026-03-20")
    return run(
        "dividend", book, "--year", "2025", "--amount", amount, *days, "--resolution", resolution, *more
    )


def into_the_books(run, book) -> None:
    who = ("--by", "王秀英", "--reviewed-by", "李建国")
    assert run("post", book, "--ledger", "collective", "--through", "2026-12-31", *who).code == 0


def test_a_look_has_the_columns_of_the_contract_and_writes_nothing(run, book):
    before = book.read_bytes()
    answer = dividend(run, book)
    assert answer.code == 0, answer.said
    shown = json.loads(answer.out)
    assert [c["key"] for c in shown["columns"]][:6] == [
        "account",
        "household",
        "holder",
        "class",
        "shares",
        "amount",
    ]
    rows = [r for r in shown["rows"] if r["role"] == "detail"]
    assert [(r["account"], r["shares"], r["amount"]) for r in rows] == [
        ("001/M01", "100.00", "8888.89"),
        ("002/M02", "100.00", "8888.89"),
        ("004/M04", "100.00", "8888.89"),
        ("005/M05", "100.00", "8888.89"),
        ("006/M06", "133.33", "11851.55"),
        ("007/M07", "200.00", "17777.77"),
        ("008/N01", "33.33", "2962.67"),
        ("集体", "233.34", "20741.33"),
    ]
    total = shown["rows"][-1]
    assert (total["role"], total["shares"], total["amount"]) == ("total", "1000.00", "88888.88")
    assert [c["rule"] for c in shown["checks"]] == ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]
    assert all(c["ok"] for c in shown["checks"])
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"amount": "100000.01"}, "可分配的有 100,000.00（规则 D2"),
        ({"amount": "0"}, "分红的金额要大于零"),
        ({"resolution": "没有"}, "没有登记过决议"),
    ],
)
def test_what_is_refused_leaves_nothing(run, book, asked, said):
    answer = dividend(run, book, "--post", *BY, **asked)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.said
    assert "账没有变化" in answer.said
    shown = json.loads(run("report", book, "dividend", "--year", "2025").out)
    assert (shown["rows"], shown["notes"][0]) == ([], "2025年度还没有分过红。")


def test_a_look_says_which_gate_is_shut(run, book):
    answer = dividend(run, book, amount="100000.01")
    assert answer.code == 1
    assert "规则 D2" in answer.said
    assert json.loads(answer.out)["rows"]
    assert dividend(run, book, resolution="没有").code == 0


def test_from_the_decision_to_the_last_yuan(run, book, tmp_path):
    answer = dividend(run, book, "--post", *BY)
    assert answer.code == 0, answer.said
    assert "待审核、记账" in answer.said
    assert dividend(run, book, "--post", *BY).code == 1
    assert run("dividend-pay", book, "--date", "2026-03-25", *BY).code == 1  # not posted yet
    into_the_books(run, book)

    bank = tmp_path / "代发.csv"
    paid = run("dividend-pay", book, "--date", "2026-03-25", "-o", bank, *BY)
    assert paid.code == 0, paid.said
    assert paid.out == "2026-03/记-0003\n"
    rows = list(csv.DictReader(bank.read_text(encoding="utf-8-sig").splitlines()))
    assert list(rows[0]) == ["序号", "收款人户名", "收款人账号", "开户行", "金额", "附言"]
    assert (rows[0]["收款人户名"], rows[0]["开户行"], rows[0]["金额"]) == ("M01", "青山信用社", "8888.89")
    assert "没有登记银行账号" in paid.said
    into_the_books(run, book)

    said = run(
        "dividend-result", book, "--date", "2026-03-28", "--failed", "001/M01=账号不符", "--rest-done", *BY
    )
    assert said.code == 0, said.said
    assert "成功 6 笔，退回 1 笔" in said.said
    into_the_books(run, book)
    owed = json.loads(run("dividend-unclaimed", book, "--as-of", "2026-12-31").out)
    assert [(r["account"], r["owed"], r["why"]) for r in owed["rows"] if r["role"] == "detail"] == [
        ("001/M01", "8888.89", "银行退回：账号不符")
    ]
    again = ("--date", "2026-04-02", "--method", "bank", "--holder", "001/M01=8000")
    assert run("dividend-pay", book, *again, *BY).code == 0
    more = run("dividend-pay", book, "--date", "2026-04-02", "--holder", "001/M01=900", *BY)
    assert more.code == 1
    assert "还可以发 888.89" in more.said

    report = json.loads(run("report", book, "dividend", "--year", "2025").out)
    assert report["title"] == "2025年度收益分配明细"
    assert all(c["ok"] for c in report["checks"])
    statement = json.loads(
        run("report", book, "income-distribution", "--ledger", "collective", "--year", "2026").out
    )
    assert next(c["ok"] for c in statement["checks"] if c["rule"] == "X14")
    assert run("verify", book).code == 0


def test_the_banks_own_file_answers_what_it_was_told(run, book, tmp_path):
    assert dividend(run, book, "--post", *BY).code == 0
    into_the_books(run, book)
    bank, answer = tmp_path / "代发.csv", tmp_path / "结果.csv"
    assert run("dividend-pay", book, "--date", "2026-03-25", "-o", bank, *BY).code == 0
    into_the_books(run, book)
    told = list(csv.DictReader(bank.read_text(encoding="utf-8-sig").splitlines()))
    with answer.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream)
        write.writerow(["收款人户名", "收款人账号", "金额", "处理结果", "失败原因"])
        for row in told:
            sent_back = row["收款人户名"] == "M01"
            outcome = ("失败", "账号不符") if sent_back else ("成功", "")
            write.writerow([row["收款人户名"], row["收款人账号"], row["金额"], *outcome])
    both = run("dividend-result", book, "--date", "2026-03-28", "--file", answer, "--rest-done", *BY)
    assert both.code == 2
    said = run("dividend-result", book, "--date", "2026-03-28", "--file", answer, *BY)
    assert said.code == 0, said.said
    assert "成功 6 笔，退回 1 笔" in said.said
    into_the_books(run, book)
    again = run("dividend-result", book, "--date", "2026-03-29", "--file", answer, *BY)
    assert again.code == 1
    assert "没有等银行答复的" in again.said
    assert run("verify", book).code == 0


def printed(pdf: Path) -> str:
    """The text of a PDF."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def code_on(text: str) -> str:
    """The check code at the foot of a sheet, the same on every page."""
    (code,) = {"".join(found.split()) for found in re.findall(r"校验码 ([0-9A-Z ]+?) ·", text)}
    return code


def test_the_shares_in_the_spreadsheet_are_numbers(run, book, tmp_path):
    assert dividend(run, book, "-o", str(tmp_path / "试算.xlsx")).code == 0
    sheet = load_workbook(tmp_path / "试算.xlsx").worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("份额") + 1
    cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
    assert {cell.data_type for cell in cells} == {"n"}
    figures = [float(str(cell.value)) for cell in cells]
    assert round(sum(figures[:-1]), 2) == figures[-1] == 1000


def test_the_sheet_to_sign(run, book, tmp_path):
    dividend(run, book, "--post", *BY)
    sheet = tmp_path / "签领单.pdf"
    answer = run("dividend-sheet", book, "-o", sheet)
    assert answer.code == 0, answer.said
    first = printed(sheet)
    assert "2025 年度收益分红签领单" in first
    code = code_on(first)
    assert len(code) == 12
    assert run("dividend-sheet", book, "-o", sheet).code == 0
    assert code_on(printed(sheet)) == code
    checked = run("verify", book, "--sheet", code)
    assert checked.code == 0
    assert "2025年度收益分红签领单" in checked.out
    assert run("verify", book, "--sheet", "AAAABBBBCCCC").code == 1
    assert run("dividend-sheet", book, "--group", "九组", "-o", sheet).code == 1


def test_on_paper_and_as_a_table(run, book, tmp_path):
    for name in ("试算.pdf", "试算.xlsx", "试算.csv"):
        assert dividend(run, book, "-o", str(tmp_path / name)).code == 0
        assert (tmp_path / name).stat().st_size > 100
    assert dividend(run, book, "--format", "pdf").code == 2
    assert dividend(run, book, "-o", str(book)).code == 2


def test_nobody_is_paid_by_a_name_that_is_not_there(run, book):
    dividend(run, book, "--post", *BY)
    into_the_books(run, book)
    pay = ("dividend-pay", book, "--date", "2026-03-25")
    assert "分红里没有 099/张三" in run(*pay, "--holder", "099/张三", *BY).said
    assert run(*pay, "--receiver", "张三", *BY).code == 2
    assert "什么关系没有写" in run(*pay, "--holder", "001/M01", "--receiver", "张三", *BY).said
    assert "没有“农行”这种代发文件" in run(*pay, "--layout", "农行", *BY).said

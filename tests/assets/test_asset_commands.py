"""Assets on the command line: taken in, charged once, moved, disposed of, printed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.assets.test_asset_files import ANSWERS, DRIER, HEADER, LIST, TRACTOR, sheet
from tests.builders import blank_book


@pytest.fixture
def book(tmp_path: Path, run) -> Path:
    """A book from January 2025 with the drier and the tractor."""
    path = blank_book(tmp_path)
    done = run(
        "import",
        "assets",
        path,
        sheet(tmp_path / "资产.csv", [HEADER, DRIER, TRACTOR]),
        "--ledger",
        "collective",
    )
    assert (done.code, "导入了 2 项资产。" in done.said) == (0, True)
    return path


C = ("--ledger", "collective")
BY = ("--by", "王秀英")


def test_a_month_is_charged_once(book: Path, run):
    done = run("depreciation", book, *C, "--month", "2025-01", *BY)
    assert (done.code, done.out) == (0, "2025-01/记-0001\n")
    again = run("depreciation", book, *C, "--month", "2025-01", *BY)
    assert again.code == 1
    assert "2025-01 的折旧已经提过（2025-01/记-0001）" in again.said
    assert run("verify", book).code == 0


def test_a_trial_writes_nothing(book: Path, run):
    done = run("depreciation", book, *C, "--month", "2025-01", "--dry-run", *BY)
    assert (done.code, done.out) == (0, "")
    assert "应提折旧 457.58 元。账没有变化。" in done.said
    assert run("depreciation", book, *C, "--month", "2025-01", *BY).code == 0


def test_a_month_nothing_is_due_in_is_no_error(book: Path, run, tmp_path: Path):
    path = tmp_path / "另.vledger"
    run("new", path, "--village", "另村", "--start", "2025-01")
    done = run("depreciation", path, *C, "--month", "2025-01", *BY)
    assert (done.code, done.out) == (0, "")
    assert "没有应提的折旧" in done.said


def test_a_closed_month_and_a_wrong_month_are_refused(book: Path, run):
    assert run("depreciation", book, *C, "--month", "2025-01", *BY).code == 0
    assert run("post", book, *C, "--through", "2025-01-31", *BY, "--reviewed-by", "李建国").code == 0
    assert run("close", book, *C, "--month", "2025-01", *BY).code == 0
    assert run("depreciation", book, *C, "--month", "2025-01", *BY).code == 1
    assert run("depreciation", book, *C, "--month", "2024-12", *BY).code == 1
    assert run("depreciation", book, *C, "--month", "2025-13", *BY).code == 2


def test_the_reports_have_the_columns_of_the_contract(book: Path, run, tmp_path: Path):
    run("depreciation", book, *C, "--month", "2025-01", *BY)
    sheet_ = json.loads(run("report", book, "depreciation", *C, "--month", "2025-01").out)
    (row,) = [row for row in sheet_["rows"] if row["role"] == "detail"]
    assert {key: row[key] for key in ("code", "amount", "accumulated", "account")} == {
        "code": "J009",
        "amount": "457.58",
        "accumulated": "34318.50",
        "account": "511",
    }
    register = json.loads(run("report", book, "asset-register", *C, "--as-of", "2025-01-31").out)
    first = register["rows"][0]
    assert {
        key: first[key]
        for key in ("code", "name", "kind", "use", "in_use", "cost", "salvage", "accumulated", "net")
    } == {
        "code": "J009",
        "name": "茶叶烘干机",
        "kind": "机器设备",
        "use": "经营",
        "in_use": "2018-10-01",
        "cost": "57800.00",
        "salvage": "2890.00",
        "accumulated": "34318.50",
        "net": "23481.50",
    }
    text = run("report", book, "asset-register", *C, "--format", "csv").out.lstrip("\ufeff")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["资产编号", "J009", "J020", ""]
    out = tmp_path / "台账.xlsx"
    assert run("report", book, "asset-register", *C, "--format", "xlsx", "-o", out).code == 0
    cells = [
        row
        for row in openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True)
        if row[0] == "J009"
    ]
    assert 57800 in cells[0]
    pdf = tmp_path / "卡片.pdf"
    assert run("report", book, "asset-card", *C, "--asset", "J009", "-o", pdf).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert run("report", book, "asset-card", *C).code == 2


def test_work_is_taken_in_and_told(book: Path, run, tmp_path: Path):
    path = sheet(tmp_path / "工.csv", [["资产编号", "月份", "工作量"], ["J020", "2025-01", "80"]])
    assert run("import", "usage", book, path, *C).code == 0
    assert run("asset", book, "work", "J020", *C, "--month", "2025-02", "--units", "9000").code == 1
    run("depreciation", book, *C, "--month", "2025-01", *BY)
    rows = json.loads(run("report", book, "depreciation", *C, "--month", "2025-01").out)["rows"]
    assert {row["code"]: row["amount"] for row in rows if row["code"]} == {"J009": "457.58", "J020": "600.00"}


def test_every_act_has_its_command(book: Path, run):
    def asset(action: str, code: str, *more: object) -> str:
        done = run("asset", book, action, code, *C, *BY, *more)
        assert done.code == 0, done.said
        return done.out.strip()

    shed = (
        "--name",
        "摊晾棚",
        "--kind",
        "房屋及建筑物",
        "--in-use",
        "2025-01-05",
        "--use",
        "经营",
        "--salvage",
        "4600",
    )
    assert (
        asset("add", "J002", *shed, "--cost", "92000", "--months", 180, "--paid", "211@建筑队")
        == "2025-01/记-0001"
    )
    asset("amend", "J002", "--spec", "钢架，300㎡")
    asset(
        "change", "J002", "--date", "2025-01-06", "--status", "出租", "--user", "茶厂", "--keeper", "向小军"
    )
    assert (
        asset("improve", "J002", "--date", "2025-01-10", "--amount", "1000", "--paid", "101")
        == "2025-01/记-0002"
    )
    assert (
        asset("impair", "J002", "--date", "2025-01-11", "--amount", "500", "--basis", "决议1号")
        == "2025-01/记-0003"
    )
    asset("revise", "J002", "--date", "2025-01-12", "--months", 100, "--basis", "评估")
    works = (
        "--name",
        "冷库",
        "--kind",
        "在建工程",
        "--in-use",
        "2025-01-05",
        "--use",
        "经营",
        "--project",
        "冷库",
        "--cost",
        "500",
    )
    asset("add", "Z1", *works)
    done = (
        "--name",
        "冷库",
        "--kind",
        "房屋及建筑物",
        "--in-use",
        "2025-01-20",
        "--use",
        "经营",
        "--months",
        180,
    )
    assert asset("turn", "Z1", "--date", "2025-01-20", "--new-code", "J013", *done) == "2025-01/记-0004"
    sold = (
        "--date",
        "2025-01-25",
        "--way",
        "出售",
        "--basis",
        "决议2号",
        "--proceeds",
        "90000",
        "--into",
        "101",
        "--party",
        "某厂",
    )
    assert asset("dispose", "J002", *sold) == "2025-01/记-0005"
    asset("withdraw", "J020", "--reason", "登记错了")
    assert run("verify", book).code == 0


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (
            ("dispose", "J999", "--date", "2025-01-20", "--way", "报废", "--basis", "x"),
            1,
            "没有编号为“J999”的资产",
        ),
        (
            ("dispose", "J009", "--date", "2025-01-20", "--way", "送", "--basis", "x"),
            1,
            "没有“送”这种处置方式",
        ),
        (
            (
                "add",
                "J1",
                "--name",
                "x",
                "--kind",
                "怪东西",
                "--in-use",
                "2025-01-01",
                "--cost",
                "5",
                "--use",
                "经营",
            ),
            1,
            "不知道是哪一类资产",
        ),
        (
            (
                "add",
                "J1",
                "--name",
                "x",
                "--kind",
                "机器设备",
                "--in-use",
                "2025-01-01",
                "--cost",
                "5",
                "--use",
                "经营",
            ),
            2,
            "折旧方法",
        ),
        (
            (
                "add",
                "J1",
                "--name",
                "x",
                "--kind",
                "机器设备",
                "--in-use",
                "2025-01-01",
                "--cost",
                "-5",
                "--use",
                "经营",
                "--months",
                "5",
            ),
            1,
            "资产不能没有价值",
        ),
        (("change", "J009", "--date", "2025-01-20"), 2, "没有说要改什么"),
        (("amend", "J009"), 2, "没有说要改什么"),
        (
            ("hand-over", "J009", "--date", "2025-01-20", "--to", "committee", "--basis", "x"),
            1,
            "集体资产不得转入村委会的账",
        ),
    ],
)
def test_what_cannot_be_is_one_chinese_sentence(book: Path, run, argv: tuple[str, ...], code: int, said: str):
    action, name, *more = argv
    done = run("asset", book, action, name, *C, *more)
    assert (done.code, said in done.said) == (code, True), done.said


def test_the_list_kept_by_hand_is_answered_on_the_command_line(run, tmp_path: Path):
    path = tmp_path / "石门沟村.vledger"
    run("new", path, "--village", "石门沟村", "--start", "2025-01")
    stopped = run("import", "assets", path, LIST, *C)
    assert (stopped.code, "13 处" in stopped.said) == (1, True)
    answers = sheet(tmp_path / "答复.csv", [["行", "栏", "答复"], *([str(a), b, c] for a, b, c in ANSWERS)])
    assert run("import", "assets", path, LIST, *C, "--answers", answers).code == 0
    assert run("import", "accounts", path, LIST, *C, "--answers", answers).code == 2
    total = json.loads(run("report", path, "asset-register", *C, "--as-of", "2025-01-01").out)["rows"][-1]
    assert (total["role"], total["cost"], total["accumulated"]) == ("total", "4408982.00", "851667.76")

"""A year made up outside the program, typed in as files, posted and closed by commands: its statements to the fen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.outside_village import COMMITTEE, ENTITY, Village
from village_ledger.cli.main import main

ACCOUNTS = """\
科目编码,科目名称,余额方向,启用,辅助核算
51401,补助村委会,借,是,
51402,其他公益,借,是,
"""


@pytest.fixture(scope="module")
def outside() -> Village:
    return Village()


@pytest.fixture(scope="module")
def book(tmp_path_factory, outside: Village) -> Path:
    """Opened, imported, posted, closed month by month and carried forward, all at the command line."""
    folder: Path = tmp_path_factory.mktemp("outside")
    path = folder / "石桥村.vledger"

    def run(*argv: object) -> None:
        assert main([str(arg) for arg in argv]) == 0, argv

    run(
        "new",
        path,
        "--village",
        "石桥村",
        "--start",
        "2025-01",
        "--collective-name",
        ENTITY,
        "--committee-name",
        COMMITTEE,
    )
    accounts = folder / "accounts.csv"
    accounts.write_text(
        "科目编码,科目名称,余额方向,启用,辅助核算\n51401,补助村委会,借,是,\n51402,其他公益,借,是,\n",
        encoding="utf-8",
    )
    run("import", "accounts", path, accounts, "--ledger", "collective")
    for ledger, books in (("collective", outside.collective), ("committee", outside.committee)):
        opening, vouchers = books.write(folder, ledger)
        run("import", "opening", path, opening, "--ledger", ledger)
        run("import", "vouchers", path, vouchers, "--ledger", ledger, "--by", "林会计")
        run(
            "post",
            path,
            "--ledger",
            ledger,
            "--through",
            "2025-12-31",
            "--by",
            "林会计",
            "--reviewed-by",
            "石监事",
        )
    for month in range(1, 13):
        for ledger in ("collective", "committee"):
            run("close", path, "--ledger", ledger, "--month", f"2025-{month:02d}", "--by", "林会计")
    for ledger in ("collective", "committee"):
        run("close-year", path, "--ledger", ledger, "--year", "2025", "--by", "林会计")
    return path


@pytest.fixture
def report(book: Path, capsys) -> Callable[..., dict]:
    def made(name: str, ledger: str, *more: str) -> dict:
        capsys.readouterr()
        assert main(["report", str(book), name, "--ledger", ledger, "--year", "2025", *more]) == 0
        return json.loads(capsys.readouterr().out)

    return made


def column(made: dict, key: str) -> dict[str, int]:
    """Row to fen, rows that are nil left out."""
    found = {row["line"]: round(float(row[key]) * 100) for row in made["rows"] if row["line"]}
    return {line: fen for line, fen in found.items() if fen}


def test_there_is_a_year_of_business(outside: Village):
    assert 240 <= len(outside.collective.vouchers) <= 320
    assert len(outside.committee.vouchers) > 70


def test_the_balance_sheet_is_what_the_village_worked_out(report, outside: Village):
    made = report("balance-sheet", "collective")
    assert column(made, "closing") == {line: fen for line, fen in outside.collective.sheet.items() if fen}


def test_income_and_its_distribution_are_what_the_village_worked_out(report, outside: Village):
    made = report("income-distribution", "collective")
    assert column(made, "current") == {line: fen for line, fen in outside.collective.income.items() if fen}


def test_the_committees_balance_sheet_is_what_the_village_worked_out(report, outside: Village):
    made = report("balance-sheet", "committee")
    assert column(made, "closing") == {line: fen for line, fen in outside.committee.sheet.items() if fen}


@pytest.mark.parametrize(
    ("name", "ledger"),
    [
        ("balance-sheet", "collective"),
        ("income-distribution", "collective"),
        ("receipts-payments", "collective"),
        ("trial-balance", "collective"),
        ("notes", "collective"),
        ("balance-sheet", "committee"),
        ("surplus", "committee"),
        ("notes", "committee"),
        ("earmarked-funds", "committee"),
    ],
)
def test_every_check_of_every_statement_agrees(report, name, ledger):
    made = report(name, ledger)
    assert made["checks"]
    assert [check["text"] for check in made["checks"] if not check["ok"]] == []


def test_the_whole_book_proves(book: Path):
    assert main(["verify", str(book)]) == 0

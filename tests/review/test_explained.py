"""Every total of the desk is explained down to a voucher: figure, villages, accounts, ledger, voucher."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import COMMITTEE, Village
from tests.review.township import a_year, another, packed, sent, signed_again, unpacked
from village_ledger.cli.main import main
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.desk_state import DeskState
from village_ledger.domain.township import Figure
from village_ledger.exchange.review.review_desk import review_folder
from village_ledger.reports.review.desk_totals import (
    accounts_table,
    comparison_table,
    figure_table,
    rule_table,
    rules_table,
    totals_table,
)
from village_ledger.reports.table import Role

TODAY = date(2025, 12, 31)


@pytest.fixture
def inbox(village: Village, tmp_path: Path) -> Path:
    """Two villages; 青山村 has money, rent, costs, claims and debts in both ledgers."""
    a_year(village)
    village.posted("2025-03-08", "应收鱼塘承包款", "借 112@周德清 800; 贷 501 800")
    village.posted("2025-03-09", "欠农机店修理费", "借 511 150; 贷 211@农机店 150")
    village.posted("2025-04-08", "收办公经费", "借 1002 5000; 贷 4101 5000", ledger=COMMITTEE)
    folder = tmp_path / "收件"
    folder.mkdir()
    sent(village, folder, "一.vlpkg")
    another(tmp_path, "白云村").rename(folder / "白云村.vlpkg")
    return folder


@pytest.fixture
def state(inbox: Path, tmp_path: Path) -> DeskState:
    """The desk after the review."""
    return review_folder([inbox], tmp_path / "乡镇", TODAY).state()


def test_every_total_is_the_sum_of_its_villages_and_every_village_of_its_accounts(state: DeskState) -> None:
    compared = comparison_table(state)
    total = tuple(compared.rows)[-1]
    told = {column.key: cell for column, cell in zip(compared.columns, total.cells, strict=True)}
    for kind in LedgerKind:
        for figure in Figure:
            key = f"{kind.value}_{figure.value}"
            *villages, last = figure_table(state, key).rows
            assert last.cells[-1] == sum(int(str(row.cells[-1])) for row in villages) == told[key]
            for row in villages:
                assert row.link is not None
                one = state.of(row.link.key)
                assert one is not None
                *accounts, sum_of = accounts_table(one, key).rows
                assert sum_of.cells[-1] == sum(int(str(part.cells[-1])) for part in accounts) == row.cells[-1]
                assert all(part.link is not None and part.link.kind == "account" for part in accounts)
    assert told["collective_owed_to"] == 80000
    assert told["collective_owed_by"] == 15000
    assert told["committee_income"] == told["committee_bank"] == 500000


def test_the_totals_say_from_how_many_villages_they_come(state: DeskState) -> None:
    rows = [row for row in totals_table(state).rows if row.role is not Role.SECTION]
    said = {row.link.key: (row.cells[1], row.cells[2]) for row in rows if row.link is not None}
    assert said["collective_income"] == (2, 800000)
    assert said["committee_money"] == (1, 500000)
    assert len(said) == 2 * (len(Figure) + 1)


def _asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(list(words)) == 0
    return json.loads(capsys.readouterr().out)


def test_by_command_from_the_total_to_the_voucher(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The JSON beside the table says what to ask next, and the answer ends at a voucher."""
    desk = tmp_path / "乡镇"
    main(["review", str(inbox), "-o", str(desk), "--by", "张审", "--key", str(tmp_path / "key")])
    sheets = {
        sheet["report"]: sheet
        for sheet in json.loads((desk / "审阅汇总.json").read_text(encoding="utf-8"))["sheets"]
    }
    total = sheets["review-comparison"]["rows"][-1]["collective_income"]
    rows = [
        row
        for row in sheets["review-parts"]["rows"]
        if row["ledger"] == "collective" and row["figure"] == "income"
    ]
    assert total == "8000.00"
    assert sorted(row["amount"] for row in rows) == ["1000.00", "7000.00"]
    (green,) = [row for row in rows if row["village"] == "青山村"]
    ledger = _asked(
        capsys,
        "report",
        str(inbox / green["package"]),
        green["report"],
        "--ledger",
        green["ledger"],
        "--account",
        green["account"],
        "--from",
        green["from"],
        "--to",
        green["to"],
    )
    entries = [row for row in ledger["rows"] if row["voucher"]]
    assert [row["credit"] for row in entries] == ["6200.00", "800.00"]
    voucher = _asked(
        capsys,
        "report",
        str(inbox / green["package"]),
        "voucher",
        "--ledger",
        "collective",
        "--voucher",
        f"2025-01/{entries[0]['voucher']}",
    )
    assert "收果园承包款" in json.dumps(voucher, ensure_ascii=False)


def test_no_report_is_made_of_a_package_that_does_not_hold(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members = dict(unpacked(inbox / "一.vlpkg"))
    forged = packed(
        tmp_path / "假.vlpkg", signed_again(list(members.items()), lambda said: said.update(village="别的村"))
    )
    assert main(["report", str(forged), "trial-balance", "--ledger", "collective"]) == 1
    assert "没有做报表" in capsys.readouterr().err


def test_rules_are_compared_over_villages(inbox: Path, tmp_path: Path) -> None:
    run = review_folder([inbox], tmp_path / "乡镇", TODAY)
    state = run.state()
    rows = list(rules_table(state, run.pack).rows)
    assert len([row for row in rows if row.role is Role.DETAIL]) == len(run.pack.rules)
    found = [row for row in rows if row.link is not None]
    assert rows[: len(found)] == found
    for row in found:
        assert row.link is not None
        villages = list(rule_table(state, run.pack, row.link.key).rows)
        assert len(villages) == row.cells[3]
        assert sum(int(str(one.cells[1])) for one in villages) == row.cells[4]


def test_a_sample_over_all_villages_by_command(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drawn twice it is the same; it says its seed, its size and what part of the money it covers."""
    desk = tmp_path / "乡镇"
    words = ["review", str(inbox), "-o", str(desk), "--by", "张审", "--key", str(tmp_path / "key")]
    drawn: list[object] = []
    for _ in range(2):
        main([*words, "--seed", "双色球 2025150", "--sample", "3"])
        drawn.append(json.loads((desk / "抽查清单.json").read_text(encoding="utf-8")))
    assert drawn[0] == drawn[1]
    said: Any = drawn[0]
    assert (said["seed"], said["drawn"], said["of"]) == ("双色球 2025150", 3, 6)
    *rows, total = said["rows"]
    assert total["amount"] == said["covered"]
    assert {row["village"] for row in rows} <= {"青山村", "白云村"}
    assert "占全部" in capsys.readouterr().err

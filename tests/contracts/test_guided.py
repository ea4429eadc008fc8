"""A contract register kept by hand: the sample of a village, line by line against what should come of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from village_ledger.domain.money import plain_fen
from village_ledger.domain.rent_schedule import PAY_DAY_NAMES, PERIOD_NAMES, write_steps
from village_ledger.exchange.contracts import import_contracts_guided as guided
from village_ledger.exchange.contracts.import_contracts_guided import Intake, Known

SAMPLES = Path(__file__).parents[1] / "samples"
REGISTER = SAMPLES / "contracts_register.xlsx"


def expected() -> list[dict[str, str]]:
    with (SAMPLES / "contracts_expected.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def cards() -> dict[str, str]:
    with (SAMPLES / "assets_expected.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["资产编号"]: row["名称"] for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def intake() -> Intake:
    return guided.examine(guided.find_layout(REGISTER), {}, Known(cards()))


def as_row(one: guided.Taken) -> list[str]:
    contract, terms = one.contract, one.contract.terms
    return [
        f"第{one.row}行",
        contract.number,
        contract.items[0].code,
        contract.party,
        str(terms.start),
        str(terms.end),
        PERIOD_NAMES[terms.period],
        PAY_DAY_NAMES[terms.pay_day],
        plain_fen(terms.amount),
        "",
        "",
        write_steps(terms.steps),
        contract.papers.resolution,
    ]


def test_every_importable_line_comes_out_as_expected(intake: Intake) -> None:
    wanted = [list(row.values())[:-1] for row in expected() if row["起始日期"]]
    assert len(wanted) == 21
    assert [as_row(one) for one in intake.contracts] == wanted


def test_each_of_the_rest_has_its_reason(intake: Intake) -> None:
    assert {problem.row: problem.what for problem in intake.problems} == {
        13: "实物计租，不能自动成期。请人工登记这份合同；要导入就答复“年租金”",
        15: "没有合同、没有期限。列入清理清单：请补签合同后登记",
        17: "起始日期2023-02-29不存在。请改正后再导入",
        18: "分成，没有固定金额，不能自动成期。请人工登记这份合同；要导入就答复“年租金”",
    }
    assert len(intake.contracts) + len(intake.problems) == len(expected()) == 25
    assert intake.dropped == (4, 19, 31)


def test_what_else_the_register_says_is_kept(intake: Intake) -> None:
    by_number = {one.contract.number: one.contract for one in intake.contracts}
    tea = by_number["石合2019-03"]
    assert (tea.deposit, tea.items[0].area, tea.items[0].unit) == (2_000_000, 6_200_000, "㎡")
    assert by_number["石包2017-01"].member
    assert by_number["石包2017-01"].kind == "contracting"
    assert not by_number["石合2022-02"].member

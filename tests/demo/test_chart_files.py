"""The shipped charts of accounts, read as the data they are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.village_files import RESOURCES, read_csv, settings

CHARTS: list[dict[str, Any]] = settings("charts", "charts.toml")["chart"]
COLUMNS = ["code", "name", "side", "category", "active", "dimensions", "money", "two_way", "note", "source"]
CATEGORIES = {"资产", "负债", "所有者权益", "净资产", "成本", "损益", "收入", "支出"}


def rows(chart_id: str) -> list[dict[str, str]]:
    return read_csv(RESOURCES / "charts" / f"{chart_id}.csv")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: str(chart["id"]))
def test_a_chart_has_the_agreed_columns_and_words(chart):
    accounts = rows(chart["id"])
    assert list(accounts[0]) == COLUMNS
    assert chart["file"] == f"{chart['id']}.csv"
    assert chart["first_level_protected"] is True
    widths = [int(width) for width in chart["code_widths"].split("-")]
    lengths = {sum(widths[:level]) for level in range(1, len(widths) + 1)}
    codes = [account["code"] for account in accounts]
    assert len(codes) == len(set(codes))
    for account in accounts:
        assert len(account["code"]) in lengths
        assert account["side"] in {"借", "贷"}
        assert account["category"] in CATEGORIES
        assert account["active"] in {"0", "1"}
        assert account["two_way"] in {"0", "1"}
        assert account["money"] in {"", "现金", "银行"}
        assert set(filter(None, account["dimensions"].split(";"))) <= {"往来单位", "项目", "村民小组"}
        assert account["source"]


def test_the_collective_has_42_first_level_accounts_and_the_prescribed_subs_of_322():
    accounts = {account["code"]: account["name"] for account in rows("collective_2023")}
    assert len([code for code in accounts if len(code) == 3]) == 42
    assert {code: name for code, name in accounts.items() if len(code) > 3} == {
        "32201": "各项分配",
        "3220101": "提取公积公益金",
        "3220102": "向成员分配",
        "32202": "未分配收益",
    }


@pytest.mark.parametrize(
    ("chart_id", "dimension", "codes"),
    [
        ("collective_2023", "往来单位", {"112", "113", "211"}),
        ("collective_2023", "项目", {"153", "231", "241"}),
        ("committee_surplus", "往来单位", {"1121", "2201"}),
        ("committee_surplus", "项目", {"2301", "2302"}),
    ],
)
def test_accounts_demand_their_dimension(chart_id, dimension, codes):
    assert {account["code"] for account in rows(chart_id) if dimension in account["dimensions"]} == codes


@pytest.mark.parametrize(
    ("chart_id", "codes"),
    [
        ("collective_2023", {"113", "154", "181", "214", "231", "321", "322", "502"}),
        ("committee_surplus", {"1901", "2206", "2302", "3201"}),
    ],
)
def test_two_way_accounts_are_marked_with_all_below_them(chart_id, codes):
    marked = {account["code"] for account in rows(chart_id) if account["two_way"] == "1"}
    assert {code for code in marked if not code.startswith("322") or code == "322"} == codes


def test_the_committee_by_the_collectives_rules_has_the_same_accounts_with_some_off():
    whole, reduced = rows("collective_2023"), rows("committee_collective")
    assert [(x["code"], x["name"], x["side"]) for x in whole] == [
        (x["code"], x["name"], x["side"]) for x in reduced
    ]
    off = {account["code"] for account in reduced if account["active"] == "0"}
    assert off == {"131", "132", "133", "134", "141", "301", "501"}


def test_no_two_charts_share_a_first_level_code_unless_they_are_the_same_regime():
    collective = {account["code"] for account in rows("collective_2023")}
    assert collective.isdisjoint(account["code"] for account in rows("committee_surplus"))

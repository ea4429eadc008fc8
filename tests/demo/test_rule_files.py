"""The guard's rules, the cash settings and the wall sheet's columns, read as the data they are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.village_files import BANK, CASH, LEDGERS, Line, Voucher, settings, top, vouchers

RULES: list[dict[str, Any]] = settings("rules", "wrong_ledger.toml")["rule"]
SHEET: dict[str, Any] = settings("disclosure", "sheet_a.toml")
FIELDS = [
    "id",
    "ledger_kind",
    "action",
    "words",
    "not_words",
    "sides",
    "categories",
    "account_prefixes",
    "exempt_prefixes",
    "exempt_counterparty_words",
    "sentence",
    "next_step",
    "source",
    "effective",
    "offer",
]


def offended(ledger: str, voucher: Voucher) -> list[str]:
    """Ids of the rules a voucher's lines trigger, by the README's description."""
    return [
        rule["id"]
        for rule in RULES
        for line in voucher.lines
        if rule["ledger_kind"] == ledger and triggers(rule, ledger, line, voucher)
    ]


def triggers(rule: dict[str, Any], ledger: str, line: Line, voucher: Voucher) -> bool:
    side = "credit" if line.credit > 0 else "debit" if line.debit > 0 else ""
    if side not in rule["sides"] or line.account.startswith(tuple(rule["exempt_prefixes"])):
        return False
    if any(word in line.counterparty for word in rule["exempt_counterparty_words"]):
        return False
    money = (CASH[ledger], BANK[ledger])
    opposite = any(
        (other.debit if side == "credit" else other.credit) > 0 and other.account.startswith(money)
        for other in voucher.lines
    )
    of_category = top(ledger, line.account)["category"] in rule["categories"]
    if not of_category and not (opposite and line.account.startswith(tuple(rule["account_prefixes"]))):
        return False
    text = line.summary
    for harmless in rule["not_words"]:
        text = text.replace(harmless, "\n")
    return any(word in text for word in rule["words"])


def test_every_rule_has_every_field_and_names_its_source_to_the_user():
    assert len({rule["id"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert sorted(rule) == sorted(FIELDS)
        assert rule["action"] in {"refuse", "warn"}
        assert "{word}" in rule["sentence"]
        assert "法" in rule["sentence"]
        assert rule["sentence"].endswith("。")
        assert rule["next_step"].endswith("。")


def test_the_committee_is_refused_what_is_the_collectives_and_the_collective_only_warned():
    assert {rule["action"] for rule in RULES if rule["ledger_kind"] == "committee"} == {"refuse"}
    assert {rule["action"] for rule in RULES if rule["ledger_kind"] == "collective"} == {"warn"}
    assert all(rule["offer"] == "T6" for rule in RULES if rule["action"] == "refuse")


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_voucher_of_the_demonstration_year_triggers_a_rule(ledger):
    assert {voucher.name: hit for voucher in vouchers(ledger) if (hit := offended(ledger, voucher))} == {}


def test_the_demonstration_year_has_what_must_pass_a_hired_car_and_money_passed_on():
    summaries = [line.summary for voucher in vouchers("committee") for line in voucher.lines]
    assert any("租车费" in summary for summary in summaries)
    assert any("鱼塘承包款" in summary for summary in summaries)


def test_rent_as_income_of_the_committee_would_be_refused():
    like = vouchers("committee")[0]
    rent = (Line("收旧村小租金", "100201", 100, 0, "", ""), Line("收旧村小租金", "4901", 0, 100, "", ""))
    voucher = Voucher(like.day, 1, rent, 1, "", "", "", "", "", "")
    assert offended("committee", voucher) == ["committee-rent"]


def test_the_sheets_columns_fill_the_paper():
    columns = SHEET["column"]
    assert sum(column["a3_mm"] for column in columns) == SHEET["sizes"]["A3"]["width_mm"] == 420 - 2 * 15
    assert sum(column["a4_mm"] for column in columns) == SHEET["sizes"]["A4"]["width_mm"] == 297 - 2 * 15
    assert [column["label"] for column in columns][:6] == ["序号", "日期", "凭证", "什么事", "收入", "支出"]
    assert SHEET["sizes"]["A3"]["body_pt"] >= 16


def test_both_kinds_of_ledger_have_places_to_sign():
    for kind in LEDGERS:
        assert "编制（会计）" in SHEET[kind]["signatures"]
        assert len(SHEET[kind]["seals"]) == 2

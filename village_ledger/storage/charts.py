"""Charts shipped as data: ``resources/charts``."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache

from village_ledger.domain.chart import Account, CodeRule, Dimension, Money, Side
from village_ledger.domain.errors import ChartError
from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class ChartPreset:
    """A chart as shipped: its title, code widths and accounts in code order."""

    id: str
    title: str
    code_widths: str
    accounts: tuple[Account, ...]


@cache
def load_preset(chart_id: str) -> ChartPreset:
    """A shipped chart by its id, read once; raises ChartError for one that is not shipped."""
    index = tomllib.loads(resource("charts", "charts.toml").read_text(encoding="utf-8"))
    entry = next((chart for chart in index["chart"] if chart["id"] == chart_id), None)
    if entry is None:
        raise ChartError(f"程序里没有代号为“{chart_id}”的科目表", "请升级程序；账簿也可能被改过，请先核对。")
    widths = str(entry["code_widths"])
    with resource("charts", str(entry["file"])).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rule = CodeRule.parse(widths)
    parents = {rule.parent(row["code"]) for row in rows}
    accounts = tuple(_account(row, rule, parents) for row in sorted(rows, key=lambda row: row["code"]))
    return ChartPreset(chart_id, str(entry["title"]), widths, accounts)


def _account(row: dict[str, str], rule: CodeRule, parents: set[str]) -> Account:
    code = row["code"]
    return Account(
        code=code,
        name=row["name"],
        side=Side(row["side"]),
        category=row["category"],
        level=rule.level(code),
        parent=rule.parent(code),
        is_leaf=code not in parents,
        active=row["active"] != "0",
        protected=True,
        two_way=row["two_way"] == "1",
        money=Money(row["money"]) if row["money"] else None,
        demands=frozenset(Dimension(word) for word in row["dimensions"].split(";") if word),
    )


def account_values(account: Account) -> tuple[object, ...]:
    """An account as stored, in the order of its table's columns behind the ledger."""
    return (
        account.code,
        account.name,
        account.side.value,
        account.category,
        account.level,
        account.parent or None,
        int(account.is_leaf),
        int(account.active),
        int(account.protected),
        int(account.two_way),
        account.money.value if account.money else "",
        ";".join(sorted(d.value for d in account.demands)),
    )

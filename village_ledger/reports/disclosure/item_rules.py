"""The disclosure items as data (resources/disclosure/items_*.toml), read for a chart."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from village_ledger.domain.disclosure_items import BALANCES, ClassKind, Item, ItemClass, Items, Measure, Take
from village_ledger.domain.errors import LedgerError
from village_ledger.resources_dir import resource

_FILES = ("items_collective.toml", "items_committee_surplus.toml")


@lru_cache(maxsize=4)
def items_for(chart_id: str) -> Items:
    """The items a ledger with this chart discloses; raises LedgerError when no file speaks of the chart."""
    for name in _FILES:
        data = tomllib.loads(resource("disclosure", name).read_text(encoding="utf-8"))
        if chart_id in data["charts"]:
            return Items(
                tuple(map(_class, data["class"])),
                tuple(map(_item, data["item"])),
                data["source"],
                data["source_note"],
            )
    raise LedgerError(f"科目 {chart_id} 还没有公开项目的对照", "请在 resources/disclosure 里加一份。")


def _class(entry: Mapping[str, Any]) -> ItemClass:
    return ItemClass(entry["id"], entry["title"], ClassKind(entry["kind"]), tuple(entry.get("covers", ())))


def _item(entry: Mapping[str, Any]) -> Item:
    statement = entry.get("statement")
    return Item(
        entry["number"],
        entry["class"],
        entry["name"],
        tuple(map(_take, entry.get("take", ()))),
        tuple(entry.get("plan", ())),
        tuple((source, target) for source, target in entry.get("less", ())),
        (statement["report"], statement["line"]) if statement else None,
    )


def _take(entry: Mapping[str, Any]) -> Take:
    take = Take(
        entry["account"], Measure(entry["measure"]), _words(entry.get("name")), _words(entry.get("project"))
    )
    if take.projects and take.measure in BALANCES:
        raise LedgerError(
            f"公开项目的对照里 {take.account} 写了项目，取法却是余额", "按项目取的只能是发生额，请改对照。"
        )
    return take


def _words(text: Any) -> tuple[str, ...]:
    return tuple(str(text).split("|")) if text else ()

"""The sheets of a stock-take (清产核资) for a chart of accounts, and where differences go (rules/stock_take.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from village_ledger.domain.errors import StockTakeError
from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the set for one chart of accounts."""

    number: str
    title: str
    short: str
    is_credit: bool
    by: str
    """money, leaf, party, project, asset or parcel."""
    accounts: tuple[str, ...]
    less: tuple[tuple[str, str], ...] = ()
    """(account, its contra account)."""
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    route: str = "through"
    """through (181), direct, cash, or none (explained, booked by hand)."""
    gain: str = ""
    loss: str = ""
    has_usage: bool = False

    @property
    def sign(self) -> int:
        """1 where a debit balance is above zero, -1 where a credit balance is."""
        return -1 if self.is_credit else 1

    def holds(self, code: str, path: str) -> bool:
        """Whether a leaf stands on this sheet, by its code and the names of its path."""
        if not code.startswith(self.accounts):
            return False
        if self.whole and code.startswith(self.whole):
            return True
        if self.words:
            return any(word in path for word in self.words)
        return not any(word in path for word in self.not_words)


@dataclass(frozen=True, slots=True)
class AdjustRule:
    """Where differences go in a family of charts."""

    through: str
    gain: str
    loss: str
    gain_name: str
    loss_name: str


@lru_cache(maxsize=1)
def stock_take_rules() -> dict[str, Any]:
    """The rules as shipped (rules/stock_take.toml)."""
    return tomllib.loads(resource("rules", "stock_take.toml").read_text(encoding="utf-8"))


def family_of(chart_id: str) -> str:
    """Family of charts whose codes the rules name."""
    return "surplus" if chart_id == "committee_surplus" else "collective"


@lru_cache(maxsize=4)
def sheets_for(family: str) -> tuple[Sheet, ...]:
    """The sheets for a family of charts, in the order of the set; one without accounts stays, empty."""
    return tuple(
        Sheet(
            number=entry["number"],
            title=entry["title"],
            short=entry["short"],
            is_credit=entry["side"] == "credit",
            by=entry["by"],
            accounts=tuple(entry.get(family, ())),
            less=tuple(entry.get("less", {}).get(family, {}).items()),
            words=tuple(entry.get("words", ())),
            not_words=tuple(entry.get("not_words", ())),
            whole=tuple(entry.get("whole", ())),
            result=tuple(entry.get("result", ())),
            route=entry["route"],
            gain=entry.get("gain", ""),
            loss=entry.get("loss", ""),
            has_usage=bool(entry.get("usage", False)),
        )
        for entry in stock_take_rules()["sheet"]
    )


def sheet_of(family: str, number: str) -> Sheet:
    """One sheet by its number; raises StockTakeError."""
    tidy = number.strip().zfill(2)
    for sheet in sheets_for(family):
        if sheet.number == tidy:
            return sheet
    known = "、".join(sheet.number for sheet in sheets_for(family))
    raise StockTakeError(f"清查表里没有 {number} 号表", f"有：{known}。")


@lru_cache(maxsize=4)
def adjust_rule(family: str) -> AdjustRule:
    """Accounts a difference goes to."""
    entry = stock_take_rules()["adjust"][family]
    return AdjustRule(entry["through"], entry["gain"], entry["loss"], entry["gain_name"], entry["loss_name"])

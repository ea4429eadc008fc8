"""On which accounts an asset stands, by its ledger's chart (rules/assets.toml), and which leaf below them is meant."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from village_ledger.domain.asset import AssetKind
from village_ledger.domain.chart import Chart
from village_ledger.domain.errors import AssetError, ChartError
from village_ledger.resources_dir import resource
from village_ledger.services.book import accounts
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class KindAccounts:
    """First-level accounts of a kind of asset in one chart; empty where there is none."""

    asset: str
    against: str
    clearing: str
    gain: str
    loss: str
    lost: str
    given: str
    received: str
    gross: bool

    @property
    def takes_from(self) -> str:
        """What depreciation is credited to: the accumulated account, or the asset itself."""
        return self.against or self.asset


@lru_cache(maxsize=1)
def asset_rules() -> dict[str, Any]:
    """Accounts, classes and words of asset cards as shipped (rules/assets.toml)."""
    return tomllib.loads(resource("rules", "assets.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _chart_rule(chart_id: str) -> Mapping[str, Any]:
    rule = next((r for r in asset_rules()["chart"] if r["id"] == chart_id), None)
    if rule is None:
        raise AssetError("这本账的科目表没有写明资产用哪些科目", "请联系技术人员补上科目对照。")
    return _chart_rule(rule["like"]) if "like" in rule else rule


def chart_rule(reader: Reader, ledger: str) -> Mapping[str, Any]:
    """The rule of a ledger's chart; raises AssetError for a chart that has none."""
    return _chart_rule(reader.ledger(ledger).chart_id)


def accounts_of(reader: Reader, ledger: str, kind: AssetKind) -> KindAccounts:
    """The accounts a kind stands on; raises AssetError where the chart has none for it."""
    rule = chart_rule(reader, ledger)["kind"].get(kind.value)
    if rule is None:
        raise AssetError(
            f"{reader.ledger(ledger).title}没有{kind.words}的科目", "这类资产请登记在集体账上，或改选类别。"
        )
    names = ("asset", "against", "clearing", "gain", "loss", "lost", "given", "received")
    return KindAccounts(*(rule.get(name, "") for name in names), gross=bool(rule.get("gross")))


def expense_of(rule: Mapping[str, Any], use: str, charge: str) -> str:
    """The first-level account that bears depreciation, by use or as the card says."""
    return charge or rule["expense"][use]


def may_charge(reader: Reader, ledger: str, code: str) -> str:
    """An account a card may name for its depreciation; empty goes by use. Raises AssetError for any other."""
    allowed = chart_rule(reader, ledger)["may_charge"]
    if code and not code.startswith(tuple(allowed)):
        raise AssetError(f"折旧不能记到 {code}", f"可以记到：{'、'.join(allowed)}；空着就按用途记。")
    if code:
        reader.chart(ledger).get(code)
    return code


def existing_leaf(chart: Chart, top: str, words: Sequence[str] = (), *, only: bool = False) -> str | None:
    """The active leaf at or below an account that is meant: itself, the one whose name has a word, ``only``: the only one."""
    if top not in chart:
        return None
    account = chart.get(top)
    if account.is_leaf:
        return top
    leaves = [a for a in chart if a.is_leaf and a.active and a.code.startswith(top)]
    for word in filter(None, words):
        named = [a for a in leaves if word in a.name or a.name in word]
        if named:
            return named[0].code
    return leaves[0].code if only and len(leaves) == 1 else None


def made_leaf(uow: UnitOfWork, ledger: str, top: str, words: Sequence[str], name: str) -> str:
    """The leaf that is meant; a sub-account of the name is made where the account has some and none is for it."""
    chart = uow.reader.chart(ledger)
    found = existing_leaf(chart, top, words)
    if found is None:
        return accounts.add(uow, ledger, top, name).value.code
    return chart.usable_leaf(found).code


def expense_leaf(uow: UnitOfWork, ledger: str, top: str) -> str:
    """The leaf that bears depreciation."""
    return made_leaf(uow, ledger, top, (asset_rules()["expense_word"],), asset_rules()["expense_name"])


def asset_leaf(reader: Reader, ledger: str, top: str, words: Sequence[str], chosen: str = "") -> str:
    """The leaf of an asset account: the one chosen, or the one that is meant; raises ChartError where it must be chosen."""
    chart = reader.chart(ledger)
    if chosen:
        if not chosen.startswith(top):
            raise ChartError(f"{chosen} 不在 {top} {chart.get(top).name} 之下", "请选它下面的末级科目。")
        return chart.usable_leaf(chosen).code
    found = existing_leaf(chart, top, words, only=True)
    if found is None:
        below = "、".join(f"{a.code} {a.name}" for a in chart if a.is_leaf and a.code.startswith(top))[:200]
        raise ChartError(
            f"{top} {chart.get(top).name} 有下级科目，看不出用哪一个", f"请写明科目，例如：{below}。"
        )
    return chart.usable_leaf(found).code

"""What rules/contracts.toml says: kinds and how long they may run, when to remind, which accounts rent goes through."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from village_ledger.domain.errors import ChartError, ContractError
from village_ledger.resources_dir import resource
from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contract."""

    id: str
    name: str
    longest_years: int
    """0: not judged."""
    law: str
    revenue: str
    """Word in the name of the sub-account its rent is booked on."""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """First-level accounts of a chart that contracts go through."""

    member: str
    other: str
    revenue: str
    deposit: str
    penalty: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds; days unless the name says otherwise."""

    ending: tuple[int, ...]
    due_in: int
    overdue: tuple[int, ...]
    claim_years: int
    spread_months: int
    one_off_years: int
    short_last_days: int
    kinds: tuple[Kind, ...]
    charts: dict[str, Accounts]
    deposit_word: str
    penalty_word: str

    def kind(self, kind_id: str) -> Kind:
        """A kind by its id or name; raises ContractError naming those there are."""
        for kind in self.kinds:
            if kind_id.strip() in (kind.id, kind.name):
                return kind
        names = "、".join(kind.name for kind in self.kinds)
        raise ContractError(f"没有“{kind_id}”这一类合同", f"可以是：{names}。")


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules as shipped."""
    data = tomllib.loads(resource("rules", "contracts.toml").read_text(encoding="utf-8"))
    remind, words = data["remind"], data["words"]
    return Rules(
        tuple(sorted(remind["ending"], reverse=True)),
        remind["due_in"],
        tuple(sorted(remind["overdue"])),
        remind["claim_years"],
        remind["spread_months"],
        remind["one_off_years"],
        remind["short_last_days"],
        tuple(
            Kind(k["id"], k["name"], k["longest_years"], k["law"], k["revenue"], tuple(k["words"]))
            for k in data["kind"]
        ),
        {c["id"]: Accounts(**{key: value for key, value in c.items() if key != "id"}) for c in data["chart"]},
        words["deposit"],
        words["penalty"],
    )


def accounts(reader: Reader, ledger: str) -> Accounts:
    """Accounts of a ledger's chart; raises ChartError where rent has no place."""
    found = rules().charts.get(reader.ledger(ledger).chart_id)
    if found is None:
        raise ChartError(f"{reader.ledger(ledger).title}的科目里没有租金的位置", "请记到集体账。")
    return found


def leaf(reader: Reader, ledger: str, top: str, *words: str) -> str:
    """The leaf below a first-level account whose name holds one of the words, else the account itself.

    Raises ChartError where there are sub-accounts and none is called so.
    """
    chart = reader.chart(ledger)
    leaves = [a for a in chart if a.code.startswith(top) and a.is_leaf and a.active]
    for word in filter(None, words):
        named = next((a.code for a in leaves if word in a.name and a.code != top), None)
        if named:
            return named
    if [a.code for a in leaves] == [top]:
        return top
    wanted = next(filter(None, words), "")
    raise ChartError(
        f"{top} {chart.get(top).name} 下面没有叫“{wanted}…”的科目", f"请先在 {top} 下增设“{wanted}”。"
    )


def revenue_leaf(reader: Reader, ledger: str, kind: str) -> str:
    """What rent of a kind of contract is booked as."""
    return leaf(reader, ledger, accounts(reader, ledger).revenue, rules().kind(kind).revenue, "租", "发包")


def receivable_leaf(reader: Reader, ledger: str, *, member: bool) -> str:
    """Where what a party owes stands: 113 for a member, 112 for anybody else."""
    found = accounts(reader, ledger)
    return leaf(reader, ledger, found.member if member else found.other, "租", "应收", "承包", "成员")

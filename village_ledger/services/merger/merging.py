"""What is asked of a merger, and what every part of it is handed while the new book is written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from village_ledger.domain.merger import Decisions, Matter, NewCode, Option
from village_ledger.domain.merger_openings import MergerPlan
from village_ledger.domain.merger_shares import SharesBy
from village_ledger.domain.period import Month
from village_ledger.resources_dir import resource
from village_ledger.services.merger.sources import OldBook
from village_ledger.storage.merger.register import NewShare
from village_ledger.storage.reader import Reader
from village_ledger.storage.spec import CommitteeChart
from village_ledger.storage.unit_of_work import UnitOfWork

LastYears = Callable[[Reader, str, int], Mapping[str, Mapping[str, int]]]
"""(old book, ledger, year) → report → line → fen: what the year's statements said, worked out by the reports."""


def no_last_years(_reader: Reader, _ledger: str, _year: int) -> Mapping[str, Mapping[str, int]]:
    """No figures of the year before."""
    return {}


@dataclass(frozen=True, slots=True)
class MergerRequest:
    """A merger as asked for."""

    books: tuple[Path, ...]
    target: Path
    village: str
    day: date
    option: Option
    by: str
    collective_name: str = ""
    collective_code: str = ""
    committee_name: str = ""
    committee_code: str = ""
    committee_chart: CommitteeChart | None = None
    """None: that of the old books."""
    shares: SharesBy = SharesBy.SIDE
    approved_on: date | None = None
    resolutions: tuple[str, ...] = ()
    """Numbers of the assemblies' resolutions, as the old books know them."""
    unit: int = 0
    """Fen of net value a new share stands for; 0 for the rules'."""
    per_head: int = 0
    """New shares a member gets by heads; 0 for the rules'."""
    worth: Mapping[str, int] = field(default_factory=dict[str, int])
    """Village → net worth in fen where the books' is not what was agreed on."""
    decided: Decisions = field(default_factory=Decisions)

    @property
    def start(self) -> Month:
        """The first month of the new book."""
        return Month.of(self.day).next()


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Days, units and names a merger goes by (rules/merger.toml)."""
    return tomllib.loads(resource("rules", "merger.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Merging:
    """The new book while it is written: what carries hand each other."""

    uow: UnitOfWork
    request: MergerRequest
    books: list[OldBook]
    plan: MergerPlan
    ledgers: dict[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    """(source, old ledger) → new ledger."""
    people: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    """(source, old person) → new person."""
    codes: list[NewCode] = field(default_factory=list[NewCode])
    matters: list[Matter] = field(default_factory=list[Matter])
    shares: list[NewShare] = field(default_factory=list[NewShare])
    warnings: list[str] = field(default_factory=list[str])

    @property
    def basis(self) -> str:
        """What everything carried over rests on."""
        return f"村级合并，{self.request.day} 的旧账"

    def ledger(self, one: OldBook, old: str) -> str:
        """The new ledger an old one went into, empty where it stays behind."""
        return self.ledgers.get((one.number, old), "")

    def account(self, one: OldBook, ledger: str, code: str) -> str:
        """The new code of an old account; the same in a ledger that goes on as it is."""
        new = self.ledger(one, ledger)
        placed = self.plan.charts.get(new)
        return code if placed is None else placed.codes.get((one.number, code), "")

    def party(self, one: OldBook, name: str) -> str:
        """What a counterparty is called now."""
        return self._renamed(one, "party", name)

    def project(self, one: OldBook, name: str) -> str:
        """What a project is called now."""
        return self._renamed(one, "project", name)

    def worth(self, one: OldBook) -> int:
        """What was agreed on, else assets less liabilities of the village's collective; fen."""
        return self.request.worth.get(one.village, worth_of(one))

    def _renamed(self, one: OldBook, kind: str, name: str) -> str:
        found = (x.new for x in self.plan.codes if (x.source, x.kind, x.old) == (one.number, kind, name))
        return next(found, name)

    def code(self, one: OldBook, kind: str, ledger: str, old: str, new: str, name: str = "") -> None:
        """Keep that something has another number now."""
        self.codes.append(NewCode(one.number, kind, ledger, old, new, name))

    def matter(self, one: OldBook | None, kind: str, subject: str, text: str) -> None:
        """Keep that something is left open."""
        self.matters.append(Matter(None if one is None else one.number, kind, subject, text))


def worth_of(one: OldBook) -> int:
    """Assets less liabilities of a village's collective, fen."""
    ledger = one.source.ledgers[0]
    return sum(x.balance for x in ledger.balances if ledger.chart.get(x.account).category in _NET)


_NET = frozenset({"资产", "负债", "成本"})

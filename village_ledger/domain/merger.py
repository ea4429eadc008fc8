"""Merging the books of villages (村级建制调整) as values: old balances in, new openings out, nothing lost or made.

    OldBalance   one closing balance of an old ledger
    OldLedger    an old ledger: chart and balances
    Source       an old book: village, the two bodies' names, its ledgers
    Origin       where an old balance stands now, or that it was eliminated
    Opening      one balance of a new ledger: the sum of what is kept at its place

Who owes whom within the merged villages is found in ``merger_mutual``, sub-accounts in ``merger_accounts``, places in
``merger_openings``, and ``merger_proof`` holds the new figures to the old ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from village_ledger.domain.chart import Chart, Dimension, LedgerKind
from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.domain.new_person import CODE_LIMIT


class Option(Enum):
    """What becomes of the old books (governance §7)."""

    APART = "A"
    """Old ledgers go on side by side in the new village's book, each as a ledger of its own."""
    FEDERATE = "B"
    """A new joint book for what is done together; the old books stay and are written on."""
    MERGE = "C"
    """The old ledgers are closed and their balances go into the new one."""

    @property
    def words(self) -> str:
        """As people say it."""
        return {"A": "分账并存", "B": "联合", "C": "合并"}[self.value]

    @property
    def ends_old_books(self) -> bool:
        """Whether the old books become an archive."""
        return self is not Option.FEDERATE


NOTHING_MADE = "各村的旧账没有动，也没有建任何文件。"


class MergerError(LedgerError):
    """A merger that cannot be made as asked: nothing was made, no old book was touched."""

    code = "L-197"

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what, next_step, safe=NOTHING_MADE)


class MergerRefused(ImportRefused):
    """A merger with faults: all of them named, nothing made."""

    code = "L-198"

    def __init__(self, faults: Sequence[str], next_step: str = "请逐条办好，再合并。") -> None:
        super().__init__(list(faults), next_step)
        self.what = f"还有 {len(self.faults)} 处不能合并"
        self.safe = NOTHING_MADE


class OldBalance(NamedTuple):
    """A closing balance by leaf, counterparty and project, debit − credit, fen, and what moved in the year so far."""

    account: str
    party: str
    project: str
    balance: int
    year_debit: int = 0
    year_credit: int = 0
    quantity: int = 0


def by_demands(chart: Chart, balances: Iterable[OldBalance]) -> tuple[OldBalance, ...]:
    """Balances by what their account is kept by: a name noted on a line of any other account parts no balance.

    What comes to nothing is left out.
    """
    found: dict[tuple[str, str, str], list[int]] = {}
    for one in balances:
        demands = _demands(chart, one.account)
        party = one.party if Dimension.COUNTERPARTY in demands else ""
        project = one.project if Dimension.PROJECT in demands else ""
        entry = found.setdefault((one.account, party, project), [0, 0, 0, 0])
        for place, amount in enumerate(one[3:]):
            entry[place] += amount
    return tuple(OldBalance(*key, *entry) for key, entry in sorted(found.items()) if any(entry[:3]))


def _demands(chart: Chart, code: str) -> frozenset[Dimension]:
    """What an account or any above it demands."""
    found = frozenset[Dimension]()
    while code:
        account = chart.get(code)
        found |= account.demands
        code = account.parent
    return found


@dataclass(frozen=True, slots=True)
class OldLedger:
    """An old ledger at the end of its last day."""

    code: str
    kind: LedgerKind
    title: str
    entity: str
    chart_id: str
    chart: Chart
    balances: tuple[OldBalance, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One of the villages that are merged; ``people`` are the names in its register.

    ``households`` are the new numbers of its households: accounts of members are named ``户编号/姓名``.
    """

    number: int
    village: str
    ledgers: tuple[OldLedger, ...]
    people: frozenset[str] = frozenset()
    households: Mapping[str, str] = field(default_factory=dict[str, str])

    def ledger(self, kind: LedgerKind) -> OldLedger | None:
        """The village's own ledger of a kind, None where it has none."""
        return next((one for one in self.ledgers if one.code == kind.value), None)

    def entity(self, kind: LedgerKind) -> str:
        """Legal name of one of the two bodies, empty where it has no ledger."""
        ledger = self.ledger(kind)
        return "" if ledger is None else ledger.entity


class Origin(NamedTuple):
    """An old balance, or a part of one, and its place in the new books."""

    source: int
    old_ledger: str
    old: OldBalance
    old_name: str
    ledger: str
    account: str
    party: str
    project: str
    pair: int = 0
    eliminated: bool = False

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Ledger, leaf, counterparty, project."""
        return self.ledger, self.account, self.party, self.project


class Opening(NamedTuple):
    """A balance of a new opening document."""

    ledger: str
    account: str
    party: str
    project: str
    balance: int
    year_debit: int
    year_credit: int
    quantity: int


class MutualClaim(NamedTuple):
    """What one village claims of another, and what the other says it owes; fen, both above zero or nothing."""

    pair: int
    creditor: str
    creditor_ledger: str
    claim: int
    debtor: str
    debtor_ledger: str
    debt: int

    @property
    def equal(self) -> int:
        """What both agree on."""
        return min(self.claim, self.debt)

    @property
    def differs(self) -> bool:
        """Whether they do not agree."""
        return self.claim != self.debt

    @property
    def within_one_ledger(self) -> bool:
        """Whether both ledgers become one, so that claim and debt end; else they stay, between the new two bodies."""
        return self.creditor_ledger == self.debtor_ledger


class NewCode(NamedTuple):
    """Something of an old book that has another number or name now."""

    source: int
    kind: str
    ledger: str
    old: str
    new: str
    name: str = ""


class Matter(NamedTuple):
    """Something the merger leaves open; no source where it concerns all."""

    source: int | None
    kind: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided beside the rules (对照表).

    accounts   (village, ledger, old code) → (new code of the account above or itself, new name or empty)
    splits     (village, ledger, old code) → the same with an amount on the old balance's side, fen, for each part
    parties    (village, old name) → new name, or the legal name or village of another merged body
    reason     why mutual claims that differ are merged all the same; empty refuses them
    """

    accounts: Mapping[tuple[str, str, str], tuple[str, str]] = field(
        default_factory=dict[tuple[str, str, str], tuple[str, str]]
    )
    splits: Mapping[tuple[str, str, str], tuple[tuple[str, str, int], ...]] = field(
        default_factory=dict[tuple[str, str, str], tuple[tuple[str, str, int], ...]]
    )
    parties: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    reason: str = ""


def household_codes(villages: Sequence[str], codes: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """New household numbers of each village; one whose numbers meet those of a village before gets its name before all."""
    taken: set[str] = set()
    found: list[dict[str, str]] = []
    for village, old in zip(villages, codes, strict=True):
        prefix = village.removesuffix("村") if taken & set(old) else ""
        new: dict[str, str] = {}
        for code in old:
            made = f"{prefix}{code}"[:CODE_LIMIT]
            while made in taken:
                made = f"{made[: CODE_LIMIT - 1]}*"
            new[code] = made
            taken.add(made)
        found.append(new)
    return found

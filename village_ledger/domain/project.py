"""Projects (工程、专项、一事一议): a card, then budget, tender, contract, changes, acceptance, final account, warranty.

Each step is an entry that is never rewritten; a later one of its kind takes its place while the order allows it. A project is
what its entries fold to; ``project_steps`` refuses an order or figure that cannot be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any

from village_ledger.domain.errors import ProjectError


class ProjectStep(Enum):
    """What can be written of a project."""

    CARD = "card"
    BUDGET = "budget"
    TENDER = "tender"
    CONTRACT = "contract"
    CHANGE = "change"
    ACCEPTANCE = "acceptance"
    FINAL = "final"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return _WORDS[self]


_WORDS = {
    ProjectStep.CARD: "立项",
    ProjectStep.BUDGET: "预算",
    ProjectStep.TENDER: "招标（发包）",
    ProjectStep.CONTRACT: "合同",
    ProjectStep.CHANGE: "变更",
    ProjectStep.ACCEPTANCE: "验收",
    ProjectStep.FINAL: "决算",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a project is."""

    kind: str
    content: str
    place: str = ""
    keeper: str = ""
    decision: str = ""
    before_acceptance: int = 80
    """Per cent of the contract that may be paid before acceptance."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Budget lines: (what, fen)."""

    lines: tuple[tuple[str, int], ...]
    basis: str = ""

    @property
    def total(self) -> int:
        """The whole budget."""
        return sum(amount for _, amount in self.lines)


@dataclass(frozen=True, slots=True)
class Tender:
    """How the builder was found: way, ceiling, bids (who, fen), the winner."""

    way: str
    winner: str
    price: int
    ceiling: int = 0
    bids: tuple[tuple[str, int], ...] = ()
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """The building contract; ``warranty`` in fen is kept back until ``warranty_until``."""

    number: str
    party: str
    amount: int
    warranty: int = 0
    warranty_until: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change order (工程变更): more or less, why, on what decision."""

    amount: int
    reason: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted, and whether it passed."""

    people: tuple[str, ...]
    passed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class FinalAccount:
    """The final account (决算): what it cost in the end; ``audit`` the number of the audit report."""

    amount: int
    warranty: int = 0
    audit: str = ""
    note: str = ""


Body = Card | Budget | Tender | Contract | Change | Acceptance | FinalAccount
_BODIES: Mapping[ProjectStep, type[Body]] = {
    ProjectStep.CARD: Card,
    ProjectStep.BUDGET: Budget,
    ProjectStep.TENDER: Tender,
    ProjectStep.CONTRACT: Contract,
    ProjectStep.CHANGE: Change,
    ProjectStep.ACCEPTANCE: Acceptance,
    ProjectStep.FINAL: FinalAccount,
}


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """One step as written, with its day."""

    step: ProjectStep
    day: date
    body: Body
    by: str = ""
    at: str = ""

    def text(self) -> str:
        """The body as stored."""
        return json.dumps(asdict(self.body), ensure_ascii=False, sort_keys=True)

    def digest(self, ledger: str, project: str) -> str:
        """SHA-256 over where it belongs, the step, the day and the body."""
        parts = (ledger, project, self.step.value, self.day.isoformat(), self.text())
        return sha256("\n".join(parts).encode()).hexdigest()


def entry_of(step: str, day: str, text: str, by: str = "", at: str = "") -> ProjectEntry:
    """An entry as stored."""
    kind = ProjectStep(step)
    data: dict[str, Any] = json.loads(text)
    body = _BODIES[kind](**{key: _tupled(value) for key, value in data.items()})
    return ProjectEntry(kind, date.fromisoformat(day), body, by, at)


def _tupled(value: Any) -> Any:
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]  JSON has no tuples


@dataclass(frozen=True, slots=True)
class Project:
    """A project as its entries fold."""

    ledger: str
    name: str
    entries: tuple[ProjectEntry, ...] = ()
    changes: tuple[Change, ...] = field(default=())

    @classmethod
    def folded(cls, ledger: str, name: str, entries: Sequence[ProjectEntry]) -> Project:
        """What some entries come to."""
        changes = tuple(e.body for e in entries if isinstance(e.body, Change))
        return cls(ledger, name, tuple(entries), changes)

    def last(self, step: ProjectStep) -> ProjectEntry | None:
        """The newest entry of a step."""
        return next((one for one in reversed(self.entries) if one.step is step), None)

    @property
    def card(self) -> Card:
        """What it is; raises ProjectError for a project nobody opened."""
        entry = self.last(ProjectStep.CARD)
        if entry is None or not isinstance(entry.body, Card):
            raise ProjectError(f"没有立项的项目“{self.name}”", "请核对名称，或先立项。")
        return entry.body

    @property
    def budget(self) -> Budget | None:
        """The newest budget."""
        entry = self.last(ProjectStep.BUDGET)
        return entry.body if entry and isinstance(entry.body, Budget) else None

    @property
    def tender(self) -> Tender | None:
        """The tender."""
        entry = self.last(ProjectStep.TENDER)
        return entry.body if entry and isinstance(entry.body, Tender) else None

    @property
    def contract(self) -> Contract | None:
        """The contract."""
        entry = self.last(ProjectStep.CONTRACT)
        return entry.body if entry and isinstance(entry.body, Contract) else None

    @property
    def acceptance(self) -> Acceptance | None:
        """The newest acceptance that passed."""
        return next(
            (e.body for e in reversed(self.entries) if isinstance(e.body, Acceptance) and e.body.passed), None
        )

    @property
    def accepted_on(self) -> date | None:
        """The day it was accepted."""
        return next(
            (e.day for e in reversed(self.entries) if isinstance(e.body, Acceptance) and e.body.passed), None
        )

    @property
    def final(self) -> FinalAccount | None:
        """The final account."""
        entry = self.last(ProjectStep.FINAL)
        return entry.body if entry and isinstance(entry.body, FinalAccount) else None

    @property
    def agreed(self) -> int:
        """Contract and changes together, fen."""
        contract = self.contract
        return (contract.amount if contract else 0) + sum(change.amount for change in self.changes)

    @property
    def before_acceptance_limit(self) -> int:
        """What may be paid to the builder before acceptance, fen."""
        return self.agreed * self.card.before_acceptance // 100

    @property
    def stage(self) -> str:
        """The last step of the usual order, in words."""
        done = [step for step in ProjectStep if step is not ProjectStep.CHANGE and self._done(step)]
        return done[-1].words if done else "未立项"

    def _done(self, step: ProjectStep) -> bool:
        return self.acceptance is not None if step is ProjectStep.ACCEPTANCE else self.last(step) is not None

"""Old matters (新官理旧账): claims and debts older than a term of office, each with owner, cause, plan and follow-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from village_ledger.domain.errors import HandoverError


class Side(Enum):
    """What the matter is."""

    CLAIM = "claim"
    DEBT = "debt"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As the list says it."""
        return {"claim": "债权", "debt": "债务", "other": "其他"}[self.value]


class MatterStatus(Enum):
    """How far it has come."""

    OPEN = "open"
    WORKING = "working"
    DISPUTE = "dispute"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"

    @property
    def words(self) -> str:
        """As the list says it."""
        return _STATUS_WORDS[self]

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to be done."""
        return self in {MatterStatus.SETTLED, MatterStatus.WRITTEN_OFF}

    @classmethod
    def read(cls, text: str) -> MatterStatus:
        """By its Chinese or English word; raises HandoverError."""
        tidy = text.strip()
        for one in cls:
            if tidy in (one.value, one.words):
                return one
        raise HandoverError(f"旧账的状态“{tidy}”看不懂", f"可以是：{'、'.join(s.words for s in cls)}。")


_STATUS_WORDS = {
    MatterStatus.OPEN: "未办",
    MatterStatus.WORKING: "办理中",
    MatterStatus.DISPUTE: "争议诉讼",
    MatterStatus.SETTLED: "已了结",
    MatterStatus.WRITTEN_OFF: "已核销",
}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One entry of the log of a matter: what was done, and how owner, cause, plan and status stand from then on."""

    day: date
    status: MatterStatus
    owner: str = ""
    cause: str = ""
    plan: str = ""
    due: date | None = None
    words: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class OldMatter:
    """A claim or debt that was there before the term began."""

    id: int
    number: str
    """旧-0001."""
    ledger: str
    term: date
    """First day of the new term."""
    side: Side
    account: str
    party: str
    project: str
    name: str
    balance: int
    """Fen when the term began."""
    age: str
    made_by: str
    made_at: str
    log: tuple[FollowUp, ...] = field(default=())
    balance_now: int = 0
    """What the books say of it today, fen."""

    @property
    def latest(self) -> FollowUp:
        """How it stands."""
        return self.log[-1] if self.log else FollowUp(self.term, MatterStatus.OPEN)

    @property
    def status(self) -> MatterStatus:
        """Its status; settled by itself once the books hold nothing of it any more."""
        return self.latest.status

    @property
    def without_plan(self) -> bool:
        """Whether it is still open and nobody has said what is to be done."""
        return not self.status.is_done and not (self.latest.plan and self.latest.owner)


def without_plan(matters: Iterable[OldMatter]) -> list[OldMatter]:
    """Those nobody has planned for."""
    return [one for one in matters if one.without_plan]


def overdue(matters: Iterable[OldMatter], day: date) -> list[OldMatter]:
    """Those whose planned day has passed."""
    return [
        one
        for one in matters
        if not one.status.is_done and one.latest.due is not None and one.latest.due < day
    ]

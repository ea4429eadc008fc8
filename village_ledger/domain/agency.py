"""An agency's workspace (委托代理记账工作区): whose books an agency keeps, who keeps them, what waits and how a batch went.

Each village's book stays its own file and its own legal books; ownership, use, approval and income of the money stay the
village's (四权不变). A workspace knows where the books lie and who works for the agency, never a figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from village_ledger.domain.agency_days import AgencyDays

ENDING = ".vlagency"


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A village's book the agency keeps."""

    uid: str
    """The book's own id: a file of another village in its place is noticed."""
    village: str
    path: str
    """Beneath the workspace's folder relative to it, with ``/``; else absolute."""


@dataclass(frozen=True, slots=True)
class AgencyMember:
    """One identity and one PIN of the agency's staff, for every village."""

    name: str
    pin_hash: str
    administers: bool = False
    """May take books and people into the workspace; what somebody may do in a book its own roles say."""
    failures: int = 0
    shut_until: str = ""
    left_at: str = ""
    behind: tuple[tuple[str, str], ...] = ()
    """(book uid, its older PIN sealed under the present one): books that were out of reach when the PIN changed."""


@dataclass(frozen=True, slots=True)
class AgencyEvent:
    """What was changed of the workspace itself; what is done in a village stands in that village's own log."""

    at: str
    by: str
    words: str
    digest: str
    """Of the line before and this one (``exchange.agency_log``)."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the file says."""

    office: str
    books: tuple[KeptBook, ...] = ()
    members: tuple[AgencyMember, ...] = ()
    days: AgencyDays | None = None
    """The office's own days, where it has set any; else those of ``rules/agency.toml`` hold."""
    log: tuple[AgencyEvent, ...] = ()
    before: str = ""
    """Digest of the line before the first that is kept; empty while all of them are."""


class Waiting(Enum):
    """Kinds of work that wait in a village, in the order they are shown."""

    UNREACHED = "unreached"
    CLAIMS = "claims"
    REVIEW = "review"
    SECOND_REVIEW = "second-review"
    POST = "post"
    MONTHS = "months"
    SHEETS = "sheets"
    REPLIES = "replies"

    @property
    def words(self) -> str:
        """Its column's head."""
        return {
            "unreached": "打不开",
            "claims": "报账单",
            "review": "待审核",
            "second-review": "待补审",
            "post": "待记账",
            "months": "未结账的月",
            "sheets": "公开到期",
            "replies": "答复到期",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits in one ledger of one village."""

    kind: Waiting
    ledger: str
    """Empty where it is the whole book's."""
    count: int
    words: str
    due: date | None = None
    is_late: bool = False
    page: str = ""
    """The window's page where it is done, with ``where`` for its ``go``."""
    where: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class VillageTodos:
    """What waits in a village; ``trouble`` says why its book could not be looked into."""

    book: KeptBook
    todos: tuple[Todo, ...] = ()
    trouble: str = ""
    holder: str = ""
    """Who has the book open for writing elsewhere."""
    through: str = ""
    """The last month closed in every ledger, YYYY-MM."""


class BatchAct(Enum):
    """What can be done for many villages in one run."""

    REVIEW = "review"
    POST = "post"
    CLOSE = "close"
    PRINT = "print"
    EXPORT = "export"

    @property
    def words(self) -> str:
        """Its name on buttons and verdicts."""
        return {"review": "审核", "post": "记账", "close": "结账", "print": "打印", "export": "导出"}[
            self.value
        ]


class BatchResult(Enum):
    """How it went in one ledger of one village."""

    DONE = "done"
    NOTHING = "nothing"
    REFUSED = "refused"
    UNREACHED = "unreached"
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        """As the list of verdicts says it."""
        return {
            "done": "办好了",
            "nothing": "没有要办的",
            "refused": "没有办成",
            "unreached": "打不开",
            "stopped": "还没有办",
        }[self.value]


@dataclass(frozen=True, slots=True)
class VillageVerdict:
    """What became of one ledger of one village in a batch."""

    book: KeptBook
    ledger: str
    result: BatchResult
    count: int
    """Vouchers passed or posted, months closed, files made."""
    words: str
    """A sentence; of a refusal what happened, and what to do next."""
    files: tuple[str, ...] = ()

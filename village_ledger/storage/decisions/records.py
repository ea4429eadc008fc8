"""What reading hands out of decisions and panels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.decision import Progress, Stage
from village_ledger.domain.panel import ListRow, Lot


@dataclass(frozen=True, slots=True)
class Interest:
    """Somebody who has an interest in the matter."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Something that rests on a decision: what kind, what people call it, a few words, what opens it."""

    kind: str
    ref: str
    words: str = ""
    key: str = ""
    """Id of a voucher; what people call anything else."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A file with everything that happened to it."""

    id: int
    number: str
    ledger: str
    subject: str
    amount: int
    """Fen; 0 for a matter without money."""
    progress: Progress
    interests: tuple[Interest, ...]
    links: tuple[tuple[str, str], ...]
    """(kind, number) of what rests on it."""
    opened_by: str
    opened_at: str

    @property
    def state(self) -> str:
        """What was done last, in words."""
        last = self.progress.last
        return "未提议" if last is None else last.step.rule.name

    @property
    def opened(self) -> date:
        """The day it was proposed, or opened where it was not."""
        last = self.progress.entries
        return last[0].day if last else date.fromisoformat(self.opened_at[:10])


@dataclass(frozen=True, slots=True)
class PanelList:
    """The four registers as taken in."""

    id: int
    digest: str
    rows: tuple[ListRow, ...]
    imported_by: str
    imported_at: str


@dataclass(frozen=True, slots=True)
class DrawnLot:
    """A round of a draw as kept."""

    id: int
    lot: Lot
    drawn_by: str
    drawn_at: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at a place now."""

    id: int
    place: int
    role: str
    name: str
    lot_id: int | None
    reason: str
    seated_at: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What a place said in a stage; ``name`` is who sat there then."""

    stage: Stage
    place: int
    name: str
    role: str
    verdict: str
    opinion: str
    day: date
    on_paper: bool
    corrects: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel of a decision."""

    seed: str
    list: PanelList
    lots: tuple[DrawnLot, ...]
    seats: dict[int, Seat]
    """By place, who sits there now."""
    former: tuple[Seat, ...]
    """Who sat and was replaced."""
    signs: dict[tuple[Stage, int], Sign]
    """By stage and place, the one that counts."""
    drawn_by: str
    drawn_at: str

    def signed(self, stage: Stage) -> int:
        """How many places have signed a stage on paper."""
        return sum(1 for (at, _), sign in self.signs.items() if at is stage and sign.on_paper)

"""What a new book is made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month

APPLICATION_ID = 0x564C4447
"""``VLDG`` in the SQLite header: tells a book from any other database."""
FORMAT = 5
"""Format number in ``user_version``; a newer one is refused politely, an older one is migrated on a copy."""
KEY_BYTES = 32
"""Length of the random data key a book is made with."""


class CommitteeChart(Enum):
    """Presets of the committee's chart (committee_ledger: no national regime exists)."""

    SURPLUS = "surplus"
    COLLECTIVE = "collective"


CHART_OF = {
    (LedgerKind.COLLECTIVE, CommitteeChart.SURPLUS): "collective_2023",
    (LedgerKind.COLLECTIVE, CommitteeChart.COLLECTIVE): "collective_2023",
    (LedgerKind.COMMITTEE, CommitteeChart.SURPLUS): "committee_surplus",
    (LedgerKind.COMMITTEE, CommitteeChart.COLLECTIVE): "committee_collective",
}


@dataclass(frozen=True, slots=True)
class BookSpec:
    """A new village book; ``single`` keeps one acting ledger (合账)."""

    village: str
    start: Month
    collective_name: str = ""
    collective_code: str = ""
    committee_name: str = ""
    committee_code: str = ""
    committee_chart: CommitteeChart = CommitteeChart.SURPLUS
    single: bool = False
    is_demo: bool = False

    @property
    def collective_entity(self) -> str:
        """Legal name of the collective, the usual one when none is given."""
        return self.collective_name or f"{self.village}股份经济合作社"

    @property
    def committee_entity(self) -> str:
        """Legal name of the committee, the usual one when none is given."""
        return self.committee_name or f"{self.village}村民委员会"

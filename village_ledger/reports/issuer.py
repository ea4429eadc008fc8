"""Whose figures a report shows."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.chart import LedgerKind

DEMO = "演示"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The village and the ledger a report is made from."""

    village: str
    ledger: str
    """Ledger code."""
    kind: LedgerKind
    title: str
    """集体经济组织账 or 村民委员会账."""
    entity: str
    """Legal name printed as 编制单位."""
    is_demo: bool = False
    book_id: str = ""
    """What check codes are made with; without it a sheet carries none."""

    @property
    def watermark(self) -> str:
        """Printed across every page of the demonstration village."""
        return DEMO if self.is_demo else ""

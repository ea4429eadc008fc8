"""Small powers and approval limits: what a payment needs before it is posted: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class LimitInspection(Queries):
    """Findings about 审批手续 (V74)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

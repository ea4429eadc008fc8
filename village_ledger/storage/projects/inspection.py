"""Projects: budget, tender, contract, payments, acceptance, final account: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class ProjectInspection(Queries):
    """Findings about 项目 (V75)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

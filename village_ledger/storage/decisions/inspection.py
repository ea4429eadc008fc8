"""Decision files (四议两公开) and their panels (六手印记): proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class DecisionInspection(Queries):
    """Findings about 决策卷宗 (V73)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

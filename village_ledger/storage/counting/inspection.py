"""Stock-takes (清产核资): sheets, counted values, differences: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class CountingInspection(Queries):
    """Findings about 清产核资 (V77)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

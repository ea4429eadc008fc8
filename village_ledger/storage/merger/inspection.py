"""Mergers of villages: where each opening came from: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class MergerInspection(Queries):
    """Findings about 村级合并 (V79)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

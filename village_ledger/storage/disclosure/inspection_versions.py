"""Looking the published sheets over: figures, digests and codes as registered."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class VersionInspection(Queries):
    """Findings about 公开表 (V80)."""

    def findings(self) -> Iterator[Finding]:
        """Nothing yet to look over."""
        yield from ()

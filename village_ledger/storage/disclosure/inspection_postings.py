"""Looking the published sheets over: the posting record as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class PostingInspection(Queries):
    """Findings about 张贴记录 (V81)."""

    def findings(self) -> Iterator[Finding]:
        """Nothing yet to look over."""
        yield from ()

"""Asset cards: what each ledger owns and what became of it: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class AssetInspection(Queries):
    """Findings about 资产卡片 (V70)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

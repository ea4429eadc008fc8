"""Contracts and leases: terms, rent rows, what is due and what was received: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class ContractInspection(Queries):
    """Findings about 合同台账 (V72)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

"""Attachments kept by digest, and the electronic invoices among them: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries


class AttachmentInspection(Queries):
    """Findings about 附件 (V76)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        yield from ()

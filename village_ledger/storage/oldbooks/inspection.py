"""Looking imports from other programs over: each says what it said when it was made, and the operation log knows it."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.oldbooks.register import import_digest
from village_ledger.storage.queries import Queries

RULE = "V86"
LOGGED = "导入旧账"
"""The action in the operation log; its detail ends with the import's digest."""


class OldBookInspection(Queries):
    """Findings about imports from other programs."""

    def findings(self) -> Iterator[Finding]:
        """Every import is as it was made, none was added or taken away."""
        rows = self._all(
            "SELECT l.code, i.program, i.entity, i.first_day, i.last_day, i.sources, i.mark, i.vouchers, i.figures, i.made_by, "
            "i.made_at, i.digest FROM old_import i JOIN ledger l ON l.id = i.ledger_id ORDER BY i.id"
        )
        logged = {
            detail.rpartition(" ")[2]: subject
            for subject, detail in self._all("SELECT subject, detail FROM operation WHERE action = ?", LOGGED)
        }
        for *facts, digest in rows:
            ledger, record = str(facts[0]), f"旧账导入 {facts[5]}"
            found = import_digest(*facts)
            if found != digest:
                yield Finding(RULE, record, "记录和导入时不一样", ledger, digest.hex()[:16], found.hex()[:16])
            elif logged.pop(digest.hex(), None) is None:
                yield Finding(RULE, record, "操作日志里没有这次导入", ledger)
        kept = {digest.hex() for *_, digest in rows}
        for digest, subject in logged.items():
            if digest not in kept:
                yield Finding(RULE, f"旧账导入 {subject}", "操作日志里有，记录不见了")

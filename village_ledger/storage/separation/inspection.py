"""Looking over the split document: it is what was sealed, its lines add up, and both openings come from it."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.domain.separation import document_digest, prove
from village_ledger.storage.separation.queries import SeparationQueries, StoredSeparation

SEPARATED = "分账"
"""Word of the operation log."""
_RULE = "V30"
Place = tuple[str, str, str, str]
"""Ledger, leaf, counterparty, project."""


class SeparationInspection(SeparationQueries):
    """Findings about the split a book was made from."""

    def separation_document(self) -> Iterator[Finding]:
        """The document is sealed as made, conserves every old line, and gives the openings."""
        stored = self.separation()
        if stored is None:
            if self._value("SELECT 1 FROM separation_line") is not None:
                yield Finding(_RULE, "分账清单", "没有封存")
            return
        found = document_digest(stored.lines)
        if found != stored.digest:
            yield Finding(
                _RULE, "分账清单", "内容和封存时不一样", "", stored.digest.hex()[:16], found.hex()[:16]
            )
        logged = self._one("SELECT subject, detail FROM operation WHERE action = ?", SEPARATED)
        if logged != separation_record(stored):
            yield Finding(_RULE, "分账清单", "和操作日志不符")
        proof = prove(stored.lines)
        for fault in proof.faults:
            yield Finding(_RULE, "分账清单", fault.rstrip("。"))
        if proof.mirror != stored.mirror:
            yield Finding(
                _RULE,
                "分账清单",
                "两账往来的数不对",
                "",
                format_fen(proof.mirror),
                format_fen(stored.mirror),
            )
        yield from self._openings(proof.mirror)

    def _openings(self, mirror: int) -> Iterator[Finding]:
        """What the openings hold beside the parts is the mirror line, and nothing else."""
        rest: dict[Place, int] = {
            (ledger, leaf, party, project): balance
            for ledger, leaf, party, project, balance in self._all(
                "SELECT g.code, o.account, coalesce(c.name, ''), coalesce(p.name, ''), o.debit - o.credit FROM opening o "
                "JOIN ledger g ON g.id = o.ledger_id LEFT JOIN party c ON c.id = o.counterparty_id "
                "LEFT JOIN party p ON p.id = o.project_id"
            )
        }
        for ledger, leaf, _, party, project, debit, credit in self.separation_leaves():
            key = (ledger, leaf, party, project)
            rest[key] = rest.get(key, 0) - (debit - credit)
        for kind, expected in ((LedgerKind.COLLECTIVE, -mirror), (LedgerKind.COMMITTEE, mirror)):
            over = {place: left for place, left in rest.items() if place[0] == kind.value and left}
            if list(over.values()) != ([expected] if expected else []):
                account = next(iter(over), (kind.value, "期初", "", ""))[1]
                yield Finding(
                    _RULE,
                    f"期初 {account}",
                    "期初余额和分账清单对不上",
                    kind.value,
                    format_fen(expected),
                    "、".join(format_fen(left) for left in over.values()),
                )


def separation_record(stored: StoredSeparation) -> tuple[str, str]:
    """Subject and detail by which the operation log knows a split."""
    return record_of(
        stored.source, stored.mark, stored.cutoff, stored.mirror, len(stored.lines), stored.digest
    )


def record_of(source: str, mark: str, cutoff: str, mirror: int, lines: int, digest: bytes) -> tuple[str, str]:
    """The same, of a split that is being stored."""
    return (
        source,
        f"{cutoff} 余额 {lines} 行（{mark}）；两账往来 {format_fen(mirror)}；摘要值 {digest.hex()}",
    )

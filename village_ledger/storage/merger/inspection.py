"""Mergers of villages: the list is as sealed, what came adds up to the openings, what was eliminated to nothing (V79)."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.merger.queries import SEALED, MergerQueries
from village_ledger.storage.merger.records import MergedInto, StoredMerger

MERGED, ENDED = "村级合并", "并入新账"
"""Words of the operation log: in the new book, and in each old one."""
_RULE = "V79"


class MergerInspection(MergerQueries):
    """Findings about 村级合并 (V79)."""

    def findings(self) -> Iterator[Finding]:
        """The merger is as sealed and adds up; an old book says truly which new one goes on with it."""
        stored = self.merger()
        if stored is not None:
            yield from self._sealed(stored)
            yield from self._openings()
            yield from self._eliminated()
        elif any(self._value(f"SELECT 1 FROM {table} LIMIT 1") for table, _ in SEALED):
            yield Finding(_RULE, "合并清单", "没有封存")
        ended = self.merged_into()
        logged = self._one(
            "SELECT subject, detail FROM operation WHERE action = ? ORDER BY seq DESC LIMIT 1", ENDED
        )
        if logged != (None if ended is None else ended_record(ended)):
            yield Finding(_RULE, "并入新账的记录", "和操作日志不符")

    def _sealed(self, stored: StoredMerger) -> Iterator[Finding]:
        approved = stored.approved_on.isoformat() if stored.approved_on else ""
        head = (
            stored.option,
            stored.day.isoformat(),
            stored.shares,
            approved,
            stored.resolutions,
            stored.reason,
        )
        found = self.merger_digest((*head, stored.made_by, stored.made_at))
        if found != stored.digest:
            yield Finding(
                _RULE, "合并清单", "内容和封存时不一样", "", stored.digest.hex()[:16], found.hex()[:16]
            )
        logged = self._one("SELECT subject, detail FROM operation WHERE action = ?", MERGED)
        if logged != merged_record(stored):
            yield Finding(_RULE, "合并清单", "和操作日志不符")
        if len(stored.sources) < 2:
            yield Finding(_RULE, "合并清单", "少了合并前的账簿")

    def _openings(self) -> Iterator[Finding]:
        """What is kept of a place is the opening balance there, and no opening came from nowhere."""
        rows = self._all(
            "SELECT g.code, x.account, x.party, x.project, sum(x.b), sum(x.o) FROM (SELECT ledger_id, account, party, project, "
            "balance AS b, 0 AS o, year_debit AS d, year_credit AS c FROM merger_origin WHERE eliminated = 0 "
            "UNION ALL SELECT o.ledger_id, o.account, coalesce(c.name, ''), coalesce(p.name, ''), 0, o.debit - o.credit, "
            "-o.year_debit, -o.year_credit FROM opening o LEFT JOIN party c ON c.id = o.counterparty_id "
            "LEFT JOIN party p ON p.id = o.project_id WHERE o.ledger_id IN "
            "(SELECT ledger_id FROM merger_origin)) x JOIN ledger g ON g.id = x.ledger_id GROUP BY 1, 2, 3, 4 "
            "HAVING sum(x.b) <> sum(x.o) OR sum(x.d) <> 0 OR sum(x.c) <> 0"
        )
        for ledger, account, party, project, kept, opened in rows:
            what = "·".join(filter(None, (account, party, project)))
            yield Finding(
                _RULE,
                f"期初 {what}",
                "和各村原账相加对不上",
                ledger,
                format_fen(kept),
                format_fen(opened),
            )

    def _eliminated(self) -> Iterator[Finding]:
        for ledger, pair, left in self._all(
            "SELECT g.code, o.pair, sum(o.balance) FROM merger_origin o JOIN ledger g ON g.id = o.ledger_id "
            "WHERE o.eliminated = 1 GROUP BY 1, 2 HAVING sum(o.balance) <> 0"
        ):
            yield Finding(_RULE, f"第 {pair} 组往来抵销", "借贷不相等", ledger, "0.00", format_fen(left))


def merged_record(stored: StoredMerger) -> tuple[str, str]:
    """Subject and detail by which the operation log knows a merger."""
    return record_of(
        stored.option, stored.day.isoformat(), [(x.village, x.digest) for x in stored.sources], stored.digest
    )


def record_of(option: str, day: str, sources: list[tuple[str, bytes]], digest: bytes) -> tuple[str, str]:
    """The same, of a merger that is being stored; the old books' files are named by their digests."""
    files = "；".join(f"{village} sha256 {mark.hex()}" for village, mark in sources)
    return "、".join(
        village for village, _ in sources
    ), f"方案 {option}，{day}；{files}；摘要值 {digest.hex()}"


def ended_record(ended: MergedInto) -> tuple[str, str]:
    """Subject and detail by which an old book's log knows where it went."""
    return ended.village, f"方案 {ended.option}，{ended.day}，编号 {ended.uid}；摘要值 {ended.seal.hex()}"

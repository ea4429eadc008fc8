"""Looking over what the village stored for its statements: own reports are what was stored, and the log knows each."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries

STORED, REMOVED, WRITTEN = "存自定义报表", "停用自定义报表", "写附注"
"""Words of the operation log."""


class StatementInspection(Queries):
    """Findings about own reports and texts."""

    def own(self) -> Iterator[Finding]:
        """Every version of an own report has the digest it was stored with, and the log's."""
        logged = {
            (subject, detail.rpartition(" ")[2])
            for subject, detail in self._all(
                "SELECT subject, detail FROM operation WHERE action IN (?, ?)", STORED, REMOVED
            )
        }
        for name, version, body, digest in self._all(
            "SELECT name, version, body, digest FROM own_statement ORDER BY name, version"
        ):
            record = f"自定义报表 {name} 第{version}版"
            found = sha256(body.encode()).digest()
            if found != digest:
                yield Finding(
                    "V20", record, "内容和存入时不一样", "", bytes(digest).hex()[:16], found.hex()[:16]
                )
            elif (f"{name} 第{version}版", found.hex()) not in logged:
                yield Finding("V20", record, "操作日志里没有存入它的记录")

    def texts(self) -> Iterator[Finding]:
        """Every text of the notes is the one the log says was written."""
        logged = set(self._all("SELECT ledger, subject, detail FROM operation WHERE action = ?", WRITTEN))
        for ledger, year, item, version, text in self._all(
            "SELECT l.code, t.year, t.item, t.version, t.text FROM statement_text t JOIN ledger l ON l.id = t.ledger_id "
            "ORDER BY 1, 2, 3, 4"
        ):
            if (ledger, *text_record(year, item, version, text)) not in logged:
                yield Finding("V21", f"附注 {year} {item} 第{version}版", "和操作日志不符", ledger)


def text_record(year: int, item: str, version: int, text: str) -> tuple[str, str]:
    """Subject and detail by which the log knows a text."""
    return f"{year}年 {item} 第{version}版", f"{len(text)} 字；摘要值 {sha256(text.encode()).hexdigest()}"

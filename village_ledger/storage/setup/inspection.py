"""Looking over what a book was set up with: the opening's state and last year's columns against log and digest."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries
from village_ledger.storage.setup.register import last_year_digest

_SEAL = "摘要值 "
_NEVER = "没有录入记录"


class SetupInspection(Queries):
    """Findings about openings and last year's columns."""

    def openings(self, ledger: str, actions: tuple[str, ...]) -> Iterator[Finding]:
        """The document bears the digest the operation log last gave it, and its state fits the months."""
        reader = self._book.reader()
        document = reader.opening_document(ledger)
        if document is None:
            if reader.opening_is_provisional(ledger):
                yield Finding("V7", "期初余额", "没有期初余额却记着未定", ledger)
            return
        sealed = self._logged(ledger, actions)
        logged, found = sealed[-1][1] if sealed else _NEVER, document.digest.hex()
        if logged != found:
            yield Finding("V7", "期初余额", "和操作日志不符", ledger, logged[:16], found[:16])
        if document.rows != len(reader.opening_lines(ledger)):
            yield Finding("V7", "期初余额", "行数和录入时不一样", ledger)
        closed = [m for m in reader.months(ledger) if not m.state.accepts_vouchers]
        if document.provisional and closed:
            yield Finding("V7", "期初余额", f"{closed[0].month} 已经结账，期初却还记着未定", ledger)

    def last_years(self, ledger: str, action: str) -> Iterator[Finding]:
        """Last year's columns are those entered, and bear the digest the operation log gave them."""
        reader, seals = self._book.reader(), dict(self._logged(ledger, (action,)))
        rows = self._all(
            "SELECT report FROM last_year_document WHERE ledger_id = ?1 UNION SELECT report FROM last_year_figure "
            "WHERE ledger_id = ?1",
            self._ledger_id(ledger),
        )
        for (report,) in rows:
            kept = reader.last_year(ledger, report)
            found = last_year_digest(report, kept.figures) if kept else b""
            logged = seals.get(report, _NEVER)
            if kept is None or kept.digest != found or logged != found.hex():
                yield Finding(
                    "V16", f"上年数 {report}", "和录入时不一样", ledger, logged[:16], found.hex()[:16]
                )

    def _logged(self, ledger: str, actions: tuple[str, ...]) -> list[tuple[str, str]]:
        """(subject, digest) of what the operation log says of a ledger, oldest first."""
        records = self._book.reader().operations()
        return [
            (o.subject, o.detail.rpartition(_SEAL)[2])
            for o in records
            if o.ledger == ledger and o.action in actions
        ]

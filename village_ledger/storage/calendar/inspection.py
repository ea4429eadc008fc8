"""The disclosure calendar: proof that rules, excuses and matters are those the operation log tells of."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.calendar.queries import CalendarQueries

RULE = "V82"
ADOPTED, EXCUSED, WRITTEN = "采用公开规矩", "说明不公开的原因", "登记要公开的事"
"""Words of the operation log."""
_KEPT = (
    (ADOPTED, "公开规矩", "SELECT set_id, reason FROM calendar_rules WHERE ledger_id = ? ORDER BY id"),
    (
        EXCUSED,
        "不公开的原因",
        (
            "SELECT occasion || ' ' || first_day || '/' || last_day, reason FROM calendar_excuse "
            "WHERE ledger_id = ? ORDER BY id"
        ),
    ),
    (
        WRITTEN,
        "要公开的事",
        "SELECT kind || ' ' || number, words FROM calendar_matter WHERE ledger_id = ? ORDER BY id",
    ),
)
"""Word of the log, what it is about, and subject and detail as they must stand there."""


class CalendarInspection(CalendarQueries):
    """Findings about 公开日历 (V82)."""

    def findings(self) -> Iterator[Finding]:
        """Every row stands in the log, and everything in the log is still there."""
        for ledger_id, ledger in self._all("SELECT id, code FROM ledger ORDER BY id"):
            for action, what, query in _KEPT:
                logged = self._all(
                    "SELECT subject, detail FROM operation WHERE action = ? AND ledger = ? ORDER BY seq",
                    action,
                    ledger,
                )
                kept = self._all(query, ledger_id)
                if [tuple(row) for row in kept] != [tuple(row) for row in logged]:
                    yield Finding(RULE, what, "和操作日志不符", ledger, str(len(logged)), str(len(kept)))

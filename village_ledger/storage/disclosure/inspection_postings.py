"""Looking the published sheets over: the posting record as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from village_ledger.domain.errors import PostingError
from village_ledger.domain.finding import Finding
from village_ledger.domain.objection import Objection
from village_ledger.domain.period import Span
from village_ledger.domain.posting import Posting
from village_ledger.storage.disclosure.marks import TABLES, mark_of
from village_ledger.storage.queries import Queries
from village_ledger.storage.row_marks import code_in

RULE = "V81"
_OWNER = {
    "wall_posting": "SELECT t.id, l.code, printf('%d-%02d', t.year, t.number) FROM wall_posting t "
    "JOIN ledger l ON l.id = t.ledger_id",
    "wall_event": "SELECT t.id, l.code, printf('%d-%02d', p.year, p.number) FROM wall_event t "
    "JOIN wall_posting p ON p.id = t.posting_id JOIN ledger l ON l.id = p.ledger_id",
    "objection": "SELECT t.id, l.code, printf('异-%d-%02d', t.year, t.number) FROM objection t "
    "JOIN ledger l ON l.id = t.ledger_id",
    "objection_event": "SELECT t.id, l.code, printf('异-%d-%02d', o.year, o.number) FROM objection_event t "
    "JOIN objection o ON o.id = t.objection_id JOIN ledger l ON l.id = o.ledger_id",
}
_WORDS = {
    "wall_posting": "张贴的登记",
    "wall_event": "张贴的办理记录",
    "objection": "异议的登记",
    "objection_event": "异议的办理记录",
}


class PostingInspection(Queries):
    """Findings about 张贴记录 (V81): every row as the log has it, none gone; acts in order, by whom they may be done."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in the posting record."""
        yield from self._marks()
        reader = self._book.reader()
        for info in reader.ledgers():
            for posting in reader.postings(info.code):
                yield from self._sheets(posting)
                yield from _in_order(posting)
            for objection in reader.objections(info.code):
                yield from _answered(objection)

    def _marks(self) -> Iterator[Finding]:
        for action in dict.fromkeys(TABLES.values()):
            rows = self._all("SELECT ledger, subject, detail FROM operation WHERE action = ?", action)
            logged = {(ledger, number, code_in(detail)) for ledger, number, detail in rows}
            there: set[tuple[str, str, str]] = set()
            for table in (name for name, of in TABLES.items() if of == action):
                for row_id, ledger, number in self._all(_OWNER[table]):
                    key = (ledger, number, mark_of(self._connection.exec_driver_sql, table, row_id))
                    there.add(key)
                    if key not in logged:
                        yield Finding(RULE, number, f"{_WORDS[table]}和操作日志里的记录码不符", ledger)
            for ledger, number, _ in sorted(logged - there):
                yield Finding(RULE, number, f"操作日志里登记过的{action}不见了，或被改过", ledger)

    def _sheets(self, posting: Posting) -> Iterator[Finding]:
        """What hangs is what was registered: sheets of that ledger and span."""
        if not posting.sheets:
            yield Finding(RULE, posting.number, "张贴里没有表", posting.ledger)
        for code in posting.codes:
            sheet = self._book.reader().sheet(code)
            if sheet is None:
                yield Finding(RULE, posting.number, f"张贴的表 {code} 没有登记", posting.ledger)
            elif sheet.ledger != posting.ledger or Span(sheet.first, sheet.last) != posting.span:
                yield Finding(RULE, posting.number, f"张贴的表 {code} 不是这本账、这段日期的", posting.ledger)


def _in_order(posting: Posting) -> Iterator[Finding]:
    """Every act done once more on the set as it was put together."""
    done = replace(posting, events=())
    for event in posting.events:
        try:
            done = done.with_event(event)
        except PostingError as error:
            yield Finding(RULE, posting.number, error.what, posting.ledger)
            return


def _answered(objection: Objection) -> Iterator[Finding]:
    done = replace(objection, events=())
    for event in objection.events:
        try:
            done = done.with_event(event)
        except PostingError as error:
            yield Finding(RULE, objection.number, error.what, objection.ledger)
            return

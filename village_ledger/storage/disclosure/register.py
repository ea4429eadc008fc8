"""Writing the posting record and the objections; belongs to one unit of work."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.objection import Objection, ObjectionEvent
from village_ledger.domain.period import Span
from village_ledger.domain.posting import JOINT, Posting, PostingEvent
from village_ledger.storage.disclosure.marks import OBJECTION, POSTING, mark_of
from village_ledger.storage.registers import Register
from village_ledger.storage.row_marks import in_words


class PostingRegister(Register):
    """Sets of sheets, what happened to them, what was said of them; each act goes into the log with its row's mark."""

    def open(
        self, ledger: str, span: Span, occasion: str, codes: Sequence[str], replaces: int | None, note: str
    ) -> int:
        """A new set under the next number of its year; returns its id."""
        ledger_id, year = self._ledger_id(ledger), span.last.year
        made = self._run(
            "INSERT INTO wall_posting (ledger_id, year, number, occasion, first_day, last_day, replaces_id, note, made_by, "
            "made_at) VALUES (?1, ?2, 1 + coalesce((SELECT max(number) FROM wall_posting WHERE ledger_id = ?1 "
            "AND year = ?2), 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id",
            (
                ledger_id,
                year,
                occasion,
                span.first.isoformat(),
                span.last.isoformat(),
                replaces,
                note,
                self._uow.by,
                self._uow.at,
            ),
        )
        posting_id = int(made.scalar_one())
        self._run(
            "INSERT INTO wall_sheet VALUES (?, ?, ?)",
            [(posting_id, line, code) for line, code in enumerate(codes, 1)],
        )
        return posting_id

    def event(self, posting: Posting, event: PostingEvent) -> int:
        """Keep what happened to a set; returns the row's id."""
        made = self._run(
            "INSERT INTO wall_event (posting_id, seq, act, day, people, opinion, body, place, until, words, written_by, "
            "written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                posting.id,
                len(posting.events) + 1,
                event.act.value,
                event.day.isoformat(),
                JOINT.join(event.people),
                event.opinion.value if event.opinion else "",
                event.body,
                event.place,
                event.until.isoformat() if event.until else "",
                event.words,
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def object(self, posting: Posting, said: Objection) -> int:
        """Keep an objection under the next number of its year; returns its id."""
        ledger_id, year = self._ledger_id(posting.ledger), said.day.year
        made = self._run(
            "INSERT INTO objection (ledger_id, year, number, posting_id, code, day, who, item, way, due, written_by, "
            "written_at) VALUES (?1, ?2, 1 + coalesce((SELECT max(number) FROM objection WHERE ledger_id = ?1 "
            "AND year = ?2), 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id",
            (
                ledger_id,
                year,
                posting.id,
                said.code,
                said.day.isoformat(),
                said.who,
                said.item,
                said.way,
                said.due.isoformat(),
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def objection_event(self, objection: Objection, event: ObjectionEvent) -> int:
        """Keep what became of an objection; returns the row's id."""
        made = self._run(
            "INSERT INTO objection_event (objection_id, seq, act, day, who, words, due, result, written_by, written_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                objection.id,
                len(objection.events) + 1,
                event.act.value,
                event.day.isoformat(),
                event.who,
                event.words,
                event.due.isoformat() if event.due else "",
                event.result.value if event.result else "",
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def note(self, table: str, row_id: int, where: tuple[str, str], detail: str) -> None:
        """Log an act: ``where`` is ledger and number, the row is marked as it now stands."""
        action = OBJECTION if table.startswith("objection") else POSTING
        code = mark_of(self._run, table, row_id)
        ledger, number = where
        self._uow.log.add(action, ledger=ledger, subject=number, detail=f"{detail}{in_words(code)}")

"""Postings, opinions and objections."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.errors import PostingError
from village_ledger.domain.objection import (
    Objection,
    ObjectionAct,
    ObjectionEvent,
    ObjectionResult,
    objection_number,
    same_objection,
)
from village_ledger.domain.period import Span
from village_ledger.domain.posting import (
    JOINT,
    Opinion,
    PostedSheet,
    Posting,
    PostingAct,
    PostingEvent,
    posting_number,
)
from village_ledger.storage.queries import Queries, Record, day_of, one_snapshot

_POSTING = (
    "SELECT p.id, p.year, p.number, p.first_day, p.last_day, p.occasion, p.note, r.year, r.number, n.year, n.number, "
    "p.made_by, p.made_at FROM wall_posting p LEFT JOIN wall_posting r ON r.id = p.replaces_id "
    "LEFT JOIN wall_posting n ON n.id = (SELECT max(id) FROM wall_posting WHERE replaces_id = p.id) "
    "WHERE p.ledger_id = ? ORDER BY p.year DESC, p.number DESC"
)
_OBJECTION = (
    "SELECT o.id, o.year, o.number, p.year, p.number, o.code, o.day, o.who, o.item, o.way, o.due, o.written_by, "
    "o.written_at FROM objection o JOIN wall_posting p ON p.id = o.posting_id WHERE o.ledger_id = ? "
    "ORDER BY o.year DESC, o.number DESC"
)


class PostingQueries(Queries):
    """Postings, opinions and objections."""

    @one_snapshot
    def postings(self, ledger: str) -> list[Posting]:
        """Sets of sheets of a ledger with all that happened to them, the newest first."""
        ledger_id = self._ledger_id(ledger)
        sheets: dict[int, list[PostedSheet]] = {}
        for posting_id, code, report, by, at in self._all(
            "SELECT w.posting_id, w.code, s.report, s.made_by, s.made_at FROM wall_sheet w JOIN sheet s ON s.code = w.code "
            "WHERE s.ledger_id = ? ORDER BY w.posting_id, w.line",
            ledger_id,
        ):
            sheets.setdefault(posting_id, []).append(PostedSheet(code, report, by, at))
        events: dict[int, list[PostingEvent]] = {}
        for posting_id, *rest in self._all(
            "SELECT e.posting_id, e.act, e.day, e.people, e.words, e.opinion, e.body, e.place, e.until, e.written_by, "
            "e.written_at FROM wall_event e JOIN wall_posting p ON p.id = e.posting_id WHERE p.ledger_id = ? "
            "ORDER BY e.posting_id, e.seq",
            ledger_id,
        ):
            events.setdefault(posting_id, []).append(_event(tuple(rest)))
        return [
            _posting(ledger, row, tuple(sheets.get(row[0], ())), tuple(events.get(row[0], ())))
            for row in self._all(_POSTING, ledger_id)
        ]

    @one_snapshot
    def posting(self, ledger: str, number: str) -> Posting:
        """One by its number, 2025-01; raises PostingError naming those there are."""
        known = self.postings(ledger)
        for one in known:
            if one.number == number.strip():
                return one
        some = "、".join(one.number for one in known[:6]) or "还没有登记过"
        raise PostingError(f"没有张贴 {number.strip()}", f"登记过的：{some}。请核对编号，并核对是哪本账。")

    def postings_with(self, ledger: str, code: str) -> list[Posting]:
        """Sets a sheet is or was part of, the newest first."""
        return [one for one in self.postings(ledger) if code in one.codes]

    @one_snapshot
    def objections(self, ledger: str, posting: str = "") -> list[Objection]:
        """Objections of a ledger, or to one posting, the newest first."""
        ledger_id = self._ledger_id(ledger)
        events: dict[int, list[ObjectionEvent]] = {}
        for objection_id, act, day, who, words, due, result, by, at in self._all(
            "SELECT e.objection_id, e.act, e.day, e.who, e.words, e.due, e.result, e.written_by, e.written_at "
            "FROM objection_event e JOIN objection o ON o.id = e.objection_id WHERE o.ledger_id = ? "
            "ORDER BY e.objection_id, e.seq",
            ledger_id,
        ):
            ended = ObjectionResult(result) if result else None
            event = ObjectionEvent(ObjectionAct(act), day_of(day), who, words, _day(due), ended, by, at)
            events.setdefault(objection_id, []).append(event)
        found = [
            _objection(ledger, row, tuple(events.get(row[0], ()))) for row in self._all(_OBJECTION, ledger_id)
        ]
        return [one for one in found if not posting or one.posting == posting]

    @one_snapshot
    def objection(self, ledger: str, number: str) -> Objection:
        """One by its number, 异-2025-01; raises PostingError naming those there are."""
        known = self.objections(ledger)
        for one in known:
            if same_objection(one.number, number):
                return one
        some = "、".join(one.number for one in known[:6]) or "还没有登记过"
        raise PostingError(f"没有异议 {number.strip()}", f"登记过的：{some}。请核对编号，并核对是哪本账。")


def _posting(
    ledger: str, row: Record, sheets: tuple[PostedSheet, ...], events: tuple[PostingEvent, ...]
) -> Posting:
    posting_id, year, number, first, last, occasion, note, *others, by, at = row
    old_year, old_number, new_year, new_number = others
    return Posting(
        posting_id,
        posting_number(year, number),
        ledger,
        Span(day_of(first), day_of(last)),
        occasion,
        sheets,
        by,
        at,
        note,
        posting_number(old_year, old_number) if old_year else "",
        posting_number(new_year, new_number) if new_year else "",
        events,
    )


def _event(row: Record) -> PostingEvent:
    act, day, people, words, opinion, body, place, until, by, at = row
    return PostingEvent(
        PostingAct(act),
        day_of(day),
        tuple(filter(None, people.split(JOINT))),
        words,
        Opinion(opinion) if opinion else None,
        body,
        place,
        _day(until),
        by,
        at,
    )


def _objection(ledger: str, row: Record, events: tuple[ObjectionEvent, ...]) -> Objection:
    objection_id, year, number, p_year, p_number, code, day, who, item, way, due, by, at = row
    return Objection(
        objection_id,
        objection_number(year, number),
        ledger,
        posting_number(p_year, p_number),
        code,
        day_of(day),
        who,
        item,
        way,
        day_of(due),
        by,
        at,
        events,
    )


def _day(text: str) -> date | None:
    return day_of(text) if text else None

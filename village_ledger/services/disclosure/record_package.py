"""What a township package, or an archive, takes of the posting record: its tables as plain rows, its photos by digest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from village_ledger.domain.attachment import Attachment
from village_ledger.domain.objection import Objection
from village_ledger.domain.period import Span
from village_ledger.domain.posting import JOINT, Posting
from village_ledger.services.attachments import attachments
from village_ledger.services.disclosure.postings import owner_of
from village_ledger.storage.reader import Reader

TABLES = ("wall_posting", "wall_sheet", "wall_event", "objection", "objection_event")
"""Tables of the book that go whole into a package: nothing sealed is in them, names are as level L1 has them."""
POSTINGS, EVENTS, OBJECTIONS, ANSWERS, PHOTOS = "postings", "events", "objections", "answers", "photos"
COLUMNS: dict[str, tuple[str, ...]] = {
    POSTINGS: ("ledger", "number", "from", "to", "occasion", "codes", "made_by", "made_at", "replaces", "state", "note"),
    EVENTS: (
        "ledger", "number", "act", "date", "people", "opinion", "body", "place", "until", "words", "by", "at"
    ),
    OBJECTIONS: (
        "ledger", "number", "posting", "code", "date", "who", "way", "item", "due", "by", "at"
    ),
    ANSWERS: ("ledger", "objection", "act", "date", "who", "words", "due", "result", "by", "at"),
    PHOTOS: ("ledger", "number", "kind", "title", "file", "size", "digest"),
}  # fmt: skip
"""What each list of a record says, in order."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture or signed sheet of a set, and the name it goes under."""

    ledger: str
    number: str
    kept: Attachment

    @property
    def file(self) -> str:
        """A name nothing else has."""
        return f"{self.ledger}_{self.number}_{self.kept.id}_{self.kept.file_name}"


@dataclass(frozen=True, slots=True)
class WallRecord:
    """The posting record of some days: sets that tell of any of them, with all that belongs to them."""

    postings: Sequence[Posting]
    objections: Sequence[Objection]
    photos: Sequence[Photo]

    def lists(self) -> dict[str, list[tuple[str, ...]]]:
        """Every list as rows of text in the order of ``COLUMNS``."""
        return {
            POSTINGS: [_posting_row(one) for one in self.postings],
            EVENTS: [row for one in self.postings for row in _event_rows(one)],
            OBJECTIONS: [_objection_row(one) for one in self.objections],
            ANSWERS: [row for one in self.objections for row in _answer_rows(one)],
            PHOTOS: [_photo_row(one) for one in self.photos],
        }


def record_of(reader: Reader, span: Span | None = None, ledger: str = "") -> WallRecord:
    """What is taken, of one state of the book; everything without a span, both ledgers without a ledger."""
    with reader.snapshot():
        ledgers = [ledger] if ledger else [info.code for info in reader.ledgers()]
        some = [
            one
            for code in ledgers
            for one in reversed(reader.postings(code))
            if span is None or (one.span.first <= span.last and span.first <= one.span.last)
        ]
        objections = [said for one in some for said in reversed(reader.objections(one.ledger, one.number))]
        photos = [
            Photo(one.ledger, one.number, kept)
            for one in some
            for kept in attachments.listed(reader, owner_of(one), taken_back=False)
        ]
        return WallRecord(some, objections, photos)


def save_photos(reader: Reader, record: WallRecord, folder: Path) -> list[Path]:
    """Copy the photos, each proven by its digest; raises AttachmentError for one that is not what it was."""
    return [attachments.save(reader, one.kept.id, folder, one.file) for one in record.photos]


def _posting_row(one: Posting) -> tuple[str, ...]:
    return (
        one.ledger,
        one.number,
        one.span.first.isoformat(),
        one.span.last.isoformat(),
        one.occasion,
        " ".join(one.codes),
        one.made_by,
        one.made_at,
        one.replaces,
        one.state.value,
        one.note,
    )


def _event_rows(one: Posting) -> Iterator[tuple[str, ...]]:
    for event in one.events:
        yield (
            one.ledger,
            one.number,
            event.act.value,
            event.day.isoformat(),
            JOINT.join(event.people),
            event.opinion.value if event.opinion else "",
            event.body,
            event.place,
            event.until.isoformat() if event.until else "",
            event.words,
            event.by,
            event.at,
        )


def _objection_row(one: Objection) -> tuple[str, ...]:
    return (
        one.ledger,
        one.number,
        one.posting,
        one.code,
        one.day.isoformat(),
        one.who,
        one.way,
        one.item,
        one.due.isoformat(),
        one.by,
        one.at,
    )


def _answer_rows(one: Objection) -> Iterator[tuple[str, ...]]:
    for event in one.events:
        yield (
            one.ledger,
            one.number,
            event.act.value,
            event.day.isoformat(),
            event.who,
            event.words,
            event.due.isoformat() if event.due else "",
            event.result.value if event.result else "",
            event.by,
            event.at,
        )


def _photo_row(one: Photo) -> tuple[str, ...]:
    kept = one.kept
    return (one.ledger, one.number, kept.kind, kept.title, one.file, str(kept.size), kept.digest)

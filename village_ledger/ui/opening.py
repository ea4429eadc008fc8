"""A book, a package's copy or an agency's village as the worker opens it, with what the desk shows first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from village_ledger.ui.session import starting_month

if TYPE_CHECKING:
    from village_ledger.domain.agency import KeptBook
    from village_ledger.domain.period import Month
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.services.entry.progress import Progress
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.records import StoredDraft
    from village_ledger.ui.review.opened_package import OpenedPackage


class Opened(NamedTuple):
    """A book as the worker opened it."""

    book: BookFile
    month: Month
    drafts: list[StoredDraft]
    person: str
    has_staff: bool
    package: OpenedPackage | None = None
    kept: KeptBook | None = None
    """The village it was opened as, from an agency's workspace."""


def open_at(path: Path, holder: str, progress: Progress) -> Opened:
    """Open a book, or the copy within a package, and read what the desk shows first; on the worker thread."""
    from village_ledger.storage.file.book_file import Access, open_book
    from village_ledger.ui.review.opened_package import is_package, open_package

    if not is_package(path):
        return first_sight(open_book(path, Access.WRITE, holder))
    from village_ledger.exchange.review.package_reading import reading

    package = open_package(path, progress)
    try:
        with reading():
            seen = first_sight(open_book(package.package.book, Access.READ))
            return seen._replace(package=package, month=package.last_month(seen.book.reader()), drafts=[])
    except BaseException:
        package.put_away()
        raise


def first_sight(book: BookFile) -> Opened:
    """What the desk shows first; the book is closed when it cannot be read."""
    try:
        reader = book.reader()
        month = starting_month(reader, date.today())  # noqa: DTZ011  the wall calendar of the village
        person = ""
        if reader.book().is_demo:
            vouchers = reader.vouchers(reader.ledgers()[0].code, month=month)
            person = vouchers[-1].prepared_by if vouchers else ""
        has_staff = reader.has_staff() and not book.read_only
        return Opened(book, month, reader.drafts(), person, has_staff)
    except BaseException:
        book.close()
        raise


def enter_village(workspace: Path, kept: KeptBook, identity: Identity) -> Opened:
    """A village's book opened by the agency's identity, already signed in where it has staff; on the worker thread."""
    from village_ledger.exchange.agency.agency_staff import enter

    return first_sight(enter(workspace, kept, identity))._replace(kept=kept, person=identity.name)

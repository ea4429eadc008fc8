"""Where one is: the open book, the ledger, the month, the person. Pages read it, the shell changes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month
from village_ledger.services.changes import Changes

if TYPE_CHECKING:
    from village_ledger.settings import Preferences
    from village_ledger.storage.book_file import BookFile
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import BookInfo, LedgerInfo, MonthInfo
    from village_ledger.ui.theme import Theme


class Session(QObject):
    """The open book and one's place in it; lives on the GUI thread."""

    book_changed = Signal()
    """A book was opened or closed."""
    ledger_changed = Signal()
    """The other ledger leads."""
    month_changed = Signal()
    person_changed = Signal()
    open_asked = Signal(object)
    """A page asks the window to open the book at a Path."""
    close_asked = Signal()
    """A page asks the window to put the book away and show the start page."""
    changed = Signal(object)
    """Changes of a committed action, passed on from Operations."""

    def __init__(self, preferences: Preferences, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.theme = theme
        self._book: BookFile | None = None
        self._reader: Reader | None = None
        self._info: BookInfo | None = None
        self._ledgers: tuple[LedgerInfo, ...] = ()
        self._ledger_code = ""
        self._month = Month.of(date.today())  # noqa: DTZ011  the wall calendar of the village
        self._by = ""

    # what pages ask

    @property
    def is_open(self) -> bool:
        """Whether a book is open."""
        return self._book is not None

    @property
    def book(self) -> BookFile:
        """The open book; asking without one is a mistake of ours."""
        if self._book is None:
            raise RuntimeError("no book is open")
        return self._book

    @property
    def reader(self) -> Reader:
        """Reader for short reads on the GUI thread; long ones go through ``Operations.read``."""
        if self._reader is None:
            self._reader = self.book.reader()
        return self._reader

    @property
    def info(self) -> BookInfo:
        """Village name and whether it is the demonstration."""
        if self._info is None:
            raise RuntimeError("no book is open")
        return self._info

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self.book.read_only

    @property
    def ledgers(self) -> tuple[LedgerInfo, ...]:
        """The ledgers of the book; two, or one where they are kept together (合账)."""
        return self._ledgers

    @property
    def ledger_code(self) -> str:
        """Code of the leading ledger."""
        return self._ledger_code

    @property
    def ledger(self) -> LedgerInfo:
        """The leading ledger."""
        return next(x for x in self._ledgers if x.code == self._ledger_code)

    @property
    def kind(self) -> LedgerKind:
        """Kind of the leading ledger: decides frame, stamp and colour."""
        return self.ledger.kind

    @property
    def month(self) -> Month:
        """The month in view."""
        return self._month

    @property
    def by(self) -> str:
        """Name of the person at the keyboard; empty until somebody said who it is."""
        return self._by

    def all_months(self) -> list[MonthInfo]:
        """Months of the leading ledger's open years."""
        return self.reader.months(self._ledger_code)

    def months(self) -> list[MonthInfo]:
        """Months of the leading ledger in the year in view."""
        return [m for m in self.all_months() if m.month.year == self._month.year]

    # what the shell does

    def adopt(self, book: BookFile, by: str = "", month: Month | None = None) -> None:
        """Make an opened book the one in view, at a month (``starting_month``) or the first of its ledger."""
        self.release()
        self._book = book
        self._info = self.reader.book()
        self._ledgers = tuple(self.reader.ledgers())
        self._ledger_code = self._ledgers[0].code
        self._by = by
        self._month = month or self._ledgers[0].start
        self.book_changed.emit()

    def release(self) -> None:
        """Close the book in view, if any."""
        book, self._book, self._reader, self._info = self._book, None, None, None
        self._ledgers, self._ledger_code = (), ""
        if book is not None:
            book.close()
            self.book_changed.emit()

    def switch_ledger(self, code: str = "") -> None:
        """Go to a ledger by its code; without one, to the other ledger."""
        codes = [x.code for x in self._ledgers]
        if not codes:
            return
        target = code or codes[(codes.index(self._ledger_code) + 1) % len(codes)]
        if target != self._ledger_code and target in codes:
            self._ledger_code = target
            self.ledger_changed.emit()

    def go_to_month(self, month: Month) -> None:
        """Look at another month."""
        if month != self._month:
            self._month = month
            self.month_changed.emit()

    def sit_down(self, name: str) -> None:
        """Say who is at the keyboard; remembered for this book on this computer."""
        if name and name != self._by:
            self._by = name
            self.preferences.remember_person(self.book.path, name)
            self.person_changed.emit()

    def tell(self, changes: Changes) -> None:
        """Pass committed changes on to the pages."""
        if changes.settings or changes.periods:
            self._ledgers = tuple(self.reader.ledgers())
        self.changed.emit(changes)


def starting_month(reader: Reader, today: date) -> Month:
    """The month where work goes on: today's, if the book has it; else the newest with vouchers; else the first.

    A demonstration or an old year thus opens where its last vouchers are. Called on the worker: it looks at every
    month's numbers.
    """
    first = reader.ledgers()[0]
    known = [m.month for m in reader.months(first.code)]
    if Month.of(today) in known:
        return Month.of(today)
    used = [row[0] for row in reader.numbers(first.code)]
    return max(used, default=known[0] if known else first.start)

"""Where one is: the open book, the ledger, the month, the person. Pages read it, the shell changes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.period import Month
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.duties import why_not
from village_ledger.ui.review.pin_board import PinBoard, read_pins

if TYPE_CHECKING:
    from pathlib import Path

    from village_ledger.domain.agency import KeptBook
    from village_ledger.domain.review_check import RulePack
    from village_ledger.settings import Preferences
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import BookInfo, LedgerInfo, MonthInfo
    from village_ledger.storage.staff.queries import StaffMember
    from village_ledger.ui.agency.agency_work import AgencyWork
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.review.opened_package import OpenedPackage


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
    workspace_made = Signal(object, object)
    """An agency's workspace was made at a Path by an Identity: the window goes in."""
    door_asked = Signal()
    """Somebody else wants to sit down, or the first member of staff was registered: the window asks for a PIN."""
    village_asked = Signal(object, str, object, str)
    """A page of the workspace asks for a village's book (KeptBook) at a page, where on it, and in which ledger."""
    pins_changed = Signal()
    """A remark was pinned, taken in or answered."""
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
        self._staff: tuple[StaffMember, ...] = ()
        self._pins: PinBoard | None = None
        self.package: OpenedPackage | None = None
        """The package the open book is the copy of, None for a village's own book."""
        self.from_desk = False
        """Whether the package was opened from the township's desk, which is gone back to."""
        self.agency: AgencyWork | None = None
        """The agency's workspace somebody is signed in to, None where a village keeps its own books."""
        self.review_pack: RulePack | None = None
        """The rules the desk reviews by, for the packages opened from it."""
        self.kept: KeptBook | None = None
        """The village the open book was opened as, from the workspace, which is gone back to."""
        self.first_page: tuple[str, dict[str, Any]] = ("home", {})
        """Where the next opened book begins: (page, where); ``ledger`` in it is the one that leads."""

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
    def pins(self) -> PinBoard:
        """What is pinned where in the book in view, read at the first asking."""
        if self._pins is None:
            self._pins = read_pins(self.reader, self.package)
        return self._pins

    def forget_pins(self) -> None:
        """Remarks are other ones now: whoever shows tags asks again."""
        self._pins = None
        self.pins_changed.emit()

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

    @property
    def staff(self) -> tuple[StaffMember, ...]:
        """Everybody ever registered; empty in a book without staff."""
        return self._staff

    @property
    def roles_words(self) -> str:
        """What the person at the keyboard is today: 制单 · 记账."""
        member = next((one for one in self._staff if one.name == self._by), None)
        held = member.roles if member is not None else ()
        return " · ".join(dict.fromkeys(h.role.words for h in held if h.on(date.today())))  # noqa: DTZ011  the wall calendar of the village

    def refusal(self, duty: Duty | None) -> str:
        """Why the person at the keyboard may not do this in the leading ledger; empty when nothing stands against it."""
        if duty is None or not self._staff:
            return ""
        if not self._by:
            return tr("还没有登录")
        member = next((one for one in self._staff if one.name == self._by), None)
        return why_not(member, self._by, duty, self._ledger_code, date.today())  # noqa: DTZ011  the wall calendar of the village

    @property
    def only_looks(self) -> bool:
        """Whether the person may look at vouchers but not enter any."""
        return self.read_only or bool(self.refusal(Duty.PREPARE))

    def all_months(self) -> list[MonthInfo]:
        """Months of the leading ledger's open years."""
        return self.reader.months(self._ledger_code)

    def months(self) -> list[MonthInfo]:
        """Months of the leading ledger in the year in view."""
        return [m for m in self.all_months() if m.month.year == self._month.year]

    # what the shell does

    def adopt(
        self, book: BookFile, by: str = "", month: Month | None = None, package: OpenedPackage | None = None
    ) -> None:
        """Make an opened book the one in view, at a month (``starting_month``) or the first of its ledger."""
        self.release()
        self.package = package
        self._book = book
        self._info = self.reader.book()
        self._ledgers = tuple(self.reader.ledgers())
        self._ledger_code = self._ledgers[0].code
        self._staff = () if package is not None else tuple(self.reader.staff())
        self._by = by
        self._month = month or self._ledgers[0].start
        self.book_changed.emit()

    def release(self) -> None:
        """Close the book in view, if any."""
        book, self._book, self._reader, self._info = self._book, None, None, None
        self._pins = None
        self._ledgers, self._ledger_code, self._staff = (), "", ()
        if book is not None:
            book.close()
            self.book_changed.emit()
        if self.package is not None:
            self.package.put_away()
            self.package = None

    def switch_ledger(self, code: str = "") -> None:
        """Go to a ledger by its code; without one, to the other ledger."""
        codes = [x.code for x in self._ledgers]
        if not codes:
            return
        target = code or codes[(codes.index(self._ledger_code) + 1) % len(codes)]
        if target != self._ledger_code and target in codes:
            self._ledger_code = target
            self._keep_month_known()
            self.ledger_changed.emit()

    def _keep_month_known(self) -> None:
        """A ledger begun later than the month in view shows its first month."""
        known = [m.month for m in self.all_months()]
        if known and self._month not in known:
            self._month = max((m for m in known if m <= self._month), default=known[0])

    def go_to_month(self, month: Month) -> None:
        """Look at another month."""
        if month != self._month:
            self._month = month
            self.month_changed.emit()

    def open_new(self, path: Path) -> None:
        """Open a book just made: its desk says the fingerprint of the new signing key."""
        self.first_page = ("home", {"first": True})
        self.open_asked.emit(path)

    def sit_down(self, name: str) -> None:
        """Say who is at the keyboard; remembered for this book on this computer. Where there are staff, only who signed in."""
        if self._staff and name != self.book.signed_in:
            return
        if name and name != self._by:
            self._by = name
            if self.package is None:  # a package's reader is the reviewer, whose name is kept with the desk
                self.preferences.remember_person(self.book.path, name)
            self.person_changed.emit()

    def stand_up(self) -> None:
        """Nobody is at the keyboard until somebody signs in."""
        if self._by:
            self._by = ""
            self.person_changed.emit()

    def tell(self, changes: Changes) -> None:
        """Pass committed changes on to the pages."""
        if changes.settings or changes.periods:
            self._ledgers = tuple(self.reader.ledgers())
            self._staff = tuple(self.reader.staff())
        self.changed.emit(changes)


def starting_month(reader: Reader, today: date) -> Month:
    """The month where work goes on: today's, if the book has it; else the newest with vouchers; else the first.

    An old year thus opens where its last vouchers are, and a demonstration always does: nobody works on it today.
    Called on the worker: it looks at every month's numbers.
    """
    first = reader.ledgers()[0]
    known = [m.month for m in reader.months(first.code)]
    if Month.of(today) in known and not reader.book().is_demo:
        return Month.of(today)
    used = [row[0] for row in reader.numbers(first.code)]
    return max(used, default=known[0] if known else first.start)

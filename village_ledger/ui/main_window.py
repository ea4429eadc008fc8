"""The window: start page or the desk of an open book, the status bar, and the actions that work everywhere."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from village_ledger.domain.agency import ENDING
from village_ledger.domain.errors import MISREAD, LedgerError
from village_ledger.i18n import tr
from village_ledger.ui import actions
from village_ledger.ui.agency.agency_door import AgencyDoor
from village_ledger.ui.beginning.door import Door
from village_ledger.ui.dropped import DropWatch
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.opening import Opened, open_at
from village_ledger.ui.operations import Operations
from village_ledger.ui.page_stack import PageStack
from village_ledger.ui.pages import FACTORIES
from village_ledger.ui.review.desk_ways import PAGES as DESK_PAGES
from village_ledger.ui.session import Session
from village_ledger.ui.shell import Shell
from village_ledger.ui.widgets.focus_ring import FocusWatch
from village_ledger.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.services.changes import Changes
    from village_ledger.settings import Preferences
    from village_ledger.ui.page import Page

log = logging.getLogger(__name__)

QUIET_MS = 800
"""A pause after the home page came up before anything is loaded ahead."""
DEFAULT_SIZE = QSize(1366, 768)
"""The smallest common screen; larger ones are filled by the person."""
LEAST_SIZE = QSize(640, 300)
"""The smallest common screen at 200 % is 683 wide and 384 high; taskbar and title bar take some of it."""
_BEFORE_THE_DOOR = frozenset({"larger", "smaller", "key_card"})
"""What works while nobody has signed in."""


class MainWindow(QMainWindow):
    """Owns session, worker and pages; everything a page needs is handed to it from here."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("村账")
        self.preferences = preferences
        self.theme = Theme(preferences, self)
        self.theme.apply()
        FocusWatch(self.theme, self)
        self.session = Session(preferences, self.theme, self)
        self.operations = Operations(self)
        self.shell: Shell | None = None
        self._front = PageStack(self.session, self.operations, FACTORIES)
        self._front.status_changed.connect(self._follow_status)
        self._areas = QStackedWidget()
        self._areas.addWidget(self._front)
        self.door = Door(self.session, self.operations, self._areas)
        self.agency = AgencyDoor(self.session, self.operations, self._areas, self._front, self.door)
        self.status = StatusLine(self.theme, self.operations)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._areas, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)
        self.actions_by_id: dict[str, QAction] = {}
        self._make_actions()
        self._connect()
        DropWatch(self)
        self.setMinimumSize(LEAST_SIZE)
        self.resize(DEFAULT_SIZE)

    # books

    def show_start(self) -> None:
        """The page one begins at; it never depends on any book."""
        self.theme.lead_with(None)
        self._areas.setCurrentWidget(self._front)
        self._front.jump("start")

    def open_path(self, path: Path) -> None:
        """Open a book on the worker; a refusal is said where one is, and nothing is closed."""
        if self.session.is_open and self.session.book.path == path:
            return
        if path.suffix.lower() == ENDING:
            self.agency.open(path, lambda error: self._not_opened(error, path))
            return
        holder = next(iter(self.preferences.people(path)), "") or _user_name()
        self.operations.task(
            tr("打开 {name}", name=path.name),
            lambda progress: open_at(path, holder, progress),
            then=self._adopt,
            refused=lambda error: self._not_opened(error, path),
        )

    def close_book(self) -> None:
        """Put the book away and go back to the start page."""
        if self.shell is not None and not self.shell.pages.may_leave():
            return
        to_desk, kept = self.session.from_desk, self.session.kept
        self._put_away()
        if kept is not None and self.session.agency is not None:
            self.agency.come_back()
        elif to_desk:
            self._show_desk()
        else:
            self.show_start()

    def _show_desk(self) -> None:
        """The township's desk as it was left."""
        self.theme.lead_with(None)
        self._areas.setCurrentWidget(self._front)
        self._front.arrive_again()

    def _adopt(self, opened: Opened) -> None:
        """The worker opened a book: build its desk."""
        self._put_away()
        book = opened.book
        people = self.preferences.people(book.path)
        person = people[0] if people else opened.person
        if opened.kept is not None:
            person = opened.person
        if opened.package is not None:
            person = self.preferences.desk().reviewer
        asks = opened.has_staff and not book.signed_in
        self.session.adopt(book, "" if asks else person, opened.month, opened.package)
        self.session.kept = opened.kept
        self.session.from_desk = opened.package is not None and self._front.current_name in DESK_PAGES
        self.operations.use(book, self.session.by)
        info = self.session.info
        now = datetime.now().isoformat(timespec="minutes")  # noqa: DTZ005  the village's clock
        place = book.path if opened.package is None else opened.package.package.path
        if opened.kept is None:
            self.preferences.remember_book(place, info.village, now)
        self.setWindowTitle(
            tr("{village}{tag} · 村账", village=info.village, tag="（演示）" if info.is_demo else "")
        )
        self.shell = Shell(self.session, self.operations)
        self.shell.status_changed.connect(self._follow_status)
        self._areas.addWidget(self.shell)
        self.door.stand_before(self.shell, people)
        self.shell.offer_drafts(opened.drafts)
        page, where = self.session.first_page
        self.session.first_page = ("home", {})
        if "ledger" in where:
            self.session.switch_ledger(where["ledger"])
        self.shell.pages.jump(page, **{key: value for key, value in where.items() if key != "ledger"})
        if where.get("first"):
            self.shell.show_key()
        self._follow_access()
        QTimer.singleShot(QUIET_MS, self, self._load_ahead)

    def _load_ahead(self) -> None:
        """While the person still reads the home page, load what the first F5 needs."""
        if self.session.is_open:
            self.operations.task(tr("准备凭证页"), lambda _: FACTORIES["voucher"]())

    def _put_away(self) -> None:
        """Close the book in view, its desk and the worker's hold on it."""
        if self.shell is not None:
            self.door.forget()
            self._areas.removeWidget(self.shell)
            self.shell.deleteLater()
            self.shell = None
        if self.session.is_open:
            self.operations.let_go()
            self.session.release()
            self.session.from_desk, self.session.kept = False, None
            self.setWindowTitle("村账")

    def _not_opened(self, error: LedgerError, path: Path) -> None:
        """A damaged, foreign, newer or missing file: the start page comes up and says so."""
        log.info("a book was not opened: %s", error.code)
        self.session.first_page = ("home", {})
        if self.shell is None:
            self.show_start()
        page = self._page()
        if page is not None:
            page.slip.say(describe(error))
            mark = getattr(page, "mark_unhealthy", None)
            if mark is not None:
                mark(path)

    # what is said

    def _page(self) -> Page | None:
        """The page in view."""
        stack = self.shell.pages if self.shell is not None else self._front
        return stack.current_page()

    def say(self, notice: Notice) -> None:
        """Show an error slip in the page in view."""
        page = self._page()
        if page is not None:
            page.slip.say(notice)
        self.status.say(tr("没有做成 · 编号 {code}", code=notice.code))

    def _on_error(self, error: BaseException) -> None:
        """Say it; where books that do not prove made a page stumble, that is said, and no mistake of ours."""
        package = self.session.package if self.session.is_open else None
        if package is not None and not package.holds and isinstance(error, MISREAD):
            from village_ledger.exchange.review.package_reading import misread

            error = misread()
        self.say(describe(error))

    def _on_changed(self, changes: Changes) -> None:
        if self.session.is_open:
            self.session.tell(changes)
            self._follow_status()

    def _on_cancelled(self, label: str) -> None:
        self.status.say(tr("已停下：{label}。账没有变化。", label=label))

    def _on_person(self) -> None:
        self.operations.use(self.session.book, self.session.by)
        self._follow_access()

    def _follow_status(self) -> None:
        if self._shut is not None:
            self.status.say(self._shut.words)
            self.status.show_hints([])
        elif self.shell is not None:
            self.status.say(self.shell.status())
            self.status.show_hints(self.shell.hints())
        else:
            page = self._page()
            self.status.say(page.status() if page else "")
            key_card = actions.spec(actions.EVERYWHERE, "key_card")
            specs = [actions.spec(page.scope, name) for name in page.hints()] if page else []
            self.status.show_hints([(s.key_words, s.hint or s.text) for s in (*specs, key_card)])

    # actions

    def _make_actions(self) -> None:
        slots: dict[str, Callable[[], Any]] = {
            "new_voucher": self._new_voucher,
            "find": lambda: self._to_page("find"),
            "print": lambda: self._to_page("print"),
            "larger": lambda: self.theme.choose_size(self.theme.tokens.size.larger()),
            "smaller": lambda: self.theme.choose_size(self.theme.tokens.size.smaller()),
            "key_card": self._show_key_card,
            "other_ledger": lambda: self.shell.switch_ledger() if self.shell else None,
            "lock": self._lock,
        }
        for spec in actions.of_scope(actions.EVERYWHERE):
            if spec.typed:
                continue
            made = QAction(spec.text, self)
            made.setObjectName(spec.id)
            made.setShortcuts([QKeySequence(key) for key in spec.keys])
            made.triggered.connect(lambda _checked=False, slot=slots[spec.id]: slot())
            self.addAction(made)
            self.actions_by_id[spec.id] = made

    def _follow_access(self) -> None:
        """Writing actions are off in a read-only book and for whoever has no role; while locked all but the size are."""
        writable = self.session.is_open and not self.session.read_only
        for spec in actions.of_scope(actions.EVERYWHERE):
            if spec.id in self.actions_by_id:
                may = (writable and not self.session.refusal(spec.duty)) or not spec.when_writable
                shut = self._shut is not None and spec.id not in _BEFORE_THE_DOOR
                self.actions_by_id[spec.id].setEnabled(may and not shut)

    def _new_voucher(self) -> None:
        """F5: on the voucher page itself the page answers, elsewhere the page is opened."""
        if self.shell is None or self.session.read_only:
            return
        if not self.shell.trigger("new_voucher"):
            self.shell.pages.open("voucher")

    @property
    def _shut(self) -> Door | AgencyDoor | None:
        """The door that wants a PIN now: of the open book, or of the agency's workspace."""
        return next((door for door in (self.door, self.agency) if door.is_shut), None)

    def _lock(self) -> None:
        self.door.lock()
        self.agency.lock()

    def _on_door(self) -> None:
        """The desk was shut off or opened again."""
        self._follow_access()
        self._follow_status()

    def _to_page(self, action_id: str) -> None:
        """The page in view answers, of an open book or before one is."""
        page = self._page()
        if page is not None and self._shut is None and action_id in page.handlers():
            page.action(action_id).trigger()

    def _show_key_card(self) -> None:
        from village_ledger.ui.beginning.key_card import KeyCard

        page = self._page()
        reviewing = self.session.is_open and self.session.package is not None
        KeyCard(self.theme, page.scope if page else "", self, reviewing=reviewing).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window bars and heads take their narrow forms."""
        self.theme.fit(self.width())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing else wanted: fold the slip, back out one level, go to the page before."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        page = self._page()
        if self._shut is not None:
            self._shut.turn_back()
        elif page is not None and page.slip.notice is not None:
            page.slip.fold()
        elif page is None or not page.escape():
            went_back = (self.shell.pages if self.shell is not None else self._front).back()
            if not went_back and (self.session.from_desk or self.session.kept is not None):
                self.close_book()

    def _connect(self) -> None:
        operations = self.operations
        operations.refused.connect(self._on_error)
        operations.crashed.connect(self._on_error)
        operations.changed.connect(self._on_changed)
        operations.cancelled.connect(self._on_cancelled)
        self.session.person_changed.connect(self._on_person)
        for door in (self.door, self.agency):
            door.moved.connect(self._on_door)
        self.agency.arrived.connect(self._put_away)
        self.agency.entered.connect(self._adopt)
        self.session.open_asked.connect(self.open_path)
        self.session.close_asked.connect(self.close_book)
        self.theme.follow_system()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the page keep its draft, finish what is under way, close the book."""
        if self.shell is not None and not self.shell.pages.may_leave():
            event.ignore()
            return
        self.operations.let_go()
        self.operations.close()
        self.session.release()
        event.accept()


def _user_name() -> str:
    """Name of the account on this computer, for the sentence another opener reads."""
    import getpass

    try:
        return getpass.getuser()
    except OSError:
        return ""

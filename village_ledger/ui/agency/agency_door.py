"""The door of an agency's workspace: who one is, once, for every village; shut by a key and after idle minutes.

Its pages stand in the window's front, where no book is open. A village's book opens already signed in; when it is put away, or
Esc leads out of it, the workspace shows as it was left. Whatever locks a village's book locks the workspace too.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from village_ledger.domain.agency import Workspace
from village_ledger.domain.errors import LedgerError
from village_ledger.exchange.agency.agency_file import read_workspace
from village_ledger.i18n import tr
from village_ledger.storage.clock import now_text
from village_ledger.ui.agency.agency_work import AgencyWork
from village_ledger.ui.beginning.door import Door
from village_ledger.ui.beginning.idle_minutes import IdleMinutes
from village_ledger.ui.beginning.lock_screen import LockScreen, LockWords
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.opening import enter_village

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from village_ledger.domain.agency import KeptBook
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.ui.opening import Opened
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page_stack import PageStack
    from village_ledger.ui.session import Session

FIRST_PAGE = "agency"
_START = "start"


class AgencyDoor(QObject):
    """Opens a workspace, asks for the identity, opens villages with it, and comes back."""

    moved = Signal()
    """Shut or opened."""
    entered = Signal(object)
    """A village's book was opened (``Opened``): the window builds its desk."""
    arrived = Signal()
    """A workspace is there: whatever book was open is put away."""

    def __init__(
        self,
        session: Session,
        operations: Operations,
        areas: QStackedWidget,
        front: PageStack,
        book_door: Door,
    ) -> None:
        super().__init__(areas)
        self._session, self._operations, self._areas, self._front = session, operations, areas, front
        self._book_door = book_door
        self.screen: LockScreen | None = None
        """What is shown while shut."""
        self.words = ""
        """Words for the status bar while shut."""
        self._path: Path | None = None
        self._says = Workspace("")
        self.idle = IdleMinutes(session.preferences, self)
        self.idle.passed.connect(self.lock)
        session.village_asked.connect(self._enter_village)
        session.workspace_made.connect(self.begin_with)
        front.page_changed.connect(self._on_front)
        book_door.moved.connect(self._on_book_door)

    @property
    def is_shut(self) -> bool:
        """Whether the agency's PIN is wanted now."""
        return self.screen is not None

    # in and out

    def open(self, path: Path, refused: Callable[[LedgerError], object]) -> None:
        """Read a workspace on the worker, then ask who one is; a refusal is said by the window."""

        def adopt(says: Workspace) -> None:
            self._take(path, says)
            self._shut(tr("打开工作区"), tr("一个密码，各村的账都用它。错了会记下来，连错五次要等一会儿。"))

        self._operations.task(
            tr("打开 {name}", name=path.name), lambda _: read_workspace(path), then=adopt, refused=refused
        )

    def begin_with(self, path: Path, identity: Identity) -> None:
        """A workspace just made: whoever made it has typed the PIN already."""

        def adopt(says: Workspace) -> None:
            self._take(path, says)
            self._let_in(identity)

        self._operations.task(tr("打开 {name}", name=path.name), lambda _: read_workspace(path), then=adopt)

    def lock(self) -> None:
        """The identity is forgotten; with no book open the lock screen shows at once."""
        if self._is_in and not self.is_shut:
            self._forget()
            if not self._session.is_open:
                self._ask_again()

    def turn_back(self) -> None:
        """Esc at the lock screen: fold what is open in it; the door stays shut."""
        if self.screen is not None:
            self.screen.back_out()

    def come_back(self) -> None:
        """A village's book was put away: the workspace shows as it was left, or asks who one is after a lock."""
        self._session.theme.lead_with(None)
        if self._is_in:
            self._show()
        else:
            self._ask_again()

    @property
    def _is_in(self) -> bool:
        """Whether an identity is at hand."""
        agency = self._session.agency
        return agency is not None and bool(agency.identity.pin)

    def _take(self, path: Path, says: Workspace) -> None:
        self.arrived.emit()
        self._front.jump(_START)
        self._path, self._says = path, says
        self._session.preferences.remember_book(path, says.office, now_text()[:16])

    def _close(self) -> None:
        """Away from the workspace altogether."""
        self._forget()
        self._take_away()
        self._session.agency = self._path = None
        if self._front.current_name != _START:
            self._front.jump(_START)
        self._areas.setCurrentWidget(self._front)
        self.moved.emit()

    def _on_front(self) -> None:
        """Back at the start page, the workspace is put away and its identity with it."""
        if self._session.agency is not None and self._front.current_name == _START and not self.is_shut:
            self._close()

    # the lock screen

    def _ask_again(self) -> None:
        """Whoever is registered now may come in: the file is read anew where it can be."""
        if self._path is not None:
            with suppress(LedgerError):
                self._says = read_workspace(self._path)
        self._shut(tr("已锁屏"), tr("输密码接着干，别的人也可以在这里登录。"))

    def _shut(self, title: str, sentence: str) -> None:
        path, says = self._path, self._says
        if path is None:
            return
        self._take_away()
        words = LockWords(
            tr("{office}的代管工作区", office=says.office),
            title,
            sentence,
            tr("放下工作区"),
            tuple(one.village for one in says.books),
        )
        names = [one.name for one in says.members if not one.left_at]
        screen = LockScreen(self._session.theme, words, names)
        screen.choose(next(iter(self._session.preferences.people(path)), ""))
        screen.entered.connect(self._enter)
        screen.recovered.connect(self._recover)
        screen.left.connect(self._close)
        self.screen, self.words = screen, f"{title} · {says.office}"
        self._session.theme.lead_with(None)
        self._areas.addWidget(screen)
        self._areas.setCurrentWidget(screen)
        screen.begin()
        self.moved.emit()

    def _take_away(self) -> None:
        screen, self.screen = self.screen, None
        if screen is not None:
            self._areas.removeWidget(screen)
            screen.deleteLater()

    def _enter(self, name: str, pin: str) -> None:
        from village_ledger.exchange.agency.agency_staff import sign_in

        self._try(tr("登录"), lambda path: sign_in(path, name, pin))

    def _recover(self, name: str, code: str, pin: str) -> None:
        from village_ledger.exchange.agency.agency_pins import recover

        if self.screen is not None and self._says.books:
            uid = self._says.books[self.screen.village].uid
            self._try(tr("重设密码"), lambda path: recover(path, name, uid, code, pin))

    def _try(self, label: str, act: Callable[[Path], Identity]) -> None:
        screen, path = self.screen, self._path
        if screen is None or path is None:
            return

        def refused(error: LedgerError) -> None:
            if screen is self.screen:
                screen.say(describe(error))

        def entered(identity: Identity) -> None:
            if screen is self.screen:
                self._let_in(identity)

        self._operations.task(label, lambda _: act(path), then=entered, refused=refused)

    def _let_in(self, identity: Identity) -> None:
        """The workspace as it was left where the same person comes back; its first page for anybody else."""
        if self._path is None:
            return
        agency = self._session.agency
        is_back = agency is not None and agency.identity.name == identity.name
        if agency is not None and is_back:
            agency.identity = identity
        else:
            try:
                self._session.agency = AgencyWork(self._path, identity)
            except LedgerError as error:  # the file went away meanwhile
                if self.screen is not None:
                    self.screen.say(describe(error))
                return
        self._session.preferences.remember_person(self._path, identity.name)
        if not is_back and self._front.current_name != _START:
            self._front.jump(_START)
        self._take_away()
        self.idle.begin()
        if not is_back:
            self._front.open(FIRST_PAGE)
        self._show()
        page = self._front.current_page()
        if is_back and page is not None:
            page.go(**page.where())  # a village may have been worked in before the lock

    def _show(self) -> None:
        self._areas.setCurrentWidget(self._front)
        self._front.arrive_again()
        self.moved.emit()

    def _forget(self) -> None:
        """The PIN is in memory no more; who it was stays known, so that the same person finds the place again."""
        self.idle.stop()
        agency = self._session.agency
        if agency is not None:
            agency.identity = replace(agency.identity, pin="")

    # the villages

    def _enter_village(self, kept: KeptBook, page: str, where: dict[str, Any], ledger: str) -> None:
        agency = self._session.agency
        if agency is None or not self._is_in:
            return
        path, identity = agency.path, agency.identity

        def entered(opened: Opened) -> None:
            if self._session.agency is not agency or agency.identity is not identity:
                opened.book.close()  # locked while it was being opened
                return
            self._session.first_page = (page, where | ({"ledger": ledger} if ledger else {}))
            self.entered.emit(opened)

        def refused(error: LedgerError) -> None:
            shown = self._front.current_page()
            if shown is not None:
                shown.slip.say(describe(error))

        self._operations.task(
            tr("打开{village}的账簿", village=kept.village),
            lambda _: enter_village(path, kept, identity),
            then=entered,
            refused=refused,
        )

    def _on_book_door(self) -> None:
        """A village's book was locked, or somebody else sits down at it: the agency's identity is at nobody's hand."""
        if self._book_door.is_shut:
            self._forget()

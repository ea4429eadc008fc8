"""The door of a book with staff: shut when it opens, by a key, after idle minutes; a PIN opens it. What was typed stays.

The lock screen stands before the desk in the same place of the window, no box over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from village_ledger.i18n import tr
from village_ledger.ui.beginning.idle_minutes import IdleMinutes
from village_ledger.ui.beginning.lock_screen import LockScreen, LockWords
from village_ledger.ui.error_presenter import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.staff.queries import StaffMember
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session
    from village_ledger.ui.shell import Shell


class Door(QObject):
    """Decides whether the desk shows or the lock screen before it."""

    moved = Signal()
    """Shut or opened."""

    def __init__(self, session: Session, operations: Operations, areas: QStackedWidget) -> None:
        super().__init__(areas)
        self._session = session
        self._operations = operations
        self._areas = areas
        self._shell: Shell | None = None
        self.screen: LockScreen | None = None
        """What is shown while shut."""
        self.words = ""
        """Words for the status bar while shut."""
        self._last = ""
        self.idle = IdleMinutes(session.preferences, self)
        self.idle.passed.connect(self.lock)
        session.door_asked.connect(self.ask)

    @property
    def is_shut(self) -> bool:
        """Whether a PIN is wanted now."""
        return self.screen is not None

    def stand_before(self, shell: Shell, people: Sequence[str]) -> None:
        """A book was opened: its desk shows, or with staff the lock screen; ``people`` worked here before.

        Where somebody has signed in already, from an agency's workspace, the desk shows and the idle minutes begin.
        """
        self._shell = shell
        self._last = people[0] if people else ""
        session = self._session
        if session.by and session.by == session.book.signed_in:
            self._areas.setCurrentWidget(shell)
            self._start_counting()
        elif session.staff and not session.read_only:
            self._shut(tr("打开账簿"), tr("请输入密码。密码错了会记下来，连错五次要等一会儿。"))
        else:
            self._areas.setCurrentWidget(shell)

    def forget(self) -> None:
        """The book is put away."""
        self.idle.stop()
        self._take_away()
        self._shell = None

    def lock(self) -> None:
        """Shut the desk off: what was typed is kept, nobody is signed in any more."""
        if self._shell is None or self.is_shut or not self._session.staff or not self._session.by:
            return
        self._shell.pages.may_leave()  # keeps the draft
        book, self._last = self._session.book, self._session.by
        self._operations.task(tr("锁屏"), lambda _: book.sign_off(), then=lambda _: None)
        self._shut(tr("已锁屏"), tr("草稿都在。输密码接着干，别的人也可以在这里登录。"))
        self._session.stand_up()

    def ask(self) -> None:
        """Somebody else wants to sit down; who sits there now stays until a PIN is right."""
        if self._shell is None or self.is_shut:
            return
        self._shell.pages.may_leave()
        if not self._session.by or not self._session.book.signed_in:
            self._session.stand_up()
            self._shut(tr("登录"), tr("账簿登记了人员，从现在起记账要先输密码。"))
        else:
            self._last = ""
            self._shut(tr("换人"), tr("请换上的人输入自己的密码。"), may_turn_back=True)

    def turn_back(self) -> None:
        """Esc: back to the desk where somebody still sits there."""
        if self.screen is not None and not self.screen.back_out() and self._session.by:
            self._open()

    # inside

    def _shut(self, title: str, sentence: str, *, may_turn_back: bool = False) -> None:
        names = [one.name for one in self._session.staff if not one.left_at]
        village = self._session.info.village
        leave = tr("先不换") if may_turn_back else tr("放下这本账")
        words = LockWords(tr("{village}的账簿", village=village), title, sentence, leave)
        screen = LockScreen(self._session.theme, words, names, may_turn_back=may_turn_back)
        screen.choose(self._last)
        screen.entered.connect(self._enter)
        screen.recovered.connect(self._recover)
        screen.left.connect(self.turn_back if may_turn_back else self._session.close_asked.emit)
        self.screen, self.words = screen, f"{title} · {village}"
        self._session.theme.lead_with(None)
        self.idle.stop()
        self._areas.addWidget(screen)
        self._areas.setCurrentWidget(screen)
        screen.begin()
        self.moved.emit()

    def _enter(self, name: str, pin: str) -> None:
        from village_ledger.services.staff import staff

        book = self._session.book
        self._try(tr("登录"), lambda: staff.sign_in(book, name, pin))

    def _recover(self, name: str, code: str, pin: str) -> None:
        from village_ledger.services.staff import staff

        book = self._session.book

        def recover() -> Outcome[StaffMember]:
            done = staff.recover(book, name, code, pin)
            staff.sign_in(book, name, pin)
            return done

        self._try(tr("重设密码"), recover)

    def _try(self, label: str, act: Callable[[], Outcome[StaffMember]]) -> None:
        screen = self.screen

        def refused(error: LedgerError) -> None:
            if screen is not None and screen is self.screen:
                screen.say(describe(error))

        def entered(outcome: Outcome[StaffMember]) -> None:
            if screen is self.screen:
                self._sit_down(outcome)

        self._operations.task(label, lambda _: act(), then=entered, refused=refused)

    def _sit_down(self, outcome: Outcome[StaffMember]) -> None:
        self._session.sit_down(outcome.value.name)
        self._session.tell(outcome.changes)
        self._open()
        page = self._shell.pages.current_page() if self._shell is not None else None
        if page is not None:
            page.setFocus()
            if outcome.warnings and self._shell is not None:
                self._shell.remark(outcome.warnings[0])

    def _open(self) -> None:
        self._take_away()
        if self._shell is not None:
            self._areas.setCurrentWidget(self._shell)
            self._shell.lead()
            self._shell.pages.arrive_again()
        self._start_counting()
        self.moved.emit()

    def _take_away(self) -> None:
        screen, self.screen = self.screen, None
        if screen is not None:
            self._areas.removeWidget(screen)
            screen.deleteLater()

    def _start_counting(self) -> None:
        if self._session.staff and self._session.by:
            self.idle.begin()

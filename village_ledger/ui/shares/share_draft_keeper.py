"""Keeps what stands in the wizard as a draft case on every pause, so that leaving loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.services.shares import share_cases
from village_ledger.services.shares.share_cases import UNPUBLISHED

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session
    from village_ledger.ui.shares.share_request import Form

PAUSE_MS = 800
"""After the last key."""


@dataclass(slots=True)
class KeptCase:
    """Number of the case, written by the worker as soon as it has one; work queued behind reads it there."""

    id: int | None = None


class ShareDraftKeeper(QObject):
    """Saves through the worker, one after the other; nothing is kept before somebody has typed."""

    said = Signal(str)
    """Words for the status bar."""

    def __init__(
        self, session: Session, operations: Operations, form: Callable[[], Form | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._operations, self._form = session, operations, form
        self.box = KeptCase()
        self.ledger = ""
        self.words = ""
        self._kept: Form | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    def start(self, ledger: str, case_id: int | None = None, kept: Form | None = None) -> None:
        """Keep another draft of a ledger from now on; answers for the old one no longer count."""
        self._pause.stop()
        self.ledger = ledger
        self.box, self._kept = KeptCase(case_id), kept
        self._say("")

    def touch(self) -> None:
        """Something was typed."""
        self._pause.start()

    def flush(self) -> None:
        """The page is left: save at once what is not saved yet."""
        if self._pause.isActive():
            self._pause.stop()
            self.save_now()

    def hold(self) -> None:
        """The case is being handed on: a save must not come after it."""
        self._pause.stop()

    def save_now(self) -> None:
        """Save the draft as it stands unless it is already there."""
        form = self._form()
        if form is None or form == self._kept or not self._session.is_open or self._session.read_only:
            return
        box, ledger = self.box, self.ledger

        def then(_outcome: object) -> None:
            if box is self.box:
                self._kept = form
                self._say(tr("◌ 草稿已存 {time}", time=f"{datetime.now():%H:%M}"))  # noqa: DTZ005  the clock on the wall

        def refused(refusal: LedgerError) -> None:
            if box is self.box:
                self._say(tr("草稿还没存上：{why}", why=refusal.what))

        self._operations.run(
            tr("存草稿"), lambda uow, _: keep(uow, form, ledger, box), then=then, refused=refused
        )

    def _say(self, words: str) -> None:
        self.words = words
        self.said.emit(words)


def keep(uow: UnitOfWork, form: Form, ledger: str, box: KeptCase) -> Outcome[Any]:
    """On the worker: begin the case or rewrite it."""
    request, unread = form.request(ledger, date.fromisoformat(uow.at[:10]))
    papers = list(form.papers)
    if box.id is None:
        outcome = share_cases.begin(uow, request, papers, unread)
        box.id = outcome.value.id
        return outcome
    return share_cases.rewrite(uow, box.id, request, papers, unread)


def hand_on(uow: UnitOfWork, form: Form, ledger: str, box: KeptCase, second: str) -> Outcome[Any]:
    """On the worker: keep the draft as it stands and have it checked; a kind without notice is posted at once."""
    had = box.id
    try:
        keep(uow, form, ledger, box)
        case = box.id or 0
        if form.kind in UNPUBLISHED:
            return share_cases.settle(uow, case, second)
        return share_cases.check(uow, case)
    except LedgerError:
        box.id = had
        raise

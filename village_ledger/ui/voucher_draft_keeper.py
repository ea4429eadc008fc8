"""Keeps the draft in the book on every pause, so that nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from village_ledger.i18n import tr
from village_ledger.services import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.domain.errors import LedgerError
    from village_ledger.domain.voucher import Draft
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.progress import Progress
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

PAUSE_MS = 800
"""After the last key; short enough that a power cut takes a word, not a line."""


@dataclass(slots=True)
class KeptDraft:
    """Id of the stored draft, written by the worker as soon as it has one.

    A save of the voucher queued behind an autosave reads it there and takes the draft away with it.
    """

    id: int | None = None


class VoucherDraftKeeper(QObject):
    """Saves through the worker; one save is under way at a time, the newest state is what counts."""

    state_changed = Signal(str)
    """Words for the status bar."""
    saved = Signal()

    def __init__(
        self, session: Session, operations: Operations, draft: Callable[[], Draft], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._operations = operations
        self._draft = draft
        self.box = KeptDraft()
        self._kept: Draft | None = None
        self._saving = False
        self._generation = 0
        self.words = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    @property
    def draft_id(self) -> int | None:
        """Id of the stored draft, None while there is none."""
        return self.box.id

    def start(self, draft_id: int | None, words: str = "") -> None:
        """Keep another draft from now on; answers for the old one no longer count."""
        self._pause.stop()
        self._generation += 1
        self.box = KeptDraft(draft_id)
        self._kept = None
        self._saving = False
        self._say(words)

    def touch(self) -> None:
        """Something was typed, or the cursor moved."""
        self._pause.start()

    def flush(self) -> None:
        """The page is left: save at once what is not saved yet."""
        if self._pause.isActive():
            self._pause.stop()
            self.save_now()

    def hold(self) -> None:
        """A save of the voucher itself is under way: the draft must not come after it."""
        self._pause.stop()

    def save_now(self) -> None:
        """Save the draft as it stands unless it is already there."""
        if not self._session.is_open or self._session.read_only:
            return
        draft = self._draft()
        if self._saving:
            self._pause.start()
            return
        if draft == self._kept or (not draft.lines and self.box.id is None):
            return
        self._saving = True
        generation, box = self._generation, self.box

        def work(uow: UnitOfWork, _progress: Progress) -> Outcome[int]:
            outcome = drafts.autosave(uow, draft, box.id)
            box.id = outcome.value
            return outcome

        def then(_outcome: Outcome[int]) -> None:
            if generation == self._generation:
                self._saving = False
                self._kept = draft
                self._say(tr("◌ 草稿已存 {time}", time=_clock()))
                self.saved.emit()

        def refused(refusal: LedgerError) -> None:
            if generation == self._generation:
                self._saving = False
                self._say(tr("草稿还没存上：{why}", why=refusal.what))

        self._operations.run(tr("存草稿"), work, then=then, refused=refused)

    def _say(self, words: str) -> None:
        self.words = words
        self.state_changed.emit(words)


def _clock() -> str:
    return f"{datetime.now():%H:%M}"  # noqa: DTZ005  the clock on the wall


def clock_of(saved_at: str) -> str:
    """10:42 of a stored time."""
    return saved_at[11:16]

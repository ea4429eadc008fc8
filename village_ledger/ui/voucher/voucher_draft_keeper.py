"""Keeps the draft in the book on every pause, so that nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from village_ledger.i18n import tr
from village_ledger.services.entry import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.domain.errors import LedgerError
    from village_ledger.domain.voucher import Draft
    from village_ledger.services.outcome import Outcome
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
    """Saves through the worker, one after the other; a draft that has become empty is taken away again."""

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
        self.words = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    def start(self, box: KeptDraft, words: str = "") -> None:
        """Keep another draft from now on; answers for the old one no longer count."""
        self._pause.stop()
        self.box = box
        self._kept = None
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
        if draft == self._kept or (is_empty(draft) and self.box.id is None):
            return
        box = self.box

        def then(_outcome: object) -> None:
            if box is self.box:
                self._kept = draft
                self._say("" if is_empty(draft) else tr("◌ 草稿已存 {time}", time=_clock()))
                self.saved.emit()

        def refused(refusal: LedgerError) -> None:
            if box is self.box:
                self._say(tr("草稿还没存上：{why}", why=refusal.what))

        self._operations.run(
            tr("存草稿"), lambda uow, _progress: _keep(uow, draft, box), then=then, refused=refused
        )

    def _say(self, words: str) -> None:
        self.words = words
        self.state_changed.emit(words)


def is_empty(draft: Draft) -> bool:
    """Whether there is nothing in it that a person would miss."""
    names = (draft.handler, draft.witness, draft.approver, draft.attachments, draft.no_attachment_reason)
    return not draft.lines and not any(names)


def _keep(uow: UnitOfWork, draft: Draft, box: KeptDraft) -> Outcome[Any]:
    """On the worker: store the draft, or forget it once everything in it was taken out."""
    if is_empty(draft) and box.id is not None:
        outcome = drafts.discard(uow, box.id)
        box.id = None
        return outcome
    outcome = drafts.autosave(uow, draft, box.id)
    box.id = outcome.value
    return outcome


def _clock() -> str:
    return f"{datetime.now():%H:%M}"  # noqa: DTZ005  the clock on the wall


def clock_of(saved_at: str) -> str:
    """10:42 of a stored time."""
    return saved_at[11:16]

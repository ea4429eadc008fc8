"""One worker thread for everything that takes time; the window is never blocked.

A mutation runs in its own unit of work, is committed here, and says what it changed::

    self.operations.run("保存凭证", lambda uow, progress: vouchers.save(uow, draft), then=self.show_saved)

``then`` gets the ``Outcome`` on the GUI thread after ``changed`` has told every page. A refusal goes to the
call's own ``refused`` if given, else to the signal ``refused``, which the window shows as an error slip.
Jobs run one after the other in the order they were asked for.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal

from village_ledger.domain.errors import Cancelled, LedgerError
from village_ledger.services.changes import Changes
from village_ledger.services.entry.progress import Progress

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

REPORT_EVERY = 0.05
"""Seconds between two progress reports: enough for the eye, cheap for the work."""


@dataclass(slots=True, eq=False)
class _Job:
    """One piece of work and who wants to hear of it."""

    label: str
    work: Callable[[Progress], Any]
    then: Callable[[Any], object] | None
    refused: Callable[[LedgerError], object] | None
    key: str
    progress: Progress = field(default_factory=Progress)
    result: Any = None
    error: BaseException | None = None
    changes: Changes | None = None


def _close_thread(book: BookFile, closed: threading.Event) -> None:
    """Close this thread's connection and say so, whatever happens."""
    try:
        book.close_thread()
    finally:
        closed.set()


def _unheard(error: LedgerError) -> None:
    """A refusal from a book that was put away meanwhile."""
    log.info("unheard: %s", error.code)


class _Worker(QThread):
    """Takes jobs from a queue until told to stop; speaks only through signals."""

    began = Signal(object)
    stepped = Signal(int, int, str)
    ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs: SimpleQueue[_Job | None] = SimpleQueue()

    def run(self) -> None:
        """Qt's entry point of the thread."""
        while (job := self.jobs.get()) is not None:
            self._carry_out(job)
            self.ended.emit(job)
            del job

    def _carry_out(self, job: _Job) -> None:
        """Run one job and keep what came of it."""
        self.began.emit(job)
        try:
            job.progress.step(0, 0, job.label)
            job.result = job.work(job.progress)
        except Exception as error:  # noqa: BLE001  carried to the GUI thread, which tells refusal from bug
            job.error = error


class Operations(QObject):
    """Runs actions and slow reads on the worker thread and brings their results back."""

    started = Signal(str)
    """Label of the job that began."""
    progressed = Signal(int, int, str)
    """done, total (0 when unknown), label."""
    refused = Signal(object)
    """A LedgerError nobody else took."""
    crashed = Signal(object)
    """Any other exception: our bug."""
    changed = Signal(object)
    """Changes of a committed action."""
    cancelled = Signal(str)
    """Label of a job the person stopped; nothing was left behind."""
    finished = Signal()
    """A job ended, however it ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book: BookFile | None = None
        self._by = ""
        self._jobs: deque[_Job] = deque()
        self._began = False
        self._newest: dict[str, _Job] = {}
        self._worker = _Worker(self)
        self._worker.began.connect(self._on_began)
        self._worker.stepped.connect(self.progressed)
        self._worker.ended.connect(self._on_ended)
        self._worker.start()

    # who asks, and of which book

    def use(self, book: BookFile | None, by: str) -> None:
        """The book later jobs work in, and the person they are done by."""
        self._book, self._by = book, by

    def let_go(self) -> None:
        """Finish what is under way in the book and close the worker's connection to it.

        Whoever waits for an answer from that book no longer gets one.
        """
        book, self._book = self._book, None
        if book is not None:
            for job in self._jobs:
                job.then, job.refused = None, _unheard
            closed = threading.Event()
            self.task("放下账簿", lambda _: _close_thread(book, closed))
            closed.wait()

    @property
    def busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._jobs)

    @property
    def label(self) -> str:
        """Label of the running job, empty when idle."""
        return self._jobs[0].label if self._jobs and self._began else ""

    # asking

    def run(
        self,
        label: str,
        action: Callable[[UnitOfWork, Progress], Outcome[Any]],
        then: Callable[[Any], object] | None = None,
        refused: Callable[[LedgerError], object] | None = None,
    ) -> None:
        """Carry out an action in its own unit of work, commit it, tell ``changed`` and then ``then(outcome)``."""
        book, by = self._open_book(), self._by

        def work(progress: Progress) -> Outcome[Any]:
            with book.unit_of_work(by) as uow:
                outcome = action(uow, progress)
                uow.commit()
            job.changes = outcome.changes
            return outcome

        job = _Job(label, work, then, refused, "")
        self._put(job)

    def trial(
        self,
        label: str,
        action: Callable[[UnitOfWork, Progress], Outcome[Any]],
        then: Callable[[Any], object],
        refused: Callable[[LedgerError], object] | None = None,
    ) -> None:
        """Carry out an action in a unit of work that is never committed: what would come of it, and nothing is left."""
        book, by = self._open_book(), self._by

        def work(progress: Progress) -> Outcome[Any]:
            with book.unit_of_work(by) as uow:
                return action(uow, progress)

        self._put(_Job(label, work, then, refused, ""))

    def read(
        self,
        label: str,
        look_up: Callable[[Reader], Any],
        then: Callable[[Any], object],
        refused: Callable[[LedgerError], object] | None = None,
        key: str = "",
    ) -> None:
        """Read on the worker and hand the result to ``then``.

        With a ``key`` only the newest read of that key is answered, so that a page asked twice shows the later.
        """
        book = self._open_book()
        self._put(_Job(label, lambda _: look_up(book.reader()), then, refused, key))

    def watch(
        self,
        label: str,
        look_up: Callable[[Reader, Progress], Any],
        then: Callable[[Any], object],
        refused: Callable[[LedgerError], object] | None = None,
        key: str = "",
    ) -> None:
        """A ``read`` that says how far it is and can be stopped."""
        book = self._open_book()
        self._put(_Job(label, lambda progress: look_up(book.reader(), progress), then, refused, key))

    def task(
        self,
        label: str,
        work: Callable[[Progress], Any],
        then: Callable[[Any], object] | None = None,
        refused: Callable[[LedgerError], object] | None = None,
    ) -> None:
        """Work that needs no open book, such as opening one or writing a PDF."""
        self._put(_Job(label, work, then, refused, ""))

    def cancel(self) -> None:
        """Stop the job at work at its next step; its transaction rolls back. Those behind it go on."""
        if self._jobs:
            self._jobs[0].progress.cancel()

    def close(self) -> None:
        """Finish what is under way, then end the thread."""
        self._worker.jobs.put(None)
        self._worker.wait()

    # inside

    def _open_book(self) -> BookFile:
        """The book in use; asking without one is a mistake of ours."""
        if self._book is None:
            raise RuntimeError("no book is open")
        return self._book

    def _put(self, job: _Job) -> None:
        """Queue a job with a progress that reports through the worker's signal."""
        last = 0.0

        def report(done: int, total: int, label: str) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= REPORT_EVERY or done == total:
                last = now
                self._worker.stepped.emit(done, total, label)

        job.progress = Progress(report)
        if job.key:
            self._newest[job.key] = job
        self._jobs.append(job)
        self._worker.jobs.put(job)

    def _on_began(self, job: _Job) -> None:
        self._began = True
        self.started.emit(job.label)

    def _on_ended(self, job: _Job) -> None:
        """Back on the GUI thread: tell the pages, then the caller."""
        self._jobs.popleft()
        self._began = False
        try:
            self._answer(job)
        except Exception as error:
            log.exception("after %s", job.label)
            self.crashed.emit(error)
        finally:
            self.finished.emit()

    def _answer(self, job: _Job) -> None:
        """Hand the result or the refusal to whom it belongs."""
        if job.changes is not None:
            self.changed.emit(job.changes)
        if job.key and self._newest.get(job.key) is not job:
            return
        if job.error is None:
            if job.then is not None:
                job.then(job.result)
        elif isinstance(job.error, Cancelled):
            self.cancelled.emit(job.label)
        elif isinstance(job.error, LedgerError):
            (job.refused or self.refused.emit)(job.error)
        else:
            log.error("while %s", job.label, exc_info=job.error)
            self.crashed.emit(job.error)

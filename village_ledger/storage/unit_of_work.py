"""One action, one transaction: begins IMMEDIATE, leaves nothing behind unless committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from village_ledger.domain.errors import VoucherError
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.storage.clock import now_text
from village_ledger.storage.registers import (
    Accounts,
    Drafts,
    Openings,
    OperationLog,
    Parties,
    Periods,
    Settings,
    Sheets,
)
from village_ledger.storage.vouchers.vouchers import Postings, Vouchers

if TYPE_CHECKING:
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.file.connection import BookConnection
    from village_ledger.storage.reader import Reader


class UnitOfWork:
    """The writing side of a book for one action by ``by``; leaving without ``commit()`` rolls back.

    ``at`` is the time written on everything the action makes. A name with control characters raises TextError; blanks
    around it make no second person.
    """

    def __init__(self, book: BookFile, by: str) -> None:
        self.book = book
        self.by = check_text(by, "姓名", NAME_LIMIT)
        self.at = now_text()
        self._open = False
        self._chart_changed = False
        self.seconds: set[str] = set()
        """Second persons who have typed their PIN for this action."""
        self._undo: list[Callable[[], object]] = []

    def __enter__(self) -> Self:
        book = self.book
        if self._open:
            raise VoucherError("上一个操作还没有做完", "请稍候再试。")
        self.at = now_text()
        self._undo = []
        self.connection: BookConnection = book.connection()
        self.connection.exec_driver_sql("BEGIN IMMEDIATE")
        book.begin_action()
        self._open = True
        self.reader: Reader = book.reader()
        self.log = OperationLog(self)
        self.parties = Parties(self)
        self.accounts = Accounts(self)
        self.periods = Periods(self)
        self.openings = Openings(self)
        self.drafts = Drafts(self)
        self.settings = Settings(self)
        self.sheets = Sheets(self)
        self.vouchers = Vouchers(self)
        self.postings = Postings(self)
        return self

    def commit(self) -> None:
        """Make the action durable; raises DiskFullError when the disk takes no more."""
        self.connection.exec_driver_sql("COMMIT")
        self._open = False
        self.book.end_action(committed=True)
        if self._chart_changed:  # whatever another thread has read and kept before this moment is old
            self.book.forget_caches()

    def chart_changed(self) -> None:
        """An account was added or changed: charts are read again, here at once and everywhere after the commit."""
        self._chart_changed = True
        self.book.forget_caches()

    def when_undone(self, undo: Callable[[], object]) -> None:
        """What to do beside the book (a file just placed there) should the action leave nothing behind."""
        self._undo.append(undo)

    def rollback(self) -> None:
        """Leave the book as it was before the action."""
        if self._open:
            for undo in self._undo:
                with suppress(OSError):  # what stays is a file nothing names; no row says it is there
                    undo()
            self._open = False
            self.book.end_action(committed=False)
            self.book.forget_caches()
            if self.connection.in_transaction:
                self.connection.exec_driver_sql("ROLLBACK")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rollback()

"""Opening, making and closing book files.

Opening changes no business row. Whoever cannot write reads: a second opener, a read-only medium, a reviewer.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, cast

from village_ledger.domain.errors import BookBusy, BookFileError, NotSignedIn, ReadOnlyError
from village_ledger.storage.file.connection import BookConnection
from village_ledger.storage.file.engine import damaged, uri
from village_ledger.storage.spec import APPLICATION_ID, FORMAT

if TYPE_CHECKING:
    from village_ledger.domain.chart import Chart
    from village_ledger.storage.file.lock import WriterLock
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


T = TypeVar("T")
_KEPT = 64
"""Answers remembered of one state of the book."""


class Access(Enum):
    """What a book is opened for."""

    WRITE = "write"
    """Write if possible; else the book opens read-only and says why."""
    READ = "read"
    """Never takes the lock and never writes."""


class BookFile:
    """One open book. Each thread gets its own connection; close it when done."""

    def __init__(self, path: Path, mode: str, lock: WriterLock | None, read_only_reason: str) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        """Sentence saying why nothing can be written, empty when it can."""
        self._lock = lock
        self._mode = mode
        self._local = threading.local()
        self._charts: dict[str, Chart] = {}
        self._generation = 0
        self._commits = 0
        self._ids: dict[str, int] = {}
        self._signed_in = ""
        self._data_key: bytes | None = None
        self._vouched: set[str] = set()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._lock is None

    def connection(self) -> BookConnection:
        """The calling thread's connection."""
        connection: BookConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = BookConnection(self.path, self._mode)
            self._local.connection = connection
        return connection

    def reader(self) -> Reader:
        """Everything that can be read."""
        from village_ledger.storage.reader import Reader

        return Reader(self)

    def unit_of_work(self, by: str) -> UnitOfWork:
        """One action by a named person, one transaction; raises BookBusy or ReadOnlyError where none is possible.

        In a book with staff the person must have signed in: NotSignedIn otherwise.
        """
        made = self.door(by)
        if self._signed_in != made.by and self.reader().has_staff():
            now = f"现在登录的是 {self._signed_in}" if self._signed_in else "还没有人登录"
            raise NotSignedIn(f"{made.by or '没有写名字的人'}没有登录，{now}", "请由本人输入密码登录。")
        return made

    def door(self, by: str) -> UnitOfWork:
        """A unit of work before anybody has signed in: only ``services/staff/staff`` counts PINs and recovers in it."""
        from village_ledger.storage.unit_of_work import UnitOfWork

        self.ensure_writable()
        return UnitOfWork(self, by)

    @property
    def signed_in(self) -> str:
        """Name of the member of staff who has signed in, empty for nobody."""
        return self._signed_in

    def sign_on(self, name: str, data_key: bytes) -> None:
        """Somebody has proved who they are; the data key their PIN opened is at hand until they leave."""
        self._signed_in, self._data_key = name, data_key
        self._vouched.clear()

    def sign_off(self) -> None:
        """Nobody is at the book any more."""
        self._signed_in, self._data_key = "", None
        self._vouched.clear()

    def data_key(self) -> bytes | None:
        """The key personal data is encrypted with: from whoever has signed in, or plain while there are no staff."""
        return self._data_key or self.reader().plain_key()

    def vouch(self, name: str) -> None:
        """A second person has typed a PIN, for the next action that names them."""
        self._vouched.add(name)

    def take_vouch(self, name: str) -> bool:
        """Whether the second person has; it serves one action."""
        found = name in self._vouched
        self._vouched.discard(name)
        return found

    def ensure_writable(self) -> None:
        """Raise BookBusy or ReadOnlyError when nothing can be written."""
        if self.read_only:
            if _PACKED in self.read_only_reason:
                raise ReadOnlyError(self.read_only_reason, "意见请写成审阅意见，交村里办理。")
            if _ENDED in self.read_only_reason:
                raise ReadOnlyError(self.read_only_reason, "以后的账请记在新村的账簿里。")
            if "打开" in self.read_only_reason:
                raise BookBusy(self.read_only_reason, "可以先查看，等对方关闭后再记账。")
            if self.read_only_reason == _FULL:
                raise ReadOnlyError(self.read_only_reason, "可以查看；要记账，请清出一些空间，再打开一次。")
            raise ReadOnlyError(self.read_only_reason, "可以查看；要记账，请在能写的位置打开它。")

    def ledger_ids(self) -> dict[str, int]:
        """Ledger codes to their ids in this file."""
        if not self._ids:
            rows = self.connection().exec_driver_sql("SELECT code, id FROM ledger ORDER BY id")
            self._ids = {str(code): int(ledger_id) for code, ledger_id in rows}
        return self._ids

    def cached_chart(self, ledger: str, read: Callable[[], Chart]) -> Chart:
        """A chart, read once while this process alone may change it, else once of each state of the book."""
        if self.read_only:
            return self.remembered(("chart", ledger), read)
        chart = self._charts.get(ledger)
        if chart is None:
            generation = self._generation
            chart = read()
            if generation == self._generation:  # else another thread has changed it while we read
                self._charts[ledger] = chart
        return chart

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        """What was worked out before from this very state of the book, else made and kept.

        A commit by anybody ends the state: SQLite counts those of others, the unit of work tells of its own.
        """
        if getattr(self._local, "acting", False):
            return make()  # an action sees what it has written itself
        state = (self.connection().exec_driver_sql("PRAGMA data_version").fetchone(), self._commits)
        kept: dict[object, object] = getattr(self._local, "kept", {})
        if getattr(self._local, "kept_of", None) != state or len(kept) > _KEPT:
            kept = {}
            self._local.kept, self._local.kept_of = kept, state
        if key not in kept:
            kept[key] = make()
        return cast("T", kept[key])

    def begin_action(self) -> None:
        """The calling thread begins to write: nothing it works out from now on is remembered."""
        self._local.acting = True

    def end_action(self, *, committed: bool) -> None:
        """The calling thread's action is over."""
        self._local.acting = False
        self._commits += committed

    def forget_caches(self) -> None:
        """After a change to charts or ledgers, or a roll-back."""
        self._generation += 1
        self._charts.clear()
        self._ids = {}

    def close_thread(self) -> None:
        """Close the calling thread's connection (a worker that ends)."""
        connection: BookConnection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def close(self) -> None:
        """Fold the log into the file and give the lock back."""
        if not self.read_only:
            with contextlib.suppress(Exception):  # the log stays beside the file and is folded in next time
                self.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close_thread()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_book(path: Path, access: Access, holder: str = "") -> BookFile:
    """Open a book; raises BookFileError for a missing, empty, foreign, newer or damaged file.

    With ``Access.WRITE`` the writer's lock is taken for ``holder``; when another has it, or the medium does not take
    writing, the book opens read-only and ``read_only_reason`` says why.
    """
    mode, version = _mode_and_format(path)
    reason = "这本账是只读查看的"
    if access is Access.WRITE:
        lock, reason = _writer_lock(path, mode, holder)
        if lock is not None:
            _bring_up_to_date(path, mode, lock)
            return _unless_ended(path, lock)
    if version < FORMAT:
        raise BookFileError(
            "这个账簿是旧版本程序做的，只读时不能升级",
            "请在能写的位置由记账的人打开一次，程序会先留底再升级。",
            safe=_UNTOUCHED,
        )
    book = BookFile(path, mode, None, reason)
    if _is_packed(book):
        book.read_only_reason = _REVIEW_ONLY
    return book


def ensure_book(path: Path) -> str:
    """How a book is read (a mode for ``uri``), of whatever format we know; raises BookFileError as ``open_book`` does."""
    return _mode_and_format(path)[0]


def _mode_and_format(path: Path) -> tuple[str, int]:
    _ensure_file(path)
    mode = _reading_mode(path)
    try:
        version = _format_of(path, mode)
    except BookFileError as error:
        if mode != "ro" or _has_log(path) or not _no_room(error.__cause__):
            raise
        mode = "immutable"  # a full disk: the files a reader makes beside the book find no room, a writer's neither
        version = _format_of(path, mode)
    if version > FORMAT:
        raise BookFileError(
            "这个账簿是用更新版本的程序做的，现在的程序读不了", "请先升级程序再打开。", safe=_UNTOUCHED
        )
    return mode, version


def _no_room(error: BaseException | None) -> bool:
    """Whether SQLite could not make the files it keeps beside a book while one is open."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_IOERR_SHM", "SQLITE_FULL", "SQLITE_CANTOPEN"))


_UNTOUCHED = "程序没有改动这个文件。"
_UNWRITABLE = "这本账所在的位置不能写，只能查看"
_FULL = "这本账所在的盘满了，只能查看"
_ENDED = "已并入"
"""In the sentence of an old book that a merger has ended."""
_PACKED = "送审包"
_REVIEW_ONLY = "这是送审包里的账，只能审阅，不能记账"


def _is_packed(book: BookFile) -> bool:
    try:
        return book.reader().packed() is not None
    except BaseException:
        book.close()
        raise


def _unless_ended(path: Path, lock: WriterLock) -> BookFile:
    """The book to write in, or to read only: a merger of villages has ended it, or it is the copy within a package."""
    book = BookFile(path, "rw", lock, "")
    try:
        reader = book.reader()
        ended, packed = reader.merged_into(), reader.packed()
    except BaseException as error:
        book.close()
        if isinstance(error, BookFileError):
            lock.forget()
        raise
    if ended is None and packed is None:
        return book
    book.close()
    return BookFile(path, _reading_mode(path), None, _REVIEW_ONLY if ended is None else ended.sentence)


def _writer_lock(path: Path, mode: str, holder: str) -> tuple[WriterLock | None, str]:
    """The writer's lock, or None and the sentence why it is not to be had."""
    if not (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)):
        return None, _UNWRITABLE
    if mode == "immutable":
        return None, _FULL
    from village_ledger.storage.file.lock import WriterLock

    lock = WriterLock(path)
    try:
        return (lock, "") if lock.acquire(holder) else (None, lock.sentence())
    except OSError as error:
        return None, _FULL if error.errno == errno.ENOSPC else _UNWRITABLE


def _bring_up_to_date(path: Path, mode: str, lock: WriterLock) -> None:
    """Upgrade an older format; only who holds the lock knows that nobody else has just done it."""
    if _format_of(path, mode) == FORMAT:
        return
    from village_ledger.storage.upgrade import upgrade

    try:
        upgrade(path)
    except BaseException:
        lock.release()
        raise


def _ensure_file(path: Path) -> None:
    untouched = "程序没有改动任何文件。"
    try:
        facts = path.stat()
    except FileNotFoundError as error:
        raise BookFileError(
            f"找不到账簿文件 {path.name}", "请核对文件的位置，或插好存账的盘。", safe=untouched
        ) from error
    except (OSError, ValueError) as error:
        raise BookFileError(
            f"打不开 {path.name}", "请核对文件的位置和读取它的权限。", safe=untouched
        ) from error
    if stat.S_ISDIR(facts.st_mode):
        raise BookFileError(
            f"{path.name} 是一个文件夹，不是账簿文件", "请选择以 .vledger 结尾的文件。", safe=untouched
        )
    if facts.st_size == 0:
        raise BookFileError(f"{path.name} 是空文件，里面没有账", "请用最近的备份打开。", safe=untouched)


def _reading_mode(path: Path) -> str:
    """Where no side file can be made the book opens immutable, unless a writer's log stands beside it."""
    return "ro" if _has_log(path) or os.access(path.parent, os.W_OK) else "immutable"


def _has_log(path: Path) -> bool:
    """Whether a writer's log stands beside the book: it holds the last vouchers."""
    with contextlib.suppress(OSError):
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    return False


def _format_of(path: Path, mode: str) -> int:
    """The format number; raises BookFileError for what is not a book.

    The schema of an older book is read as well, since it is upgraded before anybody opens it; that of a present one is
    read by the connection that opens it: reading it takes longer than all else about opening a book.
    """
    try:
        connection = sqlite3.connect(uri(path, mode), uri=True)
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version < FORMAT:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise BookFileError(f"打不开 {path.name}", "请确认有读取它的权限。", safe=_UNTOUCHED) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # what SQLite quotes may be damaged too
        if path.stat().st_size > 0 and _looks_like_book(path):
            raise damaged(str(error)) from error
        raise _foreign(path) from error
    if application != APPLICATION_ID:
        raise _foreign(path)
    return int(version)


def _looks_like_book(path: Path) -> bool:
    with path.open("rb") as file:  # not a live book of ours: SQLite has just refused it
        head = file.read(72)
    return head.startswith(b"SQLite format 3") and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _foreign(path: Path) -> BookFileError:
    return BookFileError(f"{path.name} 不是村账的账簿文件", "请选择以 .vledger 结尾的账簿。", safe=_UNTOUCHED)

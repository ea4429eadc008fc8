"""An agency's workspace (代管工作区, ``*.vlagency``): one small JSON file that says whose books are kept and by whom.

It is read whole or refused in one sentence, written in one step, and changed under a lock of its own. It holds no figure, and
nothing it says of a book is believed: the book at the path it names must say itself whose it is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from village_ledger.domain.agency import ENDING, KeptBook, Workspace
from village_ledger.domain.errors import (
    AgencyError,
    BadWorkspace,
    BookAway,
    BookBusy,
    BookFileError,
    LedgerError,
    ReadOnlyError,
)
from village_ledger.exchange.agency.agency_log import logged
from village_ledger.exchange.agency.agency_text import MOST_BOOKS, content_of, path_as_kept, understood
from village_ledger.reports.pens.output_file import replacing
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.file.facts import BookFacts, facts_of

MOST_BYTES = 8 << 20
WAIT_SECONDS = 10.0
"""How long to wait for somebody who changes the workspace just now; a change takes a moment."""


# the file


def read_workspace(path: Path) -> Workspace:
    """What a workspace says; raises BadWorkspace for a missing, foreign, damaged or newer file."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise BadWorkspace(f"{path.name} 不是一个文件", f"请选择以 {ENDING} 结尾的工作区。")
        if facts.st_size > MOST_BYTES:
            raise BadWorkspace(f"{path.name} 大得不像代管工作区", f"请选择以 {ENDING} 结尾的工作区。")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadWorkspace(f"找不到工作区 {path.name}", "请核对文件的位置，或插好存它的盘。") from error
    except (OSError, ValueError) as error:
        raise BadWorkspace(f"打不开工作区 {path.name}", "请核对文件的位置和读取它的权限。") from error
    return understood(path.name, content)


def create_workspace(path: Path, workspace: Workspace) -> None:
    """Write a new workspace; raises AgencyError where a file of that name exists, BookFileError where none can be made."""
    if path.suffix.lower() != ENDING:
        raise AgencyError(f"工作区的文件名要以 {ENDING} 结尾", f"请写成 {path.name}{ENDING} 的样子。")

    def new() -> Workspace:
        if path.exists():
            raise AgencyError(f"{path.name} 已经有了，不会覆盖", "请另起一个文件名，或打开已有的。")
        return workspace

    _under_lock(path, new)


def change_workspace(path: Path, alter: Callable[[Workspace], Workspace]) -> Workspace:
    """Read, alter and write under the workspace's lock; nothing is written where nothing changed, or ``alter`` raises.

    Raises BadWorkspace, AgencyError while somebody else changes it, ReadOnlyError where nothing can be written.
    """
    before = read_workspace(path)

    def again() -> Workspace:
        nonlocal before
        before = read_workspace(path)
        return alter(before)

    return _under_lock(path, again, lambda made: made != before)


def _under_lock(
    path: Path, make: Callable[[], Workspace], is_news: Callable[[Workspace], bool] = lambda _: True
) -> Workspace:
    if not path.parent.is_dir():
        raise BookFileError(f"没有“{path.parent}”这个文件夹", "请先建好文件夹。", safe="各村的账没有变化。")
    lock = FileLock(f"{path}.lock", timeout=WAIT_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise AgencyError("工作区正在别处改动", "请稍等片刻再试。") from error
    except OSError as error:
        raise ReadOnlyError(
            "工作区所在的位置不能写", "请把工作区拷到能写的盘上再打开。", safe="各村的账没有变化。"
        ) from error
    try:
        made = make()
        if is_news(made):
            content = content_of(made)
            understood(path.name, content)  # what we could not read again is not written
            with replacing(path) as file:
                file.write(content)
        return made
    finally:
        lock.release()


# books


def place_of(workspace: Path, kept: KeptBook) -> Path:
    """Where a kept book lies; whether it is there and whose it is, ``open_kept`` asks."""
    return workspace.parent / kept.path


def kept_book(workspace: Path, uid: str) -> KeptBook:
    """A kept book by its id; raises AgencyError where the workspace has none such."""
    found = next((one for one in read_workspace(workspace).books if one.uid == uid), None)
    if found is None:
        raise AgencyError("工作区里没有这个村的账簿", "请先把它加进来。")
    return found


def ensure_kept(workspace: Path, kept: KeptBook) -> Path:
    """The path of a kept book that is there and is that village's.

    Raises BookAway for a missing one and for another village's in its place, BookFileError for what is no book.
    """
    path = _present(workspace, kept)
    _ensure_its(kept, path, facts_of(path))
    return path


def _present(workspace: Path, kept: KeptBook) -> Path:
    path = place_of(workspace, kept)
    if not path.exists():
        raise BookAway(
            f"找不到{kept.village}的账簿 {path.name}",
            "搬了地方的，请在新的位置再加一次；在U盘上的，请插好盘。",
        )
    if not path.is_file():
        raise BookAway(f"{kept.village}的账簿 {path.name} 不是一个文件", "请核对它的位置，再加一次。")
    return path


def _ensure_its(kept: KeptBook, path: Path, facts: BookFacts) -> None:
    if facts.uid != kept.uid:
        raise BookAway(
            f"{path.name} 不是{kept.village}的账簿，是{_whose(facts, kept)}",
            f"请把{kept.village}的账簿放回来，或在它现在的位置再加一次。",
        )
    if facts.is_packed:
        raise BookAway(f"{path.name} 是送审包里的账，不是{kept.village}自己的账簿", "请放回村里的账簿。")


def _whose(facts: BookFacts, kept: KeptBook) -> str:
    return "同名的另一本账" if facts.village == kept.village else f"{facts.village}的"


def open_kept(workspace: Path, kept: KeptBook, access: Access, holder: str = "") -> BookFile:
    """A village's book, proven to be that village's before it is opened; raises as ``ensure_kept`` and ``open_book`` do.

    Opening for reading changes nothing, so there the open book itself is asked, which takes half the time.
    """
    path = _present(workspace, kept) if access is Access.READ else ensure_kept(workspace, kept)
    book = open_book(path, access, holder)
    try:
        reader = book.reader()
        own = reader.book()  # asked again: it may have been exchanged in between
        _ensure_its(kept, path, BookFacts(own.uid, own.village, reader.packed() is not None, ""))
    except BaseException:
        book.close()
        raise
    return book


def is_out_of_reach(error: LedgerError) -> bool:
    """Whether a book could not be come at, or not be written in, rather than said no."""
    return isinstance(error, BookAway | BookFileError | BookBusy | ReadOnlyError)


def keep_book(workspace: Path, file: Path, by: str = "") -> tuple[KeptBook, bool]:
    """Take a village's book into the workspace, or tell it the new place of one; also whether the book is new there.

    Raises AgencyError for a copy within a package, an old book that a merger ended, and a second copy of a kept one.
    """
    facts = facts_of(file)
    if facts.is_packed:
        raise AgencyError(f"{file.name} 是送审包里的账，不能代管", "请加村里自己的账簿（.vledger）。")
    if facts.merged_into:
        raise AgencyError(f"这本账已并入{facts.merged_into}，不再记账", "请加新村的账簿。")
    added = KeptBook(facts.uid, facts.village, _path_to_keep(workspace, file))
    is_new = True

    def alter(now: Workspace) -> Workspace:
        nonlocal is_new
        known = next((one for one in now.books if one.uid == added.uid), None)
        is_new = known is None
        if known is None:
            if len(now.books) >= MOST_BOOKS:
                raise AgencyError(f"一个工作区最多 {MOST_BOOKS} 本账", "请另建一个工作区。")
            return logged(
                replace(now, books=(*now.books, added)), by, f"加进{added.village}的账簿，在 {added.path}"
            )
        if known.path != added.path and _is_there(workspace, known):
            raise AgencyError(
                f"{known.village}的账簿已经在工作区里（{known.path}），{file.name} 是同一本账的另一份",
                "同一本账只能代管一份；要换，请先把在用的那份移开。",
            )
        if known == added:
            return now
        books = tuple(added if one.uid == added.uid else one for one in now.books)
        return logged(replace(now, books=books), by, f"{added.village}的账簿现在在 {added.path}")

    change_workspace(workspace, alter)
    return added, is_new


def drop_book(workspace: Path, uid: str, by: str = "") -> KeptBook:
    """Keep a book no longer: the file stays where it is, its staff stay registered in it. Raises AgencyError."""
    dropped: list[KeptBook] = []

    def alter(now: Workspace) -> Workspace:
        dropped[:] = [one for one in now.books if one.uid == uid]
        if not dropped:
            raise AgencyError("工作区里没有这个村的账簿", "请核对村名。")
        members = tuple(
            replace(one, behind=tuple(pair for pair in one.behind if pair[0] != uid)) for one in now.members
        )
        left = replace(now, books=tuple(one for one in now.books if one.uid != uid), members=members)
        return logged(left, by, f"不再代管{dropped[0].village}")

    change_workspace(workspace, alter)
    return dropped[0]


def find_book(workspace: Workspace, words: str) -> KeptBook:
    """A kept book by its village's name or the beginning of its id; raises AgencyError for none or several."""
    found = [one for one in workspace.books if one.village == words]
    if not found and len(words) >= 4:
        found = [one for one in workspace.books if one.uid.startswith(words)]
    if len(found) == 1:
        return found[0]
    if found:
        uids = "、".join(one.uid[:8] for one in found)
        raise AgencyError(f"叫“{words}”的账簿有 {len(found)} 本", f"请写账簿编号的前几位：{uids}。")
    raise AgencyError(f"工作区里没有“{words}”", "请核对村名，或先把它的账簿加进来。")


def _is_there(workspace: Path, kept: KeptBook) -> bool:
    try:
        ensure_kept(workspace, kept)
    except (BookAway, BookFileError):
        return False
    return True


def _path_to_keep(workspace: Path, file: Path) -> str:
    """Relative where the book lies beneath the workspace's folder, so that both can be moved together; else absolute."""
    inner, outer = Path(os.path.abspath(file)), Path(os.path.abspath(workspace)).parent  # noqa: PTH100  links stay links
    text = (inner.relative_to(outer) if inner.is_relative_to(outer) else inner).as_posix()
    try:
        return path_as_kept(text)
    except ValueError as error:
        raise AgencyError(
            f"{file.name} 所在的位置写不进工作区",
            "网络上的文件夹请先映射成盘符；名字里有怪字符的文件夹请改名。",
        ) from error

"""Copies of a book (备份): consistent while the book is open, in one file, proven before they are called done."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from village_ledger.domain.errors import BookFileError, DiskFullError, LedgerError
from village_ledger.storage.attachments.blobs import LARGE, carry, side_folder
from village_ledger.storage.file.create import beside
from village_ledger.storage.file.durable import settle
from village_ledger.storage.file.engine import connect, translated
from village_ledger.storage.upgrade import figures

_PAGES_AT_ONCE = 2000


def copy_book(source: Path, target: Path) -> list[str]:
    """A consistent copy of a book in one file, without a log beside it; its balances are those of the book.

    Its large attachments are copied into the folder beside the target, each proven by its digest; those that are missing or
    altered beside the book are left out, and their digests returned. Raises LedgerError when the target or its folder exists,
    DiskFullError when there is no room, BookFileError for a copy that does not prove; then nothing is left at the target.
    """
    with _folder_of(target) as folder:
        lost = _copied(source, target)
        folder.keep = True
    return lost


class _Folder:
    """The folder of large attachments being made; it goes when the copy does not come about."""

    keep = False


@contextmanager
def _folder_of(target: Path) -> Generator[_Folder]:
    place, made = side_folder(target), _Folder()
    if place.exists():
        raise LedgerError(
            f"{place.name} 已经存在",
            "备份和恢复不会覆盖任何文件，请换一个文件名。",
            safe="原来的文件没有动。",
        )
    try:
        yield made
    finally:
        if not made.keep:
            shutil.rmtree(place, ignore_errors=True)


def _copied(source: Path, target: Path) -> list[str]:
    if not os.access(target.parent, os.W_OK):
        raise BookFileError(
            f"{target.parent} 不能写", "请换一个能写的文件夹。", safe="账簿没有动，没有留下半个备份。"
        )
    try:
        with beside(target) as part:
            with closing(connect(source, "ro")) as old, closing(connect(part, "rwc")) as new:
                old.execute("BEGIN")  # one state of the book from the first page to the last
                before = figures(old)
                old.backup(new, pages=_PAGES_AT_ONCE)
                new.execute("PRAGMA journal_mode=DELETE")
                if figures(new) != before:
                    raise BookFileError(
                        "备份里的余额和账簿不一致，已停止",
                        "请换一个盘再备份。",
                        safe="账簿没有动，没有留下半个备份。",
                    )
                large = new.execute(LARGE).fetchall()
            settle(part)
            return carry(source, target, large)
    except sqlite3.DatabaseError as error:
        said = translated(error) or error
        raise (_no_room() if isinstance(said, DiskFullError) else said) from error
    except DiskFullError as error:
        raise _no_room() from error


def _no_room() -> DiskFullError:
    return DiskFullError(
        "没能备份：盘上的空间不够", "请换一个盘，或清出空间再备份。", safe="账簿没有动，没有留下半个备份。"
    )


def restore_book(backup: Path, target: Path) -> list[str]:
    """Make a book again from a backup, under a name nothing has yet, in the way books are kept while they are written.

    Returns the digests of large attachments the backup does not have any more.
    """
    lost = copy_book(backup, target)
    with closing(connect(target, "rw")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    return lost

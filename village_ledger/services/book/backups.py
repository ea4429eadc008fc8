"""Backups: made while one works, tried out before they are needed, restored without ever replacing anything.

财会〔2024〕12号 art. 35: backup and disaster recovery.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from enum import Enum
from pathlib import Path

from village_ledger.domain.errors import BookFileError
from village_ledger.domain.finding import Finding
from village_ledger.services.attachments.attachments import missing_folder
from village_ledger.services.book import verification
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.attachments.inspection import is_about_a_file
from village_ledger.storage.file.backup import copy_book, restore_book
from village_ledger.storage.file.book_file import Access, open_book


class Place(Enum):
    """Where a backup lies, seen from the book."""

    SAME = "same"
    """On the disk of the book: it helps against a slip, not against a dead disk."""
    OTHER = "other"
    STICK = "stick"

    @property
    def words(self) -> str:
        """As people say it."""
        return {Place.SAME: "同一块盘", Place.OTHER: "另一块盘", Place.STICK: "U盘"}[self]


def back_up(book: Path, folder: Path, now: datetime) -> Path:
    """Copy a book into a folder under its name and the time; returns the file.

    Raises BookFileError for a folder that is not there or cannot be written, DiskFullError, LedgerError when a backup of this
    very minute is there already.
    """
    if not folder.is_dir():
        raise BookFileError(
            f"没有 {folder} 这个文件夹", "请插好盘，或换一个文件夹。", safe="账簿没有动，没有留下半个备份。"
        )
    target = folder / f"{book.stem} 备份 {now:%Y-%m-%d %H%M}{book.suffix}"
    with open_book(book, Access.READ):  # says in words what is no book
        copy_book(book, target)
    return target


def try_out(backup: Path, progress: Progress = SILENT) -> list[Finding]:
    """Prove a backup as if it were the book (试恢复); what is wrong with it, nothing when it could be worked on."""
    return verification.verify(backup, progress)


def incomplete(copy: Path) -> str:
    """What to say of a copy whose large attachments are not all beside it; empty when they are."""
    with open_book(copy, Access.READ) as book:
        return missing_folder(book.reader())


def restore(backup: Path, target: Path, progress: Progress = SILENT) -> str:
    """Make a book again from a backup, under a new name; proven before it is said to be done.

    A large attachment that is gone does not keep the books from being restored: it is what the returned sentence says.
    Raises BookFileError naming what the backup does not prove, LedgerError when the target exists; nothing is left then.
    """
    findings = [finding for finding in try_out(backup, progress) if not is_about_a_file(finding)]
    if findings:
        raise BookFileError(
            f"这个备份核对不过，没有恢复：{findings[0]}", "请换更早的一个备份。", safe="没有建任何文件。"
        )
    lost = restore_book(backup, target)
    return f"备份里少了 {len(lost)} 个大附件，没有它们也恢复了账。" if lost else ""


def place_of(book: Path, folder: Path) -> Place:
    """Where a folder lies, seen from the book's disk."""
    if _removable(folder):
        return Place.STICK
    try:
        same = folder.stat().st_dev == book.stat().st_dev
    except OSError:
        same = False
    return Place.SAME if same else Place.OTHER


def _removable(folder: Path) -> bool:
    """Whether a folder lies on a stick: asked of Windows, elsewhere told by where sticks are mounted."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(folder.resolve())[0] + "\\"
        return ctypes.windll.kernel32.GetDriveTypeW(drive) == _REMOVABLE
    return any(str(folder.resolve()).startswith(root) for root in ("/media/", "/run/media/"))


_REMOVABLE = 2
"""DRIVE_REMOVABLE of the Windows API."""

"""Who has a book open for writing: an operating-system lock beside the book, and a note of the holder.

The lock dies with its process, so a stale one is found out by trying it, never by asking. The note is a separate
file because a locked file cannot be read on Windows.
"""

from __future__ import annotations

import contextlib
import json
import platform
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from village_ledger.storage.clock import now_text


class WriterLock:
    """The right to write to one book; ``acquire`` says whether it was to be had."""

    def __init__(self, book: Path) -> None:
        self._lock = FileLock(f"{book}.lock", timeout=0, thread_local=False)
        self._note = Path(f"{book}.holder")

    def acquire(self, holder: str) -> bool:
        """Take the lock and leave the holder's note; False when another process has it.

        Raises OSError where no file can be made beside the book (a read-only medium).
        """
        try:
            self._lock.acquire()
        except Timeout:
            return False
        note = {"holder": holder, "machine": platform.node(), "since": now_text()}
        try:
            self._note.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        except OSError:
            self.release()
            raise
        return True

    def release(self) -> None:
        """Give the lock back and take the note away."""
        with contextlib.suppress(OSError):
            self._note.unlink()
        self._lock.release()

    def forget(self) -> None:
        """Take away the file of a lock that was given back, so that nothing stays beside a book nobody can open."""
        with contextlib.suppress(OSError):
            Path(self._lock.lock_file).unlink()

    def holder(self) -> str:
        """Who writes in the book now, empty for nobody; a note whose writer is gone says nothing."""
        if not self._note.exists():
            return ""
        with contextlib.suppress(Timeout, OSError), self._lock.acquire():
            return ""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return str(note["holder"]) or "别人"
        except (OSError, ValueError, KeyError, TypeError):
            return "别人"

    def sentence(self) -> str:
        """Who has it open and since when, as a sentence."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            since = datetime.fromisoformat(note["since"])
            holder, machine = str(note["holder"]) or "别人", str(note["machine"])
        except (OSError, ValueError, KeyError, TypeError):
            return "这本账正在别处打开"
        return f"这本账正在 {holder} 的电脑（{machine}）上打开，从 {since:%m月%d日 %H:%M} 起"

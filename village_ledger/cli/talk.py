"""What the command line says: messages on stderr, and one sentence with a file when the program itself failed."""

from __future__ import annotations

import io
import sys
import traceback
from datetime import datetime
from pathlib import Path

from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import SILENT, Progress


def say(sentence: str) -> None:
    """A message to the person."""
    print(sentence, file=sys.stderr)


def say_all(sentences: tuple[str, ...]) -> None:
    """Notices and warnings, one line each."""
    for sentence in sentences:
        say(sentence)


def refuse(error: LedgerError) -> int:
    """Say a refusal, an import's faults line by line before it; returns the exit code."""
    if isinstance(error, ImportRefused):
        for fault in error.faults:
            say(fault)
    say(str(error))
    return error.exit_code


def speak_utf8() -> None:
    """Chinese comes out the same on every machine, whatever its code page; odd file names do not stop us."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors, newline="")


def terminal_progress() -> Progress:
    """Counts on one line of a terminal; silent where stderr is a file or a pipe."""
    if not sys.stderr.isatty():
        return SILENT

    def show(done: int, total: int, label: str) -> None:
        print(f"\r{label} {done}/{total}", end="\r", file=sys.stderr, flush=True)

    return Progress(show)


def crashed(error: Exception) -> int:
    """Our own fault: keep what is needed to find it, and say one sentence; returns the exit code."""
    kept = _keep(error)
    where = tr("请把 {file} 发给维护的人。", file=kept) if kept else tr("请把刚才的命令告诉维护的人。")
    say(tr("程序出了意外，这一步没有做完。账没有变化。{where}", where=where))
    return 2


def _keep(error: Exception) -> Path | None:
    """Append the traceback to the program's log; None when even that cannot be written."""
    from village_ledger.logs import log_file

    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} ERROR\n")
            stream.writelines(traceback.format_exception(error))
    except OSError:
        return None
    return file

"""Files for people, written whole or not at all: a temporary file beside the target takes its place at the end."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from village_ledger.domain.errors import BookFileError, DiskFullError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class OutputError(BookFileError):
    """A report could not be written where it was asked for; the book is not touched."""

    code = "S-140"


class OutputDiskFull(DiskFullError):
    """The disk took no more while a report was written; nothing half-written stays."""

    code = "S-141"


@contextmanager
def replacing(path: Path) -> Generator[IO[bytes]]:
    """A binary file that becomes ``path`` when the block ends well; nothing stays when it does not.

    Raises OutputError for a folder that is missing or may not be written to, OutputDiskFull.
    """
    import tempfile

    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _as_others(part)
        part.replace(path)
        part = None
    except OSError as problem:
        raise refusal(path, problem) from problem
    finally:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink()


def _as_others(part: Path) -> None:
    """Temporary files are private; a report may be read like any new file of this person."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)


def refusal(path: Path, problem: OSError) -> BookFileError:
    """What the medium said while ``path`` was written, in our words."""
    if problem.errno in _FULL:
        return OutputDiskFull(f"磁盘满了，“{path.name}”没有写成", "请腾出一些空间，或换一个盘再存。")
    if not path.parent.is_dir():
        return OutputError(
            f"没有“{path.parent}”这个文件夹，“{path.name}”没有写成", "请先建好文件夹，或换一个位置。"
        )
    if path.is_dir():
        return OutputError(f"“{path}”是一个文件夹，不能当文件写", "请另起一个文件名。")
    if os.name == "nt" and path.exists():
        return OutputError(f"“{path.name}”正被别的程序打开，没有写成", "请先关掉它，再存一次。")
    return OutputError(
        f"“{path.parent}”不让写文件，“{path.name}”没有写成", "请换一个文件夹，或请管理员给写的权限。"
    )

"""What is written is on the medium and not only in the computer's memory: sticks are pulled out."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def settle(path: Path) -> None:
    """A file's bytes are on the medium when this returns."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_names(folder: Path) -> None:
    """The names of files just placed are on the medium too; Windows keeps names by itself, and not every share can say."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

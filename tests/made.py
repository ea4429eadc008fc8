"""Books that are made once a run, by whichever worker asks first, and copied for every test that wants one.

    book = made.demo(tmp_path)                  # 青山村 in January 2026, its year closed
    book = made.demo(tmp_path, closed=False)    # the evening of 31 December 2025
    book = made.new_book(tmp_path, BookSpec("青山村", Month(2025, 3)), "建账")

A copy is the test's own to write to. Copies of one book are one book to the program (same uid, same key): two villages
in one test have two names, or one of them is made by ``books.new_book`` itself.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

if TYPE_CHECKING:
    from village_ledger.storage.spec import BookSpec

# What makes a book is imported by whoever makes one: a process that only opens one (a power cut's) does without.

SHELF = "VILLAGE_LEDGER_TESTS_SHELF"
"""Names the folder all workers of a run share; the run's own process makes and removes it (see conftest)."""


@cache
def shelf() -> Path:
    """Where originals stand; outside a run (a script that uses the builders) a folder of this process."""
    if SHELF in os.environ:
        return Path(os.environ[SHELF])
    folder = Path(tempfile.mkdtemp(prefix="village_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


_known: dict[str, Path] = {}


def original(key: str, make: Callable[[Path], object]) -> Path:
    """What ``make`` writes to the path it is given: made once a run under this key, for nobody to write to."""
    if key not in _known:
        path = shelf() / sha256(key.encode()).hexdigest()[:16]
        with FileLock(f"{path}.made"):
            if not path.exists():
                part = path.with_suffix(".part")
                part.unlink(missing_ok=True)  # of a worker that died over it
                make(part)
                part.rename(path)
        _known[key] = path
    return _known[key]


def copy(key: str, make: Callable[[Path], object], to: Path) -> Path:
    """A copy of the original of this key."""
    return Path(shutil.copyfile(original(key, make), to))


def copy_made_in_a_folder(key: str, make: Callable[[Path], Path], to: Path) -> Path:
    """The same of what takes a folder to make, such as a package of a book: ``make`` says which file in it is wanted."""

    def alone(path: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="village_") as folder:
            shutil.copyfile(make(Path(folder)), path)

    return copy(key, alone, to)


def characters() -> str:
    """Every character the program, its data and the tests are written with."""
    return original("characters", _write_characters).read_text("utf-8")


def _write_characters(path: Path) -> None:
    project = Path(__file__).resolve().parents[1]
    found: set[str] = set()
    for pattern in ("village_ledger/**/*.py", "tests/**/*.py", "resources/**/*.toml", "resources/**/*.csv"):
        for file in project.glob(pattern):
            found.update(file.read_text("utf-8"))
    path.write_text("".join(sorted(char for char in found if char.isprintable())), "utf-8")


def demo(folder: Path, *, closed: bool = True, january: bool = True, name: str = "青山村.vledger") -> Path:
    """A copy of the demonstration village's book."""

    def make(path: Path) -> None:
        from village_ledger.exchange.demos.demo import make_demo

        assert make_demo(path, closed=closed, january=january) == "青山村"

    return copy(f"demo {closed} {january}", make, folder / name)


def baiyun(folder: Path, name: str = "白云村.vledger") -> Path:
    """A copy of the smaller demonstration village's book."""

    def make(path: Path) -> None:
        from village_ledger.exchange.demos.demo_baiyun import make_baiyun

        make_baiyun(path)

    return copy("baiyun", make, folder / name)


def new_book(folder: Path, spec: BookSpec, by: str, name: str = "") -> Path:
    """A copy of a new book, named after its village."""

    def make(path: Path) -> None:
        from village_ledger.services.book import books

        books.new_book(path, spec, by)

    return copy(f"new {spec!r} {by}", make, folder / (name or f"{spec.village}.vledger"))

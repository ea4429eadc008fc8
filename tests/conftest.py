"""What every test shares: no screen, no user's own files, books made once a run, and how hard properties are tried."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path

# Before anything loads Qt: tests draw into memory, whatever screen the machine has.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import made
from village_ledger.exchange.review.known_villages import FILE as KNOWN_VILLAGES
from village_ledger.settings import config_file

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = os.environ.get("VILLAGE_LEDGER_FULL") == "1"

# No deadlines: the machine that runs the tests may be busy, and speed is the benchmarks' business. A failure prints
# the blob that plays it again.
settings.register_profile(
    "ci", deadline=None, print_blob=True, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("full", settings.get_profile("ci"), max_examples=2000)
settings.load_profile("full" if FULL else "ci")


MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108  the system's own name for it; folders in it are made safely
"""Where Linux keeps files in memory, and the bytes that must be free there."""


def pytest_configure(config: pytest.Config) -> None:
    """The run's process sees to what all its workers share: folders in memory where there is room, and the shelf.

    Every commit of every test waits for the disk otherwise. Whoever names a TMPDIR has it used.
    """
    if hasattr(config, "workerinput"):
        return
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # to be asked again
    folder = tempfile.mkdtemp(prefix="village_")
    os.environ[made.SHELF] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs to ``test.sh --full``."""
    if FULL:
        return
    long_runs = [item for item in items if item.get_closest_marker("full")]
    if long_runs:
        config.hook.pytest_deselected(items=long_runs)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_users_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, drafts and books of whoever runs the tests are neither read nor written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in (
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "APPDATA",
            "LOCALAPPDATA",
        ):
            patch.setenv(variable, str(home / variable.lower()))
        yield


@pytest.fixture(autouse=True)
def _no_villages_known() -> Iterator[None]:
    """Whose fingerprint one test compared the next does not know."""
    yield
    (config_file().parent / KNOWN_VILLAGES).unlink(missing_ok=True)


class _Characters:
    """All characters tests print, gathered when the first font is opened."""

    def __iter__(self) -> Iterator[str]:
        return iter(made.characters())


@pytest.fixture(scope="session", autouse=True)
def _outlines_once() -> Iterator[None]:
    """Outlines of the machine's fonts are kept for one run, for all its workers, and a font file is opened once.

    Opening one costs what a page does; whoever has it open takes along what any test prints.
    """
    from village_ledger.reports.pens import font_cache

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(font_cache.CACHE_VARIABLE, str(made.shelf() / "outlines"))
        patch.setattr(font_cache, "_COMMON", _Characters())
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_pins() -> Iterator[None]:
    """PINs are hashed as always but cheaply: what a guess costs is argon2's business, not the tests'."""
    from village_ledger.services.staff import keyring

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "COST", keyring.Cost(1, 8, 1))
        yield

"""What every test shares: no screen, no user's own files, and how hard properties are tried."""

from __future__ import annotations

import os

# Before anything loads Qt: tests draw into memory, whatever screen the machine has.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs to ``test.sh --full``."""
    if FULL:
        return
    long_runs = [item for item in items if item.get_closest_marker("full")]
    if long_runs:
        config.hook.pytest_deselected(items=long_runs)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(scope="session", autouse=True)
def _no_users_files(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[None]:
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
        # outlines of the machine's fonts, read once and not by every worker of every run
        cache: pytest.Cache | None = getattr(pytestconfig, "cache", None)  # none where the plugin is off
        patch.setenv("VILLAGE_LEDGER_CACHE", str(cache.mkdir("fonts") if cache else home))
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_pins() -> Iterator[None]:
    """PINs are hashed as always but cheaply: what a guess costs is argon2's business, not the tests'."""
    from village_ledger.services.staff import keyring

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "COST", keyring.Cost(1, 8, 1))
        yield

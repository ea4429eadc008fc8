"""The demonstration village with its year closed, whose books leave in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import by, run
from village_ledger.exchange.demo import make_demo

__all__ = ["by", "run"]


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """The demonstration village, made once; nobody writes to it."""
    path = tmp_path_factory.mktemp("demo") / "青山村.vledger"
    make_demo(path)
    return path


@pytest.fixture
def demo(made, tmp_path) -> Path:
    """A copy a test may write to."""
    path = tmp_path / "青山村.vledger"
    path.write_bytes(made.read_bytes())
    return path

"""The command line as a person meets it: an exit code, what stands on stdout, what is said on stderr."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.exchange.files import RENT, WATER_BILL, write_csv
from village_ledger.cli.main import main


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    said: str

    @property
    def sentences(self) -> list[str]:
        """Lines on stderr."""
        return self.said.splitlines()


@pytest.fixture
def run(capsys):
    """Run a command in this process; it never shows a traceback."""

    def run(*argv: object) -> Answer:
        capsys.readouterr()
        code = main([str(arg) for arg in argv])
        out, said = capsys.readouterr()
        assert "Traceback" not in out + said
        return Answer(code, out, said)

    return run


@pytest.fixture
def book(tmp_path, run) -> Path:
    """A new book of both ledgers from March 2025."""
    path = tmp_path / "青山村.vledger"
    assert run("new", path, "--village", "青山村", "--start", "2025-03").code == 0
    return path


@pytest.fixture
def two(tmp_path) -> Path:
    """A file of two good vouchers for the collective."""
    return write_csv(tmp_path / "两张.csv", [*WATER_BILL, *RENT])


@pytest.fixture
def posted(book, two, run) -> Path:
    """The book with both vouchers posted."""
    assert run("import", "vouchers", book, two, "--ledger", "collective", "--post").code == 0
    return book

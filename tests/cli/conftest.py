"""The command line as a person meets it: an exit code, what stands on stdout, what is said on stderr."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import made
from tests.exchange.files import RENT, WATER_BILL, write_csv
from village_ledger.cli.main import main
from village_ledger.cli.writing import PIN, PIN_2
from village_ledger.domain.period import Month
from village_ledger.storage.spec import BookSpec

QIAN, WANG, LI, ZHAO = "钱书记", "王秀英", "李建国", "赵平"


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
def book(tmp_path) -> Path:
    """A new book of both ledgers from March 2025, as ``new`` makes it (see test_commands)."""
    return made.new_book(tmp_path, BookSpec("青山村", Month(2025, 3)), "建账")


@pytest.fixture
def two(tmp_path) -> Path:
    """A file of two good vouchers for the collective."""
    return write_csv(tmp_path / "两张.csv", [*WATER_BILL, *RENT])


@pytest.fixture
def posted(book, two, run) -> Path:
    """The book with both vouchers posted."""
    assert run("import", "vouchers", book, two, "--ledger", "collective", "--post").code == 0
    return book


def pin_of(name: str) -> str:
    return f"{name}-1949"


@pytest.fixture
def by(run, monkeypatch):
    """Run a command with the PIN of whoever acts, of a second person, and a new one where it is asked."""

    def by(*argv: object, pin: str = "", second: str = "", new: str = "", recovery: str = ""):
        for variable, value in (
            (PIN, pin),
            (PIN_2, second),
            ("VILLAGE_LEDGER_NEW_PIN", new),
            ("VILLAGE_LEDGER_RECOVERY", recovery),
        ):
            monkeypatch.setenv(variable, value)
        return run(*argv)

    return by


@pytest.fixture
def staffed(book, by) -> Path:
    """The book with an administrator, an accountant, a chief and a cashier."""
    assert by("staff", book, "add", QIAN, "--role", "管理员", new=pin_of(QIAN)).code == 0
    for name, roles in ((WANG, ("制单", "记账")), (LI, ("主管",)), (ZHAO, ("出纳",))):
        given = [word for role in roles for word in ("--role", role)]
        answer = by("staff", book, "add", name, *given, "--by", QIAN, pin=pin_of(QIAN), new=pin_of(name))
        assert answer.code == 0, answer.said
    return book

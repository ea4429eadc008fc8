"""Books of the benchmark, made once by the program's own commands and kept beside the data."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import measure
import workload
import workload_committee
import workload_shares
import workload_works

MAIN = Path(__file__).resolve().parents[2] / "main.py"
PYTHON = sys.executable
LEDGER = "collective"
COMMITTEE = "committee"


def ours(*arguments: str | Path) -> list[str | Path]:
    """A command of ours as a whole process."""
    return [PYTHON, MAIN, *arguments]


def empty_book(path: Path, size: str) -> Path:
    """A new book with the benchmark's accounts and nothing else."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    measure.once(ours("new", path, "--village", "测算村", "--start", "2021-01"))
    measure.once(ours("import", "accounts", path, workload.ensure(size) / "accounts.csv", "--ledger", LEDGER))
    return path


def import_into(path: Path, size: str) -> measure.Run:
    """``import vouchers --post`` as a whole process."""
    vouchers = workload.ensure(size) / "vouchers.csv"
    return measure.once(ours("import", "vouchers", path, vouchers, "--ledger", LEDGER, "--post"))


def book(size: str) -> Path:
    """The book of a size; made again when the program's format changed."""
    path = workload.root() / f"{size}.vledger"
    return kept(path, lambda: import_into(empty_book(path, size), size))


def committee_book(size: str) -> Path:
    """The book in which the committee has the vouchers of a size, made like the others."""
    path = workload.root() / f"{size}, committee.vledger"

    def make() -> None:
        vouchers = workload_committee.ensure(size)
        measure.once(
            ours("import", "vouchers", empty_book(path, "1k"), vouchers, "--ledger", COMMITTEE, "--post")
        )

    return kept(path, make)


def members_book() -> Path:
    """A book of 5,000 members with a class of shares, what decides, a year's income, and no shares yet."""
    path = workload.root() / "members.vledger"

    def make() -> None:
        assembly = ("--body", "assembly", "--eligible", "300", "--present", "250", "--for", "250")
        board = ("--body", "board", "--eligible", "5", "--present", "5", "--for", "5")
        before = ("--date", "2004-12-31", "--published", "2004-12-01", "--subject", "份额")
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        for command in (
            ("new", path, "--village", "测算村", "--start", f"{workload_shares.YEAR}-01"),
            ("import", "vouchers", path, workload_shares.income(), "--ledger", LEDGER, "--post"),
            ("import", "members", path, workload_shares.members()),
            ("share", path, "class", workload_shares.SHARE),
            ("resolution", path, workload_shares.ASSEMBLY, *assembly, *before),
            ("resolution", path, workload_shares.BOARD, *board, *before),
        ):
            measure.once(ours(*command))

    return kept(path, make)


def apply_shares(path: Path, size: str) -> measure.Run:
    """``share apply`` of the events of a size to a new copy of the members' book, as a whole process."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    shutil.copyfile(members_book(), path)
    return measure.once(ours("share", path, "apply", workload_shares.ensure(size)))


def share_book(size: str) -> Path:
    """The book of 5,000 members and the events of a size."""
    path = workload.root() / f"shares {size}.vledger"
    return kept(path, lambda: apply_shares(path, size))


def assets_book() -> Path:
    """A book of 10,000 cards."""
    path = workload.root() / "assets.vledger"
    return kept(path, lambda: _taken_in(path, "assets", workload_works.assets()))


def contracts_book(count: int) -> Path:
    """A book of so many contracts."""
    path = workload.root() / f"contracts {count}.vledger"
    return kept(path, lambda: _taken_in(path, "contracts", workload_works.contracts(count)))


def _taken_in(path: Path, kind: str, file: Path) -> None:
    """A new book with one file imported."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    measure.once(ours("new", path, "--village", "测算村", "--start", f"{workload_works.YEAR}-01"))
    measure.once(ours("import", kind, path, file, "--ledger", LEDGER))


def kept(path: Path, make: Callable[[], object]) -> Path:
    """A book made once, and again when the program's format or the village changed."""
    stamp, now = path.with_suffix(".stamp"), _format()
    if not path.exists() or not stamp.exists() or stamp.read_text() != now:
        make()
        stamp.write_text(now)
    return path


def _format() -> str:
    """Changes whenever the tables or the village do."""
    from hashlib import sha256

    scripts = sorted((MAIN.parent / "village_ledger" / "storage" / "migrations" / "versions").glob("*.sql"))
    return sha256(b"".join(map(Path.read_bytes, scripts)) + str(workload.SEED).encode()).hexdigest()


def available(tool: str) -> bool:
    """Whether a peer is installed (test.sh installs hledger and ledger)."""
    return subprocess.run(["which", tool], capture_output=True, check=False).returncode == 0

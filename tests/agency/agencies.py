"""An agency that keeps the books of several villages, so that tests read like a day at its counter.

Every village's book is its own file with its own id. Where there are staff, 钱书记 administers, 王秀英 prepares and posts,
李建国 is chief and 赵平 is cashier, in each book and at the agency, with one PIN each (``pin_of``).
"""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from tests.builders import LI, QIAN, WANG, ZHAO, Village, pin_of
from village_ledger.domain.agency import AgencyMember, KeptBook, Workspace
from village_ledger.domain.period import Month
from village_ledger.exchange.agency import agency_file
from village_ledger.exchange.agency.agency_staff import Identity, sign_in
from village_ledger.services.book import books
from village_ledger.services.staff import keyring
from village_ledger.storage.spec import BookSpec

OFFICE = "青山镇村账代理服务中心"
QINGSHAN, BAIYUN, HEISHI = "青山村", "白云村", "黑石村"
WORKSPACE = "代管.vlagency"
STAFF = (QIAN, WANG, LI, ZHAO)


@cache
def _template(name: str, *, staffed: bool) -> Path:
    """A village's new book, made once a run; tests work on copies."""
    folder = Path(tempfile.mkdtemp(prefix="agency_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / f"{name}.vledger"
    books.new_book(path, BookSpec(name, Month(2025, 1)), WANG)
    if staffed:
        with Village(path) as village:
            village.hire_four()
    return path


def village_book(folder: Path, name: str, *, staffed: bool = True) -> Path:
    """A new book of a village in a folder; the same village has the same id in every test."""
    return Path(shutil.copyfile(_template(name, staffed=staffed), folder / f"{name}.vledger"))


@cache
def hash_of(name: str) -> str:
    """Somebody's PIN as kept, made once a run."""
    return keyring.hash_pin(pin_of(name))


class Agency:
    """A workspace file and the villages in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def says(self) -> Workspace:
        return agency_file.read_workspace(self.path)

    def kept(self, village: str) -> KeptBook:
        return agency_file.find_book(self.says, village)

    def book(self, village: str) -> Path:
        return agency_file.place_of(self.path, self.kept(village))

    def village(self, village: str) -> Village:
        """The village's book opened as its own people open it."""
        return Village(self.book(village))

    def member(self, name: str) -> AgencyMember:
        return next(one for one in self.says.members if one.name == name)

    def sign_in(self, name: str, pin: str = "") -> Identity:
        return sign_in(self.path, name, pin or pin_of(name))

    def keep(self, file: Path) -> KeptBook:
        return agency_file.keep_book(self.path, file)[0]


def an_agency(folder: Path, *villages: str, staffed: bool = True) -> Agency:
    """A workspace in a folder, with the books of villages beneath it; 钱书记 administers it. Made once, then copied."""
    for path in _made(villages, staffed=staffed):
        shutil.copyfile(path, folder / path.name)
    return Agency(folder / WORKSPACE)


def an_agency_with_work(folder: Path, *villages: str) -> Agency:
    """The same, and in each village a voucher 王秀英 entered in February."""
    agency = an_agency(folder, *villages)
    for name in villages:
        with agency.village(name) as village:
            village.entered("2025-02-03", "收果园承包款", "借 101 6200; 贷 501 6200")
    return agency


@cache
def _made(villages: tuple[str, ...], *, staffed: bool) -> tuple[Path, ...]:
    folder = Path(tempfile.mkdtemp(prefix="agency_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    members = tuple(AgencyMember(name, hash_of(name), administers=name == QIAN) for name in STAFF)
    agency = Agency(folder / WORKSPACE)
    agency_file.create_workspace(agency.path, Workspace(OFFICE, members=members))
    kept = [agency.keep(village_book(folder, name, staffed=staffed)) for name in villages]
    return agency.path, *(folder / one.path for one in kept)


def tampered(book: Path) -> None:
    """A month in a state that nobody of us knows, written by somebody who takes the guards off first."""
    with closing(sqlite3.connect(book, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        names = raw.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='period'"
        ).fetchall()
        for (name,) in names:
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("UPDATE period SET state = 'halfway'")

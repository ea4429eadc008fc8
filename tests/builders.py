"""A village and its books in a few words, so that tests read like bookkeeping.

    village = Village.found(tmp_path)
    rent = village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.reverse(rent, "2025-03-20")

An entry is ``借 113@张三 600``: side, account, ``@`` counterparty, ``#`` project, ``%`` group, ``*`` quantity, amount as typed.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests import made
from village_ledger.domain.chart import Account, Dimension
from village_ledger.domain.duty import Role
from village_ledger.domain.finding import Finding
from village_ledger.domain.imported import ImportedLine, ImportedOpening, ImportedVoucher
from village_ledger.domain.period import Month, MonthState, Span, parse_day
from village_ledger.domain.quantity import parse_quantity
from village_ledger.domain.voucher import Draft, DraftLine, StoredVoucher
from village_ledger.services.book import accounts, openings, verification
from village_ledger.services.entry import (
    bulk,
    corrections,
    drafts,
    one_person_post,
    posting,
    review,
    vouchers,
)
from village_ledger.services.outcome import Outcome
from village_ledger.services.staff import staff
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.reader import Reader
from village_ledger.storage.spec import BookSpec, CommitteeChart
from village_ledger.storage.unit_of_work import UnitOfWork

COLLECTIVE, COMMITTEE = "collective", "committee"
WANG = "王秀英"
"""The village accountant: prepares and posts."""
LI = "李建国"
"""The reviewer."""
ZHAO = "赵平"
"""The township's third pair of eyes; cashier in a village with staff."""

QIAN = "钱书记"
"""The administrator of a village with staff."""


def pin_of(name: str) -> str:
    """The PIN of somebody in a village with staff."""
    return f"{name}-1949"


_ENTRY = re.compile(r"([借贷]) (\w*)(?:@([^#%*\s]*))?(?:#([^%*\s]*))?(?:%([^*\s]*))?(?:\*(\S*))? ?(.*)")


def blank_book(
    folder: Path,
    *,
    start: str = "2025-01",
    single: bool = False,
    name: str = "青山村.vledger",
    committee: CommitteeChart = CommitteeChart.SURPLUS,
) -> Path:
    """A new book of 青山村 in a folder."""
    spec = BookSpec("青山村", Month.parse(start), single=single, committee_chart=committee)
    return made.new_book(folder, spec, WANG, name)


@contextmanager
def mounted(*options: str) -> Iterator[Path | None]:
    """A file system mounted for a test, None where that is not allowed.

    It lies outside pytest's folders: whatever becomes of the run, no later one stumbles over it.
    """
    with tempfile.TemporaryDirectory(prefix="village_", ignore_cleanup_errors=True) as outer:
        folder = Path(outer, "盘")
        folder.mkdir()
        if os.name != "posix" or os.geteuid() != 0 or _run("mount", *options, str(folder)):
            yield None
            return
        try:
            yield folder
        finally:
            _run("umount", "--lazy", str(folder))


def _run(*command: str) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode


@contextmanager
def guards_off(connection: sqlite3.Connection) -> Iterator[None]:
    """Take all triggers off, as somebody with a tool may, and put them back as they stood; within one transaction or none.

    Their rows of the schema go and come back: dropping and making six hundred triggers takes twenty times as long.
    """
    columns = "rowid, type, name, tbl_name, rootpage, sql"
    guards = connection.execute(f"SELECT {columns} FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
    connection.execute("PRAGMA writable_schema=RESET")
    yield
    connection.execute("PRAGMA writable_schema=ON")
    connection.executemany(f"INSERT INTO sqlite_master ({columns}) VALUES (?, ?, ?, ?, ?, ?)", guards)
    connection.execute("PRAGMA writable_schema=RESET")


def line(summary: str, entry: str) -> DraftLine:
    """One line as typed, from ``借 113@张三 600``."""
    match = _ENTRY.fullmatch(entry.strip())
    assert match is not None, entry
    side, account, counterparty, project, group, quantity, amount = match.groups("")
    debit, credit = (amount, "") if side == "借" else ("", amount)
    return DraftLine(summary, account, debit, credit, counterparty, project, group, quantity)


def draft(day: str, summary: str, entries: str, ledger: str = COLLECTIVE, **head: object) -> Draft:
    """A voucher as typed, from ``借 101 600; 贷 501 600``; it has one attachment unless told otherwise."""
    lines = [line(summary, entry) for entry in entries.split(";") if entry.strip()]
    typed = Draft(ledger, day, attachments="1", lines=lines)
    return replace(typed, **head)  # pyright: ignore[reportArgumentType]  fields of a draft by name


def opening(*entries: str) -> list[ImportedOpening]:
    """Rows of an opening document, from ``借 101 1200``."""
    rows: list[ImportedOpening] = []
    for number, entry in enumerate(entries, 2):
        x = line("期初", entry)
        fen = round(float(x.debit or x.credit) * 100)
        debit, credit = (fen, 0) if x.debit else (0, fen)
        quantity = parse_quantity(x.quantity) if x.quantity else 0
        rows.append(
            ImportedOpening(number, x.account, x.counterparty, x.project, debit, credit, quantity=quantity)
        )
    return rows


def in_file(draft_: Draft, number: int, row: int = 2) -> ImportedVoucher:
    """The same voucher as an import file has it."""
    lines = [
        ImportedLine(
            row + place,
            x.summary,
            x.account,
            round(float(x.debit or 0) * 100),
            round(float(x.credit or 0) * 100),
            x.counterparty,
            x.project,
            x.group,
            parse_quantity(x.quantity) if x.quantity else 0,
        )
        for place, x in enumerate(draft_.lines)
    ]
    return ImportedVoucher(
        row, draft_.word, number, parse_day(draft_.day), int(draft_.attachments or 0), lines
    )


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """青山村 from January 2025 on, its book open and empty."""
    with Village.found(tmp_path) as found:
        yield found


@contextmanager
def a_village(committee: CommitteeChart = CommitteeChart.SURPLUS) -> Iterator[Village]:
    """青山村 in a folder of its own, for properties that want a new book each time."""
    with (
        tempfile.TemporaryDirectory(prefix="village_") as folder,
        Village.found(Path(folder), committee=committee) as found,
    ):
        yield found


class Village:
    """One village's book, open, and what its people do with it; every act is one transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: BookFile = open_book(path, Access.WRITE, WANG)
        assert not self.book.read_only, self.book.read_only_reason

    @classmethod
    def found(
        cls,
        folder: Path,
        *,
        start: str = "2025-01",
        single: bool = False,
        committee: CommitteeChart = CommitteeChart.SURPLUS,
    ) -> Self:
        """A new village in a folder."""
        return cls(blank_book(folder, start=start, single=single, committee=committee))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.book.close()

    year = Span.of_year(2025)
    """The year most tests live in."""

    @property
    def reader(self) -> Reader:
        return self.book.reader()

    @contextmanager
    def act(self, by: str = WANG) -> Iterator[UnitOfWork]:
        """One action by a person, who signs in first where there are staff; committed unless it is refused."""
        if self.book.signed_in != by and self.reader.member(by) is not None:
            staff.sign_in(self.book, by, pin_of(by))
        with self.book.unit_of_work(by) as uow:
            yield uow
            uow.commit()

    # Vouchers

    def save(self, typed: Draft, by: str = WANG, draft_id: int | None = None) -> Outcome[StoredVoucher]:
        with self.act(by) as uow:
            return vouchers.save(uow, typed, draft_id)

    def entered(
        self, day: str, summary: str, entries: str, ledger: str = COLLECTIVE, by: str = WANG, **head: object
    ) -> StoredVoucher:
        """A voucher entered and numbered."""
        return self.save(draft(day, summary, entries, ledger, **head), by).value

    def reviewed(
        self, day: str, summary: str, entries: str, ledger: str = COLLECTIVE, **head: object
    ) -> StoredVoucher:
        """A voucher entered by 王秀英 and passed by 李建国."""
        voucher = self.entered(day, summary, entries, ledger, WANG, **head)
        self.review(voucher)
        return self.again(voucher)

    def posted(
        self, day: str, summary: str, entries: str, ledger: str = COLLECTIVE, **head: object
    ) -> StoredVoucher:
        """A voucher entered, passed and posted."""
        voucher = self.reviewed(day, summary, entries, ledger, **head)
        self.post(voucher)
        return self.again(voucher)

    def again(self, voucher: StoredVoucher) -> StoredVoucher:
        """The voucher as the book now holds it."""
        return self.reader.voucher(voucher.id)

    def review(self, *some: StoredVoucher, by: str = LI) -> None:
        with self.act(by) as uow:
            review.pass_vouchers(uow, [v.id for v in some])

    def give_back(self, voucher: StoredVoucher, reason: str, by: str = LI) -> StoredVoucher:
        with self.act(by) as uow:
            return review.give_back(uow, voucher.id, reason).value

    def unreview(self, voucher: StoredVoucher, by: str = LI) -> StoredVoucher:
        with self.act(by) as uow:
            return review.unreview(uow, voucher.id).value

    def post(self, *some: StoredVoucher, by: str = WANG) -> int:
        with self.act(by) as uow:
            return posting.post(uow, [v.id for v in some]).value

    def void(self, voucher: StoredVoucher, reason: str = "填错了", by: str = WANG) -> StoredVoucher:
        with self.act(by) as uow:
            return vouchers.void(uow, voucher.id, reason).value

    def delete_last(self, voucher: StoredVoucher, by: str = WANG) -> None:
        with self.act(by) as uow:
            vouchers.delete_last(uow, voucher.id)

    def resort(self, month: str, ledger: str = COLLECTIVE, word: str = "记") -> int:
        with self.act() as uow:
            return vouchers.resort(uow, ledger, Month.parse(month), word).value

    def reverse(
        self, voucher: StoredVoucher, day: str, reason: str = "科目记错", by: str = WANG
    ) -> StoredVoucher:
        """The red-letter or blue voucher that undoes a posted one; entered, not yet posted."""
        with self.act(by) as uow:
            return corrections.reverse(uow, voucher.ledger, voucher.ref, parse_day(day), reason).value

    def take_in(self, *some: ImportedVoucher, ledger: str = COLLECTIVE, post: bool = True) -> int:
        """Vouchers of an import file."""
        with self.act() as uow:
            return bulk.import_vouchers(uow, ledger, some, post=post).value

    # Staff

    def hire(self, name: str, *roles: str, by: str = QIAN) -> staff.Added:
        """Somebody is registered with roles such as ``制单`` or ``审核@committee``; the first needs no one to do it."""
        given = [(Role.read(role), ledger) for role, _, ledger in (text.partition("@") for text in roles)]
        with self.act(by) as uow:
            return staff.add(uow, name, pin_of(name), given).value

    def hire_four(self) -> str:
        """钱书记 administers, 王秀英 prepares and posts, 李建国 is chief, 赵平 is cashier; returns the recovery code."""
        code = self.hire(QIAN, "管理员").recovery_code
        self.hire(WANG, "制单", "记账")
        self.hire(LI, "主管")
        self.hire(ZHAO, "出纳")
        return code

    # Everything else

    def autosave(self, typed: Draft, draft_id: int | None = None) -> int:
        with self.act() as uow:
            return drafts.autosave(uow, typed, draft_id).value

    def open_with(self, *entries: str, ledger: str = COLLECTIVE) -> None:
        """Enter the opening document."""
        with self.act() as uow:
            openings.set_opening(uow, ledger, opening(*entries))

    def add_account(
        self, parent: str, name: str, ledger: str = COLLECTIVE, demands: frozenset[Dimension] | None = None
    ) -> Account:
        with self.act() as uow:
            return accounts.add(uow, ledger, parent, name, demands=demands).value

    def switch_off(self, code: str, ledger: str = COLLECTIVE) -> None:
        """Stop using an account."""
        with self.act() as uow:
            uow.accounts.update(ledger, code, active=False, demands="")

    def set_month(self, month: str, state: MonthState, ledger: str = COLLECTIVE) -> None:
        with self.act() as uow:
            uow.periods.set_state(ledger, Month.parse(month), state)

    def close_month(self, month: str, ledger: str = COLLECTIVE) -> None:
        self.set_month(month, MonthState.CLOSED, ledger)

    def declare_one_person_post(self, ledger: str = COLLECTIVE, *, declared: bool = True) -> None:
        with self.act() as uow:
            one_person_post.declare(uow, ledger, declared=declared)

    def verify(self) -> list[Finding]:
        """What the program itself finds wrong; tests expect nothing."""
        return verification.inspect(self.book)

    def balance(self, code: str, day: str = "2025-12-31", ledger: str = COLLECTIVE) -> int:
        """Debit minus credit of a leaf at the end of a day, fen, posted vouchers only."""
        span = Span(parse_day(f"{day[:4]}-01-01"), parse_day(day))
        return sum(t.closing for t in self.reader.turnovers(ledger, span) if t.account == code)

    def numbers(self, month: str, ledger: str = COLLECTIVE) -> list[tuple[int, int, str]]:
        """(number, day of the month, state) of a month's vouchers."""
        found = self.reader.vouchers(ledger, month=Month.parse(month))
        return [(v.ref.number, v.day.day, v.state.value) for v in found]

    def raw(self) -> closing[sqlite3.Connection]:
        """A connection that knows nothing of us: foreign keys off, as any SQL tool opens a file."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA recursive_triggers=OFF")
        return closing(connection)

"""Rows of an agency: what waits in sixty villages against six of the same, and the memory that takes; one PIN changed in sixty.

A village has 1,000 posted vouchers of five years and twenty that wait. The list is read from the books themselves each time:
nothing of it is kept. Ten times the villages may cost eleven times: sixty are held against six looked at ten times, so that what
else the machine does falls on both. Memory is one village's however many there are.

A PIN is slow on purpose (argon2). In each book the least is to prove the older one, open the data key with it, hash the new one
and wrap the key again: four times that cost. Before that the older one is held against the book, so that a namesake is not tried
at its door.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import books
import measure
import workload
from rows import Row

from village_ledger.domain.agency import BatchResult, Waiting, Workspace
from village_ledger.domain.duty import Role
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.exchange.agency.agency_file import create_workspace, keep_book, read_workspace
from village_ledger.exchange.agency.agency_people import enrol
from village_ledger.exchange.agency.agency_pins import change_pin
from village_ledger.exchange.agency.agency_staff import found, sign_in
from village_ledger.exchange.agency.agency_todo import gather
from village_ledger.services.book import books as books_of_a_village
from village_ledger.services.entry import vouchers
from village_ledger.services.staff import keyring
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import BookSpec

FEW, MANY, ROUNDS, WAITING = 6, 60, 3, 20
CLERK = "甲"
TODAY = date(2026, 1, 20)


def agency() -> list[Row]:
    """Sixty villages against six, in seconds within a process and in memory of whole processes."""
    few, many = workspace(FEW), workspace(MANY)
    taken = measure.timed_in_turn(
        lambda: _seen(many, MANY), lambda: [_seen(few, FEW) for _ in range(MANY // FEW)], ROUNDS
    )

    def listed(path: Path) -> measure.Run:
        return measure.once(books.ours("agency", path, "todo", "--on", TODAY.isoformat()))

    wide, narrow = measure.in_turn(lambda: listed(many), lambda: listed(few), ROUNDS)
    work = f"to-do list of {MANY} villages"
    return [
        Row(work, f"{MANY // FEW} times that of {FEW}", taken.ours, taken.theirs, "s", 1.1),
        Row(f"{work}, memory", f"of {FEW} villages", wide.mib, narrow.mib, "MiB", 1.1),
    ]


def pins() -> list[Row]:
    """Somebody's PIN changed in sixty villages, against what argon2 alone takes in them."""
    path = _staffed(MANY)
    words = ["qian-mima-1", "hou-mima-2"]

    def changed() -> None:
        _, verdicts = change_pin(path, sign_in(path, CLERK, words[0]), words[1])
        words.reverse()
        if [one.result for one in verdicts] != [BatchResult.DONE] * MANY:
            raise measure.Failed("villages where the PIN was not changed")

    def derived() -> None:
        key = b"k" * 32
        for _ in range(MANY):
            hashed = keyring.hash_pin(words[0])
            if not keyring.pin_matches(words[0], hashed):
                raise measure.Failed("a PIN that is not itself")
            keyring.unwrap(keyring.wrap(key, words[0], "a book"), words[0], "a book")

    taken = measure.timed_in_turn(changed, derived, ROUNDS)
    return [
        Row(f"PIN changed in {MANY} villages", "argon2 four times in each", taken.ours, taken.theirs, "s", 2)
    ]


def _staffed(count: int) -> Path:
    """A workspace of villages that each have the one clerk on their staff, made anew: the run changes it."""
    folder = workload.root() / "agency pins"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "agency.vlagency"
    clerk = found(path, "测算镇代理中心", CLERK, "qian-mima-1")
    for place in range(count):
        book = folder / f"{place:02}.vledger"
        books_of_a_village.new_book(book, BookSpec(f"测算{place:02}村", Month(2025, 1)), CLERK)
        keep_book(path, book)
    enrol(path, clerk, clerk, {kept.uid: [(Role.ADMINISTRATOR, "")] for kept in read_workspace(path).books})
    return path


def _seen(path: Path, count: int) -> None:
    found = gather(path, None, TODAY)
    waiting = [todo for one in found for todo in one.todos if todo.kind is Waiting.REVIEW]
    if len(found) != count or sum(todo.count for todo in waiting) != count * WAITING:
        raise measure.Failed("villages without what waits in them")


def workspace(count: int) -> Path:
    """A workspace of so many villages, made once of copies of one book, each with an id of its own."""
    model = _village()
    folder = workload.root() / f"agency {count}"
    path = folder / "agency.vlagency"
    if path.exists() and path.stat().st_mtime >= model.stat().st_mtime:
        return path
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    create_workspace(path, Workspace("测算镇代理中心"))
    for place in range(count):
        copy = Path(shutil.copyfile(model, folder / f"{place:02}.vledger"))
        _rename(copy, f"测算{place:02}村", f"{place:032x}")
        keep_book(path, copy)
    return path


def _rename(book: Path, village: str, uid: str) -> None:
    """Another village's book: the guard of its first row is taken off and put on again."""
    with closing(sqlite3.connect(book, isolation_level=None)) as raw:
        guards = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'book'"
        ).fetchall()
        for name, _ in guards:
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("UPDATE book SET village = ?, uid = ?", (village, uid))
        for _, sql in guards:
            raw.execute(sql)


def _village() -> Path:
    """The book of 1,000 vouchers with some more that wait."""
    source = books.book("1k")
    path = workload.root() / "agency village.vledger"
    if path.exists() and path.stat().st_mtime >= source.stat().st_mtime:
        return path
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    shutil.copyfile(source, path)
    with open_book(path, Access.WRITE, "甲") as book:
        purse, bank = (account.code for account in book.reader().money_accounts(books.LEDGER)[:2])
        lines = [DraftLine("存现金", bank, "100", ""), DraftLine("存现金", purse, "", "100")]
        for _ in range(WAITING):
            with book.unit_of_work("甲") as uow:
                vouchers.save(uow, Draft(books.LEDGER, "2025-12-31", attachments="1", lines=lines))
                uow.commit()
    return path

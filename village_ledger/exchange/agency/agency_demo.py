"""A demonstration workspace: three villages an agency keeps, made by the services people use, with work that waits today."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from village_ledger.domain.agency import ENDING
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.claim import Claim, ClaimLine, Settle
from village_ledger.domain.errors import BookFileError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.exchange.agency.agency_file import keep_book
from village_ledger.exchange.agency.agency_staff import Identity, found, sign_in
from village_ledger.i18n import tr
from village_ledger.resources_dir import resource
from village_ledger.services.book import openings
from village_ledger.services.book.books import new_book
from village_ledger.services.claims import claims
from village_ledger.services.closing import closing
from village_ledger.services.entry import posting, review, vouchers
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.spec import BookSpec

FOLDER, NAME = "代管演示", f"演示工作区{ENDING}"
"""A folder of its own: the books lie beneath their workspace."""


def open_demo(folder: Path, today: date, progress: Progress = SILENT) -> tuple[Path, Identity]:
    """The demonstration workspace beneath a folder, made first where it is not there; signed in as its one member.

    Raises BookFileError where nothing can be written, PinError once somebody gave the member another PIN.
    """
    path, said = folder / FOLDER / NAME, _said()
    if not path.exists():
        _make(path.parent, said, Month.of(today), progress)
    return path, sign_in(path, said["person"], said["pin"])


def _said() -> dict[str, Any]:
    return tomllib.loads(resource("demo", "agency.toml").read_text(encoding="utf-8"))


def _make(folder: Path, said: dict[str, Any], now: Month, progress: Progress) -> None:
    """Make it beside its place and put it there whole."""
    beside = folder.with_name(f"{folder.name}.new")
    progress.step(0, len(said["village"]), said["office"])
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        found(beside / NAME, said["office"], said["person"], said["pin"])
        for step, village in enumerate(said["village"]):
            progress.step(step, len(said["village"]), village["name"])
            keep_book(beside / NAME, _village(beside, village, said, now), said["person"])
        if folder.is_dir():
            folder.rmdir()  # only an empty one
        beside.rename(folder)
    except OSError as error:
        raise BookFileError(
            tr("没能做演示工作区：{folder} 写不进去", folder=folder.name), tr("请核对磁盘的空间和权限。")
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _village(folder: Path, village: dict[str, Any], said: dict[str, Any], now: Month) -> Path:
    """One village's book: opening, vouchers in every state, months closed, a claim handed in."""
    path = folder / f"{village['name']}.vledger"
    preparer = said["people"]["preparer"]
    begun = _back(now, said["begun"])
    new_book(path, BookSpec(village["name"], begun, is_demo=True), preparer)
    with open_book(path, Access.WRITE, preparer) as book:
        with book.unit_of_work(preparer) as uow:
            for ledger, key in (
                (LedgerKind.COLLECTIVE, "opening"),
                (LedgerKind.COMMITTEE, "committee_opening"),
            ):
                openings.set_opening(uow, ledger.value, _opening(village[key]))
            uow.commit()
        for row in village["lines"]:
            _voucher(book, row, said, now)
        for ago in range(said["begun"], said["begun"] - village["closed"], -1):
            _close(book, _back(now, ago), said["people"]["reviewer"])
        if "claim" in village:
            _hand_in(book, village["claim"], preparer, now)
    return path


def _opening(rows: list[list[str]]) -> list[ImportedOpening]:
    return [
        ImportedOpening(number, account, "", "", parse_fen(debit or "0"), parse_fen(credit or "0"))
        for number, (account, debit, credit) in enumerate(rows, 2)
    ]


def _voucher(book: BookFile, row: list[Any], said: dict[str, Any], now: Month) -> None:
    """Enter a voucher and take it as far as its state says."""
    ago, day, ledger, summary, debit, credit, yuan, state = row
    month = _back(now, ago)
    lines = [DraftLine(summary, debit, yuan, ""), DraftLine(summary, credit, "", yuan)]
    draft = Draft(ledger, date(month.year, month.month, day).isoformat(), attachments="1", lines=lines)
    with book.unit_of_work(said["people"]["preparer"]) as uow:
        stored = vouchers.save(uow, draft).value
        uow.commit()
    if state == "entered":
        return
    with book.unit_of_work(said["people"]["reviewer"]) as uow:
        if state == "returned":
            review.give_back(uow, stored.id, said["returned_for"])
        else:
            review.pass_vouchers(uow, [stored.id])
        uow.commit()
    if state == "posted":
        with book.unit_of_work(said["people"]["preparer"]) as uow:
            posting.post(uow, [stored.id])
            uow.commit()


def _close(book: BookFile, month: Month, by: str) -> None:
    for kind in LedgerKind:
        with book.unit_of_work(by) as uow:
            closing.close(uow, kind.value, month)
            uow.commit()


def _hand_in(book: BookFile, claim: list[Any], by: str, now: Month) -> None:
    """A claim that waits to be booked."""
    claimant, advance, ago, day, summary, account, yuan, approver = claim
    month, ledger = _back(now, ago), LedgerKind.COLLECTIVE.value
    when = date(month.year, month.month, day)
    line = ClaimLine(when, summary, parse_fen(yuan), account, handler=claimant, witness=by, approver=approver)
    with book.unit_of_work(by) as uow:
        claims.register_claimant(uow, ledger, claimant, advance)
        claims.submit(uow, ledger, Claim(claimant, when, Settle.CASH, "101", (line,)))
        uow.commit()


def _back(month: Month, ago: int) -> Month:
    for _ in range(ago):
        month = month.previous()
    return month

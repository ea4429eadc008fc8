"""The demonstration village: plain csv files, taken in by the same imports as anybody's own."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month
from village_ledger.exchange.demos.demo_baiyun import resolve_to_merge
from village_ledger.exchange.demos.demo_january import begin_january
from village_ledger.exchange.demos.demo_members import enrol
from village_ledger.exchange.demos.demo_wall import hang_2025, make_early_sheets
from village_ledger.exchange.demos.demo_works import add_works
from village_ledger.exchange.demos.demo_year import agree_with_banks, close_2025, data
from village_ledger.exchange.import_budget import import_budget
from village_ledger.exchange.setup.import_accounts import import_accounts
from village_ledger.exchange.setup.import_opening import import_opening
from village_ledger.exchange.vouchers.import_vouchers import import_vouchers
from village_ledger.i18n import tr
from village_ledger.reports.request import CASHIER, CHIEF, TELEPHONE
from village_ledger.resources_dir import resource
from village_ledger.services.book.books import new_book
from village_ledger.services.entry import posting
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.spec import BookSpec

_LAST_DAY = date(9999, 12, 31)
_LEDGERS = tuple(kind.value for kind in LedgerKind)


def make_demo(path: Path, progress: Progress = SILENT, *, closed: bool = True, january: bool = True) -> str:
    """Make the demonstration village's book, marked as one; returns the village's name.

    Its accountant enters the vouchers, its supervisor reviews them. 2025 is closed and January 2026 begun; not
    ``closed``, it is the evening of 31 December 2025 before anything of that was done; without ``january`` the year is closed
    and its assembly has resolved to merge with 白云村. Raises LedgerError when the path exists,
    BookFileError when nothing can be written there; a half-made book is not left behind.
    """
    village = data("village.toml")
    people = village["signatures"]
    new_book(path, _spec(village), people["preparer"])
    try:
        with open_book(path, Access.WRITE, people["preparer"]) as book:
            _settle(book, village, people)
            enrol(book, village["members"]["file"], people["preparer"])
            for step, ledger in enumerate(_LEDGERS):
                progress.step(step, len(_LEDGERS), tr("录入演示村"))
                _fill(book, ledger, village[ledger], people["preparer"])
                _post(book, ledger, people)
            if closed:
                agree_with_banks(book, people)
                if january:
                    make_early_sheets(book, people)
                close_2025(book, people, _LEDGERS, progress)
                if january:
                    add_works(book, people, begin_january(book, people))
                    hang_2025(book, people, progress)
                else:
                    resolve_to_merge(book, people["chief"])
    except BaseException:
        for leftover in (path, *(Path(f"{path}{end}") for end in ("-wal", "-shm", ".lock"))):
            with suppress(OSError):
                leftover.unlink()
        raise
    return str(village["village"]["name"])


def _spec(village: dict[str, Any]) -> BookSpec:
    return BookSpec(
        village=village["village"]["name"],
        start=Month.parse(village["village"]["start"]),
        collective_name=village["collective"]["name"],
        collective_code=village["collective"]["code"],
        committee_name=village["committee"]["name"],
        committee_code=village["committee"]["code"],
        is_demo=True,
    )


def _fill(book: BookFile, ledger: str, files: dict[str, Any], by: str) -> None:
    with book.unit_of_work(by) as uow:
        import_accounts(uow, ledger, resource("demo", files["accounts"]))
        import_opening(uow, ledger, resource("demo", files["opening"]))
        import_vouchers(uow, ledger, resource("demo", files["vouchers"]), post=False)
        year, plan = uow.reader.ledger(ledger).start.year, resource("demo", files["budget"])
        import_budget(uow, ledger, plan, year, files["budget_resolution"])
        uow.commit()


def _settle(book: BookFile, village: dict[str, Any], people: dict[str, str]) -> None:
    """What prints name beside the figures: telephone, chief and cashier."""
    with book.unit_of_work(people["preparer"]) as uow:
        uow.settings.set(TELEPHONE, village["village"]["telephone"])
        uow.settings.set(CHIEF, people["chief"])
        uow.settings.set(CASHIER, people["cashier"])
        uow.commit()


def _post(book: BookFile, ledger: str, people: dict[str, str]) -> None:
    with book.unit_of_work(people["poster"]) as uow:
        posting.post_through(uow, ledger, _LAST_DAY, people["reviewer"])
        uow.commit()

"""Books and packages of the review benchmarks: ten years of one village, closed as years are, and a township's villages."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import books
import measure
import workload
import workload_decade

from village_ledger.cli.main import main
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services.closing.closing import close
from village_ledger.services.closing.year_end import close_year
from village_ledger.services.entry import one_person_post, posting, vouchers
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.unit_of_work import UnitOfWork

LAST_MONTH = ("--from", "2025-12-01", "--to", "2025-12-31")
OPEN = Month(2025, 12)
"""The month that still runs; everything before it is closed, years carried forward."""
MASKED = "退承包户押金，卡号6222021234567890123"
"""A text a package may not carry as it is: a number someone typed into a summary."""
VILLAGES = 60
_VILLAGE_VOUCHERS = 400


def decade_book() -> Path:
    """A village's ten years in both ledgers, 30,000 vouchers, closed up to the last month."""
    path = workload.root() / "decade.vledger"

    def make() -> None:
        collective, committee = workload_decade.ensure()
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        measure.once(
            books.ours("new", path, "--village", "测算村", "--start", f"{workload_decade.FIRST:%Y-%m}")
        )
        _take_in(path, books.LEDGER, collective)
        _take_in(path, books.COMMITTEE, committee)
        with open_book(path, Access.WRITE, "甲") as book, book.unit_of_work("甲") as uow:
            _fill_tills(uow)
            for ledger in (books.LEDGER, books.COMMITTEE):
                _close_before(uow, ledger, OPEN)
            uow.commit()

    return books.kept(path, make)


def _take_in(path: Path, ledger: str, file: Path) -> None:
    if ledger == books.LEDGER:
        accounts = workload.ensure("1k") / "accounts.csv"
        measure.once(books.ours("import", "accounts", path, accounts, "--ledger", ledger))
    measure.once(books.ours("import", "vouchers", path, file, "--ledger", ledger, "--post"))


def _fill_tills(uow: UnitOfWork) -> None:
    """Enough in the tills for what the invented village pays out of them, else no month would close."""
    one_person_post.declare(uow, books.LEDGER, declared=True)
    one_person_post.declare(uow, books.COMMITTEE, declared=True)
    lines = [DraftLine("接收集体资产", account, "99999999") for account in ("10101", "10102", workload.BUSY)]
    lines.append(DraftLine(MASKED, "30101", credit="299999997"))
    first = f"{workload_decade.FIRST:%Y-%m-%d}"
    stored = vouchers.save(uow, Draft(books.LEDGER, first, attachments="1", lines=lines)).value
    posting.post(uow, [stored.id])


def _close_before(uow: UnitOfWork, ledger: str, month: Month) -> None:
    for info in uow.reader.months(ledger):
        if info.month >= month:
            return
        close(uow, ledger, info.month)
        if info.month.month == 12:
            close_year(uow, ledger, info.month.year)


def decade_package() -> Path:
    """A package of those ten years with the papers of the last month, made by the command."""
    book = decade_book()
    path = book.with_suffix(".vlpkg")
    return books.kept(path, lambda: _export(book, path))


def _export(book: Path, path: Path) -> None:
    path.unlink(missing_ok=True)
    _run("export", "package", book, "-o", path, *LAST_MONTH, "--by", "甲")


def township() -> Path:
    """A folder of packages of sixty villages, a year of some hundred vouchers each."""
    folder = workload.root() / "township"

    def make() -> None:
        folder.mkdir(exist_ok=True)
        for leftover in folder.iterdir():
            leftover.unlink()
        rows = _year_of_a_village(folder / "vouchers.csv")
        for number in range(1, VILLAGES + 1):
            _village(folder, f"第{number:02d}村", rows)

    books.kept(folder, make)
    return folder


def _year_of_a_village(path: Path) -> Path:
    workload_decade.write(
        path,
        (
            row
            for v in workload.vouchers(_VILLAGE_VOUCHERS, workload_decade.LAST_YEAR)
            for row in workload.voucher_rows(v)
        ),
    )
    return path


def _village(folder: Path, name: str, rows: Path) -> None:
    """A village's package; its book is not kept."""
    book = folder / f"{name}.vledger"
    accounts = workload.ensure("1k") / "accounts.csv"
    _run("new", book, "--village", name, "--start", "2025-01")
    _run("import", "accounts", book, accounts, "--ledger", books.LEDGER)
    _run("import", "vouchers", book, rows, "--ledger", books.LEDGER, "--post")
    _export(book, folder / f"{name}.vlpkg")
    for leftover in folder.glob(f"{book.name}*"):
        leftover.unlink()


def _run(*arguments: str | Path) -> None:
    """A command within this process, silently."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main([str(argument) for argument in arguments])
    if code:
        raise measure.Failed(f"{arguments}\n{said.getvalue()[-2000:]}")

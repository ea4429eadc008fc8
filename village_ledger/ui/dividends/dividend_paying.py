"""Carrying a payment out from its page: the voucher and the bank's file belong together, neither is made without the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.i18n import tr
from village_ledger.services.dividends.dividend_files import Layout
from village_ledger.services.dividends.dividend_payments import Paying, Result, pay
from village_ledger.services.outcome import Outcome
from village_ledger.services.staff.exports import bank_file
from village_ledger.ui.sheets.saving import ask_place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from village_ledger.services.dividends.dividend_results import Waiting
    from village_ledger.storage.dividends.records import DividendPayment
    from village_ledger.storage.people.records import Dividend
    from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be paid: on which day, how, out of which account, and the layout of the bank's file, if one is wanted."""

    dividend: Dividend
    day: date
    method: str
    items: tuple[Paying, ...]
    account: str
    layout: Layout | None


def ask_file(parent: QWidget, wanted: Wanted) -> Path | None:
    """Where the bank's file goes; None when the person thought better of it."""
    return ask_place(parent, tr("{year}年分红代发.xlsx", year=wanted.dividend.year), "xlsx")


def carry_out(uow: UnitOfWork, wanted: Wanted, path: Path | None) -> Outcome[list[DividendPayment]]:
    """Pay it and write the file; where the file cannot be written nothing is paid.

    Raises DividendError, MemberError without the key, OutputError.
    """
    dividend = wanted.dividend
    done = pay(uow, dividend.ledger, dividend.id, wanted.day, wanted.method, wanted.items, wanted.account)
    if path is None or wanted.layout is None:
        return done
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.dividends.dividend import bank_table
    from village_ledger.reports.pens.render_text import write_csv
    from village_ledger.reports.pens.render_xlsx import write_xlsx

    rows = bank_file(uow, dividend, wanted.items, wanted.layout).value
    table = bank_table(issuer_of(uow.reader, dividend.ledger), wanted.layout, rows, dividend.year)
    (write_csv if path.suffix.lower() == ".csv" else write_xlsx)((table,), path)
    return Outcome(done.value, done.changes, (*done.warnings, *table.warnings))


def results_in(path: Path, waiting: Sequence[Waiting]) -> list[Result]:
    """What a bank's file says of what it was told. Raises UnreadableError, ImportRefused naming every row at fault."""
    from village_ledger.exchange.import_dividend_results import read_answers
    from village_ledger.services.dividends.dividend_results import matched

    return matched(waiting, read_answers(path))

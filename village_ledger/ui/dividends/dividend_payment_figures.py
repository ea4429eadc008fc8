"""What the page of paying a dividend shows, read on the worker: what is owed, what the bank has to answer, what was paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Money
from village_ledger.services.dividends.dividend_payments import Due, dues
from village_ledger.services.dividends.dividend_results import Waiting, waiting_for
from village_ledger.ui.widgets.name_search import NameSearch

if TYPE_CHECKING:
    from village_ledger.storage.dividends.records import DividendPayment
    from village_ledger.storage.people.records import Dividend, DividendLine
    from village_ledger.storage.reader import Reader

DUE, WAITING, PAID = "due", "waiting", "paid"
"""The three lists of the page."""


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A payment with the line it was for."""

    payment: DividendPayment
    line: DividendLine


@dataclass(frozen=True, slots=True)
class PaymentFigures:
    """One dividend on its way to its holders; without any there is nothing to pay."""

    years: tuple[int, ...]
    dividend: Dividend | None
    due: tuple[Due, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    paid: tuple[PaidLine, ...] = ()
    groups: Mapping[int, str] | None = None
    """Group of the holder by line."""
    whole: int = 0
    """Fen of every holder."""
    money: tuple[tuple[str, str, Money], ...] = ()
    """Leaves money can leave by: code, words, bank or cash."""

    @property
    def owed(self) -> int:
        """Fen not yet paid."""
        return sum(due.amount for due in self.due)

    def group(self, line: int) -> str:
        """Group of the holder of a line."""
        return (self.groups or {}).get(line, "")


def read_payments(reader: Reader, ledger: str, year: int | None, day: date | None) -> PaymentFigures:
    """The dividend of a year that stands, the newest for none; what is owed of it on a day."""
    with reader.snapshot():
        live = [one for one in reader.dividends(ledger) if one.live]
        years = tuple(sorted({one.year for one in live}, reverse=True))
        chart = reader.chart(ledger)
        money = tuple(
            (one.code, f"{one.code} {chart.path(one.code)}", one.money)
            for one in reader.money_accounts(ledger)
            if one.money is not None
        )
        if not live:
            return PaymentFigures(years, None, money=money)
        dividend = next((one for one in live if one.year == year), live[-1])
        lines = {one.line: one for one in reader.dividend_lines(dividend.id)}
        people = {one.id: one.group for one in reader.people(dividend.record_date)}
        groups = {line: people.get(person, "") for line, person in reader.line_persons(dividend.id).items()}
        return PaymentFigures(
            years,
            dividend,
            tuple(dues(reader, dividend, max(day or dividend.day, dividend.day))),
            tuple(waiting_for(reader, dividend)),
            tuple(PaidLine(one, lines[one.line]) for one in reader.dividend_payments(dividend.id)),
            groups,
            sum(one.amount for one in lines.values() if one.kind != "collective"),
            money,
        )


def found_in(names: Sequence[tuple[str, str]], text: str) -> list[int]:
    """Places of the (household, name) meant: that number, that name, its pinyin; all of them for an empty text."""
    wanted = text.strip()
    if not wanted:
        return list(range(len(names)))
    search = NameSearch((f"{home}~{place}", (name,)) for place, (home, name) in enumerate(names))
    return sorted(int(key.rpartition("~")[2]) for key in search.keys(wanted))

"""The people a sheet of a book may meet, and the sheet as it may hang: masked, under the code of what it says then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.period import Month, Span
from village_ledger.domain.person_names import NameIndex
from village_ledger.reports.disclosure.catalogue_disclosure import public_payees
from village_ledger.reports.disclosure.privacy import Known, for_public
from village_ledger.reports.disclosure.privacy_rules import privacy_rules
from village_ledger.reports.disclosure.special_rules import specials
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


class Publishing:
    """Masks the sheets of one state of a book; people are read once for all of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._people: dict[date, Known] = {}
        self._known: dict[tuple[str, Span], Known] = {}

    def publish(self, table: Table) -> Table:
        """A sheet as all may read it, with the check code of what it says."""
        if table.span is None:
            return table
        shown = for_public(table, self.known(table.ledger, table.span), privacy_rules())
        return with_code(shown, self._reader.book().uid) if table.check_code is not None else shown

    def known(self, ledger: str, span: Span) -> Known:
        """The people of a ledger's sheets of some days."""
        if (ledger, span) not in self._known:
            if span.last not in self._people:
                self._people[span.last] = _people_of(self._reader, span.last)
            everybody = self._people[span.last]
            self._known[ledger, span] = replace(
                everybody,
                staff=everybody.staff | _answering(self._reader, ledger, span),
                relief=_relief(self._reader, ledger, span),
            )
        return self._known[ledger, span]


def _people_of(reader: Reader, day: date) -> Known:
    people = reader.people(day)
    households: dict[str, str] = {}
    twice: set[str] = set()
    for one in people:
        if one.name in households and households[one.name] != one.household:
            twice.add(one.name)
        households[one.name] = one.household
    return Known(
        index=NameIndex.of(one.name for one in people),
        households={name: code for name, code in households.items() if name not in twice},
        children=public_payees(reader, day),
        staff=frozenset(one.name for one in reader.staff()),
    )


def _answering(reader: Reader, ledger: str, span: Span) -> frozenset[str]:
    """Who let a warning pass or reopened a month, in villages without staff too: they answer for it by name."""
    first, last = Month.of(span.first), Month.of(span.last)
    names = {one.by for one in reader.standing_waivers(ledger, first, last)}
    for one in reader.reopenings(ledger, first, last):
        names |= {one.by, one.approved_by}
    return frozenset(names)


def _relief(reader: Reader, ledger: str, span: Span) -> frozenset[tuple[str, str]]:
    """Vouchers and accounts of relief: rows that lead to them tell of people who were helped."""
    chart, chart_id = reader.chart(ledger), reader.ledger(ledger).chart_id
    leaves: Sequence[str] = [
        leaf for one in specials().values() if one.masked for leaf in one.leaves(chart_id, chart)
    ]
    vouchers = {("voucher", str(entry.voucher_id)) for entry in reader.entries(ledger, leaves, span)}
    return frozenset(vouchers | {("account", leaf) for leaf in leaves})

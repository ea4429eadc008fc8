"""How each contract stood on the last day of a sheet: what was let to whom for how much, what fell due, came in, is owed.

Only what the books had posted by that day counts, and only changes made by then: the same sheet comes out again later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.contract import InForce, Status, in_force, item_area_text
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.rent_schedule import rent_rows_due, year_rent
from village_ledger.storage.contracts.records import RECEIVED

if TYPE_CHECKING:
    from village_ledger.storage.contracts.records import RentLink, StoredContract
    from village_ledger.storage.reader import Reader

_AREA = 10_000
"""Areas are kept in this part of their unit."""


@dataclass(frozen=True, slots=True)
class Let:
    """A contract on the last day of a span, fen."""

    stored: StoredContract
    terms: InForce
    status: Status
    party: str
    year_rent: int
    in_force: bool
    due: int
    """What fell due in the span."""
    received: int
    """What came in for it in the span."""
    owed: int
    """What had fallen due by the last day and had not come in."""
    is_new: bool
    """Whether it was signed, or began, in the span."""

    @property
    def number(self) -> str:
        """The contract's number."""
        return self.stored.number

    @property
    def codes(self) -> tuple[str, ...]:
        """Cards and parcels it lets."""
        return tuple(item.code for item in self.stored.contract.items if item.code)

    @property
    def area(self) -> str:
        """30亩."""
        return "、".join(f"{item_area_text(x.area)}{x.unit}" for x in self.stored.contract.items if x.area)

    @property
    def unit_price(self) -> str:
        """A year's rent for one unit of area, 400.00元/亩; empty where no area, or several, are named."""
        items = [item for item in self.stored.contract.items if item.area]
        if len(items) != 1 or len(self.stored.contract.items) != 1:
            return ""
        each = (2 * self.year_rent * _AREA + items[0].area) // (2 * items[0].area)
        return f"{format_fen(each)}元/{items[0].unit}"

    @property
    def tender(self) -> str:
        """How the party was found: 公开竞价，底价 12,000.00，平台号 …, 3 家报价."""
        papers = self.stored.contract.papers
        return "，".join(
            filter(
                None,
                (
                    papers.way,
                    f"底价 {format_fen(papers.floor)}" if papers.floor else "",
                    f"平台 {papers.platform_number}" if papers.platform_number else "",
                    papers.vote,
                    f"备案 {papers.filing}" if papers.filing else "",
                ),
            )
        )

    @property
    def kept_since(self) -> date | None:
        """From when on its rent is kept in this book, where that is said."""
        return self.stored.contract.kept_from


def lets(reader: Reader, ledger: str, span: Span) -> list[Let]:
    """Contracts that ran in a span, were signed in it, or still owe at its end; by number."""
    stored = reader.contracts(ledger)
    links = reader.rent_links([one.id for one in stored])
    kept = reader.ledger(ledger).start.first
    found: list[Let] = []
    for one in stored:
        let = _let(one, links.get(one.id, ()), kept, span)
        ran = let.terms.terms.start <= span.last and let.terms.end >= span.first
        if let.status is not Status.DRAFT and (ran or let.is_new or let.owed or let.received):
            found.append(let)
    return found


def by_code(some: Sequence[Let], day: date) -> Mapping[str, list[Let]]:
    """The lets in force on a day, or still owing, by card and parcel."""
    found: dict[str, list[Let]] = {}
    for one in some:
        if one.in_force or (one.owed and one.terms.terms.start <= day):
            for code in one.codes:
                found.setdefault(code, []).append(one)
    return found


def _let(one: StoredContract, links: Sequence[RentLink], kept: date, span: Span) -> Let:
    last, contract = span.last, one.contract
    changes = [change for change in one.changes if change.day <= last]
    now = in_force(contract, changes)
    status = changes[-1].status if changes else Status.DRAFT
    if not changes and contract.papers.signed_on is not None and contract.papers.signed_on <= last:
        status = one.status
    came: dict[date, int] = {}
    received = 0
    for link in links:
        if link.stands and link.posted and link.kind in RECEIVED and link.day <= last:
            came[link.first] = came.get(link.first, 0) + link.amount
            received += link.amount if span.first <= link.day else 0
    rows = rent_rows_due(now.terms, contract.kept_from or kept, last)
    begun = now.terms.start <= last <= now.end
    day = min(max(last, now.terms.start), now.end)
    signed = contract.papers.signed_on or now.terms.start
    return Let(
        one,
        now,
        status,
        now.party_on(day)[0],
        year_rent(now.terms, day),
        begun and not status.over,
        sum(row.amount for row in rows if span.first <= row.due),
        received,
        sum(max(row.amount - came.get(row.first, 0), 0) for row in rows),
        span.first <= signed <= last,
    )

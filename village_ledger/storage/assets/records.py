"""What reading asset cards hands out, and the digests by which their rows are known again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from village_ledger.domain.asset import (
    AssetEventKind,
    AssetKind,
    Card,
    Facts,
    Method,
    Source,
    Status,
    Use,
)
from village_ledger.domain.chain import FIELD
from village_ledger.domain.period import Month
from village_ledger.storage.queries import Record, day_of

CARD_COLUMNS = (
    "name, kind, category, cost, salvage, in_use, acquired, method, months, units, opening, as_of, units_before, "
    "since, months_left, source, spec, quantity, certificate, project, quantified, note, withdrawn"
)
FACT_COLUMNS = "use, status, place, keeper, user, charge"


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card as the book holds it, with the first month it is charged here."""

    id: int
    ledger: str
    card: Card
    since: Month
    months_left: int
    version: int = 1
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """An asset at the end of a day: its figures in fen, and what is said of it then."""

    stored: StoredCard
    facts: Facts
    cost: int
    salvage: int
    accumulated: int
    gone_on: date | None = None

    @property
    def card(self) -> Card:
        """The card it entered with."""
        return self.stored.card

    @property
    def net(self) -> int:
        """What is left of its value."""
        return self.cost - self.accumulated

    @property
    def status(self) -> Status:
        """How it stands; gone once it was disposed of."""
        return Status.GONE if self.gone_on else self.facts.status

    @property
    def is_worn_out(self) -> bool:
        """Whether all that may be taken from it has been."""
        return self.card.method is not Method.NONE and self.accumulated >= self.cost - self.salvage


@dataclass(frozen=True, slots=True)
class AssetEvent:
    """What happened to an asset; ``counts`` while its voucher does, ``vouchers`` as people name them."""

    id: int
    asset_id: int
    day: date
    kind: AssetEventKind
    cost: int
    salvage: int
    taken: int
    months: int
    units: int
    proceeds: int
    way: str
    party: str
    basis: str
    note: str
    other_id: int | None
    by: str
    vouchers: tuple[str, ...]
    counts: bool
    voucher_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedFacts:
    """Facts and the day from which they hold."""

    day: date
    facts: Facts
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class ChargedMonth:
    """What one asset bore in a month, and on which voucher."""

    month: Month
    amount: int
    expense: str
    voucher_id: int
    voucher: str


@dataclass(frozen=True, slots=True)
class Run:
    """A month's depreciation that counts."""

    id: int
    month: Month
    whole: bool
    total: int
    voucher_id: int
    voucher: str
    posted: bool
    by: str


@dataclass(frozen=True, slots=True)
class VoucherAsset:
    """A card a voucher has to do with: how it is named, and what the voucher did to it."""

    ledger: str
    code: str
    name: str
    what: str


class ChargeRow(NamedTuple):
    """What is needed to charge one asset for a month; months as keys of the book, amounts in fen."""

    asset_id: int
    code: str
    name: str
    kind: str
    category: str
    method: str
    cost: int
    salvage: int
    opening: int
    since: str
    months_left: int
    months: int
    units: int
    units_before: int
    use: str
    charge: str
    """Account charged where its use does not decide."""


@dataclass(frozen=True, slots=True)
class Charging:
    """Everything a month's depreciation is worked out from, read at once; dictionaries by the asset's id."""

    rows: list[ChargeRow]
    taken: dict[int, int]
    """What was taken in all months that count."""
    used: dict[int, int]
    """Units worked from the card's first month through the month."""
    skipped: frozenset[int]
    """Assets that are gone, or have borne the month already."""
    events: dict[int, list[AssetEvent]]
    """Earlier events that count of the few assets that have any."""
    months: dict[int, list[tuple[str, int]]]
    """Months and amounts of those with events."""
    worked: dict[int, list[tuple[str, int]]]
    """Months and units of those with events."""


def card_values(
    card: Card, since: Month, months_left: int, units_before: int, *, withdrawn: bool = False
) -> tuple[object, ...]:
    """A card in the order of ``CARD_COLUMNS``."""
    return (
        card.name,
        card.kind.value,
        card.filed_as,
        card.cost,
        card.salvage,
        card.in_use.isoformat(),
        card.entered_on.isoformat(),
        card.method.value,
        card.months,
        card.units,
        card.opening,
        str(card.as_of or ""),
        units_before,
        str(since),
        months_left,
        card.source.value,
        card.spec,
        card.quantity,
        card.certificate,
        card.project,
        int(card.quantified),
        card.note,
        int(withdrawn),
    )


def stored_card(ledger: str, row: Record) -> StoredCard:
    """A card from id, code, version and ``CARD_COLUMNS``."""
    asset_id, code, version, name, kind, category, cost, salvage, in_use, acquired, *rest = row
    method, months, units, opening, as_of, before, since, months_left, source, *texts = rest
    spec, quantity, certificate, project, quantified, note, withdrawn = texts
    card = Card(
        code,
        name,
        AssetKind(kind),
        cost,
        day_of(in_use),
        category,
        salvage,
        Method(method),
        months,
        units,
        opening,
        Month.parse(as_of) if as_of else None,
        before,
        day_of(acquired),
        Source(source),
        spec,
        quantity,
        certificate,
        project,
        bool(quantified),
        note,
    )
    return StoredCard(asset_id, ledger, card, Month.parse(since), months_left, version, bool(withdrawn))


def event_of(row: Record, links: Sequence[tuple[int, str, bool]] = ()) -> AssetEvent:
    """An event from its columns and its vouchers as (id, ref, whether it counts)."""
    event_id, asset_id, day, kind, cost, salvage, taken, months, units, proceeds, *texts = row
    way, party, basis, note, other_id, by = texts
    free = AssetEventKind(kind) in (AssetEventKind.ACQUIRE, AssetEventKind.REVISE)
    return AssetEvent(
        event_id,
        asset_id,
        day_of(day),
        AssetEventKind(kind),
        cost,
        salvage,
        taken,
        months,
        units,
        proceeds,
        way,
        party,
        basis,
        note,
        other_id,
        by,
        tuple(ref for _, ref, _ in links),
        free or any(counts for _, _, counts in links),
        tuple(i for i, _, _ in links),
    )


def facts_of(row: Sequence[Any]) -> Facts:
    """Facts from ``FACT_COLUMNS``."""
    use, status, place, keeper, user, charge = row
    return Facts(Use(use), Status(status), place, keeper, user, charge)


def fact_values(facts: Facts) -> tuple[str, ...]:
    """Facts in the order of ``FACT_COLUMNS``."""
    return (facts.use.value, facts.status.value, facts.place, facts.keeper, facts.user, facts.charge)


def row_digest(*values: object) -> bytes:
    """Digest of a row's values."""
    return sha256(FIELD.join(map(str, values)).encode()).digest()


def joined_digest(digests: Iterable[bytes]) -> bytes:
    """One digest over many, in order."""
    return sha256(b"".join(digests)).digest()


def mark(digest: bytes) -> str:
    """A digest as the operation log names it."""
    return f"摘要{digest.hex()[:16]}"

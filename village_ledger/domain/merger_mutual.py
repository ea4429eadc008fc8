"""Claims and debts between villages that become one (往来抵销): found by name, eliminated up to what both agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.merger import Decisions, MutualClaim, OldBalance, Source
from village_ledger.domain.money import format_fen

Body = tuple[int, LedgerKind]
"""One of the two bodies of a source."""


class Part(NamedTuple):
    """A part of an old balance: whose it is, and what the mutual claims say of it."""

    source: Source
    ledger: LedgerKind
    old: OldBalance
    pair: int = 0
    other: Body | None = None
    """The merged body it is with, where both agree."""
    eliminated: bool = False
    to: tuple[str, str] | None = None
    """The account or account above and the name of a sub-account, where a balance was split by hand."""


class Settled(NamedTuple):
    """All balances in parts, and the mutual claims that were found."""

    parts: tuple[Part, ...]
    claims: tuple[MutualClaim, ...]


def bodies(sources: Sequence[Source], decided: Decisions) -> Mapping[tuple[int, str, LedgerKind], Body]:
    """(whose ledger, name of the counterparty, kind of the ledger) → the body of a merged village that is meant."""
    found: dict[tuple[int, str, LedgerKind], Body] = {}
    for ours, theirs, kind in product(sources, sources, LedgerKind):
        for name, which in _names(theirs, kind, own=ours.number == theirs.number):
            if name:
                found.setdefault((ours.number, name, kind), (theirs.number, which))
    by_village = {one.village: one.number for one in sources}
    for (village, old), new in decided.parties.items():
        number = by_village.get(village, 0)
        for kind in LedgerKind:
            if (number, new, kind) in found:
                found[number, old, kind] = found[number, new, kind]
    return found


def _names(one: Source, kind: LedgerKind, *, own: bool) -> Iterator[tuple[str, LedgerKind]]:
    """What the bodies of a village are called in a ledger of a kind; in its own only the other one is meant."""
    for which in LedgerKind:
        if not own or which is not kind:
            yield one.entity(which), which
    if own:
        return
    yield one.village, kind
    for ending in ("村委会", "村民委员会", "委会", "民委员会"):
        yield f"{one.village}{ending}", LedgerKind.COMMITTEE
    for ending in ("集体", "股份经济合作社", "经济合作社", "股份经济合作联合社"):
        yield f"{one.village}{ending}", LedgerKind.COLLECTIVE


def settle(sources: Sequence[Source], decided: Decisions) -> Settled:
    """The villages' own balances in parts; mutual claims within one ledger eliminated, those across kept between the new two."""
    known = bodies(sources, decided)
    rest: list[Part] = []
    sides: dict[tuple[Body, Body, bool], list[Part]] = {}
    for source in sources:
        for ledger in filter(None, map(source.ledger, LedgerKind)):
            for old in ledger.balances:
                part = Part(source, ledger.kind, old)
                other = known.get((source.number, old.party, ledger.kind)) if old.party else None
                if other is None or other[0] == source.number or not old.balance:
                    rest.append(part)
                else:
                    sides.setdefault(((source.number, ledger.kind), other, old.balance > 0), []).append(part)
    villages = {one.number: one for one in sources}
    every = [(one.number, kind) for one in sources for kind in LedgerKind]
    claims: list[MutualClaim] = []
    for first, second in combinations(every, 2):
        if first[0] == second[0]:
            continue
        for creditor, debtor in ((first, second), (second, first)):
            mine, theirs = sides.pop((creditor, debtor, True), []), sides.pop((debtor, creditor, False), [])
            if not mine and not theirs:
                continue
            claim = MutualClaim(
                len(claims) + 1,
                villages[creditor[0]].village,
                creditor[1].value,
                sum(part.old.balance for part in mine),
                villages[debtor[0]].village,
                debtor[1].value,
                -sum(part.old.balance for part in theirs),
            )
            claims.append(claim)
            rest += _agreed(mine, claim, debtor)
            rest += _agreed(theirs, claim, creditor)
    rest += [part for parts in sides.values() for part in parts]
    return Settled(tuple(rest), tuple(claims))


def _agreed(parts: Sequence[Part], claim: MutualClaim, other: Body) -> Iterator[Part]:
    """What is agreed on taken off in the order of accounts; what differs stays as it was."""
    left = claim.equal
    for part in sorted(parts, key=lambda one: one.old[:3]):
        old = part.old
        taken = min(left, abs(old.balance))
        left -= taken
        signed = taken if old.balance > 0 else -taken
        whole = signed == old.balance
        if taken:
            gone = part._replace(pair=claim.pair, other=other, eliminated=claim.within_one_ledger)
            if claim.within_one_ledger:  # what moved in the year stays with what is left, if it is nothing
                yield gone._replace(old=old._replace(balance=signed, year_debit=0, year_credit=0, quantity=0))
                if not whole or old.year_debit or old.year_credit:
                    yield part._replace(old=old._replace(balance=old.balance - signed))
                continue
            if whole:
                yield gone
                continue
            yield gone._replace(old=old._replace(balance=signed, year_debit=0, year_credit=0, quantity=0))
            yield part._replace(old=old._replace(balance=old.balance - signed))
        else:
            yield part


def differences(claims: Sequence[MutualClaim]) -> list[str]:
    """A sentence for each pair that does not agree, with both figures."""
    words = {LedgerKind.COLLECTIVE.value: "集体账", LedgerKind.COMMITTEE.value: "村委会账"}
    return [
        f"{one.creditor}{words[one.creditor_ledger]}应收{one.debtor} {format_fen(one.claim)}，"
        f"{one.debtor}{words[one.debtor_ledger]}应付{one.creditor} {format_fen(one.debt)}，"
        f"相差 {format_fen(abs(one.claim - one.debt))}"
        for one in claims
        if one.differs
    ]

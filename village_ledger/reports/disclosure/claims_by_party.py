"""Claims and debts of a span by name: one-sided where the account is kept by counterparty, members together by household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.ageing import BEFORE, aged, oldest
from village_ledger.domain.chart import Account, Chart, Dimension
from village_ledger.domain.disclosure_items import ClassKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.reports.disclosure.sheet_d import Claim

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

Standings = dict[tuple[str, str], "Standing"]
"""(leaf, counterparty) to what stands there; the name is empty for a leaf kept without names."""


def claim_leaves(chart_id: str, chart: Chart) -> list[Account]:
    """Leaves of the class of claims and debts."""
    covers = tuple(
        code for one in items_for(chart_id).classes if one.kind is ClassKind.CLAIM for code in one.covers
    )
    return [account for account in chart if account.is_leaf and account.code.startswith(covers)]


def kept_by_party(chart: Chart) -> list[str]:
    """Leaves kept by counterparty (112, 113, 211 …): what one owes never hides what is owed to another."""
    return [account.code for account in chart if account.is_leaf and _asks_for_party(chart, account)]


def _asks_for_party(chart: Chart, account: Account) -> bool:
    while Dimension.COUNTERPARTY not in account.demands:
        if not account.parent:
            return False
        account = chart.get(account.parent)
    return True


@dataclass(slots=True)
class Standing:
    """What stands on a leaf with a counterparty, debit − credit, fen."""

    opening: int = 0
    debit: int = 0
    credit: int = 0
    closing: int = 0
    months: list[tuple[Month, int, int]] = field(default_factory=list[tuple[Month, int, int]])
    parties: tuple[str, ...] = ()
    """As the books name them; none for what stands without a name."""

    def add(self, other: Standing) -> None:
        """Take in what stands with another member of the household."""
        self.opening += other.opening
        self.debit += other.debit
        self.credit += other.credit
        self.closing += other.closing
        self.months += other.months
        self.parties += other.parties


def standings(reader: Reader, ledger: str, chart: Chart, leaves: Sequence[Account], span: Span) -> Standings:
    """Every claim and debt of a span."""
    by_party = set(kept_by_party(chart))
    codes = [leaf.code for leaf in leaves if leaf.code in by_party]
    found: Standings = {}
    for row in reader.party_months(ledger, codes, span.last):
        one = found.setdefault((row.account, row.party), Standing(parties=(row.party,)))
        one.closing += row.debit - row.credit
        one.debit += row.debit
        one.credit += row.credit
        if row.month:
            one.months.append((Month.parse(row.month), row.debit, row.credit))
    for row in reader.party_months(ledger, codes, span.first - timedelta(days=1)):
        one = found[row.account, row.party]
        one.opening += row.debit - row.credit
        one.debit -= row.debit
        one.credit -= row.credit
    for line in reader.turnovers(ledger, span):
        if line.account in {leaf.code for leaf in leaves}:
            whole = Standing(line.opening, line.debit, line.credit, line.closing)
            _add_nameless(found, line.account, whole)
    return found


def _add_nameless(found: Standings, account: str, whole: Standing) -> None:
    """What the leaf has beyond its named counterparties; all of it where it is kept without names."""
    rest = Standing(whole.opening, whole.debit, whole.credit, whole.closing)
    for (code, _), one in found.items():
        if code == account:
            rest.add(Standing(-one.opening, -one.debit, -one.credit, -one.closing))
    if rest.opening or rest.debit or rest.credit or rest.closing:
        found[account, ""] = rest


def claims(
    chart: Chart, standing: Standings, shown: Mapping[str, str], at: Month, *, debit: bool
) -> list[Claim]:
    """One side, the largest first: whoever is owed at the beginning or the end."""
    sign = 1 if debit else -1
    sided = {key: one for key, one in standing.items() if sign * one.opening > 0 or sign * one.closing > 0}
    found: list[Claim] = []
    for (code, name), one in _households(sided, shown).items():
        opening, closing = max(sign * one.opening, 0), max(sign * one.closing, 0)
        added, settled = (one.debit, one.credit) if debit else (one.credit, one.debit)
        if opening + added - settled != closing:  # it changed sides meanwhile
            added, settled = max(closing - opening, 0), max(opening - closing, 0)
        account = chart.get(code)
        increases = [(month, d if debit else c) for month, d, c in one.months]
        age = _age(closing, increases, at) if name else ""
        since = _since(closing, increases) if name else ""
        called = name or account.name
        found.append(
            Claim(code, called, account.name, opening, added, settled, closing, age, since, one.parties)
        )
    return sorted(found, key=lambda one: (-one.closing, one.account, one.name))


def _households(standing: Standings, shown: Mapping[str, str]) -> Standings:
    """Members (户编号/姓名) of one household together on each leaf: under-14s stand in it only (个人信息保护法 art. 28)."""
    members: dict[tuple[str, str], list[tuple[str, Standing]]] = {}
    grouped: Standings = {}
    for (code, party), one in standing.items():
        household, slash, name = party.partition("/")
        if slash:
            members.setdefault((code, household), []).append((name if party not in shown else "", one))
        else:
            grouped[code, shown.get(party, party)] = one
    for (code, household), some in members.items():
        together = Standing()
        for _, one in some:
            together.add(one)
        grouped[code, _called(household, [name for name, _ in some if name], len(some))] = together
    return grouped


def _called(household: str, adults: Sequence[str], count: int) -> str:
    """001户 何世全等4人."""
    if not adults:
        return f"{household}户"
    return f"{household}户 {adults[0]}" + (f"等{count}人" if count > 1 else "")


def _since(balance: int, increases: Iterable[tuple[Month, int]]) -> str:
    """When the oldest part of what is owed arose: 2025-03."""
    if balance <= 0:
        return ""
    month = oldest(balance, increases)
    return str(month) if month else BEFORE


def _age(balance: int, increases: Iterable[tuple[Month, int]], at: Month) -> str:
    buckets = aged(balance, increases, at)
    if len(buckets) == 1:
        return next(iter(buckets))
    return "，".join(f"{bucket} {format_fen(fen)}" for bucket, fen in buckets.items())

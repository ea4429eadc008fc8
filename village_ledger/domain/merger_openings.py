"""From settled balances to opening documents: accounts mapped, names kept apart where they mean two, sums by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from village_ledger.domain.chart import Chart, Dimension, LedgerKind
from village_ledger.domain.errors import ChartError
from village_ledger.domain.merger import (
    Decisions,
    Matter,
    MutualClaim,
    NewCode,
    OldBalance,
    OldLedger,
    Opening,
    Origin,
    Source,
)
from village_ledger.domain.merger_accounts import Placed, keep_apart, place_accounts, renamed, split_parents
from village_ledger.domain.merger_mutual import Part, bodies, settle
from village_ledger.domain.money import format_fen

EQUITY = frozenset({"所有者权益", "净资产"})
_OPEN_PARTY, _OPEN_PROJECT = "原账未分户", "原账未分项目"


@dataclass(slots=True)
class MergerPlan:
    """Everything the new ledgers begin with, and what must be said of it."""

    charts: dict[str, Placed] = field(default_factory=dict[str, Placed])
    origins: list[Origin] = field(default_factory=list[Origin])
    openings: list[Opening] = field(default_factory=list[Opening])
    claims: tuple[MutualClaim, ...] = ()
    codes: list[NewCode] = field(default_factory=list[NewCode])
    matters: list[Matter] = field(default_factory=list[Matter])
    faults: list[str] = field(default_factory=list[str])


def merge_plan(
    sources: Sequence[Source],
    charts: Mapping[LedgerKind, Chart],
    entities: Mapping[LedgerKind, str],
    decided: Decisions,
) -> MergerPlan:
    """Option C: the villages' own ledgers of a kind into the new one of that kind; ``entities`` are the new bodies' names.

    Ledgers of groups and teams stay apart (``apart_plan``): what belongs to a group is not the village's to merge.
    """
    plan = MergerPlan()
    settled = settle(sources, decided)
    plan.claims = settled.claims
    names = _Names(sources, entities, decided)
    for kind, chart in charts.items():
        olds = [
            (one.number, one.village, ledger) for one in sources if (ledger := one.ledger(kind)) is not None
        ]
        placed = place_accounts(chart, olds, decided)
        plan.faults += placed.faults
        if placed.faults:
            continue
        parts, faults = split_by_hand([part for part in settled.parts if part.ledger is kind], decided)
        faults += _make_room(placed, parts)
        split_parents(placed, olds)
        plan.faults += faults
        if faults:
            continue
        origins = _origins(placed, kind, parts, names, plan.matters)
        plan.origins += origins
        plan.openings += sums(origins)
        plan.charts[kind.value] = placed
        plan.codes += [
            NewCode(number, "account", _ledger_of(olds, number), old, code, name)
            for (number, old), (code, name) in renamed(placed, olds).items()
        ]
    plan.codes += names.changed()
    return plan


def apart_plan(sources: Sequence[Source], ledgers: Mapping[tuple[int, str], str]) -> MergerPlan:
    """Old ledgers that go on as they are; ``ledgers`` says which (number, old code), and under which code."""
    plan = MergerPlan()
    for source in sources:
        for ledger in source.ledgers:
            new = ledgers.get((source.number, ledger.code))
            if new is None:
                continue
            origins = [
                Origin(
                    source.number,
                    ledger.code,
                    old,
                    ledger.chart.get(old.account).name,
                    new,
                    old.account,
                    old.party,
                    old.project,
                )
                for old in ledger.balances
            ]
            plan.origins += origins
            plan.openings += sums(origins)
            plan.codes.append(NewCode(source.number, "ledger", "", ledger.code, new, ledger.entity))
    return plan


def sums(origins: Iterable[Origin]) -> list[Opening]:
    """What is kept, by place; places at which nothing stands and nothing moved are left out."""
    found: dict[tuple[str, str, str, str], list[int]] = {}
    for one in origins:
        if one.eliminated:
            continue
        entry = found.setdefault(one.place, [0, 0, 0, 0])
        for place, amount in enumerate(one.old[3:]):
            entry[place] += amount
    return [Opening(*place, *entry) for place, entry in sorted(found.items()) if any(entry)]


def _ledger_of(olds: Sequence[tuple[int, str, OldLedger]], number: int) -> str:
    return next(ledger.code for i, _, ledger in olds if i == number)


class _Names:
    """What counterparties and projects of each village are called in the new books."""

    def __init__(
        self, sources: Sequence[Source], entities: Mapping[LedgerKind, str], decided: Decisions
    ) -> None:
        self._entities, self._decided = entities, decided
        self._bodies = bodies(sources, decided)
        self._villages = {one.number: one.village for one in sources}
        self._people = {one.number: one.people for one in sources}
        self._households = {one.number: one.households for one in sources}
        self._taken: dict[tuple[str, str], int] = {}
        self._new: dict[tuple[int, str, str], str] = {}

    def party(self, part: Part) -> str:
        """A counterparty: the new body for one of the merged ones, somebody of the register apart from a namesake."""
        number, old = part.source.number, part.old.party
        if part.other is not None:
            return self._keep(number, "party", old, self._entities[part.other[1]])
        body = self._bodies.get((number, old, part.ledger))
        if body is not None and body[0] == number:
            return self._keep(number, "party", old, self._entities[body[1]])
        if not old or body is not None:
            return old
        decided = self._decided.parties.get((self._villages[number], old))
        if decided is not None:
            return self._keep(number, "party", old, decided)
        household, slash, name = old.partition("/")
        if slash:
            moved = self._households[number].get(household, household)
            return self._keep(number, "party", old, f"{moved}/{name}")
        is_person = any(old in names for names in self._people.values())
        return self._apart(number, "party", old) if is_person else old

    def project(self, part: Part) -> str:
        """A project: that of another village under the same name is another project."""
        return self._apart(part.source.number, "project", part.old.project) if part.old.project else ""

    def apart(self, part: Part, party: str) -> str:
        """The name with the village behind it, so that two balances of one name do not swallow each other."""
        number = part.source.number
        return self._keep(number, "party", part.old.party, f"{party}（{self._villages[number]}）")

    def _apart(self, number: int, kind: str, old: str) -> str:
        first = self._taken.setdefault((kind, old), number)
        return old if first == number else self._keep(number, kind, old, f"{old}（{self._villages[number]}）")

    def _keep(self, number: int, kind: str, old: str, new: str) -> str:
        if old != new:
            self._new[number, kind, old] = new
        return new

    def changed(self) -> list[NewCode]:
        """Every name that is another now."""
        return [NewCode(number, kind, "", old, new) for (number, kind, old), new in sorted(self._new.items())]


def _origins(
    placed: Placed, kind: LedgerKind, parts: Sequence[Part], names: _Names, matters: list[Matter]
) -> list[Origin]:
    """Every part with its new place; of what would swallow each other the later village's stands apart."""
    found: list[Origin] = []
    signs: dict[tuple[str, str, str], tuple[int, int]] = {}
    for part in sorted(parts, key=lambda one: (one.source.number, one.old[:3], not one.eliminated)):
        ledger = next(x for x in part.source.ledgers if x.code == kind.value)
        old, number = part.old, part.source.number
        name = ledger.chart.get(old.account).name
        code = placed.codes[number, old.account] if part.to is None else part.to[0]
        if part.eliminated:
            head = code[: placed.chart.rule.widths[0]]
            found.append(
                Origin(
                    number,
                    ledger.code,
                    old,
                    name,
                    kind.value,
                    head,
                    old.party,
                    old.project,
                    part.pair,
                    eliminated=True,
                )
            )
            continue
        party, project = names.party(part), names.project(part)
        party, project = _demanded(placed, code, part, party, project, matters)
        sign = (old.balance > 0) - (old.balance < 0)
        first, number_ = signs.setdefault((code, party, project), (sign, number)) if sign else (sign, number)
        if sign and first != sign and number_ != number and placed.chart.get(code).category not in EQUITY:
            if party:
                party = names.apart(part, party)
            else:
                code = _own_account(placed, part, ledger, matters) or code
        found.append(Origin(number, ledger.code, old, name, kind.value, code, party, project, part.pair))
    return found


def split_by_hand(parts: Sequence[Part], decided: Decisions) -> tuple[list[Part], list[str]]:
    """Balances people split over several accounts; a sentence for each whose parts are not the whole."""
    found: list[Part] = []
    faults: list[str] = []
    asked: dict[tuple[int, str], list[Part]] = {}
    for part in parts:
        key = (part.source.village, part.ledger.value, part.old.account)
        if key in decided.splits and not part.eliminated:
            asked.setdefault((part.source.number, part.old.account), []).append(part)
        else:
            found.append(part)
    for each in asked.values():
        first = each[0]
        rows = decided.splits[first.source.village, first.ledger.value, first.old.account]
        whole, given = sum(x.old.balance for x in each), sum(amount for _, _, amount in rows)
        what = f"{first.source.village} {first.old.account}"
        if any(x.old.party or x.old.project for x in each):
            faults.append(f"{what}：按往来单位或项目核算的余额不能在对照表里拆开")
        elif given != abs(whole):
            faults.append(
                f"{what}：对照表各行合计 {format_fen(given)}，账上是 {format_fen(abs(whole))}，"
                f"相差 {format_fen(abs(given - abs(whole)))}"
            )
        else:
            sign = 1 if whole > 0 else -1
            rest = OldBalance(
                first.old.account,
                "",
                "",
                0,
                sum(x.old.year_debit for x in each),
                sum(x.old.year_credit for x in each),
                sum(x.old.quantity for x in each),
            )
            found += [
                first._replace(
                    old=(rest if place == 0 else OldBalance(*first.old[:3], 0))._replace(
                        balance=sign * amount
                    ),
                    to=(code, name),
                )
                for place, (code, name, amount) in enumerate(rows)
            ]
    return found, faults


def _make_room(placed: Placed, parts: list[Part]) -> list[str]:
    """The accounts balances were split over by hand; a sentence for each that cannot be."""
    faults: list[str] = []
    for place, part in enumerate(parts):
        if part.to is None:
            continue
        code, name = part.to
        try:
            like = placed.chart.get(code)
            made = placed.child(code, name, like) if name else code
            placed.chart.usable_leaf(made)
        except ChartError as error:
            faults.append(f"{part.source.village} {part.old.account}：{error.what}")
            continue
        parts[place] = part._replace(to=(made, ""))
    return faults


def _demanded(
    placed: Placed, code: str, part: Part, party: str, project: str, matters: list[Matter]
) -> tuple[str, str]:
    """What the new account demands and the old one did not have."""
    demands = placed.chart.get(code).demands
    village = part.source.village
    if Dimension.COUNTERPARTY in demands and not party:
        party = f"{village}{_OPEN_PARTY}"
        matters.append(_undetailed(part, code, "往来单位"))
    if Dimension.PROJECT in demands and not project:
        project = f"{village}{_OPEN_PROJECT}"
        matters.append(_undetailed(part, code, "项目"))
    return party, project


def _undetailed(part: Part, code: str, what: str) -> Matter:
    text = f"原账没有分{what}，新账的 {code} 要分，先记在“原账未分”名下，请查清后用凭证转到各户。"
    return Matter(part.source.number, what, f"{part.old.account}", text)


def _own_account(placed: Placed, part: Part, ledger: OldLedger, matters: list[Matter]) -> str:
    """A sub-account for a balance on the other side than the first village's, empty where there is no room."""
    number, old = part.source.number, part.old.account
    if placed.chart.get(placed.codes[number, old]).level > 1:
        with suppress(ChartError):
            return keep_apart(placed, number, part.source.village, ledger, old)
    text = "两村的余额方向相反，新账里合成一个数，请查清后用凭证分开。"
    matters.append(Matter(number, "科目", old, text))
    return ""

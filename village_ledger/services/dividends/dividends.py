"""收益分红: a pool out of a year's income shared out over the accounts of the record date, and booked by holder.

What there is to give away is that of the distribution (services/closing/distribution): a dividend is its part to members, with
the list behind it. The gates are looked at one by one and said one by one; booking stops at the first that is shut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_ledger.domain.dividend import Kind, Method, Part, Shared, by_holder, households, share_out
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DividendError
from village_ledger.domain.money import format_fen
from village_ledger.domain.rule_names import DIVIDEND_POOL
from village_ledger.domain.share import ShareClass
from village_ledger.domain.voucher import StoredVoucher, Voucher, VoucherKind, VoucherLine
from village_ledger.services.changes import Changes
from village_ledger.services.closing.distribution import Standing, cautions, leaf_for, rule_for, standing
from village_ledger.services.dividends.dividend_gates import (
    Gate,
    dividend_rules,
    once,
    record_gate,
    shares_gate,
    timely,
    vote_gates,
    within,
)
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.services.shares.share_charter import value
from village_ledger.storage.closing.register import ClosingRegister
from village_ledger.storage.dividends.register import DividendsRegister
from village_ledger.storage.people.records import Dividend
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

COLLECTIVE = "collective"
RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a pool is shared out: the method, and the classes that take part (none named: all of them)."""

    method: Method = Method.LARGEST
    classes: tuple[str, ...] = ()


EXACTLY = Sharing()
"""To the fen, over every class."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A dividend worked out and not yet booked."""

    ledger: str
    year: int
    record_date: date
    day: date
    resolution: str
    classes: tuple[ShareClass, ...]
    shared: Shared
    there: Standing | None
    """What can be given away; None where the day fits neither timing."""
    collective_part: str
    """retain or reserve: what becomes of the organisation's own part."""
    gates: tuple[Gate, ...]
    last_event: int

    @property
    def ok(self) -> bool:
        """Whether it can be booked."""
        return all(gate.ok for gate in self.gates)

    @property
    def members(self) -> int:
        """Fen for living members, through 113."""
        return self.shared.of(Kind.MEMBER)

    @property
    def outsiders(self) -> int:
        """Fen for holders who are no members and for estates, through 211."""
        return self.shared.of(Kind.OUTSIDER, Kind.ESTATE)

    @property
    def collective(self) -> int:
        """Fen that stay with the organisation."""
        return self.shared.of(Kind.COLLECTIVE)


@dataclass(frozen=True, slots=True)
class HouseholdPart:
    """What one household is given: the sum of its holders' lines, never rounded again."""

    code: str
    head: str
    group: str
    holders: int
    amount: int
    before: int
    """What it was given in the dividend before, 0 where there was none."""


def preview(
    reader: Reader,
    ledger: str,
    year: int,
    amount: int,
    record_date: date,
    day: date,
    resolution: str,
    how: Sharing = EXACTLY,
) -> Preview:
    """Work a dividend out as it would be booked on a day; nothing is written, shut gates are said and not raised.

    Raises LedgerError for a ledger whose income is not distributed, ShareError for a class there is not, DividendError
    for an amount that is none.
    """
    rule_for(reader, ledger)
    if amount <= 0:
        raise DividendError(f"分红的金额要大于零{DIVIDEND_POOL}", "请写明一共分多少。")
    with reader.snapshot():
        chosen = _classes(reader, ledger, how.classes)
        parts = parts_on(reader, chosen, record_date, day)
        shared = share_out(amount, parts, how.method)
        there, in_time = timely(reader, ledger, year, day)
        gates = (
            in_time,
            within(there, year, max(amount, shared.amount)),
            record_gate(reader, ledger, year, record_date, day),
            shares_gate(shared, record_date),
            *vote_gates(reader, resolution, day),
            once(reader, ledger, year),
        )
        return Preview(
            ledger,
            year,
            record_date,
            day,
            resolution.strip(),
            tuple(chosen),
            shared,
            there,
            value(reader, "collective_part", None, day),
            gates,
            reader.last_share_event(),
        )


def _classes(reader: Reader, ledger: str, names: Sequence[str]) -> list[ShareClass]:
    if names:
        return [reader.share_class(name, ledger) for name in dict.fromkeys(names)]
    return reader.share_classes(ledger)


def parts_on(reader: Reader, classes: Sequence[ShareClass], record_date: date, day: date) -> list[Part]:
    """Every account of some classes that takes part, as it stands at the end of the record date."""
    wanted = {one.id: one for one in classes}
    paid = {one.id for one in classes if value(reader, "collective_dividend", one.id, day) == "yes"}
    known = reader.shareholders(record_date)
    found: list[Part] = []
    for account_id, class_id, person_id, quanta in reader.held_in_all(record_date):
        share_class = wanted.get(class_id)
        if share_class is None or quanta <= 0:
            continue
        if person_id is None:
            if class_id in paid:
                found.append(Part(account_id, share_class, "", "", Kind.COLLECTIVE, quanta))
            continue
        household, name, group, is_dead, status = known[person_id]
        kind = Kind.ESTATE if is_dead else Kind.MEMBER if status == "member" else Kind.OUTSIDER
        found.append(Part(account_id, share_class, household, name, kind, quanta, group, person_id))
    return found


# Booking


def post(
    uow: UnitOfWork,
    ledger: str,
    year: int,
    amount: int,
    record_date: date,
    day: date,
    resolution: str,
    how: Sharing = EXACTLY,
) -> Outcome[Dividend]:
    """Book a dividend: its vouchers, one a kind of holder, and its lines. They want review and posting like any other.

    Raises DividendError at the first gate that is shut.
    """
    vouchers.named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    made = preview(uow.reader, ledger, year, amount, record_date, day, resolution, how)
    shut = next((gate for gate in made.gates if not gate.ok), None)
    if shut is not None:
        raise DividendError(f"{shut.detail}（规则 {shut.rule}：{shut.text}）", shut.next_step)
    booked, warnings = _book(uow, made)
    lines = [
        (
            x.part.account_id,
            x.part.household,
            x.part.holder or x.part.account,
            x.part.kind.value,
            x.part.quantity,
            x.amount,
            "" if x.part.kind is Kind.COLLECTIVE else x.part.account,
        )
        for x in made.shared.portions
    ]
    head = (
        year,
        record_date,
        day,
        made.shared.amount,
        amount,
        how.method.value,
        made.resolution,
        made.last_event,
    )
    class_ids = sorted({x.part.share_class.id for x in made.shared.portions})
    added = DividendsRegister(uow).add(ledger, head, class_ids, lines, [(v.id, part) for v, part in booked])
    uow.log.add(
        "收益分红",
        ledger=ledger,
        subject=str(year),
        detail=f"{made.resolution}：登记日 {record_date}，{len(lines)} 个账户，成员 {format_fen(made.members)}，"
        f"非成员和遗产 {format_fen(made.outsiders)}，集体 {format_fen(made.collective)}",
    )
    changes = Changes(
        vouchers=True, balances=True, accounts=True, counterparties=True, dividends=True, ledger=ledger
    )
    return Outcome(uow.reader.dividend(ledger, added), changes, tuple(dict.fromkeys(warnings)))


def _book(uow: UnitOfWork, made: Preview) -> tuple[list[tuple[StoredVoucher, str]], tuple[str, ...]]:
    """The vouchers of a dividend with what each is, noted as parts of the year's distribution."""
    rule = rule_for(uow.reader, made.ledger)
    portions = made.shared.portions
    members = by_holder([x for x in portions if x.part.kind is Kind.MEMBER])
    others = by_holder([x for x in portions if x.part.kind in {Kind.OUTSIDER, Kind.ESTATE}])
    plan: list[tuple[str, str, dict[str, Any], dict[str, int]]] = [
        ("members", "members", rule["part"]["members"], members),
        ("outsiders", "other", dividend_rules()["outsiders"], others),
    ]
    if made.collective_part == RESERVE and made.collective:
        plan.append(("reserve", "reserve", rule["part"]["reserve"], {"": made.collective}))
    given = {part: sum(fen.values()) for _, part, _, fen in plan if fen}
    there = standing(uow.reader, made.ledger, made.year, made.day)
    warnings = cautions(uow.reader, made.ledger, rule, there, given)
    booked: list[tuple[StoredVoucher, str]] = []
    for which, part, places, receivers in plan:
        if not receivers:
            continue
        outcome = vouchers.store(uow, made.ledger, _voucher(uow, made, places, receivers), "收益分红")
        warnings += outcome.warnings
        amount = sum(receivers.values())
        note = ClosingRegister(uow).note_distribution
        note(made.ledger, outcome.value.id, made.year, part, amount, made.resolution)
        booked.append((outcome.value, which))
    return booked, warnings


def _voucher(uow: UnitOfWork, made: Preview, places: dict[str, Any], receivers: dict[str, int]) -> Voucher:
    debit = leaf_for(uow, made.ledger, places["debit"])
    credit = leaf_for(uow, made.ledger, places["credit"])
    summary = f"{places['summary'].format(year=made.year)}（决议 {made.resolution}）"
    lines = [VoucherLine(summary, debit, debit=sum(receivers.values()))]
    lines += [VoucherLine(summary, credit, credit=fen, counterparty=name) for name, fen in receivers.items()]
    return Voucher(
        day=made.day,
        lines=tuple(lines),
        kind=VoucherKind.GENERATED,
        no_attachment_reason=f"依据决议 {made.resolution}，分配明细附后",
    )


# Looking at it


def household_parts(reader: Reader, made: Preview) -> list[HouseholdPart]:
    """The effect per household on the record date, beside what it was given before."""
    before: dict[str, int] = {}
    last = [d for d in reader.dividends(made.ledger) if d.live and d.year < made.year]
    if last:
        for line in reader.dividend_lines(last[-1].id):
            key = line.household or line.key
            before[key] = before.get(key, 0) + line.amount
    heads = {one.code: one.head for one in reader.households(made.record_date)}
    grouped = households([x for x in made.shared.portions if x.part.kind is not Kind.COLLECTIVE])
    return [
        HouseholdPart(
            some[0].part.household,
            heads.get(code, some[0].part.holder),
            some[0].part.group,
            len({x.part.person_id for x in some}),
            sum(x.amount for x in some),
            before.get(code, 0),
        )
        for code, some in sorted(grouped.items())
    ]


def shared_of(reader: Reader, dividend: Dividend) -> Shared:
    """A booked dividend worked out anew from the share ledger at its record date (I15)."""
    classes = [one for one in reader.share_classes(dividend.ledger) if one.id in dividend.class_ids]
    parts = parts_on(reader, classes, dividend.record_date, dividend.day)
    return share_out(dividend.asked, parts, Method(dividend.method))

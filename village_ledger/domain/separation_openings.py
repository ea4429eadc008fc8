"""From a split to two opening documents: parts gathered on the accounts of the new charts, the mirror line added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart, Dimension, LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.separation import OldLine, Part, SplitLine
from village_ledger.domain.separation_rules import Mirror


class Place(NamedTuple):
    """Where a balance stands in a new ledger; ``detail`` names a sub-account that is made with the book."""

    account: str
    detail: str
    counterparty: str
    project: str


class OpeningEntry(NamedTuple):
    """One balance of a new opening document, fen, and the first old line it comes from."""

    place: Place
    row: int
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class Parties:
    """What the two bodies are called in each other's ledger."""

    collective: str
    committee: str


def opening_entries(
    lines: Sequence[SplitLine], ledger: LedgerKind, mirror: int, accounts: Mirror, parties: Parties
) -> list[OpeningEntry]:
    """The opening document of one ledger, merged where the place is the same, the mirror last."""
    sums: dict[Place, list[int]] = {}
    for line, part in parts_of(lines, ledger):
        debit, credit = (part.amount, 0) if line.is_debit else (0, part.amount)
        entry = sums.setdefault(_place(part), [line.row, 0, 0])
        entry[1] += debit
        entry[2] += credit
    entries = [
        OpeningEntry(place, row, *_one_side(debit, credit)) for place, (row, debit, credit) in sums.items()
    ]
    last = max((split.line.row for split in lines), default=0) + 1
    if mirror:
        place, owes_us = mirror_place(ledger, mirror, accounts, parties, {e.place for e in entries})
        amount = abs(mirror)
        entries.append(OpeningEntry(place, last, amount if owes_us else 0, 0 if owes_us else amount))
    return [entry for entry in entries if entry.debit or entry.credit]


def mirror_place(
    ledger: LedgerKind, mirror: int, accounts: Mirror, parties: Parties, others: Iterable[Place] = ()
) -> tuple[Place, bool]:
    """Where the mirror line of a ledger stands, and whether it is a claim (debit) there."""
    if ledger is LedgerKind.COLLECTIVE:
        owes_us = mirror < 0
        account = accounts.collective_receivable if owes_us else accounts.collective_payable
        other = parties.committee
    else:
        owes_us = mirror > 0
        account = accounts.committee_receivable if owes_us else accounts.committee_payable
        other = parties.collective
    has_details = any(place.account == account and place.detail for place in others)
    return Place(account, other if has_details else "", other, ""), owes_us


def parts_of(lines: Iterable[SplitLine], ledger: LedgerKind) -> Iterator[tuple[OldLine, Part]]:
    """Every part that goes to a ledger, with the line it comes from."""
    for split in lines:
        for part in split.parts:
            if part.owner.ledger is ledger:
                yield split.line, part


def place_faults(lines: Sequence[SplitLine], charts: Mapping[LedgerKind, Chart]) -> Iterator[str]:
    """Accounts that do not exist or take no balance, dimensions that are missing, sub-accounts beside none."""
    for ledger, chart in charts.items():
        detailed = {part.account for _, part in parts_of(lines, ledger) if part.detail}
        sides: dict[Place, bool] = {}
        for line, part in parts_of(lines, ledger):
            where = f"第{line.row}行 {line.words}"
            if not part.account:
                continue  # said with the parts
            fault = _account_fault(chart, part) or _dimension_fault(chart, part)
            if not fault and part.account in detailed and not part.detail:
                fault = f"{part.account} 有的行分了明细、这一行没有，请一样写"
            is_debit = sides.setdefault(_place(part), line.is_debit)
            if not fault and is_debit is not line.is_debit and chart.is_settled_by_party(part.account):
                fault = f"{part.account} 里同一户一行在借方、一行在贷方，往来不能轧差，请分明细"
            if fault:
                yield f"{where}：{fault}。"


def _account_fault(chart: Chart, part: Part) -> str:
    try:
        account = chart.get(part.account) if part.detail else chart.usable_leaf(part.account)
        if part.detail:
            if not account.active:
                return f"{account.code} {account.name} 已停用"
            chart.next_child_code(account.code)
    except LedgerError as error:
        return error.what
    if account.category in INCOME_AND_EXPENSE:
        return f"{account.code} {account.name} 是损益科目，年初没有余额"
    return ""


def _dimension_fault(chart: Chart, part: Part) -> str:
    account = chart.get(part.account)
    values = {Dimension.COUNTERPARTY: part.counterparty, Dimension.PROJECT: part.project}
    missing = [d.value for d in Dimension if d in account.demands and d in values and not values[d]]
    return f"{account.code} {account.name} 要写明{'、'.join(missing)}" if missing else ""


def _place(part: Part) -> Place:
    return Place(part.account, part.detail, part.counterparty, part.project)


def _one_side(debit: int, credit: int) -> tuple[int, int]:
    """A balance on one side only, as an account has it; red figures stay on their own side."""
    if not (debit and credit):
        return debit, credit
    return (debit - credit, 0) if debit >= credit else (0, credit - debit)

"""Receivables and payables of the notes: by counterparty, with movements of the year and how old they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from village_ledger.domain.ageing import BEFORE, BUCKETS, aged
from village_ledger.domain.balance import Turnover
from village_ledger.domain.chart import Account
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.statements.notes import NoteLine
from village_ledger.reports.table import Link

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

MOST = 40
"""The largest are named, the rest stand together."""


@dataclass(slots=True)
class _Party:
    """One counterparty on one leaf, debit − credit, fen."""

    opening: int = 0
    debit: int = 0
    credit: int = 0
    closing: int = 0
    months: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])


def party_lines(
    reader: Reader,
    info: LedgerInfo,
    leaves: Sequence[Account],
    year: Span,
    trial: Mapping[str, Turnover],
    *,
    debit: bool,
) -> list[NoteLine]:
    """Rows of what others owe (``debit``) or what is owed, the largest first.

    Two-way accounts count one side only, party by party; on the others a balance on the wrong side counts against.
    """
    chart = reader.chart(info.code)
    parties = _parties(reader, info, [leaf.code for leaf in leaves], year)
    _add_nameless(parties, [leaf.code for leaf in leaves], trial)
    sign = 1 if debit else -1
    lines: list[tuple[NoteLine, _Party]] = []
    settled: dict[str, list[NoteLine]] = {}
    for (code, name), party in parties.items():
        one_sided = chart.is_settled_by_party(code)
        opening, closing = sign * party.opening, sign * party.closing
        if one_sided:
            opening, closing = max(opening, 0), max(closing, 0)
        if not (opening or closing or (not one_sided and (party.debit or party.credit))):
            continue
        added, taken = (party.debit, party.credit) if debit else (party.credit, party.debit)
        where = chart.get(code).name
        line = NoteLine(
            f"{name}（{where}）" if name else where,
            opening,
            added,
            taken,
            closing,
            link=Link("account", code, info.code),
        )
        if closing or not one_sided:
            lines.append((line, party))
        else:
            settled.setdefault(where, []).append(line)
    lines.sort(key=lambda pair: (-(pair[0].closing or 0), pair[0].name))
    at = Month.of(year.last)
    named = [replace(line, text=_age(party, sign, line.closing or 0, at)) for line, party in lines[:MOST]]
    rest = [line for line, _ in lines[MOST:]]
    paid = [_together(f"{where}：已结清 {len(some)} 户", some) for where, some in sorted(settled.items())]
    return [*named, *([_together(f"其余 {len(rest)} 户", rest)] if rest else []), *paid]


def _parties(
    reader: Reader, info: LedgerInfo, leaves: list[str], year: Span
) -> dict[tuple[str, str], _Party]:
    """Every counterparty on the leaves; what the ledger began with in mid-year counts as its opening."""
    found: dict[tuple[str, str], _Party] = {}
    first = str(Month.of(year.first))
    for row in reader.party_months(info.code, leaves, year.last):
        party = found.setdefault((row.account, row.party), _Party())
        moved = row.debit - row.credit
        party.closing += moved
        if row.month:
            party.months.append((row.month, row.debit, row.credit))
        if not row.month or row.month < first:
            party.opening += moved
        else:
            party.debit += row.debit
            party.credit += row.credit
    return found


def _add_nameless(
    parties: dict[tuple[str, str], _Party], leaves: Sequence[str], trial: Mapping[str, Turnover]
) -> None:
    """What a leaf has beyond its named counterparties stands under the leaf's own name."""
    of_names: dict[str, list[int]] = {code: [0, 0, 0] for code in leaves}
    for (code, _), party in parties.items():
        sums = of_names[code]
        sums[0] += party.debit
        sums[1] += party.credit
        sums[2] += party.closing
    for code, sums in of_names.items():
        if (t := trial.get(code)) is None:
            continue
        debit, credit, closing = t.year_debit - sums[0], t.year_credit - sums[1], t.closing - sums[2]
        if debit or credit or closing:
            parties[code, ""] = _Party(closing - debit + credit, debit, credit, closing)


def _age(party: _Party, sign: int, closing: int, at: Month) -> str:
    """The age of what is owed, in words; only where it is more than a year old or of several ages."""
    if closing <= 0 or not (party.months or party.opening):
        return ""
    increases = [(Month.parse(month), debit if sign > 0 else credit) for month, debit, credit in party.months]
    buckets = aged(closing, increases, at)
    named = [(name, buckets[name]) for name in (*BUCKETS, BEFORE) if name in buckets]
    if len(named) == 1:
        return f"账龄{named[0][0]}"
    return "账龄" + "；".join(f"{name} {format_fen(fen)}" for name, fen in named)


def _together(name: str, lines: Sequence[NoteLine]) -> NoteLine:
    return NoteLine(
        name,
        sum(line.opening or 0 for line in lines),
        sum(line.increase or 0 for line in lines),
        sum(line.decrease or 0 for line in lines),
        sum(line.closing or 0 for line in lines),
    )

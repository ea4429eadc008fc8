"""Sheet M read from a book: the documents between the two ledgers, and what both moved without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.said_in_summary import papers
from village_ledger.domain.voucher import VoucherState
from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.sheet_m import Passing, Standing, sheet_m_table
from village_ledger.reports.pens.check_code import with_code
from village_ledger.reports.table import Check

if TYPE_CHECKING:
    from village_ledger.reports.disclosure.public_sheet import Public
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.interledger.records import Transfer
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

_NEAR = timedelta(days=31)
"""How far apart the two sides of one passing may be booked."""
_OF_DOCUMENT = {
    "T1": "subsidy",
    "T2": "subsidy",
    "T3": "borne",
    "T4": "lent",
    "T5": "repaid",
    "T6": "taken",
    "T7": "held",
    "T8": "shared",
    "T9": "handed",
}


class _Side(NamedTuple):
    """What one voucher of one ledger says it passed."""

    kind: str
    day: date
    amount: int
    summary: str
    ref: str
    voucher_id: int


def between_of(reader: Reader, request: ReportRequest) -> Table:
    """两账往来公开表 of a span; the same for both ledgers, 无 in a book that has one of them only (合账)."""
    from village_ledger.services.transfers.mirrors import subsidies

    with reader.snapshot():
        public = public_of(reader, request)
        village, span = reader.main_ledgers(), public.span
        if village is None or request.ledger not in {info.code for info in village}:
            return with_code(sheet_m_table(public, (), (), (), ()), public.issuer.book_id)
        documents = [d for d in reader.transfers(span) if not d.is_void]
        posted = [d for d in documents if d.state is VoucherState.POSTED]
        known = {side.voucher_id for d in reader.transfers() for side in d.sides}
        passings = [*map(_document, posted), *_without_document(reader, village, span, known)]
        standing, checks = _standing(reader, span)
        sums = subsidies(reader, span.last.year, span.last)
    if sums is not None and any(sums):
        text = f"本年集体补助村委会 {format_fen(sums.paid)}，村委会收到集体补助 {format_fen(sums.received)}"
        checks.append(Check("X13", sums.paid == sums.received, text))
    waiting = len(documents) - len(posted)
    if waiting:
        said = f"还有 {waiting} 份往来单没有记账，不在本表里。"
        public = replace(public, warnings=(*public.warnings, said))
    return with_code(sheet_m_table(public, passings, standing, checks, _notes(public)), public.issuer.book_id)


def _notes(public: Public) -> list[str]:
    del public
    return [
        "这张表两边贴的是同一张：集体账的成员、村委会账的村民看到的数一样。",
        "没有开单的，是按两边账上的凭证对出来的：事项、金额相同，前后不超过31天。",
    ]


def _document(one: Transfer) -> Passing:
    from village_ledger.services.transfers.transfers import rules

    name = rules().kinds[one.kind].name
    if one.step == "paid":
        name = f"{name}，转交"
    if one.reverses is not None:
        name = f"{name}，冲销"
    kind = "passed" if one.step == "paid" else _OF_DOCUMENT[one.kind]
    sides = {side.ledger: (str(side.ref), side.voucher_id) for side in one.sides}
    return Passing(
        kind,
        one.day,
        f"{one.kind} {name}",
        one.summary,
        one.amount,
        str(one.number),
        one.resolution,
        sides.get("collective"),
        sides.get("committee"),
    )


def _standing(reader: Reader, span: Span) -> tuple[list[Standing], list[Check]]:
    from village_ledger.services.transfers.mirrors import mirrors

    standing: list[Standing] = []
    checks: list[Check] = []
    for mirror in mirrors(reader, span.after):
        standing.append(Standing(mirror.words, mirror.mine, mirror.here))
        sides = f"集体账 {mirror.mine} {format_fen(mirror.here)}，村委会账 {mirror.theirs} {format_fen(mirror.there)}"
        checks.append(
            Check("K7", mirror.agrees, f"{mirror.words}{'一致' if mirror.agrees else '不一致'}：{sides}")
        )
    return standing, checks


# what was passed without a document


def _without_document(
    reader: Reader, village: tuple[LedgerInfo, LedgerInfo], span: Span, known: set[int]
) -> list[Passing]:
    """Both ledgers' vouchers on the accounts between them, put together by kind, amount and nearness in time."""
    wide = Span(span.first - _NEAR, span.last)
    ours, theirs = (
        [side for side in _sides(reader, village, place, wide) if side.voucher_id not in known]
        for place in (0, 1)
    )
    found: list[Passing] = []
    for mine in ours:
        other = _partner(mine, theirs)
        if other is not None:
            theirs.remove(other)
        last = max(mine.day, other.day) if other else mine.day
        if span.first <= last:
            found.append(_passing(mine, other))
    found += [_passing(None, other) for other in theirs if span.first <= other.day]
    return found


def _partner(mine: _Side, theirs: Iterable[_Side]) -> _Side | None:
    near = [
        one
        for one in theirs
        if (one.kind, one.amount) == (mine.kind, mine.amount) and abs(one.day - mine.day) <= _NEAR
    ]
    return min(near, key=lambda one: (abs(one.day - mine.day), one.day, one.voucher_id), default=None)


def _passing(mine: _Side | None, other: _Side | None) -> Passing:
    said = mine or other
    if said is None:
        raise ValueError("a passing has a side")
    numbers = papers(said.summary) or (papers(other.summary) if other else [])
    return Passing(
        said.kind,
        max(mine.day, other.day) if mine and other else said.day,
        "",
        said.summary,
        said.amount,
        "",
        "、".join(numbers),
        (mine.ref, mine.voucher_id) if mine else None,
        (other.ref, other.voucher_id) if other else None,
    )


def _sides(reader: Reader, village: tuple[LedgerInfo, LedgerInfo], place: int, span: Span) -> list[_Side]:
    """Passings as one of the two ledgers booked them, one a voucher and kind."""
    from village_ledger.services.transfers.mirrors import between_accounts

    info, other = village[place], village[1 - place]
    accounts = between_accounts(reader, info)
    chart = reader.chart(info.code)
    leaves = {leaf: kinds for prefix, kinds in accounts.items() for leaf in _leaves(chart, prefix)}
    sums: dict[tuple[int, str], _Side] = {}
    for entry in reader.entries(info.code, list(leaves), span):
        rule = leaves[entry.account]
        if rule.by_party and entry.party != other.entity:
            continue
        for kind, amount in ((rule.debit, entry.debit), (rule.credit, entry.credit)):
            if amount and kind:
                key = (entry.voucher_id, kind)
                before = sums[key].amount if key in sums else 0
                ref = f"{entry.month}/{entry.word}-{entry.number:04d}"
                sums[key] = _Side(kind, entry.day, before + amount, entry.summary, ref, entry.voucher_id)
    some = [side for side in sums.values() if side.amount]
    moving = _moving_money(reader, chart, [side.voucher_id for side in some if side.kind == "lent"])
    pays = info.kind is LedgerKind.COLLECTIVE
    told = [
        side._replace(kind="taken")
        if side.kind == "lent" and (side.voucher_id in moving) is not pays
        else side
        for side in some
    ]
    return sorted(told, key=lambda side: (side.day, side.voucher_id))


def _moving_money(reader: Reader, chart: Chart, ids: Sequence[int]) -> set[int]:
    """Vouchers with cash or bank: lending takes money out of the collective, what is taken brings it to the committee."""
    return {
        stored.id
        for stored in reader.vouchers_by_id(ids)
        if any(chart.get(line.account).money is not None for line in stored.voucher.lines)
    }


def _leaves(chart: Chart, prefix: str) -> Sequence[str]:
    return [account.code for account in chart if account.is_leaf and account.code.startswith(prefix)]

"""What importing an old program's books comes to: openings, vouchers, the year's closing, and figures before and after.

Pure: given what the files say and where each old account goes, the same plan every time; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from village_ledger.domain.imported import ImportedLine, ImportedOpening, ImportedVoucher
from village_ledger.domain.old_mapping import Place, party_names
from village_ledger.domain.old_program import Gap, OldItem, OldLine, OldRecords, OldVoucher, gaps_of
from village_ledger.domain.period import Month

CARRIED_FORWARD = "年终结转"
NONE_GIVEN = "旧账没有写附件张数"
NONE_ATTACHED = "旧账凭证无附件"


class Figures(NamedTuple):
    """Figures of an account over a span, fen; opening and closing are debit − credit."""

    opening: int
    debit: int
    credit: int
    closing: int

    def plus(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(*(a + b for a, b in zip(self, other, strict=True)))


NOTHING = Figures(0, 0, 0, 0)


class Compared(NamedTuple):
    """One account of the new books and what became of it: the old accounts' figures, and those the books give now."""

    code: str
    olds: tuple[str, ...]
    """The old accounts, 112.01.01 应收款 - 单位 …"""
    before: Figures
    after: Figures

    @property
    def agrees(self) -> bool:
        """Whether nothing was lost on the way."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class YearEndRule:
    """Accounts of the year's end (rules/year_end.toml)."""

    result: str
    retained: str
    appropriations: str
    results: frozenset[str]
    """Leaves of income and expense."""


@dataclass(slots=True)
class Plan:
    """All that would be written."""

    openings: list[ImportedOpening] = field(default_factory=list[ImportedOpening])
    vouchers: list[ImportedVoucher] = field(default_factory=list[ImportedVoucher])
    closing: list[ImportedVoucher] = field(default_factory=list[ImportedVoucher])
    """Vouchers that carry the year forward, with their own numbers."""
    gaps: list[Gap] = field(default_factory=list[Gap])
    renumbered: int = 0
    before: dict[str, Figures] = field(default_factory=dict[str, Figures])
    """Old figures by new leaf."""
    olds: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Old accounts by new leaf."""


class Scope(NamedTuple):
    """Which part of the files is taken."""

    with_vouchers: bool
    opening: str
    """``opening`` or ``closing`` balances of the files become those of the book; empty for none."""
    finish_year: bool
    """The vouchers that carry the year forward come too, into its closing period."""
    renumber: bool
    """Numbers that leave gaps are closed up, the old one kept in the summary."""


class Planner:
    """Makes the plan of one import."""

    def __init__(self, records: OldRecords, places: Mapping[str, Place], year_end: YearEndRule) -> None:
        self._records = records
        self._places = places
        self._rule = year_end
        items = {x.item for x in records.balances if x.item} | {
            x.item for v in records.vouchers for x in v.lines if x.item
        }
        self._names = party_names(items)
        self._counts_attachments = any(v.attachments for v in records.vouchers)

    def plan(self, scope: Scope, last: Mapping[tuple[Month, str], int]) -> Plan:
        """The whole of it; ``last`` are the numbers the book has already."""
        plan = Plan()
        closing: list[OldVoucher] = []
        if scope.with_vouchers:
            closing = [v for v in self._records.vouchers if self._carries_forward(v)]
            left = {id(v) for v in closing}
            kept = [v for v in self._records.vouchers if id(v) not in left]
            plan.gaps = gaps_of(self._records.vouchers, last)
            numbered = closing if scope.finish_year else []
            leaves_gaps = bool(closing) and not scope.finish_year
            numbers = _numbers([*kept, *numbered], last) if scope.renumber or leaves_gaps else {}
            plan.vouchers = [self._voucher(v, numbers, plan) for v in kept]
            plan.closing = [self._voucher(v, numbers, plan) for v in numbered]
        if scope.opening:
            plan.openings = self._openings(scope.opening)
        self._old_figures(plan, scope, closing)
        return plan

    def _carries_forward(self, voucher: OldVoucher) -> bool:
        """Whether a voucher only moves the year's result: dated the last day, nothing but income, expense, 本年收益, 收益分配."""
        if (voucher.day.month, voucher.day.day) != (12, 31):
            return False
        rule = self._rule
        codes = [self._places[x.code].code for x in voucher.lines]
        own = [c for c in codes if c in (rule.result, rule.retained)]
        appropriations = rule.appropriations
        return bool(own) and all(
            c in rule.results
            or c in (rule.result, rule.retained)
            or (appropriations and c.startswith(appropriations))
            for c in codes
        )

    def _voucher(self, old: OldVoucher, numbers: Mapping[int, int], plan: Plan) -> ImportedVoucher:
        number = numbers.get(id(old), old.number)
        kept = ""
        if number != old.number:
            kept = f"（原{old.word}-{old.number:04d}）"
            plan.renumbered += 1
        made = ImportedVoucher(old.row, old.word, number, old.day, old.attachments)
        made.lines = [self._line(x, kept) for x in old.lines]
        if not old.attachments:
            made.no_attachment_reason = NONE_ATTACHED if self._counts_attachments else NONE_GIVEN
        return made

    def _line(self, old: OldLine, kept: str) -> ImportedLine:
        place = self._places[old.code]
        party, project = self._dimensions(place, old.item)
        return ImportedLine(
            old.row, old.summary + kept, place.code, old.debit, old.credit, party, project, ""
        )

    def _dimensions(self, place: Place, item: OldItem | None) -> tuple[str, str]:
        if item is None:
            return place.party, place.project
        if item.is_project:
            return place.party, item.name
        return self._names[item], place.project

    def _openings(self, which: str) -> list[ImportedOpening]:
        """Balances by leaf, counterparty and project; what several old accounts owe one is one balance."""
        sums: dict[tuple[str, str, str], list[int]] = {}
        rows: dict[tuple[str, str, str], int] = {}
        year_runs = which == "closing" and self._records.span.last.month < 12
        for one in self._records.balances:
            place = self._places[one.code]
            key = (place.code, *self._dimensions(place, one.item))
            total = sums.setdefault(key, [0, 0, 0])
            rows.setdefault(key, one.row)
            total[0] += one.opening if which == "opening" else one.closing
            if year_runs:
                total[1] += one.year_debit or one.debit
                total[2] += one.year_credit or one.credit
        return [
            ImportedOpening(rows[key], *key, max(balance, 0), max(-balance, 0), debit, credit)
            for key, (balance, debit, credit) in sorted(sums.items())
            if balance or debit or credit
        ]

    def _old_figures(self, plan: Plan, scope: Scope, closing: Sequence[OldVoucher]) -> None:
        """The old books' figures where they go now; what is not taken is not asked of the new books."""
        left_out: dict[str, list[int]] = {}
        if scope.with_vouchers and not scope.finish_year:
            for line in (x for v in closing for x in v.lines):
                moved = left_out.setdefault(line.code, [0, 0])
                moved[0] += line.debit
                moved[1] += line.credit
        for code, figures in self._by_old().items():
            debit, credit = left_out.get(code, [0, 0])
            taken = Figures(figures.opening, figures.debit - debit, figures.credit - credit, 0)
            if not scope.with_vouchers:
                balance = figures.closing if scope.opening == "closing" else figures.opening
                taken = Figures(balance, 0, 0, 0)
            taken = taken._replace(closing=taken.opening + taken.debit - taken.credit)
            new = self._places[code].code
            plan.before[new] = plan.before.get(new, NOTHING).plus(taken)
            account = self._records.accounts[code]
            plan.olds.setdefault(new, []).append(f"{account.shown} {account.words}")

    def _by_old(self) -> dict[str, Figures]:
        found: dict[str, Figures] = {}
        for x in self._records.balances:
            found[x.code] = found.get(x.code, NOTHING).plus(Figures(x.opening, x.debit, x.credit, x.closing))
        if not self._records.balances:
            for line in (x for v in self._records.vouchers for x in v.lines):
                net = line.debit - line.credit
                found[line.code] = found.get(line.code, NOTHING).plus(
                    Figures(0, line.debit, line.credit, net)
                )
        return dict(sorted(found.items()))


def _numbers(vouchers: Iterable[OldVoucher], last: Mapping[tuple[Month, str], int]) -> dict[int, int]:
    """New numbers that close every gap, in the old order, by the identity of the voucher."""
    found: dict[int, int] = {}
    next_one: dict[tuple[Month, str], int] = {}
    for voucher in sorted(vouchers, key=lambda v: (v.month, v.word, v.number)):
        key = (voucher.month, voucher.word)
        number = next_one.get(key, last.get(key, 0)) + 1
        next_one[key] = number
        found[id(voucher)] = number
    return found


def planned_figures(plan: Plan) -> dict[str, Figures]:
    """What the plan itself gives, for books in which its vouchers wait to be posted."""
    found: dict[str, Figures] = {}
    for row in plan.openings:
        balance = row.debit - row.credit
        found[row.account] = found.get(row.account, NOTHING).plus(Figures(balance, 0, 0, balance))
    for line in (x for v in [*plan.vouchers, *plan.closing] for x in v.lines):
        net = line.debit - line.credit
        found[line.account] = found.get(line.account, NOTHING).plus(Figures(0, line.debit, line.credit, net))
    return found


def compare(plan: Plan, after: Mapping[str, Figures]) -> list[Compared]:
    """Before and after, account by account of the new books, in code order."""
    return [
        Compared(
            code, tuple(plan.olds.get(code, ())), plan.before.get(code, NOTHING), after.get(code, NOTHING)
        )
        for code in sorted({*plan.before, *(c for c, f in after.items() if f != NOTHING)})
    ]

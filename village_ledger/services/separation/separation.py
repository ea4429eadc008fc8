"""Splitting one ledger in two (分账): proposed, proven, made into a new book. The old book is never touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart, CodeRule, Dimension, LedgerKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ImportRefused, LedgerError, PeriodError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.separation import OldLine, Part, Proof, SplitLine, prove
from village_ledger.domain.separation_openings import (
    OpeningEntry,
    Parties,
    Place,
    opening_entries,
    place_faults,
)
from village_ledger.domain.separation_rules import SeparationRules
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.resources_dir import resource
from village_ledger.services.book import accounts, openings
from village_ledger.services.book.books import new_book
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.charts import load_preset
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.file.create import beside
from village_ledger.storage.separation.inspection import SEPARATED, record_of
from village_ledger.storage.separation.register import SeparationRegister, SplitOf
from village_ledger.storage.spec import CHART_OF, BookSpec, CommitteeChart
from village_ledger.storage.unit_of_work import UnitOfWork

NOTHING_MADE = "旧账没有动，也没有建任何文件。"


class SeparationRefused(ImportRefused):
    """A split that is not finished or does not add up: every line named, nothing made."""

    code = "L-190"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(list(faults))
        self.what = f"分账还有 {len(faults)} 处没有分清"
        self.safe = NOTHING_MADE
        self.next_step = "请逐处定好归属、金额和科目，再分。"


@dataclass(frozen=True, slots=True)
class OldBalances:
    """The old ledger's closing balances and where they come from."""

    source: str
    mark: str
    lines: tuple[OldLine, ...]
    notices: tuple[str, ...] = ()
    year: int = 0
    """The year whose end they are of, 0 where the source does not say."""


@lru_cache(maxsize=4)
def rules_for(preset: CommitteeChart) -> SeparationRules:
    """The rules, with the accounts of one preset of the committee's chart."""
    text = resource("rules", "separation.toml").read_text(encoding="utf-8")
    chart = load_preset(CHART_OF[LedgerKind.COLLECTIVE, preset])
    names = {account.code: account.name for account in chart.accounts if account.level == 1}
    return SeparationRules(text, preset.value, names)


@lru_cache(maxsize=4)
def charts_for(preset: CommitteeChart) -> Mapping[LedgerKind, Chart]:
    """The two charts the new ledgers begin with."""
    charts: dict[LedgerKind, Chart] = {}
    for kind in LedgerKind:
        shipped = load_preset(CHART_OF[kind, preset])
        charts[kind] = Chart(kind, CodeRule.parse(shipped.code_widths), shipped.accounts)
    return charts


def income_names() -> frozenset[str]:
    """What accounts of income, expense and the year's result are called: empty once a year is carried forward."""
    shipped = load_preset(CHART_OF[LedgerKind.COLLECTIVE, CommitteeChart.SURPLUS])
    return frozenset(
        half_width(account.name)
        for account in shipped.accounts
        if account.category in INCOME_AND_EXPENSE or account.code == _RESULT
    )


_RESULT = "321"


def propose(old: Sequence[OldLine], preset: CommitteeChart) -> list[SplitLine]:
    """Every old line with the rules' first guess."""
    return rules_for(preset).propose(old)


def proven(lines: Sequence[SplitLine], preset: CommitteeChart) -> Proof:
    """The split held against the old balances and both charts; all faults at once."""
    proof = prove(lines)
    return replace(proof, faults=(*proof.faults, *place_faults(lines, charts_for(preset))))


def entries_of(
    lines: Sequence[SplitLine], mirror: int, spec: BookSpec
) -> dict[LedgerKind, list[OpeningEntry]]:
    """Both opening documents as they will be entered."""
    accounts_ = rules_for(spec.committee_chart).mirror
    parties = Parties(spec.collective_entity, spec.committee_entity)
    return {kind: opening_entries(lines, kind, mirror, accounts_, parties) for kind in LedgerKind}


def with_item(part: Part, line: OldLine, preset: CommitteeChart) -> Part:
    """The part with the dimensions its account demands, taken from the line where they are not given."""
    if part.owner.ledger is None or part.counterparty or part.project:
        return part
    usual = rules_for(preset).part(line, part.owner, part.amount)
    if usual.account == part.account:
        return replace(part, counterparty=usual.counterparty, project=usual.project)
    chart = charts_for(preset)[part.owner.ledger]
    demands = chart.get(part.account).demands if part.account in chart else frozenset[Dimension]()
    item = line.item or line.detail
    return replace(
        part,
        counterparty=item if Dimension.COUNTERPARTY in demands else "",
        project=item if Dimension.PROJECT in demands else "",
    )


def cautions(lines: Sequence[SplitLine], proof: Proof) -> tuple[str, ...]:
    """What is allowed and still worth a second look before anybody signs."""
    found = [
        f"第{one.line.row}行 {one.line.words}：{one.hint}" for one in lines if one.hint and not one.is_split
    ]
    money = sum(
        part.amount if one.line.is_debit else -part.amount
        for one in lines
        for part in one.parts
        if part.owner.ledger is _debtor(proof.mirror)
        and part.account.startswith(_MONEY[_debtor(proof.mirror)])
    )
    if abs(proof.mirror) > money:
        found.append(
            f"两账往来 {format_fen(abs(proof.mirror))} 比欠款一方的现金和存款 {format_fen(money)} 还多："
            "多半是资产分给了一方，对应的权益或负债还留在另一方，请核对。"
        )
    return tuple(found)


_MONEY = {LedgerKind.COLLECTIVE: ("101", "102"), LedgerKind.COMMITTEE: ("1001", "1002", "101", "102")}


def _debtor(mirror: int) -> LedgerKind:
    """Who owes the other when the split is done."""
    return LedgerKind.COLLECTIVE if mirror >= 0 else LedgerKind.COMMITTEE


def reminder(proof: Proof) -> str:
    """What remains to be done at the bank after the split; empty when neither owes the other."""
    if not proof.mirror:
        return ""
    amount = format_fen(abs(proof.mirror))
    if proof.mirror > 0:
        return (
            f"集体账户里有村委会的 {amount} 元：村委会开好自己的账户以后，用“两账往来·T7”转过去，"
            "两本账的凭证成对记下；在那以前，集体账 211、村委会账 1122 互相对着。"
        )
    return (
        f"村委会账户里有集体的 {amount} 元：请尽快用“两账往来·T6”转给集体，两本账的凭证成对记下；"
        "在那以前，集体账 112、村委会账 2202 互相对着。"
    )


def check_ready(lines: Sequence[SplitLine], spec: BookSpec) -> Proof:
    """The proof of a split that may be made; raises SeparationRefused naming every line, PeriodError for a start in mid-year."""
    if spec.start.month != 1:
        raise PeriodError(f"分账从 {spec.start} 开始不行", "分账只能从某年 1 月开始。", safe=NOTHING_MADE)
    if not lines:
        raise LedgerError("旧账一行余额也没有", "请先读入旧账的年末余额。", safe=NOTHING_MADE)
    proof = proven(lines, spec.committee_chart)
    if not proof.holds:
        raise SeparationRefused(proof.faults)
    return proof


def separate(
    path: Path, spec: BookSpec, old: OldBalances, lines: Sequence[SplitLine], by: str
) -> Outcome[Proof]:
    """Make the new book: two ledgers, both opening documents, the sealed split. All of it or nothing.

    Raises SeparationRefused naming every line that is not clear, LedgerError when the path exists or the lines are not the
    old book's.
    """
    named(by)
    if tuple(one.line for one in lines) != old.lines:
        raise LedgerError("分账清单和旧账的余额不是同一份", "请重新读入旧账，再定归属。", safe=NOTHING_MADE)
    if old.year and spec.start.year != old.year + 1:
        raise PeriodError(
            f"旧账是 {old.year} 年末的余额，不能从 {spec.start.year} 年起分",
            f"请从 {old.year + 1} 年 1 月起分，或先把旧账结到 {spec.start.year - 1} 年末。",
            safe=NOTHING_MADE,
        )
    proof = check_ready(lines, spec)
    lines = [_tidy(one) for one in lines]
    with beside(path) as part:
        new_book(part, replace(spec, single=False), by)
        with open_book(part, Access.WRITE, by) as book, book.unit_of_work(by) as uow:
            _enter(uow, spec, old, lines, proof)
            uow.commit()
    warnings = (*cautions(lines, proof), *(text for text in (reminder(proof),) if text))
    return Outcome(proof, Changes(balances=True, accounts=True, counterparties=True), warnings)


def _enter(
    uow: UnitOfWork, spec: BookSpec, old: OldBalances, lines: Sequence[SplitLine], proof: Proof
) -> None:
    """Both openings and the document that explains them."""
    require(uow, Duty.OPENING)
    leaves: dict[tuple[LedgerKind, str, str], str] = {}
    for kind, entries in entries_of(lines, proof.mirror, spec).items():
        for entry in entries:
            _leaf(uow, leaves, kind, entry.place)
        rows = [
            ImportedOpening(
                entry.row,
                leaves[kind, entry.place.account, entry.place.detail],
                entry.place.counterparty,
                entry.place.project,
                entry.debit,
                entry.credit,
            )
            for entry in entries
        ]
        if rows:
            openings.set_opening(uow, kind.value, rows)

    def leaf_of(part: Part) -> tuple[str, str]:
        ledger = part.owner.ledger
        if ledger is None:
            raise LedgerError("还有待定的余额", "请先定归属。", safe=NOTHING_MADE)
        place = Place(part.account, part.detail, part.counterparty, part.project)
        return ledger.value, _leaf(uow, leaves, ledger, place)

    split = SplitOf(old.source, old.mark, str(_cutoff(spec.start)))
    digest = SeparationRegister(uow).enter(split, lines, proof.mirror, leaf_of)
    subject, detail = record_of(*split, proof.mirror, len(lines), digest)
    uow.log.add(SEPARATED, subject=subject, detail=detail)


def _leaf(
    uow: UnitOfWork, leaves: dict[tuple[LedgerKind, str, str], str], kind: LedgerKind, place: Place
) -> str:
    """The leaf a balance opens, made below its account the first time a detail is named."""
    key = (kind, place.account, place.detail)
    if key not in leaves:
        if place.detail:
            leaves[key] = accounts.add(uow, kind.value, place.account, place.detail).value.code
        else:
            leaves[key] = place.account
    return leaves[key]


def _tidy(one: SplitLine) -> SplitLine:
    """Texts as the book takes them; raises TextError for control characters."""
    parts = tuple(
        replace(
            part,
            detail=check_text(part.detail, "明细科目", NAME_LIMIT),
            counterparty=check_text(part.counterparty, "往来单位", NAME_LIMIT),
            project=check_text(part.project, "项目", NAME_LIMIT),
            reason=check_text(part.reason, "理由", SUMMARY_LIMIT),
        )
        for part in one.parts
    )
    return replace(one, parts=parts)


def _cutoff(start: Month) -> date:
    return start.first - timedelta(days=1)

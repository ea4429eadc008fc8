"""``import old``: the books of Kingdee KIS or Yonyou T3 into a ledger, guided, dry or for good.

read_old        the files, proven, and a proposal for each of their accounts
import_old      the whole import; the caller commits, or leaves it undone to have only looked
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.domain.old_mapping import Decision, Mapper, Proposal, place
from village_ledger.domain.old_plan import Planner
from village_ledger.domain.old_program import OldRecords, gaps_of
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.exchange.oldbooks.old_book_reading import read_old_book
from village_ledger.exchange.oldbooks.old_book_rules import rules_of
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.oldbooks.scope import Wishes, scope_of, year_end_of
from village_ledger.services.oldbooks.taking_in import TakenOver, Takeover, take_over
from village_ledger.services.outcome import Outcome

if TYPE_CHECKING:
    from village_ledger.domain.old_plan import Plan
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OldReading:
    """What the files say and where their accounts would go."""

    records: OldRecords
    proposals: tuple[Proposal, ...]

    @property
    def open_ones(self) -> list[Proposal]:
        """Accounts a person must decide."""
        return [x for x in self.proposals if x.is_open]


@dataclass(frozen=True, slots=True)
class OldOptions:
    """What a person chose for one import."""

    decisions: Mapping[str, Decision] = field(default_factory=dict[str, Decision])
    wishes: Wishes = field(default_factory=Wishes)
    keep_details: bool = True
    """Sub-accounts of the old chart become sub-accounts of the new one."""
    accept: bool = False
    """What is open is taken as proposed."""


def read_old(
    reader: Reader, ledger: str, paths: Sequence[Path], decisions: Mapping[str, Decision] | None = None
) -> OldReading:
    """Read and propose; raises UnreadableError, ImportRefused naming every fault of the files."""
    return propose_old(reader, ledger, read_old_book(paths), decisions)


def propose_old(
    reader: Reader, ledger: str, records: OldRecords, decisions: Mapping[str, Decision] | None = None
) -> OldReading:
    """A proposal for every account used, from the rules, what the ledger remembers and what a person says now."""
    mapper = Mapper(reader.chart(ledger), rules_of(reader.ledger(ledger).chart_id))
    beside = {x.code: x.item.kind for x in records.balances if x.item and not x.item.is_project}
    for voucher in records.vouchers:
        beside |= {x.code: x.item.kind for x in voucher.lines if x.item and not x.item.is_project}
    found = mapper.proposals(records.used, decisions, reader.old_mapping(ledger), beside)
    return OldReading(records, tuple(found))


def import_old(
    uow: UnitOfWork, ledger: str, reading: OldReading, options: OldOptions, progress: Progress = SILENT
) -> Outcome[TakenOver]:
    """Take everything in, proven to the fen; raises LedgerError for whatever stands in the way."""
    takeover = _prepared(uow, ledger, reading, options)
    done = take_over(uow, ledger, takeover, progress)
    notices = [*reading.records.notices, *_notices(takeover, done.value)]
    return Outcome(done.value, done.changes, (*notices, *done.warnings))


def _prepared(uow: UnitOfWork, ledger: str, reading: OldReading, options: OldOptions) -> Takeover:
    """The plan of an import; raises ImportRefused naming what is open, cannot be placed or leaves a gap."""
    reader, records = uow.reader, reading.records
    scope = scope_of(reader, ledger, records, options.wishes)
    _refuse_open(reading, accept=options.accept)
    may_divide = _divisible(uow, ledger)
    placed = place(reading.proposals, reader.chart(ledger), may_divide, keep_details=options.keep_details)
    if placed.faults:
        raise ImportRefused(placed.faults)
    planner = Planner(records, placed.places, year_end_of(reader, ledger, placed.chart))
    last = {(month, word): number for month, word, _first, number, _count in reader.numbers(ledger)}
    if scope.with_vouchers:
        _refuse_used(records, last)
    if scope.with_vouchers and not scope.renumber:
        gaps = gaps_of(records.vouchers, last)
        if gaps:
            raise ImportRefused(
                [
                    tr("断号：{gap}。要接号请加上“重新编号”（--renumber），原号写进摘要。", gap=str(gap))
                    for gap in gaps
                ]
            )
    plan = planner.plan(scope, last)
    _refuse_texts(plan)
    return Takeover(records, reading.proposals, placed, plan, scope)


def _refuse_used(records: OldRecords, last: Mapping[tuple[Month, str], int]) -> None:
    """Numbers the book has already are named, all of them; renumbering would only hide that they came before."""
    used = [v for v in records.vouchers if v.number <= last.get((v.month, v.word), 0)]
    if used:
        raise ImportRefused([tr("第{row}行：凭证 {ref} 账里已经有了。", row=v.row, ref=v.ref) for v in used])


def _divisible(uow: UnitOfWork, ledger: str) -> Callable[[str], bool]:
    """Whether an account may get sub-accounts: nothing stands on it yet."""
    known: dict[str, bool] = {}

    def may(code: str) -> bool:
        if code not in known:
            known[code] = not uow.accounts.has_lines(ledger, code)
        return known[code]

    return may


def _refuse_open(reading: OldReading, *, accept: bool) -> None:
    open_ones = [x for x in reading.open_ones if not (accept and x.target)]
    if open_ones:
        raise ImportRefused(
            [
                tr(
                    "{code} {name}：{what}。{note}",
                    code=x.old.shown,
                    name=x.old.words,
                    what=tr("要由村里定") if x.target else tr("不知道归哪个新科目"),
                    note=f"{x.note.rstrip('。')}。" if x.note else "",
                )
                for x in open_ones
            ]
        )


def _refuse_texts(plan: Plan) -> None:
    """Texts the book cannot keep, row by row."""
    faults: list[str] = []
    for line in (x for v in [*plan.vouchers, *plan.closing] for x in v.lines):
        try:
            check_text(line.summary, tr("摘要"), SUMMARY_LIMIT)
            check_text(line.counterparty, tr("往来单位"), NAME_LIMIT)
            check_text(line.project, tr("项目"), NAME_LIMIT)
        except LedgerError as error:
            faults.append(tr("第{row}行：{what}。", row=line.row, what=error.what))
    if faults:
        raise ImportRefused(faults)


def _notices(takeover: Takeover, taken: TakenOver) -> list[str]:
    """What a person should know of what was done and what was left."""
    records, plan, scope = takeover.records, takeover.plan, takeover.scope
    said: list[str] = []
    if records.vouchers and not scope.with_vouchers:
        said.append(
            tr(
                "这本账从 {day} 以后启用：期末余额作期初，{count} 张凭证只用来核对，没有导入。",
                day=records.span.last,
                count=len(records.vouchers),
            )
        )
    if plan.renumbered:
        said.append(tr("重新编号 {count} 张，原来的号写在摘要里。", count=plan.renumbered))
    if taken.closing:
        said.append(
            tr(
                "{count} 张年终结转凭证记在结转期，{year} 年照旧账结了账。",
                count=taken.closing,
                year=records.span.first.year,
            )
        )
    if taken.left_out:
        said.append(
            tr("{count} 张年终结转凭证没有导入：结账时由年终结转生成。对照里已经扣去。", count=taken.left_out)
        )
    if taken.vouchers and not taken.posted:
        said.append(tr("账簿有登记的人员：凭证等待审核和记账。"))
    if not records.balances:
        said.append(tr("没有科目余额表，只核对了凭证自己的借贷和合计。"))
    return said

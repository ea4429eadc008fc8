"""Taking an old program's books in: accounts, openings, vouchers, the year as it was closed there; proven or not at all.

The figures after are read from the book itself and must equal the old ones, account by account; else nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ImportRefused
from village_ledger.domain.money import format_fen
from village_ledger.domain.old_mapping import Placed, Proposal, Remembered
from village_ledger.domain.old_plan import (
    CARRIED_FORWARD,
    NOTHING,
    Compared,
    Figures,
    Plan,
    Scope,
    compare,
    planned_figures,
)
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import Voucher, VoucherKind, VoucherLine
from village_ledger.services.book import accounts, openings
from village_ledger.services.book.month_states import counted, standing
from village_ledger.services.changes import Changes
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.closing.year_end import AUTOMATIC
from village_ledger.services.duties import require
from village_ledger.services.entry import bulk
from village_ledger.services.entry.cautions import guard_for
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.closing.register import ClosingRegister
from village_ledger.storage.oldbooks.inspection import LOGGED
from village_ledger.storage.oldbooks.queries import figures_text
from village_ledger.storage.oldbooks.register import OldBookRegister

if TYPE_CHECKING:
    from village_ledger.domain.imported import ImportedVoucher
    from village_ledger.domain.old_program import OldRecords
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

_SHOWN = 5
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Takeover:
    """Everything one import is made of."""

    records: OldRecords
    proposals: Sequence[Proposal]
    placed: Placed
    plan: Plan
    scope: Scope


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What an import did."""

    accounts: int
    openings: int
    vouchers: int
    closing: int
    """Vouchers that carry the year forward, taken into its closing period."""
    left_out: int
    """Such vouchers left to our own closing."""
    posted: bool
    compared: tuple[Compared, ...]


def take_over(
    uow: UnitOfWork, ledger: str, takeover: Takeover, progress: Progress = SILENT
) -> Outcome[TakenOver]:
    """Write one import; the caller commits, or looks at the figures and leaves it undone.

    Raises ImportRefused naming every account whose figures differ, and what entering accounts, openings and vouchers raises.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    records, plan, scope = takeover.records, takeover.plan, takeover.scope
    posts = not uow.reader.has_staff()
    for account in takeover.placed.made:
        accounts.add(uow, ledger, account.parent, account.name, code=account.code)
    before = _figures(uow.reader, ledger, records.span)
    if plan.openings:
        openings.set_opening(uow, ledger, plan.openings)
    if plan.vouchers:
        bulk.import_vouchers(uow, ledger, plan.vouchers, post=posts, progress=progress)
    if scope.finish_year:
        _finish(uow, ledger, records.span.first.year, plan.closing, progress)
    compared = compare(plan, _after(uow.reader, ledger, takeover, before, posts=posts))
    _refuse_differences(uow.reader, ledger, compared)
    _note(uow, ledger, takeover, compared)
    taken = TakenOver(
        len(takeover.placed.made),
        len(plan.openings),
        len(plan.vouchers),
        len(plan.closing),
        _left_out(takeover),
        posts,
        tuple(compared),
    )
    changes = Changes(
        vouchers=True,
        balances=True,
        accounts=True,
        counterparties=True,
        periods=True,
        settings=True,
        ledger=ledger,
    )
    return Outcome(taken, changes, tuple(_cautions(uow.reader, ledger, plan.vouchers)))


def _left_out(takeover: Takeover) -> int:
    if not takeover.scope.with_vouchers:
        return 0
    taken = len(takeover.plan.vouchers) + len(takeover.plan.closing)
    return len(takeover.records.vouchers) - taken


def _figures(reader: Reader, ledger: str, span: Span) -> dict[str, Figures]:
    return {
        t.account: Figures(t.opening, t.debit, t.credit, t.closing) for t in reader.turnovers(ledger, span)
    }


def _after(
    reader: Reader, ledger: str, takeover: Takeover, before: Mapping[str, Figures], *, posts: bool
) -> dict[str, Figures]:
    """What the book gives for the files' span now, but for what it held before."""
    if takeover.scope.opening == "closing" or not posts:
        return planned_figures(takeover.plan)
    found: dict[str, Figures] = {}
    for code, now in _figures(reader, ledger, takeover.records.span).items():
        was = before.get(code, NOTHING)
        opening = now.opening if takeover.records.balances else 0
        debit, credit = now.debit - was.debit, now.credit - was.credit
        found[code] = Figures(opening, debit, credit, opening + debit - credit)
    return found


def _refuse_differences(reader: Reader, ledger: str, compared: Sequence[Compared]) -> None:
    chart = reader.chart(ledger)
    found = [
        f"{x.code} {chart.path(x.code)}：旧账 期初 {format_fen(x.before.opening)}、借 {format_fen(x.before.debit)}、"
        f"贷 {format_fen(x.before.credit)}，新账 期初 {format_fen(x.after.opening)}、借 {format_fen(x.after.debit)}、"
        f"贷 {format_fen(x.after.credit)}，对不上。"
        for x in compared
        if not x.agrees
    ]
    if found:
        raise ImportRefused(found)


def _finish(
    uow: UnitOfWork, ledger: str, year: int, closing: Sequence[ImportedVoucher], progress: Progress
) -> None:
    """Close the year as the old program closed it: its months, and its own vouchers in the closing period."""
    require(uow, Duty.CLOSE, ledger)
    openings.settle(uow, ledger)
    for number in range(1, DECEMBER + 1):
        month = Month(year, number)
        progress.step(number, DECEMBER, "照旧账结账")
        items = check_list(uow.reader, ledger, month)
        ClosingRegister(uow).note_check(ledger, month, counted(items), standing(items), closed=True)
        uow.periods.set_state(ledger, month, MonthState.CLOSED)
        uow.log.add("结账", ledger=ledger, subject=str(month), detail="导入旧账：原账已经结账")
    month = uow.periods.open_closing(ledger, year)
    refs: list[str] = []
    for one in closing:
        lines = tuple(
            VoucherLine(x.summary, x.account, x.debit, x.credit, x.counterparty, x.project) for x in one.lines
        )
        voucher = Voucher(
            day=one.day,
            lines=lines,
            word=one.word,
            kind=VoucherKind.GENERATED,
            no_attachment_reason=CARRIED_FORWARD,
            closing=True,
        )
        voucher_id = uow.vouchers.add(ledger, voucher, one.number)
        uow.postings.post(ledger, [voucher_id], AUTOMATIC)
        refs.append(f"{month}/{one.word}-{one.number:04d}")
    uow.periods.set_state(ledger, month, MonthState.CLOSED)
    uow.log.add("年终结转", ledger=ledger, subject=str(year), detail="、".join(refs))


def _note(uow: UnitOfWork, ledger: str, takeover: Takeover, compared: Sequence[Compared]) -> None:
    """Remember the mapping and keep the proof."""
    records, register = takeover.records, OldBookRegister(uow)
    places = takeover.placed.places
    register.remember(
        ledger,
        {
            x.old.code: Remembered(x.old.words, places[x.old.code].code, x.party, x.project)
            for x in takeover.proposals
            if x.old.code in places
        },
    )
    count = len(takeover.plan.vouchers) + len(takeover.plan.closing)
    digest = register.note(ledger, records, count, figures_text(compared))
    makers = "、".join(sorted({v.maker for v in records.vouchers if v.maker})) or "未写"
    reviewers = "、".join(sorted({v.reviewer for v in records.vouchers if v.reviewer})) or "未写"
    uow.log.add(
        LOGGED,
        ledger=ledger,
        subject="、".join(records.sources),
        detail=f"{records.program.words}，{records.span.words()}，凭证 {count} 张，原制单 {makers}，原审核 {reviewers}，"
        f"重新编号 {takeover.plan.renumbered} 张；摘要值 {digest.hex()}",
    )


def _cautions(reader: Reader, ledger: str, vouchers: Sequence[ImportedVoucher]) -> list[str]:
    """What the wrong-ledger guard would ask of the old vouchers; they are history, so it is said and nothing refused."""
    guard = guard_for(reader, ledger)
    if guard is None:
        return []
    said = [
        f"{Month.of(v.day)}/{v.word}-{v.number:04d}：{hit.sentence.rstrip('。')}。"
        for v in vouchers
        for hit in guard.check(v.lines, v.day)
    ]
    if len(said) > _SHOWN:
        return [*said[:_SHOWN], f"另有 {len(said) - _SHOWN} 处同类提醒，旧凭证照录。"]
    return said

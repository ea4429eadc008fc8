"""Merging the books of villages: looked at, proven, made into a new book; the old ones become an archive.

``preview`` says what would be, ``merge`` does it. The new book appears only when it is complete and verified.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import BookFileError
from village_ledger.domain.merger import MergerError, MergerRefused, Option
from village_ledger.domain.merger_mutual import differences
from village_ledger.domain.merger_openings import MergerPlan, apart_plan, merge_plan
from village_ledger.domain.merger_proof import MergerProof, prove
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.book import verification
from village_ledger.services.book.books import new_book
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.entry.vouchers import named
from village_ledger.services.merger import archive
from village_ledger.services.merger.carriers import carry_all
from village_ledger.services.merger.carry_ledgers import (
    GROUP,
    add_ledgers,
    chart_of,
    enter_last_years,
    enter_openings,
    make_accounts,
    places,
)
from village_ledger.services.merger.carry_people import carry_people
from village_ledger.services.merger.carry_shares import carry_shares
from village_ledger.services.merger.creditors import creditors_of
from village_ledger.services.merger.merger_checks import ensure_may_merge, ensure_month_end, left_open
from village_ledger.services.merger.merging import LastYears, MergerRequest, Merging, no_last_years, worth_of
from village_ledger.services.merger.sources import OldBook, facts_of, old_books
from village_ledger.services.outcome import Outcome
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.file.create import beside
from village_ledger.storage.merger.inspection import MERGED, record_of
from village_ledger.storage.merger.register import MergerHead, MergerRegister, NewCreditor
from village_ledger.storage.spec import CHART_OF, BookSpec, CommitteeChart

_STEPS = 7
TITLES = {LedgerKind.COLLECTIVE: "集体经济组织账", LedgerKind.COMMITTEE: "村民委员会账"}
"""The village's own ledgers, as every new book calls them."""
Enter = Callable[[OldBook], None]


def nobody(_one: OldBook) -> None:
    """Nobody signs in."""


@dataclass(frozen=True, slots=True)
class MergerPreview:
    """What a merger would give: the plan, its proof, and what is to be settled first."""

    plan: MergerPlan
    proof: MergerProof
    villages: tuple[str, ...]
    differences: tuple[str, ...]
    worth: Mapping[str, int]
    """Village → assets less liabilities of its collective, fen."""
    ledgers: Mapping[str, tuple[str, str, Chart]]
    """New ledger → title, legal name and chart of those that take something over."""
    members: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MergerResult:
    """A merger that was made."""

    preview: MergerPreview
    creditors: int
    matters: int
    people: int
    archived: tuple[str, ...]
    """Old books that can only be looked at from now on."""


@contextmanager
def examined(
    request: MergerRequest, progress: Progress = SILENT, enter: Enter = nobody
) -> Generator[tuple[list[OldBook], MergerPreview]]:
    """The old books held open, looked over, and what the merger would give; raises MergerError, MergerRefused, BookBusy."""
    ensure_month_end(request.day)
    if request.target.exists():
        raise MergerError(f"{request.target.name} 已经存在", "合并不会覆盖任何文件，请换一个文件名。")
    if not request.village.strip():
        raise MergerError("还没有写新村名", "请填上新村的名称。")
    with old_books(request.books, request.day, request.by) as books:
        for one in books:
            enter(one)
        ensure_may_merge(books, request.day, request.option, progress)
        yield books, _preview(request, books)


def preview(request: MergerRequest, progress: Progress = SILENT, enter: Enter = nobody) -> MergerPreview:
    """What the merger would give; nothing is written. Differing claims and unmapped accounts are named, not refused."""
    with examined(request, progress, enter) as (_, found):
        return found


def merge(
    request: MergerRequest,
    last_years: LastYears = no_last_years,
    progress: Progress = SILENT,
    enter: Enter = nobody,
) -> Outcome[MergerResult]:
    """Make the new book and end the old ones, all or nothing.

    ``enter`` signs whoever merges in to an old book that has staff, so that its numbers can be read and it can be ended.
    Raises MergerRefused naming every obstacle, MergerError, BookBusy for a book open elsewhere, Cancelled.
    """
    named(request.by)
    with examined(request, progress, enter) as (books, found):
        _ensure_settled(request, found)
        spec = _spec(request, books)
        with beside(request.target) as part:
            new_book(part, spec, request.by)
            with open_book(part, Access.WRITE, request.by) as book, book.unit_of_work(request.by) as uow:
                merging = Merging(uow, request, books, found.plan, places(books, request.option))
                people, seal = _write(merging, last_years, progress)
                uow.commit()
                uid = uow.reader.book().uid
            progress.step(_STEPS - 1, _STEPS, "核对新账簿")
            findings = verification.verify(part, progress)
            if findings:
                raise BookFileError(
                    f"合并后的账簿核对不过，没有建账：{findings[0].sentence()}",
                    "请把这句话告诉维护人员。",
                    safe="各村的旧账没有动，也没有留下半个文件。",
                )
        warnings = list(merging.warnings)
        archived = (
            archive.end_all(books, request, uid, seal, warnings) if request.option.ends_old_books else ()
        )
    result = MergerResult(found, len(_creditors(merging)), len(merging.matters), people, archived)
    return Outcome(result, Changes(balances=True, accounts=True, members=True), tuple(warnings))


def _ensure_settled(request: MergerRequest, found: MergerPreview) -> None:
    """Nothing unmapped, no claims that differ without a decision, figures that agree."""
    if found.plan.faults:
        raise MergerRefused(found.plan.faults, "请在对照表里写明新科目，再合并。")
    if found.differences and not request.decided.reason:
        raise MergerRefused(
            found.differences,
            "请两村对账，各自更正后再合并；查不清的，用 --difference-reason 写明理由，只抵销相等的部分，差额列入未决事项。",
        )
    if found.proof.faults:
        raise MergerRefused(found.proof.faults, "请核对科目对照表。")


def _spec(request: MergerRequest, books: Sequence[OldBook]) -> BookSpec:
    return BookSpec(
        village=request.village,
        start=request.start,
        collective_name=request.collective_name,
        collective_code=request.collective_code,
        committee_name=request.committee_name,
        committee_code=request.committee_code,
        committee_chart=_committee_chart(request, books),
        is_demo=any(one.reader.book().is_demo for one in books),
    )


def _committee_chart(request: MergerRequest, books: Sequence[OldBook]) -> CommitteeChart:
    """The chart asked for, else the one the villages' committees have."""
    if request.committee_chart is not None:
        return request.committee_chart
    ledgers = [ledger for one in books if (ledger := one.source.ledger(LedgerKind.COMMITTEE))]
    charts = [
        x
        for x in CommitteeChart
        for ledger in ledgers
        if CHART_OF[LedgerKind.COMMITTEE, x] == ledger.chart_id
    ]
    return charts[0] if charts else CommitteeChart.SURPLUS


def _preview(request: MergerRequest, books: Sequence[OldBook]) -> MergerPreview:
    sources = [one.source for one in books]
    preset = _committee_chart(request, books)
    spec = _spec(request, books)
    where = places(books, request.option)
    plan, ledgers = MergerPlan(), dict[str, tuple[str, str, Chart]]()
    if request.option is Option.MERGE:
        charts = {kind: chart_of(kind, preset) for kind in LedgerKind}
        entities = {
            LedgerKind.COLLECTIVE: spec.collective_entity,
            LedgerKind.COMMITTEE: spec.committee_entity,
        }
        plan = merge_plan(sources, charts, entities, request.decided)
        for kind in LedgerKind:
            placed = plan.charts.get(kind.value)
            chart = charts[kind] if placed is None else placed.chart
            ledgers[kind.value] = (TITLES[kind], entities[kind], chart)
    apart = {key: code for key, code in where.items() if code.startswith(GROUP)}
    other = apart_plan(sources, apart)
    plan.origins += other.origins
    plan.openings += other.openings
    plan.codes += other.codes
    for one in books:
        for old in one.source.ledgers:
            code = apart.get((one.number, old.code))
            if code is not None:
                ledgers[code] = (f"{one.village}{old.title}", old.entity, old.chart)
    widths = {code: chart.rule.widths[0] for code, (_, _, chart) in ledgers.items()}
    return MergerPreview(
        plan,
        prove(plan.origins, plan.openings, widths),
        tuple(one.village for one in books),
        tuple(differences(plan.claims)),
        {one.village: worth_of(one) for one in books},
        ledgers,
        {one.village: len(one.reader.living_members(request.day)) for one in books},
    )


def _write(merging: Merging, last_years: LastYears, progress: Progress) -> tuple[int, bytes]:
    """Everything of the new book in one transaction; returns how many people, and the digest."""
    uow, request, plan = merging.uow, merging.request, merging.plan
    require(uow, Duty.OPENING)
    register = MergerRegister(uow)
    progress.step(0, _STEPS, "记下各村的账簿")
    facts = [facts_of(one) for one in merging.books]
    for fact in facts:
        register.add_source(fact)
    progress.step(1, _STEPS, "设科目")
    add_ledgers(merging)
    make_accounts(merging)
    progress.step(2, _STEPS, "录期初")
    enter_openings(merging)
    enter_last_years(merging, last_years)
    progress.step(3, _STEPS, "转成员和户")
    people = carry_people(merging)
    progress.step(4, _STEPS, "转份额")
    carry_shares(merging)
    progress.step(5, _STEPS, "转合同、资产和其他")
    carry_all(merging)
    for one in merging.books:
        merging.matters += left_open(one)
    _settle_matters(merging)
    register.add_origins(plan.origins)
    register.add_codes([*plan.codes, *merging.codes])
    register.add_shares(merging.shares)
    register.add_creditors(_creditors(merging))
    register.add_matters(merging.matters)
    head = MergerHead(
        request.option.value,
        request.day,
        request.shares.value,
        request.approved_on,
        "、".join(request.resolutions),
        check_text(request.decided.reason, "理由", SUMMARY_LIMIT),
    )
    seal = register.seal(head)
    subject, detail = record_of(
        request.option.value, request.day.isoformat(), [(x.village, x.digest) for x in facts], seal
    )
    uow.log.add(MERGED, subject=subject, detail=detail)
    return people, seal


def _settle_matters(merging: Merging) -> None:
    """What the plan left open, and claims that differ."""
    merging.matters[:0] = merging.plan.matters
    for text in differences(merging.plan.claims):
        reason = merging.request.decided.reason
        merging.matter(None, "往来差额", "村与村的往来", f"{text}。只抵销相等的部分：{reason}")
    if merging.request.option.ends_old_books and merging.request.approved_on is None:
        merging.matter(None, "批准", "县级批准", "还没有登记县级批准的日期；批准后十日内要通知债权人。")
    for claim in merging.plan.claims:
        if not claim.within_one_ledger and claim.equal:
            text = f"{claim.creditor}和{claim.debtor}之间 {format_fen(claim.equal)} 成了新村两本账的往来，请用两账往来结清。"
            merging.matter(None, "两账往来", f"{claim.creditor}、{claim.debtor}", text)


def _creditors(merging: Merging) -> list[NewCreditor]:
    if not merging.request.option.ends_old_books:
        return []
    return creditors_of(merging.plan, merging.books, merging.request.approved_on)

"""What sheets H and I say of a project beside its fund: papers, budget, tender, contract, payments, final account, the asset.

Steps, payments and cards count as they stood on the last day of the span; only posted vouchers are money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.money import format_fen
from village_ledger.domain.project import Project, ProjectStep
from village_ledger.domain.said_in_summary import work
from village_ledger.reports.disclosure.claims_by_party import kept_by_party
from village_ledger.reports.table import Link
from village_ledger.services.projects.project_rules import ways
from village_ledger.services.projects.project_status import uses

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.storage.disclosure.queries import Entry
    from village_ledger.storage.projects.queries import ProjectPayment
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

LEVY, GRANTS = "disclosure-levy", "disclosure-grants"
_KINDS = {LEVY: frozenset({"levy"}), GRANTS: frozenset({"works", "earmarked"})}
_AWARD = "241"
_LABOUR = ("筹劳", "以劳", "投劳")


@dataclass(frozen=True, slots=True)
class Line:
    """One line beside the fund's entries; the amount is planned, agreed or paid, and part of no sum of the fund."""

    summary: str
    day: date | None = None
    amount: int | None = None
    voucher: str = ""
    counterparty: str = ""
    link: Link | None = None


@dataclass(slots=True)
class Beside:
    """Lines before and after a project's entries."""

    head: list[Line] = field(default_factory=list[Line])
    tail: list[Line] = field(default_factory=list[Line])


def beside_projects(
    reader: Reader, info: LedgerInfo, span: Span, report: str, entries: Sequence[Entry]
) -> dict[str, Beside]:
    """By project: those the sheet's entries name, and those opened as this kind that are not over and done."""
    files = {one.name: one for one in _files(reader, info.code, span)}
    named = dict.fromkeys(entry.project for entry in entries if entry.project)
    found: dict[str, Beside] = {}
    for name in (*named, *(name for name in files if name not in named)):
        project = files.get(name)
        if name not in named and (project is None or project.card.kind not in _KINDS[report]):
            continue
        paid = [
            one
            for one in reader.project_payments(
                info.code, name, uses(reader, info.code), span.last.isoformat()
            )
            if one.posted
        ]
        now = [one for one in paid if span.first <= one.day]
        if name not in named and not now and (project is None or _over(project, span)):
            continue
        own = [entry for entry in entries if entry.project == name]
        lines = Beside(_resolved(reader, info, span, name, project) if report == LEVY else [])
        lines.head += _documents(reader, info, span, name) if report == GRANTS else []
        lines.head += _steps(project) if project else []
        lines.tail += _levied(reader, info, span, own) if report == LEVY else []
        told = {entry.voucher_id for entry in own}
        beside = [one for one in now if one.voucher_id not in told]
        if beside or project:
            lines.tail += _payments(info, beside, paid, f"{report}:{name}")
        lines.tail += _result(reader, info, span, project, name, paid)
        found[name] = lines
    return found


def _files(reader: Reader, ledger: str, span: Span) -> Iterable[Project]:
    """Projects as their steps up to the last day fold."""
    for one in reader.project_files(ledger):
        steps = [entry for entry in one.entries if entry.day <= span.last]
        if any(entry.step is ProjectStep.CARD for entry in steps):
            yield Project.folded(ledger, one.name, steps)


def _over(project: Project, span: Span) -> bool:
    """Whether all its steps were made before the span and it has its final account."""
    return project.final is not None and all(entry.day < span.first for entry in project.entries)


def _resolved(reader: Reader, info: LedgerInfo, span: Span, name: str, project: Project | None) -> list[Line]:
    """Resolutions on the project: the one its card names, and those about it."""
    from village_ledger.reports.disclosure.catalogue_special import resolution_words

    asked = project.card.decision if project else ""
    lines = [
        Line(f"{one.number} {resolution_words(one)}", one.day, link=Link("resolution", one.number, info.code))
        for one in reader.resolutions()
        if one.day <= span.last and (one.number == asked or name in one.subject)
    ]
    if asked and not lines:
        lines.append(Line(f"决策 {asked}", link=Link("decision", asked, info.code)))
    return lines


def _documents(reader: Reader, info: LedgerInfo, span: Span, name: str) -> list[Line]:
    last = span.last.isoformat()
    return [
        Line(
            f"拨款文件 {one.number}{f'（{one.purpose}）' if one.purpose else ''}",
            date.fromisoformat(one.granted_on) if one.granted_on else None,
            one.amount,
        )
        for one in reader.grant_documents(info.code, name)
        if one.granted_on <= last
    ]


def _steps(project: Project) -> list[Line]:
    link = Link("project", project.name, project.ledger)
    lines: list[Line] = []
    budget, planned = project.budget, project.last(ProjectStep.BUDGET)
    if budget and planned:
        basis = f"（{budget.basis}）" if budget.basis else ""
        lines.append(Line(f"预算{basis}", planned.day, budget.total, link=link))
    tender, asked = project.tender, project.last(ProjectStep.TENDER)
    if tender and asked:
        bids = f"，{len(tender.bids)} 家报价" if tender.bids else ""
        ceiling = f"，控制价 {format_fen(tender.ceiling)}" if tender.ceiling else ""
        way = ways().get(tender.way, tender.way)
        lines.append(Line(f"{way}{bids}{ceiling}，中标", asked.day, tender.price, "", tender.winner, link))
    contract, signed = project.contract, project.last(ProjectStep.CONTRACT)
    if contract and signed:
        kept = f"，质保金 {format_fen(contract.warranty)}" if contract.warranty else ""
        text = f"合同 {contract.number}{kept}"
        lines.append(Line(text, signed.day, contract.amount, "", contract.party, link))
    changed = [entry for entry in project.entries if entry.step is ProjectStep.CHANGE]
    for entry, change in zip(changed, project.changes, strict=True):
        why = "，".join(filter(None, (change.reason, change.decision)))
        lines.append(Line(f"变更：{why}", entry.day, change.amount, link=link))
    if project.acceptance and project.accepted_on:
        people = f"（{len(project.acceptance.people)} 人验收）" if project.acceptance.people else ""
        lines.append(Line(f"验收合格{people}", project.accepted_on, link=link))
    return lines


def _levied(reader: Reader, info: LedgerInfo, span: Span, own: Sequence[Entry]) -> list[Line]:
    """What households were to pay, have paid and still owe; labour put in money; the award from above."""
    labour = [entry for entry in own if entry.credit and any(word in entry.summary for word in _LABOUR)]
    lines: list[Line] = []
    if labour:
        days = "、".join(
            dict.fromkeys(work(entry.summary).days for entry in labour if work(entry.summary).days)
        )
        link = Link("voucher", str(labour[0].voucher_id), info.code)
        words = f"其中筹劳折资{f'（{days}）' if days else ''}"
        lines.append(Line(words, amount=sum(entry.credit for entry in labour), link=link))
    for leaf in _receivables(reader, info, own):
        turned = next((line for line in reader.turnovers(info.code, span) if line.account == leaf), None)
        if turned is not None:
            name = reader.chart(info.code).get(leaf).name
            link = Link("account", leaf, info.code)
            words = f"{name}：本期应交 {format_fen(turned.debit)}，已交 {format_fen(turned.credit)}，还没有交"
            lines.append(Line(words, span.last, turned.closing, link=link))
    awards = [
        account.code
        for account in reader.chart(info.code)
        if account.is_leaf and account.code.startswith(_AWARD)
    ]
    project = own[0].project if own else ""
    return [
        *lines,
        *(
            _entry_line(info, f"财政奖补：{entry.summary}", entry, entry.credit)
            for entry in reader.entries(info.code, awards, span, [project] if project else [])
            if entry.credit
        ),
    ]


def _receivables(reader: Reader, info: LedgerInfo, own: Sequence[Entry]) -> list[str]:
    """Accounts kept by person that stand beside the levy: on them is booked who is to pay."""
    by_party = set(kept_by_party(reader.chart(info.code)))
    found: dict[str, None] = {}
    for stored in reader.vouchers_by_id(list(dict.fromkeys(entry.voucher_id for entry in own))):
        for line in stored.voucher.lines:
            if line.debit and line.account in by_party:
                found[line.account] = None
    return list(found)


def _entry_line(info: LedgerInfo, words: str, entry: Entry, amount: int) -> Line:
    number = f"{entry.word}-{entry.number:04d}"
    return Line(
        words, entry.day, amount, number, entry.party, Link("voucher", str(entry.voucher_id), info.code)
    )


def _payments(
    info: LedgerInfo, now: Sequence[ProjectPayment], paid: Sequence[ProjectPayment], key: str
) -> list[Line]:
    """What was paid in the span beside what the fund's own entries tell, and all that was paid so far."""
    lines = [
        Line(
            f"付款：{one.summary}",
            one.day,
            one.amount,
            one.ref.short,
            "、".join(sorted(one.payees)),
            Link("voucher", str(one.voucher_id), info.code),
        )
        for one in now
    ]
    if paid:
        link = Link("lines", key, info.code)
        lines.append(
            Line("到期末一共付了（上面专款付的也算）", amount=sum(one.amount for one in paid), link=link)
        )
    return lines


def _result(
    reader: Reader,
    info: LedgerInfo,
    span: Span,
    project: Project | None,
    name: str,
    paid: Sequence[ProjectPayment],
) -> list[Line]:
    lines: list[Line] = []
    if project and project.contract:
        party = project.contract.party
        builder = sum(one.amount for one in paid if not one.payees or party in one.payees)
        link = Link("project", name, info.code)
        final, entry = project.final, project.last(ProjectStep.FINAL)
        if final and entry:
            audit = f"（审计报告 {final.audit}）" if final.audit else ""
            lines.append(Line(f"决算价{audit}", entry.day, final.amount, "", party, link))
        owed = (final.amount if final else project.agreed) - builder
        lines.append(Line("施工方还没有付的（含质保金）", span.last, owed, "", party, link))
    for one in reader.asset_standings(info.code, span.last):
        if one.card.project == name:
            link = Link("asset", one.card.code, info.code)
            lines.append(
                Line(f"形成资产 {one.card.code} {one.card.name}", one.card.in_use, one.cost, link=link)
            )
    return lines


def by_project(found: Mapping[str, Beside], name: str) -> Beside:
    """The lines of a block; none for entries without a project."""
    return found.get(name, Beside())

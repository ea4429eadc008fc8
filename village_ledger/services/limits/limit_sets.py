"""Adopting approval limits: a ledger takes a preset or its own rules from a day on; versions are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LimitError
from village_ledger.domain.limit import RuleSet, check_bands
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.limits.limit_rules import Preset, vocabulary
from village_ledger.services.outcome import Outcome
from village_ledger.storage.limits.inspection import ADOPTED
from village_ledger.storage.limits.register import LimitRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


def preview(reader: Reader, ledger: str, chosen: Preset, since: date, reason: str = "") -> RuleSet:
    """The version that adopting would make; raises LimitError for rules that cannot be adopted, naming why."""
    check_bands(chosen.bands, vocabulary())
    if bool(chosen.acceptance_people) != bool(chosen.acceptance_from):
        raise LimitError("验收人数和验收起点要一起写", "不要求验收就都不写。")
    count, last = reader.paid_since(ledger, since)
    if count:
        raise LimitError(
            f"{since} 起已经有 {count} 张记账的付款（最后一张在 {last}），规则不能管到它们前面去",
            f"请从 {last} 以后的一天起采用。",
        )
    start = reader.ledger(ledger).start.first
    if since < start:
        raise LimitError(f"{since} 在建账（{start}）之前", "请从建账以后的一天起采用。")
    versions = reader.limit_sets(ledger)
    name = check_text(chosen.name, "规则名称", NAME_LIMIT)
    if not name:
        raise LimitError("审批规则还没有名称", "请起一个名称，如“青山村审批限额”。")
    return RuleSet(
        ledger,
        len(versions) + 1,
        name,
        chosen.id,
        since,
        check_text(chosen.source, "出处", SUMMARY_LIMIT),
        chosen.bands,
        chosen.acceptance_from,
        chosen.acceptance_people,
        chosen.audit_from,
        check_text(reason, "依据", SUMMARY_LIMIT),
    )


def adopt(uow: UnitOfWork, ledger: str, chosen: Preset, since: date, reason: str) -> Outcome[RuleSet]:
    """Put rules in force from a day on; ``reason`` is what they rest on (文号、决议).

    Raises LimitError for bands with a gap or overlap, a day before posted payments, no reason.
    """
    named(uow.by)
    require(uow, Duty.SETTINGS, ledger)
    if not reason.strip():
        raise LimitError("采用审批限额要写明依据", "请写哪个文件、哪次会议定的。")
    made = preview(uow.reader, ledger, chosen, since, reason)
    made = replace(made, adopted_by=uow.by, adopted_at=uow.at)
    LimitRegister(uow).adopt(made)
    detail = f"从 {since} 起，{len(made.bands)} 档，{made.reason}，摘要 {made.digest()[:16]}"
    uow.log.add(ADOPTED, ledger=ledger, subject=made.title, detail=detail)
    waiting = [f"还没记账的凭证从这天起也照新规则办：{made.title}。"] if made.version > 1 else []
    return Outcome(made, Changes(limits=True, vouchers=True, ledger=ledger), tuple(waiting))


def band_words(rules: RuleSet, ledger_kind: str) -> list[tuple[str, str, str, str]]:
    """Every band in words: kind, amounts, who signs and meets, what must be there."""
    words = vocabulary()
    found: list[tuple[str, str, str, str]] = []
    for band in rules.bands:
        signs = "、".join(words.signers[s].name(ledger_kind) for s in band.signers)
        needs = [*band.meetings, *([f"决策到“{words.stages[band.stage]}”"] if band.stage else [])]
        papers = "、".join(words.papers[p] for p in band.papers)
        notice = f"公示 {band.notice_days} 天" if band.notice_days else ""
        found.append(
            (words.kinds[band.kind], band.words, signs, "；".join(filter(None, [*needs, papers, notice])))
        )
    return found


def works_words(rules: RuleSet) -> str:
    """What the set asks of works beyond its bands, empty for nothing."""
    parts: list[str] = []
    if rules.acceptance_people:
        parts.append(
            f"工程 {format_fen(rules.acceptance_from)} 元起要 {rules.acceptance_people} 人以上验收签字"
        )
    if rules.audit_from:
        parts.append(f"{format_fen(rules.audit_from)} 元起要审计")
    return "，".join(parts)

"""What a project's next step must agree with: the order of steps, and figures that cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.errors import ProjectError
from village_ledger.domain.money import format_fen
from village_ledger.domain.project import (
    Acceptance,
    Budget,
    Card,
    Change,
    Contract,
    FinalAccount,
    Project,
    ProjectEntry,
    ProjectStep,
    Tender,
)


@dataclass(frozen=True, slots=True)
class WorksRules:
    """What the measures of the day ask: people at an acceptance, an audit, least bidders, the share of a change."""

    acceptors: int = 0
    audit_from: int = 0
    bidders: int = 0
    change_percent: int = 10


def added(
    project: Project, entry: ProjectEntry, rules: WorksRules, paid: int = 0
) -> tuple[Project, list[str]]:
    """The project with one entry more, and what must be said of it; raises ProjectError for what cannot be.

    ``paid`` is what the builder has been paid, needed for the final account.
    """
    said = _CHECKS[entry.step](project, entry, rules, paid)
    return Project.folded(project.ledger, project.name, (*project.entries, entry)), said


def _ensure_after(project: Project, entry: ProjectEntry, *steps: ProjectStep) -> None:
    """Every one of some steps was taken before, and not later than the entry's day."""
    if project.last(ProjectStep.FINAL) is not None:
        raise ProjectError(f"“{project.name}”已经决算，不能再写{entry.step.words}", "决算以后不再改。")
    for step in steps:
        before = project.last(step)
        if before is None:
            raise ProjectError(
                f"“{project.name}”还没有{step.words}，不能写{entry.step.words}", f"请先写{step.words}。"
            )
        if entry.day < before.day:
            raise ProjectError(
                f"{entry.step.words}的日期 {entry.day} 早于{step.words} {before.day}", "请核对日期。"
            )


def _card(project: Project, entry: ProjectEntry, _rules: WorksRules, _paid: int) -> list[str]:
    _ensure_after(project, entry)
    card = entry.body
    if isinstance(card, Card):
        if not card.content:
            raise ProjectError("没有写建设内容", "请写一句做什么。")
        if not 0 < card.before_acceptance <= 100:
            raise ProjectError(f"验收前付款比例 {card.before_acceptance}% 不对", "请写 1 到 100。")
    return []


def _budget(project: Project, entry: ProjectEntry, _rules: WorksRules, _paid: int) -> list[str]:
    _ensure_after(project, entry, ProjectStep.CARD)
    budget = entry.body
    if isinstance(budget, Budget):
        if not budget.lines or any(amount <= 0 or not what for what, amount in budget.lines):
            raise ProjectError("预算每一行都要有名称和大于零的金额", "请补上。")
        if budget.total < project.agreed:
            raise ProjectError(
                f"预算 {format_fen(budget.total)} 低于已签的合同 {format_fen(project.agreed)}", "请核对预算。"
            )
    return []


def _tender(project: Project, entry: ProjectEntry, rules: WorksRules, _paid: int) -> list[str]:
    _ensure_after(project, entry, ProjectStep.CARD, ProjectStep.BUDGET)
    if project.contract is not None:
        raise ProjectError(f"“{project.name}”已经签了合同，不能再写招标", "招标在合同之前。")
    tender = entry.body
    if not isinstance(tender, Tender):
        return []
    if not tender.winner or tender.price <= 0:
        raise ProjectError("没有写中标人或中标价", "请补上。")
    names = [who for who, _ in tender.bids]
    if len(set(names)) < len(names):
        raise ProjectError("同一家报了两次价", "一家只报一次价，请核对。")
    if names and (tender.winner, tender.price) not in tender.bids:
        raise ProjectError(f"中标人 {tender.winner} {format_fen(tender.price)} 不在报价里", "请核对报价。")
    if tender.ceiling and tender.price > tender.ceiling:
        raise ProjectError(
            f"中标价 {format_fen(tender.price)} 高于控制价 {format_fen(tender.ceiling)}",
            "高于控制价的不能中标。",
        )
    said: list[str] = []
    if len(names) < rules.bidders:
        said.append(f"只有 {len(names)} 家报价，这种方式一般要 {rules.bidders} 家。")
    if any(price < tender.price for _, price in tender.bids):
        said.append("中标价不是最低价，请附评审意见。")
    return said


def _contract(project: Project, entry: ProjectEntry, _rules: WorksRules, _paid: int) -> list[str]:
    _ensure_after(project, entry, ProjectStep.CARD, ProjectStep.BUDGET)
    contract, budget, tender = entry.body, project.budget, project.tender
    if not isinstance(contract, Contract) or budget is None:
        return []
    if project.acceptance is not None:
        raise ProjectError(f"“{project.name}”已经验收，不能再签合同", "合同在施工之前。")
    if not contract.number or not contract.party or contract.amount <= 0:
        raise ProjectError("合同要有编号、施工方和大于零的金额", "请补上。")
    if not 0 <= contract.warranty < contract.amount:
        raise ProjectError("质保金不能是负数，也不能不少于合同价", "请核对质保金。")
    total = contract.amount + sum(change.amount for change in project.changes)
    if total > budget.total:
        raise ProjectError(
            f"合同 {format_fen(total)} 超过预算 {format_fen(budget.total)}", "请先按程序调整预算，再签合同。"
        )
    said: list[str] = []
    if tender is None:
        said.append("没有招标（发包）记录。")
    else:
        _ensure_after(project, entry, ProjectStep.TENDER)
        if contract.party != tender.winner:
            said.append(f"合同的施工方不是中标人 {tender.winner}。")
        if contract.amount != tender.price:
            said.append(f"合同价和中标价 {format_fen(tender.price)} 不同。")
    return said


def _change(project: Project, entry: ProjectEntry, rules: WorksRules, _paid: int) -> list[str]:
    _ensure_after(project, entry, ProjectStep.CONTRACT)
    change, budget, contract = entry.body, project.budget, project.contract
    if not isinstance(change, Change) or budget is None or contract is None:
        return []
    if not change.amount or not change.reason:
        raise ProjectError("变更要写明增减多少、为什么", "请补上。")
    total = project.agreed + change.amount
    if total <= 0:
        raise ProjectError(f"变更以后合同是 {format_fen(total)}", "请核对变更金额。")
    if total > budget.total:
        raise ProjectError(
            f"变更以后 {format_fen(total)} 超过预算 {format_fen(budget.total)}", "请先按程序调整预算。"
        )
    over = abs(total - contract.amount) * 100 > contract.amount * rules.change_percent
    if over and not change.decision:
        return [f"变更合计超过合同的 {rules.change_percent}%，没有写决策编号。"]
    return []


def _acceptance(project: Project, entry: ProjectEntry, rules: WorksRules, _paid: int) -> list[str]:
    _ensure_after(project, entry, ProjectStep.CONTRACT)
    acceptance, contract = entry.body, project.contract
    if not isinstance(acceptance, Acceptance) or contract is None:
        return []
    people = set(acceptance.people)
    if len(people) < len(acceptance.people):
        raise ProjectError("同一个人写了两次", "验收人不能重复。")
    if contract.party in people:
        raise ProjectError(f"施工方 {contract.party} 不能验收自己的工程", "请换人验收。")
    least = max(rules.acceptors, 1)
    if len(people) < least:
        raise ProjectError(f"验收只有 {len(people)} 人签字，规定要 {least} 人以上", "请补上验收人。")
    return []


def _final(project: Project, entry: ProjectEntry, rules: WorksRules, paid: int) -> list[str]:
    _ensure_after(project, entry, ProjectStep.CONTRACT)
    accepted, final = project.accepted_on, entry.body
    if accepted is None or entry.day < accepted:
        raise ProjectError(f"“{project.name}”还没有验收合格，不能决算", "请先验收。")
    if not isinstance(final, FinalAccount):
        return []
    if final.amount <= 0 or not 0 <= final.warranty < final.amount:
        raise ProjectError("决算价要大于零，质保金不能超过它", "请核对金额。")
    if paid > final.amount:
        raise ProjectError(
            f"已经付了 {format_fen(paid)}，决算只有 {format_fen(final.amount)}，多付了 {format_fen(paid - final.amount)}",
            "请先收回多付的钱，或核对决算价。",
        )
    unpaid = final.amount - paid - final.warranty
    if unpaid > 0:
        raise ProjectError(
            f"决算 {format_fen(final.amount)}，已付 {format_fen(paid)}，扣除质保金还有 {format_fen(unpaid)} 没有付",
            "请先付清，或写明留作质保金。",
        )
    if unpaid < 0:
        raise ProjectError(
            f"决算 {format_fen(final.amount)}，已付 {format_fen(paid)}，留不下质保金 {format_fen(final.warranty)}",
            "请核对质保金。",
        )
    if rules.audit_from and final.amount >= rules.audit_from and not final.audit:
        raise ProjectError(
            f"{format_fen(rules.audit_from)} 元以上的工程要审计，没有写审计报告编号", "请补上审计报告编号。"
        )
    return (
        [] if final.amount <= project.agreed else [f"决算高于合同和变更合计 {format_fen(project.agreed)}。"]
    )


_CHECKS = {
    ProjectStep.CARD: _card,
    ProjectStep.BUDGET: _budget,
    ProjectStep.TENDER: _tender,
    ProjectStep.CONTRACT: _contract,
    ProjectStep.CHANGE: _change,
    ProjectStep.ACCEPTANCE: _acceptance,
    ProjectStep.FINAL: _final,
}

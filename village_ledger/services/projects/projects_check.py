"""K40: projects within budget, contract and agreed share; money of works and grants that names no project (X12)."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.planning import project_funds
from village_ledger.services.projects.project_rules import building_accounts
from village_ledger.services.projects.project_status import statuses
from village_ledger.storage.reader import Reader

RULE = "K40"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Nothing where a ledger has opened no project."""
    if month.is_closing:
        return []
    found = statuses(reader, ledger, month.last)
    if not found:
        return []
    faults = [(one.project.name, fault) for one in found for fault in one.faults()]
    accounts = [*project_funds.fund_accounts(reader, ledger).funds, *building_accounts(reader, ledger)]
    nameless = reader.without_project(ledger, accounts, month.last.isoformat())
    evidence = [f"{name}：{fault}" for name, fault in faults]
    leads = [Lead(Leads.PAGE, "projects") for _ in faults]
    chart = reader.chart(ledger)
    evidence += [f"{code} {chart.path(code)} 有 {format_fen(net)} 没有写明项目" for code, net in nameless]
    leads += [Lead(Leads.ACCOUNT, code) for code, _ in nameless]
    if evidence:
        text = f"{len(found)} 个项目里有 {len(evidence)} 处要看。"
        return [CheckItem(RULE, Verdict.WARN, text, tuple(evidence), tuple(leads))]
    return [CheckItem(RULE, Verdict.PASS, f"{len(found)} 个项目的付款都在预算、合同和约定比例以内。")]

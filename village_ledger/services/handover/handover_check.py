"""K42: a handover left open, work of somebody who has handed over, old matters nobody has a plan for."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.handover import Handover
from village_ledger.domain.old_matter import overdue, without_plan
from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.storage.reader import Reader

RULE = "K42"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Nothing in a book without handovers and old matters."""
    handovers = [one for one in reader.handovers() if one.ledger in ("", ledger) and one.day <= month.last]
    matters = [one for one in reader.old_matters(ledger) if one.term <= month.last]
    if not handovers and not matters:
        return []
    evidence: list[tuple[str, str]] = []
    evidence += [
        (f"{one.number} {one.parties.giver}交给{one.parties.taker}，停在“{one.stage}”", "handovers")
        for one in handovers
        if one.is_open
    ]
    for one in handovers:
        if (done := one.finished) is not None and not _took_back(one, handovers):
            refs = reader.vouchers_after_handover(one.parties.giver, done.at)
            evidence += [
                (f"{one.parties.giver} 在 {one.number} 交接以后还填了 {ref}", "handovers") for ref in refs
            ]
    evidence += [
        (f"{one.number} {one.name} 没有责任人或办法", "old_matters") for one in without_plan(matters)
    ]
    evidence += [
        (f"{one.number} {one.name} 过了约定的 {one.latest.due}", "old_matters")
        for one in overdue(matters, month.last)
    ]
    if not evidence:
        return [CheckItem(RULE, Verdict.PASS, "交接都已办完，旧账都有人办。")]
    leads = tuple(Lead(Leads.PAGE, page) for _, page in evidence)
    text = f"交接和旧账有 {len(evidence)} 处没有办完。"
    return [CheckItem(RULE, Verdict.WARN, text, tuple(words for words, _ in evidence), leads)]


def reminders(reader: Reader, ledger: str, today: date) -> list[tuple[str, str]]:
    """What the home page says, and the page it leads to: a handover under way, old matters past their day."""
    said = [
        (f"{one.number} {one.parties.giver}交给{one.parties.taker}，停在“{one.stage}”", "handovers")
        for one in reader.handovers()
        if one.is_open and one.ledger in ("", ledger)
    ]
    matters = reader.old_matters(ledger)
    late, planless = overdue(matters, today), without_plan(matters)
    if late:
        said.append((f"有 {len(late)} 笔旧账过了约定的日期", "old_matters"))
    if planless:
        said.append((f"有 {len(planless)} 笔旧账没有责任人或办法", "old_matters"))
    return said


def _took_back(one: Handover, handovers: list[Handover]) -> bool:
    """Whether the giver took the books again later."""
    return any(
        later.finished is not None and later.parties.taker == one.parties.giver and later.day >= one.day
        for later in handovers
        if later.id != one.id
    )

"""Writing a project's steps: card, budget, tender, contract, change, acceptance, final account."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, cast

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ProjectError
from village_ledger.domain.money import format_fen
from village_ledger.domain.project import (
    Acceptance,
    Body,
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
from village_ledger.domain.project_steps import added
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.projects.project_rules import kinds, ways, works_rules
from village_ledger.services.projects.project_status import status_of
from village_ledger.storage.projects.inspection import WRITTEN
from village_ledger.storage.projects.register import ProjectRegister
from village_ledger.storage.unit_of_work import UnitOfWork

_STEP_OF = {
    Card: ProjectStep.CARD,
    Budget: ProjectStep.BUDGET,
    Tender: ProjectStep.TENDER,
    Contract: ProjectStep.CONTRACT,
    Change: ProjectStep.CHANGE,
    Acceptance: ProjectStep.ACCEPTANCE,
    FinalAccount: ProjectStep.FINAL,
}
_LONG = frozenset({"content", "reason", "note", "basis"})


def write(uow: UnitOfWork, ledger: str, name: str, day: date, body: Body) -> Outcome[Project]:
    """Add a step to a project, a card to begin one.

    Raises ProjectError for a step out of order or figures that cannot be: a contract over the budget, an acceptance before
    the contract or signed by too few, a final account with money unpaid or overpaid.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    name = check_text(name, "项目", NAME_LIMIT)
    if not name:
        raise ProjectError("没有写项目名称", "请写上，和凭证上的项目一样。")
    step, body = _STEP_OF[type(body)], _tidy(body)
    _ensure_words(body)
    found = next((one for one in uow.reader.project_files(ledger) if one.name == name), None)
    project = found or Project(ledger, name)
    if found is None and step is not ProjectStep.CARD:
        project = uow.reader.project_file(ledger, name)
    entry = ProjectEntry(step, day, body, uow.by, uow.at)
    amount = body.amount if isinstance(body, FinalAccount) else project.agreed
    way = body.way if isinstance(body, Tender) else ""
    paid = status_of(uow.reader, project).paid_builder if isinstance(body, FinalAccount) else 0
    made, said = added(project, entry, works_rules(uow.reader, ledger, day, amount, way), paid)
    ProjectRegister(uow).write(ledger, name, entry)
    detail = f"{step.words}，{day}，{_figures(body)}摘要 {entry.digest(ledger, name)[:16]}"
    uow.log.add(WRITTEN, ledger=ledger, subject=name, detail=detail)
    return Outcome(made, Changes(projects=True, counterparties=found is None, ledger=ledger), tuple(said))


def _figures(body: Body) -> str:
    match body:
        case Budget():
            fen = body.total
        case Tender():
            fen = body.price
        case Contract() | Change() | FinalAccount():
            fen = body.amount
        case _:
            return ""
    return f"{format_fen(fen)} 元，"


def _ensure_words(body: Body) -> None:
    if isinstance(body, Card) and body.kind not in kinds():
        raise ProjectError(f"没有“{body.kind}”这类项目", f"可以是：{'、'.join(kinds().values())}。")
    if isinstance(body, Tender) and body.way not in ways():
        raise ProjectError(f"没有“{body.way}”这种发包方式", f"可以是：{'、'.join(ways().values())}。")


def _tidy(body: Body) -> Body:
    """Texts without outer blanks and unseen characters, names in lists too."""
    given: dict[str, Any] = asdict(body)
    tidy = {key: _clean(value, SUMMARY_LIMIT if key in _LONG else NAME_LIMIT) for key, value in given.items()}
    return type(body)(**tidy)


def _clean(value: Any, limit: int) -> Any:
    if isinstance(value, str):
        return check_text(value, "项目的文字", limit)
    if isinstance(value, (tuple, list)):
        return tuple(_clean(one, limit) for one in cast("tuple[Any, ...]", value))
    return value

"""How far a decision has come, as payments ask it: a file of the decisions (四议两公开), or a resolution that carried."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.decision import Stage, Step
from village_ledger.domain.errors import LedgerError
from village_ledger.services.decisions import decision_stages
from village_ledger.services.limits.limit_rules import vocabulary
from village_ledger.services.transfers.resolutions import ensure_carried
from village_ledger.storage.decisions.records import Decision
from village_ledger.storage.reader import Reader

_BEFORE_THE_VOTE = {"consulted": Step.CONSULTED, "reviewed": Step.REVIEWED}


def why_not(reader: Reader, ledger: str, number: str, stage: str, day: date) -> str:
    """Why a decision does not reach the stage for a payment of a ledger on a day, empty when it does."""
    name = vocabulary().stages[stage]
    if not number:
        return f"没有写决策编号（要到“{name}”）"
    decision = reader.find_decision(number) or _file_of_resolution(reader, number)
    if decision is None:
        return _by_resolution(reader, number)
    if decision.ledger != ledger:
        return f"{number} 是另一本账的决策"
    if any(entry.step is Step.DROPPED for entry in decision.progress.entries):
        return f"{number} 已经终止"
    lacking = _lacking(reader, decision, stage, day)
    return f"{decision.number} 还没有到“{name}”：{'、'.join(lacking)}" if lacking else ""


def _lacking(reader: Reader, decision: Decision, stage: str, day: date) -> list[str]:
    """What the file lacks for the stage: a step before the vote, or the whole stage of deciding with its signatures."""
    step = _BEFORE_THE_VOTE.get(stage)
    if step is None:
        if Step.RESOLVED not in decision.progress.matter.steps:
            return [f"“{decision.progress.matter.name}”这类事项不开会表决"]
        return decision_stages.missing(reader, decision, Stage.DECISION, day)
    if step not in decision.progress.matter.steps:
        return decision_stages.missing(reader, decision, Stage.DECISION, day)
    entry = decision.progress.entry(step)
    if entry is None:
        return [f"还没有{step.words}"]
    return [f"{step.words}是 {entry.day}，在付款以后"] if entry.day > day else []


def _file_of_resolution(reader: Reader, number: str) -> Decision | None:
    """The file a resolution was made by: its other steps count too."""
    return next(
        (one for one in reader.decisions() if any(e.resolution == number for e in one.progress.entries)), None
    )


def _by_resolution(reader: Reader, number: str) -> str:
    """A resolution entered by itself stands for a matter decided, if its vote carried."""
    found = next((one for one in reader.resolutions() if one.number == number), None)
    if found is None:
        return f"没有编号为“{number}”的决策或决议"
    try:
        ensure_carried(reader, found)
    except LedgerError as error:
        return error.what
    return ""


def amount_of(reader: Reader, number: str) -> int:
    """What a decision allows, fen; 0 where it names no amount."""
    decision = reader.find_decision(number) if number else None
    return decision.amount if decision else 0

"""How far a decision is: what a payment, a contract or a posting may rely on, and what is still missing."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.decision import Progress, Stage
from village_ledger.domain.panel import PLACES
from village_ledger.storage.decisions.records import Decision
from village_ledger.storage.reader import Reader

PANEL_DUTY = "decisions.panel"
"""Setting of the book: ``required`` where a panel must be drawn for matters that want one, else it is the village's choice."""


def complete(reader: Reader, number: str, stage: Stage | str, day: date | None = None) -> bool:
    """Whether a decision has come through a stage: its steps done, and signed by all six where a panel was drawn.

    ``day``: as of that day, when a publication must have been up long enough. A number without a file is not complete.
    """
    decision = reader.find_decision(number)
    wanted = stage if isinstance(stage, Stage) else Stage.read(stage)
    return decision is not None and not missing(reader, decision, wanted, day)


def stage_of(reader: Reader, number: str, day: date | None = None) -> Stage | None:
    """The last stage a decision has come through, None before the first, or for a number without a file."""
    decision = reader.find_decision(number)
    if decision is None:
        return None
    done = [stage for stage in Stage if not missing(reader, decision, stage, day)]
    return done[-1] if done else None


def missing(reader: Reader, decision: Decision, stage: Stage, day: date | None = None) -> list[str]:
    """What a stage and those before it still lack, in words; nothing when it is complete."""
    found: list[str] = []
    for one in Stage:
        found += _steps_missing(decision.progress, one, day)
        found += _signs_missing(reader, decision, one)
        if one is stage:
            break
    return found


def _steps_missing(progress: Progress, stage: Stage, day: date | None) -> list[str]:
    found: list[str] = []
    for step in progress.matter.steps:
        if step.rule.stage is not stage:
            continue
        entry = progress.entry(step)
        if entry is None:
            found.append(f"还没有{step.words}")
        elif day is not None and entry.day > day:
            found.append(f"{step.words}是 {entry.day}")
        elif day is not None and entry.until is not None and entry.until > day:
            found.append(f"{step.words}到 {entry.until} 才满")
    return found


def _signs_missing(reader: Reader, decision: Decision, stage: Stage) -> list[str]:
    panel = reader.panel(decision.id) if reader.has_panel(decision.id) else None
    if panel is None:
        wanted = decision.progress.matter.panel and reader.setting(PANEL_DUTY) == "required"
        return ["还没有抽签"] if wanted and stage is Stage.PROPOSAL else []
    signed = panel.signed(stage)
    return [f"六手印记“{stage.words}”只签了 {signed} 人"] if signed < PLACES else []

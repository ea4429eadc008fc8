"""How far a decision has come, as payments ask it: a dossier of the decisions, or a resolution that carried."""

from __future__ import annotations

from village_ledger.domain.errors import LedgerError
from village_ledger.services.limits.limit_rules import vocabulary
from village_ledger.services.transfers.resolutions import ensure_carried
from village_ledger.storage.reader import Reader

RESOLVED = "resolved"


def why_not(reader: Reader, number: str, stage: str) -> str:
    """Why a decision does not reach the stage, empty when it does."""
    name = vocabulary().stages[stage]
    if not number:
        return f"没有写决策编号（要到“{name}”）"
    return _by_resolution(reader, number, stage)


def _by_resolution(reader: Reader, number: str, stage: str) -> str:
    """A resolution entered by itself stands for a matter resolved, if its vote carried."""
    found = next((one for one in reader.resolutions() if one.number == number), None)
    name = vocabulary().stages[stage]
    if found is None:
        return f"没有编号为“{number}”的决策或决议"
    if stage not in _up_to(RESOLVED):
        return f"{number} 只有决议，没有到“{name}”"
    try:
        ensure_carried(reader, found)
    except LedgerError as error:
        return error.what
    return ""


def _up_to(stage: str) -> tuple[str, ...]:
    order = list(vocabulary().stages)
    return tuple(order[: order.index(stage) + 1])

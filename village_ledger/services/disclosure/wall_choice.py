"""How a village prints its sheets: paper, size of type, and which repeated lines stand together."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork

SIZE = "disclosure.size"
"""Setting of the book: name of the size sheets were last printed at."""
GROUPING = "disclosure.grouping"
"""Setting of the book: ``rule``, ``all`` or ``none``; empty is ``rule``."""


def choose(uow: UnitOfWork, ledger: str, size: str, grouping: str) -> Outcome[None]:
    """Remember how sheets are printed; nothing of what they say depends on it."""
    require(uow, Duty.DISCLOSE, ledger)
    uow.settings.set(SIZE, size)
    uow.settings.set(GROUPING, grouping)
    uow.log.add("公开表排版", ledger=ledger, detail=f"{size}，{grouping}")
    return Outcome(None, Changes(settings=True))

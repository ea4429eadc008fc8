"""How a village prints its sheets: the size it last took, and which repeated lines stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.storage.unit_of_work import UnitOfWork

SIZE = "disclosure.size"
"""Setting of the book: name of the size sheets were last printed at."""
GROUPING = "disclosure.grouping"
"""Setting of the book: ``rule``, ``all`` or ``none``; empty is ``rule``."""


def remember(uow: UnitOfWork, size: str, grouping: str) -> bool:
    """Part of registering sheets: how they were printed is how the next ones are offered. Whether anything changed."""
    changed = False
    for key, value in ((SIZE, size), (GROUPING, grouping)):
        if uow.reader.setting(key) != value:
            uow.settings.set(key, value)
            changed = True
    return changed

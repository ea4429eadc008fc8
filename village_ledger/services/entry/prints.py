"""Counting what is printed: a reprint says so on its face, and the log keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.services.changes import Changes
from village_ledger.services.duties import require_somebody
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork


def count(uow: UnitOfWork, subjects: Sequence[str], what: str, ledger: str = "") -> Outcome[int]:
    """Count one more print of each subject (a voucher, a report of some days); returns the highest count.

    ``what`` is the print in words, for the log.
    """
    require_somebody(uow)
    times = max((uow.settings.count_print(subject) for subject in subjects), default=0)
    again = f"第{times}次打印" if times > 1 else ""
    uow.log.add("打印", ledger=ledger, subject=what, detail=again)
    return Outcome(times, Changes())

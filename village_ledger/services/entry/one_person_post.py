"""One-person posts (一人岗): declared openly, until a second pair of eyes has passed what was posted."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork

POST = "一人岗"
DECLARED, ENDED = f"声明{POST}", f"取消{POST}"
"""How the operation log calls it; ``verify`` holds the ledger to the last of them (V87)."""


def declare(uow: UnitOfWork, ledger: str, *, declared: bool) -> Outcome[bool]:
    """Declare or end a one-person post in a ledger; while declared, unreviewed vouchers post as 待补审.

    Raises LedgerError for a ledger the book does not have.
    """
    named(uow.by)
    require(uow, Duty.SETTINGS, ledger)
    uow.reader.ledger(ledger)
    uow.settings.set_one_person_post(ledger, declared=declared)
    uow.log.add(DECLARED if declared else ENDED, ledger=ledger)
    uow.book.forget_caches()
    return Outcome(declared, Changes(settings=True, vouchers=True, ledger=ledger))

"""Registering disclosure sheets: what hangs on the wall stays provable."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.period import Span
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork


def register(uow: UnitOfWork, code: str, ledger: str, report: str, span: Span, figures: str) -> Outcome[bool]:
    """Keep a sheet's figures under its check code; False when the very same sheet was registered before."""
    require(uow, Duty.DISCLOSE, ledger)
    new = uow.sheets.register(code, ledger, report, (span.first.isoformat(), span.last.isoformat()), figures)
    if new:
        uow.log.add("登记公开表", ledger=ledger, subject=code, detail=f"{report}，{span.words()}")
    return Outcome(new, Changes(sheets=new, ledger=ledger))

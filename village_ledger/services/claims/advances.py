"""Advances (备用金): what each 报账员 was found to hold, month by month."""

from __future__ import annotations

from village_ledger.domain.claim import AdvanceCheck
from village_ledger.domain.duty import Duty
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.claims.claims import advance_balance
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.claims.register import ClaimsRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def reconcile(
    uow: UnitOfWork, ledger: str, claimant: str, month: Month, cash: int, receipts: int, reason: str = ""
) -> Outcome[AdvanceCheck]:
    """Keep what was counted of an advance at a month's end against the books; amounts in fen.

    Raises ClaimError for a difference without a reason, or a claimant nobody registered.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CASH, ledger)
    found = uow.reader.claimant(ledger, claimant)
    book = advance_balance(uow.reader, ledger, claimant, month)
    check = AdvanceCheck(
        claimant, str(month), book, cash, receipts, check_text(reason, "原因", SUMMARY_LIMIT)
    ).checked()
    ClaimsRegister(uow).count_advance(found.id, check)
    detail = f"账面 {format_fen(book)}，现金 {format_fen(cash)}，未报单据 {format_fen(receipts)}"
    if check.difference:
        detail += f"，差额 {format_fen(check.difference)}：{check.reason}"
    uow.log.add("核对备用金", ledger=ledger, subject=f"{claimant} {month}", detail=detail)
    return Outcome(check, Changes(claims=True, ledger=ledger))

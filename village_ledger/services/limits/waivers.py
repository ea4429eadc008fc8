"""Letting a warning about a payment pass, with the reason written down."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LimitError
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import given, named
from village_ledger.services.limits.splits import Suspicion, suspicions
from village_ledger.services.outcome import Outcome
from village_ledger.storage.limits.inspection import LET_PASS
from village_ledger.storage.limits.register import LimitRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def let_pass(uow: UnitOfWork, voucher_id: int, reason: str) -> Outcome[list[Suspicion]]:
    """Keep why a payment that looks split, or goes to somebody close, is right; raises LimitError where nothing was said.

    Whoever prepared the voucher may not let it pass alone: it is the reviewer's word.
    """
    named(uow.by)
    stored = uow.reader.voucher(voucher_id)
    require(uow, Duty.REVIEW, stored.ledger)
    if stored.prepared_by == uow.by:
        raise LimitError(f"{stored.ref.short} 是 {uow.by} 自己制的单，自己不能放行", "请审核人写明原因放行。")
    found = suspicions(uow.reader, stored.ledger, stored.voucher, stored.id)
    if not found:
        raise LimitError(f"{stored.ref.short} 没有拆分或关联的提醒", "不用放行。")
    reason = given(reason, f"放行 {stored.ref.short} ", "为什么不是拆分付款或关联付款")
    register = LimitRegister(uow)
    for one in found:
        register.waive(voucher_id, one.kind, one.text, reason)
        uow.log.add(
            LET_PASS, ledger=stored.ledger, subject=str(stored.ref), detail=f"{one.text}原因：{reason}"
        )
    return Outcome(found, Changes(limits=True, ledger=stored.ledger))

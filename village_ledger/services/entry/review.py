"""Reviewing (审核): a second pair of eyes passes, returns, or takes its word back."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, VoucherError
from village_ledger.domain.voucher import StoredVoucher, VoucherState
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import given, named
from village_ledger.services.limits.splits import suspicions
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers.pairs import completed, other_side
from village_ledger.storage.unit_of_work import UnitOfWork


def pass_vouchers(uow: UnitOfWork, ids: Sequence[int]) -> Outcome[int]:
    """The unit of work's person passes vouchers; all or none. Returns how many.

    The other side of an inter-ledger document is passed with the one that is asked for.
    Raises DutyError for one's own voucher (会计法 art. 25), VoucherError for one in another state.
    """
    named(uow.by)
    ledgers: set[str] = set()
    found = uow.reader.vouchers_by_id(completed(uow.reader, ids))
    for stored in found:
        require(uow, Duty.REVIEW, stored.ledger)
        if stored.state is not VoucherState.ENTERED:
            raise VoucherError(f"{stored.ref.short} 不在待审核状态", "请刷新列表再审。")
        if stored.prepared_by == uow.by:
            raise DutyError(f"{stored.ref.short} 是 {uow.by} 自己制的单，自己不能审", "请换一个人审核。")
        uow.periods.ensure_open(stored.ledger, stored.ref.month)
        uow.vouchers.mark_reviewed(stored.id, uow.by)
        uow.log.add("审核凭证", ledger=stored.ledger, subject=str(stored.ref))
        ledgers.add(stored.ledger)
    return Outcome(len(found), _changed(ledgers), _suspicious(uow, found))


def _suspicious(uow: UnitOfWork, vouchers: Sequence[StoredVoucher]) -> tuple[str, ...]:
    """What the reviewer is told of payments that look cut into several, or go to somebody close to who approved."""
    return tuple(
        f"{v.ref.short}：{one.text}"
        for v in vouchers
        for one in suspicions(uow.reader, v.ledger, v.voucher, v.id)
    )


def give_back(uow: UnitOfWork, voucher_id: int, reason: str) -> Outcome[StoredVoucher]:
    """Return a voucher to its maker with a reason, shown as a badge on the maker's list."""
    named(uow.by)
    stored = uow.reader.voucher(voucher_id)
    require(uow, Duty.REVIEW, stored.ledger)
    if stored.state not in (VoucherState.ENTERED, VoucherState.REVIEWED):
        raise VoucherError(f"{stored.ref.short} 已记账或作废，不能退回", "已记账的请用红字冲销。")
    if stored.prepared_by == uow.by:
        raise DutyError(f"{stored.ref.short} 是 {uow.by} 自己制的单", "自己的单直接修改就行，不用退回。")
    reason = given(reason, f"退回 {stored.ref.short} ", "哪里不对")
    ledgers = _back_to_entered(uow, stored, reason, "退回凭证")
    return Outcome(uow.reader.voucher(voucher_id), _changed(ledgers))


def unreview(uow: UnitOfWork, voucher_id: int) -> Outcome[StoredVoucher]:
    """Take one's own review back; whoever reviewed un-reviews."""
    named(uow.by)
    stored = uow.reader.voucher(voucher_id)
    require(uow, Duty.REVIEW, stored.ledger)
    if stored.state is not VoucherState.REVIEWED:
        raise VoucherError(f"{stored.ref.short} 不在已审核状态", "请刷新列表。")
    if stored.reviewed_by != uow.by:
        raise DutyError(f"{stored.ref.short} 是 {stored.reviewed_by} 审核的", "谁审核，谁取消。")
    ledgers = _back_to_entered(uow, stored, "", "取消审核")
    return Outcome(uow.reader.voucher(voucher_id), _changed(ledgers))


def _back_to_entered(uow: UnitOfWork, stored: StoredVoucher, reason: str, action: str) -> set[str]:
    """Open a voucher again, with it the other side of its inter-ledger document; returns the ledgers touched."""
    other = other_side(uow.reader, stored.id)
    both = [stored] if other is None else [stored, other]
    for one in both:
        require(uow, Duty.REVIEW, one.ledger)
        uow.periods.ensure_open(one.ledger, one.ref.month)
        uow.vouchers.mark_entered(one.id, reason)
        uow.log.add(action, ledger=one.ledger, subject=str(one.ref), detail=reason)
    return {one.ledger for one in both}


def _changed(ledgers: set[str]) -> Changes:
    return Changes(vouchers=True, ledger=next(iter(ledgers)) if len(ledgers) == 1 else "")

"""Correcting posted vouchers: a red-letter copy in the same year, a blue voucher for an earlier one."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import PeriodError, VoucherError
from village_ledger.domain.voucher import StoredVoucher, Voucher, VoucherKind, VoucherRef, VoucherState
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers import pairs
from village_ledger.storage.unit_of_work import UnitOfWork


def reverse(uow: UnitOfWork, ledger: str, ref: VoucherRef, day: date, reason: str) -> Outcome[StoredVoucher]:
    """Enter the voucher that undoes a posted one, linked both ways; it still wants review and posting.

    Same year: red-letter copy 注销某月某日某号凭证. Earlier year: blue voucher with the sides exchanged
    (会计基础工作规范 art. 51). Raises VoucherError or PeriodError.
    """
    require(uow, Duty.PREPARE, ledger)
    original = uow.reader.find_voucher(ledger, ref)
    pairs.ensure_not_a_side(uow.reader, original, "冲销")
    ensure_reversible(original, day)
    reason = vouchers.given(reason, "冲销", "为什么冲销")
    made = undoing(original, day)
    outcome = vouchers.store(
        uow, ledger, made, "红字冲销" if made.kind is VoucherKind.REVERSAL else "更正以前年度"
    )
    uow.vouchers.link(outcome.value.id, "reverses", original.id)
    uow.log.add("冲销原因", ledger=ledger, subject=str(outcome.value.ref), detail=f"{original.ref}：{reason}")
    return Outcome(uow.reader.voucher(outcome.value.id), outcome.changes, outcome.warnings)


def undoing(original: StoredVoucher, day: date) -> Voucher:
    """The voucher that undoes a posted one on a day."""
    when = original.voucher.day
    if when.year == day.year:
        return original.voucher.reversed(day, f"注销{when.month}月{when.day}日{original.ref.short}号凭证")
    return original.voucher.counter_entry(
        day, f"更正{when.year}年{when.month}月{when.day}日{original.ref.short}号凭证"
    )


def ensure_reversible(original: StoredVoucher, day: date) -> None:
    """Raise VoucherError or PeriodError for a voucher that cannot be undone on a day."""
    ref = original.ref
    if original.state is not VoucherState.POSTED:
        raise VoucherError(f"{ref} 还没有记账，不用冲销", "请直接修改或作废它。")
    if original.voucher.closing:
        raise VoucherError(f"{ref} 是年终结转凭证，不能冲销", "结转错在哪张凭证，就用蓝字更正那张凭证。")
    done = next((other for word, other in original.links if word == "已冲"), None)
    if done is not None:
        raise VoucherError(f"{ref} 已经由 {done} 冲销过", "一张凭证只能冲销一次。")
    if original.voucher.kind in (VoucherKind.REVERSAL, VoucherKind.PRIOR_YEAR):
        raise VoucherError(f"{ref} 本身就是更正凭证", "请重新填制一张正确的凭证。")
    if day < original.voucher.day:
        raise PeriodError(
            f"冲销日期 {day} 早于原凭证日期 {original.voucher.day}", "请改成原凭证当天或以后的日期。"
        )

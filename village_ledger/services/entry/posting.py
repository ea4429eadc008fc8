"""Posting (记账): the chain grows, totals are kept, nothing can be changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, VoucherError
from village_ledger.domain.voucher import NAME_LIMIT, StoredVoucher, VoucherState, check_text
from village_ledger.services.bank.bank_matches import match_drafted
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require, require_second
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.entry.vouchers import named
from village_ledger.services.limits import payments
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers.pairs import completed
from village_ledger.storage.unit_of_work import UnitOfWork

BATCH = 500


def post(uow: UnitOfWork, ids: Sequence[int], progress: Progress = SILENT) -> Outcome[int]:
    """Post reviewed vouchers by date, word and number; all or none. Returns how many.

    The other side of an inter-ledger document is posted with the one that is asked for.
    In a ledger with a declared one-person post, unreviewed ones post as 待补审. Raises VoucherError otherwise, LimitError
    for a payment over a limit whose decision or papers are not there yet.
    """
    named(uow.by)
    vouchers = uow.reader.vouchers_by_id(completed(uow.reader, ids))
    payments.ensure_complete(uow.reader, vouchers)
    done = 0
    for ledger, group in groupby(sorted(vouchers, key=lambda v: v.ledger), key=lambda v: v.ledger):
        require(uow, Duty.POST, ledger)
        alone = uow.reader.ledger(ledger).one_person_post
        for basis, part in groupby(group, key=lambda v: _basis(v, alone=alone)):
            batch = list(part)
            for month in {v.ref.month for v in batch}:
                uow.periods.ensure_open(ledger, month)
            for start in range(0, len(batch), BATCH):
                progress.step(done, len(vouchers), "记账")
                some = batch[start : start + BATCH]
                uow.postings.post(ledger, [v.id for v in some], basis)
                done += len(some)
            uow.log.add("记账", ledger=ledger, subject=_range(batch), detail=_detail(batch, basis))
    ledgers = {v.ledger for v in vouchers}
    matched = sum(match_drafted(uow, ledger) for ledger in ledgers)
    return Outcome(
        done,
        Changes(
            vouchers=True,
            balances=True,
            bank=bool(matched),
            ledger=ledgers.pop() if len(ledgers) == 1 else "",
        ),
    )


def post_through(
    uow: UnitOfWork, ledger: str, day: date, reviewed_by: str = "", progress: Progress = SILENT
) -> Outcome[int]:
    """Post everything up to a day; with ``reviewed_by`` that person passes what is unreviewed first.

    Raises DutyError when poster and reviewer, or preparer and reviewer, are one person.
    """
    named(uow.by)
    require(uow, Duty.POST, ledger)
    reviewed_by = check_text(reviewed_by, "姓名", NAME_LIMIT)
    if reviewed_by and reviewed_by == uow.by:
        raise DutyError(f"审核和记账都是 {uow.by}", "请由两个人分别审核和记账。")
    waiting = uow.reader.unposted_ids(ledger, day.isoformat())
    vouchers = uow.reader.vouchers_by_id(completed(uow.reader, waiting))
    if reviewed_by:
        for code in {ledger, *(v.ledger for v in vouchers)}:
            require_second(uow, reviewed_by, Duty.REVIEW, code)
    for stored in vouchers:
        if not reviewed_by or stored.state is not VoucherState.ENTERED:
            continue
        if stored.prepared_by == reviewed_by:
            raise DutyError(f"{stored.ref.short} 是 {reviewed_by} 自己制的单，自己不能审", "请换一个人审核。")
        uow.vouchers.mark_reviewed(stored.id, reviewed_by)
    if reviewed_by and vouchers:
        for code, group in groupby(sorted(vouchers, key=lambda v: v.ledger), key=lambda v: v.ledger):
            detail = f"由 {reviewed_by} 审核"
            uow.log.add("审核凭证", ledger=code, subject=_range(list(group)), detail=detail)
    if not vouchers:
        return Outcome(0, Changes(ledger=ledger))
    return post(uow, [v.id for v in vouchers], progress)


def _basis(stored: StoredVoucher, *, alone: bool) -> str:
    if stored.state is VoucherState.REVIEWED:
        return "reviewed"
    if stored.state is VoucherState.ENTERED and alone:
        return "second-review-pending"
    reason = "还没有审核" if stored.state is VoucherState.ENTERED else "不能记账"
    raise VoucherError(f"{stored.ref} {reason}，这次一张也没有记账", "请先审核，再记账。")


def _range(batch: Sequence[StoredVoucher]) -> str:
    first, last = batch[0].ref, batch[-1].ref
    return str(first) if first == last else f"{first} 至 {last}"


def _detail(batch: Sequence[StoredVoucher], basis: str) -> str:
    pending = ",待补审" if basis == "second-review-pending" else ""
    return f"共 {len(batch)} 张{pending}"

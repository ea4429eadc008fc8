"""Entering vouchers: save, void, delete the last, re-sort by date."""

from __future__ import annotations

from dataclasses import replace

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import (
    SUMMARY_LIMIT,
    Draft,
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherState,
    check_text,
)
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import invoices, papers
from village_ledger.services.entry.cautions import all_cautions
from village_ledger.services.entry.draft_reading import to_voucher
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers.pairs import ensure_not_a_side
from village_ledger.storage.templates.register import TemplatesRegister
from village_ledger.storage.unit_of_work import UnitOfWork

UNDOING = frozenset({VoucherKind.REVERSAL, VoucherKind.PRIOR_YEAR})


def save(uow: UnitOfWork, draft: Draft, draft_id: int | None = None) -> Outcome[StoredVoucher]:
    """Number and store what was typed, or rewrite the entered voucher being edited; its draft is discarded.

    Raises VoucherError and its kin naming the line; nothing is changed then.
    """
    require(uow, Duty.PREPARE, draft.ledger)
    voucher = to_voucher(draft, uow.reader.chart(draft.ledger))
    if draft.editing is not None:
        _forget(uow, draft_id)
        rewritten = rewrite(uow, draft.ledger, draft.editing, voucher)
        return _with_invoices(uow, rewritten, draft)
    if draft.corrects is not None:
        _ensure_correctable(uow, draft.ledger, draft.corrects)
    outcome = store(uow, draft.ledger, voucher)
    _forget(uow, draft_id, became=outcome.value.id)
    outcome = _with_invoices(uow, outcome, draft)
    if draft.corrects is None:
        return outcome
    uow.vouchers.link(outcome.value.id, "corrects", draft.corrects)
    return replace(outcome, value=uow.reader.voucher(outcome.value.id))


def _with_invoices(uow: UnitOfWork, outcome: Outcome[StoredVoucher], draft: Draft) -> Outcome[StoredVoucher]:
    """The saved voucher with the invoice numbers typed beside it booked, and what was attached to the draft attached."""
    came = invoices.book(uow, outcome.value, draft.invoices)
    came = papers.dropped(uow, outcome.value, draft.papers) > 0 or came
    if not (draft.invoices or outcome.value.invoices or came):
        return outcome
    changes = outcome.changes | Changes(attachments=came, ledger=draft.ledger)
    return replace(outcome, value=uow.reader.voucher(outcome.value.id), changes=changes)


def _forget(uow: UnitOfWork, draft_id: int | None, became: int | None = None) -> None:
    """The draft has done its work; a due day that made it (按月重复) is done with the voucher it became."""
    if draft_id is None:
        return
    if became is not None:
        TemplatesRegister(uow).draft_became(draft_id, became)
    uow.drafts.discard(draft_id)


def _ensure_correctable(uow: UnitOfWork, ledger: str, voucher_id: int) -> None:
    """A voucher is put right once, in its own ledger, and only after it was posted."""
    wrong = uow.reader.voucher(voucher_id)
    if wrong.ledger != ledger or wrong.state is not VoucherState.POSTED:
        raise VoucherError(f"{wrong.ref} 不是本账已记账的凭证，不用订正", "没有记账的凭证请直接修改。")
    done = next((other for word, other in wrong.links if word == "已订正"), None)
    if done is not None:
        raise VoucherError(f"{wrong.ref} 已经由 {done} 订正过", "还不对的话，请冲销并订正后来的那一张。")


def store(
    uow: UnitOfWork, ledger: str, voucher: Voucher, action: str = "填制凭证", *, of_document: bool = False
) -> Outcome[StoredVoucher]:
    """Number and store a voucher in its open month; ``of_document`` when an inter-ledger document makes it."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    uow.periods.ensure_open(ledger, voucher.month)
    number = uow.reader.next_number(ledger, voucher.month, voucher.word)
    parties = uow.parties.made
    voucher_id = uow.vouchers.add(ledger, voucher, number)
    return _stored(uow, voucher_id, action, new_names=uow.parties.made > parties, of_document=of_document)


def rewrite(uow: UnitOfWork, ledger: str, voucher_id: int, voucher: Voucher) -> Outcome[StoredVoucher]:
    """Put other lines into an entered voucher; it keeps its number while its month does."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    old = uow.reader.voucher(voucher_id)
    if old.state is not VoucherState.ENTERED:
        raise VoucherError(f"{old.ref.short} 已{_past(old.state)}，不能再改", _way_out(old.state))
    if old.ledger != ledger:
        raise VoucherError(f"{old.ref.short} 是另一本账的凭证", "请切换到那本账再改。")
    ensure_not_a_side(uow.reader, old, "修改")
    if old.voucher.kind in UNDOING:
        voucher = replace(voucher, kind=old.voucher.kind)
        _ensure_still_undoes(old.voucher, voucher)
    if uow.reader.stands_on_asset(voucher_id):
        _ensure_same_entries(old, voucher)
    claim = uow.reader.claim_of_voucher(voucher_id)
    if claim and voucher.amount != old.voucher.amount:
        raise VoucherError(
            f"{old.ref.short} 是报账单 {claim} 记成的，金额不能和报账单不同", "请作废它，改好报账单再记一次。"
        )
    _ensure_rent_stays(uow, old, voucher)
    uow.periods.ensure_open(old.ledger, old.ref.month)
    uow.periods.ensure_open(old.ledger, voucher.month)
    stays = (old.ref.month, old.ref.word) == (voucher.month, voucher.word)
    if not stays and not _is_last(uow, old):
        raise VoucherError(
            f"{old.ref.short} 不是{old.ref.month.month}月的最后一张，移到别的月份会断号",
            "请作废它，再在另一个月份新填一张。",
        )
    number = old.ref.number if stays else uow.reader.next_number(old.ledger, voucher.month, voucher.word)
    uow.vouchers.replace(voucher_id, old.ledger, voucher, number)
    return _stored(uow, voucher_id, "修改凭证", new_names=True)


def _ensure_rent_stays(uow: UnitOfWork, old: StoredVoucher, voucher: Voucher) -> None:
    """What a contract's voucher says of accounts, parties and amounts is what its rent rows are held against."""
    contract = uow.reader.contract_of_voucher(old.id)
    entries = [[replace(line, summary="") for line in one.lines] for one in (old.voucher, voucher)]
    if contract and entries[0] != entries[1]:
        raise VoucherError(
            f"{old.ref.short} 记的是合同 {contract} 的租金，科目、对方和金额不能改",
            "请作废它，再从合同里重做。",
        )


def _ensure_still_undoes(old: Voucher, new: Voucher) -> None:
    """What undoes another voucher mirrors it to the fen; only its head and its day within the year may change."""
    entries = [[replace(line, summary="") for line in voucher.lines] for voucher in (old, new)]
    if entries[0] != entries[1] or old.day.year != new.day.year:
        raise VoucherError(
            "冲销凭证要和原凭证一一对应，不能改科目、金额和年度", "请删除或作废它，再重新冲销。"
        )


def _ensure_same_entries(old: StoredVoucher, new: Voucher) -> None:
    """What an asset card stands on keeps its accounts, amounts and month; the rest may be put right."""
    entries = [[(x.account, x.debit, x.credit) for x in v.lines] for v in (old.voucher, new)]
    if entries[0] != entries[1] or old.voucher.month != new.month:
        raise VoucherError(
            f"{old.ref.short} 是资产卡片做成的凭证，科目、金额和月份不能改", "请作废它，再从资产卡片做一次。"
        )


def _stored(
    uow: UnitOfWork, voucher_id: int, action: str, *, new_names: bool, of_document: bool = False
) -> Outcome[StoredVoucher]:
    stored = uow.reader.voucher(voucher_id)
    uow.log.add(
        action,
        ledger=stored.ledger,
        subject=str(stored.ref),
        detail=f"金额 {format_fen(stored.voucher.amount)} 元",
    )
    changes = Changes(vouchers=True, drafts=True, counterparties=new_names, ledger=stored.ledger)
    return Outcome(
        stored,
        changes,
        all_cautions(
            uow.reader, stored.ledger, stored.voucher, of_document=of_document, voucher_id=stored.id
        ),
    )


def void(uow: UnitOfWork, voucher_id: int, reason: str) -> Outcome[StoredVoucher]:
    """Void an unposted voucher: the number stays used, a page is printed for the binding."""
    named(uow.by)
    stored = uow.reader.voucher(voucher_id)
    require(uow, Duty.PREPARE, stored.ledger)
    if stored.state not in (VoucherState.ENTERED, VoucherState.REVIEWED):
        raise VoucherError(f"{stored.ref.short} 已{_past(stored.state)}，不能作废", _way_out(stored.state))
    ensure_not_a_side(uow.reader, stored, "作废")
    reason = given(reason, f"作废 {stored.ref.short} ", "为什么作废")
    uow.periods.ensure_open(stored.ledger, stored.ref.month)
    uow.vouchers.mark_void(voucher_id, reason)
    uow.log.add("作废凭证", ledger=stored.ledger, subject=str(stored.ref), detail=reason)
    return Outcome(uow.reader.voucher(voucher_id), Changes(vouchers=True, ledger=stored.ledger))


def delete_last(uow: UnitOfWork, voucher_id: int) -> Outcome[None]:
    """Delete an unreviewed voucher that is the last of its month and word; others would leave a gap."""
    named(uow.by)
    stored = uow.reader.voucher(voucher_id)
    require(uow, Duty.PREPARE, stored.ledger)
    if stored.state is not VoucherState.ENTERED:
        raise VoucherError(f"{stored.ref.short} 已{_past(stored.state)}，不能删除", _way_out(stored.state))
    ensure_not_a_side(uow.reader, stored, "删除")
    if not _is_last(uow, stored):
        raise VoucherError(f"{stored.ref.short} 后面还有凭证，删除会断号", "请从最后一张删起，或把它作废。")
    uow.periods.ensure_open(stored.ledger, stored.ref.month)
    uow.vouchers.delete(voucher_id)
    uow.log.add(
        "删除凭证",
        ledger=stored.ledger,
        subject=str(stored.ref),
        detail=f"金额 {format_fen(stored.voucher.amount)} 元",
    )
    return Outcome(None, Changes(vouchers=True, ledger=stored.ledger))


def resort(uow: UnitOfWork, ledger: str, month: Month, word: str = "记") -> Outcome[int]:
    """Number a month's unreviewed vouchers by date; reviewed, posted and void ones keep their numbers.

    Returns how many numbers changed. Receipts arrive out of order, so this is daily work, not a repair.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    uow.periods.ensure_open(ledger, month)
    free = [
        v
        for v in uow.reader.vouchers(ledger, month=month, states=[VoucherState.ENTERED])
        if v.ref.word == word and v.ref.month == month
    ]
    wanted = sorted(free, key=lambda v: (v.day, v.ref.number))
    moved = sum(old.id != new.id for old, new in zip(free, wanted, strict=True))
    if moved:
        uow.vouchers.renumber(ledger, month, word, [v.id for v in wanted])
        uow.log.add(
            "重排凭证号", ledger=ledger, subject=str(month), detail=f"{word}字，按日期重排 {moved} 张"
        )
    return Outcome(moved, Changes(vouchers=bool(moved), ledger=ledger))


def named(person: str) -> None:
    """Raise DutyError unless somebody is named."""
    if not person.strip():
        raise DutyError("还没有写明是谁在操作", "请先填上姓名。")


def given(reason: str, act: str, why: str) -> str:
    """A reason as it is kept; raises VoucherError for none, TextError for one that is no plain, short text."""
    text = check_text(reason, "原因", SUMMARY_LIMIT)
    if not text:
        raise VoucherError(f"{act}要写明原因", f"请写一句{why}。")
    return text


def _is_last(uow: UnitOfWork, stored: StoredVoucher) -> bool:
    return uow.reader.next_number(stored.ledger, stored.ref.month, stored.ref.word) == stored.ref.number + 1


def _past(state: VoucherState) -> str:
    return {VoucherState.REVIEWED: "审核", VoucherState.POSTED: "记账", VoucherState.VOID: "作废"}.get(
        state, "保存"
    )


def _way_out(state: VoucherState) -> str:
    if state is VoucherState.POSTED:
        return "请用红字冲销来更正。"
    return "请审核人先取消审核。" if state is VoucherState.REVIEWED else ""

"""Money that has left before its papers are complete (手续不全): booked as an advance, settled when they arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from village_ledger.domain.chart import Chart
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LimitError
from village_ledger.domain.limit import Approval
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    StoredVoucher,
    Voucher,
    VoucherLine,
    VoucherState,
    check_text,
)
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.limits import payments
from village_ledger.services.limits.demands import demands_of
from village_ledger.services.limits.limit_rules import chart_limits, vocabulary
from village_ledger.services.outcome import Outcome
from village_ledger.storage.limits.inspection import BOOKED
from village_ledger.storage.limits.queries import IncompletePayment
from village_ledger.storage.limits.register import LimitRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

SETTLED = "结清暂付（手续不全）"


def as_advance(
    uow: UnitOfWork, voucher_id: int, payee: str = "", account: str = ""
) -> Outcome[StoredVoucher]:
    """Turn an entered expense into an advance to the payee, keeping what it was for.

    ``payee`` may be left out where the voucher names one; ``account`` where a member is told by the register.
    Raises LimitError for a voucher that spends nothing or has no payee, VoucherError for one already reviewed.
    """
    stored = uow.reader.voucher(voucher_id)
    require(uow, Duty.PREPARE, stored.ledger)
    if stored.state is not VoucherState.ENTERED:
        raise LimitError(f"{stored.ref.short} 不在待审核状态，不能改记暂付", "已审核的请审核人先取消审核。")
    chart = uow.reader.chart(stored.ledger)
    limits = chart_limits(uow.reader.ledger(stored.ledger).chart_id)
    purpose = tuple(line for line in stored.voucher.lines if limits.kind_of(line.account))
    amount = sum(line.debit - line.credit for line in purpose)
    paid = any(line.credit > 0 and chart.get(line.account).money for line in stored.voucher.lines)
    if amount <= 0 or not paid:
        raise LimitError(f"{stored.ref.short} 没有用现金或存款付出支出", "只有已经付出去的钱才记暂付。")
    to = _payee(stored.voucher, payee)
    missing = payments.standing(uow.reader, stored).missing or ("手续不全",)
    rules = demands_of(uow.reader, stored.ledger, stored.voucher)
    what = "；".join(dict.fromkeys(line.summary for line in purpose))
    summary = vocabulary().advance_summary.format(what=what)
    leaf = account or _advance_leaf(uow.reader, stored.ledger, to, stored.voucher.day)
    advance = VoucherLine(check_text(summary, "摘要", 500), leaf, debit=amount, counterparty=to)
    made = replace(stored.voucher, lines=_with(stored.voucher.lines, purpose, advance))
    outcome = vouchers.rewrite(uow, stored.ledger, voucher_id, made)
    version = rules[0].rules.version if rules else 0
    LimitRegister(uow).paid_incomplete(voucher_id, advance, purpose, "；".join(missing), version)
    detail = f"{to}，{format_fen(amount)} 元：{what}；{'；'.join(missing)}"
    uow.log.add(BOOKED, ledger=stored.ledger, subject=str(outcome.value.ref), detail=detail)
    return replace(outcome, changes=outcome.changes | Changes(limits=True, ledger=stored.ledger))


def _payee(voucher: Voucher, given: str) -> str:
    name = check_text(given, "收款人", NAME_LIMIT)
    named = list(dict.fromkeys(line.counterparty for line in voucher.lines if line.counterparty))
    if name:
        return name
    if len(named) != 1:
        raise LimitError("没有写钱付给了谁", "暂付要记在收款人名下，请写明收款人。")
    return named[0]


def _advance_leaf(reader: Reader, ledger: str, payee: str, day: date) -> str:
    """The account an advance stands on: of members where the register knows the name, else of others."""
    limits = chart_limits(reader.ledger(ledger).chart_id)
    name = payee.rpartition("/")[2]
    member = limits.advance_member != limits.advance_other and reader.is_member_name(name, day)
    top = limits.advance_member if member else limits.advance_other
    chart = reader.chart(ledger)
    leaves = [a.code for a in chart if a.is_leaf and a.active and a.code.startswith(top)] if top else []
    if len(leaves) != 1:
        raise LimitError(f"{top} 下有 {len(leaves)} 个可用的明细科目，不知道暂付记在哪个", "请写明暂付科目。")
    return leaves[0]


def _with(
    lines: Sequence[VoucherLine], purpose: Sequence[VoucherLine], advance: VoucherLine
) -> tuple[VoucherLine, ...]:
    """The lines with the advance where the first expense stood."""
    place = lines.index(purpose[0])
    rest = [line for line in lines[place:] if line not in purpose]
    return (*(line for line in lines[:place]), advance, *rest)


def settle(
    uow: UnitOfWork, payment_id: int, day: date, approval: Approval | None = None
) -> Outcome[StoredVoucher]:
    """Papers have arrived: enter the voucher that books the expense and settles the advance, with what was shown.

    Raises LimitError for an advance not posted, settled already, or a day before it.
    """
    payment = the_payment(uow.reader, payment_id)
    require(uow, Duty.PREPARE, payment.ledger)
    if not payment.posted:
        raise LimitError(f"{payment.ref.short} 还没有记账", "请先审核、记账，再补手续。")
    if payment.cleared is not None:
        raise LimitError(f"{payment.ref} 的暂付已经由 {payment.cleared} 结清", "一笔暂付只结清一次。")
    if day < payment.day:
        raise LimitError(f"{day} 在付款日 {payment.day} 之前", "请用手续补齐的日子。")
    chart = uow.reader.chart(payment.ledger)
    summary = vocabulary().cleared_summary.format(what=payment.what)
    lines = (
        *payment.purpose,
        VoucherLine(summary, payment.account, credit=payment.amount, counterparty=payment.payee),
    )
    _ensure_usable(chart, lines)
    sheets = sum(approval.papers.values()) if approval else 0
    outcome = vouchers.store(uow, payment.ledger, Voucher(day, lines, attachments=sheets), SETTLED)
    LimitRegister(uow).cleared(payment_id, outcome.value.id)
    warnings = outcome.warnings
    if approval is not None and demands_of(uow.reader, payment.ledger, outcome.value.voucher):
        warnings = (*warnings, *payments.approve(uow, outcome.value.id, approval).warnings)
    uow.log.add(SETTLED, ledger=payment.ledger, subject=str(payment.ref), detail=f"{outcome.value.ref}")
    changes = outcome.changes | Changes(limits=True, ledger=payment.ledger)
    return Outcome(uow.reader.voucher(outcome.value.id), changes, warnings)


def asked_of(reader: Reader, payment: IncompletePayment, day: date) -> payments.Standing:
    """What the expense behind an advance needs when it is settled on a day."""
    advance = VoucherLine("", payment.account, credit=payment.amount, counterparty=payment.payee)
    voucher = Voucher(day, (*payment.purpose, advance))
    return payments.Standing(tuple(demands_of(reader, payment.ledger, voucher)), None, ())


def _ensure_usable(chart: Chart, lines: Sequence[VoucherLine]) -> None:
    for line in lines:
        chart.usable_leaf(line.account)


def the_payment(reader: Reader, payment_id: int) -> IncompletePayment:
    """One advance with papers missing; raises LimitError when there is none."""
    ledger = reader.voucher(payment_id).ledger
    found = reader.incomplete_payments(ledger, payment_id)
    if not found:
        raise LimitError("这张凭证不是手续不全的暂付", "请在“手续不全”列表里选。")
    return found[0]


def still_open(reader: Reader, ledger: str, through: date) -> list[IncompletePayment]:
    """Advances paid by a day whose papers had not been booked by then."""
    return [one for one in reader.incomplete_payments(ledger) if one.open_on(through)]


def sheet_notes(reader: Reader, ledger: str, span: Span, shown_as: Mapping[str, str]) -> list[str]:
    """What the disclosure sheet says of them: posted ones, as they stood at the span's end.

    ``shown_as`` names payees who are not named as the books name them.
    """
    found = [
        one
        for one in reader.incomplete_payments(ledger)
        if one.posted and (one.open_on(span.last) or (one.day <= span.last and not one.cleared_posted))
    ]
    if not found:
        return []
    listed = "；".join(
        f"{one.day.month}月{one.ref.short} 付{shown_as.get(one.payee, one.payee)} {format_fen(one.amount)}（{one.what}）"
        for one in found
    )
    total = format_fen(sum(one.amount for one in found))
    return [f"手续不全的暂付 {len(found)} 笔，共 {total} 元：{listed}。手续补齐后转入支出。"]

"""Paying a dividend out: in a batch through the bank or in cash, in part, later, to whoever may take it; what came back.

One voucher for what is paid at once. Nothing is paid to an estate nobody inherited, nor beyond what is owed; what shares
pledged with their dividend earned goes to the creditor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.chart import Money
from village_ledger.domain.dividend import creditor_part
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DividendError
from village_ledger.domain.money import format_fen
from village_ledger.domain.rule_names import BANK_RESULT, DIVIDEND_DAY, DIVIDEND_LINES, ESTATE, PAYEE, PAYING
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    SUMMARY_LIMIT,
    Voucher,
    VoucherKind,
    VoucherLine,
    check_text,
)
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.dividends.records import DividendPayment
from village_ledger.storage.dividends.register import DividendsRegister
from village_ledger.storage.people.records import Dividend, DividendLine, Pledge
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

BANK, CASH = "bank", "cash"
DONE, FAILED = "done", "failed"
TO_CREDITOR = "creditor"
_MONEY = {BANK: Money.BANK, CASH: Money.CASH}
_METHOD_WORDS = {BANK: "银行代发", CASH: "现金"}


@dataclass(frozen=True, slots=True)
class Paying:
    """What is paid on one line; ``receiver`` takes it for the holder (代领人), with the relation between them."""

    line: int
    amount: int
    receiver: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed on one line, to whom, and why it cannot be paid now (empty: it can)."""

    line: DividendLine
    amount: int
    creditor: str = ""
    """Creditor of a pledge with its dividend: this part is paid to nobody else."""
    held: str = ""
    returned: str = ""
    """What the bank said when it sent the money back."""

    @property
    def paying(self) -> Paying:
        """All of it, to whom it belongs."""
        relation = "质权人" if self.creditor else ""
        return Paying(self.line.line, self.amount, self.creditor, relation)


def dues(reader: Reader, dividend: Dividend, day: date) -> list[Due]:
    """Everything still owed of a dividend in the order of its lines: the unclaimed list and what a batch pays."""
    lines = [line for line in reader.dividend_lines(dividend.id) if line.owed > 0]
    pledges = _creditors(reader, dividend)
    estates = _estates(reader, dividend, day)
    payments = reader.dividend_payments(dividend.id)
    returned = {p.line: p.result_note or "银行退回" for p in payments if p.result == FAILED}
    found: list[Due] = []
    for line in lines:
        held = estates.get(line.line, "")
        pledged = pledges.get(line.account_id, ())
        owed = line.owed
        for pledge, creditor_owed in _owed_to_creditors(line, pledged, payments):
            owed -= creditor_owed
            if creditor_owed:
                found.append(Due(line, creditor_owed, pledge.creditor, held, returned.get(line.line, "")))
        if owed > 0:
            found.append(Due(line, owed, "", held, returned.get(line.line, "")))
    return found


def _creditors(reader: Reader, dividend: Dividend) -> dict[int, tuple[Pledge, ...]]:
    found: dict[int, tuple[Pledge, ...]] = {}
    for pledge in reader.open_pledges(dividend.record_date):
        if pledge.dividend_to == TO_CREDITOR:
            found[pledge.account_id] = (*found.get(pledge.account_id, ()), pledge)
    return found


def _owed_to_creditors(
    line: DividendLine, pledges: Sequence[Pledge], payments: Sequence[DividendPayment]
) -> list[tuple[Pledge, int]]:
    """What each creditor still has to get of a line."""
    merged: dict[str, tuple[Pledge, int]] = {}
    for pledge in pledges:
        fen = creditor_part(line.amount, line.quantity, pledge.open)
        before = merged.get(pledge.creditor, (pledge, 0))[1]
        merged[pledge.creditor] = (pledge, before + fen)
    paid: dict[str, int] = {}
    for payment in payments:
        if payment.line == line.line and payment.counts:
            paid[payment.receiver] = paid.get(payment.receiver, 0) + payment.amount
    return [(pledge, max(0, fen - paid.get(name, 0))) for name, (pledge, fen) in merged.items()]


def _estates(reader: Reader, dividend: Dividend, day: date) -> dict[int, str]:
    """Lines of somebody dead on a day who still holds shares: paid to nobody until they are inherited."""
    persons = reader.line_persons(dividend.id)
    dead = {one.id: one for one in reader.people(day) if one.death is not None and one.death <= day}
    holding = {held.person_id for held in reader.holdings(day) if held.balance.total}
    return {
        line: f"{dead[person].name} {dead[person].death} 去世，份额还没有办继承"
        for line, person in persons.items()
        if person in dead and person in holding
    }


def _dead(reader: Reader, dividend: Dividend, day: date) -> set[int]:
    persons = reader.line_persons(dividend.id)
    dead = {one.id for one in reader.people(day) if one.death is not None and one.death <= day}
    return {line for line, person in persons.items() if person in dead}


def pay(
    uow: UnitOfWork,
    ledger: str,
    dividend_id: int,
    day: date,
    method: str,
    items: Sequence[Paying],
    account: str = "",
) -> Outcome[list[DividendPayment]]:
    """Pay some lines at once: one voucher over all of them, which wants review and posting like any other.

    ``account`` is the leaf the money leaves by; it may be left out where there is only one. Raises DividendError.
    """
    vouchers.named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    reader = uow.reader
    dividend = reader.dividend(ledger, dividend_id)
    _ensure_payable(reader, dividend, day, method, items)
    lines = {line.line: line for line in reader.dividend_lines(dividend_id)}
    tidy = [_tidy(item) for item in items]
    _ensure_each(reader, dividend, day, tidy, lines)
    money = _money_leaf(reader, ledger, method, account)
    summary = f"发放{dividend.year}年度收益分红（{_METHOD_WORDS[method]}，{len(tidy)} 笔）"
    entries = _entries(reader, dividend, [(lines[item.line], item.amount) for item in tidy])
    voucher = _voucher(day, summary, entries, money, "附发放名册")
    stored = vouchers.store(uow, ledger, voucher, "发放分红")
    register = DividendsRegister(uow)
    register.note_voucher(dividend_id, stored.value.id)
    ids = {
        register.pay(
            dividend_id,
            item.line,
            day,
            item.amount,
            method,
            (item.receiver, item.relation),
            stored.value.id,
        )
        for item in tidy
    }
    total = format_fen(sum(item.amount for item in tidy))
    detail = f"{dividend.year}年度，{_METHOD_WORDS[method]} {len(tidy)} 笔，共 {total}"
    uow.log.add("发放分红", ledger=ledger, subject=str(stored.value.ref), detail=detail)
    made = [payment for payment in reader.dividend_payments(dividend_id) if payment.id in ids]
    return Outcome(made, _changed(ledger), stored.warnings)


def _changed(ledger: str) -> Changes:
    return Changes(vouchers=True, balances=True, dividends=True, ledger=ledger)


def _tidy(item: Paying) -> Paying:
    receiver = check_text(item.receiver, "代领人", NAME_LIMIT)
    relation = check_text(item.relation, "和持有人的关系", NAME_LIMIT)
    if receiver and not relation:
        raise DividendError(
            f"代领人 {receiver} 和持有人是什么关系没有写{PAYEE}", "请写明关系，如“配偶”“儿子”。"
        )
    return Paying(item.line, item.amount, receiver, relation)


def _ensure_payable(
    reader: Reader, dividend: Dividend, day: date, method: str, items: Sequence[Paying]
) -> None:
    if not items:
        raise DividendError(f"没有要发放的人{PAYING}", "请选要发给谁。")
    if method not in _MONEY:
        raise DividendError(f"没有“{method}”这种发放方式{PAYING}", f"可以是：{'、'.join(_MONEY)}。")
    if not dividend.live:
        raise DividendError(
            f"{dividend.year}年度这次分红已经作废或冲销{DIVIDEND_DAY}", "请核对是哪一次分红。"
        )
    if day < dividend.day:
        raise DividendError(
            f"{day} 还没有分红（{dividend.day}）{DIVIDEND_DAY}", "发放不能早于分红，请核对日期。"
        )
    waiting = [one for one in reader.bookings(dividend.id) if one.part != "payment" and not one.posted]
    if waiting:
        refs = "、".join(str(v.ref) for v in reader.vouchers_by_id([one.voucher_id for one in waiting]))
        raise DividendError(f"分红的凭证 {refs} 还没有记账{DIVIDEND_DAY}", "请先审核、记账，再发放。")


def _ensure_each(
    reader: Reader,
    dividend: Dividend,
    day: date,
    items: Sequence[Paying],
    lines: Mapping[int, DividendLine],
) -> None:
    """Every item within what is owed to whoever takes it, none to an estate nobody inherited."""
    owed = dues(reader, dividend, day)
    dead = _dead(reader, dividend, day)
    left = {(due.line.line, due.creditor): due.amount for due in owed}
    held = {due.line.line: due.held for due in owed if due.held}
    for item in items:
        line = lines.get(item.line)
        if line is None or line.kind == "collective":
            raise DividendError(f"分红明细里没有第 {item.line} 行的持有人{DIVIDEND_LINES}", "请核对名册。")
        if item.line in held:
            raise DividendError(
                f"{line.key}：{held[item.line]}{ESTATE}",
                "请先办继承，再由继承人领取。",
            )
        if item.line in dead and not item.receiver:
            raise DividendError(f"{line.key} 已经去世，没有写谁来领{PAYEE}", "请写明继承人和关系。")
        _take(left, item, line)


def _take(left: dict[tuple[int, str], int], item: Paying, line: DividendLine) -> None:
    """Take an item off what is left for its receiver; a creditor's part is left to the creditor alone."""
    creditors = [to for number, to in left if number == item.line and to]
    to = item.receiver if item.receiver in creditors else ""
    rest = left.get((item.line, to), 0)
    if item.amount <= 0:
        raise DividendError(f"{line.key} 发放的金额要大于零{DIVIDEND_LINES}", "请核对金额。")
    if item.amount > rest:
        whose = f"质押给 {'、'.join(creditors)} 的部分归质权人，" if creditors else ""
        raise DividendError(
            f"{line.key} 应领 {format_fen(line.amount)}，{whose}还可以发 {format_fen(rest)}，"
            f"不能发 {format_fen(item.amount)}{DIVIDEND_LINES}",
            "请核对金额。",
        )
    left[item.line, to] = rest - item.amount


def _money_leaf(reader: Reader, ledger: str, method: str, account: str) -> str:
    there = [one.code for one in reader.money_accounts(ledger) if one.money is _MONEY[method]]
    if account:
        if account not in there:
            words = "银行存款" if method == BANK else "库存现金"
            raise DividendError(f"{account} 不是{words}的科目{PAYING}", f"可以是：{'、'.join(there)}。")
        return account
    if len(there) != 1:
        raise DividendError(f"没有写明从哪个户头发放{PAYING}", f"可以是：{'、'.join(there)}。")
    return there[0]


def _entries(
    reader: Reader, dividend: Dividend, paid: Sequence[tuple[DividendLine, int]]
) -> dict[tuple[str, str], int]:
    """(leaf, party) → fen: the leaf each line was booked to, one entry a holder."""
    leaves: dict[str, str] = {}
    for one in reader.bookings(dividend.id):
        if one.part in {"members", "outsiders"}:
            booked = reader.voucher(one.voucher_id).voucher
            leaves[one.part] = next(line.account for line in booked.lines if line.credit)
    sums: dict[tuple[str, str], int] = {}
    for line, fen in paid:
        key = (leaves["members" if line.kind == "member" else "outsiders"], line.party)
        sums[key] = sums.get(key, 0) + fen
    return sums


def _voucher(
    day: date,
    summary: str,
    entries: Mapping[tuple[str, str], int],
    money: str,
    why: str,
    *,
    back: bool = False,
) -> Voucher:
    """Money out to holders, or ``back`` from the bank."""
    total = sum(entries.values())
    holders = [
        VoucherLine(summary, leaf, credit=fen, counterparty=party)
        if back
        else VoucherLine(summary, leaf, debit=fen, counterparty=party)
        for (leaf, party), fen in entries.items()
    ]
    if back:
        lines = (VoucherLine(summary, money, debit=total), *holders)
    else:
        lines = (*holders, VoucherLine(summary, money, credit=total))
    return Voucher(day=day, lines=lines, kind=VoucherKind.GENERATED, no_attachment_reason=why)


@dataclass(frozen=True, slots=True)
class Result:
    """What the bank said of one payment."""

    payment_id: int
    result: str
    note: str = ""


def record_results(
    uow: UnitOfWork, ledger: str, dividend_id: int, day: date, results: Sequence[Result]
) -> Outcome[list[DividendPayment]]:
    """Write what the bank said; what it sent back is booked as owed again, by one voucher for each account.

    Raises DividendError for a payment that is none of this dividend's bank payments, or that came back before.
    """
    vouchers.named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    reader, register = uow.reader, DividendsRegister(uow)
    dividend = reader.dividend(ledger, dividend_id)
    known = {payment.id: payment for payment in reader.dividend_payments(dividend_id)}
    lines = {line.line: line for line in reader.dividend_lines(dividend_id)}
    if not results:
        raise DividendError(f"没有要登记的结果{BANK_RESULT}", "请选是哪几笔。")
    back: dict[str, list[DividendPayment]] = {}
    for one in results:
        payment = _payment_of(reader, known.get(one.payment_id), one, day, lines)
        if one.result == FAILED:
            back.setdefault(_left_by(reader, payment), []).append(payment)
    warnings: tuple[str, ...] = ()
    for money, payments in back.items():
        entries = _entries(reader, dividend, [(lines[p.line], p.amount) for p in payments])
        summary = f"银行退回{dividend.year}年度收益分红（{len(payments)} 笔）"
        stored = vouchers.store(
            uow, ledger, _voucher(day, summary, entries, money, "附银行退汇通知", back=True), "分红退回"
        )
        register.note_voucher(dividend_id, stored.value.id)
        warnings += stored.warnings
    for one in results:
        register.note_result(
            one.payment_id, day, one.result, check_text(one.note, "银行的说明", SUMMARY_LIMIT)
        )
    failed = sum(len(payments) for payments in back.values())
    detail = f"{dividend.year}年度，成功 {len(results) - failed} 笔，退回 {failed} 笔"
    uow.log.add("分红代发结果", ledger=ledger, subject=str(dividend.year), detail=detail)
    asked = {one.payment_id for one in results}
    said = [payment for payment in reader.dividend_payments(dividend_id) if payment.id in asked]
    return Outcome(said, _changed(ledger), warnings)


def _payment_of(
    reader: Reader,
    payment: DividendPayment | None,
    one: Result,
    day: date,
    lines: Mapping[int, DividendLine],
) -> DividendPayment:
    """The payment a result is about."""
    if one.result not in {DONE, FAILED}:
        raise DividendError(
            f"银行的结果不能是“{one.result}”{BANK_RESULT}", "可以是：done（成功）、failed（退回）。"
        )
    if payment is None or payment.method != BANK:
        raise DividendError(f"没有第 {one.payment_id} 笔银行代发{BANK_RESULT}", "请核对是哪一笔。")
    key = lines[payment.line].key
    if not payment.counts:
        raise DividendError(f"{key} 这一笔已经退回或作废{BANK_RESULT}", "请重新发放，再登记新的结果。")
    if day < payment.day:
        raise DividendError(f"{key} {payment.day} 才发放，结果不会是 {day}{DIVIDEND_DAY}", "请核对日期。")
    if one.result == FAILED and not any(
        booking.posted
        for booking in reader.bookings(payment.dividend_id)
        if booking.voucher_id == payment.voucher_id
    ):
        raise DividendError(
            f"{key} 发放的凭证 {payment.voucher} 还没有记账{DIVIDEND_DAY}", "请先审核、记账，再登记退回。"
        )
    return payment


def _left_by(reader: Reader, payment: DividendPayment) -> str:
    return next(line.account for line in reader.voucher(payment.voucher_id).voucher.lines if line.credit)

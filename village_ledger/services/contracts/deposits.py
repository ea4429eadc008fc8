"""Deposits (押金): taken and returned, each an entered voucher; what is still held follows from them."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, ContractError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import StoredVoucher, Voucher, VoucherLine, check_against_chart
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.contract_rules import accounts, leaf, rules
from village_ledger.services.contracts.standing import whole
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.contracts.records import RETURNED, TAKEN
from village_ledger.storage.contracts.register import ContractsRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def take(
    uow: UnitOfWork, ledger: str, number: str, day: date, amount: int, money: str
) -> Outcome[StoredVoucher]:
    """Enter the receipt of a deposit: Dr money, Cr 211 押金; raises ContractError for more than was agreed."""
    one = whole(uow.reader, ledger, number)
    taken = sum(x.amount for x in one.deposits if x.kind == TAKEN)
    agreed = one.stored.contract.deposit
    if amount <= 0 or taken + amount > agreed:
        raise ContractError(
            f"合同 {number} 约定押金 {format_fen(agreed)}，已收 {format_fen(taken)}，不能再收 {format_fen(amount)}",
            "请核对金额。",
        )
    return _book(uow, ledger, number, TAKEN, day, amount, money)


def give_back(
    uow: UnitOfWork, ledger: str, number: str, day: date, amount: int, money: str
) -> Outcome[StoredVoucher]:
    """Enter the return of a deposit: Dr 211 押金, Cr money; raises ContractError for more than is held."""
    held = whole(uow.reader, ledger, number).deposit_held
    if amount <= 0 or amount > held:
        raise ContractError(
            f"合同 {number} 的押金还有 {format_fen(held)}，不能退 {format_fen(amount)}", "请核对金额。"
        )
    return _book(uow, ledger, number, RETURNED, day, amount, money)


def _book(
    uow: UnitOfWork, ledger: str, number: str, kind: str, day: date, amount: int, money: str
) -> Outcome[StoredVoucher]:
    require(uow, Duty.PREPARE, ledger)
    reader = uow.reader
    stored, chart = reader.contract(ledger, number), reader.chart(ledger)
    if chart.get(money).money is None:
        raise ChartError(f"{money} 不是现金或银行存款", "请选现金或银行科目。")
    account = leaf(reader, ledger, accounts(reader, ledger).deposit, rules().deposit_word)
    party = stored.now.party_on(day)[0]
    verb = "收" if kind == TAKEN else "退"
    summary = f"{verb}{party}押金（合同 {number}）"
    into = VoucherLine(
        summary,
        money,
        debit=amount if kind == TAKEN else 0,
        credit=0 if kind == TAKEN else amount,
    )
    held = VoucherLine(
        summary,
        account,
        debit=0 if kind == TAKEN else amount,
        credit=amount if kind == TAKEN else 0,
        counterparty=party,
    )
    voucher = Voucher(day=day, lines=(into, held) if kind == TAKEN else (held, into))
    check_against_chart(voucher, chart)
    outcome = vouchers.store(uow, ledger, voucher, f"{verb}押金")
    ContractsRegister(uow).deposit(stored.id, kind, outcome.value.id, amount)
    uow.log.add(f"{verb}押金", ledger=ledger, subject=number, detail=f"{format_fen(amount)} 元")
    return Outcome(outcome.value, Changes(vouchers=True, contracts=True, ledger=ledger), outcome.warnings)

"""Rent booked as owed by hand, before the register was kept: said to be a contract's, so that it is not booked again."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ContractError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import VoucherRef, VoucherState
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.contract_rules import accounts
from village_ledger.services.contracts.standing import refresh, refresh_stale, whole
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.contracts.records import OWED
from village_ledger.storage.contracts.register import ContractsRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def match_owed(uow: UnitOfWork, ledger: str, number: str, ref: VoucherRef) -> Outcome[int]:
    """Say that a posted voucher's debit on what the party owes is this contract's rent; returns how much.

    Rows not booked as owed take it in their order. Raises ContractError for a voucher with no such line, or one that says more
    than is to be booked.
    """
    require(uow, Duty.PREPARE, ledger)
    refresh_stale(uow, ledger)
    one = whole(uow.reader, ledger, number)
    found = accounts(uow.reader, ledger)
    parties = {party for _, party, _ in one.stored.now.parties}
    stored = uow.reader.find_voucher(ledger, ref)
    lines = [
        (place, line.debit)
        for place, line in enumerate(stored.voucher.lines, 1)
        if line.debit > 0
        and line.counterparty in parties
        and line.account.startswith((found.member, found.other))
    ]
    if not lines or stored.state is not VoucherState.POSTED:
        raise ContractError(
            f"{ref} 上没有已经记账的、{one.stored.contract.party}欠的租金", "请核对凭证号和往来单位。"
        )
    place, left = lines[0]
    amount, register = left, ContractsRegister(uow)
    for row in one.rows:
        part = min(left, row.to_accrue)
        if part > 0:
            register.link(one.stored.id, row.row.first, OWED, (stored.id, place), part, by_hand=True)
            left -= part
    if left:
        raise ContractError(
            f"{ref} 记了 {format_fen(amount)}，合同 {number} 没有这么多要记的应收",
            "请核对合同的租金和起算日。",
        )
    refresh(uow, [one.stored.id])
    uow.log.add("对上应收租金", ledger=ledger, subject=number, detail=f"{ref} {format_fen(amount)} 元")
    return Outcome(amount, Changes(contracts=True, ledger=ledger))

"""Rent due booked as owed: per contract one entered voucher (Dr 112 or 113 the party, Cr 501), never twice for one row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from village_ledger.domain.contract import RowState
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ContractError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher, Voucher, VoucherKind, VoucherLine
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.contract_rules import (
    accounts,
    leaf,
    receivable_leaf,
    revenue_leaf,
    rules,
)
from village_ledger.services.contracts.standing import Whole, refresh_stale, whole, wholes_due
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.contracts.records import LATE_MONEY, OWED
from village_ledger.storage.contracts.register import ContractsRegister
from village_ledger.storage.much import nothing_thrown_away
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Owing:
    """A contract and its rows that fall due through a month and were not booked as owed."""

    whole: Whole
    rows: tuple[RowState, ...]

    @property
    def amount(self) -> int:
        """What the voucher will say, fen."""
        return sum(row.to_accrue for row in self.rows)


def owing(reader: Reader, ledger: str, month: Month, numbers: Collection[str] = ()) -> list[Owing]:
    """What ``accrue`` would book."""
    found: list[Owing] = []
    with reader.snapshot(), nothing_thrown_away():
        chosen = [one for one in reader.contracts(ledger) if not numbers or one.number in numbers]
        for one in wholes_due(reader, chosen, month.last):
            rows = tuple([row for row in one.rows if row.to_accrue > 0])
            if rows:
                found.append(Owing(one, rows))
    return found


def accrue(
    uow: UnitOfWork, ledger: str, month: Month, numbers: Sequence[str] = ()
) -> Outcome[list[StoredVoucher]]:
    """Enter a voucher per contract for rows due through a month, dated its last day; a second run makes none."""
    require(uow, Duty.PREPARE, ledger)
    refresh_stale(uow, ledger)
    for number in numbers:
        uow.reader.contract(ledger, number)
    register = ContractsRegister(uow)
    made, warnings = list[StoredVoucher](), list[str]()
    for one in owing(uow.reader, ledger, month, frozenset(numbers)):
        stored = vouchers.store(uow, ledger, _owed(uow.reader, ledger, one, month), "应收租金")
        for place, row in enumerate(one.rows):
            register.link(
                one.whole.stored.id, row.row.first, OWED, (stored.value.id, 2 * place + 1), row.to_accrue
            )
        made.append(stored.value)
        warnings += [f"{stored.value.ref}：{text}" for text in stored.warnings]
    changes = Changes(vouchers=True, contracts=True, ledger=ledger) if made else Changes()
    return Outcome(made, changes, tuple(dict.fromkeys(warnings)))


def _owed(reader: Reader, ledger: str, one: Owing, month: Month) -> Voucher:
    """A pair of lines per row."""
    stored = one.whole.stored
    revenue = revenue_leaf(reader, ledger, stored.contract.kind)
    lines: list[VoucherLine] = []
    for row in one.rows:
        summary = row_summary(f"应收{row.party}", stored.what, row)
        debit = receivable_leaf(reader, ledger, member=row.member)
        lines += [
            VoucherLine(summary, debit, debit=row.to_accrue, counterparty=row.party),
            VoucherLine(summary, revenue, credit=row.to_accrue, counterparty=row.party),
        ]
    return Voucher(
        day=month.last,
        lines=tuple(lines),
        kind=VoucherKind.GENERATED,
        no_attachment_reason=f"合同 {stored.number} 应收租金",
    )


def row_summary(who: str, what: str, row: RowState) -> str:
    """A line's summary: whom, what for, which days."""
    shown = what if len(what) <= _WHAT else f"{what[:_WHAT]}等"
    return f"{who}{shown}租金（{row.row.first} 至 {row.row.last}）"


_WHAT = 30


def charge_penalty(uow: UnitOfWork, ledger: str, number: str, month: Month) -> Outcome[StoredVoucher]:
    """Propose late money through a month's end as an entered voucher (Dr 112/113, Cr 504).

    Raises ContractError where none is agreed or nothing is late. Whether it is asked for is the village's to say: the
    voucher waits for review, and may be voided.
    """
    require(uow, Duty.PREPARE, ledger)
    refresh_stale(uow, ledger)
    one = whole(uow.reader, ledger, number)
    terms = one.stored.contract.penalty
    if not terms.rate:
        raise ContractError(f"合同 {number} 没有约定违约金", "请照合同办，不能另外加收。")
    due = [(row, one.penalty_due(row, month.last)) for row in one.rows]
    due = [(row, fen) for row, fen in due if fen > 0]
    if not due:
        raise ContractError(f"合同 {number} 到 {month.last} 没有要算的违约金", "没有逾期，或已经算过。")
    income = leaf(
        uow.reader, ledger, accounts(uow.reader, ledger).penalty, rules().penalty_word, "其他", "罚"
    )
    lines: list[VoucherLine] = []
    for row, fen in due:
        summary = row_summary(f"应收{row.party}", one.stored.what, row).replace("租金（", "租金逾期违约金（")
        debit = receivable_leaf(uow.reader, ledger, member=row.member)
        lines += [
            VoucherLine(summary, debit, debit=fen, counterparty=row.party),
            VoucherLine(summary, income, credit=fen, counterparty=row.party),
        ]
    total = format_fen(sum(fen for _, fen in due))
    voucher = Voucher(
        day=month.last,
        lines=tuple(lines),
        kind=VoucherKind.GENERATED,
        no_attachment_reason=f"合同 {number} 逾期违约金，每日百万分之 {terms.rate}",
    )
    stored = vouchers.store(uow, ledger, voucher, "拟收违约金")
    register = ContractsRegister(uow)
    for place, (row, fen) in enumerate(due):
        register.link(one.stored.id, row.row.first, LATE_MONEY, (stored.value.id, 2 * place + 1), fen)
    uow.log.add("拟收违约金", ledger=ledger, subject=number, detail=f"{total} 元，算到 {month.last}")
    return Outcome(stored.value, Changes(vouchers=True, contracts=True, ledger=ledger), stored.warnings)

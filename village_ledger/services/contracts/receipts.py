"""Rent coming in: booked for rows, or matched to vouchers that are there already; several rows at once, parts of one.

A receipt goes to the earliest open rows first. What was booked as owed is paid (Cr 112 or 113); what was not is income at
once (Cr 501), unless it covers many months: then it waits as advance rent and is released period by period (services/planning/
prepaid). So no rent is income twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.contract import RowState
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, ContractError
from village_ledger.domain.money import format_fen
from village_ledger.domain.rhythm import months_later
from village_ledger.domain.voucher import StoredVoucher, Voucher, VoucherLine, VoucherRef, check_against_chart
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.contract_rules import (
    accounts,
    receivable_leaf,
    revenue_leaf,
    rules,
)
from village_ledger.services.contracts.rent_drafts import row_summary
from village_ledger.services.contracts.standing import Whole, refresh, refresh_stale, whole
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.services.planning import prepaid
from village_ledger.storage.contracts.records import ADVANCE, INCOME, PAID, RentCredit
from village_ledger.storage.contracts.register import ContractsRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Received:
    """Money as it came: when, how much, on which cash or bank account; for rows due through a day when it says so."""

    day: date
    amount: int
    money: str
    through: date | None = None
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a receipt: for which row, how much, and whether it settles what was booked as owed."""

    row: RowState
    amount: int
    settles: bool


def allocate(one: Whole, amount: int, day: date, through: date | None) -> list[Piece]:
    """A receipt shared out over open rows, the earliest first.

    Without a day it may reach the rows due by then and the one after; raises ContractError for more than is open.
    """
    rows = [row for row in one.rows if row.open > 0]
    if through is not None:
        rows = [row for row in rows if row.row.due <= through]
    else:
        due = [row for row in rows if row.row.due <= day]
        rows = rows[: len(due) + 1]
    if amount <= 0:
        raise ContractError("收款要大于零", "请核对金额。")
    room = sum(row.open for row in rows)
    if amount > room:
        until = "这些期" if through is not None else "到期的和下一期"
        raise ContractError(
            f"合同 {one.stored.number} {until}一共还欠 {format_fen(room)}，收的 {format_fen(amount)} 多了",
            "请核对金额；一次收以后多期的，写明收到哪一天到期的为止。",
        )
    pieces: list[Piece] = []
    for row in rows:
        for piece, settles in _sides(row, min(amount, row.open)):
            pieces.append(Piece(row, piece, settles))
            amount -= piece
        if not amount:
            break
    return pieces


def _sides(row: RowState, amount: int) -> list[tuple[int, bool]]:
    """What of a row's receipt settles a receivable, and what is received without one."""
    booked = max(0, row.accrued - (row.received - row.unaccrued))
    settles = min(amount, booked)
    return [(fen, is_settling) for fen, is_settling in ((settles, True), (amount - settles, False)) if fen]


def is_advance(pieces: list[Piece]) -> bool:
    """Whether what was not booked as owed covers so many months that it must be spread."""
    rows = [piece.row.row for piece in pieces if not piece.settles]
    return bool(rows) and rows[-1].last >= months_later(rows[0].first, rules().spread_months)


def receive(uow: UnitOfWork, ledger: str, number: str, got: Received) -> Outcome[list[StoredVoucher]]:
    """Enter the receipt of rent; a second voucher is made for the part that must be spread.

    Raises ContractError for more than is open, ChartError for an account that holds no money.
    """
    require(uow, Duty.PREPARE, ledger)
    refresh_stale(uow, ledger)
    one = whole(uow.reader, ledger, number)
    chart = uow.reader.chart(ledger)
    if chart.get(got.money).money is None:
        raise ChartError(f"{got.money} 不是现金或银行存款", "请选收款的现金或银行科目。")
    pieces = allocate(one, got.amount, got.day, got.through)
    spread = [piece for piece in pieces if not piece.settles] if is_advance(pieces) else []
    plain = [piece for piece in pieces if piece.settles or not spread]
    made, warnings = list[StoredVoucher](), list[str]()
    for some, book in ((plain, _book_plain), (spread, _book_advance)):
        if some:
            outcome = book(uow, ledger, one, got, some)
            made.append(outcome.value)
            warnings += outcome.warnings
    refresh(uow, [one.stored.id])
    detail = f"{format_fen(got.amount)} 元，{len(pieces)} 期"
    uow.log.add("收租金", ledger=ledger, subject=number, detail=detail)
    changes = Changes(vouchers=True, contracts=True, templates=bool(spread), ledger=ledger)
    return Outcome(made, changes, tuple(warnings))


def _book_plain(
    uow: UnitOfWork, ledger: str, one: Whole, got: Received, pieces: list[Piece]
) -> Outcome[StoredVoucher]:
    """Dr money, Cr a line per row."""
    reader, stored = uow.reader, one.stored
    lines = [
        VoucherLine(
            row_summary(f"收{piece.row.party}", stored.what, piece.row),
            receivable_leaf(reader, ledger, member=piece.row.member)
            if piece.settles
            else revenue_leaf(reader, ledger, stored.contract.kind),
            credit=piece.amount,
            counterparty=piece.row.party,
        )
        for piece in pieces
    ]
    total = sum(piece.amount for piece in pieces)
    first = lines[0].summary if len(lines) == 1 else f"收{pieces[0].row.party}租金，合同 {stored.number}"
    voucher = Voucher(
        day=got.day,
        lines=(VoucherLine(first, got.money, debit=total), *lines),
        attachments=got.attachments,
    )
    check_against_chart(voucher, reader.chart(ledger))
    outcome = vouchers.store(uow, ledger, voucher, "收租金")
    register = ContractsRegister(uow)
    for line, piece in enumerate(pieces, 2):
        kind = PAID if piece.settles else INCOME
        register.link(stored.id, piece.row.row.first, kind, (outcome.value.id, line), piece.amount)
    return outcome


def _book_advance(
    uow: UnitOfWork, ledger: str, one: Whole, got: Received, pieces: list[Piece]
) -> Outcome[StoredVoucher]:
    """Dr money, Cr 113 or 211 预收, and the schedule that releases it."""
    first, last = pieces[0].row, pieces[-1].row
    receipt = prepaid.Receipt(
        day=got.day,
        payer=first.party,
        member=first.member,
        total=sum(piece.amount for piece in pieces),
        first=first.row.first,
        last=last.row.last,
        what=f"{one.stored.what[:30]}租金",
        revenue=revenue_leaf(uow.reader, ledger, one.stored.contract.kind),
        money=got.money,
        attachments=got.attachments,
    )
    outcome = prepaid.receive(uow, ledger, receipt)
    register, voucher_id = ContractsRegister(uow), outcome.value.voucher_id
    for piece in pieces:
        register.link(one.stored.id, piece.row.row.first, ADVANCE, (voucher_id, 2), piece.amount)
    said = f"一次收到 {first.row.first} 至 {last.row.last} 的租金，先挂预收、分期确认收入。"
    return Outcome(uow.reader.voucher(voucher_id), outcome.changes, (said, *outcome.warnings))


def candidates(reader: Reader, one: Whole) -> list[RentCredit]:
    """Posted vouchers of the same party with money not matched to any contract."""
    ledger = one.stored.ledger
    found = accounts(reader, ledger)
    heads = list(dict.fromkeys((found.member, found.other, found.revenue)))
    parties = dict.fromkeys(party for _, party, _ in one.stored.now.parties)
    return [credit for party in parties for credit in reader.rent_credits(ledger, party, heads)]


def match(
    uow: UnitOfWork, ledger: str, number: str, ref: VoucherRef, line: int = 0, through: date | None = None
) -> Outcome[int]:
    """Say that a posted voucher's credit is this contract's rent; returns how much was matched.

    Raises ContractError for a voucher with no such line or more than is open.
    """
    require(uow, Duty.PREPARE, ledger)
    refresh_stale(uow, ledger)
    one = whole(uow.reader, ledger, number)
    wanted = str(ref)
    found = [c for c in candidates(uow.reader, one) if c.ref == wanted and line in (0, c.line)]
    if not found:
        raise ContractError(
            f"{ref} 上没有还没对过、往来单位是{one.stored.contract.party}的租金",
            "请核对凭证号和往来单位；没有记账的凭证先记账。",
        )
    chosen, voucher = found[0], uow.reader.find_voucher(ledger, ref)
    register = ContractsRegister(uow)
    revenue = accounts(uow.reader, ledger).revenue
    kind = INCOME if chosen.account.startswith(revenue) else PAID
    amount = 0
    for piece in allocate(one, chosen.free, chosen.day, through):
        register.link(
            one.stored.id, piece.row.row.first, kind, (voucher.id, chosen.line), piece.amount, by_hand=True
        )
        amount += piece.amount
    refresh(uow, [one.stored.id])
    uow.log.add("对上租金", ledger=ledger, subject=number, detail=f"{ref} {format_fen(amount)} 元")
    return Outcome(amount, Changes(contracts=True, ledger=ledger))


def unmatch(uow: UnitOfWork, ledger: str, number: str, ref: VoucherRef) -> Outcome[int]:
    """Take back what was matched by hand; returns how many rows."""
    require(uow, Duty.PREPARE, ledger)
    refresh_stale(uow, ledger)
    stored = uow.reader.contract(ledger, number)
    voucher = uow.reader.find_voucher(ledger, ref)
    done = ContractsRegister(uow).unlink(stored.id, voucher.id)
    if not done:
        raise ContractError(f"{ref} 没有人工对到合同 {number} 上", "由合同生成的凭证请作废或冲销。")
    refresh(uow, [stored.id])
    uow.log.add("撤销对租金", ledger=ledger, subject=number, detail=str(ref))
    return Outcome(done, Changes(contracts=True, ledger=ledger))

"""Matching the bank's lines with the books' (勾对): sure ones by the program, the rest by a person; every match can be undone.

A match lies beside the vouchers and changes none of them, so closed months are matched like open ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from village_ledger.domain.bank_matching import Group, Item, Matching, is_cheque, match, matching_rules
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.bank.bank_position import read_position
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.bank.queries import BankAccount, BankLine
from village_ledger.storage.bank.register import BankRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

K = TypeVar("K")
V = TypeVar("V")

OUTSTANDING = -1
"""First part of the key of an item outstanding from before the first statement."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What automatic matching did: matches made, lines suspected of being the bank's error, answers left to a person."""

    matches: int
    suspected: tuple[BankLine, ...]
    proposed: tuple[Group, ...]


def match_automatically(uow: UnitOfWork, account: BankAccount) -> Outcome[Matched]:
    """Match all that is sure; what is not is returned as proposals, never decided."""
    vouchers.named(uow.by)
    require(uow, Duty.RECONCILE, account.ledger)
    register = BankRegister(uow)
    made = match_drafted(uow, account.ledger)
    found = proposals(uow.reader, account)
    for group in found.sure:
        _store(register, account, group, "automatic")
    made += len(found.sure) + _match_reversed(uow, register, account)
    suspected = _suspect(uow, register, account)
    if made or suspected:
        uow.log.add(
            "自动勾对",
            ledger=account.ledger,
            subject=account.account,
            detail=f"勾对 {made} 组，疑似银行错账 {len(suspected)} 笔，待定 {len(found.proposed)} 组",
        )
    warnings = tuple(
        f"{line.day} {line.counterparty or line.remark} {format_fen(line.amount)} 和前一笔一样，账上只有一笔："
        "疑似银行重复收付，已列为银行错账，请向银行查询；不是的话取消标记。"
        for line in suspected
    )
    changed = Changes(bank=bool(made or suspected), ledger=account.ledger)
    return Outcome(Matched(made, tuple(suspected), found.proposed), changed, warnings)


def proposals(reader: Reader, account: BankAccount) -> Matching:
    """What could be matched now: sure groups and those a person has to decide."""
    position = read_position(reader, account)
    bank = [
        Item((x.id,), x.day, x.amount, f"{x.counterparty} {x.remark}", is_cheque(x.remark))
        for x in position.lines
        if not x.match and not x.mark
    ]
    book = [
        Item((x.voucher_id, x.line), x.day, x.amount, f"{x.summary} {x.counterparty}", is_cheque(x.summary))
        for x in position.book
        if not x.match
    ]
    for x in position.outstanding:
        if not x.match:
            item = Item((OUTSTANDING, x.id), x.day, x.amount, x.remark, is_cheque(x.remark))
            (book if x.side == "book" else bank).append(item)
    return match(bank, book)


def match_drafted(uow: UnitOfWork, ledger: str) -> int:
    """Match vouchers made from a bank line with that line, once they are posted; returns how many."""
    found = uow.reader.posted_drafts(ledger)
    for account, line, voucher, number in found:
        BankRegister(uow).match(account, [line], [(voucher, number)], [], "automatic", "由这一行填制的凭证")
    return len(found)


def _match_reversed(uow: UnitOfWork, register: BankRegister, account: BankAccount) -> int:
    """Red-letter vouchers with what they undo, where the bank has neither."""
    position = read_position(uow.reader, account)
    free = {(x.voucher_id, x.line): x for x in position.book if not x.match}
    made = 0
    for key, red in list(free.items()):
        undone = next(
            (x for x in free.values() if red.undoes == x.voucher_id and x.amount == -red.amount), None
        )
        if key in free and undone is not None:
            wrong = (undone.voucher_id, undone.line)
            register.match(account.id, [], [wrong, key], [], "automatic", "红字冲销，银行没有这一笔")
            del free[key], free[wrong]
            made += 1
    return made


def _suspect(uow: UnitOfWork, register: BankRegister, account: BankAccount) -> list[BankLine]:
    """Unmatched lines that repeat a matched one of the same payer, amount and words within days: no voucher, no reason."""
    lines = uow.reader.bank_lines(account.id)
    near = timedelta(days=matching_rules()["match"]["duplicate_days"])
    found: list[BankLine] = []
    asked = uow.reader.marked_lines(account.id)
    for line in lines:
        if line.match or line.drafted or line.id in asked or not line.counterparty:
            continue
        if any(
            x.match
            and x.id != line.id
            and (x.counterparty, x.amount, x.remark) == (line.counterparty, line.amount, line.remark)
            and timedelta() <= line.day - x.day <= near
            for x in lines
        ):
            register.mark(line.id, "suspected", "和前一笔的对方、金额、附言都一样，账上只有一笔")
            found.append(line)
    return found


def match_by_hand(
    uow: UnitOfWork,
    account: BankAccount,
    bank: Sequence[int],
    book: Sequence[tuple[int, int]],
    outstanding: Sequence[int] = (),
) -> Outcome[int]:
    """Match the lines a person chose; both sides must sum to the same fen. Returns the match's id.

    Lines of one side only are fine when they cancel: a wrong entry and its red letter, a bank's error and its return.
    """
    vouchers.named(uow.by)
    require(uow, Duty.RECONCILE, account.ledger)
    position = read_position(uow.reader, account, whole=True)
    lines = _chosen({x.id: x for x in position.lines}, bank)
    entries = _chosen({(x.voucher_id, x.line): x for x in position.book}, book)
    items = _chosen({x.id: x for x in position.outstanding}, outstanding)
    if len(lines) + len(entries) + len(items) < 2:
        raise LedgerError("勾对要在两边各选一行，或在一边选两行相抵的", "请先选好要勾对的行。")
    for x in (*lines, *entries, *items):
        if x.match:
            raise LedgerError(f"{x.day} {format_fen(x.amount)} 这一行已经勾对过", "要先取消原来的勾对。")
    ours = sum(x.amount for x in lines) + sum(x.amount for x in items if x.side == "bank")
    theirs = sum(x.amount for x in entries) + sum(x.amount for x in items if x.side == "book")
    if ours != theirs:
        raise LedgerError(
            f"两边不相等：银行 {format_fen(ours)}，账上 {format_fen(theirs)}，差 {format_fen(ours - theirs)}",
            "请增减选中的行，到差额为零再勾对。",
        )
    made = BankRegister(uow).match(account.id, bank, book, outstanding, "manual", "手工勾对")
    uow.log.add(
        "勾对",
        ledger=account.ledger,
        subject=account.account,
        detail=f"第 {made} 组：银行 {len(lines)} 行，账上 {len(entries) + len(items)} 行，{format_fen(ours)}",
    )
    return Outcome(made, Changes(bank=True, ledger=account.ledger))


def _chosen(there: dict[K, V], wanted: Sequence[K]) -> list[V]:
    """The rows somebody chose; raises LedgerError for one that is not of this account or not posted."""
    missing = [key for key in wanted if key not in there]
    if missing or len(set(wanted)) != len(wanted):
        raise LedgerError("选中的行里有一行不是这个银行账户的，或凭证还没有记账", "请刷新后重新选。")
    return [there[key] for key in wanted]


def unmatch(uow: UnitOfWork, account: BankAccount, made: int, reason: str = "") -> Outcome[None]:
    """Take a match back; it stays on record with who took it back."""
    vouchers.named(uow.by)
    require(uow, Duty.RECONCILE, account.ledger)
    found = next((m for m in uow.reader.bank_matches(account.id) if m.id == made), None)
    if found is None or found.undone_by:
        raise LedgerError("没有这一组勾对，或已经取消过", "请刷新后再试。")
    BankRegister(uow).unmatch(made, check_text(reason, "原因", SUMMARY_LIMIT))
    uow.log.add(
        "取消勾对", ledger=account.ledger, subject=account.account, detail=f"第 {made} 组 {reason}".strip()
    )
    return Outcome(None, Changes(bank=True, ledger=account.ledger))


def mark_error(
    uow: UnitOfWork, account: BankAccount, line: int, *, is_error: bool, note: str = ""
) -> Outcome[None]:
    """Say that a line is the bank's error (银行错账), confirmed, or that it is none."""
    vouchers.named(uow.by)
    require(uow, Duty.RECONCILE, account.ledger)
    found = next((x for x in uow.reader.bank_lines(account.id) if x.id == line), None)
    if found is None:
        raise LedgerError("没有这一行对账单", "请刷新后再试。")
    if found.match:
        raise LedgerError(f"{found.day} {format_fen(found.amount)} 这一行已经勾对", "要先取消勾对。")
    words = check_text(note, "说明", SUMMARY_LIMIT)
    BankRegister(uow).mark(line, "error" if is_error else "none", words)
    uow.log.add(
        "标记银行错账" if is_error else "取消错账标记",
        ledger=account.ledger,
        subject=account.account,
        detail=f"{found.day} {format_fen(found.amount)} {words}".strip(),
    )
    return Outcome(None, Changes(bank=True, ledger=account.ledger))


def _store(register: BankRegister, account: BankAccount, group: Group, how: str) -> None:
    members = (*group.bank, *group.book)
    register.match(
        account.id,
        [x.key[0] for x in group.bank if x.key[0] != OUTSTANDING],
        [(x.key[0], x.key[1]) for x in group.book if x.key[0] != OUTSTANDING],
        [x.key[1] for x in members if x.key[0] == OUTSTANDING],
        how,
        group.reason,
    )

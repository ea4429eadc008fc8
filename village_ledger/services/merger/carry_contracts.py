"""Contracts into the merged book: those not over, with every change; rows due before it began stay settled in the old one."""

from __future__ import annotations

from dataclasses import replace

from village_ledger.domain.contract import Change, Contract, Status
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.services.contracts import contracts
from village_ledger.services.contracts.standing import Whole, refresh, wholes
from village_ledger.services.merger.carry_codes import Numbers, keep, numbers_of
from village_ledger.services.merger.merging import Merging
from village_ledger.services.merger.sources import OldBook
from village_ledger.storage.contracts.register import ContractsRegister

_NUMBER_LIMIT = 40


def carry_contracts(merging: Merging, codes: Numbers) -> None:
    """Drafts and running contracts; ``codes`` are the new ones of what they let."""

    def listed(one: OldBook, ledger: str) -> list[str]:
        return [x.number for x in one.reader.contracts(ledger) if not x.status.over]

    numbers = numbers_of(merging, listed, _NUMBER_LIMIT)
    for one in merging.books:
        for old in one.source.ledgers:
            ledger = merging.ledger(one, old.code)
            if not ledger:
                continue
            running = [x for x in one.reader.contracts(old.code) if not x.status.over]
            done = [
                made
                for each in wholes(one.reader, running)
                if (made := _carry(merging, one, (old.code, ledger), each, numbers, codes))
            ]
            if done:
                refresh(merging.uow, done)
                merging.uow.log.add(
                    "导入合同", ledger=ledger, subject=merging.basis, detail=f"{one.village} {len(done)} 份"
                )
    keep(merging, "contract", numbers)


def _carry(
    merging: Merging,
    one: OldBook,
    ledgers: tuple[str, str],
    each: Whole,
    numbers: Numbers,
    codes: Numbers,
) -> int:
    """One contract; its id, 0 where it could not be."""
    old, ledger = ledgers
    stored, reader = each.stored, merging.uow.reader
    number = numbers[one.number, old, stored.number]
    contract = _renamed(merging, one, old, stored.contract, number, codes)
    register = ContractsRegister(merging.uow)
    try:
        made, _ = contracts.known_items(reader, ledger, contracts.tidied(contract))
        contracts.ensure_free(reader, ledger, made)
        contract_id = register.add(ledger, made, contracts.whole_areas(reader, ledger, made))
    except LedgerError as error:
        merging.matter(one, "合同", stored.number, f"{error.what}，请在新账里登记。")
        return 0
    for change in stored.changes:
        register.change(contract_id, _change(merging, one, change))
    if stored.status is not Status.DRAFT:
        _say_open(merging, one, number, each)
    return contract_id


def _renamed(
    merging: Merging, one: OldBook, old: str, contract: Contract, number: str, codes: Numbers
) -> Contract:
    items = tuple(
        item._replace(code=codes.get((one.number, old, item.code), item.code)) for item in contract.items
    )
    note = f"{one.village}原编号 {contract.number}" if number != contract.number else f"{one.village}的合同"
    return replace(
        contract,
        number=number,
        party=merging.party(one, contract.party),
        items=items,
        kept_from=merging.request.start.first,
        note="；".join(filter(None, (note, contract.note))),
    )


def _change(merging: Merging, one: OldBook, change: Change) -> Change:
    return change._replace(party=merging.party(one, change.party)) if change.party else change


def _say_open(merging: Merging, one: OldBook, number: str, each: Whole) -> None:
    """What the rows of the old book left open, and what came in ahead."""
    first = merging.request.start.first
    late = [row for row in each.rows if row.row.due < first and row.open > 0]
    if late:
        owed, booked = sum(row.open for row in late), sum(row.accrued for row in late)
        text = (
            f"{late[0].row.due} 起有 {len(late)} 期租金 {format_fen(owed)} 没有收，其中 {format_fen(min(owed, booked))} "
            "已经记在期初的应收款里。收到时直接冲应收；没有记应收的请补记。"
        )
        merging.matter(one, "合同欠租", number, text)
    ahead = sum(row.received for row in each.rows if row.row.due >= first)
    if ahead:
        text = f"旧账里已经预收以后各期的租金 {format_fen(ahead)}，在新账的合同里请用“对上收款”登记。"
        merging.matter(one, "合同预收", number, text)
    if each.deposits and each.deposit_held > 0:
        text = f"押金 {format_fen(each.deposit_held)} 在期初余额里，到期退还。"
        merging.matter(one, "合同押金", number, text)

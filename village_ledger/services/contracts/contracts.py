"""Contracts from drawing up to the end: entered, signed, changed, ended early or in time, in dispute.

enter, rewrite, forget   a draft
sign                     from then on its terms stay
change                   a dated change: rent, term, party, early end, end, dispute, lawsuit
take_in_all              contracts already running, as an import finds them: entered, signed, performing
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from village_ledger.domain.area import SQM
from village_ledger.domain.contract import (
    AREA_SCALE,
    NUMBER_LIMIT,
    Act,
    Change,
    Contract,
    Item,
    Status,
    ensure_change,
    in_force,
    moved,
)
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ContractError
from village_ledger.domain.identity import fault_of, tidy_number
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.contract_cards import card_of
from village_ledger.services.contracts.contract_rules import rules
from village_ledger.services.contracts.contract_warnings import BOARD_UNTIL, on_entering
from village_ledger.services.contracts.standing import refresh, refresh_stale, whole
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.clock import now_text
from village_ledger.storage.contracts.records import StoredContract
from village_ledger.storage.contracts.register import ContractsRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

_TEXTS = ("party", "party_code", "related", "purpose", "price_words", "note")
_PAPERS = (
    "way",
    "platform_number",
    "valuation",
    "resolution",
    "vote",
    "noticed",
    "filing",
    "legal_opinion",
    "signers",
    "archive",
)
PARTS_OF_UNIT = {"亩": 20 * AREA_SCALE, "㎡": SQM, "平方米": SQM}
"""Parts (``domain.area``) of one unit."""


def enter(uow: UnitOfWork, ledger: str, contract: Contract) -> Outcome[StoredContract]:
    """Keep a contract as a draft; raises ContractError for a number taken or something let to somebody else then."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    contract = tidied(contract)
    if uow.reader.has_contract(ledger, contract.number):
        raise ContractError(f"合同编号 {contract.number} 已经有了", "请换一个编号，或打开那份合同。")
    made, ensured = known_items(uow.reader, ledger, contract)
    ensure_free(uow.reader, ledger, made)
    contract_id = ContractsRegister(uow).add(ledger, made, whole_areas(uow.reader, ledger, made))
    detail = f"{made.party}，{made.terms.start} 至 {made.terms.end}，每期 {format_fen(made.terms.amount)} 元"
    uow.log.add("登记合同", ledger=ledger, subject=made.number, detail=detail)
    return _done(uow, ledger, contract_id, (*ensured, *on_entering(uow.reader, ledger, made)))


def rewrite(uow: UnitOfWork, ledger: str, number: str, contract: Contract) -> Outcome[StoredContract]:
    """Replace a draft; raises ContractError once it is signed."""
    require(uow, Duty.PREPARE, ledger)
    stored = uow.reader.contract(ledger, number)
    _ensure_draft(stored)
    contract = tidied(contract)
    if contract.number != number and uow.reader.has_contract(ledger, contract.number):
        raise ContractError(f"合同编号 {contract.number} 已经有了", "请换一个编号。")
    made, ensured = known_items(uow.reader, ledger, contract)
    ensure_free(uow.reader, ledger, made, but=stored.id)
    ContractsRegister(uow).rewrite(stored.id, made, whole_areas(uow.reader, ledger, made))
    uow.log.add("修改合同草稿", ledger=ledger, subject=made.number)
    return _done(uow, ledger, stored.id, (*ensured, *on_entering(uow.reader, ledger, made)))


def forget(uow: UnitOfWork, ledger: str, number: str) -> Outcome[None]:
    """Delete a draft."""
    require(uow, Duty.PREPARE, ledger)
    stored = uow.reader.contract(ledger, number)
    _ensure_draft(stored)
    ContractsRegister(uow).forget(stored.id)
    uow.log.add("删除合同草稿", ledger=ledger, subject=number)
    return Outcome(None, Changes(contracts=True, ledger=ledger))


def _ensure_draft(stored: StoredContract) -> None:
    if stored.status is not Status.DRAFT:
        raise ContractError(f"合同 {stored.number} 已经签订，条款不能改", "请登记变更，写明从哪一天起。")


def sign(uow: UnitOfWork, ledger: str, number: str, day: date, basis: str = "") -> Outcome[StoredContract]:
    """Note that it was signed; its terms are fixed from now on and rows fall due."""
    return change(uow, ledger, number, Change(day, Act.SIGN, Status.SIGNED, basis=basis))


def change(uow: UnitOfWork, ledger: str, number: str, asked: Change) -> Outcome[StoredContract]:
    """Note a dated change; rows from the day on follow it, earlier ones stay.

    Raises ContractError for one the status does not allow, or one that would change a row already booked or received.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    refresh_stale(uow, ledger)
    found = whole(uow.reader, ledger, number)
    stored, contract = found.stored, found.stored.contract
    status = moved(number, stored.status, asked.act)
    party = check_text(asked.party, "对方", NAME_LIMIT)
    done = replace_change(asked, status, party, check_text(asked.basis, "依据", SUMMARY_LIMIT))
    if asked.act in (Act.AMOUNT, Act.TERM, Act.PARTY, Act.TERMINATE) and not done.basis:
        raise ContractError(f"没有写合同 {number} {asked.act.words}的依据", "请写决议文号、补充协议或原因。")
    settled = sorted({link.first for link in found.links})
    after = ensure_change(contract, in_force(contract, stored.changes), done, settled)
    if after.end > stored.now.end:
        longer = replace(contract, terms=replace(after.terms, start=contract.terms.start))
        ensure_free(uow.reader, ledger, longer, but=stored.id)
    ContractsRegister(uow).change(stored.id, done)
    refresh(uow, [stored.id])
    detail = f"{done.day} {asked.act.words}" + (f"，{done.basis}" if done.basis else "")
    uow.log.add("合同" + asked.act.words, ledger=ledger, subject=number, detail=detail)
    return _done(uow, ledger, stored.id, ())


def replace_change(asked: Change, status: Status, party: str, basis: str) -> Change:
    """The change as it is kept."""
    return asked._replace(status=status, party=party, basis=basis)


def take_in_all(uow: UnitOfWork, ledger: str, contracts: Sequence[Contract], source: str) -> Outcome[int]:
    """Enter contracts that run already, signed and performing from their start; returns how many.

    Raises ContractError naming the first that cannot be; the caller has looked at each before.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    register, warnings, ids = ContractsRegister(uow), list[str](), list[int]()
    for contract in map(tidied, contracts):
        if uow.reader.has_contract(ledger, contract.number):
            raise ContractError(f"合同编号 {contract.number} 已经有了", "同一份合同只登记一次。")
        made, ensured = known_items(uow.reader, ledger, contract)
        ensure_free(uow.reader, ledger, made)
        contract_id = register.add(ledger, made, whole_areas(uow.reader, ledger, made))
        day = made.papers.signed_on or made.terms.start
        register.change(contract_id, Change(day, Act.SIGN, Status.SIGNED, basis=source))
        register.change(contract_id, Change(made.terms.start, Act.PERFORM, Status.PERFORMING, basis=source))
        ids.append(contract_id)
        warnings += [f"{made.number}：{text}" for text in (*ensured, *on_entering(uow.reader, ledger, made))]
    refresh(uow, ids)
    uow.log.add("导入合同", ledger=ledger, subject=source, detail=f"{len(ids)} 份")
    return Outcome(len(ids), Changes(contracts=True, counterparties=True, ledger=ledger), tuple(warnings))


def tidied(contract: Contract) -> Contract:
    """Texts without outer blanks; raises TextError, and ContractError for an identity number where a firm's code goes."""
    texts = {
        name: check_text(getattr(contract, name), _LABELS.get(name, name), SUMMARY_LIMIT) for name in _TEXTS
    }
    papers = {
        name: check_text(getattr(contract.papers, name), _LABELS.get(name, name), SUMMARY_LIMIT)
        for name in _PAPERS
    }
    if texts["party_code"] and not fault_of(
        tidy_number(texts["party_code"]), date.fromisoformat(now_text()[:10])
    ):
        raise ContractError("对方的代码一栏写了身份证号", "个人不用写；合同里不存身份证号。")
    items = tuple(
        Item(
            check_text(item.code, "资产编号", NUMBER_LIMIT),
            check_text(item.name, "标的", NAME_LIMIT),
            item.kind,
            item.area,
            check_text(item.unit, "单位", 8),
        )
        for item in contract.items
    )
    number = check_text(contract.number, "合同编号", NUMBER_LIMIT)
    kind = rules().kind(contract.kind).id
    return replace(
        contract, **texts, number=number, kind=kind, items=items, papers=replace(contract.papers, **papers)
    )


_LABELS = {"party": "对方", "note": "备注", "purpose": "用途", "resolution": "决议文号"}


def known_items(reader: Reader, ledger: str, contract: Contract) -> tuple[Contract, tuple[str, ...]]:
    """Items with the kind and name of their cards; a code without a card is taken with a notice."""
    items, said = list[Item](), list[str]()
    for item in contract.items:
        if not item.code:
            items.append(item)
            continue
        kind, name = card_of(reader, ledger, item.code)
        if not kind:
            said.append(f"资产编号 {item.code} 还没有卡片，先照编号登记。")
        items.append(item._replace(kind=kind, name=item.name or name))
    return replace(contract, items=tuple(items)), tuple(said)


def whole_areas(reader: Reader, ledger: str, contract: Contract) -> dict[str, int]:
    """Area of each whole parcel let in part, in 1/10000 of the item's unit; what cannot be told is left out."""
    found: dict[str, int] = {}
    for item in contract.items:
        parts = PARTS_OF_UNIT.get(item.unit or "亩")
        if item.kind == "parcel" and item.area and parts:
            found[item.code] = reader.parcel(ledger, item.code).card.area * AREA_SCALE // parts
    return found


def ensure_free(reader: Reader, ledger: str, contract: Contract, but: int = 0) -> None:
    """Raise ContractError when something is let to somebody else in the same time.

    Parts of one parcel may be let side by side while their areas are given and at no moment exceed the whole.
    """
    wholes = whole_areas(reader, ledger, contract)
    first, last = contract.terms.start, contract.terms.end
    for item in contract.items:
        if not item.code:
            continue
        others = [
            one
            for one in reader.contracts_letting(ledger, item.code)
            if one[0] != but and one[3] <= last and first <= one[4]
        ]
        if not others:
            continue
        _, number, party, begins, ends, _ = others[0]
        room = wholes.get(item.code, 0)
        if not item.area or not room or any(not one[5] for one in others):
            raise ContractError(
                f"{item.name or item.code} 在 {begins} 至 {ends} 已经租给{party}（合同 {number}），时间重叠",
                "请改期限，或先把那份合同解除；一块地分块出租要写清各块面积。",
            )
        for point in (max(one[3], first) for one in others):
            let = sum(one[5] for one in others if one[3] <= point <= one[4])
            if item.area + let > room:
                raise ContractError(
                    f"{item.name or item.code} 一共没有这么大：{point} 那天已经租出一部分（合同 {number} 等），再租就超过整块",
                    "请核对面积。",
                )


def _done(
    uow: UnitOfWork, ledger: str, contract_id: int, warnings: tuple[str, ...]
) -> Outcome[StoredContract]:
    stored = uow.reader.contracts_by_id([contract_id])[0]
    return Outcome(stored, Changes(contracts=True, counterparties=True, ledger=ledger), warnings)


def set_board_until(uow: UnitOfWork, day: date) -> Outcome[date]:
    """Say until when the board is in office: contracts beyond it without a resolution are pointed out."""
    require(uow, Duty.SETTINGS)
    uow.settings.set(BOARD_UNTIL, day.isoformat())
    uow.log.add("定理事会任期", detail=str(day))
    return Outcome(day, Changes(contracts=True, settings=True))

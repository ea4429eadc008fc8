"""Inter-ledger documents (两账往来单): both vouchers from one document, entered, posted, voided and reversed together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, LedgerError, PeriodError, VoucherError
from village_ledger.domain.inter_ledger import (
    Asked,
    DocumentNumber,
    InterLedgerRules,
    KindRule,
    Plan,
    Side,
    load,
    plan,
)
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    StoredVoucher,
    VoucherKind,
    VoucherState,
    check_against_chart,
    check_text,
)
from village_ledger.resources_dir import resource
from village_ledger.services.book import accounts
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require, require_second
from village_ledger.services.entry import corrections, invoices, posting, vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers import transfer_checks
from village_ledger.storage.interledger.records import Transfer
from village_ledger.storage.interledger.register import InterLedgerRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

MIRROR = "inter_ledger.mirror"
"""Setting of the book: 113 where the township keeps the committee in 内部往来, empty for the charts' own accounts."""


@lru_cache(maxsize=1)
def rules() -> InterLedgerRules:
    """The shipped kinds of document."""
    return load(resource("rules", "inter_ledger.toml").read_text(encoding="utf-8"))


def ledgers_of(reader: Reader) -> Mapping[LedgerKind, str]:
    """The collective's and the committee's ledger; raises LedgerError in a book that has one of them only (合账)."""
    village = reader.main_ledgers()
    if village is None:
        raise LedgerError("这个账簿只有一本账（合账），没有两账往来", "分账以后才有两本账之间的往来。")
    return {LedgerKind.COLLECTIVE: village[0].code, LedgerKind.COMMITTEE: village[1].code}


def _sides(reader: Reader) -> list[Side]:
    """Both ledgers as planning sees them."""
    made: list[Side] = []
    for kind, code in ledgers_of(reader).items():
        info, chart = reader.ledger(code), reader.chart(code)
        mirror = reader.setting(MIRROR) if kind is LedgerKind.COLLECTIVE else ""
        has_lines = partial(reader.account_has_lines, code)
        made.append(Side(code, kind, info.entity, info.chart_id, chart, has_lines, mirror))
    return made


def preview(reader: Reader, asked: Asked) -> Plan:
    """What a document would write, for a form that shows both vouchers while one is typing; writes nothing."""
    codes = ledgers_of(reader)
    made = plan(rules(), transfer_checks.with_banks(reader, asked, codes), _sides(reader))
    for kind, voucher in made.vouchers.items():
        check_against_chart(voucher, made.charts[kind])
    transfer_checks.ensure_banks_usable(reader, made, codes)
    return made


def enter(uow: UnitOfWork, asked: Asked) -> Outcome[Transfer]:
    """Enter a document: its number, both vouchers, the accounts they need; they wait for review and posting.

    Raises VoucherError, ChartError, AmountError or PeriodError saying what is missing; then nothing is written.
    """
    vouchers.named(uow.by)
    codes = ledgers_of(uow.reader)
    for code in codes.values():
        require(uow, Duty.PREPARE, code)
    rule = rules().kind(asked.kind)
    asked, warnings = transfer_checks.checked(uow.reader, rule, asked, codes)
    settled = _settlements(uow.reader, rule, asked, codes)
    number = uow.reader.next_transfer_number(asked.day.year)
    made = plan(rules(), asked, _sides(uow.reader), str(number))
    transfer_checks.ensure_banks_usable(uow.reader, made, codes)
    asked, of_plan = transfer_checks.with_plan_line(
        uow.reader, rule, asked, made, codes[LedgerKind.COLLECTIVE]
    )
    warnings += of_plan
    for kind, new in made.new_accounts.items():
        for account in new:
            accounts.add(
                uow, codes[kind], account.parent, account.name, code=account.code, demands=account.demands
            )
    stored: list[StoredVoucher] = []
    for kind, voucher in made.vouchers.items():
        check_against_chart(voucher, made.charts[kind])
        outcome = vouchers.store(uow, codes[kind], voucher, of_document=True)
        stored.append(outcome.value)
        warnings += [f"{uow.reader.ledger(codes[kind]).title}：{said}" for said in outcome.warnings]
    register = InterLedgerRegister(uow)
    step = ("paid" if asked.settles else "owed") if rule.two_steps else "whole"
    transfer_id = register.add(number, asked, step, [(v.ledger, v.id) for v in stored])
    for settles_id, amount in settled:
        register.settle(transfer_id, settles_id, amount)
    if "share" in rule.asks:
        _share(uow, transfer_id, asked, stored)
    refs = "，".join(f"{v.ledger} {v.ref}" for v in stored)
    detail = f"{asked.kind} {rule.name}，金额 {format_fen(asked.amount)} 元，凭证 {refs}"
    uow.log.add("填制往来单", subject=str(number), detail=detail)
    return Outcome(uow.reader.transfer(number), _CHANGED, tuple(warnings))


_CHANGED = Changes(vouchers=True, accounts=True, counterparties=True)


def record(uow: UnitOfWork, asked: Asked, reviewed_by: str) -> Outcome[Transfer]:
    """Enter a document, have a second person pass it, and post both sides: all in one go or nothing."""
    reviewed_by = check_text(reviewed_by, "姓名", NAME_LIMIT)
    vouchers.named(uow.by)
    if not reviewed_by or reviewed_by == uow.by:
        raise DutyError(f"制单和审核都是 {uow.by}", "请由两个人分别填制和审核。")
    entered = enter(uow, asked)
    for side in entered.value.sides:
        require_second(uow, reviewed_by, Duty.REVIEW, side.ledger)
        uow.vouchers.mark_reviewed(side.voucher_id, reviewed_by)
        uow.log.add("审核凭证", ledger=side.ledger, subject=str(side.ref), detail=f"由 {reviewed_by} 审核")
    posted = posting.post(uow, [side.voucher_id for side in entered.value.sides])
    return Outcome(
        uow.reader.transfer(entered.value.number), entered.changes | posted.changes, entered.warnings
    )


def void(uow: UnitOfWork, number: DocumentNumber, reason: str) -> Outcome[Transfer]:
    """Void a document that is not posted, and with it both vouchers; their numbers stay used."""
    vouchers.named(uow.by)
    document = uow.reader.transfer(number)
    if document.state is VoucherState.POSTED:
        raise VoucherError(f"{number} 已经记账，不能作废", "请两边一起冲销。")
    if document.is_void:
        raise VoucherError(f"{number} 已经作废", "不用再作废。")
    if document.settled:
        raise VoucherError(f"{number} 已有归还或转交", "请先作废或冲销归还、转交的那一份。")
    reason = vouchers.given(reason, f"作废 {number} ", "为什么作废")
    for side in document.sides:
        require(uow, Duty.PREPARE, side.ledger)
        uow.periods.ensure_open(side.ledger, side.ref.month)
    InterLedgerRegister(uow).void(document.id)
    for side in document.sides:
        uow.log.add("作废凭证", ledger=side.ledger, subject=str(side.ref), detail=f"{number}：{reason}")
    uow.log.add("作废往来单", subject=str(number), detail=reason)
    return Outcome(uow.reader.transfer(number), Changes(vouchers=True))


def reverse(uow: UnitOfWork, number: DocumentNumber, day: date, reason: str) -> Outcome[Transfer]:
    """Enter the document that undoes a posted one: a reversal on each side, linked, waiting for review and posting.

    Red letters in the same year, blue vouchers for an earlier one, on both sides alike.
    """
    vouchers.named(uow.by)
    document = uow.reader.transfer(number)
    _ensure_reversible(document)
    reason = vouchers.given(reason, "冲销", "为什么冲销")
    register, made = InterLedgerRegister(uow), list[tuple[int, StoredVoucher]]()
    warnings: list[str] = []
    for side in document.sides:
        original = uow.reader.voucher(side.voucher_id)
        corrections.ensure_reversible(original, day)
        undoing = corrections.undoing(original, day)
        action = "红字冲销" if undoing.kind is VoucherKind.REVERSAL else "更正以前年度"
        outcome = vouchers.store(uow, side.ledger, undoing, action, of_document=True)
        made.append((original.id, outcome.value))
        warnings += outcome.warnings
    new = uow.reader.next_transfer_number(day.year)
    register.add_reversal(new, document, day, reason, [(v.ledger, v.id) for _, v in made])
    for original_id, voucher in made:
        uow.vouchers.link(voucher.id, "reverses", original_id)
    uow.log.add("冲销往来单", subject=str(new), detail=f"{number}：{reason}")
    return Outcome(uow.reader.transfer(new), Changes(vouchers=True, counterparties=True), tuple(warnings))


def _ensure_reversible(document: Transfer) -> None:
    number = document.number
    if document.is_void or document.state is not VoucherState.POSTED:
        raise VoucherError(f"{number} 还没有记账，不用冲销", "请作废它，再重新填一份。")
    if document.reverses is not None:
        raise VoucherError(f"{number} 本身就是冲销单", "请重新填一份正确的往来单。")
    if document.reversed_by is not None:
        raise VoucherError(f"{number} 已经由 {document.reversed_by} 冲销过", "一份往来单只能冲销一次。")
    if document.settled:
        raise VoucherError(f"{number} 已有归还或转交", "请先冲销归还、转交的那一份。")


def set_mirror(uow: UnitOfWork, code: str) -> Outcome[str]:
    """Choose whether the committee stands in 112/211 (empty) or in 113 内部往来, as some townships want it."""
    require(uow, Duty.SETTINGS)
    if code not in {"", "113"}:
        raise VoucherError(f"两账往来不能挂在 {code}", "可以用 112/211，或按乡镇的做法用 113。")
    if any(not t.is_void and t.kind in {"T4", "T5", "T6", "T7"} for t in uow.reader.transfers()):
        raise VoucherError("已经有代收代付的往来单，不能再换挂账的科目", "请从下一年起再换。")
    before = uow.reader.setting(MIRROR)
    if code == before:
        return Outcome(code, Changes())
    _ensure_mirrors_empty(uow.reader, before)
    uow.settings.set(MIRROR, code)
    uow.log.add("修改设置", subject="两账往来挂账科目", detail=code or "112/211")
    return Outcome(code, Changes(settings=True))


def _ensure_mirrors_empty(reader: Reader, mapped: str) -> None:
    """Raises VoucherError while the collective's ledger still shows the committee under the account kept so far."""
    codes = ledgers_of(reader)
    collective, committee = (reader.ledger(codes[kind]) for kind in LedgerKind)
    heads = {rules().mirror(collective.chart_id, role, mapped) for role in ("receivable", "payable")}
    for head in sorted(heads):
        left = reader.party_balance_before(collective.code, head, committee.entity, date(9999, 12, 31))
        if left:
            raise VoucherError(
                f"{head} 里还有{committee.entity}的余额 {format_fen(abs(left))}，换了科目两边就对不上",
                "请先把它结清，或用凭证转过去，再换。",
            )


# What a document settles


def _settlements(
    reader: Reader, rule: KindRule, asked: Asked, codes: Mapping[LedgerKind, str]
) -> list[tuple[int, int]]:
    """(document, fen) this one settles; raises VoucherError when it would settle more than is open."""
    if asked.settles:
        document = reader.transfer(DocumentNumber.parse(asked.settles))
        _ensure_open(rule, document, asked)
        return [(document.id, asked.amount)]
    if rule.id != "T5":
        return []
    owed = _owed(reader, codes)
    if asked.amount > owed:
        raise VoucherError(
            f"村委会现在欠集体 {format_fen(max(owed, 0))}，归还不了 {format_fen(asked.amount)}",
            "请核对金额。",
        )
    rest, found = asked.amount, list[tuple[int, int]]()
    for document in open_documents(reader, rule.settles):
        part = min(rest, document.amount - document.settled)
        if part > 0 and document.day <= asked.day:
            found.append((document.id, part))
            rest -= part
    return found


def open_documents(reader: Reader, kinds: tuple[str, ...]) -> list[Transfer]:
    """Documents of these kinds that are not settled yet, the oldest first."""
    return [
        t
        for t in reader.transfers()
        if t.kind in kinds
        and t.step != "paid"
        and not t.is_void
        and t.reverses is None
        and t.reversed_by is None
        and t.settled < t.amount
    ]


def _ensure_open(rule: KindRule, document: Transfer, asked: Asked) -> None:
    number, left = document.number, document.amount - document.settled
    if document.kind not in rule.settles or document.step == "paid" or document.reverses is not None:
        raise VoucherError(f"{number} 不是“{rule.name}”能归还、转交的往来单", "请核对单号和类别。")
    if document.is_void or document.reversed_by is not None:
        raise VoucherError(f"{number} 已经作废或冲销", "请核对单号。")
    if asked.amount > left:
        raise VoucherError(
            f"{number} 还没结清的只有 {format_fen(left)}，不能结 {format_fen(asked.amount)}", "请核对金额。"
        )
    if asked.day < document.day:
        raise PeriodError(f"{asked.day} 早于 {number} 的日期 {document.day}", "请改成那一天或以后的日期。")


def _owed(reader: Reader, codes: Mapping[LedgerKind, str]) -> int:
    """What the committee owes the collective: posted, and entered but not yet posted, on the collective's side (fen)."""
    entity = reader.ledger(codes[LedgerKind.COMMITTEE]).entity
    collective = codes[LedgerKind.COLLECTIVE]
    info = reader.ledger(collective)
    code = rules().mirror(info.chart_id, "receivable", reader.setting(MIRROR))
    posted = reader.party_balance_before(collective, code, entity, date(9999, 12, 31))
    return posted + sum(_moves(t) for t in reader.transfers() if t.state in _WAITING)


_WAITING = frozenset({VoucherState.ENTERED, VoucherState.REVIEWED})


def _moves(document: Transfer) -> int:
    """What a document adds to what the committee owes (fen)."""
    if document.kind == "T5" or (document.kind == "T6" and document.step == "paid"):
        return -document.amount
    return document.amount if document.kind in {"T4", "T6"} else 0


def _share(uow: UnitOfWork, transfer_id: int, asked: Asked, stored: list[StoredVoucher]) -> None:
    """The allocation slip of a shared bill, and its number booked on both sides."""
    numbers = invoices.numbers_in(asked.invoice)
    if len(numbers) > 1:
        raise VoucherError("一份分割单只分一张票", "请一张票填一份往来单。")
    invoices.ensure_free(uow.reader, numbers)
    register, shares = InterLedgerRegister(uow), (asked.collective.amount, asked.committee.amount)
    issuer = asked.counterparty
    slip = register.add_slip(transfer_id, numbers[0] if numbers else "", issuer, shares)
    for number in numbers:
        for voucher, share in zip(stored, shares, strict=True):
            register.add_invoice(number, "分割单", share, voucher.id, voucher.ledger, slip)

"""Advance rent (预收租金): a schedule made from the receipt, released month by month, once each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, PeriodError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.prepaid import BASIS_NAMES, Basis, spread
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    SUMMARY_LIMIT,
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherLine,
    VoucherRef,
    VoucherState,
    check_against_chart,
    check_text,
)
from village_ledger.resources_dir import resource
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.templates.queries import Prepaid, PrepaidPart
from village_ledger.storage.templates.register import TemplatesRegister
from village_ledger.storage.unit_of_work import UnitOfWork

LONG_LEASE_YEARS = 20
"""A lease beyond this holds no longer (民法典 art. 705): said, not refused."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Advance rent as received: who paid, for which days, what it is, and which accounts it touches."""

    day: date
    payer: str
    member: bool
    total: int
    first: date
    last: date
    what: str
    revenue: str
    money: str
    project: str = ""
    attachments: int = 0


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Accounts of advance rent per chart (rules/prepaid_rent.toml)."""
    return tomllib.loads(resource("rules", "prepaid_rent.toml").read_text(encoding="utf-8"))


def _rule(reader: Reader, ledger: str) -> dict[str, str]:
    chart_id = reader.ledger(ledger).chart_id
    rule = next((r for r in rules()["chart"] if r["id"] == chart_id), None)
    if rule is None:
        raise ChartError(
            f"{reader.ledger(ledger).title}不记预收租金", "租金和发包款是集体的收入，请记到集体账。"
        )
    return rule


def choose_basis(uow: UnitOfWork, ledger: str, basis: Basis) -> Outcome[Basis]:
    """Choose how the ledger releases advance rent; raises PeriodError once a schedule uses another way."""
    require(uow, Duty.SETTINGS, ledger)
    _rule(uow.reader, ledger)
    chosen = uow.reader.prepaid_basis(ledger)
    if chosen is basis:
        return Outcome(basis, Changes())
    if chosen is not None and uow.reader.prepaids(ledger):
        raise PeriodError(
            f"预收租金已经{BASIS_NAMES[chosen]}分摊，不能改成{BASIS_NAMES[basis]}",
            "一本账只定一次，前后一致。",
        )
    TemplatesRegister(uow).choose_basis(ledger, basis)
    uow.log.add("定预收分摊方法", ledger=ledger, detail=BASIS_NAMES[basis])
    return Outcome(basis, Changes(templates=True, settings=True, ledger=ledger))


def waiting_account(reader: Reader, ledger: str, *, member: bool) -> str:
    """Where an advance waits: 113 for a member, 211 for others, below it the sub-account called 预收 where there is one.

    Raises ChartError when there are sub-accounts and none is called so.
    """
    rule, chart = _rule(reader, ledger), reader.chart(ledger)
    top = rule["member" if member else "other"]
    leaves = [a for a in chart if a.code.startswith(top) and a.is_leaf and a.active]
    named = [a for a in leaves if rules()["word"] in a.name]
    if named:
        return named[0].code
    if [a.code for a in leaves] == [top]:
        return top
    raise ChartError(
        f"{top} {chart.get(top).name} 下面没有叫“{rules()['word']}…”的科目",
        f"请先在 {top} 下增设“预收租金”。",
    )


def revenue_accounts(reader: Reader, ledger: str) -> list[str]:
    """Leaves an advance can become."""
    top = _rule(reader, ledger)["revenue"]
    return [a.code for a in reader.chart(ledger) if a.code.startswith(top) and a.is_leaf and a.active]


def receive(uow: UnitOfWork, ledger: str, receipt: Receipt) -> Outcome[Prepaid]:
    """Enter the receipt voucher (Dr money, Cr 113/211 预收) and make its schedule, in one action."""
    require(uow, Duty.PREPARE, ledger)
    account = waiting_account(uow.reader, ledger, member=receipt.member)
    payer = check_text(receipt.payer, "交款人", NAME_LIMIT)
    if not payer:
        raise VoucherError("没有写明谁交的款", "请填交款人。")
    what = _what(receipt.what)
    spread(receipt.total, receipt.first, receipt.last, _basis(uow.reader, ledger))
    summary = f"收{payer}预交{what}（{receipt.first} 至 {receipt.last}）"
    voucher = Voucher(
        day=receipt.day,
        lines=(
            VoucherLine(summary, receipt.money, debit=receipt.total),
            VoucherLine(summary, account, credit=receipt.total, counterparty=payer, project=receipt.project),
        ),
        attachments=receipt.attachments,
    )
    check_against_chart(voucher, uow.reader.chart(ledger))
    if uow.reader.chart(ledger).get(receipt.money).money is None:
        raise ChartError(f"{receipt.money} 不是现金或银行存款", "请选收款的现金或银行科目。")
    stored = vouchers.store(uow, ledger, voucher)
    made = add(
        uow, ledger, stored.value.ref, receipt.first, receipt.last, what=what, revenue=receipt.revenue, line=2
    )
    return replace(made, warnings=(*stored.warnings, *made.warnings))


def add(
    uow: UnitOfWork,
    ledger: str,
    ref: VoucherRef,
    first: date,
    last: date,
    *,
    what: str,
    revenue: str,
    line: int = 0,
) -> Outcome[Prepaid]:
    """Make a schedule of the advance a receipt voucher has on 113 or 211 (``line`` from 1, 0 for the only one).

    Raises PeriodError for a span that ends before it begins, VoucherError for a voucher with no such line, one that
    does not count, or a line that has a schedule; ChartError for an account that is no revenue.
    """
    require(uow, Duty.PREPARE, ledger)
    reader, register = uow.reader, TemplatesRegister(uow)
    stored = reader.find_voucher(ledger, ref)
    if stored.state is VoucherState.VOID or any(word == "已冲" for word, _ in stored.links):
        raise VoucherError(f"{stored.ref} 已作废或冲销，不能排分摊", "请用有效的收款凭证。")
    number, entry = _advance(reader, ledger, stored, line)
    if revenue not in revenue_accounts(reader, ledger):
        raise ChartError(
            f"{revenue} 不是可以记的收入科目", f"请选 {_rule(reader, ledger)['revenue']} 下的末级科目。"
        )
    basis = _basis(reader, ledger)
    if reader.prepaid_basis(ledger) is None:
        register.choose_basis(ledger, basis)
    parts = spread(entry.credit, first, last, basis)
    if any(p.voucher_id == stored.id and p.account == entry.account for p in reader.prepaids(ledger)):
        raise VoucherError(f"{stored.ref} 的这笔预收已经排过分摊", "一笔预收只排一次。")
    prepaid = Prepaid(
        0,
        ledger,
        stored.id,
        str(stored.ref),
        True,  # noqa: FBT003  a record's field
        entry.account,
        revenue,
        entry.counterparty,
        entry.project,
        _what(what),
        entry.credit,
        first,
        last,
        basis,
        (),
    )
    made = register.add_prepaid(prepaid, number, parts)
    detail = f"{format_fen(entry.credit)} 元，{first} 至 {last}，{BASIS_NAMES[basis]} {len(parts)} 期"
    uow.log.add("排预收分摊", ledger=ledger, subject=str(stored.ref), detail=detail)
    return Outcome(
        reader.prepaids(ledger, made)[0], Changes(templates=True, ledger=ledger), _long_lease(first, last)
    )


def _what(text: str) -> str:
    what = check_text(text, "款项名称", SUMMARY_LIMIT // 5)
    if not what:
        raise VoucherError("没有写明预收的是什么", "请写一句，比如“鱼塘承包款”。")
    return what


def _basis(reader: Reader, ledger: str) -> Basis:
    """What the ledger chose; by month while nobody chose."""
    return reader.prepaid_basis(ledger) or Basis.MONTH


def _advance(reader: Reader, ledger: str, stored: StoredVoucher, line: int) -> tuple[int, VoucherLine]:
    """The receipt's line that carries the advance, counted from 1."""
    rule = _rule(reader, ledger)
    found = [
        (number, entry)
        for number, entry in enumerate(stored.voucher.lines, 1)
        if entry.credit > 0
        and entry.account.startswith((rule["member"], rule["other"]))
        and entry.counterparty
        and line in (0, number)
    ]
    if len(found) != 1:
        what = "没有写明往来单位的预收" if not found else f"有 {len(found)} 行预收"
        raise VoucherError(
            f"{stored.ref} 上{what}（贷方 {rule['member']} 或 {rule['other']}）",
            "请核对凭证，有几行的请指明第几行。",
        )
    return found[0]


def _long_lease(first: date, last: date) -> tuple[str, ...]:
    if last <= date(first.year + LONG_LEASE_YEARS, first.month, min(first.day, 28)):
        return ()
    return (
        f"租期从 {first} 到 {last}，超过 20 年；租赁合同超过 20 年的部分无效（民法典第705条），请核对合同。",
    )


def due(reader: Reader, ledger: str, month: Month) -> list[tuple[Prepaid, list[PrepaidPart]]]:
    """Parts due through a month that are not released, per schedule whose receipt counts."""
    found: list[tuple[Prepaid, list[PrepaidPart]]] = []
    for prepaid in reader.prepaids(ledger):
        parts = [p for p in prepaid.parts if p.voucher_id is None and p.due <= month]
        if parts and prepaid.stands:
            found.append((prepaid, parts))
    return found


def release(uow: UnitOfWork, ledger: str, month: Month) -> Outcome[list[StoredVoucher]]:
    """Enter a voucher per schedule for what is due through a month, dated its last day; a second run makes none."""
    require(uow, Duty.PREPARE, ledger)
    register, made, warnings = TemplatesRegister(uow), list[StoredVoucher](), list[str]()
    for prepaid, parts in due(uow.reader, ledger, month):
        if Month.of(prepaid.first) > month or uow.reader.voucher(prepaid.voucher_id).voucher.day > month.last:
            continue
        outcome = vouchers.store(uow, ledger, _releasing(prepaid, parts, month), "结转预收租金")
        register.release(prepaid.id, [part.number for part in parts], outcome.value.id)
        made.append(outcome.value)
        warnings += [f"{outcome.value.ref}：{warning}" for warning in outcome.warnings]
    changes = Changes(vouchers=True, templates=True, ledger=ledger) if made else Changes()
    return Outcome(made, changes, tuple(warnings))


def _releasing(prepaid: Prepaid, parts: list[PrepaidPart], month: Month) -> Voucher:
    """Dr 113/211 预收, Cr 501: a pair of lines per part."""
    lines: list[VoucherLine] = []
    for part in parts:
        summary = f"结转{prepaid.counterparty}{prepaid.what}（{_span(part.first, part.last)}）"
        lines += [
            VoucherLine(
                summary, code, debit, credit, counterparty=prepaid.counterparty, project=prepaid.project
            )
            for code, debit, credit in ((prepaid.account, part.amount, 0), (prepaid.revenue, 0, part.amount))
        ]
    return Voucher(
        day=month.last,
        lines=tuple(lines),
        kind=VoucherKind.GENERATED,
        no_attachment_reason=f"预收租金分摊，原收款凭证 {prepaid.voucher}",
    )


def _span(first: date, last: date) -> str:
    month = Month.of(first)
    if first == month.first and last == month.last:
        return f"{first.year}年{first.month}月"
    return f"{first} 至 {last}"


@dataclass(frozen=True, slots=True)
class Tie:
    """What schedules say still waits on an account for a payer, and what the books say, fen."""

    account: str
    counterparty: str
    scheduled: int
    booked: int

    @property
    def agrees(self) -> bool:
        """Whether they are the same."""
        return self.scheduled == self.booked


def ties(reader: Reader, ledger: str) -> list[Tie]:
    """Per account and payer: what is left in the schedules against the credit balance, vouchers not posted included.

    An account used for other things too (113 without a sub-account) may stand higher.
    """
    left: dict[tuple[str, str], int] = {}
    for prepaid in reader.prepaids(ledger):
        if prepaid.stands:
            key = (prepaid.account, prepaid.counterparty)
            left[key] = left.get(key, 0) + prepaid.left
    far = reader.months(ledger)[-1].month.last + timedelta(days=366)
    waiting = reader.vouchers_by_id(reader.unposted_ids(ledger))
    return [
        Tie(
            account,
            party,
            amount,
            sum(
                entry.credit - entry.debit
                for stored in waiting
                if stored.state is not VoucherState.VOID
                for entry in stored.voucher.lines
                if (entry.account, entry.counterparty) == (account, party)
            )
            - reader.party_balance_before(ledger, account, party, far),
        )
        for (account, party), amount in left.items()
    ]


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K13: advance rent due through the month has been released, and the account holds what the schedules say."""
    if not reader.prepaids(ledger):
        return []
    items: list[CheckItem] = []
    late = [
        f"{prepaid.counterparty} {prepaid.what} {format_fen(sum(p.amount for p in parts))}"
        for prepaid, parts in due(reader, ledger, month)
    ]
    if late:
        items.append(CheckItem("K13", Verdict.WARN, f"预收租金有 {len(late)} 笔到期没有结转。", tuple(late)))
    else:
        items.append(CheckItem("K13", Verdict.PASS, "到期的预收租金都结转了。"))
    off = [
        f"{tie.account} {tie.counterparty}：未结转 {format_fen(tie.scheduled)}，账上 {format_fen(tie.booked)}"
        for tie in ties(reader, ledger)
        if tie.booked < tie.scheduled
    ]
    if off:
        items.append(CheckItem("K13", Verdict.WARN, "预收租金的分摊表比账上余额多。", tuple(off)))
    return items

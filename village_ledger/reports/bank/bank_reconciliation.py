"""银行存款余额调节表: from both sides to the balance both would show if each had everything the other has."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table
from village_ledger.services.bank.bank_position import OpenItem, Reconciliation

COLUMNS = (
    Column("line", "行次", Kind.CODE, 14),
    Column("name", "项目", Kind.TEXT, 118),
    Column("date", "日期", Kind.DATE, 26),
    Column("voucher", "凭证", Kind.CODE, 34),
    Column("amount", "金额", Kind.MONEY, 40),
)
SIGNATURES = (("会计", ""), ("出纳", ""), ("复核", ""))


def bank_reconciliation(issuer: Issuer, found: Reconciliation, broken: Sequence[str] = ()) -> Table:
    """One account on one day; ``broken`` are sentences about asserted balances that no longer hold."""
    account = found.account
    rows = [*_bank_side(found), *_book_side(found, issuer.ledger)]
    known = found.bank_balance is not None
    ok = known and not found.difference
    text = (
        "还没有这一天的对账单余额"
        if not known
        else "调节后余额两边相等"
        if ok
        else f"调节后余额两边差 {format_fen(found.difference)}，没有说明"
    )
    return Table(
        report="bank-reconciliation",
        title="银行存款余额调节表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span(Month.of(found.day).first, found.day),
        heading=(
            f"截至 {found.day.year}年{found.day.month}月{found.day.day}日",
            f"{account.account} {account.name}",
            f"{account.bank} {account.kind_words} {account.masked}",
            "单位：元",
        ),
        checks=(Check("银行", ok=ok, text=text), *(Check("余额核对", ok=False, text=t) for t in broken)),
        notes=tuple(_notes(found)),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
        facts=_facts(found),
        zero="0.00",
    )


def _facts(found: Reconciliation) -> dict[str, Cell]:
    return {
        "account": found.account.account,
        "bank_balance": found.bank_balance,
        "book_received": _sum(found.of_sign(found.book_only, 1)),
        "book_paid": -_sum(found.of_sign(found.book_only, -1)),
        "bank_error": -_sum(found.errors),
        "adjusted_bank": found.adjusted_bank if found.bank_balance is not None else None,
        "book_balance": found.book_balance,
        "bank_received": _sum(found.of_sign(found.bank_only, 1)),
        "bank_paid": -_sum(found.of_sign(found.bank_only, -1)),
        "adjusted_book": found.adjusted_book,
        "difference": found.difference if found.bank_balance is not None else None,
    }


def _bank_side(found: Reconciliation) -> list[Row]:
    ledger = found.account.ledger
    return [
        _figure("1", "银行对账单余额", found.bank_balance),
        *_items("2", "加：企业已收、银行未收", found.of_sign(found.book_only, 1), 1, ledger),
        *_items("3", "减：企业已付、银行未付", found.of_sign(found.book_only, -1), -1, ledger),
        *_items("4", "加减：银行错账，应由银行更正", list(found.errors), -1, ledger),
        _figure(
            "5", "调节后余额", found.adjusted_bank if found.bank_balance is not None else None, Role.TOTAL
        ),
    ]


def _book_side(found: Reconciliation, ledger: str) -> list[Row]:
    return [
        _figure("6", "企业账面余额", found.book_balance),
        *_items("7", "加：银行已收、企业未收", found.of_sign(found.bank_only, 1), 1, ledger),
        *_items("8", "减：银行已付、企业未付", found.of_sign(found.bank_only, -1), -1, ledger),
        _figure("9", "调节后余额", found.adjusted_book, Role.TOTAL),
        _figure(
            "10", "两边的差额", found.difference if found.bank_balance is not None else None, Role.SUBTOTAL
        ),
    ]


def _figure(line: str, name: str, amount: int | None, role: Role = Role.SUBTOTAL) -> Row:
    return Row(role, (line, name, None, "", amount))


def _items(line: str, name: str, items: Sequence[OpenItem], sign: int, ledger: str) -> list[Row]:
    """A heading with its sum, the items below it; ``sign`` turns money out into a figure to be subtracted."""
    rows = [Row(Role.SUBTOTAL, (line, name, None, "", sign * _sum(items)))]
    for item in items:
        text = f"{item.text}（疑似，待银行确认）" if item.suspected else item.text
        link = Link("voucher", str(item.voucher_id), ledger) if item.voucher_id else None
        rows.append(Row(Role.DETAIL, ("", text, item.day, item.ref, sign * item.amount), 2, link))
    return rows


def _sum(items: Sequence[OpenItem]) -> int:
    return sum(item.amount for item in items)


def _notes(found: Reconciliation) -> list[str]:
    notes: list[str] = []
    if found.source == "typed":
        notes.append("对账单余额由人录入，没有导入对账单，没法逐笔核对。")
    if found.opening_unexplained:
        notes.append(
            f"第一份对账单开始以前，银行和账上就差 {format_fen(found.opening_unexplained)}，"
            "请补录那时的未达账项，或勾对以前月份的账。"
        )
    if not found.book_only and not found.bank_only and not found.errors and found.bank_balance is not None:
        notes.append("没有未达账项。")
    return notes

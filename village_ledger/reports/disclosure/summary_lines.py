"""Behind each figure of the first page: the vouchers of a kind of money, the accounts of income, cost and what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart, Side
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.reports.books.journal_names import names_in_short
from village_ledger.reports.disclosure.summary_money import Paths, parts_of
from village_ledger.reports.disclosure.summary_rules import SummaryRules, group_of, summary_rules
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

_VOUCHERS = (
    Column("date", "日期", Kind.DATE, 20),
    Column("voucher", "凭证", Kind.TEXT, 24),
    Column("summary", "什么事", Kind.TEXT, 100),
    Column("counterparty", "对方", Kind.TEXT, 50),
    Column("amount", "金额", Kind.MONEY, 36),
)
_ACCOUNTS = (
    Column("code", "科目编码", Kind.CODE, 24),
    Column("name", "科目", Kind.TEXT, 100),
    Column("amount", "金额", Kind.MONEY, 36),
)
_TITLES = {
    "income": "账上收入",
    "cost": "账上成本",
    "unmoved": "没动钱的收入和成本",
    "beside": "动了钱、不算收益的",
}


def behind(reader: Reader, place: str, ledger: str, span: Span) -> Table:
    """The list for a place: ``in:税``, ``out:税``, ``apart:征地款``, ``income``, ``cost``, ``unmoved``, ``beside``."""
    kind, _, name = place.partition(":")
    with reader.snapshot():
        info, chart = reader.ledger(ledger), reader.chart(ledger)
        rules = summary_rules(info.chart_id)
        if kind in ("in", "out"):
            found = _vouchers(reader.posted_vouchers(ledger, span), chart, rules, kind, name)
            return _list(reader, info, span, name, _VOUCHERS, found)
        if kind == "apart":
            return _list(
                reader, info, span, f"其中{name}", _ACCOUNTS, _apart(reader, info, chart, span, name)
            )
        if kind in _TITLES:
            amounts = _amounts(reader, info, chart, span, kind)
            return _list(reader, info, span, _TITLES[kind], _ACCOUNTS, _of_accounts(info, chart, amounts))
    raise LedgerError(f"明白纸上没有“{place}”这个数", "请从明白纸上再进来一次。")


def _list(
    reader: Reader, info: LedgerInfo, span: Span, title: str, columns: tuple[Column, ...], rows: Iterable[Row]
) -> Table:
    listed = tuple(rows)
    at = len(columns) - 1
    total = sum(value for row in listed if isinstance(value := row.cells[at], int))
    label = 2 if columns is _VOUCHERS else 1
    cells = [None if i not in (label, at) else ("合计" if i == label else total) for i in range(len(columns))]
    book = reader.book()
    return Table(
        report="disclosure-lines",
        title=title,
        village=book.village,
        ledger=info.code,
        entity=info.entity,
        columns=columns,
        rows=(*listed, Row(Role.TOTAL, tuple(cells))),
        span=span,
        heading=(span.words(), "单位：元"),
    )


def _vouchers(
    vouchers: Iterable[StoredVoucher], chart: Chart, rules: SummaryRules, kind: str, name: str
) -> Iterable[Row]:
    """Each voucher with what of its money belongs to a group."""
    groups, side = (rules.income, 0) if kind == "in" else (rules.expense, 1)
    for stored in vouchers:
        parts = parts_of(stored, chart)[side]
        amount = sum(
            part
            for code, part in parts.items()
            if (group_of(groups, chart, code) if code else groups[-1].name) == name
        )
        if amount:
            lines = stored.voucher.lines
            parties = names_in_short(list(dict.fromkeys(x.counterparty for x in lines if x.counterparty)))
            summaries = "；".join(dict.fromkeys(line.summary for line in lines))
            cells = (stored.voucher.day, stored.ref.short, summaries, parties, amount)
            yield Row(Role.DETAIL, cells, link=Link("voucher", str(stored.id), stored.ledger))


def _apart(reader: Reader, info: LedgerInfo, chart: Chart, span: Span, name: str) -> Iterable[Row]:
    leaves = summary_rules(info.chart_id).leaves_apart(chart).get(name, [])
    standing = reader.standing_before(info.code, leaves, span.last + timedelta(days=1))
    amounts: dict[str, int] = {}
    for (account, _, _), balance in standing.items():
        amounts[account] = amounts.get(account, 0) + balance
    return _of_accounts(info, chart, amounts)


def _amounts(reader: Reader, info: LedgerInfo, chart: Chart, span: Span, kind: str) -> dict[str, int]:
    """Account to its part of a figure that leads from 收益 to the money."""
    rules, nets = summary_rules(info.chart_id), reader.nets(info.code, span)
    if kind in ("income", "cost"):
        side, sign = (Side.CREDIT, -1) if kind == "income" else (Side.DEBIT, -1)
        return {
            code: sign * net
            for code, net in nets.items()
            if code.startswith(rules.result) and chart.get(code).side is side
        }
    money = Paths()
    for voucher in reader.posted_vouchers(info.code, span):
        money.add(voucher, chart)
    moved = {
        code: money.received.get(code, 0) - money.paid.get(code, 0)
        for code in {*money.received, *money.paid}
        if code.startswith(rules.result) == (kind == "unmoved")
    }
    if kind == "beside":
        return moved
    booked = {code: -net for code, net in nets.items() if code.startswith(rules.result)}
    return {code: moved.get(code, 0) - booked.get(code, 0) for code in {*moved, *booked}}


def _of_accounts(info: LedgerInfo, chart: Chart, amounts: Mapping[str, int]) -> list[Row]:
    return [
        Row(
            Role.DETAIL,
            (code, chart.path(code) if code else "没有对方科目", amount),
            link=Link("account", code, info.code) if code else None,
        )
        for code, amount in sorted(amounts.items())
        if amount
    ]

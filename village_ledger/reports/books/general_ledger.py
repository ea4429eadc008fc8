"""General ledger (总账): first-level accounts by month, with 本月合计 and 本年累计 (会计基础工作规范 art. 57, 60)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.chart import Account
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.books.detail_ledger import side_of
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("code", "科目编码", Kind.CODE, 22),
    Column("name", "科目名称", Kind.TEXT, 50),
    Column("date", "日期", Kind.DATE, 22),
    Column("summary", "摘要", Kind.TEXT, 45),
    Column("debit", "借方", Kind.MONEY, 36),
    Column("credit", "贷方", Kind.MONEY, 36),
    Column("side", "方向", Kind.SIDE, 14),
    Column("balance", "余额", Kind.MONEY, 38),
)
SIGNATURES = (("会计主管", ""), ("记账", ""), ("复核", ""))


@dataclass(frozen=True, slots=True)
class AccountMonths:
    """A first-level account by month, fen."""

    account: Account
    opening: int
    """Debit − credit before the span."""
    months: Sequence[tuple[Month, int, int]]
    """(month, debit, credit) in order; the closing period counts with December."""
    year_before: tuple[int, int] = (0, 0)
    """Debits and credits of the span's first year before it, 本年累计 typed at the start included."""
    is_new: bool = False
    """Whether the ledger began with the span, so that nothing was carried over from an earlier year."""


def general_ledger(
    issuer: Issuer, span: Span, accounts: Sequence[AccountMonths], warnings: Sequence[str] = ()
) -> Table:
    """The table of first-level accounts that have an opening or moved, in the order given."""
    used = [entry for entry in accounts if entry.opening or entry.months or any(entry.year_before)]
    return Table(
        report="general-ledger",
        title="总账",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(row for entry in used for row in _rows(entry, span, issuer.ledger)),
        span=span,
        heading=(span.words(), "单位：元"),
        checks=(_check(used),) if len(used) > 1 else (),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
    )


def _rows(entry: AccountMonths, span: Span, ledger: str) -> Iterator[Row]:
    account, balance = entry.account, entry.opening
    link = Link("account", account.code, ledger)

    def row(role: Role, day: date, label: str, debit: int | None, credit: int | None) -> Row:
        figures = (debit, credit, side_of(balance), abs(balance))
        cells: tuple[Cell, ...] = (account.code, account.name, day, label, *figures)
        return Row(role, cells, 1, link)

    carried_over = (span.first.month, span.first.day) == (1, 1) and not entry.is_new
    yield row(Role.OPENING, span.first, "上年结转" if carried_over else "期初余额", None, None)
    year, sums = span.first.year, list(entry.year_before)
    for month, debit, credit in _with_december(entry.months):
        if month.year != year:
            year, sums = month.year, [0, 0]
        balance += debit - credit
        sums[0] += debit
        sums[1] += credit
        whole = span.first <= month.first and month.last <= span.last
        end = min(month.last, span.last)
        yield row(Role.DETAIL, end, "本月合计" if whole else "本期合计", debit, credit)
        yield row(Role.SUBTOTAL, end, "本年累计", sums[0], sums[1])


def _with_december(months: Sequence[tuple[Month, int, int]]) -> list[tuple[Month, int, int]]:
    """The closing period's turnover joined to December's."""
    sums: dict[Month, tuple[int, int]] = {}
    for month, debit, credit in months:
        shown = Month(month.year, 12) if month.is_closing else month
        before = sums.get(shown, (0, 0))
        sums[shown] = (before[0] + debit, before[1] + credit)
    return [(month, *sums[month]) for month in sorted(sums)]


def _check(accounts: Sequence[AccountMonths]) -> Check:
    months = [figures for entry in accounts for figures in entry.months]
    debit, credit = sum(m[1] for m in months), sum(m[2] for m in months)
    if debit == credit:
        return Check("X15", ok=True, text="各科目借方发生额合计=贷方发生额合计")
    text = f"各科目借方发生额合计 {format_fen(debit)}，贷方 {format_fen(credit)}，相差 {format_fen(abs(debit - credit))}"
    return Check("X15", ok=False, text=text)

"""Special sheets (征地、一事一议、专项、报酬、救助): every entry of some accounts, apart by project or account (逐项逐笔)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import Public, public_sheet
from village_ledger.reports.disclosure.special_rules import Special
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table
from village_ledger.storage.disclosure.queries import Entry

COLUMNS = (
    Column("date", "日期", Kind.DATE, 16),
    Column("voucher", "凭证", Kind.TEXT, 24),
    Column("summary", "什么事", Kind.TEXT, 100),
    Column("income", "增加", Kind.MONEY, 34),
    Column("expense", "减少", Kind.MONEY, 34),
    Column("balance", "结余", Kind.MONEY, 34),
    Column("counterparty", "对方", Kind.TEXT, 48),
)
_NO_PROJECT = "没有写项目的"


@dataclass(frozen=True, slots=True)
class Entries:
    """What a special sheet is made from; balances are credit − debit before the span, by (account, party, project)."""

    rules: Special
    chart: Chart
    entries: Sequence[Entry]
    before: Mapping[tuple[str, str, str], int]
    closing: int
    """What the books say stands on the same accounts after the span, credit − debit, fen."""
    yearly: frozenset[str] = frozenset()
    """Accounts of income and cost among them: listed, but nothing of them stands over."""
    shown_as: Mapping[str, str] = field(default_factory=dict[str, str])


def special_table(public: Public, given: Entries) -> Table:
    """A block for each project or account: what stood before, every entry, what stands now."""
    groups: dict[str, list[Entry]] = {}
    before: dict[str, int] = {}
    for (account, party, project), balance in given.before.items():
        name = _group(given, account, party, project)
        before[name] = before.get(name, 0) + balance
    for entry in given.entries:
        groups.setdefault(_group(given, entry.account, entry.party, entry.project), []).append(entry)
    rows: list[Row] = []
    total = [0, 0, 0]
    for name in sorted({*groups, *(name for name, balance in before.items() if balance)}):
        block, sums = _block(public, given, name, groups.get(name, []), before.get(name, 0))
        rows += block
        total = [one + more for one, more in zip(total, sums, strict=True)]
    if rows:
        rows.append(Row(Role.TOTAL, (None, "", "合计", total[0], total[1], _balance(given, total[2]), "")))
    checks = () if given.rules.flow else (_tie(total[2], given.closing),)
    return public_sheet(public, given.rules.report, given.rules.title, COLUMNS, rows, checks=checks)


def _tie(shown: int, booked: int) -> Check:
    return Check("结余=账上", shown == booked, f"{format_fen(shown)} = {format_fen(booked)}")


def _balance(given: Entries, balance: int) -> int | None:
    return None if given.rules.flow else balance


def _group(given: Entries, account: str, party: str, project: str) -> str:
    if given.rules.group == "project":
        return project or _NO_PROJECT
    return party if given.rules.group == "party" else given.chart.path(account)


def _block(
    public: Public, given: Entries, name: str, entries: Iterable[Entry], before: int
) -> tuple[list[Row], tuple[int, int, int]]:
    """Rows of one group, and what they add up to: in, out, standing."""
    rows = [Row(Role.SECTION, (None, "", name, None, None, None, ""))]
    balance = before
    if before and not given.rules.flow:
        rows.append(Row(Role.OPENING, (None, "", "期初", None, None, before, "")))
    income = expense = 0
    for entry in entries:
        more, less = (entry.debit, entry.credit) if given.rules.flow else (entry.credit, entry.debit)
        income, expense = income + more, expense + less
        if entry.account not in given.yearly:
            balance += more - less
        cells = (
            entry.day,
            f"{entry.word}-{entry.number:04d}",
            entry.summary,
            more,
            less,
            _balance(given, balance),
            _shown(given, entry.party),
        )
        rows.append(
            Row(Role.DETAIL, cells, link=Link("voucher", str(entry.voucher_id), public.issuer.ledger))
        )
    rows.append(Row(Role.SUBTOTAL, (None, "", "小计", income, expense, _balance(given, balance), "")))
    return rows, (income, expense, balance)


def _shown(given: Entries, party: str) -> str:
    """A counterparty as the public may read it: a child by the household; those helped are masked with the whole sheet."""
    return given.shown_as.get(party, party)

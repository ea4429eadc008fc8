"""Special sheets (征地、一事一议、专项、报酬、救助): every entry of some accounts, apart by project or account (逐项逐笔)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.said_in_summary import area, papers, rate_per_mu
from village_ledger.reports.disclosure.project_lines import Beside, Line, by_project
from village_ledger.reports.disclosure.public_sheet import Public, public_sheet
from village_ledger.reports.disclosure.special_rules import Special
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table
from village_ledger.storage.disclosure.queries import Entry

_COLUMNS = (
    Column("date", "日期", Kind.DATE, 16),
    Column("voucher", "凭证", Kind.TEXT, 24),
    Column("summary", "什么事", Kind.TEXT, 90),
    Column("basis", "依据、文号", Kind.TEXT, 34, optional=True),
    Column("area", "亩数", Kind.TEXT, 16, optional=True),
    Column("rate", "每亩（元）", Kind.TEXT, 22, optional=True),
    Column("income", "增加", Kind.MONEY, 32),
    Column("expense", "减少", Kind.MONEY, 32),
    Column("balance", "结余", Kind.MONEY, 32),
    Column("amount", "预算、合同、付款", Kind.MONEY, 32),
    Column("counterparty", "对方", Kind.TEXT, 44),
)
_READ: dict[str, Callable[[str], str]] = {
    "basis": lambda text: "、".join(papers(text)),
    "area": area,
    "rate": rate_per_mu,
}
_BESIDE = "amount"
"""Column of what is planned, agreed and paid beside a fund."""
_LAST = (1 << 30, "")
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
    resolutions: Sequence[Resolved] = ()
    beside: Mapping[str, Beside] = field(default_factory=dict[str, "Beside"])
    """What is said of each project beside its fund."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns the rule asks for, with its own labels."""
        return tuple(
            replace(column, label=self.rules.labels.get(column.key, column.label))
            for column in _COLUMNS
            if column.key in self.rules.reads or column.key not in {*_READ, _BESIDE}
        )

    def place(self, account: str) -> tuple[int, str]:
        """Where an account's block stands: in the order of the rule, then by its code."""
        takes = [prefix for some in self.rules.takes.values() for prefix, _ in some]
        fits = [place for place, prefix in enumerate(takes) if account.startswith(prefix)]
        return min(fits, default=len(takes)), account

    def row(self, role: Role, cells: Mapping[str, Cell], link: Link | None = None) -> Row:
        """A row of the sheet."""
        return Row(role, tuple(cells.get(column.key) for column in self.columns), link=link)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolution the sheet rests on."""

    number: str
    day: date
    text: str


def special_table(public: Public, given: Entries) -> Table:
    """A block for each project or account: what stood before, every entry, what stands now."""
    groups: dict[str, list[Entry]] = {}
    before: dict[str, int] = {}
    order: dict[str, tuple[int, str]] = {}
    for (account, party, project), balance in given.before.items():
        name = _group(given, account, party, project)
        before[name] = before.get(name, 0) + balance
        order[name] = min(order.get(name, _LAST), given.place(account))
    for entry in given.entries:
        name = _group(given, entry.account, entry.party, entry.project)
        groups.setdefault(name, []).append(entry)
        order[name] = min(order.get(name, _LAST), given.place(entry.account))
    rows: list[Row] = _resolutions(public, given)
    total = [0, 0, 0]
    shown = {*groups, *given.beside, *(name for name, balance in before.items() if balance)}
    for name in sorted(shown, key=lambda name: (order.get(name, _LAST), name)):
        block, sums = _block(public, given, name, groups.get(name, []), before.get(name, 0))
        rows += block
        total = [one + more for one, more in zip(total, sums, strict=True)]
    notes: list[str] = []
    if shown:
        inside = 0 if given.rules.flow else _inside(given.entries)
        words = "合计" if not inside else "合计（表里互转的不重复算）"
        if inside:
            notes.append(f"表里各段之间互转 {format_fen(inside)}，各段小计里都有，合计里不算。")
        sums = {
            "income": total[0] - inside,
            "expense": total[1] - inside,
            "balance": _balance(given, total[2]),
        }
        rows.append(given.row(Role.TOTAL, {"summary": words, **sums}))
        rows += _households(public, given)
    checks = () if given.rules.flow else (_tie(total[2], given.closing),)
    return public_sheet(
        public, given.rules.report, given.rules.title, given.columns, rows, checks=checks, notes=notes
    )


def _inside(entries: Iterable[Entry]) -> int:
    """What vouchers only pass from one of the sheet's blocks to another, fen."""
    sums: dict[int, list[int]] = {}
    for entry in entries:
        own = sums.setdefault(entry.voucher_id, [0, 0])
        own[0] += entry.debit
        own[1] += entry.credit
    return sum(min(one) if min(one) > 0 else min(0, max(one)) for one in sums.values())


def _resolutions(public: Public, given: Entries) -> list[Row]:
    if not given.resolutions:
        return []
    return [
        given.row(Role.SECTION, {"summary": "决议"}),
        *(
            given.row(
                Role.DETAIL,
                {"date": one.day, "summary": one.text, "basis": one.number},
                Link("resolution", one.number, public.issuer.ledger),
            )
            for one in given.resolutions
        ),
    ]


def _households(public: Public, given: Entries) -> list[Row]:
    """What each counterparty of the rule's account was due, was paid and still has to get; the same money once more."""
    prefix = given.rules.households
    found: dict[tuple[str, str], list[int]] = {}
    for (account, party, _), balance in given.before.items():
        if prefix and party and balance and account.startswith(prefix):
            found.setdefault((account, party), [0, 0, 0])[2] += balance
    for entry in given.entries:
        if prefix and entry.party and entry.account.startswith(prefix):
            sums = found.setdefault((entry.account, entry.party), [0, 0, 0])
            for place, amount in enumerate((entry.credit, entry.debit, entry.credit - entry.debit)):
                sums[place] += amount
    if not found:
        return []
    rows = [given.row(Role.SECTION, {"summary": "各户应得、已付和未付"})]
    for (account, party), (due, paid, still) in found.items():
        name = _shown(given, party)
        cells = {
            "summary": f"{name}户",
            "income": due,
            "expense": paid,
            "balance": still,
            "counterparty": name,
        }
        link = Link("lines", f"{given.rules.report}:{account}:{party}", public.issuer.ledger)
        rows.append(given.row(Role.DETAIL, cells, link))
    whole = [sum(sums[place] for sums in found.values()) for place in range(3)]
    named = dict(zip(("income", "expense", "balance"), whole, strict=True))
    rows.append(given.row(Role.SUBTOTAL, {"summary": f"{len(found)} 户合计", **named}))
    return rows


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
    beside = by_project(given.beside, name)
    rows = [given.row(Role.SECTION, {"summary": name}), *(_line(given, line) for line in beside.head)]
    balance = before
    if before and not given.rules.flow:
        rows.append(given.row(Role.OPENING, {"summary": "期初", "balance": before}))
    income = expense = 0
    for entry in entries:
        more, less = (entry.debit, entry.credit) if given.rules.flow else (entry.credit, entry.debit)
        income, expense = income + more, expense + less
        if entry.account not in given.yearly:
            balance += more - less
        cells: dict[str, Cell] = {
            "date": entry.day,
            "voucher": f"{entry.word}-{entry.number:04d}",
            "summary": entry.summary,
            "income": more,
            "expense": less,
            "balance": _balance(given, balance),
            "counterparty": _shown(given, entry.party),
            **{key: read(entry.summary) for key, read in _READ.items() if key in given.rules.reads},
        }
        link = Link("voucher", str(entry.voucher_id), public.issuer.ledger)
        rows.append(given.row(Role.DETAIL, cells, link))
    sums = {"income": income, "expense": expense, "balance": _balance(given, balance)}
    if given.rules.group != "project" or income or expense or balance:
        rows.append(given.row(Role.SUBTOTAL, {"summary": "小计", **sums}))
    return [*rows, *(_line(given, line) for line in beside.tail)], (income, expense, balance)


def _line(given: Entries, line: Line) -> Row:
    cells: dict[str, Cell] = {
        "date": line.day,
        "voucher": line.voucher,
        "summary": line.summary,
        "amount": line.amount,
        "counterparty": _shown(given, line.counterparty),
    }
    return given.row(Role.DETAIL, cells, line.link)


def _shown(given: Entries, party: str) -> str:
    """A counterparty as the public may read it: a child by the household; those helped are masked with the whole sheet."""
    return given.shown_as.get(party, party)

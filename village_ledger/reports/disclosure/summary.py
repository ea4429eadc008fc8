"""The first page (明白纸): where money came from, where it went, what is left, who owes whom, in the words of the village.

Money in and out (收付) are sheet A's, to the fen; income and cost (收益) stand apart, and one line leads from one to the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.reports.disclosure.disclosure import flow_of
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.disclosure.money_items import beside_money
from village_ledger.reports.disclosure.public_sheet import NIL, Public, public_sheet
from village_ledger.reports.disclosure.sheet_d import Claim
from village_ledger.reports.disclosure.summary_rules import MoneyGroup, SummaryRules, group_of
from village_ledger.reports.table import Cell, Check, Column, Kind, Role, Row, Table

COLUMNS = (
    Column("name", "项目", Kind.TEXT, 120),
    Column("amount", "金额", Kind.MONEY, 40),
    Column("note", "说明", Kind.TEXT, 100),
)
REPORT = "disclosure-summary"
NAMED = 2
"""So many of those who owe, or are owed, are named; sheet D names them all."""


@dataclass(slots=True)
class Paths:
    """Money by the account beside it, fen; money out above zero too."""

    received: dict[str, int] = field(default_factory=dict[str, int])
    paid: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, voucher: StoredVoucher, chart: Chart) -> None:
        """Take in one voucher."""
        flow = flow_of(voucher, chart)
        for parts, into in zip(
            beside_money(voucher, chart, flow.income, flow.expense), (self.received, self.paid), strict=True
        ):
            for code, part in parts.items():
                into[code] = into.get(code, 0) + part


@dataclass(frozen=True, slots=True)
class SummaryFigures:
    """What the first page is made from, fen."""

    chart: Chart
    rules: SummaryRules
    money: Paths
    opening: int
    sheet_a: Mapping[str, Cell]
    """Facts of sheet A: opening, income, expense, closing and their parts."""
    result: int
    """Income less cost of the span as the books have it (收益), carry-forward left out."""
    owed: Sequence[Claim]
    owing: Sequence[Claim]


def summary_table(public: Public, figures: SummaryFigures) -> Table:
    """The page's figures; the pen for it draws bars, every other pen a plain list."""
    came, went = (
        _grouped(figures, figures.rules.income, figures.money.received),
        _grouped(figures, figures.rules.expense, figures.money.paid),
    )
    received, paid = sum(came.values()), sum(went.values())
    kept = received - paid
    rows = [
        *_block("钱从哪来", came, "收进", received),
        *_block("花到哪去", went, "用出", paid),
        *_left(figures, received, paid),
        *_owed("谁欠我们", figures.owed),
        *_owed("我们欠谁", figures.owing),
        *_reconciled(figures, kept),
    ]
    table = public_sheet(
        public,
        REPORT,
        "明白纸",
        COLUMNS,
        rows,
        notes=(
            "没动钱的收入、成本：折旧、应收应付。不算收入、成本的钱：购置、专款、往来、分红。",
            "每一笔的明细在旁边的收支公开表上。",
        ),
        checks=_checks(figures, received, paid),
        facts=dict(figures.sheet_a),
    )
    return replace(table, title=_title(public))


def _title(public: Public) -> str:
    """青山村集体 2025年的钱: whose money, of which days."""
    body = "集体" if public.issuer.kind is LedgerKind.COLLECTIVE else "村委会"
    return f"{public.issuer.village}{body} {sheet_a().period(public.span)}的钱"


def _grouped(
    figures: SummaryFigures, groups: Sequence[MoneyGroup], money: Mapping[str, int]
) -> dict[str, int]:
    """Group to its money, the largest first."""
    found: dict[str, int] = {}
    for code, amount in money.items():
        name = group_of(groups, figures.chart, code) if code else groups[-1].name
        found[name] = found.get(name, 0) + amount
    return dict(sorted(((k, v) for k, v in found.items() if v), key=lambda pair: -pair[1]))


def _row(role: Role, name: str, amount: int | None = None, note: str = "") -> Row:
    return Row(role, (name, amount, note))


def _block(title: str, groups: Mapping[str, int], word: str, total: int) -> list[Row]:
    details = [_row(Role.DETAIL, name, amount) for name, amount in groups.items()]
    return [
        _row(Role.SECTION, title),
        *(details or [_row(Role.DETAIL, NIL)]),
        _row(Role.SUBTOTAL, word, total),
    ]


def _left(figures: SummaryFigures, received: int, paid: int) -> list[Row]:
    closing = figures.opening + received - paid
    parts = [figures.sheet_a.get(f"closing_{kind}") for kind in ("cash", "bank")]
    cash, bank = (value if isinstance(value, int) else 0 for value in parts)
    return [
        _row(Role.SECTION, "还剩多少"),
        _row(Role.DETAIL, "期初有钱", figures.opening),
        _row(Role.DETAIL, "收进", received),
        _row(Role.DETAIL, "用出", -paid),
        _row(Role.SUBTOTAL, "期末有钱", closing, f"现金 {format_fen(cash)}，存款 {format_fen(bank)}"),
    ]


def _owed(title: str, claims: Sequence[Claim]) -> list[Row]:
    standing = [one for one in claims if one.closing]
    rows = [_row(Role.SECTION, title)]
    rows += [_row(Role.DETAIL, one.name, one.closing, one.cause) for one in standing[:NAMED]]
    if rest := standing[NAMED:]:
        rows.append(
            _row(Role.DETAIL, f"其余 {len(rest)} 户", sum(one.closing for one in rest), "见债权债务公开表")
        )
    if not standing:
        rows.append(_row(Role.DETAIL, NIL))
    rows.append(_row(Role.SUBTOTAL, "一共", sum(one.closing for one in standing)))
    return rows


def _reconciled(figures: SummaryFigures, kept: int) -> list[Row]:
    """From income less cost to what the money grew by, in a line anyone can follow."""
    through = _of_result(figures, figures.money.received) - _of_result(figures, figures.money.paid)
    return [
        _row(Role.SECTION, "收益和钱对得上"),
        _row(Role.DETAIL, "账上收益", figures.result),
        _row(Role.DETAIL, "没动钱的收入成本", through - figures.result),
        _row(Role.DETAIL, "不算收入成本的钱", kept - through),
        _row(Role.SUBTOTAL, "钱多了" if kept >= 0 else "钱少了", kept),
    ]


def _of_result(figures: SummaryFigures, money: Mapping[str, int]) -> int:
    return sum(amount for code, amount in money.items() if code.startswith(figures.rules.result))


def _checks(figures: SummaryFigures, received: int, paid: int) -> tuple[Check, ...]:
    checks: list[Check] = []
    for word, key, found in (("收进", "income", received), ("用出", "expense", paid)):
        posted = figures.sheet_a.get(key)
        shown = posted if isinstance(posted, int) else 0
        checks.append(
            Check(f"{word}=收支公开表", found == shown, f"{format_fen(found)} = {format_fen(shown)}")
        )
    return tuple(checks)


def read_aloud(table: Table) -> str:
    """The page as sentences for the loudspeaker or a phone group."""
    sentences = [f"{table.title}。"]
    section = ""
    for row in table.rows:
        name, amount, _ = row.cells
        if row.role is Role.SECTION:
            section = str(name)
            sentences.append(f"\n{section}：")
        elif isinstance(amount, int):
            sentences.append(f"{name}{_yuan(amount)}{'。' if row.role is Role.SUBTOTAL else '，'}")
        else:
            sentences.append(f"{name}，")
    return "".join(sentences).strip() + "\n"


def _yuan(fen: int) -> str:
    yuan, rest = divmod(abs(fen), 100)
    return f"{'负' if fen < 0 else ''}{yuan}元" + (f"{rest // 10}角{rest % 10}分" if rest else "")

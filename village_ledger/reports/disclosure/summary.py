"""The first page (明白纸): where money came from, where it went, what is left, who owes whom, in the words of the village.

Money in and out (收付) are sheet A's, to the fen; income and cost (收益) stand apart, and one line leads from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.person_names import reads_like_person
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.disclosure.public_sheet import NIL, Public, public_sheet
from village_ledger.reports.disclosure.sheet_d import Claim
from village_ledger.reports.disclosure.summary_money import Paths
from village_ledger.reports.disclosure.summary_rules import MoneyGroup, SummaryRules, group_of
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("name", "项目", Kind.TEXT, 120),
    Column("amount", "金额", Kind.MONEY, 40),
    Column("note", "说明", Kind.TEXT, 100),
)
REPORT = "disclosure-summary"
CAME, WENT, LEFT, SUM = "钱从哪来", "花到哪去", "还剩多少", "收益和钱"
"""Sections the pens and the voice know by name; what is owed stands between."""
OWED, OWING = "谁欠我们", "我们欠谁"
MORE, LESS = "钱多了", "钱少了"
TAKEN_OFF = frozenset({"用出", "账上成本"})
"""Steps of the sums that are taken off, even where there was nothing."""
NAMED = 2
"""So many bodies that owe, or are owed, are named; sheet D names them all, people too."""
_HOUSEHOLD = re.compile(r"\S+户(?: |\Z)|\S+/")


@dataclass(frozen=True, slots=True)
class SummaryFigures:
    """What the first page is made from, fen."""

    chart: Chart
    rules: SummaryRules
    money: Paths
    opening: int
    sheet_a: Mapping[str, Cell]
    """Facts of sheet A: opening, income, expense, closing and their parts."""
    income: int
    """Income of the span as the books have it, carry-forward left out."""
    cost: int
    owed: Sequence[Claim]
    owing: Sequence[Claim]
    set_apart: Mapping[str, int]
    """What of the money is for one purpose only, by its name: 征地款."""
    people: Collection[str] = ()
    """Names of the register: on this page no person is named."""

    @property
    def result(self) -> int:
        """收益: income less cost."""
        return self.income - self.cost


def summary_table(public: Public, figures: SummaryFigures) -> Table:
    """The page's figures; the pen for it draws bars, every other pen a plain list."""
    made = _Page(public, figures)
    rows = [
        *made.block(CAME, made.came, "收进", "in"),
        *made.block(WENT, made.went, "用出", "out"),
        *made.left(),
        *made.owed(OWED, figures.owed),
        *made.owed(OWING, figures.owing),
        *made.reconciled(),
    ]
    table = public_sheet(
        public,
        REPORT,
        "明白纸",
        COLUMNS,
        rows,
        notes=(
            "收付是手里的钱，收益是账上挣的。没动钱的：折旧、应收应付；不算收益的：专款、往来、购置、分红。",
            "每一笔看收支公开表，欠款名单看债权债务公开表。",
        ),
        checks=made.checks(),
        facts=dict(figures.sheet_a),
    )
    return replace(table, title=_title(public))


def _title(public: Public) -> str:
    """青山村集体 2025年的钱: whose money, of which days."""
    body = "集体" if public.issuer.kind is LedgerKind.COLLECTIVE else "村委会"
    return f"{public.issuer.village}{body} {sheet_a().period(public.span)}的钱"


def in_groups(groups: Sequence[MoneyGroup], chart: Chart, money: Mapping[str, int]) -> dict[str, int]:
    """Group to its money, the largest first."""
    found: dict[str, int] = {}
    for code, amount in money.items():
        name = group_of(groups, chart, code) if code else groups[-1].name
        found[name] = found.get(name, 0) + amount
    return dict(sorted(((k, v) for k, v in found.items() if v), key=lambda pair: -pair[1]))


class _Page:
    """The blocks of one page."""

    def __init__(self, public: Public, figures: SummaryFigures) -> None:
        self._public = public
        self._figures = figures
        rules, chart, money = figures.rules, figures.chart, figures.money
        self.came = in_groups(rules.income, chart, money.received)
        self.went = in_groups(rules.expense, chart, money.paid)
        self.received, self.paid = sum(self.came.values()), sum(self.went.values())
        self.closing = figures.opening + self.received - self.paid

    def _row(
        self, role: Role, name: str, amount: int | None = None, note: str = "", link: Link | None = None
    ) -> Row:
        return Row(role, (name, amount, note), link=link)

    def _lines(self, key: str) -> Link:
        """The vouchers and accounts behind a figure of this page."""
        return Link("lines", f"{REPORT}:{key}", self._public.issuer.ledger)

    def _sheet(self, report: str) -> Link:
        """The sheet of the pack that has a figure entry by entry."""
        return Link("sheet", report, self._public.issuer.ledger)

    def block(self, title: str, groups: Mapping[str, int], word: str, key: str) -> list[Row]:
        """Kinds of money in, or out, and what they come to."""
        details = [
            self._row(Role.DETAIL, name, amount, link=self._lines(f"{key}:{name}"))
            for name, amount in groups.items()
        ]
        return [
            self._row(Role.SECTION, title),
            *(details or [self._row(Role.DETAIL, NIL)]),
            self._row(Role.SUBTOTAL, word, sum(groups.values()), link=self._sheet("disclosure")),
        ]

    def left(self) -> list[Row]:
        """What there was, came, went and is, and what of it is for one purpose only."""
        rules, span = sheet_a(), self._public.span
        parts = [self._figures.sheet_a.get(f"closing_{kind}") for kind in ("cash", "bank")]
        cash, bank = (value if isinstance(value, int) else 0 for value in parts)
        note = f"现金 {format_fen(cash)}，存款 {format_fen(bank)}"
        purses = self._sheet("disclosure-money")
        return [
            self._row(Role.SECTION, LEFT),
            self._row(Role.DETAIL, rules.word("opening", span), self._figures.opening, link=purses),
            self._row(Role.DETAIL, "收进", self.received, link=self._sheet("disclosure")),
            self._row(Role.DETAIL, "用出", -self.paid, link=self._sheet("disclosure")),
            self._row(Role.SUBTOTAL, rules.word("closing", span), self.closing, note, purses),
            *(
                self._row(Role.DETAIL, f"其中{name}", amount, link=self._lines(f"apart:{name}"))
                for name, amount in self._figures.set_apart.items()
                if amount > 0
            ),
        ]

    def owed(self, title: str, claims: Sequence[Claim]) -> list[Row]:
        """The largest by name, the rest counted; members and other people are counted, sheet D names them."""
        standing = [one for one in claims if one.closing]
        people: list[Claim] = []
        bodies: list[Claim] = []
        for one in standing:
            (people if self._is_person(one.name) else bodies).append(one)
        rest = bodies[NAMED:]
        every = self._sheet("disclosure-claims")
        rows = [self._row(Role.SECTION, title)]
        rows += [
            self._row(Role.DETAIL, one.name, one.closing, one.cause, self._of_claim(one))
            for one in bodies[:NAMED]
        ]
        if rest or people:
            words = "、".join(
                word.format(len(some))
                for some, word in ((rest, "其余 {} 家"), (people, "个人 {} 户"))
                if some
            )
            total = sum(one.closing for one in (*rest, *people))
            rows.append(self._row(Role.DETAIL, words, total, link=every))
        if not standing:
            rows.append(self._row(Role.DETAIL, NIL))
        total = sum(one.closing for one in standing)
        return [*rows, self._row(Role.SUBTOTAL, "一共", total, link=every)]

    def _is_person(self, name: str) -> bool:
        return bool(_HOUSEHOLD.match(name)) or name in self._figures.people or reads_like_person(name)

    def _of_claim(self, one: Claim) -> Link:
        """The same place sheet D leads to."""
        name = one.name if one.parties else ""
        return Link("lines", f"disclosure-claims:{one.account}:{name}", self._public.issuer.ledger)

    def reconciled(self) -> list[Row]:
        """From income less cost to what the money grew by, in a line anyone can follow."""
        figures = self._figures
        kept, through = self.received - self.paid, self._of_result(figures.money.received)
        through -= self._of_result(figures.money.paid)
        return [
            self._row(Role.SECTION, SUM),
            self._row(Role.DETAIL, "账上收入", figures.income, link=self._lines("income")),
            self._row(Role.DETAIL, "账上成本", -figures.cost, link=self._lines("cost")),
            self._row(Role.SUBTOTAL, "账上收益", figures.result),
            self._row(Role.DETAIL, "没动钱的", through - figures.result, link=self._lines("unmoved")),
            self._row(Role.DETAIL, "不算收益的", kept - through, link=self._lines("beside")),
            self._row(Role.TOTAL, MORE if kept >= 0 else LESS, kept, link=self._sheet("disclosure-money")),
        ]

    def _of_result(self, money: Mapping[str, int]) -> int:
        return sum(a for code, a in money.items() if code.startswith(self._figures.rules.result))

    def checks(self) -> tuple[Check, ...]:
        """Each total held against sheet A's."""
        checks: list[Check] = []
        for word, key, found in (
            ("收进", "income", self.received),
            ("用出", "expense", self.paid),
            (sheet_a().word("closing", self._public.span), "closing", self.closing),
        ):
            posted = self._figures.sheet_a.get(key)
            shown = posted if isinstance(posted, int) else 0
            checks.append(
                Check(f"{word}=收支公开表", found == shown, f"{format_fen(found)} = {format_fen(shown)}")
            )
        return tuple(checks)

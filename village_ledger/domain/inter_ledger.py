"""Money between the two ledgers (两账往来): nine kinds of document, each giving the vouchers of both sides.

The kinds are data (``resources/rules/inter_ledger.toml``, its fields in the README beside it). ``plan`` turns what was asked
into the vouchers and the sub-accounts they need; it writes nothing, so that a form can show it while one is typing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from village_ledger.domain.chart import Account, Chart, Dimension, LedgerKind, Money
from village_ledger.domain.errors import ChartError, VoucherError
from village_ledger.domain.voucher import Voucher, VoucherLine

WORD = "往来"


class DocumentNumber(NamedTuple):
    """Number of an inter-ledger document in the whole book, ``往来-2025-0001``."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{WORD}-{self.year}-{self.number:04d}"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """Read ``往来-2025-0001``; raises VoucherError."""
        match = re.fullmatch(rf"{WORD}-(\d{{4}})-(\d{{1,6}})", text.strip())
        if match is None:
            raise VoucherError(f"“{text.strip()}”不是往来单号", "请写成 往来-2025-0001 的样子。")
        return cls(int(match[1]), int(match[2]))


class Way(NamedTuple):
    """An account a line may use: a code, and the names of sub-accounts made below it where they are missing."""

    code: str
    path: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Way:
        """Read ``513/运转支出/补助村委会``."""
        code, *path = text.split("/")
        return cls(code, tuple(path))


@dataclass(frozen=True, slots=True)
class LineRule:
    """One line of one side, as the data file gives it."""

    ledger: LedgerKind
    is_debit: bool
    role: str
    """``account`` (may be chosen), ``counter`` (follows), ``bank``, ``receivable`` or ``payable``."""
    names_other: bool
    """Whether the line names the other entity as counterparty."""
    ways: Mapping[str, tuple[Way, ...]]
    """By the chart's id; the first one is used when none is chosen."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind of document."""

    id: str
    name: str
    village: str
    """The village's words for it."""
    what: str
    asks: frozenset[str]
    """``resolution``, ``plan``, ``share``."""
    leaves: str
    """``receivable`` or ``payable``: what the collective has open afterwards, empty when nothing."""
    settles: tuple[str, ...]
    lines: tuple[LineRule, ...]
    settlement: tuple[LineRule, ...]
    """Lines of the second step (转交) of T6 and T7."""
    basis: str
    mark: str

    def step_lines(self, *, paying_over: bool) -> tuple[LineRule, ...]:
        """The lines of one step; raises VoucherError where there is no second step."""
        if not paying_over or not self.settlement:
            return self.lines
        return self.settlement

    @property
    def two_steps(self) -> bool:
        """Whether it is first owed and then paid over."""
        return bool(self.settlement)


@dataclass(frozen=True, slots=True)
class InterLedgerRules:
    """All kinds and the mirror accounts."""

    kinds: Mapping[str, KindRule]
    mirrors: Mapping[str, Mapping[str, str]]
    """Chart id to ``receivable``, ``payable`` and the ``alternative`` some townships use for both."""

    def kind(self, kind_id: str) -> KindRule:
        """A kind by its id; raises VoucherError."""
        try:
            return self.kinds[kind_id]
        except KeyError:
            raise VoucherError(f"没有“{kind_id}”这种两账往来", f"可以是：{'、'.join(self.kinds)}。") from None

    def mirror(self, chart_id: str, role: str, chosen: str = "") -> str:
        """First-level account of a mirror; ``chosen`` is the book's mapping where the chart allows one."""
        mirrors = self.mirrors.get(chart_id)
        if mirrors is None:
            raise ChartError("这张科目表没有两账往来的对账科目", "请联系技术人员补上规则文件。")
        return chosen if chosen and chosen == mirrors["alternative"] else mirrors[role]


def load(text: str) -> InterLedgerRules:
    """Read the rules file; what is missing or unknown in it is our own fault (KeyError, ValueError)."""
    data = tomllib.loads(text)
    kinds = [_kind(table) for table in data["kind"]]
    return InterLedgerRules({kind.id: kind for kind in kinds}, data["mirror"])


def _kind(table: dict[str, Any]) -> KindRule:
    return KindRule(
        id=table["id"],
        name=table["name"],
        village=table["village"],
        what=table["what"],
        asks=frozenset(table["asks"]),
        leaves=table.get("leaves", ""),
        settles=tuple(table.get("settles", ())),
        lines=tuple(map(_line, table["line"])),
        settlement=tuple(map(_line, table.get("settlement", ()))),
        basis=table["basis"],
        mark=table["mark"],
    )


def _line(table: dict[str, Any]) -> LineRule:
    return LineRule(
        ledger=LedgerKind(table["ledger"]),
        is_debit={"debit": True, "credit": False}[table["side"]],
        role=table["role"],
        names_other=table.get("party") == "other",
        ways={chart: tuple(map(Way.parse, ways)) for chart, ways in table.get("accounts", {}).items()},
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one side; empty means the rule's own way."""

    amount: int
    account: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A document as asked for; amounts in fen."""

    kind: str
    day: date
    amount: int
    summary: str
    collective: Choice
    committee: Choice
    resolution: str = ""
    plan_item: str = ""
    """Budget line or plan item (年度财务计划) it belongs to."""
    settles: str = ""
    """Number of the document it settles."""
    counterparty: str = ""
    """Of an account that demands one, such as a member on 113."""
    project: str = ""
    """Of an account that demands one, such as 2301."""
    invoice: str = ""
    """Number of the shared bill (票据号), T8."""
    attachments: int = 0

    def choice(self, kind: LedgerKind) -> Choice:
        """What was chosen for one side."""
        return self.collective if kind is LedgerKind.COLLECTIVE else self.committee


@dataclass(slots=True)
class Side:
    """One ledger as planning sees it; ``chart`` grows by the accounts that are needed."""

    ledger: str
    kind: LedgerKind
    entity: str
    chart_id: str
    chart: Chart
    has_lines: Callable[[str], bool]
    mirror: str = ""
    """The book's own mapping of the mirror account, empty for the chart's."""
    new_accounts: list[Account] = field(default_factory=list[Account])

    def leaf(self, way: Way) -> str:
        """A leaf for a way, sub-accounts made where they can be; raises ChartError when a leaf must be chosen.

        An account that has lines never becomes a parent: then the last name is made beside it, or it is used itself.
        """
        code = way.code
        for place, name in enumerate(way.path):
            child = next((a for a in self.chart if a.parent == code and a.name == name), None)
            if child is not None:
                code = child.code
                continue
            if not self.chart.get(code).is_leaf or not self.has_lines(code):
                code = self._make(code, name)
                continue
            above = self.chart.get(code).parent
            return self._make_or_find(above, way.path[-1]) if place else self.chart.usable_leaf(code).code
        return self._usable(code)

    def _make_or_find(self, parent: str, name: str) -> str:
        found = next((a for a in self.chart if a.parent == parent and a.name == name), None)
        return self._usable(found.code) if found is not None else self._make(parent, name)

    def _usable(self, code: str) -> str:
        account = self.chart.get(code)
        if not account.is_leaf:
            below = [a for a in self.chart if a.is_leaf and a.code.startswith(code)][:6]
            names = "、".join(f"{a.code} {a.name}" for a in below)
            raise ChartError(f"{code} {account.name} 有下级科目，要写明用哪一个", f"例如：{names}。")
        return self.chart.usable_leaf(code).code

    def _make(self, parent: str, name: str) -> str:
        above = self.chart.get(parent)
        account = Account(
            self.chart.next_child_code(parent), name, above.side, above.category, demands=above.demands
        )
        self.chart, placed = self.chart.with_account(account)
        self.new_accounts.append(placed)
        return placed.code

    def mirror_leaf(self, code: str, name: str) -> str:
        """The mirror account itself where it is a leaf, else the leaf below it that bears the other's name."""
        return self.leaf(Way(code, () if self.chart.get(code).is_leaf else (name,)))

    def bank(self, chosen: str, other: Side) -> str:
        """The bank account money moves on; raises ChartError naming those there are."""
        banks = [a for a in self.chart if a.is_leaf and a.active and a.money is Money.BANK]
        names = "、".join(f"{a.code} {a.name}" for a in banks)
        if not chosen:
            if len(banks) == 1:
                return banks[0].code
            raise ChartError(f"{self.entity}有 {len(banks)} 个银行户，没有说是哪一个", f"请写明：{names}。")
        if chosen in {a.code for a in banks}:
            return chosen
        if chosen in other.chart and other.chart.get(chosen).money is Money.BANK:
            raise ChartError(
                f"{chosen} 是{other.entity}的银行户，一个户头只归一本账", f"{self.entity}的户头是：{names}。"
            )
        raise ChartError(f"{chosen} 不是{self.entity}的银行户", f"可以是：{names}。")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a document would write: a voucher a side (the committee has none in T3) and the accounts it would make."""

    rule: KindRule
    vouchers: Mapping[LedgerKind, Voucher]
    new_accounts: Mapping[LedgerKind, tuple[Account, ...]]
    charts: Mapping[LedgerKind, Chart]


def plan(rules: InterLedgerRules, asked: Asked, sides: Iterable[Side], number: str = "") -> Plan:
    """The vouchers of a document; raises VoucherError, ChartError or AmountError saying what is missing."""
    rule = rules.kind(asked.kind)
    both = {side.kind: side for side in sides}
    vouchers: dict[LedgerKind, Voucher] = {}
    for kind in LedgerKind:
        chosen = [
            line
            for line in rule.step_lines(paying_over=rule.two_steps and bool(asked.settles))
            if line.ledger is kind
        ]
        if chosen:
            other = next(side for side in both.values() if side.kind is not kind)
            vouchers[kind] = _voucher(rules, asked, chosen, both[kind], other, number)
    made = {kind: tuple(side.new_accounts) for kind, side in both.items()}
    return Plan(rule, vouchers, made, {kind: side.chart for kind, side in both.items()})


def _voucher(
    rules: InterLedgerRules, asked: Asked, lines: list[LineRule], side: Side, other: Side, number: str
) -> Voucher:
    amount = asked.choice(side.kind).amount
    made: list[VoucherLine] = []
    for line in lines:
        code = _account(rules, asked, line, side, other)
        demands = side.chart.get(code).demands
        is_mirror = line.role in {"receivable", "payable"}
        counterparty = other.entity if is_mirror or line.names_other else ""
        if line.role == "account":
            counterparty = asked.counterparty or counterparty
        made.append(
            VoucherLine(
                summary=asked.summary,
                account=code,
                debit=amount if line.is_debit else 0,
                credit=0 if line.is_debit else amount,
                counterparty=counterparty,
                project=asked.project if Dimension.PROJECT in demands else "",
            )
        )
    return Voucher(
        day=asked.day,
        lines=tuple(made),
        attachments=asked.attachments,
        no_attachment_reason="" if asked.attachments else f"凭两账往来单 {number}".strip(),
    )


def _account(rules: InterLedgerRules, asked: Asked, line: LineRule, side: Side, other: Side) -> str:
    if line.role == "bank":
        return side.bank(asked.choice(side.kind).bank, other)
    if line.role in {"receivable", "payable"}:
        code = rules.mirror(side.chart_id, line.role, side.mirror)
        name = "村民委员会" if side.kind is LedgerKind.COLLECTIVE else "集体经济组织"
        return side.mirror_leaf(code, name)
    ways = line.ways.get(side.chart_id, ())
    chosen = asked.choice(side.kind).account if line.role == "account" else ""
    if not ways:
        raise ChartError("这张科目表没有这种往来的科目", "请联系技术人员补上规则文件。")
    if not chosen:
        return side.leaf(ways[0])
    way = next((way for way in ways if way.code == chosen), None)
    if way is not None:
        return side.leaf(way)
    if not any(chosen.startswith(way.code) for way in ways):
        heads = "、".join(f"{w.code} {side.chart.get(w.code).name}" for w in ways if w.code in side.chart)
        raise ChartError(
            f"“{rules.kind(asked.kind).name}”在{side.entity}不能记 {chosen}", f"可以是：{heads}，或其下级。"
        )
    return side.chart.usable_leaf(chosen).code

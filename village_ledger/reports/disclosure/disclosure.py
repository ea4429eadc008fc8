"""Sheet A (逐笔收支公开表): every voucher that moved money in or out, one row each (农经发〔2011〕13号: 逐项逐笔).

Money in and out is what villagers can check against cash and bank; income and cost in the books' sense stand on
other reports. A voucher that only moves money between the ledger's own purses is no income; a voucher without
money is named below the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.disclosure_items import Items
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import StoredVoucher, VoucherKind, VoucherLine
from village_ledger.reports.books.journal_names import names_in_short
from village_ledger.reports.disclosure.disclosure_rules import SheetRules, Wording, named, sheet_a
from village_ledger.reports.disclosure.money_items import ClassSums, MoneyItems, beside_money
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Check, Link, Role, Row, Table


@dataclass(frozen=True, slots=True)
class Flow:
    """Money a voucher brought in and took out, and what it only moved between purses, fen."""

    income: int
    expense: int
    moved: int
    has_money: bool


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """What Sheet A is made from, fen; vouchers are the posted ones of the span in order."""

    span: Span
    opening: dict[Money, int]
    vouchers: Sequence[StoredVoucher]
    year_before: tuple[int, int] = (0, 0)
    """Income and expense from 1 January of the last day's year to the day before the span."""
    void: Sequence[str] = ()
    """Void vouchers of the span as printed: 记-0003."""
    warnings: Sequence[str] = ()
    telephone: str = ""
    items: Items | None = None
    """The disclosure items money is told under; without them no line says its item."""
    booked: tuple[int, int] | None = None
    """Debits and credits of all money accounts in the span as the ledger's totals have them, for the proof."""
    shown_as: Mapping[str, str] = field(default_factory=dict[str, str])
    """Counterparties not named as the books name them: a child by the household."""


def flow_of(voucher: StoredVoucher, chart: Chart) -> Flow:
    """Debits of money lines are income, credits expense; red letters stay on their side as negatives.

    Where one voucher has both, what money lines merely pass to each other is no flow: income is then bounded by
    the credits of the other lines, expense by their debits.
    """
    money_in = money_out = other_debit = other_credit = 0
    has_money = False
    for line in voucher.voucher.lines:
        if chart.get(line.account).money is not None:
            has_money = True
            money_in += line.debit
            money_out += line.credit
        else:
            other_debit += line.debit
            other_credit += line.credit
    sums = (money_in, money_out, other_debit, other_credit)
    if min(sums) >= 0:
        income, expense = min(money_in, other_credit), min(money_out, other_debit)
    elif max(sums) <= 0:
        income, expense = max(money_in, other_credit), max(money_out, other_debit)
    else:
        income, expense = money_in, money_out
    return Flow(income, expense, money_in - income, has_money)


def flows(vouchers: Iterable[StoredVoucher], chart: Chart) -> tuple[int, int]:
    """Income and expense of many vouchers, fen."""
    income = expense = 0
    for voucher in vouchers:
        flow = flow_of(voucher, chart)
        income += flow.income
        expense += flow.expense
    return income, expense


@dataclass(slots=True)
class _Sorted:
    """Vouchers by what becomes of them on the sheet."""

    rows: list[Row] = field(default_factory=list[Row])
    moves: list[str] = field(default_factory=list[str])
    no_money: list[str] = field(default_factory=list[str])
    red: list[str] = field(default_factory=list[str])
    pending: list[str] = field(default_factory=list[str])
    income: int = 0
    expense: int = 0
    year: list[int] = field(default_factory=lambda: [0, 0])
    """Money in and out in the year of the last day."""
    moved: int = 0
    places: Counter[int] = field(default_factory=Counter[int])
    """How often each voucher with money is told: as a line, or among those that only move money."""
    money: dict[int, int] = field(default_factory=dict[int, int])
    """Each voucher with money to how many lines on money accounts it has."""
    change: dict[Money, int] = field(default_factory=lambda: dict.fromkeys(Money, 0))


def sheet_a_table(issuer: Issuer, chart: Chart, figures: SheetFigures) -> Table:
    """The sheet as a Table; facts hold opening, income, expense and closing with their parts, fen."""
    rules = sheet_a()
    classes = ClassSums(MoneyItems.of(figures.items, chart)) if figures.items else None
    done = _sort(issuer, chart, figures, rules, classes)
    closing = {kind: figures.opening[kind] + done.change[kind] for kind in Money}
    facts = _facts(figures, done, closing)
    span, wording = figures.span, rules.wording[issuer.kind]
    first = _sum_row(rules, Role.OPENING, f"{rules.word('opening', span)} {_purses(rules, figures.opening)}")
    total = _sum_row(rules, Role.TOTAL, rules.word("total", span), done.income, done.expense)
    last = _sum_row(rules, Role.SECTION, f"{rules.word('closing', span)} {_purses(rules, closing)}")
    return Table(
        report="disclosure",
        title=rules.title.format(village=issuer.village, period=rules.period(span)),
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=rules.columns,
        rows=(first, *done.rows, *_class_rows(rules, classes, issuer.ledger), total, last),
        span=span,
        subtitle=wording.subtitle,
        heading=_heading(figures, rules),
        checks=(_equality(facts), *_proofs(figures, done, classes)),
        notes=_notes(rules, wording, done, figures),
        warnings=tuple(figures.warnings),
        watermark=issuer.watermark,
        signatures=tuple((place, "") for place in wording.signatures),
        seals=wording.seals,
        facts=facts,
    )


def _sort(
    issuer: Issuer, chart: Chart, figures: SheetFigures, rules: SheetRules, classes: ClassSums | None
) -> _Sorted:
    done = _Sorted()
    for stored in figures.vouchers:
        voucher = _for_the_public(stored, figures.shown_as)
        name = named(voucher.ref, figures.span)
        flow = flow_of(voucher, chart)
        done.moved += flow.moved
        for line in voucher.voucher.lines:
            if (kind := chart.get(line.account).money) is not None:
                done.change[kind] += line.debit - line.credit
                done.money[voucher.id] = done.money.get(voucher.id, 0) + 1
        if voucher.awaits_second_review:
            done.pending.append(name)
        if flow.has_money and not (flow.income or flow.expense):
            done.moves.append(f"{name}（{_first_summary(voucher)} {format_fen(flow.moved)}）")
            done.places[voucher.id] += 1
            continue
        if not flow.has_money:
            done.no_money.append(f"{name}（{_first_summary(voucher)}）")
            continue
        if flow.moved:
            done.moves.append(f"{name} 里的 {format_fen(flow.moved)}")
        if voucher.voucher.kind in {VoucherKind.REVERSAL, VoucherKind.CORRECTION}:
            done.red.append(name)
        done.income += flow.income
        done.expense += flow.expense
        if voucher.voucher.day.year == figures.span.last.year:
            done.year[0] += flow.income
            done.year[1] += flow.expense
        told = (
            classes.add(voucher, *beside_money(voucher, chart, flow.income, flow.expense)) if classes else ""
        )
        done.rows.append(_row(issuer, chart, voucher, flow, rules, len(done.rows) + 1, told))
        done.places[voucher.id] += 1
    return done


def _class_rows(rules: SheetRules, classes: ClassSums | None, ledger: str) -> list[Row]:
    """What each class of the disclosure items comes to; they add up to the total below them."""
    if classes is None:
        return []
    return [
        replace(
            _sum_row(rules, Role.SUBTOTAL, rules.words["class"].format(title=one.title), came, went),
            level=2,
            link=Link("lines", f"disclosure:{one.id}", ledger),
        )
        for one, came, went in classes.in_order()
    ]


def _proofs(figures: SheetFigures, done: _Sorted, classes: ClassSums | None) -> list[Check]:
    """That every line on cash or bank is told exactly once, and every line of the sheet under one item."""
    checks: list[Check] = []
    if figures.booked is not None:
        once = dict.fromkeys(done.money, 1)
        lines, moves = sum(done.money.values()), len(done.moves)
        sides = (done.income + done.moved, done.expense + done.moved)
        counted = f"现金、存款 {lines} 条分录，{len(done.rows)} 笔收支"
        text = f"{counted}{f'，{moves} 处转款' if moves else ''}，每条只算一次"
        proof = "；".join(
            f"{word} {format_fen(found)} = {format_fen(booked)}"
            for word, found, booked in zip(("进", "出"), sides, figures.booked, strict=True)
        )
        checks.append(
            Check("每笔钱都在表上", dict(done.places) == once and sides == figures.booked, text, proof)
        )
    if classes is not None:
        faults = classes.faults()
        checks.append(
            Check("每笔钱只归一项", not faults, "；".join(faults) or "按公开项目归类，没有漏的、重的")
        )
    return checks


def _row(
    issuer: Issuer,
    chart: Chart,
    stored: StoredVoucher,
    flow: Flow,
    rules: SheetRules,
    number: int,
    told: str,
) -> Row:
    voucher = stored.voucher
    cells: dict[str, Cell] = {
        "number": number,
        "date": voucher.day,
        "voucher": stored.ref.short,
        "summary": summary_of(stored, chart, flow),
        "income": flow.income,
        "expense": flow.expense,
        "counterparty": _counterparties(voucher.lines),
        "handler": voucher.handler,
        "witness": voucher.witness,
        "approver": voucher.approver,
        "attachments": voucher.attachments,
        "item": told,
        "note": _mark(stored, rules),
    }
    row = tuple(cells[column.key] for column in rules.columns)
    return Row(Role.DETAIL, row, 1, Link("voucher", str(stored.id), issuer.ledger))


def summary_of(stored: StoredVoucher, chart: Chart, flow: Flow) -> str:
    """What it was for: each item with its amount where a voucher has several, so that none is hidden."""
    lines = _items(stored, chart)
    if not (flow.income and flow.expense):
        on_side = [line for line in lines if (line.credit if flow.income else line.debit)]
        lines = on_side or lines
    if not lines:
        return _first_summary(stored)
    summaries = list(dict.fromkeys(line.summary for line in lines))
    if len(lines) == 1:
        return summaries[0]
    if len(summaries) == 1:
        accounts = list(dict.fromkeys(line.account for line in lines))
        if len(accounts) == 1:
            return summaries[0]
        parts = "，".join(
            f"{chart.get(code).name}：{format_fen(_sum(lines, account=code))}" for code in accounts
        )
        return f"{summaries[0]}（{parts}）"
    return "；".join(f"{text}：{format_fen(_sum(lines, summary=text))}" for text in summaries)


def _items(stored: StoredVoucher, chart: Chart) -> list[VoucherLine]:
    """Lines that say what the money was for: not what only passes through an account or balances without money."""
    by_summary: dict[str, int] = {}
    with_money: set[str] = set()
    through: dict[str, int] = {}
    for line in stored.voucher.lines:
        balance = line.debit - line.credit
        by_summary[line.summary] = by_summary.get(line.summary, 0) + balance
        through[line.account] = through.get(line.account, 0) + balance
        if chart.get(line.account).money is not None:
            with_money.add(line.summary)
    return [
        line
        for line in stored.voucher.lines
        if chart.get(line.account).money is None
        and through[line.account]
        and (by_summary[line.summary] or line.summary in with_money)
    ]


def _sum(lines: Sequence[VoucherLine], *, account: str = "", summary: str = "") -> int:
    """Net amount of the lines on an account or with a summary, on the side it falls."""
    chosen = [line for line in lines if line.account == account or line.summary == summary]
    debit, credit = sum(line.debit for line in chosen), sum(line.credit for line in chosen)
    return debit if not credit else credit if not debit else abs(debit - credit)


def _first_summary(voucher: StoredVoucher) -> str:
    return voucher.voucher.lines[0].summary if voucher.voucher.lines else ""


def _counterparties(lines: Sequence[VoucherLine]) -> str:
    return names_in_short(list(dict.fromkeys(line.counterparty for line in lines if line.counterparty)))


def _for_the_public(stored: StoredVoucher, shown_as: Mapping[str, str]) -> StoredVoucher:
    """A voucher whose counterparties are called as a public sheet may call them."""
    voucher = stored.voucher
    if not any(line.counterparty in shown_as for line in voucher.lines):
        return stored
    lines = tuple(
        replace(line, counterparty=shown_as.get(line.counterparty, line.counterparty))
        for line in voucher.lines
    )
    return replace(stored, voucher=replace(voucher, lines=lines))


def _mark(stored: StoredVoucher, rules: SheetRules) -> str:
    marks = {
        VoucherKind.REVERSAL: "reversal",
        VoucherKind.CORRECTION: "correction",
        VoucherKind.PRIOR_YEAR: "correction",
    }
    words = [rules.marks[marks[stored.voucher.kind]]] if stored.voucher.kind in marks else []
    if stored.awaits_second_review:
        words.append(rules.marks["pending_review"])
    return "，".join(words)


def _sum_row(
    rules: SheetRules, role: Role, text: str, income: int | None = None, expense: int | None = None
) -> Row:
    cells: dict[str, Cell] = {"summary": text, "income": income, "expense": expense}
    return Row(role, tuple(cells.get(column.key) for column in rules.columns))


def _purses(rules: SheetRules, sums: dict[Money, int]) -> str:
    parts = str(rules.words["money_parts"])
    return format_fen(sum(sums.values())) + parts.format(
        cash=format_fen(sums[Money.CASH]), bank=format_fen(sums[Money.BANK])
    )


def _facts(figures: SheetFigures, done: _Sorted, closing: dict[Money, int]) -> dict[str, Cell]:
    return {
        "opening": sum(figures.opening.values()),
        "income": done.income,
        "expense": done.expense,
        "closing": sum(closing.values()),
        "opening_cash": figures.opening[Money.CASH],
        "opening_bank": figures.opening[Money.BANK],
        "closing_cash": closing[Money.CASH],
        "closing_bank": closing[Money.BANK],
        "year_income": figures.year_before[0] + done.year[0],
        "year_expense": figures.year_before[1] + done.year[1],
    }


def _equality(facts: dict[str, Cell]) -> Check:
    opening, income, expense, closing = (
        value if isinstance(value := facts[key], int) else 0
        for key in ("opening", "income", "expense", "closing")
    )
    equation = f"{format_fen(opening)}+{format_fen(income)}−{format_fen(expense)}={format_fen(closing)}"
    return Check("期初+收入−支出=期末", ok=opening + income - expense == closing, text=equation)


def _heading(figures: SheetFigures, rules: SheetRules) -> tuple[str, ...]:
    first, last = figures.span.first, figures.span.last
    number = f"{first:%Y-%m}"
    if first.year != last.year:
        number = f"{first:%Y-%m}至{last:%Y-%m}"
    elif first.month != last.month:
        number = f"{first:%Y-%m}至{last:%m}"
    telephone = f"{rules.posting['telephone_label']} {figures.telephone or '＿＿＿＿＿＿'}"
    return (f"公开第 {number} 号", "张贴日期 ＿＿年＿＿月＿＿日", telephone, rules.notes["unit"])


def _notes(rules: SheetRules, wording: Wording, done: _Sorted, figures: SheetFigures) -> tuple[str, ...]:
    named = (
        (wording.moves, done.moves),
        (rules.notes["no_money"], done.no_money),
        (rules.notes["reversed"], done.red),
        (rules.notes["void"], figures.void),
        (rules.notes["unreviewed"], done.pending),
    )
    sentences = [sentence.format(vouchers="、".join(names)) for sentence, names in named if names]
    if not done.rows:
        sentences.append(rules.notes["nothing"])
    return (*sentences, wording.answers)

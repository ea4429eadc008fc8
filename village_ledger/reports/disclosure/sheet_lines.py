"""Behind the figures of sheets A, B, D, G to J: the posted entries, accounts or plan lines that add up to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart
from village_ledger.domain.disclosure_items import (
    BALANCES,
    ClassKind,
    Item,
    Measure,
    item_for,
    plan_parts,
    sort_out,
)
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.disclosure.catalogue_disclosure import public_payees
from village_ledger.reports.disclosure.catalogue_items import (
    balances,
    counted,
    item_figures,
    money_moved,
    tag_lines,
)
from village_ledger.reports.disclosure.claims_by_party import claim_leaves, claims, kept_by_party, standings
from village_ledger.reports.disclosure.disclosure import flow_of, summary_of
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.reports.disclosure.lines_table import (
    ACCOUNTS,
    ENTRIES,
    FLOWS,
    ITEMS,
    RESULT,
    STANDING,
    behind_table,
    entry_cells,
    row,
)
from village_ledger.reports.disclosure.money_items import MoneyItems, beside_money, projects_of
from village_ledger.reports.table import Cell, Link, Role, Row

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

_MONEY = frozenset({Measure.MONEY_IN, Measure.MONEY_OUT})
_TAX = "所得税"
"""Taken off after the 收益总额."""


def _lost(place: str) -> LedgerError:
    return LedgerError(f"公开表上没有“{place}”这个数", "请从公开表上再进来一次。")


# sheet A


def class_behind(reader: Reader, place: str, ledger: str, span: Span) -> Table:
    """Each voucher's money in and out that is told under a class: ``disclosure:2``."""
    with reader.snapshot():
        info, chart = reader.ledger(ledger), reader.chart(ledger)
        rules = MoneyItems.of(items_for(info.chart_id), chart)
        found = next((one for one in rules.items.classes if one.id == place), None)
        if found is None:
            raise _lost(place)
        rows: list[Row] = []
        for stored in reader.posted_vouchers(ledger, span):
            flow = flow_of(stored, chart)
            sides, tags = beside_money(stored, chart, flow.income, flow.expense), projects_of(stored)
            came, went = (
                sum(
                    amount
                    for account, amount in parts.items()
                    if rules.item_class(
                        rules.number(account, came=side == 0, project=tags.get(account, ""))
                    ).id
                    == place
                )
                for side, parts in enumerate(sides)
            )
            if came or went:
                cells: dict[str, Cell] = {
                    "date": stored.voucher.day,
                    "voucher": stored.ref.short,
                    "summary": summary_of(stored, chart, flow),
                    "counterparty": "、".join(
                        dict.fromkeys(x.counterparty for x in stored.voucher.lines if x.counterparty)
                    ),
                    "income": came,
                    "expense": went,
                }
                rows.append(row(FLOWS, cells, Link("voucher", str(stored.id), ledger)))
        return behind_table(reader, (ledger, span, f"收支公开表 {found.title}"), FLOWS, rows)


# sheet B


def item_behind(reader: Reader, place: str, ledger: str, span: Span) -> Table:
    """What makes an item of sheet B: ``disclosure-items:8``."""
    with reader.snapshot():
        info, chart = reader.ledger(ledger), reader.chart(ledger)
        items = items_for(info.chart_id)
        item = next((one for one in items.items if str(one.number) == place), None)
        if item is None:
            raise _lost(place)
        title = f"第 {item.number} 项 {item.name}"
        figures = item_figures(reader, info, chart, span, item)
        if item.statement:
            return result_behind(
                reader, title, ledger, span, {"period": figures.period, "year": figures.year}
            )
        if item.plan:
            return _planned(reader, info, chart, item, span, title)
        taken = sort_out(items, chart).taken[item.number]
        if any(measure in BALANCES for _, measure in taken):
            rows = _standing(reader, info, chart, taken, span.last)
            figure = {"amount": figures.closing or 0}
            return behind_table(reader, (ledger, span, title), ACCOUNTS, rows, figure)
        wide = Span(min(span.first, date(span.last.year, 1, 1)), span.last)
        rows = [
            *_plan_of(reader, info, chart, item, span),
            *_entries(reader, ledger, chart, taken, span),
            *_tagged_rows(reader, ledger, chart, item, span),
            *_less(reader, ledger, chart, item, span),
        ]
        said = {"plan": figures.plan, "year": figures.year or 0, "period": figures.period or 0}
        return behind_table(
            reader, (ledger, wide, title), ITEMS, rows, said, rest="年终结转、启用前的本年累计"
        )


def _plan_of(reader: Reader, info: LedgerInfo, chart: Chart, item: Item, span: Span) -> list[Row]:
    """Lines of the year's plan that are told under an item, each with what is its own."""
    lines = [(x.account, x.project, x.amount) for x in reader.budget_lines(info.code, span.last.year)]
    items, kinds = items_for(info.chart_id), (ClassKind.INCOME, ClassKind.EXPENSE)
    return [
        row(
            ITEMS,
            {"summary": "年度计划", "account": chart.path(account), "plan": amount},
            Link("account", account, info.code),
        )
        for account, amount in plan_parts(lines)
        if amount and item_for(items, chart, chart.get(account), kinds) == item.number
    ]


def _planned(reader: Reader, info: LedgerInfo, chart: Chart, item: Item, span: Span, title: str) -> Table:
    rows = [
        row(
            ACCOUNTS,
            {
                "code": line.account,
                "name": f"{chart.path(line.account)}{f'（{line.project}）' if line.project else ''}",
                "amount": line.amount,
            },
            Link("account", line.account, info.code),
        )
        for line in reader.budget_lines(info.code, span.last.year)
        if line.account.startswith(item.plan)
    ]
    return behind_table(reader, (info.code, span, f"{title}（{span.last.year}年计划）"), ACCOUNTS, rows)


def _standing(
    reader: Reader, info: LedgerInfo, chart: Chart, taken: Sequence[tuple[str, Measure]], day: date
) -> list[Row]:
    figures = balances(reader, info, chart, day)
    return [
        row(
            ACCOUNTS,
            {"code": code, "name": chart.path(code), "amount": figures[code, measure]},
            Link("account", code, info.code),
        )
        for code, measure in taken
        if figures.get((code, measure))
    ]


def _entries(
    reader: Reader, ledger: str, chart: Chart, taken: Sequence[tuple[str, Measure]], span: Span
) -> list[Row]:
    measures: dict[str, list[Measure]] = {}
    for code, measure in taken:
        measures.setdefault(code, []).append(measure)
    year = date(span.last.year, 1, 1)
    entries = reader.entries(ledger, list(measures), Span(min(span.first, year), span.last))
    moved = (
        money_moved(reader, chart, entries)
        if _MONEY & {m for some in measures.values() for m in some}
        else {}
    )
    rows: list[Row] = []
    for entry in entries:
        for measure in measures[entry.account]:
            amount = counted(chart, entry, measure, moved.get(entry.voucher_id, 0))
            if amount:
                cells = entry_cells(entry, chart.path(entry.account))
                cells["period"] = amount if entry.day >= span.first else None
                cells["year"] = amount if entry.day >= year else None
                rows.append(row(ITEMS, cells, Link("voucher", str(entry.voucher_id), ledger)))
    return rows


def _tagged_rows(reader: Reader, ledger: str, chart: Chart, item: Item, span: Span) -> list[Row]:
    """Entries told under the item because of their project, and those another item has for the same reason."""
    year = date(span.last.year, 1, 1)
    taken = sort_out(items_for(reader.ledger(ledger).chart_id), chart)
    rows: list[Row] = []
    for one in tag_lines(reader, ledger, chart, taken, Span(min(span.first, year), span.last)):
        if item.number not in (one.item, one.instead_of):
            continue
        sign = 1 if one.item == item.number else -1
        cells = entry_cells(one.entry, chart.path(one.entry.account))
        if sign < 0:
            cells["summary"] = f"按项目改列第{one.item}项：{one.entry.summary}"
        cells["period"] = sign * one.amount if one.entry.day >= span.first else None
        cells["year"] = sign * one.amount if one.entry.day >= year else None
        rows.append(row(ITEMS, cells, Link("voucher", str(one.entry.voucher_id), ledger)))
    return rows


def _less(reader: Reader, ledger: str, chart: Chart, item: Item, span: Span) -> list[Row]:
    """What only passed from one of the item's accounts to another is taken off."""
    rows: list[Row] = []
    year = Span(date(span.last.year, 1, 1), span.last)
    for source, target in item.less:
        moved = [reader.moved(ledger, target, source, some) for some in (span, year)]
        if any(moved):
            words = f"减：{chart.get(source).name}转{chart.get(target).name}"
            rows.append(row(ITEMS, {"summary": words, "period": -moved[0], "year": -moved[1]}))
    return rows


def result_behind(
    reader: Reader, title: str, ledger: str, span: Span, figures: Mapping[str, int | None] | None = None
) -> Table:
    """Income less cost by account, of the span and the year so far; the tax on it comes after the 收益总额."""
    chart, year = reader.chart(ledger), Span(date(span.last.year, 1, 1), span.last)
    nets = reader.nets(ledger, span), reader.nets(ledger, year)
    rows = [
        row(
            RESULT,
            {
                "code": code,
                "name": chart.path(code),
                "period": -nets[0].get(code, 0),
                "year": -nets[1].get(code, 0),
            },
            Link("account", code, ledger),
        )
        for code in sorted({*nets[0], *nets[1]})
        if (nets[0].get(code) or nets[1].get(code))
        and chart.get(code).category in INCOME_AND_EXPENSE
        and _TAX not in chart.path(code)
    ]
    return behind_table(reader, (ledger, span, title), RESULT, rows, figures, rest="启用前的本年累计")


# sheet D, and the households of sheet G


def claim_behind(reader: Reader, place: str, ledger: str, span: Span) -> Table:
    """What a claim or debt is made of: ``disclosure-claims:113:001户 何世全等5人``; no name for one kept without names."""
    account, _, name = place.partition(":")
    with reader.snapshot():
        info, chart = reader.ledger(ledger), reader.chart(ledger)
        if account not in chart:
            raise _lost(place)
        if not name:
            kept = ("",) if account in kept_by_party(chart) else None
            return _account_lines(reader, info, account, kept, span, f"{chart.path(account)}（不分户）")
        standing = standings(reader, ledger, chart, claim_leaves(info.chart_id, chart), span)
        at, shown = Month.of(span.last), public_payees(reader, span.last)
        found = next(
            (
                one
                for debit in (True, False)
                for one in claims(chart, standing, shown, at, debit=debit)
                if one.account == account and name in (one.name, *one.parties)
            ),
            None,
        )
        parties = found.parties if found else (name,)
        return _account_lines(reader, info, account, parties, span, f"{name} {chart.path(account)}")


def party_behind(reader: Reader, place: str, ledger: str, span: Span) -> Table:
    """What a household was due and paid on an account (``113:何世全``), or what was paid for a project (its name)."""
    account, colon, party = place.partition(":")
    with reader.snapshot():
        info, chart = reader.ledger(ledger), reader.chart(ledger)
        if colon and account in chart:
            return _account_lines(reader, info, account, (party,), span, f"{party} {chart.path(account)}")
        return _paid(reader, info, place, span)


def _account_lines(
    reader: Reader, info: LedgerInfo, account: str, parties: Sequence[str] | None, span: Span, title: str
) -> Table:
    """Opening, entries and closing of some counterparties on a leaf; the whole leaf for None."""
    before = reader.standing_before(info.code, [account], span.first)
    balance = -sum(amount for (_, party, _), amount in before.items() if parties is None or party in parties)
    rows = [row(STANDING, {"summary": "期初", "balance": balance}, role=Role.OPENING)]
    for entry in reader.entries(info.code, [account], span):
        if parties is None or entry.party in parties:
            balance += entry.debit - entry.credit
            cells: dict[str, Cell] = {
                "date": entry.day,
                "voucher": f"{entry.word}-{entry.number:04d}",
                "summary": entry.summary,
                "counterparty": entry.party,
                "debit": entry.debit,
                "credit": entry.credit,
                "balance": balance,
            }
            rows.append(row(STANDING, cells, Link("voucher", str(entry.voucher_id), info.code)))
    return behind_table(reader, (info.code, span, title), STANDING, rows)


def _paid(reader: Reader, info: LedgerInfo, project: str, span: Span) -> Table:
    from village_ledger.services.projects.project_status import uses

    rows = [
        row(
            ENTRIES,
            {
                "date": one.day,
                "voucher": str(one.ref),
                "summary": one.summary,
                "counterparty": "、".join(sorted(one.payees)),
                "amount": one.amount,
            },
            Link("voucher", str(one.voucher_id), info.code),
        )
        for one in reader.project_payments(info.code, project, uses(reader, info.code), span.last.isoformat())
        if one.posted
    ]
    until = Span(min(span.first, info.start.first), span.last)
    return behind_table(reader, (info.code, until, f"{project} 到期末付的钱"), ENTRIES, rows)


# sheet J


def distribution_behind(reader: Reader, place: str, ledger: str, span: Span) -> Table:
    """Behind a line of the year's statement (``statement:R11``) or a dividend (``dividend:2025``)."""
    kind, _, name = place.partition(":")
    with reader.snapshot():
        if kind == "statement":
            return result_behind(reader, f"{span.last.year}年的收益", ledger, Span.of_year(span.last.year))
        given = next((one for one in reader.dividends(ledger) if one.live and str(one.year) == name), None)
        if kind != "dividend" or given is None:
            raise _lost(place)
        rows = [
            row(
                ACCOUNTS,
                {"code": line.household, "name": line.key, "amount": line.amount},
                Link("household", line.household, ledger) if line.household else None,
            )
            for line in reader.dividend_lines(given.id)
        ]
        title = f"{given.year}年分红，逐个持有人"
        return behind_table(reader, (ledger, span, title), ACCOUNTS, rows, {"amount": given.amount})

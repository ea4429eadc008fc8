"""The notes (附注) read from a book: facts, composition and movements of the items, texts the village wrote."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.domain.balance import Turnover
from village_ledger.domain.chart import Account, Side
from village_ledger.domain.formula import parse_formula
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.claims.catalogue_funds import fund_lines
from village_ledger.reports.request import ReportRequest, issuer_of, span_of
from village_ledger.reports.statements.catalogue_statements import statement_sheet
from village_ledger.reports.statements.notes import NoteItem, NoteLine, check_against, notes_table
from village_ledger.reports.statements.notes_parties import party_lines
from village_ledger.reports.table import Check, Link, Table
from village_ledger.resources_dir import resource

if TYPE_CHECKING:
    from village_ledger.reports.statements.statements import StatementSheet
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo


@lru_cache(maxsize=1)
def _rules() -> list[dict[str, Any]]:
    return tomllib.loads(resource("rules", "notes.toml").read_text(encoding="utf-8"))["item"]


def notes_of(reader: Reader, request: ReportRequest) -> Table:
    """The notes of a ledger up to the last day asked for."""
    with reader.snapshot():
        return _notes(reader, request)


def texts_wanted(reader: Reader, ledger: str, year: int) -> list[tuple[str, str, str]]:
    """(number, title, text as it stands) of every item the village writes itself."""
    info, written = reader.ledger(ledger), reader.statement_texts(ledger, year)
    return [
        (
            rule["number"],
            rule["title"],
            kept.text if (kept := written.get(rule["number"])) else _default(rule, info),
        )
        for rule in _rules()
        if rule["kind"] == "text" and _belongs(rule, info)
    ]


def _notes(reader: Reader, request: ReportRequest) -> Table:
    info, last = reader.ledger(request.ledger), span_of(reader, request).last
    year = Span(date(last.year, 1, 1), last)
    sheet = statement_sheet(reader, "balance-sheet", ReportRequest(info.code, year))
    source = _Source(reader, info, year)
    items: list[NoteItem] = []
    checks: list[Check] = []
    for rule in _rules():
        if not _belongs(rule, info):
            continue
        item = source.item(rule)
        items.append(item)
        formula = rule.get("against", {}).get(info.chart_id)
        if formula:
            checks.append(_against(sheet, item, formula))
    return notes_table(issuer_of(reader, info.code), year, items, checks, sheet.table.warnings)


def _belongs(rule: dict[str, Any], info: LedgerInfo) -> bool:
    """Whether the item is one of this ledger's chart."""
    if "codes" in rule:
        return info.chart_id in rule["codes"]
    return info.chart_id in rule.get("charts", [info.chart_id])


def _default(rule: dict[str, Any], info: LedgerInfo) -> str:
    return rule.get("default", {}).get(info.chart_id, "")


def _against(sheet: StatementSheet, item: NoteItem, formula: str) -> Check:
    parsed = parse_formula(formula, "notes.toml ")
    names = "、".join(dict.fromkeys(sheet.working.statement.line(x).name.strip() for x in parsed.lines))
    return check_against(
        item,
        f"{sheet.table.title}{names}",
        sheet.working.formula(parsed, sheet.working.statement.columns[0].key),
    )


class _Source:
    """What the items of one ledger and year are filled from."""

    def __init__(self, reader: Reader, info: LedgerInfo, year: Span) -> None:
        self._reader, self._info, self._year = reader, info, year
        self._chart = reader.chart(info.code)
        self._trial = {t.account: t for t in reader.turnovers(info.code, year)}
        self._texts = reader.statement_texts(info.code, year.last.year)

    def item(self, rule: dict[str, Any]) -> NoteItem:
        """One item of the skeleton."""
        number, title, kind = rule.get("number", ""), rule["title"], rule["kind"]
        if kind == "text":
            kept = self._texts.get(number)
            text = kept.text if kept else _default(rule, self._info)
            return NoteItem(number, title, (text,) if text else (), written=True)
        if kind == "fact":
            return NoteItem(number, title, (self._fact(rule),))
        makers: dict[str, Callable[[dict[str, Any]], Sequence[NoteLine]]] = {
            "accounts": self._accounts,
            "parties": self._parties,
            "projects": self._projects,
            "expense": self._expense,
        }
        return NoteItem(number, title, lines=tuple(makers[kind](rule)) if kind in makers else ())

    def _codes(self, rule: dict[str, Any]) -> tuple[str, ...]:
        return tuple(rule["codes"][self._info.chart_id])

    def _leaves(self, rule: dict[str, Any]) -> list[Account]:
        codes = self._codes(rule)
        return [a for code in codes for a in self._chart if a.is_leaf and a.code.startswith(code)]

    def _fact(self, rule: dict[str, Any]) -> str:
        info, ledgers = self._info, self._reader.ledgers()
        if rule["fact"] == "entity":
            code = f"，登记证号 {info.registration_code}" if info.registration_code else ""
            return f"{info.entity}{code}。"
        if rule["fact"] == "separation":
            if len(ledgers) == 1:
                return f"一个村一本账（合账）：{ledgers[0].title}。"
            names = "；".join(f"{x.title}（{x.entity}）" for x in ledgers)
            return f"分账核算，各记各的账、各开各的户：{names}。"
        capital = -sum(t.closing for code, t in self._trial.items() if code.startswith(self._codes(rule)))
        return f"年末资本 {format_fen(capital)} 元。" if capital else ""

    def _accounts(self, rule: dict[str, Any]) -> list[NoteLine]:
        """Every leaf that has a balance or moved, on the side the item is counted on: 减 items come off."""
        first = self._chart.get(self._codes(rule)[0]).side
        lines: list[NoteLine] = []
        for leaf in self._leaves(rule):
            t = self._trial.get(leaf.code)
            if t is not None and any((t.opening, t.year_debit, t.year_credit, t.closing)):
                lines.append(self._line(leaf, t, first))
        return lines

    def _line(self, leaf: Account, t: Turnover, side: Side) -> NoteLine:
        sign = 1 if side is Side.DEBIT else -1
        added, taken = (t.year_debit, t.year_credit) if sign > 0 else (t.year_credit, t.year_debit)
        opening = sign * (t.closing - t.year_debit + t.year_credit)
        name = f"{leaf.code} {self._chart.path(leaf.code)}"
        if leaf.side is not side:  # 累计折旧 stands among assets and is taken off
            return NoteLine(
                f"减：{name}", opening, -taken, -added, sign * t.closing, link=self._link(leaf.code)
            )
        return NoteLine(name, opening, added, taken, sign * t.closing, link=self._link(leaf.code))

    def _link(self, code: str) -> Link:
        return Link("account", code, self._info.code)

    def _parties(self, rule: dict[str, Any]) -> list[NoteLine]:
        return party_lines(
            self._reader,
            self._info,
            self._leaves(rule),
            self._year,
            self._trial,
            debit=rule["side"] == "debit",
        )

    def _projects(self, rule: dict[str, Any]) -> list[NoteLine]:
        sign = 1 if rule["side"] == "credit" else -1
        return [
            NoteLine(
                x.project or "（没有写明项目）",
                sign * x.opening,
                x.received if sign > 0 else x.spent,
                x.spent if sign > 0 else x.received,
                sign * x.closing,
                link=self._link(x.account),
            )
            for x in fund_lines(self._reader, self._info, self._codes(rule), self._year)
        ]

    def _expense(self, rule: dict[str, Any]) -> list[NoteLine]:
        """Each leaf's amount of the year, last year's in words."""
        now = self._reader.nets(self._info.code, self._year)
        year = self._year.last.year - 1
        before = (
            self._reader.nets(self._info.code, Span.of_year(year)) if year >= self._info.start.year else {}
        )
        return [
            NoteLine(
                f"{leaf.code} {self._chart.path(leaf.code)}",
                None,
                now.get(leaf.code, 0),
                None,
                None,
                f"上年 {format_fen(before[leaf.code])}" if before.get(leaf.code) else "",
                self._link(leaf.code),
            )
            for leaf in self._leaves(rule)
            if now.get(leaf.code) or before.get(leaf.code)
        ]

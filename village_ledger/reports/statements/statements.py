"""Statements (资产负债表, 收益及收益分配表, 收支明细表, 收支结余表 …) from their definitions and plain figures.

The sheet carries its cross-checks and can say of every figure where it comes from (怎么来的).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.statement import Printed, RowRole, Statement, StatementLine
from village_ledger.domain.statement_working import Explanation, Working, sub_accounts
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.statements.statement_checks import run_checks
from village_ledger.reports.statements.statement_columns import CHANGE, LAST_YEAR
from village_ledger.reports.statements.statement_request import StatementRequest
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.services.closing.own_statements import PREFIX

_KEY_COLUMN = {
    "line": Column("line", "行次", Kind.CODE, 16),
    "code": Column("code", "科目编码", Kind.CODE, 24),
}
_MONEY_MM = 48


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """A statement as a table, and what is behind its figures."""

    table: Table
    keys: tuple[str, ...]
    """For each row of the table what ``explain`` knows it by; empty for a section."""
    working: Working
    beside: Mapping[str, Working] = field(default_factory=dict[str, Working])
    """Key of a further column to its working."""

    def explain(self, key: str, column: str = "") -> Explanation:
        """Formula and figures of a row (怎么来的), by row id, or by account code where rows have one.

        The first column unless told. Raises StatementError for a row or column that is not there.
        """
        return self.beside.get(column, self.working).explain(key, column)

    def span(self, column: str) -> Span:
        """The days a column's figures are read for."""
        return self.beside.get(column, self.working).span(column)


def make_statement(
    issuer: Issuer, chart: Chart, statement: Statement, request: StatementRequest
) -> StatementSheet:
    """Work a statement out and lay it out; raises StatementError when the definition does not fit the ledger."""
    given = request.given.get(statement.report)
    working = Working(statement, chart, request.figures, request.span, given)
    beside = {
        extra.key: Working(
            extra.statement(statement),
            chart,
            request.figures,
            extra.asked,
            None if extra.known else {extra.key: None},
        )
        for extra in request.extras
    }
    found = [keyed for line in statement.lines for keyed in _rows(line, working, beside, issuer.ledger)]
    rows = tuple(row for _, row in found)
    table = _table(issuer, working, request, rows)
    return StatementSheet(table, tuple(key for key, _ in found), working, beside)


def _table(issuer: Issuer, working: Working, request: StatementRequest, rows: tuple[Row, ...]) -> Table:
    statement = working.statement
    year = Span(date(request.span.last.year, 1, 1), request.span.last)
    span = request.span if statement.heading == "span" else year
    checks, unasked = run_checks(working, request)
    dated = {"day": _day_words(span.last), "year": _year_words(span), "span": span.words()}[statement.heading]
    return Table(
        report=statement.report,
        title=statement.title,
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(
            Column("block", "栏目", Kind.TEXT, 32),
            _KEY_COLUMN[statement.row_key],
            Column("name", "项目", Kind.TEXT, 76),
            *(Column(column.key, column.label, Kind.MONEY, _MONEY_MM) for column in statement.columns),
            *_further(request),
        ),
        rows=rows,
        span=span,
        heading=tuple(text for text in (dated, "单位：元", statement.form_number, _own(statement)) if text),
        checks=checks,
        unasked=unasked,
        notes=(*_notes(working), *request.notes),
        warnings=tuple(request.warnings),
        watermark=issuer.watermark,
        zero="—",
        signatures=tuple((place, "") for place in statement.signatures),
    )


def _own(statement: Statement) -> str:
    """Said on every print of a report the village defined itself."""
    return "自定义报表" if statement.report.startswith(PREFIX) else ""


def _further(request: StatementRequest) -> Iterator[Column]:
    for extra in request.extras:
        yield Column(extra.key, extra.label, Kind.MONEY, _MONEY_MM)
        if extra.key == LAST_YEAR:
            yield Column(CHANGE, "比上年增减", Kind.MONEY, _MONEY_MM)


def _day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _year_words(span: Span) -> str:
    return f"{span.last.year}年度" if span == Span.of_year(span.last.year) else span.words()


def _rows(
    line: StatementLine, working: Working, beside: Mapping[str, Working], ledger: str
) -> Iterator[tuple[str, Row]]:
    """The row of a line and those of its sub-accounts, each with its key; nothing when it is not printed."""
    every = [*((column.key, working) for column in working.statement.columns), *beside.items()]
    if line.role is RowRole.SECTION:
        nothing = _with_change([None] * len(every), beside)
        yield "", Row(Role.SECTION, (line.block, "", line.name, *nothing), line.level)
        return
    amounts = _with_change([_amount(its, line.id, key) for key, its in every], beside)
    if line.printed is Printed.NEVER or (line.printed is Printed.NONZERO and not any(amounts)):
        return
    shown = line.code if working.statement.row_key == "code" else line.id
    link = _link(line, working.chart, ledger)
    yield line.id, Row(Role(line.role.value), (line.block, shown, line.name, *amounts), line.level, link)
    for account in sub_accounts(working.chart, line.code) if line.by_account else ():
        amounts = _with_change(
            [its.sub_account(line, account, key) if its.is_known(key) else None for key, its in every], beside
        )
        if any(amounts):
            cells = (line.block, account.code, account.name, *amounts)
            yield (
                account.code,
                Row(Role.DETAIL, cells, line.level + 1, Link("account", account.code, ledger)),
            )


def _with_change(amounts: Sequence[int | None], beside: Mapping[str, Working]) -> list[int | None]:
    """The amounts, and behind last year's what the first column is more than it."""
    if LAST_YEAR not in beside:
        return list(amounts)
    now, then = amounts[0], amounts[-1]
    return [*amounts, None if now is None or then is None else now - then]


def _amount(working: Working, line_id: str, column: str) -> int | None:
    return working.amounts(column)[line_id] if working.is_known(column) else None


def _link(line: StatementLine, chart: Chart, ledger: str) -> Link | None:
    """A row that is one account leads to that account's ledger; others are drilled through ``explain``."""
    names = line.formula.accounts
    found = names[0].accounts(chart, "") if len(names) == len(line.formula.terms) == 1 else []
    return Link("account", found[0].code, ledger) if len(found) == 1 else None


def _notes(working: Working) -> list[str]:
    """Sentences of rows that are not zero in the first column."""
    first = working.statement.columns[0].key
    if not working.is_known(first):
        return []
    amounts = working.amounts(first)
    noted = [line for line in working.statement.lines if line.note and amounts[line.id]]
    return [line.note.replace("{amount}", format_fen(amounts[line.id])) for line in noted]

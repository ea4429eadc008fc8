"""Statements, general ledger, multi-column account, voucher summary and check list, read from a book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart
from village_ledger.domain.errors import ChartError, LedgerError, PeriodError
from village_ledger.domain.formula import AccountFigure, Formula, Reading, StatementError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.statement import STATUTORY, Statement
from village_ledger.domain.statement_figures import LeafFigures
from village_ledger.reports.books.close_checklist import close_checklist
from village_ledger.reports.books.general_ledger import AccountMonths, general_ledger
from village_ledger.reports.books.month_remarks import reopened
from village_ledger.reports.books.multi_column import ColumnBook, ColumnEntry, multi_column
from village_ledger.reports.request import (
    ReportRequest,
    issuer_of,
    open_months,
    span_of,
    warnings_of,
    year_before,
)
from village_ledger.reports.statements.distributed_rows import with_distributed
from village_ledger.reports.statements.statement_columns import Extra, extras
from village_ledger.reports.statements.statement_files import choose, shipped
from village_ledger.reports.statements.statement_outside import last_years_sheet, outside_of
from village_ledger.reports.statements.statement_request import Given, StatementRequest
from village_ledger.reports.statements.statements import StatementSheet, make_statement
from village_ledger.reports.vouchers.voucher_summary import VoucherRun, voucher_summary
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.closing.own_statements import PREFIX, choose_own, current, definitions

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

LAYOUT = "statement.layout"
"""Setting of the book: which of several layouts of a statement is used; empty for the usual one."""
YEARLY = "income-distribution"
"""The statement with a column of last year's amounts."""


def statement_sheet(reader: Reader, report: str, request: ReportRequest) -> StatementSheet:
    """A statement with what is behind its figures, all of them of one state of the book.

    Raises LedgerError when the ledger has no such statement, PeriodError for days before the ledger began.
    """
    with reader.snapshot():
        return _statement_sheet(reader, report, request)


def _statement_sheet(reader: Reader, report: str, request: ReportRequest) -> StatementSheet:
    info, span, chart = reader.ledger(request.ledger), span_of(reader, request), reader.chart(request.ledger)
    if span.last < info.start.first:
        raise PeriodError(
            f"{info.title}从{info.start.year}年{info.start.month}月开始，没有 {span.last} 的报表",
            "请换一个日期。",
        )
    statement = _definition(reader, info, report, span.last)
    others = _others(reader, info, span.last)
    further = extras(request.columns, statement, span, info.start)
    figures = _figures(reader, info, chart, [statement, *others.values()], span, further)
    year = Span(date(span.last.year, 1, 1), span.last)
    covered = Span(min(span.first, year.first), span.last)
    trial = reader.turnovers(info.code, year)
    outside = outside_of(reader, info, year, trial)
    wanted = StatementRequest(
        span=span,
        figures=figures,
        given=_first_year(reader, info, span),
        others=others,
        extras=further,
        outside=outside.figures,
        outside_words=outside.words,
        prior=_last_sheet(reader, info, statement, span),
        trial={t.account: (t.closing_debit, t.closing_credit) for t in trial},
        year_closed=reader.is_carried_forward(info.code, span.last.year) and _is_year_end(span.last),
        warnings=[
            *warnings_of(reader, info, covered),
            *open_months(reader, info.code, covered),
            *_not_carried_forward(reader, info, span.last),
        ],
        notes=_notes(reader, statement, info, span),
    )
    sheet = make_statement(issuer_of(reader, info.code), chart, statement, wanted)
    return with_distributed(reader, sheet, span.last)


def definition_of(reader: Reader, ledger: str, report: str) -> Statement:
    """The definition in force at the end of a ledger's first year, which last year's figures are held to."""
    info = reader.ledger(ledger)
    return _definition(reader, info, report, date(info.start.year, 12, 31))


def _definition(reader: Reader, info: LedgerInfo, report: str, day: date) -> Statement:
    """The definition a report of this ledger is made from; raises LedgerError naming those the ledger has."""
    if report.startswith(PREFIX):
        return _own(reader, info, report, day)
    fitting = _others(reader, info, day)
    if report in fitting:
        return fitting[report]
    named = {s.report: s.title for s in shipped()}
    own = "、".join(f"{s.title}（{s.report}）" for s in fitting.values())
    raise LedgerError(f"{info.title}没有{named[report]}（{report}）", f"这本账可以出：{own}。")


def statements_of(reader: Reader, ledger: str, day: date) -> list[Statement]:
    """Every statement a ledger has on a day, the village's own last; none before any definition was in force."""
    info = reader.ledger(ledger)
    try:
        found = list(_others(reader, info, day).values())
    except StatementError:
        found = []
    own = definitions(reader)
    for name in dict.fromkeys(statement.report for statement in own):
        chosen = choose_own([s for s in own if s.report == name], info.chart_id, day)
        found += [chosen] if chosen else []
    return found


def _own(reader: Reader, info: LedgerInfo, report: str, day: date) -> Statement:
    """The version of a report of the village's own in force on a day; raises LedgerError when there is none."""
    newest = current(reader, report)
    found = choose_own(definitions(reader, report), info.chart_id, day)
    if found is None:
        raise LedgerError(
            f"自定义报表“{newest.title}”在 {day} 还没有起用，或者不是给{info.title}的",
            "请换一个日期或换一本账；用 statement BOOK show 看它的定义。",
        )
    return found


def _others(reader: Reader, info: LedgerInfo, day: date) -> dict[str, Statement]:
    """Every statement of a ledger in force on a day, in the layout the village uses."""
    layout = reader.setting(LAYOUT)
    found: dict[str, Statement] = {}
    for report in STATUTORY:
        known = [s for s in shipped() if s.report == report and info.chart_id in s.charts]
        if known:
            has_layout = any(s.layout == layout for s in known)
            found[report] = choose(known, report, info.chart_id, day, layout if has_layout else "")
    return found


def _figures(
    reader: Reader,
    info: LedgerInfo,
    chart: Chart,
    statements: Iterable[Statement],
    asked: Span,
    further: Iterable[Extra] = (),
) -> LeafFigures:
    """The ledger's figures for every column of some statements: each day and span is read once."""
    every = list(statements)
    spans = {span for s in every for span in s.spans(asked).values()}
    spans |= {extra.basis.of(extra.asked) for extra in further if extra.known}
    before, last = {span.first - timedelta(days=1) for span in spans}, {span.last for span in spans}
    by_party = _kept_by_party(chart, every)
    year, typed = reader.typed_sums(info.code)
    return LeafFigures(
        balances={
            day: reader.sides(info.code, day, by_party if day in last else ()) for day in before | last
        },
        nets={span: reader.nets(info.code, span) for span in spans},
        moves=lambda source, target, span: reader.moved(info.code, source, target, span),
        typed_year=year if info.start.month > 1 else 0,
        typed_sums=typed,
    )


def _prior(reader: Reader, info: LedgerInfo, statement: Statement, year: int) -> dict[str, int] | None:
    """Last year's sheet as its own definition had it."""
    before = date(year - 1, 12, 31)
    try:
        definition = _others(reader, info, before).get(statement.report, statement)
    except StatementError:  # no definition was in force yet: the ledger did not exist either
        definition = statement
    return last_years_sheet(reader, info, statement, definition, year)


def _kept_by_party(chart: Chart, statements: Iterable[Statement]) -> list[str]:
    """Leaves whose parties' balances are asked for one by one (Dr, Cr)."""
    prefixes = {
        term.figure.account.code
        for statement in statements
        for formula in _formulas(statement)
        for term in formula.terms
        if isinstance(term.figure, AccountFigure)
        and term.figure.reading in {Reading.DEBIT_PARTIES, Reading.CREDIT_PARTIES}
    }
    return [a.code for a in chart if a.is_leaf and any(a.code.startswith(code) for code in prefixes)]


def _formulas(statement: Statement) -> list[Formula]:
    checked = [formula for check in statement.checks for formula in (check.left, check.right) if formula]
    return [*(line.formula for line in statement.lines), *checked]


def _first_year(reader: Reader, info: LedgerInfo, span: Span) -> Mapping[str, Given]:
    """Last year's column of a ledger's first year: as typed in from paper, else it stays blank."""
    if span.last.year > info.start.year:
        return {}
    typed = reader.last_year(info.code, YEARLY)
    return {YEARLY: {"previous": typed.figures if typed else None}}


def _last_sheet(
    reader: Reader, info: LedgerInfo, statement: Statement, span: Span
) -> Mapping[str, int] | None:
    """What 年初余额 is held to (X2): in the first year the old sheet as typed in, if anybody typed it."""
    year = span.last.year
    typed = reader.last_year(info.code, statement.report) if year == info.start.year else None
    return typed.figures if typed else _prior(reader, info, statement, year)


def _is_year_end(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _not_carried_forward(reader: Reader, info: LedgerInfo, day: date) -> list[str]:
    """A warning that the sheet is an interim one."""
    if not _is_year_end(day):
        return [f"中期报表：截至 {day}，本年收支还没有结转。"]
    if reader.is_carried_forward(info.code, day.year):
        return []
    return [f"{day.year}年还没有年终结转，这是结转前的报表。"]


def _notes(reader: Reader, statement: Statement, info: LedgerInfo, span: Span) -> list[str]:
    if statement.report != YEARLY or span.last.year > info.start.year:
        return []
    typed = reader.last_year(info.code, YEARLY)
    if typed is None:
        return ["本账从今年开始记，上年金额没有录入，空着。"]
    return [f"上年金额由 {typed.entered_by} 于 {typed.entered_at[:10]} 照上年报表录入。"]


def general_ledger_of(reader: Reader, request: ReportRequest) -> Table:
    """The general ledger, or the one first-level account asked for; raises ChartError for one further down."""
    with reader.snapshot():
        return _general_ledger(reader, request)


def _general_ledger(reader: Reader, request: ReportRequest) -> Table:
    info, span, chart = reader.ledger(request.ledger), span_of(reader, request), reader.chart(request.ledger)
    if request.account and chart.get(request.account).level > 1:
        raise ChartError(f"{request.account} 不是一级科目，总账只到一级", "请改看它的明细账。")
    entries: list[AccountMonths] = []
    for account in chart:
        if account.level == 1 and request.account in {"", account.code}:
            lines = reader.account_ledger(info.code, account.code, span)
            entries.append(
                AccountMonths(
                    account=account,
                    opening=lines.opening,
                    months=[month[:3] for month in lines.months],
                    year_before=year_before(reader, info, account.code, span),
                    is_new=span.first <= info.start.first,
                )
            )
    return general_ledger(issuer_of(reader, info.code), span, entries, warnings_of(reader, info, span))


def multi_column_of(reader: Reader, request: ReportRequest) -> Table:
    """The multi-column account asked for; raises ChartError for none or one without sub-accounts."""
    if not request.account:
        raise ChartError("没有说是哪个科目的多栏账", "请指明科目编码。")
    info, span, chart = reader.ledger(request.ledger), span_of(reader, request), reader.chart(request.ledger)
    account = chart.get(request.account)
    leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(account.code)]
    slices = {leaf: reader.account_ledger(info.code, leaf, span) for leaf in leaves}
    months = {Month.of(month.last) for lines in slices.values() for month, *_ in lines.months}
    book = ColumnBook(
        account=account,
        span=span,
        openings={leaf: lines.opening for leaf, lines in slices.items()},
        entries=lambda: (ColumnEntry(*line) for line in reader.leaf_lines(info.code, leaves, span)),
        lines=sum(lines.count for lines in slices.values()),
        months=sorted(months),
        year_before={leaf: year_before(reader, info, leaf, span) for leaf in leaves},
        is_new=span.first <= info.start.first,
    )
    return multi_column(issuer_of(reader, info.code), chart, book, warnings_of(reader, info, span))


def voucher_summary_of(reader: Reader, request: ReportRequest) -> Table:
    """The voucher summary of a span, first-level accounts."""
    info, span = reader.ledger(request.ledger), span_of(reader, request)
    runs = [
        VoucherRun(
            f"{run.month} {run.word}-{run.first:04d}",
            f"{run.month} {run.word}-{run.last:04d}",
            run.count,
            run.attachments,
        )
        for run in reader.number_runs(info.code, span)
    ]
    turnovers = reader.turnovers(info.code, span)
    return voucher_summary(
        issuer_of(reader, info.code),
        reader.chart(info.code),
        turnovers,
        runs,
        span,
        warnings=warnings_of(reader, info, span),
    )


def close_checklist_of(reader: Reader, request: ReportRequest) -> Table:
    """The check list of the month asked for, else of the first month not closed yet."""
    info = reader.ledger(request.ledger)
    months = reader.months(info.code)
    waiting = [m.month for m in months if m.state.accepts_vouchers] or [months[-1].month]
    month = Month.of(request.span.last) if request.span else waiting[0]
    state = next((m.state for m in months if m.month == month), None)
    if state is None:
        raise PeriodError(f"{month.year}年{month.month}月不在这本账的年度里", "请核对月份。")
    items = check_list(reader, info.code, month)
    return close_checklist(
        issuer_of(reader, info.code), month, state, items, reopened(reader, info.code, month, month)
    )

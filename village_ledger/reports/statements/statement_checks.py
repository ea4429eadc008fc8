"""Cross-checks (勾稽关系) of a statement, X1–X15 of the definitions, worked out at every render.

A check whose figures nobody supplied, or whose column is not known, is said not to be asked instead of being called
right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.formula import Reading
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.statement import GIVEN, StatementCheck, StatementColumn
from village_ledger.domain.statement_figures import LeafFigures
from village_ledger.domain.statement_working import Working
from village_ledger.reports.statements.statement_request import StatementRequest
from village_ledger.reports.table import Check, Unasked

_MOST_NAMED = 5


def run_checks(working: Working, request: StatementRequest) -> tuple[tuple[Check, ...], tuple[Unasked, ...]]:
    """Every check of the definition: those answered, and those that cannot be asked."""
    runs = [_run(check, working, request) for check in working.statement.checks]
    return (
        tuple(run for run in runs if isinstance(run, Check)),
        tuple(run for run in runs if isinstance(run, Unasked)),
    )


def _run(check: StatementCheck, working: Working, request: StatementRequest) -> Check | Unasked:
    if check.year_closed and not request.year_closed:
        return Unasked(check.rule, check.text, "年终结转以后核对")
    columns = [working.statement.column(key) for key in check.columns if working.is_known(key)]
    if not columns:
        return _not_known(check)
    if check.zero:
        return _zero(check, working, columns)
    if check.prior:
        return _prior(check, working, request, columns)
    if check.trial:
        return _trial(check, working, request, columns)
    return _two_sides(check, working, request, columns)


def _two_sides(
    check: StatementCheck, working: Working, request: StatementRequest, columns: Sequence[StatementColumn]
) -> Check | Unasked:
    right = _right(check, working, request)
    both = [column for column in columns if column.key in right]
    if not both or check.left is None:
        return _not_known(check)
    faults: list[str] = []
    seen: list[str] = []
    for column in both:
        ours, theirs = working.formula(check.left, column.key), right[column.key]
        if not (ours <= theirs if check.at_most else ours == theirs):
            faults.append(
                f"{column.label}：{format_fen(ours)} 与 {format_fen(theirs)}，相差 {format_fen(abs(ours - theirs))}"
            )
        label = f"{column.label} " if len(both) > 1 else ""
        mark = "=" if ours == theirs else "≤" if ours < theirs and check.at_most else "≠"
        seen.append(f"{label}{format_fen(ours)} {mark} {format_fen(theirs)}")
    words = request.outside_words.get(check.given, "")
    return _answer(check, faults, "；".join((*seen, *filter(None, (words,)))))


def _not_known(check: StatementCheck) -> Unasked:
    if check.given:
        return Unasked(check.rule, check.text, f"{GIVEN.get(check.given, check.given)}未启用")
    return Unasked(check.rule, check.text, "没有上年的数" if not check.trial else "没有科目余额表")


def _right(check: StatementCheck, working: Working, request: StatementRequest) -> dict[str, int]:
    """Right sides that are known, by column of this statement, fen."""
    if check.given:
        theirs = request.outside.get(check.given)
        return {} if theirs is None else dict.fromkeys(check.columns, theirs)
    other = working
    if check.right_in:
        statement = request.others.get(check.right_in)
        if statement is None:
            return {}
        given = request.given.get(check.right_in)
        other = Working(statement, working.chart, request.figures, request.span, given)
    if check.right is None:
        return {}
    pairs = zip(check.columns, check.right_columns, strict=True)
    known = [(ours, other.statement.column(theirs).key) for ours, theirs in pairs if other.is_known(theirs)]
    return {ours: other.formula(check.right, theirs) for ours, theirs in known}


def _zero(check: StatementCheck, working: Working, columns: Sequence[StatementColumn]) -> Check:
    faults = [
        f"{account.code} {account.name} 还有 {format_fen(balance)}"
        for name in check.zero
        for account in name.accounts(working.chart, working.statement.file)
        for column in columns
        if (balance := working.account(account, Reading.BALANCE, column.key))
    ]
    return _answer(check, faults, f"{len(check.zero)} 个科目余额都是零")


def _prior(
    check: StatementCheck, working: Working, request: StatementRequest, columns: Sequence[StatementColumn]
) -> Check | Unasked:
    if request.prior is None:
        return _not_known(check)
    lines = [line for line in working.statement.lines if line.id in request.prior]
    faults = [
        f"{line.name}：上年 {format_fen(request.prior[line.id])}，本年年初 {format_fen(opening)}"
        for column in columns
        for line in lines
        if (opening := working.amounts(column.key)[line.id]) != request.prior[line.id]
    ]
    return _answer(check, faults, f"{len(lines)} 行都相同")


def _trial(
    check: StatementCheck, working: Working, request: StatementRequest, columns: Sequence[StatementColumn]
) -> Check | Unasked:
    """Every row again from the trial balance's closing column, whose two sides must be equal."""
    if request.trial is None:
        return _not_known(check)
    debit, credit = (sum(sides[place] for sides in request.trial.values()) for place in (0, 1))
    faults: list[str] = []
    if debit != credit:
        faults.append(f"科目余额表期末借方 {format_fen(debit)}，贷方 {format_fen(credit)}")
    last = request.span.last
    again = Working(
        working.statement,
        working.chart,
        LeafFigures({last: request.trial}),
        Span(date(last.year, 1, 1), last),
    )
    for column in columns:
        there = again.amounts(column.key)
        faults += [
            f"{line.name}：本表 {format_fen(here)}，科目余额表 {format_fen(there[line.id])}"
            for line in working.statement.lines
            if line.id and (here := working.amounts(column.key)[line.id]) != there[line.id]
        ]
    return _answer(
        check, faults, f"借方合计 {format_fen(debit)} = 贷方合计 {format_fen(credit)}，各行都算得出"
    )


def _answer(check: StatementCheck, faults: Sequence[str], evidence: str) -> Check:
    if not faults:
        return Check(check.rule, ok=True, text=check.text, evidence=evidence)
    named = "；".join(faults[:_MOST_NAMED])
    more = f"；另有 {len(faults) - _MOST_NAMED} 处" if len(faults) > _MOST_NAMED else ""
    return Check(check.rule, ok=False, text=f"{check.text}：不符。{named}{more}。")

"""Trial balance (科目余额表): every used account at every level; the total row sums leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from village_ledger.domain.balance import AccountBalance, Turnover, roll_up
from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

_GROUPS = (
    ("opening", "期初余额", "期初"),
    ("period", "本期发生额", "本期"),
    ("year", "本年累计发生额", "本年"),
    ("closing", "期末余额", "期末"),
)
COLUMNS = (
    Column("code", "科目编码", Kind.CODE, 20),
    Column("name", "科目名称", Kind.TEXT, 42),
    *(
        Column(f"{key}_{side}", word, Kind.MONEY, 25, group)
        for key, group, _ in _GROUPS
        for side, word in (("debit", "借方"), ("credit", "贷方"))
    ),
)
SIGNATURES = (("单位负责人", ""), ("会计主管", ""), ("复核", ""), ("制表", ""))


def trial_balance(
    issuer: Issuer, chart: Chart, turnovers: Iterable[Turnover], span: Span, warnings: Sequence[str] = ()
) -> Table:
    """The table of all accounts with an opening balance or a turnover up to the end of the span.

    Checks are the equalities of X15 (statements.md section 4): each pair of columns has equal totals.
    """
    leaves = list(turnovers)
    rows = [_row(balance, issuer.ledger) for balance in roll_up(chart, leaves)]
    totals = _totals(leaves)
    rows.append(Row(Role.TOTAL, ("", f"合计（{sum(map(_is_used, leaves))} 个末级科目）", *totals)))
    return Table(
        report="trial-balance",
        title="科目余额表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=span,
        heading=(span.words(), "单位：元"),
        checks=tuple(
            _check(word, totals[2 * i], totals[2 * i + 1]) for i, (_, _, word) in enumerate(_GROUPS)
        ),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
    )


def _row(balance: AccountBalance, ledger: str) -> Row:
    account = balance.account
    figures = (
        balance.opening_debit,
        balance.opening_credit,
        balance.debit,
        balance.credit,
        balance.year_debit,
        balance.year_credit,
        balance.closing_debit,
        balance.closing_credit,
    )
    link = Link("account", account.code, ledger)
    return Row(Role.DETAIL, (account.code, account.name, *figures), account.level, link)


def _figures(turnover: Turnover) -> tuple[int, ...]:
    return (
        turnover.opening_debit,
        turnover.opening_credit,
        turnover.debit,
        turnover.credit,
        turnover.year_debit,
        turnover.year_credit,
        turnover.closing_debit,
        turnover.closing_credit,
    )


def _is_used(turnover: Turnover) -> bool:
    return any(_figures(turnover))


def _totals(leaves: Sequence[Turnover]) -> list[int]:
    return [sum(column) for column in zip(*map(_figures, leaves), strict=True)] or [0] * 8


def _check(word: str, debit: int, credit: int) -> Check:
    if debit == credit:
        return Check("X15", ok=True, text=f"{word}借方合计=贷方合计")
    text = f"{word}借方合计 {format_fen(debit)}，贷方合计 {format_fen(credit)}，相差 {format_fen(abs(debit - credit))}"
    return Check("X15", ok=False, text=text)

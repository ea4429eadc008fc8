"""Works a statement out for one ledger and says of every figure where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from village_ledger.domain.chart import Account, Chart, Side
from village_ledger.domain.formula import (
    AccountFigure,
    Figure,
    Formula,
    LineFigure,
    MovedFigure,
    Reading,
    StatementError,
    Term,
)
from village_ledger.domain.period import Span
from village_ledger.domain.statement import MARKS, Sign, Statement, StatementColumn, StatementLine
from village_ledger.domain.statement_figures import StatementFigures


def sub_accounts(chart: Chart, code: str) -> list[Account]:
    """Accounts directly below one, in code order."""
    return [account for account in chart if account.parent == code]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that went into a figure, fen; ``sign`` says whether ``amount`` was added or subtracted."""

    sign: int
    label: str
    amount: int
    account: str = ""
    """Code to drill into, if it is an account."""
    line: str = ""
    """Row to look at, if it is another row."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a figure comes from (怎么来的)."""

    line: str
    name: str
    column: str
    """Label of the column."""
    formula: str
    parts: tuple[Part, ...]
    amount: int
    typed: bool
    """Whether the figure was typed in (last year on paper) instead of worked out."""
    sentences: tuple[str, ...]
    """Why, and how sure the rule is."""


class Working:
    """A statement worked out for one ledger; columns are computed when asked for.

    ``given`` holds columns typed in, row id to fen: rows made of accounts take the typed figure, sums are worked
    out, and a typed sum that differs is refused. None marks a column nobody knows.
    """

    def __init__(
        self,
        statement: Statement,
        chart: Chart,
        figures: StatementFigures,
        asked: Span,
        given: Mapping[str, Mapping[str, int] | None] | None = None,
    ) -> None:
        statement.check_accounts(chart)
        self.statement = statement
        self.chart = chart
        self._figures = figures
        self._spans = statement.spans(asked)
        self._given = given or {}
        self._done: dict[str, dict[str, int]] = {}

    def span(self, column: str) -> Span:
        """The days a column's figures are read for; raises StatementError for a column that is not there."""
        return self._spans[self.statement.column(column).key]

    def is_known(self, column: str) -> bool:
        """Whether the column has figures at all."""
        return self._given.get(column, {}) is not None

    def amounts(self, column: str) -> Mapping[str, int]:
        """Row id to fen; raises StatementError when typed figures do not add up."""
        if column not in self._done:
            done: dict[str, int] = {}
            for line_id in self.statement.order:
                done[line_id] = self._line(self.statement.line(line_id), column, done)
            self._done[column] = done
        return self._done[column]

    def formula(self, formula: Formula, column: str) -> int:
        """A formula's value in a column, fen."""
        return self._sum(formula, column, self.amounts(column))

    def account(self, account: Account, reading: Reading, column: str) -> int:
        """A figure of one account on its normal side, fen."""
        span, code = self._spans[column], account.code
        if reading is Reading.DEBIT_PARTIES:
            return self._figures.debit_parties(code, span.last)
        if reading is Reading.CREDIT_PARTIES:
            return self._figures.credit_parties(code, span.last)
        if reading is Reading.BALANCE:
            raw = self._figures.balance(code, span.last)
        elif reading is Reading.OPENING:
            raw = self._figures.balance(code, span.first - timedelta(days=1))
        elif reading is Reading.NET:
            raw = self._figures.net(code, span)
        else:
            raw = self._figures.typed(code, span)
        return raw if account.side is Side.DEBIT else -raw

    def sub_account(self, line: StatementLine, account: Account, column: str) -> int:
        """A sub-account's part of a row shown by account, fen."""
        typed = self._given.get(column)
        if typed is not None:
            return typed.get(account.code, 0)
        figure = line.formula.terms[0].figure
        return self.account(account, figure.reading, column) if isinstance(figure, AccountFigure) else 0

    def explain(self, key: str, column: str = "") -> Explanation:
        """Formula and figures of a row by its id or account code; the first column unless told.

        Raises StatementError for an unknown row or column, and for a column that has no figures.
        """
        line = self._line_of(key)
        chosen = self.statement.column(column or self.statement.columns[0].key)
        if not self.is_known(chosen.key):
            raise StatementError(f"“{chosen.label}”这一栏没有数", "请先录入上年报表的数。")
        if key not in {line.id, line.code}:
            return self._explain_account(line, self.chart.get(key), chosen)
        typed = self._typed(line, chosen.key) is not None
        terms = () if typed else line.formula.terms
        return Explanation(
            line=line.id,
            name=line.name,
            column=chosen.label,
            formula=line.formula.text,
            parts=tuple(part for term in terms for part in self._parts(term, chosen.key)),
            amount=self.amounts(chosen.key)[line.id],
            typed=typed,
            sentences=tuple(s for s in (line.hint, _sign_words(line), MARKS[line.mark]) if s),
        )

    def _line_of(self, key: str) -> StatementLine:
        """The row with an id or code, or the one that shows an account among its sub-accounts."""
        for line in self.statement.lines:
            mine = line.by_account and key in self.chart and self.chart.get(key).parent == line.code
            if key and (key in {line.id, line.code} or mine):
                return line
        return self.statement.line(key)

    def _explain_account(self, line: StatementLine, account: Account, column: StatementColumn) -> Explanation:
        amount = self.sub_account(line, account, column.key)
        typed = self._given.get(column.key) is not None
        return Explanation(
            line=line.id,
            name=account.name,
            column=column.label,
            formula=line.formula.text.replace(line.code, account.code),
            parts=() if typed else (Part(1, _named(account), amount, account=account.code),),
            amount=amount,
            typed=typed,
            sentences=(f"这是“{line.name}”的明细。",),
        )

    def _line(self, line: StatementLine, column: str, done: Mapping[str, int]) -> int:
        typed = self._typed(line, column)
        if self._given.get(column) is not None and line.formula.accounts:
            return typed or 0
        amount = self._sum(line.formula, column, done)
        if typed is not None and typed != amount:
            raise StatementError(
                f"{self.statement.title}“{self.statement.column(column).label}”里录入的 {line.id} 行与各行合计不符",
                "请核对上年报表后重新录入。",
            )
        return amount

    def _typed(self, line: StatementLine, column: str) -> int | None:
        return (self._given.get(column) or {}).get(line.id)

    def _sum(self, formula: Formula, column: str, done: Mapping[str, int]) -> int:
        return sum(term.sign * self._value(term.figure, column, done) for term in formula.terms)

    def _value(self, figure: Figure, column: str, done: Mapping[str, int]) -> int:
        if isinstance(figure, LineFigure):
            return done[self.statement.line(figure.line).id]
        if isinstance(figure, MovedFigure):
            return sum(self._moved(a, b, column) for a, b in self._pairs(figure))
        if isinstance(figure, AccountFigure):
            found = figure.account.accounts(self.chart, self.statement.file)
            return sum(self.account(account, figure.reading, column) for account in found)
        raise TypeError(figure)  # ranges are resolved when the file is read

    def _pairs(self, figure: MovedFigure) -> list[tuple[Account, Account]]:
        sources = figure.source.accounts(self.chart, self.statement.file)
        targets = figure.target.accounts(self.chart, self.statement.file)
        return [(source, target) for source in sources for target in targets]

    def _moved(self, source: Account, target: Account, column: str) -> int:
        return self._figures.moved(source.code, target.code, self._spans[column])

    def _parts(self, term: Term, column: str) -> list[Part]:
        figure = term.figure
        if isinstance(figure, LineFigure):
            other = self.statement.line(figure.line)
            return [Part(term.sign, other.name, self.amounts(column)[other.id], line=other.id)]
        if isinstance(figure, MovedFigure):
            return [
                Part(term.sign, f"{_named(a)} 转到 {_named(b)}", self._moved(a, b, column), account=a.code)
                for a, b in self._pairs(figure)
            ]
        if not isinstance(figure, AccountFigure):
            raise TypeError(figure)
        found = figure.account.accounts(self.chart, self.statement.file)
        words = _READING_WORDS[figure.reading]
        if not found:
            return [Part(term.sign, f"{figure.account}（本账没有这个明细）", 0)]
        return [
            Part(term.sign, f"{_named(a)}{words}", self.account(a, figure.reading, column), account=a.code)
            for a in found
        ]


_READING_WORDS = {
    Reading.BALANCE: "",
    Reading.OPENING: "（期初）",
    Reading.DEBIT_PARTIES: "（只取借方：别人欠的）",
    Reading.CREDIT_PARTIES: "（只取贷方：欠别人的）",
    Reading.NET: "（发生额，不含年终结转）",
    Reading.TYPED: "（建账前的本年累计）",
}


def _named(account: Account) -> str:
    return f"{account.code} {account.name}"


def _sign_words(line: StatementLine) -> str:
    if line.sign is Sign.MEMO:
        return "这一行是“其中”项，不再计入合计。"
    return "这一行在合计里是减数。" if line.sign is Sign.MINUS else ""

"""Statement formulas: signed sums of balances, turnovers and other rows, and nothing else.

    B(112)                   balance at the end of the column's span, on the account's normal side
    O(112)                   the same before the span's first day
    Dr(113)  Cr(113)         only what others owe, only what is owed, per leaf and counterparty: never netted
    F(501)  F(513.运转支出)   net turnover of the span without carry-forward vouchers; after a dot, sub-accounts by name
    Y(3220101)               本年累计 typed in when the ledger began in mid-year
    D(311 to 32202)          what vouchers moved from one account (debited) to another (credited)
    A1   sum(L1:L5)          other rows of the statement
    +  -  ( )

A formula is read into a flat list of signed terms; there is no way to run anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from village_ledger.domain.chart import Account, Chart
from village_ledger.domain.errors import LedgerError

LONGEST_FORMULA = 1000
_TOKEN = re.compile(
    r"(?P<call>[A-Za-z]+)\((?P<inside>[^()]*)\)|(?P<line>[A-Z]+[0-9]*[a-z]?(?![A-Za-z0-9(]))|(?P<mark>[-+()])"
)
_ACCOUNT = re.compile(r"([0-9]+)((?:\.[^.\s]+)*)")
_MOVED = re.compile(r"(\S+)\s+to\s+(\S+)")
_RANGE = re.compile(r"\s*([A-Z]+[0-9]*[a-z]?)\s*:\s*([A-Z]+[0-9]*[a-z]?)\s*")
LINE_ID = re.compile(r"[A-Z]+[0-9]*[a-z]?")

_WRITE_SO = "请照 resources/statements/README.md 的写法改好这一行。"


class StatementError(LedgerError):
    """A statement definition that cannot be used: file and row are in the sentence."""

    code: ClassVar[str] = "L-180"


class Reading(Enum):
    """What is read of an account."""

    BALANCE = "B"
    OPENING = "O"
    DEBIT_PARTIES = "Dr"
    CREDIT_PARTIES = "Cr"
    NET = "F"
    TYPED = "Y"


@dataclass(frozen=True, slots=True)
class AccountName:
    """An account as a formula names it: by code, then perhaps by the names of accounts below it."""

    code: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.code, *self.names))

    def accounts(self, chart: Chart, place: str) -> list[Account]:
        """The accounts meant; none when the ledger has no sub-account of that name.

        Sub-accounts are the village's own, so that a missing one counts as zero; a missing code is a mistake and
        raises StatementError naming the row.
        """
        if self.code not in chart:
            raise StatementError(
                f"{place}用了科目 {self.code}，本账没有这个科目", "请改用本账科目表里的编码。"
            )
        found = [chart.get(self.code)]
        for name in self.names:
            found = [account for upper in found for account in _below(chart, upper, name)]
        return found


def _below(chart: Chart, upper: Account, name: str) -> list[Account]:
    """Accounts of a name under another, the uppermost only, so that nothing is counted twice."""
    named = [a for a in chart if a.code != upper.code and a.code.startswith(upper.code) and a.name == name]
    return [a for a in named if not any(b.code != a.code and a.code.startswith(b.code) for b in named)]


@dataclass(frozen=True, slots=True)
class AccountFigure:
    """A figure of one account."""

    reading: Reading
    account: AccountName


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """What went from one account to another."""

    source: AccountName
    target: AccountName


@dataclass(frozen=True, slots=True)
class LineFigure:
    """The figure of another row."""

    line: str


@dataclass(frozen=True, slots=True)
class LineRange:
    """The figures of rows standing from one to another; resolved when the whole statement is read."""

    first: str
    last: str


Figure = AccountFigure | MovedFigure | LineFigure | LineRange


@dataclass(frozen=True, slots=True)
class Term:
    """A figure and whether it is added (1) or subtracted (−1)."""

    sign: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written and as read."""

    text: str
    terms: tuple[Term, ...]

    @property
    def accounts(self) -> tuple[AccountName, ...]:
        """Every account the formula names, in order."""
        names: list[AccountName] = []
        for term in self.terms:
            if isinstance(term.figure, AccountFigure):
                names.append(term.figure.account)
            elif isinstance(term.figure, MovedFigure):
                names += (term.figure.source, term.figure.target)
        return tuple(names)

    @property
    def lines(self) -> tuple[str, ...]:
        """Every row the formula refers to; ranges must have been resolved."""
        return tuple(term.figure.line for term in self.terms if isinstance(term.figure, LineFigure))


NO_FORMULA = Formula("", ())
"""Of a section, which has no figure."""


def parse_formula(text: str, place: str) -> Formula:
    """Read a formula; ``place`` is where it stands, such as ``x.toml 的 A3 行``. Raises StatementError naming it."""
    terms: list[Term] = []
    outer, sign = [1], 1
    after = "start"  # of the formula or of a parenthesis, operator, operand
    for match in _tokens(text, place):
        mark = match["mark"]
        if mark in {"+", "-"}:
            if after == "operator":
                raise _unexpected(text, place, match)
            sign, after = (-1 if mark == "-" else 1), "operator"
        elif mark == ")":
            if after != "operand" or len(outer) == 1:
                raise _unexpected(text, place, match)
            outer.pop()
        elif after == "operand":
            raise _unexpected(text, place, match)
        elif mark == "(":
            outer.append(outer[-1] * sign)
            sign, after = 1, "start"
        else:
            terms.append(Term(outer[-1] * sign, _figure(match, place)))
            sign, after = 1, "operand"
    if after != "operand" or len(outer) > 1:
        raise StatementError(f"{place}的公式“{text}”没有写完", _WRITE_SO)
    return Formula(text, tuple(terms))


def _tokens(text: str, place: str) -> list[re.Match[str]]:
    if not text.strip():
        raise StatementError(f"{place}的公式是空的", _WRITE_SO)
    if len(text) > LONGEST_FORMULA:
        raise StatementError(f"{place}的公式超过 {LONGEST_FORMULA} 个字符", "请拆成几行，再用行号相加。")
    found: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise StatementError(f"{place}的公式里看不懂“{text[at : at + 12]}”", _WRITE_SO)
        found.append(match)
        at = match.end()
    return found


def _unexpected(text: str, place: str, match: re.Match[str]) -> StatementError:
    return StatementError(f"{place}的公式“{text}”里，“{match[0]}”放错了地方", _WRITE_SO)


def _figure(match: re.Match[str], place: str) -> Figure:
    if match["line"]:
        return LineFigure(match["line"])
    name, inside = match["call"], match["inside"].strip()
    if name == "sum":
        ends = _RANGE.fullmatch(inside)
        if ends is None:
            raise StatementError(f"{place}的公式里“{match[0]}”不是行号范围", "请写成 sum(L1:L5) 的样子。")
        return LineRange(ends[1], ends[2])
    if name == "D":
        moved = _MOVED.fullmatch(inside)
        if moved is None:
            raise StatementError(
                f"{place}的公式里“{match[0]}”没有写明从哪到哪", "请写成 D(311 to 32202) 的样子。"
            )
        return MovedFigure(_account(moved[1], match, place), _account(moved[2], match, place))
    try:
        reading = Reading(name)
    except ValueError:
        raise StatementError(f"{place}的公式里没有“{name}”这种取数", _WRITE_SO) from None
    return AccountFigure(reading, _account(inside, match, place))


def _account(text: str, match: re.Match[str], place: str) -> AccountName:
    named = _ACCOUNT.fullmatch(text)
    if named is None:
        raise StatementError(
            f"{place}的公式里“{match[0]}”没有写对科目", "请写科目编码，明细写成 513.运转支出 的样子。"
        )
    return AccountName(named[1], tuple(named[2].split(".")[1:]))

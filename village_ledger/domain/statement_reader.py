"""Reads a statement definition and names whatever is wrong with it: file, row, field.

The fields are explained in ``resources/statements/README.md``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from graphlib import CycleError, TopologicalSorter
from typing import NoReturn, TypeVar, cast

from village_ledger.domain.formula import (
    LINE_ID,
    NO_FORMULA,
    AccountFigure,
    Formula,
    LineFigure,
    LineRange,
    Reading,
    StatementError,
    Term,
    parse_formula,
)
from village_ledger.domain.statement import (
    MARKS,
    Basis,
    Printed,
    RowRole,
    Sign,
    Statement,
    StatementCheck,
    StatementColumn,
    StatementLine,
)

FORMAT = 1
_README = "请照 resources/statements/README.md 的写法改好。"
_HEADINGS = ("day", "year", "span")
_ROW_KEYS = ("line", "code")
_TOTALS = (RowRole.SUBTOTAL, RowRole.TOTAL)

E = TypeVar("E", bound=Enum)
T = TypeVar("T")


def read_statement(text: str, file: str) -> Statement:
    """A definition from its TOML text; ``file`` names it in sentences. Raises StatementError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        where = f"第 {at[1]} 行" if at else "末尾"
        raise StatementError(f"报表定义 {file} {where}写得不对，整个文件读不出来", _README) from None
    fields = _Fields(data, f"报表定义 {file} ")
    if fields.whole("format") != FORMAT:
        fields.refuse("“format”不是本软件认识的版本")
    lines = _lines(fields, file)
    statement = Statement(
        id=fields.text("id"),
        report=fields.text("report"),
        title=fields.text("title"),
        charts=fields.texts("charts"),
        layout=fields.text("layout", ""),
        is_default=fields.flag("default", assumed=True),
        effective=fields.day("effective"),
        source=fields.text("source"),
        source_note=fields.text("source_note"),
        form_number=fields.text("form_number", ""),
        heading=fields.word("heading", _HEADINGS),
        row_key=fields.word("row_key", _ROW_KEYS),
        signatures=fields.texts("signatures", ()),
        columns=tuple(_column(part) for part in fields.tables("column", "栏")),
        lines=lines,
        checks=tuple(_check(part, lines, file) for part in fields.tables("check", "核对", needed=False)),
        file=file,
        order=_order(lines, file),
    )
    fields.nothing_else()
    _check_columns(statement)
    _check_signs(statement)
    return statement


@dataclass(slots=True)
class _Fields:
    """One table of the file; a field that is missing, of the wrong kind or unknown is named and refused."""

    data: Mapping[str, object]
    place: str

    def __post_init__(self) -> None:
        self.data = dict(self.data)

    def refuse(self, problem: str) -> NoReturn:
        """Raise StatementError for this table."""
        raise StatementError(f"{self.place}{problem}", _README)

    def _take(self, key: str, kind: type[T], words: str, assumed: T | None) -> T:
        value = cast("dict[str, object]", self.data).pop(key, assumed)
        if value is None:
            self.refuse(f"缺少“{key}”")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.refuse(f"的“{key}”应是{words}")
        return value

    def text(self, key: str, assumed: str | None = None) -> str:
        return self._take(key, str, "文字", assumed)

    def whole(self, key: str, assumed: int | None = None) -> int:
        return self._take(key, int, "整数", assumed)

    def flag(self, key: str, *, assumed: bool) -> bool:
        return self._take(key, bool, " true 或 false", assumed)

    def day(self, key: str) -> date:
        return self._take(key, date, "日期", None)

    def texts(self, key: str, assumed: Sequence[str] | None = None) -> tuple[str, ...]:
        found = self._take(key, list, "一列文字", None if assumed is None else list(assumed))
        if not all(isinstance(text, str) for text in cast("list[object]", found)):
            self.refuse(f"的“{key}”应是一列文字")
        return tuple(found)

    def word(self, key: str, words: Sequence[str], assumed: str | None = None) -> str:
        found = self.text(key, assumed)
        if found not in words:
            self.refuse(f"的“{key}”是“{found}”，只能是 {'、'.join(words)} 之一")
        return found

    def member(self, key: str, kind: type[E], assumed: E) -> E:
        return kind(self.word(key, [str(member.value) for member in kind], str(assumed.value)))

    def tables(self, key: str, word: str, *, needed: bool = True) -> list[_Fields]:
        found = cast("list[object]", self._take(key, list, "一列表格", None if needed else []))
        parts: list[_Fields] = []
        for number, table in enumerate(found, 1):
            if not isinstance(table, dict):
                self.refuse(f"的“{key}”应是一列表格")
            parts.append(_Fields(cast("dict[str, object]", table), f"{self.place}的第 {number} 个{word} "))
        return parts

    def nothing_else(self) -> None:
        """Refuse fields nobody asked for: usually a slip of the pen."""
        if self.data:
            self.refuse(f"有不认识的“{next(iter(self.data))}”")


def _column(fields: _Fields) -> StatementColumn:
    column = StatementColumn(
        fields.text("key"), fields.text("label"), fields.member("basis", Basis, Basis.YEAR)
    )
    fields.nothing_else()
    return column


def _lines(fields: _Fields, file: str) -> tuple[StatementLine, ...]:
    lines: list[StatementLine] = []
    for block in fields.tables("block", "块"):
        title = block.text("title")
        lines += (_line(row, title, file) for row in block.tables("rows", "行"))
        block.nothing_else()
    ids = [line.id for line in lines if line.id]
    for line_id in ids:
        if ids.count(line_id) > 1:
            fields.refuse(f"有两行都叫 {line_id}")
    return tuple(_resolved(line, lines, file) for line in lines)


def _line(fields: _Fields, block: str, file: str) -> StatementLine:
    role = fields.member("role", RowRole, RowRole.DETAIL)
    line_id = fields.text("line", "" if role is RowRole.SECTION else None)
    place = f"报表定义 {file} 的 {line_id} 行"
    if line_id:
        fields.place = place
        if not LINE_ID.fullmatch(line_id):
            fields.refuse("的行号写得不对，应像 A1、L2、R6a")
    formula = NO_FORMULA if role is RowRole.SECTION else parse_formula(fields.text("formula"), place)
    line = StatementLine(
        id=line_id,
        name=fields.text("name"),
        block=block,
        role=role,
        level=fields.whole("level", 1),
        formula=formula,
        code=fields.text("code", ""),
        sign=fields.member("sign", Sign, Sign.PLUS),
        printed=fields.member("print", Printed, Printed.ALWAYS),
        by_account=fields.flag("by_account", assumed=False),
        mark=fields.word("mark", list(MARKS), ""),
        note=fields.text("note", ""),
        hint=fields.text("hint", ""),
    )
    if line.by_account and not _is_one_account(line):
        fields.refuse("要按明细列示，公式只能取“code”这一个科目")
    fields.nothing_else()
    return line


def _is_one_account(line: StatementLine) -> bool:
    """Whether the formula is one plain figure of the row's own account."""
    figures = [term.figure for term in line.formula.terms if term.sign == 1]
    one = figures[0] if len(line.formula.terms) == len(figures) == 1 else None
    return isinstance(one, AccountFigure) and str(one.account) == line.code


def _resolved(line: StatementLine, lines: Sequence[StatementLine], file: str) -> StatementLine:
    return replace(line, formula=_resolve(line.formula, lines, f"报表定义 {file} 的 {line.id} 行"))


def _resolve(formula: Formula, lines: Sequence[StatementLine], place: str) -> Formula:
    """The formula with its ranges written out; raises StatementError for rows that do not exist."""
    ids = [line.id for line in lines]
    terms: list[Term] = []
    for term in formula.terms:
        figure = term.figure
        ends = (figure.first, figure.last) if isinstance(figure, LineRange) else ()
        for wanted in (figure.line,) if isinstance(figure, LineFigure) else ends:
            if wanted not in ids:
                raise StatementError(f"{place}的公式用了 {wanted} 行，本表没有这一行", _README)
        if isinstance(figure, LineRange):
            first, last = ids.index(figure.first), ids.index(figure.last)
            if first > last:
                raise StatementError(f"{place}的公式里 {figure.last} 行在 {figure.first} 行前面", _README)
            terms += (Term(term.sign, LineFigure(x.id)) for x in _summed(lines[first : last + 1], place))
        else:
            terms.append(term)
    return Formula(formula.text, tuple(terms))


def _summed(lines: Sequence[StatementLine], place: str) -> list[StatementLine]:
    """The rows a range adds up: neither sections nor 其中; a total among them would be counted twice."""
    for line in lines:
        if line.role in _TOTALS:
            raise StatementError(f"{place}的范围里有合计行 {line.id}，会重复计算", "请逐行写出要加的行。")
    return [line for line in lines if line.id and line.sign is not Sign.MEMO]


def _order(lines: Sequence[StatementLine], file: str) -> tuple[str, ...]:
    graph = {line.id: line.formula.lines for line in lines if line.id}
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = " → ".join(reversed(cast("list[str]", error.args[1])))
        raise StatementError(f"报表定义 {file} 的公式绕成了圈：{ring}", "请改掉其中一行的公式。") from None


def _check(fields: _Fields, lines: Sequence[StatementLine], file: str) -> StatementCheck:
    rule = fields.text("rule")
    fields.place = place = f"报表定义 {file} 的核对 {rule} "

    def formula(key: str) -> Formula | None:
        text = fields.text(key, "")
        return parse_formula(text, place) if text else None

    right_in = fields.text("right_in", "")
    left, right = formula("left"), formula("right")
    columns = fields.texts("columns", ())
    zero = [parse_formula(f"B({code})", place) for code in fields.texts("zero", ())]
    check = StatementCheck(
        rule=rule,
        text=fields.text("text"),
        left=_resolve(left, lines, place) if left else None,
        columns=columns,
        right=_resolve(right, lines, place) if right and not right_in else right,
        right_in=right_in,
        right_columns=fields.texts("right_columns", columns),
        given=fields.text("given", ""),
        zero=tuple(
            term.figure.account for f in zero for term in f.terms if isinstance(term.figure, AccountFigure)
        ),
        prior=fields.flag("prior", assumed=False),
        trial=fields.flag("trial", assumed=False),
        at_most=fields.flag("at_most", assumed=False),
        year_closed=fields.flag("year_closed", assumed=False),
    )
    fields.nothing_else()
    sides = (check.right, check.given, check.zero, check.prior, check.trial)
    if sum(map(bool, sides)) != 1:
        fields.refuse("要写且只写 right、given、zero、prior、trial 中的一个")
    if (check.right or check.given) and check.left is None:
        fields.refuse("缺少“left”")
    if right_in and right and any(isinstance(term.figure, LineRange) for term in right.terms):
        fields.refuse("不能对另一张表用行号范围，请逐行写出")
    if not columns or len(columns) != len(check.right_columns):
        fields.refuse("左右两边的栏数不一样或没有写")
    return check


def _check_columns(statement: Statement) -> None:
    keys = [column.key for column in statement.columns]
    if not keys or len(set(keys)) < len(keys):
        raise StatementError(f"报表定义 {statement.file} 的栏没有写或有两栏同名", _README)
    for check in statement.checks:
        for key in (*check.columns, *(() if check.right_in else check.right_columns)):
            if key not in keys:
                raise StatementError(
                    f"报表定义 {statement.file} 的核对 {check.rule} 用了“{key}”栏，本表没有这一栏", _README
                )
        if check.trial:
            _check_trial(statement, check)


def _check_trial(statement: Statement, check: StatementCheck) -> None:
    """A trial balance's closing column knows balances of one day, neither openings nor turnovers."""
    balances = {Reading.BALANCE, Reading.DEBIT_PARTIES, Reading.CREDIT_PARTIES}
    figures = [term.figure for line in statement.lines for term in line.formula.terms]
    plain = all(
        isinstance(figure, LineFigure) or (isinstance(figure, AccountFigure) and figure.reading in balances)
        for figure in figures
    )
    if not plain or any(statement.column(key).basis is not Basis.YEAR for key in check.columns):
        raise StatementError(
            f"报表定义 {statement.file} 的核对 {check.rule} 只能用于取期末余额的表和栏", _README
        )


def _check_signs(statement: Statement) -> None:
    """A row is counted the way it says: a 减 row is never added, a 其中 row never counted again."""
    by_id: Mapping[str, StatementLine] = {line.id: line for line in statement.lines}
    for line in statement.lines:
        for term in line.formula.terms:
            used = by_id[term.figure.line] if isinstance(term.figure, LineFigure) else None
            if used is None or used.sign is Sign.PLUS or (used.sign, term.sign) == (Sign.MINUS, -1):
                continue
            problem = f"把减项 {used.id} 加上了"
            if used.sign is Sign.MEMO:
                problem = f"又计算了一遍“其中”项 {used.id}"
            raise StatementError(f"{statement.place(line)}{problem}", _README)

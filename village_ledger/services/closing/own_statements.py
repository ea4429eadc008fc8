"""The village's own reports (自定义报表): definitions in the format of the shipped ones, kept in the book by version.

A definition that cannot be used is refused with the file's line; nothing of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.formula import StatementError
from village_ledger.domain.statement import GIVEN, STATUTORY, Statement
from village_ledger.domain.statement_reader import read_statement
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.statements.inspection import REMOVED, STORED
from village_ledger.storage.statements.queries_own import OwnStatement
from village_ledger.storage.statements.register import StatementsRegister
from village_ledger.storage.unit_of_work import UnitOfWork

PREFIX = "own:"
"""Before the name of such a report wherever reports are named."""
LONGEST = 200_000
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_YEARS = range(1949, 2200)
_README = "请照 resources/statements/README.md 的写法改好。"


def store(uow: UnitOfWork, text: str, file: str) -> Outcome[OwnStatement]:
    """Keep a definition as the newest version of its report; raises StatementError naming what is wrong and where."""
    require(uow, Duty.ACCOUNTS)
    statement = check(uow.reader, text, file)
    version = StatementsRegister(uow).store(statement.report, statement.title, text)
    digest = sha256(text.encode()).hexdigest()
    detail = f"{statement.title}，{statement.effective} 起用；摘要值 {digest}"
    uow.log.add(STORED, subject=f"{statement.report} 第{version}版", detail=detail)
    kept = uow.reader.own_statements(statement.report)[-1]
    return Outcome(kept, Changes(settings=True))


def remove(uow: UnitOfWork, name: str) -> Outcome[OwnStatement]:
    """Stop offering a report; its versions stay in the book. Raises LedgerError for one that is not there."""
    require(uow, Duty.ACCOUNTS)
    newest = current(uow.reader, name)
    version = StatementsRegister(uow).store(newest.name, newest.title, "", removed=True)
    detail = f"{newest.title}；摘要值 {sha256(b'').hexdigest()}"
    uow.log.add(REMOVED, subject=f"{newest.name} 第{version}版", detail=detail)
    return Outcome(uow.reader.own_statements(newest.name)[-1], Changes(settings=True))


def current(reader: Reader, name: str) -> OwnStatement:
    """The newest version of a report in use; raises LedgerError naming those there are."""
    wanted = name.removeprefix(PREFIX)
    there = {kept.name: kept for kept in in_use(reader)}
    if wanted not in there:
        known = "、".join(f"{PREFIX}{kept.name}（{kept.title}）" for kept in there.values())
        raise LedgerError(
            f"没有叫“{wanted}”的自定义报表", f"现有：{known}。" if known else "还没有存过自定义报表。"
        )
    return there[wanted]


def in_use(reader: Reader) -> list[OwnStatement]:
    """The newest version of every report that was not removed, by name."""
    newest = {kept.name: kept for kept in reader.own_statements()}
    return [kept for _, kept in sorted(newest.items()) if not kept.removed]


def definitions(reader: Reader, name: str = "") -> list[Statement]:
    """Every version in use of one report or of all, since it was last removed, as read."""
    found: list[Statement] = []
    for kept in reader.own_statements(name.removeprefix(PREFIX)):
        if kept.removed:
            found = [statement for statement in found if statement.report != f"{PREFIX}{kept.name}"]
        else:
            found.append(_named(read_statement(kept.body, f"{kept.name}.toml")))
    return found


def _named(statement: Statement) -> Statement:
    from dataclasses import replace

    return replace(statement, report=f"{PREFIX}{statement.report}")


def check(reader: Reader, text: str, file: str) -> Statement:
    """A definition as read, once it can be used in this book; raises StatementError with file and line."""
    try:
        return _checked(reader, text, file)
    except StatementError as error:
        raise _with_line(error, text, file) from None


def _checked(reader: Reader, text: str, file: str) -> Statement:
    if len(text) > LONGEST:
        raise StatementError(f"报表定义 {file} 太长，超过 {LONGEST} 个字符", "请拆成几张报表。")
    statement = read_statement(text, file)
    place = f"报表定义 {file} "
    if statement.report in STATUTORY:
        raise StatementError(
            f"{place}的“report”是法定报表的名字 {statement.report}", "自己的表请另起一个名字。"
        )
    if not _NAME.fullmatch(statement.report):
        raise StatementError(
            f"{place}的“report”写得不对，应是小写字母、数字和短横线", "请写成 rent-by-group 的样子。"
        )
    if statement.effective.year not in _YEARS:
        raise StatementError(f"{place}的“effective”是 {statement.effective}，不像一个起用日期", _README)
    for rule in statement.checks:
        if rule.right_in and rule.right_in not in STATUTORY:
            raise StatementError(
                f"{place}的核对 {rule.rule} 用了 {rule.right_in} 这张表，没有这张表",
                f"可以写：{'、'.join(STATUTORY)}。",
            )
        if rule.given and rule.given not in GIVEN:
            raise StatementError(f"{place}的核对 {rule.rule} 用了 {rule.given} 这个数，没有这个数", _README)
    _fits(reader, statement, place)
    return statement


def _fits(reader: Reader, statement: Statement, place: str) -> None:
    """Every account is there in every ledger the report is for, and there is such a ledger."""
    ledgers = [info for info in reader.ledgers() if info.chart_id in statement.charts]
    if not ledgers:
        known = "、".join(dict.fromkeys(info.chart_id for info in reader.ledgers()))
        raise StatementError(f"{place}的“charts”里没有这个账簿用的科目表", f"这个账簿用的是：{known}。")
    for info in ledgers:
        statement.check_accounts(reader.chart(info.code))


_HINTS = (
    (re.compile(r" 的 ([A-Z]+[0-9]*[a-z]?) 行"), r'\bline\s*=\s*"{}"'),
    (re.compile(r"有两行都叫 ([A-Z]+[0-9]*[a-z]?)"), r'\bline\s*=\s*"{}"'),
    (re.compile(r"绕成了圈：([A-Z]+[0-9]*[a-z]?)"), r'\bline\s*=\s*"{}"'),
    (re.compile(r"的核对 (\S+) "), r'^\s*rule\s*=\s*"{}"'),
    (re.compile(r"“([a-z_]+)”"), r"^\s*{}\s*="),
)
"""What a sentence names, and how it stands in the file."""


def _with_line(error: StatementError, text: str, file: str) -> StatementError:
    """The same refusal with the file's line, where the sentence names something that stands on one."""
    if re.search(r"第 \d+ 行写得不对", error.what):
        return error
    for pattern, written in _HINTS:
        named = pattern.search(error.what)
        place = named and re.search(written.format(re.escape(named[1])), text, re.MULTILINE)
        if place:
            line = text.count("\n", 0, place.end()) + 1
            return StatementError(
                error.what.replace(f"{file} ", f"{file}（第 {line} 行）", 1), error.next_step
            )
    return error


def choose_own(statements: Iterable[Statement], chart_id: str, day: date) -> Statement | None:
    """The newest version in force on a day for a ledger's chart; a later version replaces one of the same day."""
    fitting = [s for s in statements if chart_id in s.charts and s.effective <= day]
    return max(reversed(fitting), key=lambda s: s.effective) if fitting else None

"""Last year's columns of a statement, for the first year of a ledger: from a file, or typed row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.period import Span
from village_ledger.domain.statement import Printed, Statement
from village_ledger.domain.statement_figures import LeafFigures
from village_ledger.domain.statement_working import Working
from village_ledger.exchange.reading.cells import CellReader, fen_of
from village_ledger.exchange.reading.tabular import Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.domain.chart import Chart
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

COLUMNS = {"income-distribution": ("previous", "上年金额"), "balance-sheet": ("closing", "期末余额")}
"""Statements last year's figures are kept of: their column, and its heading on last year's paper."""


def import_last_year(uow: UnitOfWork, ledger: str, path: Path, report: str) -> Outcome[int]:
    """Read last year's statement and keep it; returns how many lines.

    Raises UnreadableError, ImportRefused naming every row at fault, StatementError when sums do not add up.
    """
    from village_ledger.reports.statements.catalogue_statements import definition_of
    from village_ledger.services.book import last_year
    from village_ledger.services.outcome import Outcome

    if report not in COLUMNS:
        raise LedgerError(f"{report} 不用录上年数", f"可以是：{'、'.join(COLUMNS)}。")
    _, label = COLUMNS[report]
    fields = (
        Field("line", "行次"),
        Field("name", "项目", required=False),
        Field("amount", label),
    )
    table = read_rows(path, fields)
    statement = definition_of(uow.reader, ledger, report)
    typed = read_last_year(table, statement)
    figures = worked_out(statement, uow.reader.chart(ledger), typed, uow.reader.ledger(ledger).start.year)
    done = last_year.enter(uow, ledger, report, figures)
    return Outcome(done.value, done.changes, (*table.notices, *done.warnings))


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of the form: typed from the paper, or a sum of others."""

    id: str
    name: str
    typed: bool


@dataclass(frozen=True, slots=True)
class LastYearForm:
    """A statement as it is typed: its rows and what is kept of them already (fen by row)."""

    statement: Statement
    chart: Chart
    year: int
    """The ledger's first year; the figures are of the one before."""
    lines: tuple[FormLine, ...]
    kept: Mapping[str, int]

    def sums(self, typed: dict[str, int]) -> dict[str, int]:
        """Every row, sums worked out."""
        return worked_out(self.statement, self.chart, typed, self.year)


def form_of(reader: Reader, ledger: str, report: str) -> LastYearForm:
    """The form of a statement; raises LedgerError where the ledger has no such statement."""
    from village_ledger.reports.statements.catalogue_statements import definition_of

    statement, kept = definition_of(reader, ledger, report), reader.last_year(ledger, report)
    lines = tuple(
        FormLine(line.id, line.name.strip(), bool(line.formula.accounts))
        for line in statement.lines
        if line.id and line.printed is not Printed.NEVER
    )
    year = reader.ledger(ledger).start.year
    return LastYearForm(statement, reader.chart(ledger), year, lines, kept.figures if kept else {})


def keep_typed(uow: UnitOfWork, ledger: str, report: str, typed: dict[str, int]) -> Outcome[int]:
    """Keep what was typed row by row, sums worked out; raises LedgerError when there is nothing."""
    from village_ledger.services.book import last_year

    if not any(typed.values()):
        raise LedgerError("上年数一行也没有填", "请照上年的报表填，没有的行空着。")
    return last_year.enter(uow, ledger, report, form_of(uow.reader, ledger, report).sums(typed))


def read_last_year(table: TabularFile, statement: Statement) -> dict[str, int]:
    """Line id to fen; raises ImportRefused for lines the statement does not have or has twice."""
    reader = CellReader(table)
    known = {line.id for line in statement.lines if line.id and line.printed is not Printed.NEVER}
    figures: dict[str, int] = {}
    for row, cells in table:
        if is_blank(cells):
            continue
        line = reader.get(row, cells, "line", lambda cell: str(cell).strip(), "")
        amount = reader.get(row, cells, "amount", fen_of, 0)
        if not line:
            continue
        if line not in known:
            reader.note(row, tr("{title}没有“{line}”这一行。", title=statement.title, line=line), "line")
        elif line in figures:
            reader.note(row, tr("“{line}”这一行写了两次。", line=line), "line")
        else:
            figures[line] = amount
    refuse([*reader.faults, *table.faults])
    if not any(figures.values()):
        raise UnreadableError(tr("“{name}”里没有金额", name=table.path.name), tr("请核对是不是选错了文件。"))
    return figures


def worked_out(statement: Statement, chart: Chart, typed: dict[str, int], year: int) -> dict[str, int]:
    """Every printed line, sums worked out from the rest; raises StatementError for a typed sum that differs."""
    column, _ = COLUMNS[statement.report]
    working = Working(statement, chart, LeafFigures({}), Span.of_year(year), {column: typed})
    amounts = working.amounts(column)
    return {
        line.id: amounts[line.id] for line in statement.lines if line.id and line.printed is not Printed.NEVER
    }

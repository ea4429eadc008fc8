"""``import budget``: a year's financial plan, or its revision, as a new version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import UnreadableError
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import CellReader, fen_of, required_code, text_of
from village_ledger.exchange.reading.tabular import Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr
from village_ledger.storage.templates.queries import BudgetLine

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

BUDGET_FIELDS = (
    Field("code", "科目编码"),
    Field("project", "项目", required=False),
    Field("amount", "金额"),
    Field("note", "备注", required=False),
)


def import_budget(uow: UnitOfWork, ledger: str, path: Path, year: int, resolution: str = "") -> Outcome[int]:
    """Read a plan and keep it as the year's newest version; returns how many lines.

    Raises UnreadableError, ImportRefused naming every row at fault.
    """
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.planning import budgets

    table = read_rows(path, BUDGET_FIELDS)
    reader, chart = CellReader(table), uow.reader.chart(ledger)
    lines: list[BudgetLine] = []
    seen: dict[tuple[str, str], int] = {}
    for row, cells in table:
        if is_blank(cells):
            continue
        line = BudgetLine(
            reader.get(row, cells, "code", required_code, ""),
            reader.get(row, cells, "project", lambda cell: text_of(cell, tr("项目"), NAME_LIMIT), ""),
            reader.get(row, cells, "amount", fen_of, 0),
            reader.get(row, cells, "note", lambda cell: text_of(cell, tr("备注"), SUMMARY_LIMIT), ""),
        )
        fault = budgets.line_fault(chart, line) if line.account else None
        if fault is not None:
            reader.note(
                row, f"{fault.what}。{fault.next_step}", "code" if line.account not in chart else "amount"
            )
        first = seen.setdefault((line.account, line.project), row)
        if first != row and line.account:
            reader.note(row, tr("和第{first}行是同一个科目（和项目），请合成一行。", first=first))
        lines.append(line)
    refuse([*reader.faults, *table.faults])
    if not lines:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有计划", name=table.path.name), tr("请核对是不是选错了文件。")
        )
    done = budgets.set_budget(uow, ledger, year, resolution, lines)
    return Outcome(len(lines), done.changes, (*table.notices, *done.warnings))

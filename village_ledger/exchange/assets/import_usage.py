"""``import usage``: hours or output of assets by month, all rows or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.asset import CODE_LIMIT
from village_ledger.domain.errors import UnreadableError
from village_ledger.exchange.assets.import_assets_rows import month_of
from village_ledger.exchange.reading.cells import CellReader, quantity_of, text_of
from village_ledger.exchange.reading.tabular import Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

USAGE_FIELDS = (Field("code", "资产编号"), Field("month", "月份"), Field("units", "工作量"))


def import_usage(uow: UnitOfWork, ledger: str, path: Path) -> Outcome[int]:
    """Store the work of every row; returns how many. Raises UnreadableError, ImportRefused naming every row at fault."""
    from village_ledger.services.assets.usage import Worked, record_all
    from village_ledger.services.outcome import Outcome

    table = read_rows(path, USAGE_FIELDS)
    reader = CellReader(table)
    rows: list[Worked] = []
    for row, cells in table:
        if is_blank(cells):
            continue
        code = reader.get(row, cells, "code", lambda cell: text_of(cell, tr("资产编号"), CODE_LIMIT), "")
        month = reader.get(row, cells, "month", month_of, None)
        units = reader.get(row, cells, "units", quantity_of, 0)
        if month is not None:
            rows.append((row, code, month, units))
    refuse([*table.faults, *reader.faults])
    if not rows:
        raise UnreadableError(tr("“{name}”里没有工作量", name=path.name), tr("请核对是不是选错了文件。"))
    done = record_all(uow, ledger, rows)
    return Outcome(done.value, done.changes, tuple(table.notices))

"""``import opening``: the balances a ledger begins with, once, and only if they balance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import UnreadableError, VoucherError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.cells import CellReader, fen_of, required_code, text_of
from village_ledger.exchange.tabular import Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.domain.period import Month
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

OPENING_FIELDS = (
    Field("code", "科目编码"),
    Field("counterparty", "往来单位"),
    Field("project", "项目"),
    Field("debit", "借方金额"),
    Field("credit", "贷方金额"),
    Field("year_debit", "本年累计借方", required=False),
    Field("year_credit", "本年累计贷方", required=False),
)

_AMOUNTS = ("debit", "credit", "year_debit", "year_credit")


def import_opening(uow: UnitOfWork, ledger: str, path: Path) -> Outcome[int]:
    """Read a file of opening balances and enter them; returns how many rows.

    Raises UnreadableError, ImportRefused naming every row at fault, VoucherError when it does not balance or
    the ledger has its opening already.
    """
    from village_ledger.services import openings
    from village_ledger.services.outcome import Outcome

    table = read_rows(path, OPENING_FIELDS)
    rows = read_opening(table)
    check_year_to_date(rows, uow.reader.ledger(ledger).start)
    done = openings.set_opening(uow, ledger, rows)
    return Outcome(done.value, done.changes, (*table.notices, *done.warnings))


def read_opening(table: TabularFile) -> list[ImportedOpening]:
    """The balances of a file; raises ImportRefused naming every row at fault."""
    reader = CellReader(table)
    rows: list[ImportedOpening] = []
    for row, cells in table:
        if is_blank(cells):
            continue
        before = len(reader.faults)
        read = ImportedOpening(
            row,
            reader.get(row, cells, "code", required_code, ""),
            reader.get(
                row, cells, "counterparty", lambda cell: text_of(cell, tr("往来单位"), NAME_LIMIT), ""
            ),
            reader.get(row, cells, "project", lambda cell: text_of(cell, tr("项目"), NAME_LIMIT), ""),
            *(reader.get(row, cells, key, fen_of, 0) for key in _AMOUNTS),
        )
        rows.append(read)
        if len(reader.faults) == before:
            _check_sides(reader, read)
    refuse([*reader.faults, *table.faults])
    if not rows:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有余额", name=table.path.name), tr("请核对是不是选错了文件。")
        )
    return rows


def _check_sides(reader: CellReader, row: ImportedOpening) -> None:
    """A balance stands on one side; a row with turnover of the year alone has none."""
    if row.debit and row.credit:
        reader.note(row.row, tr("借方和贷方都有金额。请只留一边。"))
    elif not (row.debit or row.credit or row.year_debit or row.year_credit):
        reader.note(row.row, tr("没有金额。请填上借方或贷方，没有余额的行请删去。"))


def check_year_to_date(rows: Sequence[ImportedOpening], start: Month) -> None:
    """本年累计 of both sides must agree, and there is none before January; raises VoucherError."""
    debit, credit = sum(row.year_debit for row in rows), sum(row.year_credit for row in rows)
    if debit != credit:
        raise VoucherError(
            tr(
                "本年累计借方合计 {debit}，贷方合计 {credit}，相差 {gap}",
                debit=format_fen(debit),
                credit=format_fen(credit),
                gap=format_fen(abs(debit - credit)),
            ),
            tr("请核对后再导入。"),
        )
    if start.month == 1 and any(row.year_debit or row.year_credit for row in rows):
        raise VoucherError(
            tr("这本账从 {start} 建账，年初以前没有本年累计", start=start), tr("请去掉本年累计两列再导入。")
        )

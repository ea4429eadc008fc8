"""``import accounts``: sub-accounts from a file; an identical account again is fine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Dimension, Side
from village_ledger.domain.errors import TextError, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.imported import ImportedAccount
from village_ledger.domain.quantity import UNIT_LIMIT
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.reading.cells import CellReader, required_code, text_of, yes_or_no
from village_ledger.exchange.reading.tabular import Cell, Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

ACCOUNT_FIELDS = (
    Field("code", "科目编码"),
    Field("name", "科目名称"),
    Field("side", "余额方向"),
    Field("active", "启用"),
    Field("dimensions", "辅助核算"),
    Field("unit", "数量单位", required=False),
    Field("quantity_required", "数量必填", required=False),
)

_SIDES = {"借": Side.DEBIT, "贷": Side.CREDIT, "debit": Side.DEBIT, "credit": Side.CREDIT}
_DIMENSIONS = {d.value: d for d in Dimension} | {
    "counterparty": Dimension.COUNTERPARTY,
    "project": Dimension.PROJECT,
    "group": Dimension.GROUP,
}
_BETWEEN = re.compile(r"[、,;/+\s]+")


def import_accounts(uow: UnitOfWork, ledger: str, path: Path) -> Outcome[int]:
    """Read a file of accounts and add those that are new; returns how many.

    Raises UnreadableError, and ImportRefused naming every row at fault.
    """
    from village_ledger.services.book import accounts
    from village_ledger.services.outcome import Outcome

    table = read_rows(path, ACCOUNT_FIELDS)
    done = accounts.import_accounts(uow, ledger, read_accounts(table))
    return Outcome(done.value, done.changes, (*table.notices, *done.warnings))


def read_accounts(table: TabularFile) -> list[ImportedAccount]:
    """The accounts of a file; raises ImportRefused naming every row at fault."""
    reader = CellReader(table)
    accounts: list[ImportedAccount] = []
    seen: dict[str, int] = {}
    for row, cells in table:
        if is_blank(cells):
            continue
        account = ImportedAccount(
            row,
            reader.get(row, cells, "code", required_code, ""),
            reader.get(row, cells, "name", _name_of, ""),
            reader.get(row, cells, "side", _side_of, Side.DEBIT),
            reader.get(row, cells, "active", lambda cell: yes_or_no(cell, tr("启用")), otherwise=True),
            reader.get(row, cells, "dimensions", _dimensions_of, frozenset[Dimension]()),
            reader.get(row, cells, "unit", lambda cell: text_of(cell, tr("数量单位"), UNIT_LIMIT), ""),
            reader.get(row, cells, "quantity_required", _demanded, otherwise=False),
        )
        if account.quantity_required and not account.unit:
            reader.note(row, tr("没有数量单位，却写了数量必填。请补上单位。"), "unit")
        if account.code and seen.setdefault(account.code, row) != row:
            what = tr(
                "科目 {code} 和第{first}行重复。请删去一行。", code=account.code, first=seen[account.code]
            )
            reader.note(row, what, "code")
        accounts.append(account)
    refuse([*reader.faults, *table.faults])
    return _not_empty(accounts, table)


def _not_empty(accounts: Sequence[ImportedAccount], table: TabularFile) -> list[ImportedAccount]:
    if not accounts:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有科目", name=table.path.name), tr("请核对是不是选错了文件。")
        )
    return list(accounts)


def _name_of(cell: Cell) -> str:
    name = text_of(cell, tr("科目名称"), NAME_LIMIT)
    if not name:
        raise TextError(tr("没有科目名称"), tr("请填上名称。"))
    return name


def _side_of(cell: Cell) -> Side:
    word = half_width(text_of(cell, tr("余额方向"), 20)).casefold().removesuffix("方")
    if word not in _SIDES:
        raise TextError(tr("余额方向“{word}”看不懂", word=word), tr("请填“借”或“贷”。"))
    return _SIDES[word]


def _demanded(cell: Cell) -> bool:
    """Whether a line must say its quantity; blank is no."""
    return cell != "" and yes_or_no(cell, tr("数量必填"))


def _dimensions_of(cell: Cell) -> frozenset[Dimension]:
    """What the account demands: 往来单位, 项目, 村民小组, several with 、 or ; between them."""
    words = [w for w in _BETWEEN.split(half_width(text_of(cell, tr("辅助核算"), NAME_LIMIT))) if w]
    unknown = [w for w in words if w.casefold() not in _DIMENSIONS and w != "无"]
    if unknown:
        raise TextError(
            tr("辅助核算“{word}”看不懂", word=unknown[0]), tr("能填的是：往来单位、项目、村民小组。")
        )
    return frozenset(_DIMENSIONS[w.casefold()] for w in words if w != "无")

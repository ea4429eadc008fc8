"""``import panel``: the four registers of 六手印记, one person a row, in the order they are drawn from."""

from __future__ import annotations

from pathlib import Path

from village_ledger.domain.errors import TextError, UnreadableError
from village_ledger.domain.panel import AVOIDS, ListRow, known_registers, register_meant
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.reading.cells import CellReader, text_of
from village_ledger.exchange.reading.tabular import Cell, Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr
from village_ledger.services.decisions.panels import take_list
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork

PANEL_FIELDS = (
    Field("register", "名册"),
    Field("name", "姓名"),
    Field("avoid", "回避", required=False),
)
_AVOIDS = {AVOIDS, "是", "√", "✓", "1", "yes", "Y", "y"}
_TAKES_PART = {"", "否", "不", "无", "0", "no", "N", "n"}


def import_panel(uow: UnitOfWork, path: Path) -> Outcome[int]:
    """Take the list in; the same list again changes nothing. Returns how many people it has.

    Raises UnreadableError for no such table, ImportRefused naming every row at fault.
    """
    rows, notices = read_panel(path)
    done = take_list(uow, rows)
    return Outcome(len(rows), done.changes, (*notices, *done.warnings))


def read_panel(path: Path) -> tuple[list[ListRow], tuple[str, ...]]:
    """The people of a file in its order, and what must be said; raises UnreadableError, ImportRefused."""
    table = read_rows(path, PANEL_FIELDS)
    reader = CellReader(table)
    rows: list[ListRow] = []
    first: dict[tuple[str, str], int] = {}
    for row, cells in table:
        if is_blank(cells):
            continue
        register = reader.get(row, cells, "register", lambda cell: _named(cell, tr("名册")), "")
        name = reader.get(row, cells, "name", lambda cell: _named(cell, tr("姓名")), "")
        avoids = reader.get(row, cells, "avoid", _avoids, False)
        seen = first.setdefault((register, name), row)
        if register and name and seen != row:
            reader.note(
                row,
                tr(
                    "“{register}”里的{name}和第{row}行重复，同名的人请写成 户编号/姓名。",
                    register=register,
                    name=name,
                    row=seen,
                ),
            )
        rows.append(ListRow(len(rows) + 1, register, name, avoids))
    refuse([*table.faults, *reader.faults])
    if not rows:
        raise UnreadableError(tr("“{name}”里只有表头", name=path.name), tr("请核对是不是选错了文件。"))
    return rows, (*table.notices, *_notices(rows))


def _named(cell: Cell, what: str) -> str:
    text = text_of(cell, what, NAME_LIMIT)
    if not text:
        raise TextError(tr("{what}是空的", what=what), tr("请补上，或删掉这一行。"))
    return text


def _avoids(cell: Cell) -> bool:
    word = text_of(cell, tr("回避"), NAME_LIMIT)
    if word in _AVOIDS:
        return True
    if word in _TAKES_PART:
        return False
    raise TextError(tr("“{word}”看不懂", word=word), tr("要回避的写 回避，不回避的空着。"))


def _notices(rows: list[ListRow]) -> list[str]:
    """Registers of other names, and people who stand on two registers, are said."""
    said: list[str] = []
    strange = [
        one
        for one in dict.fromkeys(row.register for row in rows)
        if register_meant(one) not in known_registers()
    ]
    if strange:
        said.append(tr("名册“{names}”不是常用的名称，照写的用。", names="、".join(strange)))
    stands: dict[str, set[str]] = {}
    for row in rows:
        stands.setdefault(row.name, set()).add(row.register)
    twice = [name for name, registers in stands.items() if len(registers) > 1]
    if twice:
        said.append(tr("{names} 写在不止一个名册里：是同一人的只会抽中一次。", names="、".join(twice)))
    return said

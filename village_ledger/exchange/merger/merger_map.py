"""The list of correspondences of a merger (对照表) as a file people edit: accounts, and what counterparties are called.

类别   科目 or 往来
村     the old village
账     集体 or 村委会, of an account
原编码或名称, 新编码或名称, 新明细名称, 金额
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import TextError
from village_ledger.domain.merger import Decisions
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.reading.cells import CellReader, code_of, fen_of, text_of
from village_ledger.exchange.reading.tabular import Cell, Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr

MAP_FIELDS = (
    Field("kind", "类别"),
    Field("village", "村"),
    Field("ledger", "账", required=False),
    Field("old", "原编码或名称"),
    Field("new", "新编码或名称"),
    Field("name", "新明细名称", required=False),
    Field("amount", "金额", required=False),
)
_ACCOUNT, _PARTY = "科目", "往来"
_LEDGERS = {
    "集体": LedgerKind.COLLECTIVE.value,
    "集体账": LedgerKind.COLLECTIVE.value,
    "村委会": LedgerKind.COMMITTEE.value,
    "村委会账": LedgerKind.COMMITTEE.value,
    **{kind.value: kind.value for kind in LedgerKind},
}


def read_map(path: Path) -> Decisions:
    """What a file decides; an account with several rows is split, each row with its amount.

    Raises UnreadableError for a file that is no such table, ImportRefused naming every row at fault.
    """
    table = read_rows(path, MAP_FIELDS)
    reader = CellReader(table)
    rows: dict[tuple[str, str, str], list[tuple[str, str, int]]] = {}
    parties: dict[tuple[str, str], str] = {}
    for row, cells in table:
        if is_blank(cells):
            continue
        kind = reader.get(row, cells, "kind", _kind, "")
        village = reader.get(row, cells, "village", lambda cell: _needed(cell, tr("村")), "")
        if kind == _ACCOUNT:
            _account(reader, row, cells, village, rows)
        elif kind == _PARTY:
            old = reader.get(row, cells, "old", lambda cell: _needed(cell, tr("原名称")), "")
            parties[village, old] = reader.get(
                row, cells, "new", lambda cell: _needed(cell, tr("新名称")), ""
            )
    refuse([*reader.faults, *table.faults])
    return Decisions(
        accounts={key: (to[0][0], to[0][1]) for key, to in rows.items() if len(to) == 1 and not to[0][2]},
        splits={key: tuple(to) for key, to in rows.items() if len(to) > 1 or to[0][2]},
        parties=parties,
    )


def _account(
    reader: CellReader,
    row: int,
    cells: Sequence[Cell],
    village: str,
    rows: dict[tuple[str, str, str], list[tuple[str, str, int]]],
) -> None:
    ledger = reader.get(row, cells, "ledger", _ledger, "")
    old = reader.get(row, cells, "old", code_of, "")
    new = reader.get(row, cells, "new", code_of, "")
    name = reader.get(row, cells, "name", lambda cell: text_of(cell, tr("新明细名称"), NAME_LIMIT), "")
    amount = reader.get(row, cells, "amount", fen_of, 0)
    rows.setdefault((village, ledger, old), []).append((new, name, amount))


def _needed(cell: Cell, what: str) -> str:
    text = text_of(cell, what, NAME_LIMIT)
    if not text:
        raise TextError(tr("没有填{what}", what=what), tr("请填上。"))
    return text


def _kind(cell: Cell) -> str:
    text = text_of(cell, tr("类别"), NAME_LIMIT)
    if text not in (_ACCOUNT, _PARTY):
        raise TextError(tr("类别“{text}”不对", text=text), tr("请写科目或往来。"))
    return text


def _ledger(cell: Cell) -> str:
    text = text_of(cell, tr("账"), NAME_LIMIT)
    if text not in _LEDGERS:
        raise TextError(tr("账“{text}”不对", text=text), tr("请写集体或村委会。"))
    return _LEDGERS[text]

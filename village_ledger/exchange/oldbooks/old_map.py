"""The list of correspondences (旧账科目对照表) as a file people edit and hand back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from village_ledger.domain.errors import TextError
from village_ledger.domain.old_mapping import Decision
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.oldbooks.old_book_words import bare_code
from village_ledger.exchange.reading.cells import CellReader, code_of, text_of
from village_ledger.exchange.reading.tabular import Cell, Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr

MAP_FIELDS = (
    Field("old_code", "旧科目代码"),
    Field("code", "新科目编码"),
    Field("detail", "新明细名称", required=False),
    Field("counterparty", "往来单位", required=False),
    Field("project", "项目", required=False),
)


def read_old_map(path: Path) -> dict[str, Decision]:
    """Old code → what a person decided; an empty new code means: as proposed.

    Raises UnreadableError for a file that is no such table, ImportRefused naming every row at fault.
    """
    table = read_rows(path, MAP_FIELDS)
    reader = CellReader(table)
    found: dict[str, Decision] = {}
    first: dict[str, int] = {}
    for row, cells in table:
        shown = table.value(cells, "old_code")
        if is_blank(cells) or (isinstance(shown, str) and shown.strip() in {"合计", "总计"}):
            continue
        old = reader.get(row, cells, "old_code", _old_code, "")
        if not old:
            continue
        if first.setdefault(old, row) != row:
            reader.note(
                row, tr("{code} 和第{first}行重复。请删去一行。", code=old, first=first[old]), "old_code"
            )
        found[old] = Decision(
            reader.get(row, cells, "code", code_of, ""),
            _given(reader, row, cells, "detail", table.places),
            _given(reader, row, cells, "counterparty", table.places),
            _given(reader, row, cells, "project", table.places),
        )
    refuse([*reader.faults, *table.faults])
    return found


def _given(
    reader: CellReader, row: int, cells: Sequence[Cell], key: str, places: dict[str, int]
) -> str | None:
    """A text where the file has the column; None where it has not."""
    if key not in places:
        return None
    label = next(x.label for x in MAP_FIELDS if x.key == key)
    return reader.get(row, cells, key, lambda cell: text_of(cell, label, NAME_LIMIT), "")


def _old_code(cell: Cell) -> str:
    code = bare_code(cell)
    if not code:
        raise TextError(
            tr("旧科目代码“{cell}”看不懂", cell=str(cell)), tr("请照原软件的代码填，如 112.01.01。")
        )
    return code

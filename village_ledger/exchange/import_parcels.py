"""``import parcels``: the resource register from a file, all of it or nothing. A file of parts reads the same columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from village_ledger.domain.area import read_area
from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.parcel import OwnerLevel, ParcelCard, Standing
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import CellReader, day_of, fen_of, figure_text, reason, text_of
from village_ledger.exchange.reading.tabular import Cell, Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

PARCEL_FIELDS = (
    Field("code", "地块编号"),
    Field("name", "名称"),
    Field("kind", "类别"),
    Field("land_class", "地类", required=False),
    Field("area_mu", "面积（亩）", required=False),
    Field("area_sqm", "面积（平方米）", required=False),
    Field("east", "东至"),
    Field("south", "南至"),
    Field("west", "西至"),
    Field("north", "北至"),
    Field("owner_level", "所有权", required=False),
    Field("owner", "所有权人", required=False),
    Field("certificate", "权证号", required=False),
    Field("disputed", "争议", required=False),
    Field("map_ref", "图幅号", required=False),
    Field("unit_price", "单价", required=False),
    Field("standing", "利用情况", required=False),
    Field("used_by", "使用人", required=False),
    Field("origin", "原村编号", required=False),
    Field("date", "登记日期", required=False),
    Field("basis", "依据", required=False),
    Field("note", "备注", required=False),
)
_SHORT = ("land_class", "owner", "certificate", "map_ref", "used_by", "origin")
_MUST = ("code", "name", "kind", "east", "south", "west", "north")
_LONG = ("disputed", "basis", "note")
_T = TypeVar("_T")


def import_parcels(uow: UnitOfWork, ledger: str, path: Path) -> Outcome[int]:
    """Enter every parcel of a file; a row without a day holds from the start of the ledger. Returns how many.

    Raises UnreadableError, ImportRefused naming every row at fault.
    """
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.parcels import parcels

    start = uow.reader.ledger(ledger).start.first
    table = _opened(path)
    reader = CellReader(table)
    rows: list[tuple[str, ParcelCard, date, str]] = []
    seen: dict[str, int] = {}
    for row, cells in table:
        if is_blank(cells):
            continue
        code, card = _read(reader, row, cells)
        day = reader.get(row, cells, "date", lambda cell: _day(cell, start), start)
        first = seen.setdefault(code, row)
        if code and first != row:
            reader.note(row, tr("和第{first}行是同一个编号。", first=first), "code")
        elif code and uow.reader.code_taken(ledger, code):
            reader.note(row, tr("编号 {code} 已经有了。", code=code), "code")
        if day.isoformat() > uow.at[:10]:
            reader.note(row, tr("{day} 还没有到。", day=day), "date")
        basis = _texts(reader, row, cells)["basis"] or tr("导入资源台账“{name}”", name=path.name)
        if card is not None:
            rows.append((code, card, day, basis))
    refuse([*reader.faults, *table.faults])
    if not rows:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有地块", name=path.name), tr("请核对是不是选错了文件。")
        )
    done = parcels.add_many(uow, ledger, rows)
    return Outcome(done.value, done.changes, tuple(table.notices))


def read_parts(path: Path) -> list[tuple[str, ParcelCard]]:
    """The parts a parcel is split into, from a file with the columns of the register."""
    table = _opened(path)
    reader = CellReader(table)
    parts = [_read(reader, row, cells) for row, cells in table if not is_blank(cells)]
    refuse([*reader.faults, *table.faults])
    return [(code, card) for code, card in parts if card is not None]


def _opened(path: Path) -> TabularFile:
    table = read_rows(path, PARCEL_FIELDS)
    if not {"area_mu", "area_sqm"} & table.places.keys():
        raise UnreadableError(
            tr("“{name}”的第一行缺少列：面积（亩）或面积（平方米）", name=path.name),
            tr("至少要有一列面积。"),
        )
    return table


def _read(reader: CellReader, row: int, cells: Sequence[Cell]) -> tuple[str, ParcelCard | None]:
    """Code and card of a row; no card where something is at fault, which is noted."""
    from village_ledger.services.parcels.parcels import checked

    said, before = _texts(reader, row, cells), len(reader.faults)
    texts = reader.table.value
    area = _noted(
        reader,
        row,
        "area_mu" if "area_mu" in reader.table.places else "area_sqm",
        lambda: read_area(
            figure_text(texts(cells, "area_mu"), tr("面积")),
            figure_text(texts(cells, "area_sqm"), tr("面积")),
        ),
    )
    level = reader.get(
        row, cells, "owner_level", lambda c: OwnerLevel.read(text_of(c, tr("所有权"), 20)), None
    )
    standing = reader.get(
        row, cells, "standing", lambda c: Standing.read(text_of(c, tr("利用情况"), 20)), None
    )
    price = reader.get(row, cells, "unit_price", _price, None)
    if area is None or level is None or standing is None or len(reader.faults) > before:
        return said["code"], None
    card = _noted(
        reader,
        row,
        "",
        lambda: checked(
            ParcelCard(
                **{key: said[key] for key in (*_MUST[1:], *_SHORT)},  # pyright: ignore[reportArgumentType]  texts by name
                area=area,
                owner_level=level,
                disputed=said["disputed"],
                note=said["note"],
                unit_price=price,
                standing=standing,
            )
        ),
    )
    return said["code"], card


def _texts(reader: CellReader, row: int, cells: Sequence[Cell]) -> dict[str, str]:
    labels = {field.key: field.label for field in PARCEL_FIELDS}
    limits = dict.fromkeys((*_MUST, *_SHORT), NAME_LIMIT) | dict.fromkeys(_LONG, SUMMARY_LIMIT)
    return {
        key: reader.get(row, cells, key, lambda c, key=key, most=most: text_of(c, labels[key], most), "")
        for key, most in limits.items()
    }


def _noted(reader: CellReader, row: int, key: str, read: Callable[[], _T]) -> _T | None:
    """What was read, or None with the refusal noted at its place."""
    try:
        return read()
    except LedgerError as error:
        reader.note(row, reason(error), key)
        return None


def _day(cell: Cell, otherwise: date) -> date:
    return otherwise if isinstance(cell, str) and not cell.strip() else day_of(cell)


def _price(cell: Cell) -> int | None:
    return None if isinstance(cell, str) and not cell.strip() else fen_of(cell)

"""Asset cards as rows of a csv or xlsx file with the columns of the contract: read, and written again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from village_ledger.domain.asset import (
    CODE_LIMIT,
    NOMINAL,
    AssetKind,
    Card,
    Facts,
    Method,
    Use,
    check_card,
    check_facts,
)
from village_ledger.domain.errors import AssetError, LedgerError, UnreadableError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import (
    CellReader,
    count_of,
    day_of,
    fen_of,
    quantity_of,
    reason,
    text_of,
)
from village_ledger.exchange.reading.tabular import Cell, Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr
from village_ledger.services.assets.asset_words import (
    kind_of,
    read_method,
    read_source,
    read_status,
    read_use,
)

ASSET_FIELDS = (
    Field("code", "资产编号"),
    Field("name", "名称"),
    Field("kind", "类别"),
    Field("use", "用途"),
    Field("in_use", "启用日期"),
    Field("cost", "原值"),
    Field("salvage", "残值"),
    Field("method", "折旧方法"),
    Field("months", "使用月数"),
    Field("units", "总工作量"),
    Field("accumulated", "已提折旧"),
    Field("as_of", "已提到", required=False),
    Field("units_before", "以前工作量", required=False),
    Field("acquired", "入账日期", required=False),
    Field("source", "来源", required=False),
    Field("status", "使用状况", required=False),
    Field("place", "坐落地点", required=False),
    Field("keeper", "保管人", required=False),
    Field("user", "使用人", required=False),
    Field("charge", "折旧科目", required=False),
    Field("spec", "规格", required=False),
    Field("quantity", "数量", required=False),
    Field("certificate", "权证号", required=False),
    Field("project", "项目", required=False),
    Field("quantified", "是否量化", required=False),
    Field("note", "备注", required=False),
)
_TEXTS = ("place", "keeper", "user", "charge", "spec", "quantity", "certificate", "project")
_SUMS = frozenset({"合计", "小计", "总计"})


@dataclass(slots=True)
class AssetRow:
    """One row of a file as read: the row's number, the card and what is said of it."""

    row: int
    card: Card
    facts: Facts


@dataclass(slots=True)
class AssetRows:
    """All rows of a file and what is worth saying about it."""

    rows: list[AssetRow] = field(default_factory=list[AssetRow])
    notices: list[str] = field(default_factory=list[str])


def read_assets(path: Path) -> AssetRows:
    """The cards of a file of the contract's columns; raises UnreadableError, ImportRefused naming every row at fault."""
    table = read_rows(path, ASSET_FIELDS)
    reader = CellReader(table)
    found = AssetRows(notices=list(table.notices))
    unknown: set[str] = set()
    section = 0
    for row, cells in table:
        if is_blank(cells):
            continue
        words = _sum_words(table, cells)
        if words:
            above = found.rows[section:] if "小计" in words else found.rows
            section = len(found.rows)
            _hold_against(reader, row, cells, above, found.notices)
            continue
        one = _read_row(reader, row, cells, found, unknown)
        if one is not None:
            found.rows.append(one)
    refuse([*table.faults, *reader.faults])
    if not found.rows:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有资产", name=path.name), tr("请核对是不是选错了文件。")
        )
    if unknown:
        found.notices.append(
            tr("这些类别没有对照，按固定资产登记：{names}。", names="、".join(sorted(unknown)))
        )
    return found


def _sum_words(table: TabularFile, cells: Sequence[Cell]) -> str:
    """What a row of sums calls itself; empty for a row that is an asset."""
    code = table.value(cells, "code")
    said = [cell for cell in cells if isinstance(cell, str) and any(word in cell for word in _SUMS)]
    return said[0] if said and (code == "" or code in said) else ""


def _hold_against(
    reader: CellReader, row: int, cells: Sequence[Cell], rows: Sequence[AssetRow], notices: list[str]
) -> None:
    """A row of sums agrees with the rows it adds up, or is a fault."""
    cost = reader.get(row, cells, "cost", fen_of, 0)
    above = sum(one.card.cost for one in rows)
    if cost and cost != above and not reader.faults:
        said, is_ = format_fen(cost), format_fen(above)
        reader.note(row, tr("合计是 {said}，上面各行加起来是 {found}。", said=said, found=is_), "cost")
    else:
        notices.append(tr("第{row}行是合计，没有当作资产。", row=row))


def _read_row(
    reader: CellReader, row: int, cells: Sequence[Cell], found: AssetRows, unknown: set[str]
) -> AssetRow | None:
    before = len(reader.faults)
    text = partial(_text, reader, row, cells)
    code, name = text("code", "资产编号", CODE_LIMIT), text("name", "名称", NAME_LIMIT)
    category = text("kind", "类别", NAME_LIMIT)
    in_use = reader.get(row, cells, "in_use", day_of, date.max)
    cost = reader.get(row, cells, "cost", fen_of, 0)
    use = reader.get(row, cells, "use", lambda c: read_use(text_of(c, tr("用途"), 20)), Use.OPERATING)
    written = text("method", "折旧方法", 20)
    months = reader.get(row, cells, "months", lambda c: count_of(c, tr("使用月数")), 0)
    units = reader.get(row, cells, "units", quantity_of, 0)
    method = reader.get(row, cells, "method", lambda _: _method(written, cost, months, category), Method.NONE)
    kind = _kind(category, method, unknown)
    facts = reader.get(row, cells, "status", lambda c: _facts(c, use, reader, row, cells), Facts(use))
    card = Card(
        code=code,
        name=name,
        kind=kind,
        cost=cost,
        in_use=in_use,
        category=category,
        salvage=reader.get(row, cells, "salvage", fen_of, 0),
        method=method,
        months=months if method is Method.STRAIGHT else 0,
        units=units if method.by_units else 0,
        opening=reader.get(row, cells, "accumulated", fen_of, 0),
        as_of=reader.get(row, cells, "as_of", _month, None),
        units_before=_units_before(reader, row, cells, method),
        acquired=reader.get(row, cells, "acquired", lambda c: day_of(c) if c else None, None),
        source=reader.get(row, cells, "source", lambda c: read_source(text_of(c, tr("来源"), 20)), None)
        or read_source(""),
        spec=text("spec", "规格", NAME_LIMIT),
        quantity=text("quantity", "数量", NAME_LIMIT),
        certificate=text("certificate", "权证号", NAME_LIMIT),
        project=text("project", "项目", NAME_LIMIT),
        quantified=reader.get(row, cells, "quantified", _flag, False),
        note=text("note", "备注", SUMMARY_LIMIT),
    )
    if len(reader.faults) > before:
        return None
    if units and not method.by_units:
        found.notices.append(tr("第{row}行用{method}，总工作量没有用到。", row=row, method=method.words))
    return _checked(reader, row, card, facts)


def _checked(reader: CellReader, row: int, card: Card, facts: Facts) -> AssetRow | None:
    try:
        return AssetRow(row, check_card(card), check_facts(facts))
    except LedgerError as error:
        reader.note(row, reason(error))
        return None


def _text(reader: CellReader, row: int, cells: Sequence[Cell], key: str, what: str, limit: int) -> str:
    return reader.get(row, cells, key, lambda cell: text_of(cell, tr(what), limit), "")


def _method(written: str, cost: int, months: int, category: str) -> Method:
    """The method written; none is needed where nothing is charged, and months alone mean the straight line."""
    if written:
        return read_method(written)
    kind = kind_of(category)
    if cost == NOMINAL or (kind is not None and not kind.is_charged):
        return Method.NONE
    if months:
        return Method.STRAIGHT
    raise AssetError(tr("没有写折旧方法"), tr("不提折旧的请写“不提折旧”。"))


def _kind(category: str, method: Method, unknown: set[str]) -> AssetKind:
    kind = kind_of(category)
    if kind is None:
        unknown.add(category or tr("（空）"))
        return AssetKind.FIXED
    if not kind.is_charged and method is not Method.NONE:
        return AssetKind.FIXED
    if category == "生物资产" and method is Method.NONE:
        return AssetKind.CONSUMABLE
    return kind


def _facts(status: Cell, use: Use, reader: CellReader, row: int, cells: Sequence[Cell]) -> Facts:
    place, keeper, user, charge, *_ = (_text(reader, row, cells, key, key, NAME_LIMIT) for key in _TEXTS)
    return Facts(use, read_status(text_of(status, tr("使用状况"), 20)), place, keeper, user, charge)


def _month(cell: Cell) -> Month | None:
    if cell == "":
        return None
    return month_of(cell)


def month_of(cell: Cell) -> Month:
    """A month cell: 2025-01, 2025/1, 2025年1月, 202501, or any day of it; raises PeriodError."""
    if isinstance(cell, date):
        return Month.of(cell)
    text = text_of(cell, tr("月份"), 20).replace("年", "-").replace("/", "-").replace(".", "-").strip("月 ")
    if len(text) == 6 and text.isdigit():
        text = f"{text[:4]}-{text[4:]}"
    parts = text.split("-")
    if len(parts) == 2 and len(parts[1]) == 1:
        text = f"{parts[0]}-0{parts[1]}"
    if len(parts) == 3:
        return Month.of(parse_day(text))
    return Month.parse(text)


def _units_before(reader: CellReader, row: int, cells: Sequence[Cell], method: Method) -> int | None:
    if not method.by_units or reader.table.value(cells, "units_before") == "":
        return None
    return reader.get(row, cells, "units_before", quantity_of, 0)


def _flag(cell: Cell) -> bool:
    return text_of(cell, tr("是否量化"), 10) in {"是", "1", "true", "yes"}


def written(rows: Iterable[AssetRow]) -> list[dict[str, str]]:
    """Rows as a file of the contract has them, for showing before they are taken in."""
    from village_ledger.domain.money import plain_fen
    from village_ledger.domain.quantity import plain_quantity

    return [
        {
            "code": one.card.code,
            "name": one.card.name,
            "kind": one.card.filed_as,
            "use": one.facts.use.words,
            "in_use": one.card.in_use.isoformat(),
            "cost": plain_fen(one.card.cost),
            "salvage": plain_fen(one.card.salvage),
            "method": "" if one.card.method is Method.NONE else one.card.method.words,
            "months": str(one.card.months or ""),
            "units": plain_quantity(one.card.units) if one.card.units else "",
            "accumulated": plain_fen(one.card.opening),
        }
        for one in rows
    ]

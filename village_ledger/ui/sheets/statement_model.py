"""A statement as rows on screen: one half of the form, or all of it, every figure with the key that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.money import format_fen
from village_ledger.domain.statement_working import Explanation
from village_ledger.i18n import tr
from village_ledger.reports.statements.statement_form import Panel, line_numbers, panels_of
from village_ledger.reports.statements.statements import StatementSheet
from village_ledger.reports.table import Kind, Role, Row
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.transfers.side_rows import SideRow

NAME_CHARS = 12
NOTHING = "—"
"""A figure that is zero, as statements print it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form: what explains it (empty for a heading or an empty line) and its cells as shown."""

    key: str
    row: Row | None
    texts: tuple[str, ...]


class StatementModel(FigureModel):
    """Name, 行次 or code, amounts; totals stand in their place so that they can be explained too."""

    def __init__(self, sheet: StatementSheet, panel: Panel) -> None:
        table = sheet.table
        keys = {id(row): key for row, key in zip(table.rows, sheet.keys, strict=True)}
        numbers = line_numbers(table)
        self.amounts = [c.key for c in table.columns if c.kind is Kind.MONEY]
        """Key of each amount column."""
        self.lines = [_line(sheet, row, keys, numbers) for row in panel.rows]
        super().__init__(_columns(sheet, panel, self.lines))

    @property
    def first_amount(self) -> int:
        """Place of the first amount column."""
        return len(self.columns) - len(self.amounts)

    def count(self) -> int:
        """Rows, headings and empty lines too."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """The cell as printed."""
        texts = self.lines[row].texts
        return texts[column] if texts else ""

    def role(self, row: int) -> Role:
        """The report's role of the row."""
        found = self.lines[row].row
        return found.role if found is not None else Role.DETAIL

    def level(self, row: int) -> int:
        """The report's level of the row."""
        found = self.lines[row].row
        return found.level if found is not None else 1

    def key(self, row: int) -> str:
        """What explains the row."""
        return self.lines[row].key if 0 <= row < len(self.lines) else ""

    def row_of(self, key: str) -> int | None:
        """The row a key explains."""
        return next((place for place, line in enumerate(self.lines) if key and line.key == key), None)


def models_of(sheet: StatementSheet, *, halves: bool) -> list[StatementModel]:
    """The form's halves, or all rows under each other."""
    panels = panels_of(sheet.table)
    if not halves or len(panels) == 1:
        name = sheet.table.columns[sheet.table.column_index("name")].label
        panels = [Panel(name, tuple(sheet.table.rows))]
    return [StatementModel(sheet, panel) for panel in panels]


def _line(sheet: StatementSheet, row: Row | None, keys: dict[int, str], numbers: dict[int, str]) -> Line:
    if row is None:
        return Line("", None, ())
    table = sheet.table
    texts: list[str] = [str(row.cells[table.column_index("name")])]
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.key in {"block", "name"}:
            continue
        if column.kind is Kind.MONEY:
            texts.append(
                "" if cell is None else format_fen(cell) if isinstance(cell, int) and cell else NOTHING
            )
        else:
            texts.append(numbers.get(id(row), "") if column.key == "line" else str(cell or ""))
    return Line(keys[id(row)], row, tuple(texts))


def _columns(sheet: StatementSheet, panel: Panel, lines: Sequence[Line]) -> tuple[ScreenColumn, ...]:
    longest = max((line.texts[0] for line in lines if line.texts), key=len, default="")
    made = [ScreenColumn("name", panel.title, Look.TEXT, longest[:NAME_CHARS], stretch=1)]
    place = 0
    for column in sheet.table.columns:
        if column.key in {"block", "name"}:
            continue
        place += 1
        widest = max((line.texts[place] for line in lines if line.texts), key=len, default="")
        look = Look.MONEY if column.kind is Kind.MONEY else Look.CENTRED
        label = tr("编码") if column.key == "code" else column.label
        made.append(ScreenColumn(column.key, label, look, widest, hair=look is Look.MONEY))
    return tuple(made)


def part_rows(told: Explanation) -> list[SideRow]:
    """What a figure is made of, signs first, and the figure below."""
    parts = [
        SideRow("+" if part.sign > 0 else "−", part.label, format_fen(part.amount)) for part in told.parts
    ]
    return [*parts, SideRow("=", told.name.strip(), format_fen(told.amount), total=True)]


def sentence_of(told: Explanation) -> str:
    """Formula, accounts, signs and amounts that add up to the figure (怎么来的)."""
    name = tr("{name}（{column}）", name=told.name, column=told.column)
    if told.typed:
        return tr("{name} {amount}：录入的数。", name=name, amount=format_fen(told.amount))
    parts = " ".join(
        f"{'＋' if part.sign > 0 else '－'} {part.label} {format_fen(part.amount)}" for part in told.parts
    )
    said = tr(
        "{name} = {formula}：{parts} = {amount}。",
        name=name,
        formula=told.formula,
        parts=parts.removeprefix("＋ "),
        amount=format_fen(told.amount),
    )
    return said + "".join(told.sentences)

"""The lines of one sheet of a stock-take as a table: what the books say, what was found, what becomes of the difference."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.stock_take import CountLine
from village_ledger.domain.stock_take_figures import sum_of
from village_ledger.i18n import tr
from village_ledger.reports.counting.stock_take_sheets import treatment_words, usage_words
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel

_MONEY = "1,234,567.89"


def columns(
    *, measured: bool, valued: bool, worn: bool, used: bool, told: bool, numbered: bool
) -> tuple[ScreenColumn, ...]:
    """Columns of a sheet: quantities where things are counted, amounts where they are worth something."""
    made = [ScreenColumn("state", "", Look.TEXT, "✓")]
    if numbered:
        made.append(ScreenColumn("sheet", tr("表"), Look.CODE, "08"))
    made.append(ScreenColumn("name", tr("名称"), Look.TEXT, tr("A08 村口门面一号"), stretch=3))
    if told:
        made.append(ScreenColumn("text", tr("账龄、说明"), Look.TEXT, tr("1年以内"), stretch=2))
    if measured:
        made.append(ScreenColumn("book_quantity", tr("账面数量"), Look.MONEY, "1,250.5", hair=True))
        made.append(ScreenColumn("quantity", tr("实点数量"), Look.MONEY, "1,250.5"))
    if valued:
        made.append(ScreenColumn("book", tr("账面"), Look.MONEY, _MONEY, hair=True))
        if worn:
            made.append(ScreenColumn("less", tr("已提折旧摊销"), Look.MONEY, _MONEY))
        made.append(ScreenColumn("value", tr("实点"), Look.MONEY, _MONEY))
        made.append(ScreenColumn("gap", tr("增减"), Look.MONEY, "-123,456.00", hair=True))
    if used:
        made.append(ScreenColumn("usage", tr("使用情况"), Look.TEXT, tr("他人使用：某人")))
    made.append(ScreenColumn("cause", tr("原因"), Look.TEXT, tr("保管不善"), stretch=2))
    made.append(ScreenColumn("treatment", tr("处理"), Look.TEXT, tr("调整账面")))
    return tuple(made)


class CountModel(FigureModel):
    """Lines of a sheet, or of all sheets those that differ."""

    def __init__(
        self, lines: Sequence[CountLine], *, used: bool, valued: bool = True, numbered: bool = False
    ) -> None:
        self.lines = tuple(lines)
        measured = any(line.book.quantity or line.book.unit for line in lines)
        worn = not numbered and any(line.book.less for line in lines)
        told = not numbered and any(line.book.text for line in lines)
        used = used and any(line.count is None or line.count.usage for line in lines)
        super().__init__(
            columns(
                measured=measured,
                valued=valued,
                worn=worn,
                used=used and not numbered,
                told=told,
                numbered=numbered,
            )
        )
        self._cells = [self._row(line) for line in self.lines]
        total = sum_of(self.lines)
        sums = {
            "name": tr("合计（{count} 行，已盘 {done}）", count=total.lines, done=total.counted),
            "book": format_fen(total.book),
            "less": format_fen(total.less),
            "value": format_fen(sum(x.count.value for x in self.lines if x.count is not None)),
            "gap": format_fen(sum(x.difference for x in self.lines)),
        }
        self._sums = [sums.get(column.key, "") for column in self.columns]

    def _row(self, line: CountLine) -> dict[str, str]:
        book, count = line.book, line.count
        shown = {
            "state": "" if count is None else "▲" if line.differs else "✓",
            "sheet": book.sheet,
            "name": book.name + (tr("（账外）") if line.found else ""),
            "text": book.text,
            "book_quantity": _quantity(book.quantity, book.unit),
            "book": "" if line.found else format_fen(book.value),
            "less": format_fen(book.less) if book.less else "",
        }
        if count is None:
            return shown
        marks = tr("待界定 ") if count.undetermined else ""
        return shown | {
            "quantity": _quantity(count.quantity, book.unit),
            "value": format_fen(count.value),
            "gap": format_fen(line.difference) if line.difference else "",
            "usage": usage_words(count.usage, count.user),
            "cause": marks + (count.cause or count.note),
            "treatment": treatment_words(line),
        }

    def count(self) -> int:
        """Lines."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        return self._cells[row].get(self.columns[column].key, "")

    def words(self, row: int, column: int) -> str:
        """The shapes in words."""
        shown = self.text(row, column)
        if self.columns[column].key == "state":
            return {"": tr("没有盘点"), "▲": tr("有差异"), "✓": tr("相符")}[shown]
        return shown

    def totals(self) -> TotalsModel:
        """The pinned sums."""
        return TotalsModel(self.columns, [self._sums])


def _quantity(thousandths: int, unit: str) -> str:
    """12.5 亩; nothing of what is not measured."""
    if not thousandths and not unit:
        return ""
    plain = format_quantity(thousandths)
    return plain.rstrip("0").rstrip(".") if "." in plain else plain

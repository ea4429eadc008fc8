"""What single cells mean: texts, days, whole numbers, amounts, yes and no. Each refuses rather than guesses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from village_ledger.domain.errors import AmountError, LedgerError, PeriodError, TextError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import fen_from_cell, parse_fen, quoted
from village_ledger.domain.period import parse_day
from village_ledger.domain.quantity import parse_price, parse_quantity
from village_ledger.domain.voucher import check_text
from village_ledger.exchange.reading.tabular import Cell, Fault, Flawed, TabularFile
from village_ledger.i18n import tr

_YES = frozenset({"是", "启用", "有", "1", "true", "yes", "y", ""})
_NO = frozenset({"否", "停用", "无", "0", "false", "no", "n"})
_LARGEST_COUNT = 999_999
_Value = TypeVar("_Value")


class CellReader:
    """Reads cells of a file; what cannot be read is noted in ``faults`` at its place, and reading goes on."""

    def __init__(self, table: TabularFile) -> None:
        self.table = table
        self.faults: list[Fault] = []

    def get(
        self, row: int, cells: Sequence[Cell], key: str, read: Callable[[Cell], _Value], otherwise: _Value
    ) -> _Value:
        """What a cell means, ``otherwise`` when it is at fault."""
        try:
            return read(self.table.value(cells, key))
        except LedgerError as error:
            self.note(row, reason(error), key)
            return otherwise

    def note(self, row: int, what: str, key: str = "") -> None:
        """Note a fault of a row or of one of its cells."""
        self.faults.append(self.table.fault(row, what, key))


def reason(error: LedgerError) -> str:
    """What is wrong and what to do, without the sentence that the books are safe (said once, at the end)."""
    what = error.what if error.what.endswith("。") else f"{error.what}。"
    return f"{what}{error.next_step}"


def text_of(cell: Cell, what: str, limit: int) -> str:
    """A cell as text without outer blanks; raises TextError for control characters, length, formulas."""
    if isinstance(cell, str):
        return check_text(cell, what, limit) if cell else ""
    if isinstance(cell, Flawed):
        raise TextError(cell.reason)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def plain_text(cell: Cell) -> str:
    """A cell as text, whole figures without a point; raises TextError for a formula or an error value."""
    if isinstance(cell, Flawed):
        raise TextError(cell.reason)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def code_of(cell: Cell) -> str:
    """An account code, full-width digits folded; a number cell 101 is the code 101."""
    return half_width(text_of(cell, tr("科目编码"), 30)).replace(" ", "")


def required_code(cell: Cell) -> str:
    """An account code that must be there; raises TextError."""
    code = code_of(cell)
    if not code:
        raise TextError(tr("没有科目编码"), tr("请填上科目编码。"))
    return code


def day_of(cell: Cell) -> date:
    """A date cell, or text such as 2025-03-08 or 2025/3/8; raises PeriodError."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        if not cell.strip():
            raise PeriodError(tr("没有日期"), tr("请填上日期。"))
        return parse_day(half_width(cell).strip())
    if isinstance(cell, Flawed):
        raise PeriodError(cell.reason)
    raise PeriodError(
        tr("“{cell}”是数字，不是日期", cell=cell), tr("请把这一列设成日期格式，或写成 2025-03-08 的样子。")
    )


def count_of(cell: Cell, what: str) -> int:
    """A whole number ≥ 0, blank counts as 0; raises TextError."""
    if isinstance(cell, Flawed):
        raise TextError(cell.reason)
    text = half_width(text_of(cell, what, 40))
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) > _LARGEST_COUNT:
        raise TextError(tr("{what}“{text}”不是整数", what=what, text=quoted(text)), tr("请只填数字。"))
    return int(text)


def fen_of(cell: Cell) -> int:
    """An amount in fen, blank counts as 0; raises AmountError."""
    if isinstance(cell, str):
        return parse_fen(cell) if cell and not cell.isspace() else 0
    if isinstance(cell, Flawed):
        raise AmountError(cell.reason)
    if isinstance(cell, date):
        raise AmountError(tr("是日期，不是金额"), tr("请把这一列设成数值格式，核对后再填。"))
    return fen_from_cell(cell)


def quantity_of(cell: Cell) -> int:
    """A quantity in thousandths, blank counts as 0; raises AmountError."""
    text = figure_text(cell, tr("数量"))
    return parse_quantity(text) if text else 0


def price_of(cell: Cell) -> Decimal | None:
    """A unit price in yuan, None for a blank cell; raises AmountError."""
    text = figure_text(cell, tr("单价"))
    return parse_price(text) if text else None


def figure_text(cell: Cell, what: str) -> str:
    """A figure as it is written; what a spreadsheet keeps as a binary number counts as its shortest decimal."""
    if isinstance(cell, Flawed):
        raise AmountError(cell.reason)
    if isinstance(cell, date):
        raise AmountError(tr("是日期，不是{what}", what=what), tr("请把这一列设成数值格式，核对后再填。"))
    return str(cell).strip()


def yes_or_no(cell: Cell, what: str) -> bool:
    """是 or 否, blank counts as 是; raises TextError."""
    word = half_width(text_of(cell, what, 20)).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise TextError(tr("{what}“{word}”看不懂", what=what, word=quoted(word)), tr("请填“是”或“否”。"))

"""What follows from the lines of a stock-take: digests, totals, what is missing, what the books changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from village_ledger.domain.chain import FIELD, LINE
from village_ledger.domain.errors import StockTakeError
from village_ledger.domain.stock_take import BookLine, Count, CountLine, Treatment
from village_ledger.domain.stock_take_sheets import Sheet


def digest_of(records: Iterable[str]) -> bytes:
    """Digest over lines in their order."""
    return sha256(LINE.join(records).encode()).digest()


def book_digest(lines: Iterable[CountLine]) -> bytes:
    """Digest of what the books filled, over the lines in order of their numbers."""
    return digest_of(
        f"{line.number}{FIELD}{int(line.found)}{FIELD}{line.book.record()}"
        for line in sorted(lines, key=lambda x: x.number)
    )


def count_digest(lines: Iterable[CountLine]) -> bytes:
    """Digest of everything: the books' side and what was found."""
    return digest_of(
        f"{line.number}{FIELD}{int(line.found)}{FIELD}{line.book.record()}{FIELD}"
        f"{line.count.record() if line.count else ''}"
        for line in sorted(lines, key=lambda x: x.number)
    )


def checked_count(line: BookLine, sheet: Sheet, count: Count) -> Count:
    """The count, if it can be; raises StockTakeError naming the line."""
    if count.quantity < 0 or (count.value < 0 and line.value >= 0):
        raise StockTakeError(f"“{line.name}”点到的数是负数", "盘点的数量和金额不能小于零；东西没有了就填 0。")
    if sheet.route == "none" and count.treatment is Treatment.ADJUST:
        raise StockTakeError(f"{sheet.short}的差异不能由清查直接调账", "请选“不调整”写明原因，另填凭证更正。")
    return count


def unexplained(lines: Sequence[CountLine]) -> list[CountLine]:
    """Lines that differ without a cause, or without saying what becomes of it."""
    return [
        line
        for line in lines
        if line.count is not None
        and (
            (line.differs and not line.count.cause)
            or (line.difference and line.count.treatment is Treatment.NONE)
        )
    ]


def uncounted(lines: Sequence[CountLine]) -> list[CountLine]:
    """Lines nothing was entered for yet."""
    return [line for line in lines if line.count is None]


@dataclass(frozen=True, slots=True)
class SheetSum:
    """Totals of a sheet, fen."""

    book: int = 0
    less: int = 0
    surplus: int = 0
    shortage: int = 0
    undetermined: int = 0
    """核实数 of lines whose owner is not settled, within the total."""
    lines: int = 0
    counted: int = 0

    @property
    def verified(self) -> int:
        """核实数."""
        return self.book + self.surplus - self.shortage


def sum_of(lines: Iterable[CountLine]) -> SheetSum:
    """Totals of some lines."""
    book = less = surplus = shortage = undetermined = number = counted = 0
    for line in lines:
        number += 1
        book += line.book.value
        less += line.book.less
        surplus += line.surplus
        shortage += line.shortage
        if line.count is not None:
            counted += 1
            undetermined += line.verified if line.count.undetermined else 0
    return SheetSum(book, less, surplus, shortage, undetermined, number, counted)


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line of which the books now say something else than when they filled it."""

    name: str
    sheet: str
    then: int | None
    now: int | None


def changed_lines(filled: Iterable[BookLine], now: Iterable[BookLine]) -> list[ChangedLine]:
    """Lines that changed, came or went since the books filled them."""
    before = {line.key: line for line in filled}
    after = {line.key: line for line in now}
    changed: list[ChangedLine] = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        same = old and new and (old.value, old.less, old.quantity) == (new.value, new.less, new.quantity)
        if same:
            continue
        one = new or old
        if one is not None and (one.value or one.quantity or (old and (old.value or old.quantity))):
            changed.append(
                ChangedLine(one.name, one.sheet, old.value if old else None, new.value if new else None)
            )
    return changed

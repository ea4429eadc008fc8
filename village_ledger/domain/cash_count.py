"""A count of the cash box (现金盘点): notes and coins by denomination, held against the books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from village_ledger.domain.errors import AmountError
from village_ledger.domain.money import format_fen, parse_fen

DENOMINATIONS = (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1)
"""Notes and coins in circulation, fen: 100 元 down to 1 分."""


@dataclass(frozen=True, slots=True)
class CashCount:
    """What was found in the box of one cash account at the end of a day, fen; ``book`` is what the books said then."""

    account: str
    day: date
    book: int
    total: int
    pieces: Mapping[int, int] = field(default_factory=dict[int, int])
    """Denomination → how many; empty when only the sum was noted."""
    reason: str = ""

    @property
    def difference(self) -> int:
        """Over (more than the books say) positive, short negative."""
        return self.total - self.book

    @property
    def detail(self) -> str:
        """What the operation log says of it; ``verify`` holds the record to it."""
        said = f"账面 {format_fen(self.book)}，实点 {format_fen(self.total)}"
        if self.pieces:
            counted = "、".join(f"{words(d)}×{n}" for d, n in sorted(self.pieces.items(), reverse=True))
            said += f"（{counted}）"
        if self.difference:
            said += f"，{over_or_short(self.difference)} {format_fen(abs(self.difference))}"
            said += f"：{self.reason}" if self.reason else "，还没写原因"
        return said


def over_or_short(difference: int) -> str:
    """长款 or 短款, as cashiers say."""
    return "长款" if difference > 0 else "短款"


def words(denomination: int) -> str:
    """``100元``, ``5角``, ``1分``."""
    for unit, name in ((100, "元"), (10, "角")):
        if denomination >= unit:
            return f"{denomination // unit}{name}"
    return f"{denomination}分"


def counted(pieces: Mapping[int, int], total: int | None) -> tuple[dict[int, int], int]:
    """The pieces there are and what they come to; raises AmountError for what cannot have been counted."""
    strange = [d for d in pieces if d not in DENOMINATIONS]
    if strange:
        raise AmountError(f"没有面额 {words(strange[0])} 的钱", "请按 100元 到 1分 的面额点数。")
    if any(number < 0 for number in pieces.values()) or (total or 0) < 0:
        raise AmountError("点到的现金不能是负数", "请按实际点到的填；没有的填 0。")
    kept = {d: number for d, number in pieces.items() if number}
    found = sum(d * number for d, number in kept.items())
    if not pieces and total is None:
        raise AmountError("还没有填点到的现金", "请按面额填张数，或填合计。")
    if kept and total is not None and total != found:
        raise AmountError(
            f"按面额合起来是 {format_fen(found)} 元，合计填的是 {format_fen(total)} 元",
            "请再点一遍，改对张数；合计可以不填。",
        )
    return kept, found if pieces and total is None else (total or 0)


def parse_pieces(text: str) -> dict[int, int]:
    """``100*12 50*3 0.5*4``: yuan and how many; raises AmountError."""
    made: dict[int, int] = {}
    for part in text.replace("，", " ").replace(",", " ").replace("×", "*").replace("x", "*").split():
        yuan, star, number = part.partition("*")
        if not star or not number.isdecimal():
            raise AmountError(f"“{part}”看不懂", "请写成 100*12 50*3 0.5*4 的样子：面额（元）和张数。")
        denomination = parse_fen(yuan)
        made[denomination] = made.get(denomination, 0) + int(number)
    return made

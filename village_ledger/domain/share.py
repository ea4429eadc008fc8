"""Shares (份额) as values: kinds of event, buckets, quantities in whole quanta.

A quantity is a whole number of quanta of 10^-decimals shares, fixed per class; text only at the edges. Who holds what is a
matter of accounts, each with three buckets; only what is free can leave one (members_and_shares §5).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from village_ledger.domain.errors import AmountError
from village_ledger.domain.half_width import half_width

COLLECTIVE = "集体"
"""How the organisation's own account is written."""
_MOST_DIGITS = 12


class Bucket(Enum):
    """Where quanta of an account lie."""

    FREE = "free"
    PLEDGED = "pledged"
    FROZEN = "frozen"

    @property
    def words(self) -> str:
        """可动、质押、冻结."""
        return {"free": "可动", "pledged": "质押", "frozen": "冻结"}[self.value]


class EventKind(Enum):
    """What an event does; the value is the word of the command line and of import files."""

    GRANT = "grant"
    TRANSFER = "transfer"
    GIFT = "gift"
    INHERIT = "inherit"
    REDEEM = "redeem"
    PLEDGE = "pledge"
    RELEASE = "release"
    FORECLOSE = "foreclose"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    SPLIT = "split"
    MERGE = "merge"
    CANCEL = "cancel"
    CONVERT = "convert"
    REVERSE = "reverse"

    @property
    def words(self) -> str:
        """The trade's name, as on certificates and in the register."""
        return _WORDS[self]


_WORDS = {
    EventKind.GRANT: "量化",
    EventKind.TRANSFER: "转让",
    EventKind.GIFT: "赠与",
    EventKind.INHERIT: "继承",
    EventKind.REDEEM: "退出回购",
    EventKind.PLEDGE: "质押",
    EventKind.RELEASE: "解除质押",
    EventKind.FORECLOSE: "质押处置",
    EventKind.FREEZE: "冻结",
    EventKind.UNFREEZE: "解除冻结",
    EventKind.SPLIT: "分户",
    EventKind.MERGE: "并户",
    EventKind.CANCEL: "注销",
    EventKind.CONVERT: "折换",
    EventKind.REVERSE: "冲销",
}


class Balance(NamedTuple):
    """The three buckets of an account, in quanta."""

    free: int = 0
    pledged: int = 0
    frozen: int = 0

    @property
    def total(self) -> int:
        """All three together."""
        return self.free + self.pledged + self.frozen


@dataclass(frozen=True, slots=True)
class ShareClass:
    """A class of shares of one organisation (``ledger``); its quantum is 10^-decimals of a share."""

    id: int
    ledger: str
    name: str
    decimals: int
    is_collective: bool = False

    def text(self, quanta: int) -> str:
        """A quantity with the class's decimals: ``33.34``."""
        return format_shares(quanta, self.decimals)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One movement: quanta into (+) or out of (−) a bucket of an account."""

    account_id: int
    bucket: Bucket
    delta: int


def format_shares(quanta: int, decimals: int) -> str:
    """Quanta as shares: ``3334`` with two decimals is ``33.34``."""
    if not decimals:
        return str(quanta)
    whole, part = divmod(abs(quanta), 10**decimals)
    return f"{'-' if quanta < 0 else ''}{whole}.{part:0{decimals}d}"


def parse_shares(text: str, decimals: int) -> int:
    """A quantity as typed, in quanta; raises AmountError for more decimals than the class has, or what is no number."""
    tidy = half_width(text).strip().replace(",", "")
    sign, body = (-1, tidy[1:]) if tidy.startswith("-") else (1, tidy)
    whole, point, part = body.partition(".")
    if not whole.isascii() or not whole.isdigit() or (point and not (part.isascii() and part.isdigit())):
        raise AmountError(f"份额“{text}”不是数", "请写成 30 或 33.34 这样。")
    if len(part.rstrip("0")) > decimals:
        raise AmountError(f"份额“{text}”的小数多于 {decimals} 位", "这一类股份只记到这一位，请核对。")
    if len(whole) > _MOST_DIGITS:
        raise AmountError(f"份额“{text}”太大", "请核对。")
    return sign * (int(whole) * 10**decimals + int(part.rstrip("0").ljust(decimals, "0") or "0"))


def allocate(amount: int, weights: list[int]) -> list[int]:
    """Share out a whole number by weights, largest remainder first, ties in the order given; sums to ``amount`` exactly.

    Used for fen of a dividend and for quanta of heirs alike (members_and_shares §2, §5.5). Weights are ≥ 0 and not all 0.
    """
    whole = sum(weights)
    divided = [divmod(amount * weight, whole) for weight in weights]
    parts = [part for part, _ in divided]
    rest = [left for _, left in divided]
    # a sort in reverse keeps equals in the order given
    for place in sorted(range(len(rest)), key=rest.__getitem__, reverse=True)[: amount - sum(parts)]:
        parts[place] += 1
    return parts

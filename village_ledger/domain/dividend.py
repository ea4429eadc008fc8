"""A dividend (收益分红) as values: whose part of the pool is how much, to the fen.

Whatever class and decimals a part has, it is weighed on the finest quantum of the classes that take part. Three ways to
share out (members_and_shares §2): the largest remainder, which gives out the pool exactly; whole fen only, what is over
stays; a fixed amount a share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from village_ledger.domain.share import COLLECTIVE, ShareClass, allocate

RATE_PLACES = 4
"""Decimals of a yuan an amount a share is fixed to."""
_FEN_RATE = 10 ** (RATE_PLACES - 2)
"""Parts of a fen in the last decimal of such an amount."""


class Method(Enum):
    """How the pool is shared out; the value is the word of the command line."""

    LARGEST = "largest"
    FLOOR = "floor"
    PER_SHARE = "per_share"

    @property
    def words(self) -> str:
        """As the screen calls it."""
        return {
            "largest": "最大余数（分完到分）",
            "floor": "舍去不足一分（余数留在未分配收益）",
            "per_share": "按每份金额",
        }[self.value]


class Kind(Enum):
    """What a holder is to the organisation on the record date: it says where the part is booked."""

    MEMBER = "member"
    OUTSIDER = "outsider"
    ESTATE = "estate"
    COLLECTIVE = "collective"

    @property
    def words(self) -> str:
        """成员、非成员、遗产、集体."""
        return {"member": "成员", "outsider": "非成员", "estate": "遗产", "collective": COLLECTIVE}[
            self.value
        ]


class Part(NamedTuple):
    """An account that takes part: what it holds on the record date, in the quanta of its class."""

    account_id: int
    share_class: ShareClass
    household: str
    holder: str
    kind: Kind
    quantity: int
    group: str = ""
    person_id: int | None = None

    @property
    def account(self) -> str:
        """As accounts are written: ``018/王秀英``, or 集体."""
        return COLLECTIVE if self.kind is Kind.COLLECTIVE else f"{self.household}/{self.holder}"

    @property
    def shares(self) -> str:
        """The quantity with the decimals of its class."""
        return self.share_class.text(self.quantity)


class Portion(NamedTuple):
    """A part with its fen."""

    part: Part
    amount: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A pool shared out: what was asked for, the portions in the order of accounts, what a whole share gets."""

    asked: int
    method: Method
    portions: tuple[Portion, ...]
    decimals: int = 0
    """Of the finest class that takes part."""

    @property
    def amount(self) -> int:
        """What the portions come to, fen."""
        return sum(portion.amount for portion in self.portions)

    @property
    def over(self) -> int:
        """What is asked for and not given out (negative: rounding gave out more)."""
        return self.asked - self.amount

    def of(self, *kinds: Kind) -> int:
        """Fen of some kinds of holders."""
        return sum(portion.amount for portion in self.portions if portion.part.kind in kinds)

    @property
    def weight(self) -> int:
        """All shares that take part, in quanta of the finest class."""
        return sum(weigh([portion.part for portion in self.portions]))

    @property
    def per_share(self) -> str:
        """What one share gets, in yuan with four decimals."""
        rate = rate_of(self.asked, self.weight, self.decimals)
        return f"{rate // 10**RATE_PLACES}.{rate % 10**RATE_PLACES:0{RATE_PLACES}d}"


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Accounts in the order they are listed in and by which ties are broken: ascending text, then class."""
    return sorted(parts, key=lambda part: (part.account, part.share_class.name, part.account_id))


def weigh(parts: Sequence[Part]) -> list[int]:
    """Quantities of classes with different decimals on one scale."""
    scales = {part.share_class.decimals for part in parts}
    if len(scales) <= 1:
        return [part.quantity for part in parts]
    finest = max(scales)
    return [part.quantity * 10 ** (finest - part.share_class.decimals) for part in parts]


def rate_of(amount: int, weight: int, decimals: int) -> int:
    """Fen of a pool for one whole share, in 1/10000 yuan, rounded down."""
    return amount * _FEN_RATE * 10**decimals // weight if weight else 0


def share_out(asked: int, parts: Sequence[Part], method: Method = Method.LARGEST) -> Shared:
    """Share a pool out over accounts; those without shares are left out, and with none nothing is given."""
    listed = in_order([part for part in parts if part.quantity > 0])
    weights = weigh(listed)
    finest = max((part.share_class.decimals for part in listed), default=0)
    amounts = _amounts(asked, weights, method, finest) if listed else []
    portions = tuple(map(Portion, listed, amounts))
    return Shared(asked, method, portions, finest)


def _amounts(asked: int, weights: list[int], method: Method, decimals: int) -> list[int]:
    if method is Method.LARGEST:
        return allocate(asked, weights)
    if method is Method.FLOOR:
        return [asked * weight // sum(weights) for weight in weights]
    rate, whole = rate_of(asked, sum(weights), decimals), _FEN_RATE * 10**decimals
    return [(2 * rate * weight + whole) // (2 * whole) for weight in weights]


def by_holder(portions: Sequence[Portion]) -> dict[str, int]:
    """Fen by account text over all classes: one voucher line a holder; nobody with nothing."""
    sums: dict[str, int] = {}
    for portion in portions:
        sums[portion.part.account] = sums.get(portion.part.account, 0) + portion.amount
    return {holder: fen for holder, fen in sums.items() if fen}


def creditor_part(amount: int, quantity: int, pledged: int) -> int:
    """Fen of a line that the pledged quanta earned, rounded down: what is over is the holder's."""
    return amount * pledged // quantity if quantity else 0


def households(portions: Sequence[Portion]) -> Mapping[str, list[Portion]]:
    """Portions by household number, holders of none under their account."""
    found: dict[str, list[Portion]] = {}
    for portion in portions:
        found.setdefault(portion.part.household or portion.part.account, []).append(portion)
    return found

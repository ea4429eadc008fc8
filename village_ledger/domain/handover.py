"""Handing over the books (会计交接): what is handed from whom to whom, ticked item by item, signed by three.

Handover   who gives, who takes, who watches (监交人), from which day on (会计基础工作规范 25–33)
Item       a line of the list (移交清册), from the books or entered by hand, 相符 or 不符
Signature  by each of the three once every item was gone through; from then on nothing changes
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from hashlib import sha256

from village_ledger.domain.errors import HandoverError


class ItemKind(Enum):
    """What a line of the list is about, in the order of the list."""

    VOUCHERS = "vouchers"
    BALANCES = "balances"
    CASH = "cash"
    BANK = "bank"
    RECEIPTS = "receipts"
    CLAIMS = "claims"
    DEBTS = "debts"
    FUNDS = "funds"
    OPEN = "open"
    CONTRACTS = "contracts"
    LAWSUITS = "lawsuits"
    SEALS = "seals"
    KEYS = "keys"
    ARCHIVES = "archives"
    SYSTEM = "system"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Heading on the list."""
        return KIND_WORDS[self]


KIND_WORDS: Mapping[ItemKind, str] = {
    ItemKind.VOUCHERS: "会计凭证和账簿",
    ItemKind.BALANCES: "科目余额",
    ItemKind.CASH: "库存现金",
    ItemKind.BANK: "银行存款",
    ItemKind.RECEIPTS: "收据和票据",
    ItemKind.CLAIMS: "应收款项",
    ItemKind.DEBTS: "借款和应付款项",
    ItemKind.FUNDS: "专项资金",
    ItemKind.OPEN: "未了事项",
    ItemKind.CONTRACTS: "合同",
    ItemKind.LAWSUITS: "诉讼和担保",
    ItemKind.SEALS: "印章",
    ItemKind.KEYS: "钥匙和支付工具",
    ItemKind.ARCHIVES: "会计档案",
    ItemKind.SYSTEM: "软件、人员角色和备份",
    ItemKind.OTHER: "其他",
}
BY_HAND = (
    ItemKind.LAWSUITS,
    ItemKind.SEALS,
    ItemKind.KEYS,
    ItemKind.ARCHIVES,
    ItemKind.CONTRACTS,
    ItemKind.SYSTEM,
    ItemKind.OTHER,
)
"""What the books cannot know and people enter."""


def read_kind(text: str) -> ItemKind:
    """A kind that is entered by hand, by its Chinese or English word; raises HandoverError."""
    tidy = text.strip()
    for kind in BY_HAND:
        if tidy in (kind.value, kind.words):
            return kind
    raise HandoverError(f"没有“{tidy}”这一类手工项目", f"可以是：{'、'.join(k.words for k in BY_HAND)}。")


class Result(Enum):
    """What going through an item found."""

    OPEN = ""
    AGREES = "ok"
    DIFFERS = "bad"

    @property
    def words(self) -> str:
        """As written on the list."""
        return {"": "", "ok": "相符", "bad": "不符"}[self.value]

    @classmethod
    def read(cls, text: str) -> Result:
        """By its Chinese or English word; raises HandoverError."""
        tidy = text.strip()
        for one in (cls.AGREES, cls.DIFFERS):
            if tidy in (one.value, one.words):
                return one
        raise HandoverError(f"核对结果“{tidy}”看不懂", "请写“相符”或“不符”。")


class Place(Enum):
    """Whose signature."""

    GIVER = "giver"
    TAKER = "taker"
    SUPERVISOR = "supervisor"

    @property
    def words(self) -> str:
        """As printed beside the line."""
        return {"giver": "移交人", "taker": "接交人", "supervisor": "监交人"}[self.value]

    @classmethod
    def read(cls, text: str) -> Place:
        """By its Chinese or English word; raises HandoverError."""
        tidy = text.strip()
        for one in cls:
            if tidy in (one.value, one.words):
                return one
        raise HandoverError(f"没有“{tidy}”这个签字的位置", "可以是：移交人、接交人、监交人。")


class HandoverStep(Enum):
    """Steps of a handover."""

    LISTED = "listed"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """What the step is called once it is done."""
        return {"listed": "已列清册", "finished": "交接完毕", "withdrawn": "已撤销"}[self.value]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list."""

    number: int
    kind: ItemKind
    title: str
    detail: str = ""
    amount: int | None = None
    """Fen."""
    quantity: str = ""
    """3枚, 12本."""
    ledger: str = ""
    by_hand: bool = False
    result: Result = Result.OPEN
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same item when the list is made again."""
        return (self.kind.value, self.ledger, self.title)

    @property
    def figures(self) -> tuple[str, int | None, str]:
        """What the list says of it."""
        return (self.detail, self.amount, self.quantity)

    def as_json(self) -> dict[str, object]:
        """Its fields for the frozen document."""
        return {
            "number": self.number,
            "kind": self.kind.value,
            "ledger": self.ledger,
            "title": self.title,
            "detail": self.detail,
            "amount": self.amount,
            "quantity": self.quantity,
            "by_hand": self.by_hand,
            "result": self.result.value,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Signature:
    """One of the three signatures."""

    place: Place
    name: str
    day: date
    by: str
    at: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class HandoverStepDone:
    """A step as it was taken."""

    step: HandoverStep
    day: date
    words: str
    by: str
    at: str
    digest: bytes
    document: str = ""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who hands over to whom, before whom, in which post."""

    post: str
    giver: str
    taker: str
    supervisor: str
    supervisor_post: str = ""

    def checked(self) -> Parties:
        """Themselves; raises HandoverError where one is missing or one person stands in two places."""
        if not (self.post and self.giver and self.taker and self.supervisor):
            raise HandoverError("交接要写明岗位、移交人、接交人和监交人", "请填齐四处。")
        if self.giver == self.taker:
            raise HandoverError(f"移交人和接交人都是 {self.giver}", "请填接手工作的人。")
        if self.supervisor in {self.giver, self.taker}:
            raise HandoverError(
                f"监交人 {self.supervisor} 就是交接的一方",
                "请由负责人或乡镇派人监交（会计基础工作规范第28条）。",
            )
        return self


@dataclass(frozen=True, slots=True)
class Handover:
    """A handover as the book holds it, its items apart."""

    id: int
    number: str
    """交-2025-01."""
    ledger: str
    """Empty: all ledgers of the book."""
    day: date
    """Up to the end of this day the giver answers for the books (锁定日)."""
    parties: Parties
    note: str
    made_by: str
    made_at: str
    steps: tuple[HandoverStepDone, ...] = field(default=())
    signatures: tuple[Signature, ...] = field(default=())

    @property
    def last(self) -> HandoverStep | None:
        """What was done last."""
        return self.steps[-1].step if self.steps else None

    @property
    def is_open(self) -> bool:
        """Whether it is still under way."""
        return self.last not in {HandoverStep.FINISHED, HandoverStep.WITHDRAWN}

    @property
    def signed(self) -> frozenset[Place]:
        """Who has signed."""
        return frozenset(one.place for one in self.signatures)

    @property
    def stage(self) -> str:
        """Where it stands, as the step strip names it."""
        if self.last is None:
            return "登记"
        if self.last is HandoverStep.LISTED:
            return "签字" if self.signatures else "核对"
        return self.last.words

    @property
    def finished(self) -> HandoverStepDone | None:
        """When and how it was finished."""
        return next((one for one in self.steps if one.step is HandoverStep.FINISHED), None)


STAGES = ("登记", "核对", "签字", "交接完毕")


def document_of(handover: Handover, items: Iterable[Item]) -> str:
    """The whole list as one text (JSON, keys sorted): what is frozen and what the digest covers."""
    who = handover.parties
    return json.dumps(
        {
            "number": handover.number,
            "ledger": handover.ledger,
            "day": handover.day.isoformat(),
            "post": who.post,
            "giver": who.giver,
            "taker": who.taker,
            "supervisor": who.supervisor,
            "supervisor_post": who.supervisor_post,
            "items": [item.as_json() for item in sorted(items, key=lambda x: x.number)],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def digest_of(document: str) -> bytes:
    """Digest of the frozen document."""
    return sha256(document.encode()).digest()


def merged(old: Sequence[Item], fresh: Sequence[Item]) -> list[Item]:
    """The list made again: items whose figures stayed keep number and tick, changed ones are open again, hand-made ones stay."""
    before = {item.key: item for item in old if not item.by_hand}
    number = max((item.number for item in old), default=0)
    items: list[Item] = []
    for item in fresh:
        known = before.pop(item.key, None)
        if known is None:
            number += 1
            items.append(replace(item, number=number))
        elif known.figures == item.figures:
            items.append(known)
        else:
            items.append(replace(item, number=known.number))
    return items + [item for item in old if item.by_hand]


def changed_items(old: Sequence[Item], fresh: Sequence[Item]) -> list[str]:
    """Titles of what the books now say otherwise than the list."""
    before = {item.key: item for item in old if not item.by_hand}
    after = {item.key: item for item in fresh}
    return [
        (after.get(key) or before[key]).title
        for key in sorted({*before, *after})
        if key not in before or key not in after or before[key].figures != after[key].figures
    ]


def unfinished_items(items: Iterable[Item]) -> list[Item]:
    """Not gone through yet, or 不符 without a word of why."""
    return [
        item
        for item in items
        if item.result is Result.OPEN or (item.result is Result.DIFFERS and not item.note)
    ]

"""A stock-take (清产核资): what the books say of a day, what was found, and what becomes of the difference.

    BookLine     one line as the books filled it, frozen with a digest
    Count        what was found for it, with cause and treatment
    Step         how far a stock-take has come: 登记 → 盘点 → 差异 → 审批 → 调整 → 公示 → 确认

Values are fen and quantities thousandths, above zero on the natural side of the sheet (assets debit, debts credit).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from village_ledger.domain.chain import FIELD
from village_ledger.domain.errors import StockTakeError


class Step(Enum):
    """A step of a stock-take; kept one after the other, never taken away."""

    FILLED = "filled"
    COUNTED = "counted"
    BACK = "back"
    APPROVED = "approved"
    ADJUSTED = "adjusted"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"

    @property
    def words(self) -> str:
        """What the step is called once it is done."""
        return _STEP_WORDS[self]


_STEP_WORDS = {
    Step.FILLED: "已从账上填好",
    Step.COUNTED: "盘点完毕",
    Step.BACK: "退回盘点",
    Step.APPROVED: "已审批",
    Step.ADJUSTED: "已调整",
    Step.PUBLISHED: "已公示",
    Step.CONFIRMED: "已确认",
}
BEFORE: Mapping[Step, frozenset[Step | None]] = {
    Step.FILLED: frozenset({None, Step.FILLED, Step.BACK}),
    Step.COUNTED: frozenset({Step.FILLED, Step.BACK}),
    Step.BACK: frozenset({Step.COUNTED}),
    Step.APPROVED: frozenset({Step.COUNTED}),
    Step.ADJUSTED: frozenset({Step.APPROVED}),
    Step.PUBLISHED: frozenset({Step.ADJUSTED}),
    Step.CONFIRMED: frozenset({Step.PUBLISHED}),
}
"""What must have been done last for a step to be next; None: nothing yet."""
COUNTING: frozenset[Step | None] = frozenset({Step.FILLED, Step.BACK})
"""While counted values may be entered."""
STAGES = ("登记", "盘点", "差异", "审批", "调整", "公示", "确认")


def stage_of(last: Step | None) -> str:
    """Where a stock-take stands, as the step strip names it."""
    match last:
        case None:
            return "登记"
        case Step.FILLED | Step.BACK:
            return "盘点"
        case Step.COUNTED:
            return "差异"
        case Step.APPROVED:
            return "审批"
        case Step.ADJUSTED:
            return "调整"
        case Step.PUBLISHED:
            return "公示"
        case Step.CONFIRMED:
            return "确认"


def ensure_next(last: Step | None, wanted: Step) -> None:
    """Raise StockTakeError unless ``wanted`` may follow what was done last."""
    if last in BEFORE[wanted]:
        return
    if wanted is Step.ADJUSTED and last in {Step.ADJUSTED, Step.PUBLISHED, Step.CONFIRMED}:
        raise StockTakeError(
            "这次清查的差异已经调整过", "不能再调整一次；凭证错了就作废它，再只出那一张表的。"
        )
    if last is Step.CONFIRMED:
        raise StockTakeError("这次清查已经确认", "结果定了不再改；要再查，请另外登记一次清查。")
    needed = next((s for s in Step if s is not Step.BACK and s in BEFORE[wanted]), None)
    before = needed.words if needed else "登记"
    raise StockTakeError(
        f"现在还在“{stage_of(last)}”这一步，不能做“{wanted.words.removeprefix('已')}”",
        f"要先{before.removeprefix('已')}。",
    )


class Treatment(Enum):
    """What becomes of a difference."""

    NONE = ""
    ADJUST = "adjust"
    """The books follow what was found."""
    KEEP = "keep"
    """The books stay: what differs is explained (bank not yet booked, still being looked for)."""

    @property
    def words(self) -> str:
        """As written on the sheet."""
        return {"": "", "adjust": "调整账面", "keep": "不调整"}[self.value]

    @classmethod
    def read(cls, text: str) -> Treatment:
        """By its Chinese or English word; raises StockTakeError."""
        tidy = text.strip()
        for one in cls:
            if tidy in (one.value, one.words):
                return one
        raise StockTakeError(f"处理意见“{tidy}”看不懂", "可以写：调整账面、不调整，没有差异就空着。")


USAGES: Mapping[str, str] = {"own": "自用", "others": "他人使用", "idle": "闲置"}
"""How a thing is used: stored word to the word on the sheet."""


def read_usage(text: str) -> str:
    """A way of use by its Chinese or English word, empty for none; raises StockTakeError."""
    tidy = text.strip()
    for word, name in USAGES.items():
        if tidy in (word, name):
            return word
    if tidy:
        raise StockTakeError(f"使用情况“{tidy}”看不懂", f"可以写：{'、'.join(USAGES.values())}。")
    return ""


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of a sheet as the books filled it."""

    sheet: str
    account: str = ""
    party: str = ""
    project: str = ""
    code: str = ""
    """Code of an asset card or a parcel."""
    name: str = ""
    unit: str = ""
    quantity: int = 0
    value: int = 0
    less: int = 0
    """Accumulated depreciation or amortisation beside it."""
    less_account: str = ""
    text: str = ""
    """Age of a claim, bank and number of an account, what a parcel is."""

    @property
    def key(self) -> str:
        """What makes the line the same one when the books are read again."""
        return f"{self.sheet}|{self.account}|{self.party}|{self.project}|{self.code}"

    @property
    def net(self) -> int:
        """Value less what was written off over time."""
        return self.value - self.less

    def record(self) -> str:
        """Its fields as the digest covers them."""
        return FIELD.join(
            map(
                str,
                (
                    self.key,
                    self.name,
                    self.unit,
                    self.quantity,
                    self.value,
                    self.less,
                    self.less_account,
                    self.text,
                ),
            )
        )


@dataclass(frozen=True, slots=True)
class Count:
    """What was found for a line."""

    value: int
    quantity: int = 0
    cause: str = ""
    treatment: Treatment = Treatment.NONE
    account: str = ""
    """Where the difference goes after approval; empty takes the rules' account."""
    party: str = ""
    """Who answers for it, where it goes to a claim."""
    usage: str = ""
    user: str = ""
    """Who uses it, where others do."""
    undetermined: bool = False
    """待界定: whose it is has not been settled; listed apart."""
    note: str = ""

    def record(self) -> str:
        """Its fields as the digest covers them."""
        return FIELD.join(
            map(
                str,
                (
                    self.value,
                    self.quantity,
                    self.cause,
                    self.treatment.value,
                    self.account,
                    self.party,
                    self.usage,
                    self.user,
                    int(self.undetermined),
                    self.note,
                ),
            )
        )


@dataclass(frozen=True, slots=True)
class CountLine:
    """A line with what was found for it, if anything was yet."""

    number: int
    book: BookLine
    found: bool = False
    """账外: not in the books, added by those who counted."""
    count: Count | None = None
    last: int | None = None
    """上年核实数: what the last confirmed stock-take verified, fen."""

    @property
    def difference(self) -> int:
        """Found less booked, fen; 0 until it was counted."""
        return 0 if self.count is None else self.count.value - self.book.value

    @property
    def is_kept(self) -> bool:
        """Whether the books are right as they stand and the difference is only explained (未达账项)."""
        return self.count is not None and self.count.treatment is Treatment.KEEP

    @property
    def surplus(self) -> int:
        """核增."""
        return 0 if self.is_kept else max(self.difference, 0)

    @property
    def shortage(self) -> int:
        """核减."""
        return 0 if self.is_kept else max(-self.difference, 0)

    @property
    def verified(self) -> int:
        """核实数: what was found, the books' value until then and where the difference is only explained."""
        return self.book.value + self.surplus - self.shortage

    @property
    def less_gone(self) -> int:
        """How much of the accumulated depreciation goes with a shortage: its share, half up."""
        if self.book.value <= 0 or not self.shortage:
            return 0
        return (2 * self.book.less * self.shortage + self.book.value) // (2 * self.book.value)

    def worth(self, quantity: int) -> int:
        """What so much of it is worth at the books' price, half up; nothing of no quantity where the books have none."""
        if not self.book.quantity:
            return self.book.value
        return (2 * self.book.value * quantity + self.book.quantity) // (2 * self.book.quantity)

    @property
    def quantity_difference(self) -> int:
        """Found less booked, thousandths."""
        return 0 if self.count is None else self.count.quantity - self.book.quantity

    @property
    def differs(self) -> bool:
        """Whether value or quantity are not what the books say."""
        return bool(self.difference or self.quantity_difference)

    @property
    def adjusts(self) -> bool:
        """Whether the books are to follow what was found."""
        return bool(self.difference) and self.count is not None and self.count.treatment is Treatment.ADJUST


class TakeVoucher(NamedTuple):
    """A voucher that stands for differences of a sheet, or of one line of it."""

    sheet: str
    stage: str
    """found or settled."""
    line: int
    id: int
    ref: str


@dataclass(frozen=True, slots=True)
class Persons:
    """Who counts and who watches."""

    leader: str
    counters: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step as it was taken."""

    step: Step
    day: date
    number: str
    """Number of the decision or resolution."""
    words: str
    by: str
    at: str
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class StockTake:
    """A stock-take as the book holds it, its lines apart."""

    id: int
    ledger: str
    day: date
    persons: Persons
    made_by: str
    made_at: str
    steps: tuple[StepDone, ...] = field(default=())

    @property
    def last(self) -> Step | None:
        """What was done last."""
        return self.steps[-1].step if self.steps else None

    @property
    def stage(self) -> str:
        """Where it stands."""
        return stage_of(self.last)

    @property
    def is_open(self) -> bool:
        """Whether counted values may be entered."""
        return self.last in COUNTING

    @property
    def year(self) -> int:
        """The year it is of."""
        return self.day.year

    def done(self, step: Step) -> StepDone | None:
        """The latest time a step was taken, unless it was gone back behind since."""
        if step is Step.COUNTED and self.last is Step.BACK:
            return None
        return next((one for one in reversed(self.steps) if one.step is step), None)

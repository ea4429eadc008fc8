"""Objections (异议): what somebody says of a posted sheet, by when it must be answered, how it was answered and ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from village_ledger.domain.errors import PostingError


class ObjectionAct(Enum):
    """What happens to an objection."""

    ANSWERED = "answered"
    AGAIN = "again"
    """Who raised it is not content; it must be answered again."""
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """What it is called once it is done."""
        return {"answered": "答复", "again": "再次提出", "closed": "办结"}[self.value]


class ObjectionResult(Enum):
    """How an objection ended."""

    CORRECTED = "corrected"
    EXPLAINED = "explained"
    UNFOUNDED = "unfounded"
    PASSED_ON = "passed-on"

    @property
    def words(self) -> str:
        """As the register says it."""
        return _RESULTS[self]

    @classmethod
    def read(cls, text: str) -> ObjectionResult:
        """By its English or Chinese word; raises PostingError."""
        for one in cls:
            if text.strip() in (one.value, one.words):
                return one
        raise PostingError(f"没有“{text.strip()}”这种结果", f"可以是：{'、'.join(r.words for r in cls)}。")


_RESULTS = {
    ObjectionResult.CORRECTED: "属实，已更正",
    ObjectionResult.EXPLAINED: "已解释清楚",
    ObjectionResult.UNFOUNDED: "核实后不属实",
    ObjectionResult.PASSED_ON: "转乡镇处理",
}


@dataclass(frozen=True, slots=True)
class ObjectionEvent:
    """One act as it happened."""

    act: ObjectionAct
    day: date
    who: str
    words: str
    due: date | None = None
    """By when it must be answered again."""
    result: ObjectionResult | None = None
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody said of what hangs on the wall."""

    id: int
    number: str
    """异-2025-01: by ledger, within the year it was raised in."""
    ledger: str
    posting: str
    """Number of the posting it is about."""
    code: str
    """Check code of the sheet it is about, empty for the whole set."""
    day: date
    who: str
    item: str
    way: str
    """口头, 书面, 电话, 会议 …"""
    due: date
    by: str = ""
    at: str = ""
    events: tuple[ObjectionEvent, ...] = ()

    @property
    def last(self) -> ObjectionEvent | None:
        """What happened last."""
        return self.events[-1] if self.events else None

    @property
    def answer(self) -> ObjectionEvent | None:
        """The last answer."""
        return next((one for one in reversed(self.events) if one.act is ObjectionAct.ANSWERED), None)

    @property
    def closing(self) -> ObjectionEvent | None:
        """How it ended."""
        last = self.last
        return last if last is not None and last.act is ObjectionAct.CLOSED else None

    @property
    def waits(self) -> bool:
        """Whether it must still be answered."""
        return self.last is None or self.last.act is ObjectionAct.AGAIN

    @property
    def answer_due(self) -> date:
        """By when it must be answered, or had to be."""
        again = next((one for one in reversed(self.events) if one.act is ObjectionAct.AGAIN), None)
        return again.due if again is not None and again.due is not None else self.due

    @property
    def answered_late(self) -> bool:
        """Whether its last answer came after its time."""
        return not self.waits and self.answer is not None and self.answer.day > self.answer_due

    def late_on(self, day: date) -> bool:
        """Whether it still waits for an answer after its time."""
        return self.waits and day > self.answer_due

    def state_on(self, day: date) -> str:
        """How far it is, in words."""
        if self.closing is not None:
            return "已办结"
        if self.waits:
            return "答复逾期" if self.late_on(day) else "待答复"
        return "已答复"

    def with_event(self, event: ObjectionEvent) -> Objection:
        """The objection one act on; raises PostingError for what may not be."""
        self._ensure_order(event)
        earlier = self.last.day if self.last else self.day
        if event.day < earlier:
            raise PostingError(f"{event.act.words}的日期 {event.day} 早于 {earlier}", "请核对日期。")
        if event.act is ObjectionAct.ANSWERED and not event.who:
            raise PostingError("没有写是谁答复的", "请写上答复人的姓名。")
        if not event.words and event.act is not ObjectionAct.CLOSED:
            raise PostingError(f"{event.act.words}没有写内容", "请把话写上；以后要能查。")
        if event.act is ObjectionAct.CLOSED and event.result is None:
            raise PostingError("办结没有写结果", f"可以是：{'、'.join(r.words for r in ObjectionResult)}。")
        return replace(self, events=(*self.events, event))

    def _ensure_order(self, event: ObjectionEvent) -> None:
        if self.closing is not None:
            raise PostingError(f"异议 {self.number} 已经办结", "还有意见的，请另登记一条。")
        if event.act is ObjectionAct.ANSWERED and not self.waits:
            raise PostingError(f"异议 {self.number} 已经答复", "本人还有意见的，先登记再次提出，再答复。")
        if event.act is not ObjectionAct.ANSWERED and self.waits:
            raise PostingError(f"异议 {self.number} 还没有答复", "请先登记答复。")


def objection_number(year: int, number: int) -> str:
    """How people name an objection of a ledger."""
    return f"异-{year}-{number:02d}"


def same_objection(number: str, typed: str) -> bool:
    """Whether what was typed names it: 异-2025-01 or 2025-01."""
    return typed.strip().removeprefix("异-").removeprefix("异") == number.removeprefix("异-")

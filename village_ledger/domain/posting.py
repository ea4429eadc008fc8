"""The posting record (张贴记录): a set of sheets of one ledger and span, from the supervisors' opinion to the archive.

Posting   what hangs together: checked by supervisors, posted where and when, taken down, filed
Review    their opinion; a set they want done again does not hang
Objections to what hung are in ``objection``; how long it hangs and who must be answered when in ``posting_days``
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from village_ledger.domain.errors import PostingError
from village_ledger.domain.period import Span

JOINT = "、"
"""Between names written in one place."""


class Opinion(Enum):
    """What the supervisors say of a set of sheets."""

    AGREED = "agreed"
    REDO = "redo"

    @property
    def words(self) -> str:
        """As written on the sheet."""
        return {"agreed": "同意公开", "redo": "要求重做"}[self.value]

    @classmethod
    def read(cls, text: str) -> Opinion:
        """By its English or Chinese word; raises PostingError."""
        tidy = text.strip()
        for one in cls:
            if tidy in (one.value, one.words, one.words[:2]):
                return one
        raise PostingError(f"审查意见“{tidy}”看不懂", "请写“同意”或“要求重做”。")


class PostingAct(Enum):
    """What happens to a set of sheets once it is put together."""

    REVIEWED = "reviewed"
    POSTED = "posted"
    TAKEN_DOWN = "taken-down"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """What it is called once it is done."""
        return _ACTS[self]


_ACTS = {
    PostingAct.REVIEWED: "监督审查",
    PostingAct.POSTED: "张贴",
    PostingAct.TAKEN_DOWN: "取下",
    PostingAct.CLOSED: "归档",
    PostingAct.WITHDRAWN: "作废",
}


class PostingState(Enum):
    """How far a set of sheets has come."""

    WAITING = "waiting"
    AGREED = "agreed"
    REDO = "redo"
    POSTED = "posted"
    TAKEN_DOWN = "taken-down"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """As the list says it."""
        return _STATES[self]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done with it."""
        return self not in (PostingState.CLOSED, PostingState.WITHDRAWN)


_STATES = {
    PostingState.WAITING: "待审查",
    PostingState.AGREED: "待张贴",
    PostingState.REDO: "要求重做",
    PostingState.POSTED: "张贴中",
    PostingState.TAKEN_DOWN: "已取下",
    PostingState.CLOSED: "已归档",
    PostingState.WITHDRAWN: "已作废",
}


@dataclass(frozen=True, slots=True)
class PostedSheet:
    """A sheet of the set: its check code, which report it is, who registered it and when."""

    code: str
    report: str
    made_by: str = ""
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class PostingEvent:
    """One act as it happened."""

    act: PostingAct
    day: date
    people: tuple[str, ...] = ()
    """Who did it: the supervisors (the one in charge first), who put it up or took it down."""
    words: str = ""
    """The opinion in words, or why."""
    opinion: Opinion | None = None
    body: str = ""
    """监事会, 村务监督委员会 …: whose opinion it is."""
    place: str = ""
    until: date | None = None
    """First day on which it may come down."""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """A set of sheets of one ledger and span that hangs together."""

    id: int
    number: str
    """2025-01: by ledger, within the year the span ends in."""
    ledger: str
    span: Span
    occasion: str
    """Id of the obligation it fulfils, see rules/disclosure_calendar.toml."""
    sheets: tuple[PostedSheet, ...]
    made_by: str = ""
    made_at: str = ""
    note: str = ""
    replaces: str = ""
    """Number of the set it takes the place of, being done again or corrected."""
    replaced_by: str = ""
    events: tuple[PostingEvent, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Check codes of its sheets in their order."""
        return tuple(sheet.code for sheet in self.sheets)

    @property
    def last(self) -> PostingEvent | None:
        """What happened last."""
        return self.events[-1] if self.events else None

    def event(self, act: PostingAct) -> PostingEvent | None:
        """The last act of a kind, None when it has not happened."""
        return next((one for one in reversed(self.events) if one.act is act), None)

    @property
    def state(self) -> PostingState:
        """How far it has come."""
        last = self.last
        if last is None:
            return PostingState.WAITING
        if last.act is PostingAct.REVIEWED:
            return PostingState.AGREED if last.opinion is Opinion.AGREED else PostingState.REDO
        return PostingState(last.act.value)

    @property
    def review(self) -> PostingEvent | None:
        """The opinion that counts: the last one."""
        return self.event(PostingAct.REVIEWED)

    @property
    def posted_on(self) -> date | None:
        """The day it was put up."""
        posted = self.event(PostingAct.POSTED)
        return posted.day if posted else None

    @property
    def place(self) -> str:
        """Where it was put up."""
        posted = self.event(PostingAct.POSTED)
        return posted.place if posted else ""

    @property
    def removal_due(self) -> date | None:
        """The first day on which it may come down."""
        posted = self.event(PostingAct.POSTED)
        return posted.until if posted else None

    @property
    def removed_on(self) -> date | None:
        """The day it came down."""
        down = self.event(PostingAct.TAKEN_DOWN)
        return down.day if down else None

    @property
    def days_up(self) -> int | None:
        """Whole days it hung, None while it hangs."""
        if self.posted_on is None or self.removed_on is None:
            return None
        return (self.removed_on - self.posted_on).days

    @property
    def came_down_early(self) -> bool:
        """Whether it hung for less than it must."""
        down, due = self.removed_on, self.removal_due
        return down is not None and due is not None and down < due

    @property
    def makers(self) -> tuple[str, ...]:
        """Who made the sheets or put the set together: none of them may check it."""
        return tuple(dict.fromkeys(filter(None, (self.made_by, *(sheet.made_by for sheet in self.sheets)))))

    @property
    def supervisors(self) -> tuple[str, ...]:
        """Everybody who gave an opinion on it: none of them may put it up."""
        reviews = (one for one in self.events if one.act is PostingAct.REVIEWED)
        return tuple(dict.fromkeys(name for one in reviews for name in one.people))

    def with_event(self, event: PostingEvent) -> Posting:
        """The posting one act on; raises PostingError for what may not be, one sentence each."""
        self._ensure_order(event)
        self._ensure_day(event)
        self._ensure_people(event)
        if event.act is PostingAct.REVIEWED and event.opinion is Opinion.REDO and not event.words:
            raise PostingError("要求重做没有写意见", "请写明哪张表、哪一项不对。")
        if event.act is PostingAct.POSTED and not event.place:
            raise PostingError("没有写贴在哪里", "请写明公开栏的地点，例如 村委会门前公开栏。")
        if event.act is PostingAct.WITHDRAWN and not event.words:
            raise PostingError("作废没有写原因", "请写一句为什么作废。")
        due = self.removal_due
        early = event.act is PostingAct.TAKEN_DOWN and due is not None and event.day < due
        if early and not event.words:
            raise PostingError(
                f"{self.number} 到 {due} 才贴满规定的天数",
                "提前取下请写明原因，例如 被雨淋坏、已换上更正的表。",
            )
        return replace(self, events=(*self.events, event))

    def corrects(self, event: PostingEvent) -> bool:
        """Whether an act is written better: put up or taken down as it was, with other words and why."""
        return self.last is not None and self.last.act is event.act and event.act in _CORRECTABLE

    def _ensure_order(self, event: PostingEvent) -> None:
        if self.state in _COMES_AFTER[event.act]:
            return
        if self.corrects(event):
            if event.words:
                return
            raise PostingError(
                f"{self.number} 已经登记{event.act.words}", "登记写错了的，写明哪里写错了，再登记一次。"
            )
        said, next_step = _REFUSED[event.act].get(self.state, ("", ""))
        raise PostingError(
            f"{self.number} {said or f'现在是“{self.state.words}”，不能{event.act.words}'}", next_step
        )

    def _ensure_day(self, event: PostingEvent) -> None:
        before = [one for one in self.events if one.act is not event.act]
        last = before[-1] if before else None
        if last is not None and event.day < last.day:
            raise PostingError(
                f"{event.act.words}的日期 {event.day} 早于{last.act.words}的 {last.day}", "请核对日期。"
            )

    def _ensure_people(self, event: PostingEvent) -> None:
        if event.act is PostingAct.REVIEWED:
            if not event.people:
                raise PostingError("没有写是谁审查的", "请写上监事会或村务监督委员会审查人的姓名。")
            if len(set(event.people)) != len(event.people):
                raise PostingError("审查人写重了", "一个人只写一次。")
            made = next((name for name in event.people if name in self.makers), None)
            if made is not None:
                raise PostingError(
                    f"{made} 做过这些表，不能自己审查", "请由没有经手的监事或村务监督委员会成员审查。"
                )
        if event.act is PostingAct.POSTED:
            hung = next((name for name in (*event.people, event.by) if name in self.supervisors), None)
            if hung is not None:
                raise PostingError(f"{hung} 是审查人，不能自己张贴", "请由做表的一方张贴，审查人只监督。")


_CORRECTABLE = (PostingAct.POSTED, PostingAct.TAKEN_DOWN)
_COMES_AFTER = {
    PostingAct.REVIEWED: (PostingState.WAITING, PostingState.AGREED, PostingState.REDO),
    PostingAct.POSTED: (PostingState.AGREED,),
    PostingAct.TAKEN_DOWN: (PostingState.POSTED,),
    PostingAct.CLOSED: (PostingState.TAKEN_DOWN,),
    PostingAct.WITHDRAWN: (PostingState.WAITING, PostingState.AGREED, PostingState.REDO),
}
_HANGS = ("已经张贴过", "贴过的只能取下、归档；表有错请更正公开，另开一次张贴。")
_WITHDRAWN = ("已经作废", "请另开一次张贴。")
_FILED = ("已经归档", "归档的不再改动；表有错请更正公开，另开一次张贴。")
_REFUSED: dict[PostingAct, dict[PostingState, tuple[str, str]]] = {
    PostingAct.REVIEWED: {
        PostingState.POSTED: _HANGS,
        PostingState.TAKEN_DOWN: _HANGS,
        PostingState.CLOSED: _FILED,
        PostingState.WITHDRAWN: _WITHDRAWN,
    },
    PostingAct.POSTED: {
        PostingState.WAITING: (
            "监督机构还没有审查，不能张贴",
            "请先由监事会或村务监督委员会审查，登记意见。",
        ),
        PostingState.REDO: (
            "监督机构要求重做，不能张贴",
            "请改好账、重新出表，另开一次张贴替代它，再请他们审查。",
        ),
        PostingState.TAKEN_DOWN: _HANGS,
        PostingState.CLOSED: _FILED,
        PostingState.WITHDRAWN: _WITHDRAWN,
    },
    PostingAct.TAKEN_DOWN: {
        PostingState.CLOSED: _FILED,
        PostingState.WITHDRAWN: _WITHDRAWN,
        PostingState.WAITING: ("还没有张贴，谈不上取下", "请先审查、张贴。"),
        PostingState.AGREED: ("还没有张贴，谈不上取下", "请先张贴。"),
        PostingState.REDO: ("还没有张贴，谈不上取下", "请先重做、审查、张贴。"),
    },
    PostingAct.CLOSED: {
        PostingState.POSTED: ("还在墙上，不能归档", "请先登记取下。"),
        PostingState.CLOSED: ("已经归档", "不用再归档。"),
        PostingState.WITHDRAWN: _WITHDRAWN,
        PostingState.WAITING: ("还没有张贴，不能归档", "不张贴的请作废。"),
        PostingState.AGREED: ("还没有张贴，不能归档", "不张贴的请作废。"),
        PostingState.REDO: ("还没有张贴，不能归档", "不张贴的请作废。"),
    },
    PostingAct.WITHDRAWN: {
        PostingState.POSTED: _HANGS,
        PostingState.TAKEN_DOWN: _HANGS,
        PostingState.CLOSED: _FILED,
        PostingState.WITHDRAWN: ("已经作废", "不用再作废。"),
    },
}


_OCCASIONS = {
    "plan": "年度计划",
    "month": "按月公开",
    "quarter": "按季公开",
    "half-year": "半年公开",
    "year": "年度公开",
    "request": "应要求公开",
}
SPECIAL = "special:"
"""Beginning of an occasion of its own kind: a sheet's letter, or what happened, follows."""


def occasion_words(occasion: str) -> str:
    """What an occasion is called."""
    if occasion.startswith(SPECIAL):
        return f"专项公开（{occasion.removeprefix(SPECIAL)}）"
    return _OCCASIONS.get(occasion, occasion)


def checked_occasion(text: str) -> str:
    """An occasion by its id or word; raises PostingError naming those there are."""
    tidy = text.strip()
    if tidy in _OCCASIONS or (tidy.startswith(SPECIAL) and tidy != SPECIAL):
        return tidy
    found = next((key for key, words in _OCCASIONS.items() if words == tidy), "")
    if not found:
        known = "、".join(f"{key}（{words}）" for key, words in _OCCASIONS.items())
        raise PostingError(f"没有“{tidy}”这种公开的场合", f"可以是：{known}，专项写 special: 加名称。")
    return found


def posting_number(year: int, number: int) -> str:
    """How people name a posting of a ledger."""
    return f"{year}-{number:02d}"


def names_in(text: str) -> tuple[str, ...]:
    """Names written in one field, by any of the marks people put between them."""
    for mark in ("，", ",", ";", "；", " ", "\u3000", "/"):
        text = text.replace(mark, JOINT)
    return tuple(filter(None, text.split(JOINT)))

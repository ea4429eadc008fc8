"""A decision's file (四议两公开): proposed, consulted, reviewed, resolved, published, executed, its result published.

Which steps a class of matter needs, who votes and how many days are data (rules/decisions.toml); the order is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import DecisionError
from village_ledger.domain.voting import Body, Law, Vote, VoteRule, body, decision_data, shortfalls

BY_CHARTER = "（依章程："
"""Stands in the note of a vote that fell short of the law and carried by the charter, before the clause."""


class Stage(Enum):
    """The four stages six people sign (六手印记), in their order."""

    PROPOSAL = "proposal"
    DECISION = "decision"
    EXECUTION = "execution"
    EVALUATION = "evaluation"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return str(self._data["name"])

    @property
    def says(self) -> str:
        """What is looked at in it."""
        return str(self._data["says"])

    @property
    def place(self) -> int:
        """1 to 4."""
        return list(Stage).index(self) + 1

    @property
    def _data(self) -> dict[str, str]:
        return next(one for one in decision_data()["panel"]["stage"] if one["id"] == self.value)

    @classmethod
    def read(cls, text: str) -> Stage:
        """A stage by its English or Chinese word; raises DecisionError."""
        for stage in cls:
            if text.strip() in (stage.value, stage.words):
                return stage
        raise DecisionError(f"没有“{text}”这个阶段", f"可以是：{'、'.join(s.words for s in cls)}。")


class Step(Enum):
    """What happens to a matter, in its order; the last two end the file."""

    PROPOSED = "proposed"
    CONSULTED = "consulted"
    REVIEWED = "reviewed"
    RESOLVED = "resolved"
    PUBLISHED = "published"
    EXECUTED = "executed"
    RESULT = "result"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def rule(self) -> StepRule:
        """What the step asks for."""
        return step_rules()[self]

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return self.rule.name

    @property
    def ends(self) -> bool:
        """Whether nothing comes after it."""
        return self in (Step.CLOSED, Step.DROPPED)

    @classmethod
    def read(cls, text: str) -> Step:
        """A step by its English or Chinese word; raises DecisionError."""
        for step in cls:
            if text.strip() in (step.value, step.rule.name, step.rule.short):
                return step
        raise DecisionError(f"没有“{text}”这一步", f"可以是：{'、'.join(s.value for s in cls)}。")


@dataclass(frozen=True, slots=True)
class StepRule:
    """What a step asks for."""

    name: str
    short: str
    stage: Stage | None
    who: str
    votes: bool
    vote: VoteRule | None
    """The rule of its vote; the one of the resolving body stands with the body."""
    notice_days: int
    """Least days it stays on the wall."""
    source: str


@lru_cache(maxsize=1)
def step_rules() -> dict[Step, StepRule]:
    """Every step and what it asks for."""
    return {
        Step(one["id"]): StepRule(
            one["name"],
            one["short"],
            Stage(one["stage"]) if one["stage"] else None,
            one["who"],
            one.get("vote", False),
            VoteRule.read(one) if "quorum" in one else None,
            one.get("notice_days", 0),
            one.get("source", ""),
        )
        for one in decision_data()["step"]
    }


@dataclass(frozen=True, slots=True)
class Matter:
    """A class of matters (事项类别)."""

    id: str
    name: str
    laws: tuple[Law, ...]
    bodies: tuple[str, ...]
    """Who may decide it under any of its laws; none: the two committees do."""
    steps: tuple[Step, ...]
    panel: bool
    source: str

    def law_in(self, kind: LedgerKind, *, acting: bool) -> Law:
        """The law that rules it in a ledger; ``acting``: the one ledger acts for both (合账).

        Raises DecisionError for a matter of the other entity.
        """
        law = self.laws[0] if acting else Law.of(kind)
        if law not in self.laws:
            raise DecisionError(
                f"“{self.name}”是{self.laws[0].who}的事，不能开在{law.who}的账下",
                f"请到{self.laws[0].who}的账里开卷，依《{self.laws[0].words}》表决。",
            )
        return law

    def bodies_under(self, law: Law) -> list[Body]:
        """Bodies of one law that may decide it."""
        from village_ledger.domain.voting import bodies

        return [one for one in bodies().values() if one.law is law and one.id in self.bodies]

    def body_under(self, law: Law, body_id: str) -> Body | None:
        """The body that will decide; an empty word takes the first. None where the two committees decide.

        Raises DecisionError for a body of the other law, or one without the power.
        """
        may = self.bodies_under(law)
        if not may:
            if body_id:
                raise DecisionError(f"“{self.name}”由两委商议决定，不开会表决", "请不要写会议。")
            return None
        if not body_id:
            return may[0]
        found = body(law, body_id)
        if found not in may:
            names = "、".join(one.name for one in may)
            raise DecisionError(f"“{self.name}”不能由{found.name}决定", f"可以由：{names}。")
        return found


@lru_cache(maxsize=1)
def matters() -> dict[str, Matter]:
    """Every class of matters by its id."""
    return {
        one["id"]: Matter(
            one["id"],
            one["name"],
            tuple(map(Law, one["laws"])),
            tuple(one["bodies"]),
            tuple(map(Step, one["steps"])),
            one["panel"],
            one["source"],
        )
        for one in decision_data()["matter"]
    }


def matter(word: str) -> Matter:
    """A class of matters by its id or name; raises DecisionError naming those there are."""
    for one in matters().values():
        if word.strip() in (one.id, one.name):
            return one
    raise DecisionError(
        f"没有“{word}”这类事项", f"可以是：{'、'.join(one.name for one in matters().values())}。"
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One step as it happened."""

    step: Step
    day: date
    vote: Vote | None = None
    notice_from: date | None = None
    """First day of the notice of the meeting."""
    until: date | None = None
    """First day after the publication: it stayed on the wall from ``day`` up to here."""
    place: str = ""
    note: str = ""
    resolution: str = ""
    """Number of the resolution it made."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a matter stands: what it needs and what has happened. An order that cannot be does not exist."""

    matter: Matter
    law: Law
    body: Body | None
    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        if self.law not in self.matter.laws or (self.body is not None and self.body.law is not self.law):
            raise DecisionError("一份卷宗只能依一部法律", "请核对是哪本账的事、由哪个会议决定。")

    @property
    def steps(self) -> tuple[Step, ...]:
        """All it needs, the closing included."""
        return (*self.matter.steps, Step.CLOSED)

    @property
    def last(self) -> Entry | None:
        """What happened last."""
        return self.entries[-1] if self.entries else None

    @property
    def ended(self) -> bool:
        """Whether the file is closed or the matter dropped."""
        return self.last is not None and self.last.step.ends

    @property
    def next_step(self) -> Step | None:
        """What comes next, None once it ended."""
        return None if self.ended else self.steps[len(self.entries)]

    def entry(self, step: Step) -> Entry | None:
        """A step as it happened, None when it has not."""
        return next((one for one in self.entries if one.step is step), None)

    def done(self, stage: Stage) -> bool:
        """Whether every step the matter needs in a stage has happened."""
        needed = [step for step in self.matter.steps if step.rule.stage is stage]
        return all(self.entry(step) is not None for step in needed)

    def not_before(self, step: Step) -> tuple[date | None, str]:
        """The first day a step may have, and why."""
        last = self.last
        if last is None:
            return None, ""
        if last.until is not None and step is not Step.DROPPED:
            return last.until, f"{last.step.words}从 {last.day} 起要满 {(last.until - last.day).days} 日"
        return last.day, f"{last.step.words}是 {last.day}"

    def with_entry(self, entry: Entry, *, charter: str = "") -> tuple[Progress, list[str]]:
        """The matter one step on, and what must be said of it; raises DecisionError for what may not be.

        ``charter``: the clause that lets a short vote of the collective carry.
        """
        self._ensure_order(entry.step)
        self._ensure_day(entry)
        said = self._ensure_vote(entry, charter)
        entry = self._published(entry)
        return Progress(self.matter, self.law, self.body, (*self.entries, entry)), said

    def _ensure_order(self, step: Step) -> None:
        if self.ended:
            raise DecisionError(f"卷宗已经{self.entries[-1].step.rule.short}", "归了档、终止了的卷宗不再办。")
        wanted = self.next_step
        if step is Step.DROPPED and self.entries:
            return
        if wanted is not None and step is not wanted:
            done = self.entry(step)
            if done is not None:
                raise DecisionError(f"{step.words} {done.day} 已经办过", f"下一步是{wanted.words}。")
            if step not in (*self.steps, Step.DROPPED):
                raise DecisionError(
                    f"“{self.matter.name}”没有{step.words}这一步", f"下一步是{wanted.words}。"
                )
            raise DecisionError(f"还没有{wanted.words}，不能{step.words}", f"请先办{wanted.words}。")

    def _ensure_day(self, entry: Entry) -> None:
        first, why = self.not_before(entry.step)
        if first is not None and entry.day < first:
            raise DecisionError(
                f"{entry.step.words}的日期 {entry.day} 太早：{why}", f"最早是 {first}，请核对日期。"
            )
        if entry.step is Step.RESOLVED and self.body is not None:
            self._ensure_called(entry, self.body)

    def _ensure_called(self, entry: Entry, decides: Body) -> None:
        """The meeting was called in time."""
        since, least = entry.notice_from, decides.notice_days
        if since is None:
            if least:
                raise DecisionError(
                    f"没有写{decides.name}的通知日", f"要提前 {least} 日通知（{decides.notice_source}）。"
                )
            return
        if since > entry.day:
            raise DecisionError(f"通知日 {since} 晚于开会日 {entry.day}", "请核对日期。")
        if self.entries and since < self.entries[0].day:
            raise DecisionError(
                f"通知日 {since} 早于{self.entries[0].step.words} {self.entries[0].day}", "请核对日期。"
            )
        days = (entry.day - since).days
        if days < least:
            raise DecisionError(
                f"{since} 通知，{entry.day} 开会，只隔 {days} 日",
                f"{decides.name}要提前 {least} 日通知（{decides.notice_source}），最早 {since + timedelta(least)} 开会。",
            )

    def _ensure_vote(self, entry: Entry, charter: str) -> list[str]:
        rule, name = self.vote_rule(entry.step, entry.day)
        if rule is None:
            if entry.vote is not None and entry.step is not Step.DROPPED:
                raise DecisionError(f"{entry.step.words}不表决", "请不要写票数。")
            return []
        if entry.vote is None:
            raise DecisionError(f"没有写{name}的到会和票数", "请写应到、实到和赞成的人数。")
        short = shortfalls(rule, name, entry.vote)
        if not short:
            return []
        words = "".join(short)
        if charter and entry.step is Step.RESOLVED and self.law is Law.COLLECTIVE:
            return [f"{words}依章程办理：{charter}。"]
        raise DecisionError(
            f"{entry.step.words}没有通过：{words.rstrip('。')}",
            "请重新开会表决；不再办的，请终止并写明这次的票数。",
        )

    def vote_rule(self, step: Step, day: date) -> tuple[VoteRule | None, str]:
        """The rule of a step's vote on a day and who votes; None where nothing is voted on."""
        if step is Step.RESOLVED and self.body is not None:
            return self.body.rule_on(day), self.body.name
        return step.rule.vote, step.words

    @staticmethod
    def _published(entry: Entry) -> Entry:
        """With the day up to which it stays on the wall; raises DecisionError for less than it must."""
        least = entry.step.rule.notice_days
        if not least:
            return entry
        until = entry.until or entry.day + timedelta(least)
        if (until - entry.day).days < least:
            raise DecisionError(
                f"{entry.step.words}只有 {max((until - entry.day).days, 0)} 日",
                f"至少要满 {least} 日（{entry.step.rule.source}），到 {entry.day + timedelta(least)}。",
            )
        return Entry(
            entry.step,
            entry.day,
            entry.vote,
            entry.notice_from,
            until,
            entry.place,
            entry.note,
            entry.resolution,
        )


def in_order(steps: tuple[Step, ...]) -> bool:
    """Whether steps stand in the order of this module."""
    order = list(Step)
    return all(order.index(one) < order.index(other) for one, other in pairwise(steps))

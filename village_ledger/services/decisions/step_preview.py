"""What the next step of a decision needs, held against what has been typed so far: each point by itself, as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from village_ledger.domain.decision import Progress, Step


class Standing(Enum):
    """How a point stands."""

    GOOD = "good"
    FAIL = "fail"
    WAITING = "waiting"
    """Nothing typed yet."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point: what is asked, how it stands, the figures."""

    standing: Standing
    words: str
    fact: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form; None for what is not typed or cannot be read."""

    day: date | None = None
    eligible: int | None = None
    present: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    notice_from: date | None = None
    until: date | None = None


def points(progress: Progress, step: Step, typed: Typed) -> list[Point]:
    """All points of a step in the order of the form."""
    return [
        *_of_day(progress, step, typed),
        *_of_vote(progress, step, typed),
        *_of_call(progress, step, typed),
        *_of_notice(step, typed),
    ]


def _of_day(progress: Progress, step: Step, typed: Typed) -> list[Point]:
    first, why = progress.not_before(step)
    if first is None:
        return []
    words = f"日期不早于 {first}"
    if typed.day is None:
        return [Point(Standing.WAITING, words, under=why)]
    late = typed.day >= first
    return [
        Point(Standing.GOOD if late else Standing.FAIL, words, typed.day.isoformat(), "" if late else why)
    ]


def _of_vote(progress: Progress, step: Step, typed: Typed) -> list[Point]:
    rule, name = progress.vote_rule(step, typed.day or date.max)
    if rule is None:
        return []
    if typed.eligible is None or typed.eligible <= 0:
        return [
            Point(Standing.WAITING, f"{name}到会要达到{rule.quorum_words}", under=rule.source),
            Point(Standing.WAITING, f"赞成要达到{rule.majority_words}"),
        ]
    present = rule.least_present(typed.eligible)
    quorum = _count(f"到会要 {present} 人", typed.present, present, typed.eligible, "实到")
    favour = rule.least_in_favour(typed.eligible, typed.present or 0)
    known = rule.of_all or typed.present is not None
    votes = _count(
        f"赞成要 {favour} 票" if known else f"赞成要达到{rule.majority_words}",
        typed.in_favour if known else None,
        favour,
        typed.present if typed.present is not None else typed.eligible,
        "赞成",
    )
    said = [
        Point(quorum.standing, quorum.words, quorum.fact, f"{rule.quorum_words}；{rule.source}"),
        Point(votes.standing, votes.words, votes.fact, rule.majority_words),
    ]
    cast = sum(part or 0 for part in (typed.in_favour, typed.against, typed.abstained))
    if typed.present is not None and cast > typed.present:
        said.append(Point(Standing.FAIL, "票数不多于实到", f"{cast} 票，实到 {typed.present}"))
    return said


def _count(words: str, count: int | None, least: int, most: int, what: str) -> Point:
    if count is None:
        return Point(Standing.WAITING, words)
    if count > most:
        return Point(Standing.FAIL, words, f"{what} {count}，只有 {most}")
    if count < least:
        return Point(Standing.FAIL, words, f"{what} {count}，还差 {least - count}")
    return Point(Standing.GOOD, words, f"{what} {count}，够")


def _of_call(progress: Progress, step: Step, typed: Typed) -> list[Point]:
    if step is not Step.RESOLVED or progress.body is None or not progress.body.notice_days:
        return []
    least = progress.body.notice_days
    words = f"提前 {least} 日通知开会"
    if typed.notice_from is None or typed.day is None:
        return [Point(Standing.WAITING, words, under=progress.body.notice_source)]
    days = (typed.day - typed.notice_from).days
    standing = Standing.GOOD if days >= least else Standing.FAIL
    fact = f"提前 {days} 日" if days >= 0 else "通知晚于开会"
    return [Point(standing, words, fact, progress.body.notice_source)]


def _of_notice(step: Step, typed: Typed) -> list[Point]:
    least = step.rule.notice_days
    if not least:
        return []
    words = f"至少公示 {least} 日"
    if typed.day is None:
        return [Point(Standing.WAITING, words, under=step.rule.source)]
    until = typed.until or typed.day + timedelta(least)
    days = (until - typed.day).days
    standing = Standing.GOOD if days >= least else Standing.FAIL
    return [Point(standing, words, f"到 {until}，{days} 日", step.rule.source)]

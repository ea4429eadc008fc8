"""The date of a voucher as people type it, and whether its month takes vouchers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import PeriodError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import Month, MonthState, parse_day
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.storage.records import MonthInfo

WEEKDAYS = "一二三四五六日"
_MARKS = str.maketrans(
    {"年": "-", "月": "-", "日": None, "号": None, "/": "-", ".": "-", "。": "-", " ": None}
)
_SPOKEN_WEEKDAY = re.compile(r"\s*(周|星期)[一二三四五六日天]\s*$")
_DAY = re.compile(r"\d{1,2}", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)
_DIGITS = {4: re.compile(r"(\d{2})(\d{2})", re.ASCII), 8: re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)}
_WHOLE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)


def read_day(text: str, current: date) -> date:
    """Read a full date, month and day (``12-15``, ``1215``), or a day alone (``18``) in the current month.

    Raises PeriodError for a day that does not exist or a text that is no date.
    """
    bare = _SPOKEN_WEEKDAY.sub("", half_width(text)).strip()
    if bare.endswith(("年", "月")):
        return parse_day(bare)
    tidy = bare.translate(_MARKS).strip("-")
    if _DAY.fullmatch(tidy):
        return parse_day(f"{current.year:04d}-{current.month:02d}-{tidy}")
    if match := _MONTH_DAY.fullmatch(tidy):
        return parse_day(f"{current.year:04d}-{match[1]}-{match[2]}")
    pattern = _DIGITS.get(len(tidy))
    if pattern and (match := pattern.fullmatch(tidy)):
        parts = match.groups() if len(tidy) > len("1215") else (f"{current.year:04d}", *match.groups())
        return parse_day("-".join(parts))
    return parse_day(tidy)


def looks_whole(text: str) -> bool:
    """Whether what is typed can already be judged, while a beginning such as ``2025-1`` must wait."""
    tidy = half_width(text).translate(_MARKS).strip("-")
    return bool(_WHOLE.fullmatch(tidy) or _DAY.fullmatch(tidy) or _DIGITS[8].fullmatch(tidy))


def day_words(day: date, *, paper: bool) -> str:
    """As the form shows it: 2025 年 12 月 10 日, or 2025-12-15 周一."""
    if paper:
        return tr("{y} 年 {m} 月 {d} 日", y=day.year, m=day.month, d=day.day)
    return f"{day.isoformat()} 周{WEEKDAYS[day.weekday()]}"


@dataclass(frozen=True, slots=True)
class DayProblem:
    """Why a day cannot stand, as a sentence at the field, and a day that can."""

    sentence: str
    offer: date | None = None


def day_problem(
    day: date, state_of: Callable[[Month], MonthState], months: Sequence[MonthInfo]
) -> DayProblem | None:
    """What is wrong with the month of a day; None when it takes vouchers.

    ``state_of`` raises PeriodError for months before the book or too far ahead.
    """
    offer = _offer(day, sorted(info.month for info in months if info.state.accepts_vouchers))
    try:
        state = state_of(Month.of(day))
    except PeriodError as refusal:
        return DayProblem(f"{refusal.what}。{refusal.next_step}", offer)
    if state.accepts_vouchers:
        return None
    closed = _words(Month.of(day), day.year if offer is None else offer.year)
    done = tr("已封账") if state is MonthState.SEALED else tr("已结账")
    if offer is None:
        return DayProblem(tr("{month}{done}，本账现在没有开着的月份。", month=closed, done=done))
    instead = _words(Month.of(offer), day.year)
    sentence = tr(
        "{month}{done}，可记入{instead}（{day}）。",
        month=closed,
        done=done,
        instead=instead,
        day=offer.isoformat(),
    )
    tail = "" if state is MonthState.SEALED else tr("确要记在{month}，请先由两人办反结账。", month=closed)
    return DayProblem(sentence + tail, offer)


def _offer(day: date, usable: Sequence[Month]) -> date | None:
    """The first open month after the day, else the latest open one; its near end."""
    if not usable:
        return None
    wanted = Month.of(day)
    later = next((month for month in usable if month > wanted), None)
    return later.first if later is not None else usable[-1].last


def _words(month: Month, beside: int = 0) -> str:
    """3月 beside a date of the same year, else 2024年3月."""
    return (
        tr("{m}月", m=month.month) if month.year == beside else tr("{y}年{m}月", y=month.year, m=month.month)
    )

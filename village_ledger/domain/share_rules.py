"""The rules of shares as values: who must decide, what the charter may set, and the invariants that need arithmetic.

Kinds and parameters are data (``resources/rules/shares.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from village_ledger.domain.errors import ShareError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.rule_names import CHARTER
from village_ledger.domain.share import Bucket, EventKind, ShareLine
from village_ledger.resources_dir import resource

NO_LIMIT = "none"
RULES = {
    "I1": "任何一天任何一栏都不能小于零",
    "I2": "各户合计等于量化减注销",
    "I3": "转移的份额进出相等",
    "I4": "只有可动的份额能转出",
    "I5": "质押登记和质押的份额相等",
    "I6": "只能转给本组织成员或集体",
    "I7": "每人不超过章程规定的上限",
    "I8": "继承在死亡之后，各份加起来正好是全部遗产",
    "I9": "不晚于分红登记日的、已结转年度的，不能再补登",
    "I10": "只能冲销没有冲销过、份额还没用掉的变动",
    "I11": "每年回购不超过章程规定的上限",
    "I12": "要凭通过了的决议办理",
    "集体经济组织法第35条": "集体经济组织不得以集体财产为他人担保",
    "分户并户": "分户不增、并户不减，一人一天只在一户",
    "折换": "按比例整类折换，旧的一类从此关闭",
    "账户": "进出是两个账户",
    "填写": "类别、账户、数量都要写得认得出来",
}
"""Rules a refusal names: those of the register by their number, then what else must be."""


def rule_words(rule: str) -> str:
    """A rule as a refusal names it: ``（规则 I4：只有可动的份额能转出）``; empty for what is only said."""
    if rule not in RULES:
        return ""
    return f"（规则 {rule}：{RULES[rule]}）"


class Held(NamedTuple):
    """One movement of an account in the order of days and numbers."""

    day: str
    number: int
    bucket: str
    delta: int


@dataclass(frozen=True, slots=True)
class KindRule:
    """Who decides a kind of event, and the papers filed with it."""

    kind: EventKind
    bodies: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something the charter may set, with the shipped default and where that comes from."""

    key: str
    title: str
    kind: str
    default: str
    source: str
    choices: dict[str, str]

    def tidy(self, text: str) -> str:
        """A value as it is kept; raises ShareError for one this parameter cannot have."""
        word = half_width(text).strip().rstrip("%").strip()
        if self.kind == "percent":
            if word in (NO_LIMIT, "不限"):
                return NO_LIMIT
            try:
                number = Decimal(word)
            except InvalidOperation:
                number = Decimal(-1)
            if not (number.is_finite() and 0 < number <= 100):
                raise ShareError(
                    f"{self.title}“{text}”不对{CHARTER}", "请写 0 到 100 之间的百分比，或 none（不限）。"
                )
            return format(number.normalize(), "f")
        if self.kind == "days":
            if not (word.isascii() and word.isdigit() and int(word) <= 365):
                raise ShareError(f"{self.title}“{text}”不对{CHARTER}", "请写 0 到 365 的天数。")
            return str(int(word))
        allowed = self.choices or {"yes": "是", "no": "否"}
        found = word if word in allowed else next((key for key, name in allowed.items() if name == word), "")
        if not found:
            raise ShareError(f"{self.title}“{text}”不对{CHARTER}", f"可以是：{'、'.join(allowed)}。")
        return found

    def said(self, value: str) -> str:
        """A value in words."""
        if value == NO_LIMIT:
            return "不限"
        if self.kind == "percent":
            return f"{value}%"
        if self.kind == "days":
            return f"{value} 天"
        return (self.choices or {"yes": "是", "no": "否"}).get(value, value)


@dataclass(frozen=True, slots=True)
class ShareRules:
    """The shipped rules."""

    kinds: dict[EventKind, KindRule]
    parameters: dict[str, Parameter]
    notice_before_vote: int
    source_note: str

    def parameter(self, key: str) -> Parameter:
        """A parameter by its key; raises ShareError naming those there are."""
        found = self.parameters.get(key)
        if found is None:
            raise ShareError(f"章程参数里没有“{key}”{CHARTER}", f"可以是：{'、'.join(self.parameters)}。")
        return found


@lru_cache(maxsize=1)
def share_rules() -> ShareRules:
    """The rules as shipped (rules/shares.toml)."""
    data: dict[str, Any] = tomllib.loads(resource("rules", "shares.toml").read_text(encoding="utf-8"))
    kinds = [
        KindRule(EventKind(one["id"]), tuple(one["bodies"]), tuple(one["papers"])) for one in data["kind"]
    ]
    parameters = [
        Parameter(
            one["key"], one["title"], one["kind"], one["default"], one["source"], one.get("choices", {})
        )
        for one in data["parameter"]
    ]
    return ShareRules(
        {one.kind: one for one in kinds},
        {one.key: one for one in parameters},
        data["notice_before_vote"],
        data["source_note"],
    )


def percent(text: str) -> Fraction | None:
    """A percentage as kept, as a fraction of 1; None for no limit."""
    return None if text == NO_LIMIT else Fraction(text) / 100


def held_on(history: Iterable[Held], bucket: Bucket, day: str) -> int:
    """What a bucket holds at the end of a day."""
    return sum(one.delta for one in history if one.bucket == bucket.value and one.day <= day)


def available(history: Iterable[Held], bucket: Bucket, day: str) -> int:
    """What can leave a bucket on a day so that it is below zero on no later day (I1): the least it holds from then on.

    ``history`` is in the order of days and numbers; the new event comes after everything of its day.
    """
    held, later = 0, dict[tuple[str, int], int]()
    for one in history:
        if one.bucket != bucket.value:
            continue
        if one.day <= day:
            held += one.delta
        else:
            later[one.day, one.number] = later.get((one.day, one.number), 0) + one.delta
    least = held
    for moved in later.values():
        held += moved
        least = min(least, held)
    return least


def over(quanta: int, whole: int, limit: Fraction | None) -> bool:
    """Whether a part of a whole is above a limit (I7, I11)."""
    return limit is not None and quanta * limit.denominator > whole * limit.numerator


def sum_of(lines: Iterable[ShareLine]) -> int:
    """All deltas together: 0 for every kind but grants, cancellations, conversions and their reversals (I3)."""
    return sum(line.delta for line in lines)


def ratio_of(text: str) -> Fraction:
    """The ratio of a conversion as typed, new for old: ``2``, ``1.5``, ``3:2``; raises ShareError."""
    new, colon, old = half_width(text).replace("：", ":").strip().partition(":")
    try:
        found = Fraction(Decimal(new)) / (Fraction(Decimal(old)) if colon else 1)
    except (InvalidOperation, ZeroDivisionError, ValueError, OverflowError):
        found = Fraction(0)
    if found <= 0:
        raise ShareError(
            f"折换比例“{text}”不对{rule_words('折换')}", "请写每一旧份额折几份新的，例如 2、1.5 或 3:2。"
        )
    return found

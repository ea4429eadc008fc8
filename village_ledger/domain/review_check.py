"""Automatic checks (自动审查): what a reviewer looks for first, as dated rules, and what was found by them.

The list is data (rules/review_checks.toml): a rule names the kind of look (code), its measures, how grave it is, and the rule
of law or habit it rests on. A county that measures otherwise changes the file, not the program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from village_ledger.domain.errors import BadRules
from village_ledger.domain.period import Month, Span
from village_ledger.domain.remark_place import FigurePlace
from village_ledger.resources_dir import resource


class Severity(Enum):
    """How much a finding weighs; shown by mark and word."""

    GRAVE = "grave"
    PLAIN = "plain"
    SLIGHT = "slight"

    @property
    def words(self) -> str:
        """As a list shows it."""
        return {"grave": "重", "plain": "中", "slight": "轻"}[self.value]

    @property
    def place(self) -> int:
        """The gravest first."""
        return ("grave", "plain", "slight").index(self.value)


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """One check as the data file gives it."""

    id: str
    kind: str
    name: str
    severity: Severity
    text: str
    """The rule in words, as the opinion quotes it."""
    source: str
    effective: date
    measures: Mapping[str, Any]
    """What the kind of look measures by: sums in fen, days, words, account codes."""

    def fen(self, name: str) -> int:
        """A sum."""
        return int(self.measures[name])

    def count(self, name: str) -> int:
        """A number of days, times or per cent."""
        return int(self.measures[name])

    @property
    def basis(self) -> str:
        """What it rests on, for a paper: what the file marks as known by heart is said to be looked up first."""
        return self.source.replace("[mem]", "（以本地文件为准）")

    @property
    def by_village(self) -> bool:
        """Whether it asks by what a village adopted for itself: no measure to hold villages against one another by."""
        return bool(self.measures.get("by_village"))

    def words(self, name: str) -> tuple[str, ...]:
        """Words or account codes."""
        return tuple(cast("list[str]", self.measures.get(name, [])))


class LeadTo(Enum):
    """What a finding leads to."""

    VOUCHER = "voucher"
    ACCOUNT = "account"
    MONTH = "month"
    PAGE = "page"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a check found: in which ledger, what, how much (fen, 0 for none), and where it is looked up."""

    rule: ReviewRule
    ledger: str
    text: str
    amount: int = 0
    to: LeadTo = LeadTo.NOTHING
    key: str = ""
    """``2025-03/记-0012`` of a voucher, else a code, month or page."""
    others: tuple[str, ...] = ()
    """Further vouchers it is about."""

    def place(self, span: Span) -> str:
        """Where a remark of it is pinned."""
        return place_led_to(self.to, self.key, span)


def place_led_to(to: LeadTo, key: str, span: Span) -> str:
    """What a finding leads to as a remark's place: the voucher, the account's ledger of the days, the month, the page."""
    if to is LeadTo.ACCOUNT:
        return str(FigurePlace("ledger", days=span, subject=(("account", key),)))
    if to is LeadTo.MONTH:
        return str(FigurePlace("closing", days=Span.of_month(Month.parse(key))))
    if to is LeadTo.PAGE:
        return str(FigurePlace(key))
    return key if to is LeadTo.VOUCHER else ""


@dataclass(frozen=True, slots=True)
class RulePack:
    """The rules of one review: the same for every village, whatever each has adopted; named on everything made by it."""

    name: str
    version: str
    effective: date
    digest: str
    """Of the file's bytes, as people compare it: the first eight places."""
    rules: tuple[ReviewRule, ...]

    @property
    def words(self) -> str:
        """As reports and the desk name it."""
        return f"规则包“{self.name}”{self.version} 版 · {len(self.rules)} 条"

    @property
    def full_words(self) -> str:
        """With what tells it from a file that was changed."""
        return f"{self.words}（{self.effective} 起，校验 {self.digest}）"

    def rule(self, number: str) -> ReviewRule | None:
        """A rule by its number."""
        return next((rule for rule in self.rules if rule.id == number), None)


_FORMAT = 1
_OF_A_RULE = {"id", "kind", "name", "severity", "text", "source", "effective"}
_TEXTS = ("id", "kind", "name", "severity", "text", "source")


def read_pack(text: bytes, file: str) -> RulePack:
    """A pack as its file says it; raises BadRules naming the file and the first thing that is wrong."""
    try:
        said = tomllib.loads(text.decode("utf-8-sig"))
    except ValueError as error:
        raise BadRules(file, "不是规则文件（要是 UTF-8 的 TOML）") from error
    if said.get("format") != _FORMAT:
        newer = isinstance(said.get("format"), int) and said["format"] > _FORMAT
        raise BadRules(file, "是更新版本的程序写的" if newer else "没有写 format = 1")
    pack = {key: said.get(key) for key in ("name", "version")}
    for key, value in pack.items():
        if not isinstance(value, str) or not value.strip():
            raise BadRules(file, f"没有写规则包的 {key}")
    effective, checks = _day(said, file, "规则包"), said.get("check")
    if not isinstance(checks, list) or not checks:
        raise BadRules(file, "里面一条规则也没有")
    rules = tuple(
        _rule(one, place, effective, file) for place, one in enumerate(cast("list[Any]", checks), 1)
    )
    ids = [rule.id for rule in rules]
    twice = next((number for number in ids if ids.count(number) > 1), "")
    if twice:
        raise BadRules(file, f"有两条都叫 {twice}")
    return RulePack(
        str(pack["name"]).strip(),
        str(pack["version"]).strip(),
        effective,
        sha256(text).hexdigest()[:8].upper(),
        rules,
    )


def _rule(one: Any, place: int, effective: date, file: str) -> ReviewRule:
    called = f"第 {place} 条"
    if not isinstance(one, dict):
        raise BadRules(file, f"{called}不是一条规则")
    said = cast("dict[str, Any]", one)
    for key in _TEXTS:
        if not isinstance(said.get(key), str) or not said[key].strip():
            raise BadRules(file, f"{called}没有写 {key}")
    called = f"{said['id']}（{said['name']}）"
    if said["severity"] not in {weight.value for weight in Severity}:
        raise BadRules(file, f"{called}的轻重写了“{said['severity']}”，只能是 grave、plain、slight")
    return ReviewRule(
        said["id"],
        said["kind"],
        said["name"],
        Severity(said["severity"]),
        said["text"],
        said["source"],
        _day(said, file, called) if "effective" in said else effective,
        {key: value for key, value in said.items() if key not in _OF_A_RULE},
    )


def _day(said: Mapping[str, Any], file: str, called: str) -> date:
    day = said.get("effective")
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadRules(file, f"{called}没有写从哪天起用（effective = 2025-01-01）")
    return day


@lru_cache(maxsize=1)
def own_pack() -> RulePack:
    """The pack that comes with the program (rules/review_checks.toml)."""
    path = resource("rules", "review_checks.toml")
    return read_pack(path.read_bytes(), path.name)


def review_rules() -> tuple[ReviewRule, ...]:
    """Every check of the program's own pack, in the file's order."""
    return own_pack().rules

"""The gates of a dividend (members_and_shares §2): what must hold before it is booked, looked at one by one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from village_ledger.domain.dividend import Kind, Shared
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.resources_dir import resource
from village_ledger.services.closing.distribution import Standing, standing
from village_ledger.services.transfers import resolutions
from village_ledger.storage.interledger.records import Resolution
from village_ledger.storage.reader import Reader


@lru_cache(maxsize=1)
def dividend_rules() -> dict[str, Any]:
    """Gates, bodies and accounts of a dividend (rules/dividends.toml)."""
    return tomllib.loads(resource("rules", "dividends.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must hold before a dividend is booked."""

    rule: str
    ok: bool
    text: str
    """What must hold."""
    detail: str
    """What was found."""
    next_step: str = ""

    @property
    def is_of_the_vote(self) -> bool:
        """Whether it is about the resolution, which may still come when a plan is looked at."""
        return self.rule in {"D5", "D6"}


def _open(rule: str, detail: str) -> Gate:
    return Gate(rule, True, dividend_rules()["gates"][rule], detail)  # noqa: FBT003  the verdict itself


def _shut(rule: str, detail: str, next_step: str) -> Gate:
    return Gate(rule, False, dividend_rules()["gates"][rule], detail, next_step)  # noqa: FBT003  the verdict itself


def timely(reader: Reader, ledger: str, year: int, day: date) -> tuple[Standing | None, Gate]:
    """What can be given away on a day, None where the day fits neither timing (D1)."""
    try:
        there = standing(reader, ledger, year, day)
    except LedgerError as error:
        return None, _shut("D1", error.what, error.next_step)
    how = f"{year}年已经年终结转" if there.settled else f"{year}年12月，按预结数"
    return there, _open("D1", how)


def within(there: Standing | None, year: int, amount: int) -> Gate:
    """No more than there is, and no loss uncovered (D2)."""
    if there is None:
        return _shut("D2", "还不知道有多少可以分配", "请先看上一条。")
    if there.loss:
        detail = f"还有亏损 {format_fen(there.loss)} 没有弥补"
        return _shut("D2", detail, "请先弥补亏损，再分红。")
    detail = f"要分 {format_fen(amount)}，{year}年度可分配的有 {format_fen(there.available)}"
    if amount > there.available:
        return _shut("D2", detail, "请核对金额，分红不能超过可分配的收益。")
    return _open("D2", detail)


def record_gate(reader: Reader, ledger: str, year: int, record_date: date, day: date) -> Gate:
    """The record date is not after the day, and later than any of another year's dividend (D3)."""
    detail = f"登记日 {record_date}，分红日 {day}"
    if record_date > day:
        return _shut("D3", detail, "登记日要在分红日当天或以前，请核对日期。")
    for other in reader.dividends(ledger):
        if other.live and other.year != year and record_date <= other.record_date:
            detail = f"登记日 {record_date} 不晚于{other.year}年度分红用过的登记日 {other.record_date}"
            return _shut("D3", detail, "每次分红的登记日要比上一次的晚，请核对日期。")
    return _open("D3", detail)


def shares_gate(shared: Shared, record_date: date) -> Gate:
    """Somebody but the organisation itself is given something (D4)."""
    holders = [x for x in shared.portions if x.part.kind is not Kind.COLLECTIVE]
    if not holders:
        detail = f"{record_date} 没有成员或其他持有人的份额"
        return _shut("D4", detail, "请先量化份额，或核对登记日。")
    if not any(x.amount for x in holders):
        return _shut("D4", "每个账户分不到一分钱", "请核对金额。")
    return _open("D4", f"{len(holders)} 个账户参加")


def vote_gates(reader: Reader, number: str, day: date) -> tuple[Gate, Gate]:
    """The assembly or the representatives carried it (D5) after ten days of notice (D6)."""
    try:
        found = reader.resolution(number.strip())
    except LedgerError as error:
        none = "没有决议，也就没有公示"
        return _shut("D5", error.what, error.next_step), _shut("D6", none, "请先登记决议。")
    return _carried(reader, found, day), _published(found)


def _carried(reader: Reader, found: Resolution, day: date) -> Gate:
    name = resolutions.bodies()[found.body]["name"]
    if found.body not in dividend_rules()["bodies"]:
        detail = f"决议 {found.number} 是{name}作出的"
        step = "分红要由成员大会（或章程授权的成员代表大会）表决。"
        return _shut("D5", detail, step)
    if found.day > day:
        detail = f"决议 {found.number} 是 {found.day} 作出的，晚于分红日 {day}"
        return _shut("D5", detail, "先有决议才能分红，请核对日期。")
    try:
        said = resolutions.ensure_carried(reader, found)
    except LedgerError as error:
        return _shut("D5", error.what, error.next_step)
    votes = f"{name} {found.day}，应到 {found.eligible}，实到 {found.present}，赞成 {found.in_favour}"
    return _open("D5", "".join((f"{votes}。", *said)))


def _published(found: Resolution) -> Gate:
    least = dividend_rules()["notice_before_vote"]
    if found.published is None:
        step = f"分红方案要在表决前公示 {least} 日，请用写明公示起日的决议。"
        return _shut("D6", f"决议 {found.number} 没有写公示的起日", step)
    days = (found.day - found.published).days
    detail = f"{found.published} 起公示，{found.day} 表决，相隔 {days} 日"
    if days < least:
        return _shut("D6", detail, f"要满 {least} 日，请公示够了重新表决、登记。")
    return _open("D6", detail)


def once(reader: Reader, ledger: str, year: int) -> Gate:
    """No dividend of the year stands (D7)."""
    done = reader.dividend_of(ledger, year)
    if done is None:
        return _open("D7", f"{year}年度没有分过红")
    detail = f"{year}年度已在 {done.day} 分过红 {format_fen(done.amount)}（决议 {done.resolution}）"
    step = "一年只分一次；分错了请先作废或冲销那次的凭证。"
    return _shut("D7", detail, step)

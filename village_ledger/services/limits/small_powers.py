"""The list of small powers (小微权力清单): as shipped, until a village adopts its own from a day on; versions are kept."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LimitError
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.resources_dir import resource
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.limits.inspection import POWERS
from village_ledger.storage.limits.register import LimitRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

_TEXTS, _LISTS = ("group", "name", "basis", "who", "days"), ("steps", "forms")


@dataclass(frozen=True, slots=True)
class Power:
    """One power of the list."""

    group: str
    name: str
    basis: str
    who: str
    days: str
    steps: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerList:
    """The list as it is hung on the wall, with where it comes from."""

    title: str
    source: str
    note: str
    effective: str
    powers: tuple[Power, ...]
    version: int = 0
    """0 for the list as shipped."""


def shipped_text() -> str:
    """The shipped list as the file a village edits."""
    return resource("rules", "small_powers.toml").read_text(encoding="utf-8")


def power_list(reader: Reader, day: date) -> PowerList:
    """The list in force on a day: the village's newest, else the shipped one."""
    versions = reader.power_sets(day)
    if not versions:
        return read_powers(shipped_text())
    version, since, body, _ = versions[-1]
    return read_powers(body, since.isoformat(), version)


def text_of(reader: Reader, day: date) -> str:
    """The list in force as a file to edit."""
    versions = reader.power_sets(day)
    return versions[-1][2] if versions else shipped_text()


def read_powers(text: str, since: str = "", version: int = 0) -> PowerList:
    """A list from its file; raises LimitError naming what is missing."""
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LimitError(f"清单文件读不出来：{error}", "请照存成的文件的样子改。") from None
    powers = tuple(_power(one, number) for number, one in enumerate(data.get("power", ()), 1))
    if not powers:
        raise LimitError("清单文件里一项权力也没有", "请写至少一个 [[power]]。")
    names = [one.name for one in powers]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise LimitError(f"“{twice}”写了两次", "一项权力只写一次。")
    return PowerList(
        str(data.get("title", "小微权力清单")),
        str(data.get("source", "")),
        str(data.get("source_note", "")),
        since or str(data.get("effective", "")),
        powers,
        version,
    )


def _power(data: Mapping[str, Any], number: int) -> Power:
    missing = [key for key in (*_TEXTS, *_LISTS) if not data.get(key)]
    if missing:
        raise LimitError(f"第 {number} 项权力没有写 {missing[0]}", "依据、步骤、责任人、时限、用表都要写。")
    texts = {key: _tidy(data[key]) for key in _TEXTS}
    return Power(**texts, steps=tuple(map(_tidy, data["steps"])), forms=tuple(map(_tidy, data["forms"])))


def _tidy(value: Any) -> str:
    return check_text(str(value), "清单的文字", SUMMARY_LIMIT)


def adopt_powers(uow: UnitOfWork, text: str, since: date, reason: str) -> Outcome[PowerList]:
    """Put the village's own list in force from a day on; raises LimitError for one that is incomplete or has no basis."""
    named(uow.by)
    require(uow, Duty.SETTINGS)
    reason = check_text(reason, "依据", SUMMARY_LIMIT)
    if not reason:
        raise LimitError("采用小微权力清单要写明依据", "请写哪个文件、哪次会议定的。")
    version = len(uow.reader.power_sets()) + 1
    made = read_powers(text, since.isoformat(), version)
    digest = sha256(text.encode()).hexdigest()
    LimitRegister(uow).adopt_powers(version, since.isoformat(), text, digest, reason)
    detail = f"从 {since} 起，{len(made.powers)} 项，{reason}，摘要 {digest[:16]}"
    uow.log.add(POWERS, subject=f"第 {version} 版", detail=detail)
    return Outcome(made, Changes(limits=True))

"""The indicators there are, their lines and bands (rules/indicators.toml), and the lines a village has set itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.indicator import Band, Definition, Unit, read_line, read_terms
from village_ledger.resources_dir import resource
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

LINE_SET = "定指标警戒线"
NO_LINE = "none"
"""What takes a line away."""
_SETTING = "indicator.line/"


@dataclass(frozen=True, slots=True)
class IndicatorRules:
    """What is shipped."""

    definitions: tuple[Definition, ...]
    bands: tuple[Band, ...]
    operating_other: tuple[str, Sequence[str]]
    """Account, and words of its sub-accounts that are earned by operating."""
    nonproduction: tuple[str, Sequence[str]]
    ages: tuple[int, ...]
    home: tuple[str, ...]


@lru_cache(maxsize=1)
def indicator_rules() -> IndicatorRules:
    """The rules as shipped."""
    data = tomllib.loads(resource("rules", "indicators.toml").read_text(encoding="utf-8"))
    return IndicatorRules(
        tuple(_definition(one) for one in data["indicator"]),
        tuple(
            Band(one["name"], one["below"] * 100 if "below" in one else None, one.get("weak", False))
            for one in data["band"]
        ),
        (data["operating_other"]["account"], tuple(data["operating_other"]["words"])),
        (data["nonproduction"]["account"], tuple(data["nonproduction"]["words"])),
        tuple(data["ages"]["days"]),
        tuple(data["home"]["keys"]),
    )


def _definition(one: Mapping[str, object]) -> Definition:
    unit = Unit(str(one["unit"]))
    line = one.get("line")
    return Definition(
        key=str(one["key"]),
        name=str(one["name"]),
        unit=unit,
        over=read_terms(str(one["over"])),
        under=read_terms(str(one.get("under", ""))),
        words=str(one["words"]),
        note=str(one.get("note", "")),
        line=None if line is None else read_line(str(line), unit),
        above=one.get("side") != "below",
        banded=bool(one.get("banded")),
    )


def definitions(reader: Reader) -> tuple[Definition, ...]:
    """The indicators with the lines in force in this village."""
    return tuple(
        replace(one, line=_own_line(one, said)) if (said := reader.setting(_SETTING + one.key)) else one
        for one in indicator_rules().definitions
    )


def _own_line(one: Definition, said: str) -> Fraction | None:
    return None if said == NO_LINE else read_line(said, one.unit)


def set_line(uow: UnitOfWork, key: str, text: str) -> Outcome[Definition]:
    """Set the line of an indicator (percent, yuan, days); ``none`` takes it away, nothing goes back to the shipped one.

    Raises LedgerError for an indicator there is not, or a line that is no number.
    """
    require(uow, Duty.SETTINGS)
    one = next((x for x in indicator_rules().definitions if x.key == key), None)
    if one is None:
        known = "、".join(f"{x.key} {x.name}" for x in indicator_rules().definitions)
        raise LedgerError(f"没有叫“{key}”的指标", f"可以是：{known}。")
    said = text.strip()
    if said and said != NO_LINE:
        read_line(said, one.unit)
    uow.settings.set(_SETTING + key, said)
    uow.log.add(LINE_SET, subject=one.name, detail=said or "照程序自带的")
    return Outcome(next(x for x in definitions(uow.reader) if x.key == key), Changes(settings=True))

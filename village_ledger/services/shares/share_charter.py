"""The charter's parameters (章程参数): what holds on a day, and changing it from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.share import ShareClass
from village_ledger.domain.share_rules import Parameter, share_rules
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.shares.register import SharesRegister
from village_ledger.storage.unit_of_work import UnitOfWork

ALWAYS = date(1949, 1, 1)
"""From when a parameter given with its class holds."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A parameter as it holds on a day; ``is_default`` when the charter says nothing of it."""

    parameter: Parameter
    value: str
    is_default: bool


def value(reader: Reader, key: str, class_id: int | None, day: date) -> str:
    """What holds on a day: the charter's word, else the shipped default."""
    found = reader.charter(key, class_id, day)
    return share_rules().parameter(key).default if found is None else found


def standing(reader: Reader, class_id: int | None, day: date) -> list[Standing]:
    """Every parameter as it holds on a day for a class, or for all."""
    found: list[Standing] = []
    for parameter in share_rules().parameters.values():
        said = reader.charter(parameter.key, class_id, day)
        found.append(Standing(parameter, parameter.default if said is None else said, said is None))
    return found


def set_value(
    uow: UnitOfWork,
    key: str,
    text: str,
    *,
    share_class: ShareClass | None = None,
    effective: date = ALWAYS,
    source: str = "",
) -> Outcome[str]:
    """Say what the charter says from a day on, of one class or of all; returns the value as kept.

    Raises ShareError for a parameter or value that cannot be.
    """
    named(uow.by)
    require(uow, Duty.SETTINGS)
    parameter = share_rules().parameter(key)
    kept = parameter.tidy(text)
    source = check_text(source, "章程条款", SUMMARY_LIMIT)
    class_id = None if share_class is None else share_class.id
    SharesRegister(uow).set_charter(key, class_id, kept, effective, source)
    where = share_class.name if share_class else "各类股份"
    since = "" if effective == ALWAYS else f"，{effective} 起"
    uow.log.add("章程参数", subject=f"{where} {parameter.title}", detail=f"{parameter.said(kept)}{since}")
    return Outcome(kept, Changes(shares=True, settings=True))

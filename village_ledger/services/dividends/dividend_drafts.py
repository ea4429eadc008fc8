"""What was typed of a dividend and not yet booked, kept in the book so that leaving the page or a power cut loses nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from village_ledger.domain.duty import Duty
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

_KEY = "dividend_draft"


def _key(ledger: str, year: int) -> str:
    return f"{_KEY}/{ledger}/{year}"


def keep_draft(uow: UnitOfWork, ledger: str, year: int, typed: Mapping[str, str]) -> Outcome[None]:
    """Keep the fields of a year's dividend as typed; none at all forgets them. No act of the books."""
    require(uow, Duty.PREPARE, ledger)
    text = json.dumps(dict(typed), ensure_ascii=False, sort_keys=True) if any(typed.values()) else ""
    uow.settings.set(_key(ledger, year), text)
    return Outcome(None, Changes())


def draft_of(reader: Reader, ledger: str, year: int) -> dict[str, str]:
    """What was typed of a year's dividend; empty where nothing was, or where it cannot be read any more."""
    try:
        found = json.loads(reader.setting(_key(ledger, year)) or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): str(value) for key, value in cast("dict[object, object]", found).items()}

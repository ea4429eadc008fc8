"""Decision files (四议两公开) and their panels (六手印记): lines of the check list before closing."""

from __future__ import annotations

from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem
from village_ledger.storage.reader import Reader


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """What this area has to say before the month closes."""
    del reader, ledger, month
    return []

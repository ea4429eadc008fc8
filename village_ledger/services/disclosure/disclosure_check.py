"""What the check list before a month closes says of publishing (K45)."""

from __future__ import annotations

from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem
from village_ledger.storage.reader import Reader

RULE = "K45"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Nothing in a book that has posted nothing yet."""
    del reader, ledger, month
    return []

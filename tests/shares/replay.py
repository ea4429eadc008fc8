"""The register of a day from nothing but the exported movements: the standard library, a csv and addition.

Nothing of the program is imported here. Every row counts; whoever opens the file without having read its manual does the
same.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

Account = tuple[str, str]
Buckets = tuple[Decimal, Decimal, Decimal]
BUCKETS = ("可动", "质押", "冻结")


def rows(text: str) -> list[dict[str, str]]:
    """A csv as exported, by its labels."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def replay(movements: Iterable[Mapping[str, str]], day: str) -> dict[Account, Buckets]:
    """(account, class) to its buckets at the end of a day, those that have something."""
    held: dict[Account, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for row in movements:
        if row["日期"] <= day:
            for place, bucket in enumerate(BUCKETS):
                held[row["账户"], row["股份类别"]][place] += Decimal(row[bucket] or 0)
    return {key: (one[0], one[1], one[2]) for key, one in held.items() if any(one)}


def register(lines: Iterable[Mapping[str, str]]) -> dict[Account, Buckets]:
    """The register as exported; its sums are marked by their class or 合计."""
    found: dict[Account, Buckets] = {}
    for row in lines:
        if row["账户"] not in {"", "合计"}:
            free, pledged, frozen = (Decimal(row[bucket] or 0) for bucket in BUCKETS)
            found[row["账户"], row["股份类别"]] = (free, pledged, frozen)
    return found

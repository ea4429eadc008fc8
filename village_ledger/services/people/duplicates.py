"""People who may have been entered twice: one name and one day of birth, and not two identity numbers to tell them apart.

Needs no key: equal numbers are refused by their tokens when they are written, and found by ``verify``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from village_ledger.storage.people.records import Person


def likely_same(
    people: Iterable[Person], asked: Collection[int] | None = None
) -> list[tuple[Person, Person]]:
    """Pairs of the living who may be one person, of all or of some with anybody."""
    alike: dict[tuple[str, date], list[Person]] = defaultdict(list)
    for one in people:
        if one.birth is not None and one.death is None:
            alike[one.name, one.birth].append(one)
    return [
        (one, other)
        for group in alike.values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
        if not (one.has_number and other.has_number)
        and (asked is None or one.id in asked or other.id in asked)
    ]


def named(pairs: Iterable[tuple[Person, Person]]) -> tuple[str, ...]:
    """Each pair in a sentence."""
    return tuple(
        f"{one.key} 和 {other.key} 姓名、出生日期都相同，请核对是不是同一个人登记了两次。"
        for one, other in pairs
    )

"""Numbers of things of several villages in one ledger: those of a later village get its name before them where any would meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from village_ledger.services.merger.merging import Merging
from village_ledger.services.merger.sources import OldBook

Numbers = Mapping[tuple[int, str, str], str]
"""(source, old ledger, old number) → new number."""


def numbers_of(
    merging: Merging, listed: Callable[[OldBook, str], Iterable[str]], limit: int
) -> dict[tuple[int, str, str], str]:
    """New numbers of what ``listed`` gives for an old ledger, unique in each new one."""
    taken: dict[str, set[str]] = {}
    found: dict[tuple[int, str, str], str] = {}
    for one in merging.books:
        for old in one.source.ledgers:
            new = merging.ledger(one, old.code)
            if not new:
                continue
            there, mine = taken.setdefault(new, set()), list(dict.fromkeys(listed(one, old.code)))
            prefix = one.village.removesuffix("村") if there & set(mine) else ""
            for code in mine:
                made = f"{prefix}{code}"[:limit]
                while made in there:
                    made = f"{made[: limit - 1]}*"
                found[one.number, old.code, code] = made
                there.add(made)
    return found


def keep(merging: Merging, kind: str, numbers: Numbers) -> None:
    """Write down every number that is another one now."""
    by_number = {one.number: one for one in merging.books}
    for (source, ledger, old), new in numbers.items():
        if old != new:
            merging.code(by_number[source], kind, ledger, old, new)

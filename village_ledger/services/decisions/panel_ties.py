"""Who of a list must stay out of a matter: interested parties and their families, as the people register knows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from village_ledger.domain.panel import ListRow, same_person
from village_ledger.storage.decisions.records import Decision, Interest
from village_ledger.storage.reader import Reader


def barred(reader: Reader, rows: Sequence[ListRow], decision: Decision) -> dict[int, str]:
    """Lines of a list that stay out of this matter, and why, beside those marked on the list."""
    family = _families(reader, decision.interests)
    found: dict[int, str] = {}
    for row in rows:
        if row.avoids:
            continue
        why = _why(reader, row.name, decision.interests, family)
        if why:
            found[row.number] = why
    return found


def why_not(reader: Reader, name: str, decision: Decision) -> str:
    """Why somebody may not sit on the panel of a matter, empty when they may."""
    return _why(reader, name, decision.interests, _families(reader, decision.interests))


def _families(reader: Reader, interests: Iterable[Interest]) -> dict[str, set[int]]:
    """By interested party, everybody who is or ever was of one household with them."""
    return {one.name: reader.lived_with(reader.people_named(one.name)) for one in interests}


def _why(reader: Reader, name: str, interests: Iterable[Interest], family: dict[str, set[int]]) -> str:
    own: set[int] | None = None
    for one in interests:
        if same_person(name, one.name):
            return f"本人是利害关系人（{one.reason}）"
        if not family[one.name]:
            continue
        own = reader.people_named(name) if own is None else own
        if own & family[one.name]:
            return f"和利害关系人 {_bare(one.name)} 是一户或曾是一户"
    return ""


def _bare(name: str) -> str:
    """The name without its household number."""
    return name.rpartition("/")[2].strip()

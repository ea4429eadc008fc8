"""K34: the register of members beside the share register: who is in one of them only, and whose estate is still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from village_ledger.domain.period import Month
from village_ledger.domain.share import EventKind, ShareClass
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.shares import share_charter
from village_ledger.storage.people.records import Person
from village_ledger.storage.reader import Reader

_MOST_NAMED = 6
_PAGE = "members"


def without_account(reader: Reader, ledger: str, day: date) -> list[Person]:
    """Living members who never had a share account (I13); who joined later is not asked for where the charter is static.

    An account emptied since is an explicit zero. Where households share one account, one of the household will do.
    """
    classes = reader.share_classes(ledger)
    people = reader.people(day)
    ids = {one.id for one in classes}
    have = {one.person_id for one in reader.holdings(day) if one.class_id in ids}
    shared = {
        one.household
        for one in people
        if one.id in have and any(_says(reader, "mode", kind, day) == "household" for kind in classes)
    } - {""}
    granted = _first_grant(reader, classes, day)
    return [
        one
        for one in people
        if one.is_member
        and one.id not in have
        and one.household not in shared
        and not (granted and one.confirmed_on and one.confirmed_on > granted)
    ]


def open_estates(reader: Reader, ledger: str, day: date) -> list[Person]:
    """The dead who still hold shares (I14)."""
    ids = {one.id for one in reader.share_classes(ledger)}
    holders = {one.person_id for one in reader.holdings(day) if one.class_id in ids and one.balance.total > 0}
    return [one for one in reader.people(day) if one.death is not None and one.id in holders]


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K34 for a month's end; nothing before shares were granted."""
    classes = reader.share_classes(ledger)
    if not classes or not any(reader.holdings(month.last)):
        return []
    missing = without_account(reader, ledger, month.last)
    estates = open_estates(reader, ledger, month.last)
    if not missing and not estates:
        members = len(reader.living_members(month.last))
        return [CheckItem("K34", Verdict.PASS, f"{members} 名成员都有份额账户，没有待继承的份额。")]
    words: list[str] = []
    if missing:
        words.append(f"{len(missing)} 名成员没有份额账户")
    if estates:
        words.append(f"{len(estates)} 名去世的人份额还没有继承")
    evidence = (
        *_some(missing, "没有份额账户（登记簿上没有他，也没有写零）", "名成员没有份额账户"),
        *_some(estates, "去世，份额待继承", "人份额待继承"),
    )
    leads = tuple(Lead(Leads.PAGE, _PAGE) for _ in evidence)
    return [CheckItem("K34", Verdict.WARN, f"{'；'.join(words)}。", evidence, leads)]


def _first_grant(reader: Reader, classes: Iterable[ShareClass], day: date) -> date | None:
    """When shares were first granted where nobody gets any later (生不增、进不增), None where newcomers do."""
    static = {one.id for one in classes if _says(reader, "static", one, day) == "yes"}
    if not static:
        return None
    days = [
        one.day
        for one in reader.share_events(None, day)
        if one.kind is EventKind.GRANT and one.class_id in static
    ]
    return min(days) if days else None


def _says(reader: Reader, key: str, kind: ShareClass, day: date) -> str:
    return share_charter.value(reader, key, kind.id, day)


def _some(people: Sequence[Person], what: str, more: str) -> tuple[str, ...]:
    named = tuple(f"{one.key} {f'{one.death} ' if one.death else ''}{what}" for one in people[:_MOST_NAMED])
    left = len(people) - _MOST_NAMED
    return (*named, f"另有 {left} {more}") if left > 0 else named

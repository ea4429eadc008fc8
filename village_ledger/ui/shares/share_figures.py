"""What the pages of share changes show, read from the book on the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.share import Balance, EventKind, ShareClass, format_shares
from village_ledger.domain.share_events import HOUSEHOLDS, EventRequest
from village_ledger.domain.share_rules import share_rules
from village_ledger.i18n import tr
from village_ledger.services.shares import share_charter
from village_ledger.services.shares.share_cases import UNPUBLISHED
from village_ledger.services.shares.share_checks import Examination, examine
from village_ledger.services.shares.share_effects import Effect
from village_ledger.services.transfers import resolutions
from village_ledger.ui.people.person_field import NOBODY, People

if TYPE_CHECKING:
    from village_ledger.storage.interledger.records import Resolution
    from village_ledger.storage.people.records import Pledge, StoredEvent
    from village_ledger.storage.reader import Reader


class PledgeChoice(NamedTuple):
    """An open pledge as a list offers it."""

    number: str
    account: str
    class_name: str
    left: str
    """What is still pledged, as it would be typed."""
    words: str


@dataclass(frozen=True)
class Lists:
    """What the fields of an event offer."""

    classes: tuple[ShareClass, ...] = ()
    people: People = NOBODY
    resolutions: tuple[Resolution, ...] = ()
    pledges: tuple[PledgeChoice, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    """(number, words) of those that may be reversed, newest first."""
    held: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """What an account has of a class now, in words, by account text and class name."""


def read_lists(reader: Reader, ledger: str, today: date) -> Lists:
    """Everything a form of an event offers."""
    classes = {one.id: one for one in reader.share_classes(ledger)}
    accounts, texts = reader.share_accounts(), reader.holder_texts(today)
    events = [
        (str(event.number), event_words(event, classes.get(event.class_id or 0), texts, accounts))
        for event in reversed(reader.share_events())
        if event.reversed_by is None
        and event.kind not in {EventKind.REVERSE, *HOUSEHOLDS}
        and event.class_id in classes
    ]
    held = {
        (texts.get(one.person_id, ""), classes[one.class_id].name): _held_words(
            one.balance, classes[one.class_id]
        )
        for one in reader.holdings(today)
        if one.class_id in classes
    }
    return Lists(
        tuple(classes.values()),
        People(sorted(person.key for person in reader.people(today))),
        tuple(reader.resolutions()),
        tuple(
            _pledge(one, classes, accounts, texts)
            for one in reader.open_pledges()
            if accounts[one.account_id][0] in classes
        ),
        tuple(events),
        held,
    )


def _pledge(
    one: Pledge,
    classes: Mapping[int, ShareClass],
    accounts: Mapping[int, tuple[int, int | None]],
    texts: Mapping[int | None, str],
) -> PledgeChoice:
    class_id, person_id = accounts[one.account_id]
    of_class, account = classes[class_id], texts.get(person_id, "")
    left = of_class.text(one.open)
    words = tr(
        "{who} {left} 份 · {creditor} {contract}",
        who=account,
        left=left,
        creditor=one.creditor,
        contract=one.contract,
    )
    return PledgeChoice(str(one.id), account, of_class.name, left, words)


def _held_words(balance: Balance, of_class: ShareClass) -> str:
    said = [tr("现有{name}：可动 {free} 份", name=of_class.name, free=of_class.text(balance.free))]
    if balance.pledged:
        said.append(tr("质押 {count}", count=of_class.text(balance.pledged)))
    if balance.frozen:
        said.append(tr("冻结 {count}", count=of_class.text(balance.frozen)))
    return " · ".join(said)


def event_words(
    event: StoredEvent,
    of_class: ShareClass | None,
    texts: Mapping[int | None, str],
    accounts: Mapping[int, tuple[int, int | None]],
) -> str:
    """A posted event in one line: number, day, kind, who and how much."""
    names = list(dict.fromkeys(texts.get(accounts[line.account_id][1], "") for line in event.lines))
    whole = max((abs(line.delta) for line in event.lines), default=0)
    who = " → ".join(names[:2]) if len(names) < 3 else tr("{count} 个账户", count=len(names))
    how_much = of_class.text(whole) if of_class else ""
    return tr(
        "第 {number} 号 · {day} {kind} {how_much} {who}",
        number=event.number,
        day=event.day,
        kind=event.kind.words,
        how_much=how_much,
        who=who,
    )


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the picture before and after."""

    name: str
    facts: str
    class_name: str
    decimals: int
    before: Balance
    after: Balance


@dataclass(frozen=True, slots=True)
class Sum:
    """A class as a whole before and after."""

    class_name: str
    decimals: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A request examined: checks, accounts before and after, sums, papers, the days of notice."""

    request: EventRequest
    examined: Examination
    accounts: tuple[Account, ...]
    sums: tuple[Sum, ...]
    notice_days: int


def read_outlook(reader: Reader, request: EventRequest) -> Outlook:
    """Everything the third step shows."""
    with reader.snapshot():
        examined = examine(reader, request)
        found = examined.plan
        class_id = found.share_class.id if found.share_class else None
        days = share_charter.value(reader, "notice_days", class_id, request.day)
        accounts = [_account(one) for one in examined.effects]
        if request.kind in HOUSEHOLDS and not examined.obstacles:
            accounts = _households(reader, examined)
        return Outlook(
            request,
            examined,
            tuple(accounts),
            tuple(_sums(reader, request, examined)),
            0 if request.kind in UNPUBLISHED else int(days),
        )


def _account(effect: Effect) -> Account:
    code, slash, name = effect.account.partition("/")
    facts = tr("{code} 户", code=code) if slash else tr("本社")
    bound = [
        tr("{bucket} {count}", bucket=words, count=format_shares(quanta, effect.decimals))
        for words, quanta in ((tr("质押"), effect.after.pledged), (tr("冻结"), effect.after.frozen))
        if quanta
    ]
    facts = " · ".join([facts, *(bound or [tr("没有质押、冻结")])])
    return Account(
        name if slash else effect.account,
        facts,
        effect.class_name,
        effect.decimals,
        effect.before,
        effect.after,
    )


def _households(reader: Reader, examined: Examination) -> list[Account]:
    """Both households' sums per class around a person who moves; the shares themselves stay."""
    request, mover = examined.plan.request, examined.plan.giver
    if mover is None or mover.person is None:
        return []
    homes = {person.id: person.household for person in reader.people(request.day)}
    held = reader.holdings(request.day)
    found: list[Account] = []
    for of_class in reader.share_classes(request.ledger):
        for code in (mover.person.household, examined.plan.household):
            own = [h for h in held if h.class_id == of_class.id and homes.get(h.person_id or 0) == code]
            mine = [h for h in held if h.class_id == of_class.id and h.person_id == mover.person_id]
            before = _added(h.balance for h in own)
            sign = -1 if code == mover.person.household else 1
            after = _added([before, *(_times(h.balance, sign) for h in mine)])
            if before.total or after.total:
                name = tr("{code} 户", code=code)
                said = tr("{who} 带着份额迁走") if sign < 0 else tr("{who} 带着份额迁来")
                facts = said.format(who=mover.person.name)
                found.append(Account(name, facts, of_class.name, of_class.decimals, before, after))
    return found


def _added(balances: Iterable[Balance]) -> Balance:
    listed = list(balances)
    return Balance(sum(b.free for b in listed), sum(b.pledged for b in listed), sum(b.frozen for b in listed))


def _times(balance: Balance, by: int) -> Balance:
    return Balance(balance.free * by, balance.pledged * by, balance.frozen * by)


def _sums(reader: Reader, request: EventRequest, examined: Examination) -> Iterable[Sum]:
    """Each class touched, whole."""
    changes: dict[str, int] = {}
    for one in examined.effects:
        changes[one.class_name] = changes.get(one.class_name, 0) + one.after.total - one.before.total
    for of_class in reader.share_classes(request.ledger):
        if of_class.name in changes:
            before = reader.class_total(of_class.id, request.day)
            yield Sum(of_class.name, of_class.decimals, before, before + changes[of_class.name])


def resolution_words(one: Resolution) -> str:
    """A resolution as it is chosen: number, body, votes, whether it carried."""
    carried = tr("不到法定比例") if resolutions.shortfalls(one) else tr("通过")
    return tr(
        "{number} · {day} {body} 应到 {eligible} 实到 {present} 赞成 {votes}，{carried} · {subject}",
        number=one.number,
        day=one.day,
        body=resolutions.bodies()[one.body]["name"],
        eligible=one.eligible,
        present=one.present,
        votes=one.in_favour,
        carried=carried,
        subject=one.subject,
    )


def may_decide(kind: EventKind, listed: Iterable[Resolution]) -> list[Resolution]:
    """Resolutions of the bodies that may decide a kind, newest first."""
    wanted = share_rules().kinds[kind].bodies
    return sorted((one for one in listed if one.body in wanted), key=lambda one: one.day, reverse=True)


def deciders(kind: EventKind) -> str:
    """Who decides a kind, in words; empty where no resolution is needed."""
    return "、".join(resolutions.bodies()[body]["name"] for body in share_rules().kinds[kind].bodies)

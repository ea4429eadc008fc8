"""Share events of a merger as they are written: lines of a village's holders, pledges and freezes set again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_ledger.domain.merger_shares import Held, in_order
from village_ledger.domain.share import Balance, Bucket, EventKind, ShareClass, ShareLine, allocate
from village_ledger.services.merger.merging import Merging
from village_ledger.services.merger.resolutions_carried import Resolutions
from village_ledger.services.merger.sources import OldBook
from village_ledger.storage.people.records import Pledge
from village_ledger.storage.shares.register import NewEvent, NewPledge, SharesRegister


@dataclass(slots=True)
class OldShares:
    """What one village's register ended with."""

    one: OldBook
    classes: dict[int, ShareClass]
    held: dict[int, list[Held]]
    """Old class → holders in order."""
    members: list[tuple[str, int]]
    """Living members: as they are written, and their old ids."""

    @property
    def all(self) -> list[Held]:
        """Every holding in order."""
        return in_order([held for holders in self.held.values() for held in holders])


def post_event(merging: Merging, event: NewEvent, ledger: str, lines: Sequence[ShareLine], said: str) -> None:
    """Write an event and say so in the log."""
    number = SharesRegister(merging.uow).add_event(event, lines)
    merging.uow.log.add("份额变动", ledger=ledger, subject=f"第 {number} 号", detail=said)


def line_of(merging: Merging, old: OldShares, made: ShareClass, person: int | None, quanta: int) -> ShareLine:
    """Quanta for one old holder's account in a class."""
    new = None if person is None else merging.people[old.one.number, person]
    return ShareLine(SharesRegister(merging.uow).account(made.id, new), Bucket.FREE, quanta)


def bind(
    merging: Merging,
    old: OldShares,
    class_id: int,
    made: ShareClass,
    after: Mapping[int | None, Balance],
    resolutions: Resolutions,
) -> None:
    """Set pledges and freezes of an old class again."""
    reader, day = old.one.reader, merging.request.day
    accounts = reader.share_accounts()
    pledges: dict[int, list[Pledge]] = {}
    for pledge in reader.open_pledges(day):
        if accounts[pledge.account_id][0] == class_id:
            pledges.setdefault(pledge.account_id, []).append(pledge)
    for account, each in pledges.items():
        balance = after.get(accounts[account][1], Balance())
        parts = allocate(balance.pledged, [pledge.open for pledge in each])
        for pledge, quanta in zip(each, parts, strict=True):
            _pledge(merging, old, made, accounts[account][1], pledge, quanta, resolutions)
    for person, balance in after.items():
        if balance.frozen:
            _freeze(merging, old, made, person, balance.frozen, class_id)


def _pledge(
    merging: Merging,
    old: OldShares,
    made: ShareClass,
    person: int | None,
    pledge: Pledge,
    quanta: int,
    resolutions: Resolutions,
) -> None:
    subject = f"{pledge.creditor} {pledge.contract}".strip()
    if not quanta:
        merging.matter(old.one, "质押", subject, "折换后没有份额可以质押，请和质权人另行商定。")
        return
    account = line_of(merging, old, made, person, 1).account_id
    lines = [ShareLine(account, Bucket.FREE, -quanta), ShareLine(account, Bucket.PLEDGED, quanta)]
    event = NewEvent(
        EventKind.PLEDGE,
        made.id,
        merging.request.start.first,
        resolution=resolutions.of_event(old.one, pledge.id),
        contract=pledge.contract,
        party=pledge.creditor,
        note=f"{old.one.village}并入：原第 {pledge.id} 号质押，{pledge.registered} 登记",
        pledge=NewPledge(
            account, quanta, pledge.creditor, pledge.contract, pledge.expires, pledge.dividend_to
        ),
    )
    post_event(merging, event, made.ledger, lines, f"质押 {made.name} {made.text(quanta)}：{subject}")
    text = f"原质押的份额现在是 {made.name} {made.text(quanta)}，请书面告知质权人并换签合同。"
    merging.matter(old.one, "质押", subject, text)


def _freeze(
    merging: Merging, old: OldShares, made: ShareClass, person: int | None, quanta: int, class_id: int
) -> None:
    account = line_of(merging, old, made, person, 1).account_id
    before = old.one.reader.share_account(class_id, person)
    freezing = [
        event
        for event in old.one.reader.share_events(None, merging.request.day)
        if event.kind is EventKind.FREEZE and any(x.account_id == before for x in event.lines)
    ]
    last = freezing[-1] if freezing else None
    lines = [ShareLine(account, Bucket.FREE, -quanta), ShareLine(account, Bucket.FROZEN, quanta)]
    event = NewEvent(
        EventKind.FREEZE,
        made.id,
        merging.request.start.first,
        contract=last.contract if last else "",
        party=last.party if last else "",
        note=f"{old.one.village}并入：原来就冻结",
    )
    post_event(merging, event, made.ledger, lines, f"冻结 {made.name} {made.text(quanta)}")

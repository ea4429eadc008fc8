"""Shares into the merged book: every old class is opened as it stood, then side by side, by net value or by heads.

An old class is granted to its holders under the village's name, so that the new register begins with what the old one ended
with. Where shares are converted an event closes that class into the new one. Pledges and freezes are set again on what their
holder has then, in the proportion in which they lay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from village_ledger.domain.merger import MergerError, Option
from village_ledger.domain.merger_shares import Held, SharesBy, buckets, by_value, in_order
from village_ledger.domain.money import format_fen
from village_ledger.domain.share import Balance, EventKind, ShareClass, ShareLine
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.services.merger.merging import Merging, rules
from village_ledger.services.merger.resolutions_carried import Resolutions
from village_ledger.services.merger.share_events import OldShares, bind, line_of, post_event
from village_ledger.services.merger.sources import OldBook
from village_ledger.services.shares import shares
from village_ledger.storage.merger.register import NewShare
from village_ledger.storage.shares.register import NewEvent


def carry_shares(merging: Merging) -> None:
    """Every village's shares as asked; raises MergerError for a conversion nobody resolved on or that cannot be."""
    request, by = merging.request, merging.request.shares
    olds = [_read(one, merging.request.day) for one in merging.books]
    if by is SharesBy.NONE or not any(old.held or by is SharesBy.HEAD for old in olds):
        return
    resolutions = Resolutions(merging)
    joint = request.option is Option.FEDERATE
    if by.converts or joint:
        resolutions.ensure_named(olds_with_shares(olds))
    if joint:
        _joint_class(merging, olds, resolutions)
        return
    opened = {old.one.number: _open_classes(merging, old, resolutions) for old in olds}
    if by is SharesBy.SIDE:
        for old in olds:
            for class_id, holders in old.held.items():
                made = opened[old.one.number][class_id]
                for held in holders:
                    _listed(merging, old, held, made, held.balance.total)
                bind(
                    merging,
                    old,
                    class_id,
                    made,
                    {held.person_id: held.balance for held in holders},
                    resolutions,
                )
        return
    new = shares.add_class(merging.uow, rules()["class_name"], rules()["decimals"]).value
    for old in olds:
        _convert(merging, old, opened[old.one.number], new, resolutions)


def olds_with_shares(olds: Sequence[OldShares]) -> list[OldBook]:
    """The villages that have shares or members to convert."""
    return [old.one for old in olds if old.held or old.members]


def _read(one: OldBook, day: date) -> OldShares:
    reader = one.reader
    texts, people = reader.holder_texts(day), {person.id: person for person in reader.people()}
    closed = {x.id for x in reader.share_classes() if reader.converted_by(x.id) is not None}
    classes = {x.id: x for x in reader.share_classes() if x.id not in closed}
    held: dict[int, list[Held]] = {}
    for holding in reader.holdings(day):
        share_class = classes.get(holding.class_id)
        if share_class is None or not holding.balance.total:
            continue
        person = people.get(holding.person_id) if holding.person_id is not None else None
        held.setdefault(holding.class_id, []).append(
            Held(
                texts[holding.person_id],
                holding.person_id,
                share_class.name,
                share_class.decimals,
                holding.balance,
                person is not None and person.is_member,
            )
        )
    members = sorted((person.key, person.id) for person in people.values() if person.is_member)
    return OldShares(one, classes, {i: in_order(x) for i, x in sorted(held.items())}, members)


def _open_classes(merging: Merging, old: OldShares, resolutions: Resolutions) -> Mapping[int, ShareClass]:
    """Each old class under its village's name, granted as it stood."""
    found: dict[int, ShareClass] = {}
    for class_id, holders in old.held.items():
        before = old.classes[class_id]
        name = f"{old.one.village}{before.name}"[:NAME_LIMIT]
        ledger = merging.ledger(old.one, before.ledger) or before.ledger
        made = shares.add_class(
            merging.uow, name, before.decimals, ledger=ledger, is_collective=before.is_collective
        ).value
        found[class_id] = made
        merging.code(old.one, "class", before.ledger, before.name, name)
        lines = [line_of(merging, old, made, held.person_id, held.balance.total) for held in holders]
        note = f"{old.one.village}并入：原{before.name}，{merging.request.day} 的登记簿"
        event = NewEvent(
            EventKind.GRANT,
            made.id,
            merging.request.start.first,
            resolution=resolutions.of_class(old.one, class_id),
            note=note,
        )
        total = sum(line.delta for line in lines)
        post_event(
            merging, event, ledger, lines, f"量化 {name} {made.text(total)}：{len(lines)} 个账户，{note}"
        )
    return found


def _listed(
    merging: Merging, old: OldShares, held: Held, made: ShareClass | None, quanta: int, note: str = ""
) -> None:
    before = next(x for x in old.classes.values() if x.name == held.class_name)
    person = None if held.person_id is None else merging.people[old.one.number, held.person_id]
    merging.shares.append(
        NewShare(
            old.one.number,
            held.holder,
            held.class_name,
            before.text(held.balance.total),
            person,
            "" if made is None else made.name,
            "0" if made is None else made.text(quanta),
            note,
        )
    )


def _convert(
    merging: Merging,
    old: OldShares,
    opened: Mapping[int, ShareClass],
    new: ShareClass,
    resolutions: Resolutions,
) -> None:
    """The old classes of a village closed into the new one."""
    given = (
        _given_by_value(merging, old, new)
        if merging.request.shares is SharesBy.VALUE
        else _given_by_head(merging, old, new)
    )
    first = True
    for class_id, holders in old.held.items():
        made = opened[class_id]
        out = [line_of(merging, old, made, held.person_id, -held.balance.total) for held in holders]
        into = [
            line_of(merging, old, new, person, quanta)
            for (name, person), quanta in given.items()
            if quanta and name == (made.name if name else "") and (name or first)
        ]
        first = False
        _post_conversion(merging, old, made, new, (out, into), resolutions)
        for held in holders:
            _listed(merging, old, held, new, given.get((made.name, held.person_id), 0))
    if not old.held:
        lines = [
            line_of(merging, old, new, person, quanta) for (_, person), quanta in given.items() if quanta
        ]
        if lines:
            _grant(merging, old, new, lines, resolutions)
    if merging.request.shares is SharesBy.HEAD:
        _list_members(merging, old, new, given)
    _bind_converted(merging, old, opened, new, given, resolutions)


def _post_conversion(
    merging: Merging,
    old: OldShares,
    made: ShareClass,
    new: ShareClass,
    lines: tuple[list[ShareLine], list[ShareLine]],
    resolutions: Resolutions,
) -> None:
    out, into = lines
    kind = EventKind.CONVERT if into else EventKind.CANCEL
    was, becomes = -sum(x.delta for x in out), sum(x.delta for x in into)
    note = f"{old.one.village}{merging.request.shares.words}：{made.text(was)} → {new.text(becomes)}"
    event = NewEvent(
        kind, made.id, merging.request.start.first, resolution=resolutions.of_merger(old.one), note=note
    )
    post_event(merging, event, new.ledger, [*out, *into], f"{kind.words}：{made.name} 到 {new.name}，{note}")


def _grant(
    merging: Merging, old: OldShares, new: ShareClass, lines: Sequence[ShareLine], resolutions: Resolutions
) -> None:
    note = f"{old.one.village}{merging.request.shares.words}"
    event = NewEvent(
        EventKind.GRANT,
        new.id,
        merging.request.start.first,
        resolution=resolutions.of_merger(old.one),
        note=note,
    )
    total = new.text(sum(line.delta for line in lines))
    post_event(merging, event, new.ledger, lines, f"量化 {new.name} {total}：{len(lines)} 个账户，{note}")


Given = dict[tuple[str, int | None], int]
"""(new name of the old class, or nothing; old person) → new quanta."""


def _given_by_value(merging: Merging, old: OldShares, new: ShareClass) -> Given:
    """By net value over all classes of the village at once."""
    worth, unit = merging.worth(old.one), merging.request.unit or rules()["unit"]
    held = old.all
    if not held:
        return {}
    if worth <= 0:
        raise MergerError(
            f"{old.one.village}的净资产是 {format_fen(worth)}，不能按净资产折股",
            "请改用按人头或两类并存，或用 --worth 写明各村议定的净资产。",
        )
    result = by_value(held, worth, unit, new.decimals)
    if not result.whole:
        raise MergerError(
            f"{old.one.village}照每份 {format_fen(unit)} 折不到一个最小单位", "请把每份的金额改小。"
        )
    if result.rest:
        text = f"净资产 {format_fen(worth)} 元折 {new.text(result.whole)} 份，舍去不到一个最小单位（{float(result.rest):.4f}）。"
        merging.matter(old.one, "折股尾差", old.one.village, text)
    names = {x.name: f"{old.one.village}{x.name}"[:NAME_LIMIT] for x in old.classes.values()}
    return {
        (names[one.class_name], one.person_id): quanta for one, quanta in zip(held, result.parts, strict=True)
    }


def _given_by_head(merging: Merging, old: OldShares, new: ShareClass) -> Given:
    """The same for every living member; what others hold is named as open."""
    each = (merging.request.per_head or rules()["per_head"]) * 10**new.decimals
    members = {person for _, person in old.members}
    others = [one for one in old.all if one.person_id not in members]
    if others:
        who = "、".join(dict.fromkeys(one.holder for one in others[:_NAMED]))
        more = " 等" if len(others) > _NAMED else ""
        text = f"{who}{more} 不是在世成员（集体、非成员、未继承的），按人头没有份额，请另行议定。"
        merging.matter(old.one, "份额", old.one.village, text)
    return {("", person): each for _, person in old.members}


_NAMED = 5


def _list_members(merging: Merging, old: OldShares, new: ShareClass, given: Given) -> None:
    number = old.one.number
    for holder, person in old.members:
        merging.shares.append(
            NewShare(
                number,
                holder,
                "",
                "0",
                merging.people[number, person],
                new.name,
                new.text(given["", person]),
                "成员",
            )
        )


def _bind_converted(
    merging: Merging,
    old: OldShares,
    opened: Mapping[int, ShareClass],
    new: ShareClass,
    given: Given,
    resolutions: Resolutions,
) -> None:
    """Pledges and freezes on what the holder has of the new class."""
    for class_id, holders in old.held.items():
        name = opened[class_id].name
        after: dict[int | None, Balance] = {}
        for held in holders:
            quanta = given.get((name, held.person_id), given.get(("", held.person_id), 0))
            after[held.person_id] = buckets(quanta, held.balance)
        bind(merging, old, class_id, new, after, resolutions)


def _joint_class(merging: Merging, olds: Sequence[OldShares], resolutions: Resolutions) -> None:
    """Option B: a class for what is done together; the old classes stay in the old books."""
    if merging.request.shares is SharesBy.SIDE:
        merging.matter(None, "份额", "联合部分", "联合部分还没有量化份额；各村原来的份额仍在各村的账簿里。")
        return
    new = shares.add_class(merging.uow, rules()["joint_class_name"], rules()["decimals"]).value
    for old in olds:
        given = (
            _given_by_value(merging, old, new)
            if merging.request.shares is SharesBy.VALUE
            else _given_by_head(merging, old, new)
        )
        totals: dict[int | None, int] = {}
        for (_, person), quanta in given.items():
            totals[person] = totals.get(person, 0) + quanta
        lines = [line_of(merging, old, new, person, quanta) for person, quanta in totals.items() if quanta]
        if lines:
            _grant(merging, old, new, lines, resolutions)
        if merging.request.shares is SharesBy.HEAD:
            _list_members(merging, old, new, given)
        else:
            for held in old.all:
                name = f"{old.one.village}{held.class_name}"[:NAME_LIMIT]
                _listed(merging, old, held, new, given.get((name, held.person_id), 0), "原份额不动")

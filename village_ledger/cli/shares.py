"""``share``: classes, the charter, one event, a file of events."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.money import parse_fen
from village_ledger.domain.share import EventKind, format_shares
from village_ledger.domain.share_events import TO_MANY, EventRequest, Part
from village_ledger.i18n import tr

COLLECTIVE_LEDGER = "collective"


def run_share(asked: Namespace) -> int:
    """Do what was asked."""
    asked.ledger = asked.ledger or COLLECTIVE_LEDGER
    if asked.action == "class":
        return _add_class(asked)
    if asked.action == "apply":
        return _apply(asked)
    if asked.action == "charter":
        return _charter(asked)
    return _event(asked, request_of(asked, EventKind(asked.action)))


def _add_class(asked: Namespace) -> int:
    from village_ledger.services.shares.shares import add_class

    with writing(asked) as uow:
        done = add_class(
            uow,
            asked.name,
            asked.decimals,
            ledger=asked.ledger,
            cap=asked.cap,
            redeem_cap=asked.redeem_cap,
            collective_dividend=asked.collective_dividend,
            is_collective=asked.collective,
        )
        uow.commit()
    say(tr("股份类别“{name}”设好了，{k} 位小数。", name=done.value.name, k=done.value.decimals))
    return 0


def request_of(asked: Namespace, kind: EventKind) -> EventRequest:
    """The event the options mean; raises UsageError where they do not go together."""
    takers, quantities = list(asked.takers), list(asked.quantities)
    parts: tuple[Part, ...] = ()
    if kind in TO_MANY and len(takers) > 1:
        if quantities and len(quantities) != len(takers):
            raise UsageError(tr("--to 写了 {a} 个，--quantity 写了 {b} 个", a=len(takers), b=len(quantities)))
        parts = tuple(
            Part(taker, quantity)
            for taker, quantity in zip(takers, quantities or [""] * len(takers), strict=True)
        )
    elif len(takers) > 1 or len(quantities) > 1:
        raise UsageError(tr("{kind}只能写一个 --to 和一个 --quantity", kind=kind.words))
    giver, taker = asked.giver, takers[0] if takers else ""
    if kind is EventKind.CANCEL and not giver:
        giver = taker
    return EventRequest(
        kind,
        asked.class_name,
        asked.date,
        giver,
        taker,
        asked.ratio or (quantities[0] if quantities else ""),
        parts,
        resolution=asked.resolution or "",
        contract=asked.contract or "",
        party=asked.party or "",
        price=parse_fen(asked.price) if asked.price else 0,
        note=asked.note or "",
        pledge=asked.pledge,
        reverses=asked.reverses,
        expires=asked.expires,
        dividend_to=asked.dividend_to,
        reviewed_by=getattr(asked, "reviewed_by", None) or "",
        ledger=asked.ledger,
    )


def _event(asked: Namespace, request: EventRequest) -> int:
    from village_ledger.services.shares.share_checks import examine
    from village_ledger.services.shares.shares import post

    with writing(asked) as uow:
        before = examine(uow.reader, request).effects
        done = post(uow, request)
        if not asked.dry_run:
            uow.commit()
    say_all(done.warnings)
    for one in before:
        print(
            f"{one.account} {one.class_name} {format_shares(one.before.total, one.decimals)} → "
            f"{format_shares(one.after.total, one.decimals)}"
        )
    if asked.dry_run:
        say(tr("可以办：{kind}。账没有变化。", kind=request.kind.words))
    else:
        say(tr("登记了第 {number} 号变动：{kind}。", number=done.value.number, kind=request.kind.words))
    return 0


def _apply(asked: Namespace) -> int:
    from village_ledger.exchange.shares.import_shares import import_shares

    with writing(asked) as uow:
        done = import_shares(uow, asked.file, ledger=asked.ledger, reviewed_by=asked.reviewed_by or "")
        if not asked.dry_run:
            uow.commit()
    say_all(done.warnings)
    if asked.dry_run:
        say(tr("检查过了，可以登记 {count} 笔份额变动。账没有变化。", count=done.value))
    else:
        say(tr("登记了 {count} 笔份额变动。", count=done.value))
    return 0


def _charter(asked: Namespace) -> int:
    from village_ledger.services.shares import share_charter

    if (asked.key is None) != (asked.value is None):
        raise UsageError(tr("改章程参数要写明 KEY 和 VALUE"))
    with writing(asked) as uow:
        today = date.fromisoformat(uow.at[:10])
        chosen = uow.reader.share_class(asked.class_name, asked.ledger) if asked.class_name else None
        if asked.key is not None:
            share_charter.set_value(
                uow,
                asked.key,
                asked.value,
                share_class=chosen,
                effective=asked.date or today,
                source=asked.source or "",
            )
            uow.commit()
        listed = share_charter.standing(uow.reader, chosen.id if chosen else None, asked.date or today)
    for one in listed:
        rest = tr("（默认）") if one.is_default else ""
        print(f"{one.parameter.key}\t{one.parameter.title}\t{one.parameter.said(one.value)}{rest}")
    if asked.key is not None:
        say(tr("章程参数改好了。"))
    return 0

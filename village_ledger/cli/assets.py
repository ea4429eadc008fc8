"""``asset`` and ``depreciation``: cards, what happens to them, a month's depreciation."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.asset import Card, Facts, Method
from village_ledger.domain.errors import AssetError
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.quantity import parse_quantity
from village_ledger.i18n import tr
from village_ledger.services.assets import cards, depreciation, disposal, movements, passing, usage
from village_ledger.services.assets.asset_words import (
    kind_of,
    read_method,
    read_source,
    read_status,
    read_use,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

_SAID = ("spec", "quantity", "certificate", "project", "note")


def run_depreciation(asked: Namespace) -> int:
    """Enter a month's depreciation; its number goes to stdout."""
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = depreciation.depreciate(uow, ledger, asked.month)
        if not asked.dry_run:
            uow.commit()
    say_all(done.warnings)
    if done.value is None:
        return 0
    amount = format_fen(done.value.voucher.amount)
    if asked.dry_run:
        say(tr("{month} 应提折旧 {amount} 元。账没有变化。", month=asked.month, amount=amount))
        return 0
    say(tr("提了 {month} 的折旧 {amount} 元，等待审核和记账。", month=asked.month, amount=amount))
    print(done.value.ref)
    return 0


def run_asset(asked: Namespace) -> int:
    """Do what was asked; vouchers made go to stdout by number."""
    with writing(asked) as uow:
        asked.ledger = ledger_of(uow.reader, asked.ledger)
        warnings, vouchers = _ACTIONS[asked.action](uow, asked)
        uow.commit()
    say_all(warnings)
    say(tr("办好了：资产 {code}。", code=asked.code))
    for ref in vouchers:
        print(ref)
    return 0


_Done = tuple[tuple[str, ...], list[str]]


def _done(outcome: Outcome[Any], *vouchers: Any) -> _Done:
    return outcome.warnings, [str(one.ref) for one in vouchers if one is not None]


def _add(uow: UnitOfWork, asked: Namespace) -> _Done:
    card = replace(_new_card(asked), acquired=asked.date, opening=_fen(asked.accumulated))
    paid = _other(asked.paid)
    made = cards.add(uow, asked.ledger, card, _new_facts(asked), paid=paid, booked=asked.voucher)
    return _done(made, made.value)


def _new_card(asked: Namespace, code: str = "") -> Card:
    kind = kind_of(asked.kind)
    if kind is None:
        raise AssetError(
            tr("类别“{text}”不知道是哪一类资产", text=asked.kind),
            tr("请写固定资产、房屋及建筑物、机器设备、无形资产 …。"),
        )
    months, units = asked.months or 0, parse_quantity(asked.units) if asked.units else 0
    if asked.method:
        method = read_method(asked.method)
    elif not kind.is_charged:
        method = Method.NONE
    elif months:
        method = Method.STRAIGHT
    else:
        raise UsageError(tr("要写 --method 折旧方法"), tr("不提折旧的写“不提折旧”。"))
    texts: dict[str, Any] = {key: getattr(asked, key) or "" for key in _SAID}
    return Card(
        code=code or asked.code,
        name=asked.name,
        kind=kind,
        cost=_fen(asked.cost) if "cost" in asked else 1,  # a turned asset brings its own
        in_use=asked.in_use,
        category=asked.kind,
        salvage=_fen(asked.salvage),
        method=method,
        months=months,
        units=units,
        source=read_source(asked.source or ""),
        **texts,
    )


def _new_facts(asked: Namespace) -> Facts:
    texts = {key: getattr(asked, key) or "" for key in ("place", "keeper", "user", "charge")}
    return Facts(read_use(asked.use), read_status(asked.status or ""), **texts)


def _amend(uow: UnitOfWork, asked: Namespace) -> _Done:
    card = cards.find(uow.reader, asked.ledger, asked.code).card
    said: dict[str, Any] = {
        key: getattr(asked, key) for key in ("name", *_SAID) if getattr(asked, key) is not None
    }
    if asked.kind is not None:
        said |= {"category": asked.kind, "kind": kind_of(asked.kind) or card.kind}
    if asked.in_use is not None:
        said["in_use"] = asked.in_use
    for key, field in (("cost", "cost"), ("salvage", "salvage"), ("accumulated", "opening")):
        if getattr(asked, key) is not None:
            said[field] = parse_fen(getattr(asked, key))
    if asked.method is not None:
        said |= {"method": read_method(asked.method), "months": 0, "units": 0}
    if asked.months is not None:
        said["months"] = asked.months
    if asked.units is not None:
        said["units"] = parse_quantity(asked.units)
    if asked.source is not None:
        said["source"] = read_source(asked.source)
    if not said:
        raise UsageError(tr("没有说要改什么"))
    return _done(cards.amend(uow, asked.ledger, asked.code, replace(card, **said)))


def _withdraw(uow: UnitOfWork, asked: Namespace) -> _Done:
    return _done(cards.withdraw(uow, asked.ledger, asked.code, asked.reason))


def _link(uow: UnitOfWork, asked: Namespace) -> _Done:
    return _done(cards.link(uow, asked.ledger, asked.code, asked.voucher))


def _work(uow: UnitOfWork, asked: Namespace) -> _Done:
    units = parse_quantity(asked.units)
    return _done(usage.record(uow, asked.ledger, asked.code, asked.month, units))


def _change(uow: UnitOfWork, asked: Namespace) -> _Done:
    facts = cards.ensure_there(uow.reader, asked.ledger, asked.code).facts
    said: dict[str, Any] = {
        key: getattr(asked, key)
        for key in ("place", "keeper", "user", "charge")
        if getattr(asked, key) is not None
    }
    if asked.use is not None:
        said["use"] = read_use(asked.use)
    if asked.status is not None:
        said["status"] = read_status(asked.status)
    if not said:
        raise UsageError(tr("没有说要改什么"))
    return _done(cards.say(uow, asked.ledger, asked.code, asked.date, replace(facts, **said), asked.note))


def _estimate(asked: Namespace) -> movements.Estimate:
    units = parse_quantity(asked.units) if asked.units else 0
    salvage = parse_fen(asked.salvage) if asked.salvage is not None else None
    return movements.Estimate(asked.months, units, salvage)


def _improve(uow: UnitOfWork, asked: Namespace) -> _Done:
    paid = _other(asked.paid) or cards.OtherSide("")
    made = movements.improve(
        uow,
        asked.ledger,
        asked.code,
        asked.date,
        parse_fen(asked.amount),
        paid,
        basis=asked.basis,
        estimate=_estimate(asked),
    )
    return _done(made, made.value)


def _impair(uow: UnitOfWork, asked: Namespace) -> _Done:
    amount = parse_fen(asked.amount)
    made = movements.impair(
        uow, asked.ledger, asked.code, asked.date, amount, basis=asked.basis, estimate=_estimate(asked)
    )
    return _done(made, made.value)


def _revise(uow: UnitOfWork, asked: Namespace) -> _Done:
    return _done(
        movements.revise(uow, asked.ledger, asked.code, asked.date, _estimate(asked), basis=asked.basis)
    )


def _dispose(uow: UnitOfWork, asked: Namespace) -> _Done:
    sale = disposal.Sale(
        _fen(asked.proceeds), _other(asked.into), _fen(asked.fees), _other(asked.fees_from), asked.party
    )
    made = disposal.dispose(
        uow, asked.ledger, asked.code, asked.date, asked.way, basis=asked.basis, sale=sale, note=asked.note
    )
    return _done(made, made.value)


def _hand_over(uow: UnitOfWork, asked: Namespace) -> _Done:
    made = passing.hand_over(
        uow, asked.ledger, asked.code, asked.date, asked.to, basis=asked.basis, new_code=asked.new_code
    )
    return _done(made, made.value.out, made.value.into)


def _turn(uow: UnitOfWork, asked: Namespace) -> _Done:
    card, facts = _new_card(asked, asked.new_code), _new_facts(asked)
    funded = _fen(asked.funded)
    made = passing.turn(
        uow, asked.ledger, asked.code, asked.date, card, facts, basis=asked.basis, funded=funded
    )
    return _done(made, made.value.out, made.value.into)


def _fen(text: str | None) -> int:
    return parse_fen(text) if text else 0


def _other(text: str | None) -> cards.OtherSide | None:
    """``211@供销社#道路`` as account, counterparty and project."""
    if not text:
        return None
    rest, _, project = text.partition("#")
    account, _, party = rest.partition("@")
    return cards.OtherSide(account.strip(), party.strip(), project.strip())


_ACTIONS: dict[str, Callable[[UnitOfWork, Namespace], _Done]] = {
    "add": _add,
    "amend": _amend,
    "withdraw": _withdraw,
    "link": _link,
    "work": _work,
    "change": _change,
    "improve": _improve,
    "impair": _impair,
    "revise": _revise,
    "dispose": _dispose,
    "hand-over": _hand_over,
    "turn": _turn,
}

"""``project``: card, budget, tender, contract, change, acceptance, final account; what a project's money did."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.parser_limits import fen
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.money import plain_fen
from village_ledger.domain.project import (
    Acceptance,
    Body,
    Budget,
    Card,
    Change,
    Contract,
    FinalAccount,
    Tender,
)
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


def run_project(asked: Namespace) -> int:
    """One step, or a look."""
    if asked.act in ("show", "list"):
        with open_book(asked.book, Access.READ, asked.by) as book:
            return (_show if asked.act == "show" else _list)(book.reader(), asked)
    from village_ledger.services.projects import projects

    if asked.project is None:
        raise UsageError(tr("{action} 要写明项目的名称", action=asked.act))
    body = _BODIES[asked.act](asked)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = projects.write(uow, ledger, asked.project, _day(asked), body)
        uow.commit()
    say_all(done.warnings)
    say(tr("“{project}”：{stage}写好了。", project=asked.project, stage=done.value.entries[-1].step.words))
    return 0


def _day(asked: Namespace) -> date:
    return asked.date or date.today()  # noqa: DTZ011  the wall calendar of the village


def _card(asked: Namespace) -> Body:
    from village_ledger.services.projects.project_rules import defaults

    share = asked.before_acceptance
    share = defaults()["before_acceptance_percent"] if share is None else share
    return Card(
        asked.kind,
        asked.content or "",
        asked.place or "",
        asked.keeper or "",
        asked.decision or "",
        share,
    )


def _amounts(pairs: list[tuple[str, str]], option: str) -> tuple[tuple[str, int], ...]:
    from argparse import ArgumentTypeError

    try:
        return tuple((key, fen(value)) for key, value in pairs)
    except ArgumentTypeError as error:
        raise UsageError(tr("{option}：{fault}", option=option, fault=str(error))) from None


def _budget(asked: Namespace) -> Body:
    return Budget(_amounts(asked.line, "--line"), asked.basis or "")


def _tender(asked: Namespace) -> Body:
    bids = _amounts(asked.bid, "--bid")
    price = asked.amount or next((amount for who, amount in bids if who == asked.winner), 0)
    return Tender(asked.way, asked.winner or "", price, asked.ceiling, bids, asked.platform or "")


def _contract(asked: Namespace) -> Body:
    until = asked.warranty_until.isoformat() if asked.warranty_until else ""
    return Contract(asked.number or "", asked.party or "", asked.amount, asked.warranty, until)


def _change(asked: Namespace) -> Body:
    return Change(asked.amount, asked.reason or "", asked.decision or "")


def _accept(asked: Namespace) -> Body:
    return Acceptance(tuple(asked.people), not asked.failed, asked.note or "")


def _final(asked: Namespace) -> Body:
    return FinalAccount(asked.amount, asked.warranty, asked.audit or "", asked.note or "")


_BODIES: dict[str, Callable[[Namespace], Body]] = {
    "add": _card,
    "budget": _budget,
    "tender": _tender,
    "contract": _contract,
    "change": _change,
    "accept": _accept,
    "final": _final,
}


def _show(reader: Reader, asked: Namespace) -> int:
    """A project's money, a figure a line; exit code 1 when something is not as it should be."""
    from village_ledger.services.projects.project_status import status_of

    if asked.project is None:
        raise UsageError(tr("show 要写明项目的名称"))
    status = status_of(reader, reader.project_file(ledger_of(reader, asked.ledger), asked.project))
    for label, amount in (
        (tr("预算"), status.budget),
        (tr("合同和变更"), status.project.agreed),
        (tr("已付"), status.paid),
        (tr("其中施工方"), status.paid_builder),
        (tr("应付未付"), status.owed),
        (tr("专款已收"), status.fund.received),
        (tr("专款已用"), status.fund.spent),
        (tr("专款还剩"), status.fund.left),
        (tr("在建工程"), status.building),
    ):
        print(label, plain_fen(amount), sep="\t")
    print(tr("进度"), status.project.stage, sep="\t")
    faults = status.faults()
    say_all(tuple(faults))
    return 1 if faults else 0


def _list(reader: Reader, asked: Namespace) -> int:
    from village_ledger.services.projects.project_status import statuses

    for one in statuses(reader, ledger_of(reader, asked.ledger)):
        figures = (one.budget, one.project.agreed, one.paid)
        print(one.project.name, one.project.stage, *map(plain_fen, figures), sep="\t")
    return 0

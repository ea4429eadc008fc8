"""``handover`` and ``old-matter``: the books pass to the next in charge, with everything that is not settled."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.staff import NEW_PIN
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import secret, writing
from village_ledger.domain.errors import HandoverError
from village_ledger.domain.handover import Parties, Place, Result, read_kind
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.old_matter import FollowUp, MatterStatus, Side
from village_ledger.i18n import tr
from village_ledger.services.handover import handovers, old_matters
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


def run_handover(asked: Namespace) -> int:
    """One step of a handover."""
    if asked.action == "show":
        return _show(asked)
    with writing(asked) as uow:
        said = _STEPS[asked.action](uow, asked)
        uow.commit()
    say(said)
    return 0


def _new(uow: UnitOfWork, asked: Namespace) -> str:
    ledger = "" if asked.ledger is None else ledger_of(uow.reader, asked.ledger)
    who = Parties(asked.post, asked.giver, asked.taker, asked.watcher, asked.watcher_post)
    made = handovers.begin(uow, asked.date, who, ledger, asked.note).value
    print(made.number)
    return tr("登记了交接 {number}，请列移交清册（list）。", number=made.number)


def _list(uow: UnitOfWork, asked: Namespace) -> str:
    view = handovers.make_list(uow, _number(uow.reader, asked), with_open=asked.with_open).value
    return tr("清册共 {count} 项，还有 {open} 项没有核对。", count=len(view.items), open=view.waiting)


def _tick(uow: UnitOfWork, asked: Namespace) -> str:
    number = _number(uow.reader, asked)
    if asked.line == "all":
        return tr("{count} 项相符。", count=handovers.tick_rest(uow, number).value)
    if not asked.line.isdigit():
        raise UsageError(tr("序号“{line}”要是数字，或写 all", line=asked.line))
    item = handovers.tick(uow, number, int(asked.line), Result.read(asked.result), asked.note).value
    return tr(
        "第 {line} 项 {title}：{result}。", line=item.number, title=item.title, result=item.result.words
    )


def _item(uow: UnitOfWork, asked: Namespace) -> str:
    kind = read_kind(asked.kind)
    item = handovers.add_item(
        uow, _number(uow.reader, asked), kind, asked.title, asked.detail, asked.quantity
    ).value
    return tr("加了第 {line} 项 {title}。", line=item.number, title=item.title)


def _backup(uow: UnitOfWork, asked: Namespace) -> str:
    item = handovers.add_backup(uow, _number(uow.reader, asked), asked.file).value
    return tr("加了第 {line} 项 {title}，{detail}。", line=item.number, title=item.title, detail=item.detail)


def _drop(uow: UnitOfWork, asked: Namespace) -> str:
    handovers.drop_item(uow, _number(uow.reader, asked), asked.line)
    return tr("去掉了第 {line} 项。", line=asked.line)


def _sign(uow: UnitOfWork, asked: Namespace) -> str:
    place = Place.read(asked.place)
    view = handovers.sign(uow, _number(uow.reader, asked), place, asked.on).value
    left = "、".join(one.words for one in Place if one not in view.handover.signed)
    return tr("{place}签了字，还差：{left}。", place=place.words, left=left or tr("没有了"))


def _finish(uow: UnitOfWork, asked: Namespace) -> str:
    number = _number(uow.reader, asked)
    taker = uow.reader.handover(number).parties.taker
    known = uow.reader.member(taker)
    pin = ""
    if uow.reader.has_staff() and (known is None or known.left_at):
        pin = secret(NEW_PIN, tr("{name} 的新密码", name=taker))
    view = handovers.finish(uow, number, asked.on, pin).value
    done = view.handover.finished
    return tr("{number} 交接完毕：{words}。", number=number, words=done.words if done else "")


def _withdraw(uow: UnitOfWork, asked: Namespace) -> str:
    number = _number(uow.reader, asked)
    handovers.withdraw(uow, number, asked.reason)
    return tr("撤销了交接 {number}。", number=number)


_STEPS: dict[str, Callable[[UnitOfWork, Namespace], str]] = {
    "new": _new,
    "list": _list,
    "tick": _tick,
    "item": _item,
    "backup": _backup,
    "drop": _drop,
    "sign": _sign,
    "finish": _finish,
    "withdraw": _withdraw,
}


def _number(reader: Reader, asked: Namespace) -> str:
    """The handover meant: as said, else the newest."""
    if asked.number:
        return reader.handover(asked.number).number
    known = reader.handovers()
    if not known:
        raise HandoverError(tr("还没有登记过交接"), tr("请先登记一次交接（new）。"))
    return known[0].number


def _show(asked: Namespace) -> int:
    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        seen = handovers.view(reader, _number(reader, asked))
    for item in seen.items:
        amount = "" if item.amount is None else format_fen(item.amount)
        print(item.number, item.kind.words, item.title, amount, item.result.words, item.note, sep="\t")
    say_all(tuple(tr("列清册以后账变了：{title}。", title=title) for title in seen.changed))
    say(
        tr(
            "{number} 在“{stage}”这一步，还有 {open} 项没有核对。",
            number=seen.handover.number,
            stage=seen.handover.stage,
            open=seen.waiting,
        )
    )
    return 0


def run_old_matter(asked: Namespace) -> int:
    """One act on the list of old matters."""
    if asked.action == "show":
        return _matters(asked)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        if asked.action == "gather":
            made = old_matters.gather(uow, ledger, asked.term).value
            said = tr("列出了 {count} 笔旧账。", count=len(made))
        elif asked.action == "add":
            matter = old_matters.add(
                uow, ledger, asked.term, Side(asked.side), asked.name, parse_fen(asked.amount), asked.cause
            ).value
            print(matter.number)
            said = tr("加了 {number} {name}。", number=matter.number, name=matter.name)
        else:
            entry = FollowUp(
                asked.date,
                MatterStatus.read(asked.status),
                asked.owner,
                asked.cause,
                asked.plan,
                asked.due,
                asked.words,
            )
            matter = old_matters.follow_up(uow, ledger, asked.number, entry).value
            said = tr(
                "{number} {name}：{status}。",
                number=matter.number,
                name=matter.name,
                status=matter.status.words,
            )
        uow.commit()
    say(said)
    return 0


def _matters(asked: Namespace) -> int:
    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        found = old_matters.matters(reader, ledger_of(reader, asked.ledger), date.today())  # noqa: DTZ011  the village's own day
    for one in found:
        print(
            one.number,
            one.side.words,
            one.name,
            format_fen(one.balance),
            format_fen(one.balance_now),
            one.status.words,
            one.latest.owner,
            sep="\t",
        )
    left = sum(one.without_plan for one in found)
    say(tr("旧账 {count} 笔，{left} 笔没有责任人或办法。", count=len(found), left=left))
    return 0

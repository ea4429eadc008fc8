"""``recurring``, ``prepaid``, ``project-fund``, ``budget``: what comes round, what is spread, what is planned."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Month
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


def _need(asked: Namespace, **options: str) -> None:
    """Raise UsageError naming the first option this action needs and did not get."""
    for attribute, option in options.items():
        if getattr(asked, attribute) is None:
            raise UsageError(tr("{action} 要写明 {option}", action=asked.action, option=option))


def _month(asked: Namespace) -> Month:
    return asked.month or Month.of(date.today())  # noqa: DTZ011  the wall calendar of the village


# recurring


def run_recurring(asked: Namespace) -> int:
    """What comes round."""
    if asked.action in ("list", "due"):
        with open_book(asked.book, Access.READ, asked.by) as book:
            return (_list_recurring if asked.action == "list" else _due)(book.reader(), asked)
    writers = {
        "make": _make,
        "skip": _skip,
        "back": _back,
        "add": _add_recurring,
        "stop": _stop,
    }
    with writing(asked) as uow:
        said = writers[asked.action](uow, ledger_of(uow.reader, asked.ledger), asked)
        uow.commit()
    say_all(tuple(said))
    return 0


def _list_recurring(reader: Reader, asked: Namespace) -> int:
    from village_ledger.domain.rhythm import RHYTHM_NAMES

    for one in reader.recurrences(ledger_of(reader, asked.ledger)):
        end = one.end or ""
        print(one.id, one.name, RHYTHM_NAMES[one.rhythm], one.day, one.start, end, sep="\t")
    return 0


def _due(reader: Reader, asked: Namespace) -> int:
    """Due days that wait: id, day, template; exit code 1 when there are any, so that a script can tell."""
    from village_ledger.services.entry import recurring

    waiting = recurring.due(reader, ledger_of(reader, asked.ledger), _month(asked))
    for one in waiting:
        print(one.recurrence.id, one.day, one.recurrence.name, sep="\t")
    say(tr("到 {month} 有 {count} 期没有记。", month=_month(asked), count=len(waiting)))
    return 1 if waiting else 0


def _make(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.services.entry import recurring

    if asked.id is not None:
        _need(asked, due="--due")
        one = recurring.make_one(uow, ledger, asked.id, asked.due, asked.date)
        made, warnings = [one.value], one.warnings
    else:
        done = recurring.make(uow, ledger, _month(asked))
        made, warnings = done.value, done.warnings
    for one in made:
        print(one.voucher or tr("草稿"), one.due.words, sep="\t")
    entered = sum(bool(one.voucher) for one in made)
    said = tr("记了 {entered} 张，做了 {drafts} 张草稿等着填。", entered=entered, drafts=len(made) - entered)
    return [*warnings, said if made else tr("没有到期要记的。账没有变化。")]


def _skip(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.services.entry import recurring

    _need(asked, id="--id", due="--due", reason="--reason")
    recurring.skip(uow, ledger, asked.id, asked.due, asked.reason)
    return [tr("{day} 这一期跳过了。", day=asked.due)]


def _back(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.services.entry import recurring

    _need(asked, id="--id", due="--due")
    recurring.take_back(uow, ledger, asked.id, asked.due)
    return [tr("{day} 这一期又等着记了。", day=asked.due)]


def _add_recurring(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.domain.rhythm import Rhythm
    from village_ledger.services.entry import recurring

    _need(asked, template="--template", start="--start")
    found = next((t for t in uow.reader.templates(ledger) if t.name == asked.template), None)
    if found is None:
        names = "、".join(t.name for t in uow.reader.templates(ledger))
        raise UsageError(
            tr("本账没有叫“{name}”的模板", name=asked.template), tr("可以是：{names}。", names=names)
        )
    done = recurring.add(
        uow,
        found.id,
        asked.rhythm or Rhythm.MONTH,
        asked.day,
        asked.start,
        asked.end,
        dict(asked.set),
    )
    print(done.value)
    return [tr("“{name}”从 {start} 起按月重复。", name=found.name, start=asked.start)]


def _stop(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.services.entry import recurring

    _need(asked, id="--id")
    recurring.stop(uow, ledger, asked.id)
    return [tr("停了。已经记的凭证不动。")]


# prepaid


def run_prepaid(asked: Namespace) -> int:
    """Advance rent."""
    if asked.action in ("list", "due"):
        with open_book(asked.book, Access.READ, asked.by) as book:
            return (_list_prepaid if asked.action == "list" else _due_prepaid)(book.reader(), asked)
    writers = {"release": _release, "add": _add_prepaid, "basis": _basis}
    with writing(asked) as uow:
        said = writers[asked.action](uow, ledger_of(uow.reader, asked.ledger), asked)
        uow.commit()
    say_all(tuple(said))
    return 0


def _list_prepaid(reader: Reader, asked: Namespace) -> int:
    from village_ledger.services.planning import prepaid

    ledger = ledger_of(reader, asked.ledger)
    for one in reader.prepaids(ledger):
        amounts = (plain_fen(fen) for fen in (one.total, one.released, one.left))
        print(one.voucher, one.counterparty, one.what, one.first, one.last, *amounts, sep="\t")
    off = [tie for tie in prepaid.ties(reader, ledger) if tie.booked < tie.scheduled]
    for tie in off:
        say(
            tr(
                "{account} {party}：分摊表还剩 {left}，账上只有 {booked}。",
                account=tie.account,
                party=tie.counterparty,
                left=plain_fen(tie.scheduled),
                booked=plain_fen(tie.booked),
            )
        )
    return 1 if off else 0


def _due_prepaid(reader: Reader, asked: Namespace) -> int:
    from village_ledger.services.planning import prepaid

    found = prepaid.due(reader, ledger_of(reader, asked.ledger), _month(asked))
    for one, parts in found:
        for part in parts:
            print(one.counterparty, one.what, part.first, part.last, plain_fen(part.amount), sep="\t")
    say(tr("到 {month} 有 {count} 笔预收没有结转。", month=_month(asked), count=len(found)))
    return 1 if found else 0


def _release(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.services.planning import prepaid

    _need(asked, month="--month")
    done = prepaid.release(uow, ledger, asked.month)
    for stored in done.value:
        print(stored.ref)
    said = tr("结转了 {count} 笔，等待审核和记账。", count=len(done.value))
    return [*done.warnings, said if done.value else tr("没有到期要结转的预收。账没有变化。")]


def _add_prepaid(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.services.planning import prepaid

    _need(asked, first="--from", last="--to", what="--what", account="--account")
    if asked.voucher is not None:
        done = prepaid.add(
            uow,
            ledger,
            asked.voucher,
            asked.first,
            asked.last,
            what=asked.what,
            revenue=asked.account,
            line=asked.line,
        )
    else:
        _need(asked, payer="--voucher，或 --payer", amount="--amount", date="--date", money="--money")
        receipt = prepaid.Receipt(
            asked.date,
            asked.payer,
            asked.member,
            asked.amount,
            asked.first,
            asked.last,
            asked.what,
            asked.account,
            asked.money,
        )
        done = prepaid.receive(uow, ledger, receipt)
    one = done.value
    for part in one.parts:
        print(part.first, part.last, plain_fen(part.amount), sep="\t")
    return [*done.warnings, tr("{ref} 排好了，共 {count} 期。", ref=one.voucher, count=len(one.parts))]


def _basis(uow: UnitOfWork, ledger: str, asked: Namespace) -> list[str]:
    from village_ledger.domain.prepaid import BASIS_NAMES, Basis
    from village_ledger.services.planning import prepaid

    _need(asked, basis="--basis")
    done = prepaid.choose_basis(uow, ledger, Basis(asked.basis))
    return [tr("预收租金{basis}结转；排了第一笔以后不能再改。", basis=BASIS_NAMES[done.value])]


# project-fund and budget


def run_project_fund(asked: Namespace) -> int:
    """Documents of projects, and what was received and spent."""
    if asked.action == "list":
        with open_book(asked.book, Access.READ, asked.by) as book:
            return _list_funds(book.reader(), asked)
    _need(asked, project="--project", account="--account", number="--number", amount="--amount")
    from village_ledger.services.planning import project_funds
    from village_ledger.storage.templates.queries import GrantDocument

    granted_on = "" if asked.date is None else asked.date.isoformat()
    document = GrantDocument(
        asked.project, asked.account, asked.number, asked.purpose or "", granted_on, asked.amount
    )
    with writing(asked) as uow:
        project_funds.register_document(uow, ledger_of(uow.reader, asked.ledger), document)
        uow.commit()
    say(tr("“{project}”的文件 {number} 登记了。", project=asked.project, number=asked.number))
    return 0


def _list_funds(reader: Reader, asked: Namespace) -> int:
    """Project, documents, received, spent, left; exit code 1 when one has spent more than came in."""
    from village_ledger.services.planning import project_funds

    found = project_funds.statuses(reader, ledger_of(reader, asked.ledger))
    for status in found:
        fund = status.fund
        amounts = (plain_fen(fen) for fen in (status.granted, fund.received, fund.spent, fund.left))
        print(fund.project, status.named, *amounts, sep="\t")
    return 1 if any(status.fund.left < 0 for status in found) else 0


def run_budget(asked: Namespace) -> int:
    """The year's plan with what has been used: the report ``budget``."""
    from village_ledger.cli.parser import build
    from village_ledger.cli.reporting import run_report

    command = ["report", str(asked.book), "budget", "--year", str(asked.year), "--by", asked.by]
    for option, value in (("--ledger", asked.ledger), ("--format", asked.format), ("-o", asked.output)):
        if value is not None:
            command += [option, str(value)]
    return run_report(build().parse_args(command))

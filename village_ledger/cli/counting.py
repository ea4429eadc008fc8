"""``count``: a stock-take (清产核资) from registration to confirmation."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.quantity import parse_quantity
from village_ledger.domain.stock_take import BookLine, Count, CountLine, Persons, Treatment, read_usage
from village_ledger.domain.stock_take_figures import sum_of
from village_ledger.domain.stock_take_sheets import family_of, sheet_of, sheets_for
from village_ledger.i18n import tr
from village_ledger.services.counting import adjustments, confirmation, stock_takes
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.services.counting.stock_takes import TakeView
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork


def run_count(asked: Namespace) -> int:
    """One step of a stock-take."""
    if asked.action == "show":
        return _show(asked)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        said = _ACTIONS[asked.action](uow, asked, ledger)
        uow.commit()
    say_all(tuple(said[1:]))
    say(said[0])
    return 0


def _new(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    take = stock_takes.begin(
        uow, ledger, asked.date, Persons(asked.leader, asked.counters, asked.watcher)
    ).value
    return [tr("登记了 {day} 的清产核资，请从账上填（fill）。", day=take.day)]


def _fill(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    done = stock_takes.fill(uow, ledger, _day(uow, asked, ledger))
    return [tr("从账上填好了 {count} 行。", count=len(done.value.lines)), *done.warnings]


def _enter(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    day = _day(uow, asked, ledger)
    take = uow.reader.stock_take(ledger, day)
    line = next((x for x in uow.reader.stock_take_lines(take) if x.number == asked.line), None)
    if line is not None and asked.value is None and asked.quantity is None:
        raise UsageError(tr("count enter 还缺：--value 或 --quantity"))
    stock_takes.enter(uow, ledger, day, [(asked.line, _count(asked, line))])
    return [tr("登记了第 {line} 行。", line=asked.line)]


def _found(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    day = _day(uow, asked, ledger)
    family = family_of(uow.reader.ledger(ledger).chart_id)
    book = BookLine(sheet_of(family, asked.sheet).number, asked.account, name=asked.what, unit=asked.unit)
    line = stock_takes.add_found(uow, ledger, day, book, _count(asked, None)).value
    return [tr("账外的“{name}”登记在第 {line} 行。", name=line.book.name, line=line.number)]


def _count(asked: Namespace, line: CountLine | None) -> Count:
    quantity = None if asked.quantity is None else parse_quantity(asked.quantity)
    value = None if asked.value is None else parse_fen(asked.value)
    if value is None:
        value = 0 if line is None else line.worth(quantity or 0)
    if quantity is None:
        quantity = 0 if line is None else line.book.quantity
    return Count(
        value,
        quantity,
        asked.cause,
        Treatment.read(asked.treatment),
        asked.to,
        asked.party,
        read_usage(asked.usage),
        asked.user,
        asked.undetermined,
        asked.note,
    )


def _agree(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    sheet = ""
    if asked.sheet:
        sheet = sheet_of(family_of(uow.reader.ledger(ledger).chart_id), asked.sheet).number
    done = stock_takes.agree(uow, ledger, _day(uow, asked, ledger), sheet)
    return [tr("{count} 行和账面相符。", count=done.value)]


def _import(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    from village_ledger.exchange.import_counts import read_counts
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.counting.stock_take_sheets import TakePaper

    day = _day(uow, asked, ledger)
    seen = stock_takes.view(uow.reader, ledger, day)
    sheets = sheets_for(family_of(uow.reader.ledger(ledger).chart_id))
    paper = TakePaper(issuer_of(uow.reader, ledger), seen.take, seen.lines, sheets)
    file = read_counts(asked.file, paper.mark, seen.lines)
    done = stock_takes.enter(uow, ledger, day, file.counts)
    blank = [tr("还有 {count} 行空着，没有改。", count=file.blank)] if file.blank else []
    return [tr("导入了 {count} 行。", count=done.value), *blank]


def _finish(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    view = confirmation.finish(uow, ledger, _day(uow, asked, ledger)).value
    total = sum_of(view.lines)
    return [
        tr(
            "盘点完毕：核增 {surplus}，核减 {shortage}。",
            surplus=format_fen(total.surplus),
            shortage=format_fen(total.shortage),
        )
    ]


def _back(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    confirmation.back(uow, ledger, _day(uow, asked, ledger), asked.reason)
    return [tr("退回盘点了。")]


def _approve(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    day = _day(uow, asked, ledger)
    done = confirmation.approve(uow, ledger, day, asked.number, asked.on, asked.words)
    return [tr("登记了审批 {number}，可以出调整凭证。", number=asked.number), *done.warnings]


def _adjust(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    done = adjustments.adjust(uow, ledger, _day(uow, asked, ledger), asked.on)
    for voucher in done.value:
        print(voucher.ref)
    if not done.value:
        return [tr("没有要调整的差异。")]
    return [tr("差异填成了 {count} 张凭证，等待审核和记账。", count=len(done.value)), *done.warnings]


def _publish(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    confirmation.publish(uow, ledger, _day(uow, asked, ledger), asked.on, asked.place)
    return [tr("登记了公示。")]


def _confirm(uow: UnitOfWork, asked: Namespace, ledger: str) -> list[str]:
    done: Outcome[TakeView] = confirmation.confirm(
        uow, ledger, _day(uow, asked, ledger), asked.number, asked.on
    )
    return [tr("清查结果确认了。"), *done.warnings]


_ACTIONS: dict[str, Callable[[UnitOfWork, Namespace, str], list[str]]] = {
    "new": _new,
    "fill": _fill,
    "enter": _enter,
    "found": _found,
    "agree": _agree,
    "import": _import,
    "finish": _finish,
    "back": _back,
    "approve": _approve,
    "adjust": _adjust,
    "publish": _publish,
    "confirm": _confirm,
}


def _day(uow: UnitOfWork, asked: Namespace, ledger: str) -> date:
    return stock_takes.find_day(uow.reader, ledger, asked.date)


def _show(asked: Namespace) -> int:
    """Where it stands: sheet by sheet, and what the books changed since."""
    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        ledger = ledger_of(reader, asked.ledger)
        seen = stock_takes.view(reader, ledger, stock_takes.find_day(reader, ledger, asked.date))
        sheets = sheets_for(family_of(reader.ledger(ledger).chart_id))
    for sheet in sheets:
        total = sum_of(line for line in seen.lines if line.book.sheet == sheet.number)
        if total.lines:
            print(
                sheet.number,
                sheet.short,
                f"{total.counted}/{total.lines}",
                format_fen(total.book),
                format_fen(total.verified),
                sep="\t",
            )
    for one in seen.changed:
        say(
            tr(
                "账变了：{name} 填表时 {then}，现在 {now}。",
                name=one.name,
                then=_fen(one.then),
                now=_fen(one.now),
            )
        )
    say(tr("{day} 的清查在“{stage}”这一步。", day=seen.take.day, stage=seen.take.stage))
    return 0


def _fen(value: int | None) -> str:
    return tr("没有") if value is None else format_fen(value)

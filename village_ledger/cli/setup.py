"""``opening``, ``ledger``: the opening document, and further ledgers of the book."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.domain.imported import ImportedOpening
    from village_ledger.storage.reader import Reader


def run_opening(asked: Namespace) -> int:
    """Show, change or confirm the opening balances."""
    return {"show": _show, "change": _change, "confirm": _confirm}[asked.act](asked)


def _show(asked: Namespace) -> int:
    from village_ledger.reports.catalogue import ReportRequest, make
    from village_ledger.reports.pens.render_text import csv_text

    with open_book(asked.book, Access.READ) as book:
        table = make(book.reader(), "opening", ReportRequest(ledger_of(book.reader(), asked.ledger)))
    for text in csv_text([table]):
        sys.stdout.write(text)
    for sentence in (*table.warnings, *table.notes):
        say(sentence)
    return 0


def _change(asked: Namespace) -> int:
    from village_ledger.exchange.setup.import_opening import change_opening
    from village_ledger.services.book import openings

    if (asked.file is None) == (not asked.sets):
        raise UsageError(tr("--file 和 --set 要写一个，也只能写一个"))
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        if asked.file is not None:
            taken = change_opening(uow, ledger, asked.file, asked.reason)
            count, warnings = taken.value, taken.warnings
        else:
            done = openings.change(uow, ledger, _with(uow.reader, ledger, asked.sets), asked.reason)
            count, warnings = len(done.value), done.warnings
        uow.commit()
    say_all(warnings)
    say(tr("期初余额改了 {count} 处，每一处都记在操作日志里；现在还没有定。", count=count))
    return 0


def _with(reader: Reader, ledger: str, sets: list[tuple[str, str, str, int]]) -> list[ImportedOpening]:
    """The document as it stands with some balances set anew; 本年累计 stays as it was."""
    from village_ledger.domain.balance import sided
    from village_ledger.domain.imported import ImportedOpening

    rows = {(x.account, x.counterparty, x.project): x for x in reader.opening_lines(ledger)}
    found = {
        key: ImportedOpening(0, *key, x.debit, x.credit, x.year_debit, x.year_credit, x.quantity)
        for key, x in rows.items()
    }
    for account, counterparty, project, balance in sets:
        key = (account, counterparty, project)
        debit, credit = sided(balance)
        old = found.pop(key, None)
        year = (old.year_debit, old.year_credit) if old else (0, 0)
        if balance or any(year):
            quantity = old.quantity if old and balance else 0
            found[key] = ImportedOpening(0, *key, debit, credit, *year, quantity)
    return [row._replace(row=number) for number, row in enumerate(found.values(), 1)]


def _confirm(asked: Namespace) -> int:
    from village_ledger.services.book import openings

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = openings.confirm(uow, ledger)
        uow.commit()
    say(tr("期初余额 {rows} 行定下来了，以后不能再改；要更正请用凭证。", rows=done.value.rows))
    return 0


def run_ledger(asked: Namespace) -> int:
    """List the ledgers of a book, or add one."""
    return {"list": _list, "add": _add}[asked.act](asked)


def _list(asked: Namespace) -> int:
    with open_book(asked.book, Access.READ) as book:
        for info in book.reader().ledgers():
            print("\t".join((info.code, info.title, info.entity, info.chart_id, str(info.start))))
    return 0


def _add(asked: Namespace) -> int:
    from village_ledger.services.book import ledgers
    from village_ledger.storage.setup.register import LedgerSpec
    from village_ledger.storage.spec import CommitteeChart

    chart = CommitteeChart(asked.chart)
    spec = LedgerSpec(
        code=asked.code,
        kind=ledgers.kind_of(asked.code, chart),
        title=asked.title,
        entity=asked.entity,
        registration_code=asked.registration_code or "",
        start=asked.start,
    )
    with writing(asked) as uow:
        done = ledgers.add(uow, spec, chart)
        uow.commit()
    say_all(done.warnings)
    say(
        tr(
            "增设了{title}（{code}），从 {start} 开始记账。下一步请增设明细科目，再录期初余额。",
            title=done.value.title,
            code=done.value.code,
            start=done.value.start,
        )
    )
    return 0

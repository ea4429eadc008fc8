"""``dividend`` and its followers: work it out, book it, pay it, take the bank's answer, print the sheet to sign."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import sign_in, writing
from village_ledger.domain.dividend import Method
from village_ledger.domain.errors import DividendError
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest, issuer_of, make
from village_ledger.reports.dividends.catalogue_dividends import facts_of, preview_of, standing_of
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.services.dividends.dividend_payments import Due, Paying, Result
    from village_ledger.storage.people.records import Dividend
    from village_ledger.storage.reader import Reader


def run_dividend(asked: Namespace) -> int:
    """A look without ``--post``: exit code 1 when a gate other than the vote is shut. With it: vouchers and lines."""
    from village_ledger.services.dividends.dividends import Sharing, post, preview

    how = Sharing(Method(asked.method), tuple(asked.classes or ()))
    amount = parse_fen(asked.amount)
    terms = (asked.year, amount, asked.record_date, asked.date, asked.resolution, how)
    _ensure_paper(asked)
    if not asked.post:
        with open_book(asked.book, Access.READ) as book:
            made = preview(book.reader(), ledger_of(book.reader(), asked.ledger), *terms)
            _write(asked, preview_of(book.reader(), made))
        for gate in made.gates:
            if not gate.ok:
                say(f"{gate.detail}（规则 {gate.rule}：{gate.text}）。{gate.next_step}")
        return 1 if any(not gate.ok and not gate.is_of_the_vote for gate in made.gates) else 0
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = post(uow, ledger, *terms)
        refs = [str(v.ref) for v in uow.reader.vouchers_by_id(done.value.voucher_ids)]
        request = ReportRequest(ledger, Span.of_year(asked.year))
        table = make(uow.reader, "dividend", request)
        uow.commit()
    _write(asked, table)
    say_all(done.warnings)
    say(
        tr(
            "{year}年度分红 {amount} 元入账了，凭证 {refs} 待审核、记账。",
            year=asked.year,
            amount=format_fen(done.value.amount),
            refs="、".join(refs),
        )
    )
    return 0


def run_dividend_pay(asked: Namespace) -> int:
    """Pay out; the voucher's number goes to stdout, the bank's list to ``-o``."""
    from village_ledger.services.dividends.dividend_files import layout_named
    from village_ledger.services.dividends.dividend_payments import dues, pay

    layout = layout_named(asked.layout)
    if asked.output is not None and asked.output.exists() and asked.output.samefile(asked.book):
        raise UsageError(tr("-o 不能写到账簿文件自己身上"), tr("请另起一个文件名。"))
    with open_book(asked.book, Access.WRITE, asked.by) as book:
        sign_in(book, asked)
        with book.unit_of_work(asked.by) as uow:
            dividend = standing_of(uow.reader, ledger_of(uow.reader, asked.ledger), asked.year)
            owed = dues(uow.reader, dividend, asked.date)
            items = _items(uow.reader, dividend, owed, asked)
            done = pay(
                uow, dividend.ledger, dividend.id, asked.date, asked.method, items, asked.account or ""
            )
            if asked.output is not None:
                from village_ledger.reports.dividends.dividend import bank_table
                from village_ledger.services.staff.exports import bank_file

                rows = bank_file(uow, dividend, items, layout).value
                table = bank_table(issuer_of(uow.reader, dividend.ledger), layout, rows, dividend.year)
                _write(asked, table)
                say_all(table.warnings)
            uow.commit()
    print(done.value[0].voucher)
    say_all(done.warnings)
    skipped = [due for due in owed if due.held]
    if skipped and not asked.holder:
        say(tr("有 {count} 笔没有办继承的遗产没有发放，先挂账。", count=len(skipped)))
    total = format_fen(sum(item.amount for item in items))
    say(tr("发放了 {count} 笔，共 {total} 元；凭证待审核、记账。", count=len(items), total=total))
    return 0


def _items(reader: Reader, dividend: Dividend, owed: list[Due], asked: Namespace) -> list[Paying]:
    """What is paid: everything that can be, or what was named."""
    if asked.holder:
        return [item for text in asked.holder for item in _named(reader, dividend, owed, text, asked)]
    if asked.receiver:
        raise UsageError(tr("写了代领人，没有写替谁领"), tr("请加上 --holder。"))
    groups = {one.id: one.group for one in reader.people(dividend.record_date)}
    persons = reader.line_persons(dividend.id)
    return [
        due.paying
        for due in owed
        if not due.held and (not asked.group or groups[persons[due.line.line]] == asked.group)
    ]


def _named(reader: Reader, dividend: Dividend, owed: list[Due], text: str, asked: Namespace) -> list[Paying]:
    """One holder's lines, or a part of what they are owed, from the first line on."""
    from village_ledger.services.dividends.dividend_payments import Paying

    key, _, amount = text.partition("=")
    lines = [line for line in reader.dividend_lines(dividend.id) if line.key == key.strip()]
    if not lines:
        raise DividendError(
            f"{dividend.year}年度的分红里没有 {key}", "请写成登记日的户编号/姓名，如 001/张三。"
        )
    mine = [due for due in owed if due.line.key == key.strip()]
    who = (asked.receiver or "", asked.relation or "")
    if not amount:
        if not mine:
            raise DividendError(f"{key} 的分红已经发完", "请核对名册。")
        return [due.paying if due.creditor else Paying(due.line.line, due.amount, *who) for due in mine]
    left, found = parse_fen(amount), list[Paying]()
    own = [due for due in mine if not due.creditor or due.creditor == who[0]]
    for due in own:
        part = min(left, due.amount)
        if part:
            found.append(Paying(due.line.line, part, *who))
        left -= part
    if left or not found:  # more than is owed: the service says so, with the figures
        number = own[0].line.line if own else lines[0].line
        found = [Paying(number, parse_fen(amount), *who)]
    return found


def run_dividend_result(asked: Namespace) -> int:
    """Take the bank's answer."""
    from village_ledger.services.dividends.dividend_payments import record_results

    with writing(asked) as uow:
        dividend = standing_of(uow.reader, ledger_of(uow.reader, asked.ledger), asked.year)
        results = _results(uow.reader, dividend, asked)
        done = record_results(uow, dividend.ledger, dividend.id, asked.date, results)
        uow.commit()
    say_all(done.warnings)
    failed = sum(one.result == "failed" for one in results)
    say(tr("登记好了：成功 {done} 笔，退回 {failed} 笔。", done=len(results) - failed, failed=failed))
    return 0


def _results(reader: Reader, dividend: Dividend, asked: Namespace) -> list[Result]:
    """What the bank said: its own file, or what was written of each."""
    from village_ledger.services.dividends.dividend_payments import Result

    if asked.file is not None:
        from village_ledger.exchange.import_dividend_results import read_answers
        from village_ledger.services.dividends.dividend_results import matched, waiting_for

        if asked.failed or asked.done or asked.rest_done:
            raise UsageError(tr("写了结果文件，又写了单笔的结果"), tr("请只用一种。"))
        return matched(waiting_for(reader, dividend), read_answers(asked.file))
    keys = {line.line: line.key for line in reader.dividend_lines(dividend.id)}
    open_ = [
        p for p in reader.dividend_payments(dividend.id) if p.method == "bank" and p.counts and not p.result
    ]
    found: dict[int, Result] = {}
    for word, texts in (("failed", asked.failed or ()), ("done", asked.done or ())):
        for text in texts:
            key, _, note = text.partition("=")
            mine = [p for p in open_ if keys[p.line] == key.strip()]
            if not mine:
                raise DividendError(f"{key} 没有等银行答复的发放", "请核对户编号和姓名。")
            found.update((p.id, Result(p.id, word, note.strip())) for p in mine)
    if asked.rest_done:
        found.update((p.id, Result(p.id, "done")) for p in open_ if p.id not in found)
    return list(found.values())


def run_dividend_sheet(asked: Namespace) -> int:
    """Print the sheet to sign."""
    from village_ledger.reports.dividends.dividend_sheet import write_sheet
    from village_ledger.reports.pens.pdf_furniture import missing_sentence
    from village_ledger.services.dividends.dividend_files import sheet_lines

    with open_book(asked.book, Access.WRITE if asked.by else Access.READ, asked.by or "") as book:
        if asked.by:
            sign_in(book, asked)
        dividend = standing_of(book.reader(), ledger_of(book.reader(), asked.ledger), asked.year)
        lines = [
            line
            for line in sheet_lines(book.reader(), dividend)
            if not asked.group or line.group == asked.group
        ]
        if not lines:
            raise DividendError(f"没有“{asked.group}”这一组的持有人", "请核对组名。")
        issuer = issuer_of(book.reader(), dividend.ledger)
        printed = write_sheet(issuer, facts_of(dividend), lines, asked.output, accountant=asked.by or "")
    if printed.missing:
        say(missing_sentence(printed.missing))
    say(tr("写好了：{file}", file=asked.output))
    return 0


def run_dividend_unclaimed(asked: Namespace) -> int:
    """What nobody claimed."""
    _ensure_paper(asked)
    with open_book(asked.book, Access.READ) as book:
        ledger = ledger_of(book.reader(), asked.ledger)
        span = Span(date(asked.as_of.year, 1, 1), asked.as_of) if asked.as_of else None
        _write(asked, make(book.reader(), "dividend-unclaimed", ReportRequest(ledger, span)))
    return 0


def _ensure_paper(asked: Namespace) -> None:
    """What needs a file has one, and it is not the book."""
    if asked.format in {"xlsx", "pdf"} and asked.output is None:
        raise UsageError(tr("{format} 要写到文件里", format=asked.format), tr("请加上 -o 和文件名。"))
    if asked.output is not None and asked.output.exists() and asked.output.samefile(asked.book):
        raise UsageError(tr("-o 不能写到账簿文件自己身上"), tr("请另起一个文件名。"))


def _write(asked: Namespace, table: Table) -> None:
    """The pen that was asked for, or that the file's name asks for."""
    from village_ledger.cli.reporting import format_of, write_tables

    asked.format = asked.format or format_of(asked.output)
    asked.paper = asked.size = None
    write_tables(asked, [table])

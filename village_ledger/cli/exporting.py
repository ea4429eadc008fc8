"""``export``: the books in a form other programs read; ``import dump``: the same books again."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all, terminal_progress
from village_ledger.cli.writing import sign_in
from village_ledger.domain.masking import Level
from village_ledger.domain.period import Span
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book


def run_export(asked: Namespace) -> int:
    """Write one form of the books, whole or not at all."""
    span = _span(asked)
    _check_options(asked)
    if asked.form == "package":
        from village_ledger.cli.packages import run_package

        return run_package(asked, span)
    with open_book(asked.book, Access.WRITE, asked.by) as book:
        sign_in(book, asked)
        ledger = "" if asked.ledger is None else ledger_of(book.reader(), asked.ledger)
        request = ExportRequest(
            asked.output, ledger, span, Level(asked.level), asked.reason or "", by=asked.by
        )
        done = export(book, asked.by, asked.form, request, terminal_progress())
    say_all(done.warnings)
    say(tr("导出好了：{out}，{rows} 行。", out=asked.output, rows=done.value.rows))
    return 0


def _check_options(asked: Namespace) -> None:
    """Options that mean nothing for a form are wrong usage; raises UsageError."""
    if asked.form != "package" and asked.attachments:
        raise UsageError(tr("--attachments 只用于送审包（package）"))
    if asked.form == "package" and (asked.level != Level.TOWNSHIP.value or asked.reason):
        raise UsageError(tr("送审包总是遮住证件号和账号（L1），不能加 --level L0 和 --reason"))


def import_dump(asked: Namespace) -> int:
    """Make a new book of the folder ``export dump`` wrote; proven before it gets its name."""
    from village_ledger.exchange.exports.import_dump import take_in

    if asked.ledger or asked.post:
        raise UsageError(tr("导入 dump 总是整本账簿，不能加 --ledger 和 --post"))
    done = take_in(asked.book, asked.file, terminal_progress(), dry_run=asked.dry_run)
    say_all(done.warnings)
    if asked.dry_run:
        say(tr("检查过了，可以导入：{rows} 行，每一环都核对过。没有建任何文件。", rows=done.value))
    else:
        say(tr("{book} 建好了：{rows} 行，每一环都核对过，是同样的账。", book=asked.book, rows=done.value))
    return 0


def _span(asked: Namespace) -> Span | None:
    if asked.first is None and asked.last is None:
        return None
    if asked.first is None or asked.last is None:
        raise UsageError(tr("--from 和 --to 要一起写"))
    if asked.last < asked.first:
        raise UsageError(tr("--from 晚于 --to"), tr("请把起止日期对调。"))
    return Span(asked.first, asked.last)

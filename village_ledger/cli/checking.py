"""``verify``: does a book prove, and does the ledger still give a sheet on the wall."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say, terminal_progress
from village_ledger.domain.package import ENDING
from village_ledger.i18n import tr

DUMP = "dump.json"
"""What a folder has in it that ``export dump`` wrote."""

if TYPE_CHECKING:
    from village_ledger.reports.disclosure.sheet_check import SheetVerdict


def run_verify(asked: Namespace) -> int:
    """Check a whole book, or one sheet by its code; one line per finding, exit code 1 when there is any."""
    if asked.fingerprint and asked.book.suffix.lower() != ENDING and not asked.book.is_dir():
        raise UsageError(tr("--fingerprint 只用于送审包和会计档案"))
    if asked.sheet is not None:
        return _verify_sheet(asked)
    if asked.book.suffix.lower() == ENDING:
        from village_ledger.cli.packages import verify_package

        return verify_package(asked.book, asked.fingerprint or "")
    if (asked.book / DUMP).is_file():
        return _verify_dump(asked)
    if asked.book.is_dir():
        return _verify_archive(asked)
    return _verify_book(asked)


def _verify_archive(asked: Namespace) -> int:
    """Hold an archive of accounts to its list, and its key to what is known of the village's."""
    from village_ledger.exchange.archive.archive_check import check_archive
    from village_ledger.exchange.review.known_villages import key_words
    from village_ledger.settings import config_file

    found = check_archive(asked.book, terminal_progress())
    for fault in found.faults:
        print(fault)
    if found.faults:
        say(tr("查出 {count} 处和清单不一致。请用没有动过的那一份档案。", count=len(found.faults)))
        return 1
    print(tr("核对完毕，{count} 个文件和清单一致。", count=found.files))
    is_known, words = key_words(
        config_file().parent, found.book, found.village, found.fingerprint, asked.fingerprint or ""
    )
    print(words)
    return 0 if is_known else 1


def _verify_dump(asked: Namespace) -> int:
    """Make the book again of a complete dump, prove it and let it go."""
    from village_ledger.exchange.exports.import_dump import DumpError, prove

    try:
        done = prove(asked.book, terminal_progress())
    except DumpError as found:
        print(found.what)
        say(tr("导出的数据不全，或改动过。{next}", next=found.next_step))
        return 1
    for warning in done.warnings:
        print(warning)
    print(tr("核对完毕，{rows} 行和清单一致，每一环都对得上。", rows=done.value))
    return 0


def _verify_book(asked: Namespace) -> int:
    from village_ledger.services.book.verification import verify

    findings = verify(asked.book, terminal_progress())
    for finding in findings:
        print(finding.sentence())
    if findings:
        say(tr("查出 {count} 处不对。请不要再往这本账里记，先和最近的备份核对。", count=len(findings)))
        return 1
    print(tr("核对完毕，没有查出问题：凭证、合计、记账链和操作日志都对得上。"))
    for remark in _remarks(asked):
        print(remark)
    return 0


def _remarks(asked: Namespace) -> list[str]:
    """What stays said of the book's months: reopened, and closed with warnings let pass. No fault, but to be seen."""
    from village_ledger.reports.books.month_remarks import reopened, waived
    from village_ledger.reports.disclosure.version_list import reminders
    from village_ledger.storage.file.book_file import Access, open_book

    said: list[str] = []
    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        for info in reader.ledgers():
            months = [m.month for m in reader.months(info.code)]
            for tell in (reopened, waived):
                said += [f"{info.title}：{words}" for words in tell(reader, info.code, months[0], months[-1])]
            said += [f"{info.title}：{words}。" for words in reminders(reader, info.code)]
    return said


def _verify_sheet(asked: Namespace) -> int:
    """Make the sheet again from the ledger as it is now; its code tells whether a figure has changed."""
    if not asked.sheet.strip():
        raise UsageError(tr("--sheet 后面没有写校验码"), tr("请写表上的十二个字。"))
    if asked.book.suffix.lower() == ENDING:
        from village_ledger.cli.packages import in_package

        return in_package(asked.book, lambda book: _told(_checked(book, asked.sheet)))
    return _told(_checked(asked.book, asked.sheet))


def _checked(book: Path, code: str) -> SheetVerdict:
    from village_ledger.reports.disclosure.sheet_check import check_sheet
    from village_ledger.storage.file.book_file import Access, open_book

    with open_book(book, Access.READ) as opened:
        return check_sheet(opened.reader(), code)


def _told(found: SheetVerdict) -> int:
    """Say what came of a sheet; exit code 0 when it proves."""
    from village_ledger.reports.disclosure.sheet_check import Verdict

    if found.verdict is Verdict.UNKNOWN:
        say(tr("{what}账没有变化。{next}", what=found.head(), next=found.remark))
        return 1
    for line in (found.head(), *found.lines()):
        print(line)
    if found.proved:
        return 0
    say(_next_step(found))
    return 1


def _next_step(found: SheetVerdict) -> str:
    """What to do about a sheet that does not prove."""
    from village_ledger.reports.disclosure.sheet_check import Verdict

    if found.verdict is Verdict.TAMPERED:
        return tr("请不要再用这张表；先用 verify 核对整本账，再和最近的备份核对。")
    if found.replaced:
        return tr("墙上如果还是这一张，请换成替换它的那一版。")
    return tr("请核对公布以后记的账；要更正公布的数，请重新出表、更正公开。")

"""``verify``: does a book prove, and does the ledger still give a sheet on the wall."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.talk import say, terminal_progress
from village_ledger.domain.package import ENDING
from village_ledger.domain.period import Span
from village_ledger.i18n import tr


def run_verify(asked: Namespace) -> int:
    """Check a whole book, or one sheet by its code; one line per finding, exit code 1 when there is any."""
    if asked.sheet is not None:
        return _verify_sheet(asked)
    if asked.book.suffix.lower() == ENDING:
        from village_ledger.cli.packages import verify_package

        return verify_package(asked.book)
    return _verify_book(asked)


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
    from village_ledger.storage.file.book_file import Access, open_book

    said: list[str] = []
    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        for info in reader.ledgers():
            months = [m.month for m in reader.months(info.code)]
            for tell in (reopened, waived):
                said += [f"{info.title}：{words}" for words in tell(reader, info.code, months[0], months[-1])]
    return said


def _verify_sheet(asked: Namespace) -> int:
    """Make the sheet again from the ledger as it is now; its code tells whether a figure has changed."""
    from village_ledger.reports.catalogue import ReportRequest, make
    from village_ledger.reports.dividends.catalogue_dividends import sheet_by_code
    from village_ledger.reports.pens.check_code import compare, figures_json
    from village_ledger.storage.file.book_file import Access, open_book

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        sheet = reader.sheet(asked.sheet)
        if sheet is None and (signed := sheet_by_code(reader, asked.sheet)) is not None:
            print(tr("{what}（{code}）和账上现在的数一致。", what=signed, code=asked.sheet))
            return 0
        if sheet is None:
            say(
                tr(
                    "这本账没有登记过校验码是“{code}”的公开表。账没有变化。请核对校验码，一个字也不能差。",
                    code=asked.sheet,
                )
            )
            return 1
        entity = reader.ledger(sheet.ledger).entity
        now = make(reader, sheet.report, ReportRequest(sheet.ledger, Span(sheet.first, sheet.last)))
    what = tr("{entity}{period}的公开表", entity=entity, period=Span(sheet.first, sheet.last).words())
    if now.check_code == asked.sheet:
        print(tr("{what}（{code}）和账上现在的数一致。", what=what, code=asked.sheet))
        return 0
    print(tr("{what}（{code}）和账上现在的数不一致：", what=what, code=asked.sheet))
    for difference in compare(sheet.figures, figures_json(now)) or [tr("表的栏目或格式变了。")]:
        print(difference)
    say(tr("请核对公布以后记的账；要更正公布的数，请重新出表、重新张贴。"))
    return 1

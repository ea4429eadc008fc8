"""``report``: a report to the screen, to another program, or onto paper."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli import (
    kept_sheets,
    parser_contracts,
    parser_merger,
    parser_review,
    personal,
    reading_aloud,
    wall_paper,
)
from village_ledger.cli.arguments import FORMATS, UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.packages import books_in
from village_ledger.cli.talk import say
from village_ledger.cli.wall_paper import say_missing
from village_ledger.cli.writing import sign_in
from village_ledger.domain.period import Span
from village_ledger.domain.statement import STATUTORY
from village_ledger.i18n import tr
from village_ledger.reports.books.operation_log import LogQuery
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.disclosure.catalogue_pack import DISCLOSURE_MAKERS, letter_of
from village_ledger.reports.disclosure.handing_out import log_sheets
from village_ledger.services.closing.own_statements import PREFIX
from village_ledger.storage.file.book_file import Access, BookFile

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

OVER_BOTH = frozenset(
    {
        "inter-ledger",
        "disclosure",
        "sheet-versions",
        "member-register",
        "register-filing",
        "number-gaps",
        "operation-log",
        "staff-list",
        "small-powers",
        "separation-list",
        "separation-signoff",
        "earmarked-funds",
        "pass-through",
        "combined",
        "handover",
        "dividend",
        "dividend-unclaimed",
        "share-register",
        "share-movements",
        "pledge-list",
        "cap-check",
        "share-equality",
        "share-history",
        "certificate",
        "decision-register",
        "decision",
        "panel-sheet",
        "panel-lots",
        "disclosure-calendar",
        "disclosure-summary",
        "disclosure-unmasked",
        *parser_contracts.REPORTS,
        *parser_merger.REPORTS,
        *parser_review.REPORTS,
    }
)
"""Reports that speak of the whole book when no ledger is named."""
BY_ACCOUNT = {"account-ledger": "明细账", "multi-column": "多栏账", "quantity-ledger": "数量金额账"}
"""Books of one account."""
_OF_A_FILE = ("decision", "要说明是哪一份卷宗", "决策文号")
OF_ONE = {
    "disclosure-lines": ("line", "要说明是公开表上哪个数", "这个数，如 disclosure-items:8"),
    "share-history": ("household", "份额变动史要说明是哪一户", "户编号"),
    "parcel": ("parcel", "地块卡片要说明是哪一块地", "地块编号"),
    **dict.fromkeys(("decision", "panel-sheet", "panel-lots"), _OF_A_FILE),
    "asset-card": ("asset", "资产卡片要说明是哪一项资产", "资产编号"),
    "project-account": ("project", "项目资金表要说明是哪个项目", "项目的名称"),
    "payment-approval": ("voucher", "付款审批单要说明是哪张凭证", "凭证号"),
}
"""Reports of one thing: the option that names it, what is said without it."""
ON_PAPER = frozenset({"xlsx", "pdf", "png"})
SHEET_REPORTS = frozenset(DISCLOSURE_MAKERS)
"""Sheets of the wall."""
UNREGISTERED = "未登记：这本账现在不能写，这张表没有校验码，不能张贴。"


def run_report(asked: Namespace) -> int:
    """Make a report and write it where it was asked for."""
    span = span_of(asked)
    asked.format = asked.format or reading_aloud.format_of(asked) or format_of(asked.output)
    reading_aloud.settle(asked)
    _check_usage(asked)
    if asked.plan:
        return wall_paper.say_plan(asked, lambda reader: _request(reader, asked, span))
    leaves = asked.name == "disclosure" or asked.format == reading_aloud.TEXT
    access = Access.WRITE if leaves else personal.access_for(asked)
    access = Access.READ if asked.code else access
    with books_in(asked.book, access, asked.by) as book:
        request = _request(book.reader(), asked, span)
        wall_paper.settle(asked, book.reader())
        if asked.code:
            write_tables(asked, kept_sheets.kept(book, asked))
        elif asked.name == "disclosure":
            _disclose(book, asked, request)
        elif asked.format == reading_aloud.TEXT:
            reading_aloud.read_out(book, asked, request)
        elif personal.wants_whole(asked):
            write_tables(
                asked, personal.take_whole(book, asked, lambda reader: make_all(reader, asked.name, request))
            )
        else:
            personal.let_in(book, asked)
            _report(book, asked, request)
    if asked.output is not None:
        say(tr("写好了：{file}", file=asked.output))
    return 0


def _report(book: BookFile, asked: Namespace, request: ReportRequest) -> None:
    """A report that leaves nothing behind in the book."""
    if asked.name == "voucher" and asked.format == "pdf":
        _print_vouchers(book.reader(), request, asked)
    elif asked.name == "certificate" and asked.format == "pdf":
        _print_certificates(book.reader(), request, asked)
    elif asked.name == "panel-sheet" and asked.format == "pdf":
        _print_panel_sheet(book.reader(), request, asked)
    else:
        write_tables(asked, make_all(book.reader(), asked.name, request))


def span_of(asked: Namespace) -> Span | None:
    """The days asked for, None when none were; raises UsageError for two ways at once."""
    ways = [
        word
        for word, value in (
            ("--from/--to", asked.first or asked.last),
            ("--as-of", asked.as_of),
            ("--month", asked.month),
            ("--year", asked.year),
        )
        if value is not None
    ]
    if len(ways) > 1:
        raise UsageError(tr("{ways} 只能用一个", ways="、".join(ways)))
    if asked.month is not None:
        return Span.of_month(asked.month)
    if asked.year is not None:
        return Span.of_year(asked.year)
    if asked.as_of is not None:
        return Span(date(asked.as_of.year, 1, 1), asked.as_of)
    if not ways:
        return None
    if asked.first is None or asked.last is None:
        raise UsageError(tr("--from 和 --to 要一起写"))
    if asked.last < asked.first:
        raise UsageError(tr("--from 晚于 --to"), tr("请把起止日期对调。"))
    return Span(asked.first, asked.last)


def format_of(output: Path | None) -> str:
    """The format a file's name asks for, json where it asks for none."""
    ending = "" if output is None else output.suffix.removeprefix(".").lower()
    if ending in {"png", "zip"}:
        return "png"
    return ending if ending in FORMATS else "json"


def _check_usage(asked: Namespace) -> None:
    """What cannot be meant, before any file is touched."""
    if asked.format in ON_PAPER and asked.output is None:
        raise UsageError(tr("{format} 要写到文件里", format=asked.format), tr("请加上 -o 和文件名。"))
    if asked.output is not None and asked.output.exists() and asked.output.samefile(asked.book):
        raise UsageError(tr("-o 不能写到账簿文件自己身上"), tr("请另起一个文件名。"))
    if asked.name in BY_ACCOUNT and not asked.account:
        raise UsageError(
            tr("{book}要说明是哪个科目", book=BY_ACCOUNT[asked.name]), tr("请加上 --account 和科目编码。")
        )
    if asked.name in OF_ONE and not getattr(asked, OF_ONE[asked.name][0]):
        option, what, how = OF_ONE[asked.name]
        raise UsageError(tr(what), tr("请加上 --{option} 和{how}。", option=option, how=how))
    if asked.columns and asked.name not in STATUTORY and not asked.name.startswith(PREFIX):
        raise UsageError(
            tr("--columns 只用于按定义编制的报表"), tr("可以是：{names}。", names="、".join(STATUTORY))
        )
    kept_sheets.check_options(asked)
    _check_paper(asked)


def _check_paper(asked: Namespace) -> None:
    """A disclosure sheet is not printed on voucher paper; its sizes, pictures and grouping are for it alone."""
    if asked.name == "disclosure" and asked.paper in {"form", "preprinted"}:
        raise UsageError(tr("公开表只印 A3 或 A4"), tr("请改成 --paper A3 或 A4。"))
    only = {"--plan": asked.plan, "--phone": asked.phone, "--group": asked.group, "--type": asked.type}
    for option, given in only.items():
        if given and asked.name not in SHEET_REPORTS:
            raise UsageError(tr("{option} 只用于公开表", option=option), tr("请去掉它。"))
    if asked.format == "png" and asked.name not in SHEET_REPORTS:
        raise UsageError(tr("只有公开表能存成图片"), tr("请改成 pdf、xlsx、csv 或 json。"))
    if asked.phone and asked.format != "png":
        raise UsageError(
            tr("--phone 只用于图片"), tr("请写 -o 名字.png、名字.zip 或一个文件夹加 --format png。")
        )


def _request(reader: Reader, asked: Namespace, span: Span | None) -> ReportRequest:
    from village_ledger.services.review.rule_packs import load_pack

    ledger = asked.ledger
    if ledger is not None or asked.name not in OVER_BOTH:
        ledger = ledger_of(reader, ledger)
    log = LogQuery(asked.person or "", asked.action or "", asked.text or "")
    return ReportRequest(
        ledger or "",
        span,
        asked.account or "",
        asked.voucher,
        asked.columns or "",
        log,
        household=asked.household or "",
        sheets=tuple(asked.sheets or ()),
        level=asked.level or "",
        known_on=asked.known_on,
        item=asked.seed
        or asked.line
        or asked.parcel
        or asked.decision
        or asked.asset
        or asked.project
        or asked.source
        or asked.number
        or "",
        count=asked.count or 0,
        percent=asked.percent or 0,
        pack=None if asked.rules is None else load_pack(asked.rules),
    )


def _disclose(book: BookFile, asked: Namespace, request: ReportRequest) -> None:
    """Disclosure sheets, registered under their codes once they are written, or marked as not registered."""
    if book.read_only:
        why = book.read_only_reason.removesuffix("。")
        say(f"{why}。{tr(UNREGISTERED)}")
        sheets = make_all(book.reader(), asked.name, request)
        marked = [
            replace(sheet, check_code=None, warnings=(*sheet.warnings, tr(UNREGISTERED))) for sheet in sheets
        ]
        write_tables(asked, marked)
        return
    sign_in(book, asked)
    with book.unit_of_work(asked.by) as uow:
        sheets = make_all(uow.reader, asked.name, request)
        handed_out = kept_sheets.register(uow, sheets, asked.reason or "")
        log_sheets(uow, handed_out, ledger=request.ledger)
        write_tables(asked, handed_out)
        uow.commit()


def write_tables(asked: Namespace, tables: Sequence[Table]) -> None:
    """The pen that was asked for."""
    if asked.format == "xlsx" and tables and letter_of(tables[0].report):
        wall_paper.write_book(asked, tables)
    elif asked.format == "xlsx":
        from village_ledger.reports.pens.render_xlsx import write_xlsx

        write_xlsx(tables, asked.output)
    elif asked.format == "png":
        wall_paper.draw_pictures(asked, tables)
    elif asked.format == "pdf" and tables and letter_of(tables[0].report):
        wall_paper.print_wall(asked, tables)
    elif asked.format == "pdf":
        _print_tables(asked, tables)
    elif asked.output is None:
        from village_ledger.reports.pens.render_text import csv_text, json_text

        for text in json_text(tables) if asked.format == "json" else csv_text(tables):
            sys.stdout.write(text)
    else:
        from village_ledger.reports.pens.render_text import write_csv, write_json

        (write_json if asked.format == "json" else write_csv)(tables, asked.output)


def _print_tables(asked: Namespace, tables: Sequence[Table]) -> None:
    from village_ledger.reports.pens.pdf_layout import Paper
    from village_ledger.reports.pens.wall_layout import WallSize
    from village_ledger.reports.printing import print_tables

    size = WallSize.DESK if asked.size == "desk" else WallSize[asked.paper or "A3"]
    paper = Paper.A3_LANDSCAPE if asked.paper == "A3" else None
    say_missing(print_tables(tables, asked.output, size, paper=paper).missing)


def _print_vouchers(reader: Reader, request: ReportRequest, asked: Namespace) -> None:
    from village_ledger.reports.printing import print_vouchers
    from village_ledger.reports.vouchers.voucher_plan import VoucherPaper

    papers = {None: VoucherPaper.FORM, "form": VoucherPaper.FORM, "A4": VoucherPaper.A4_TWO}
    paper = papers.get(asked.paper, VoucherPaper.PREPRINTED)
    say_missing(print_vouchers(reader, request, asked.output, paper).missing)


def _print_certificates(reader: Reader, request: ReportRequest, asked: Namespace) -> None:
    from village_ledger.reports.shares.certificate_paper import print_certificates

    say_missing(print_certificates(reader, request, asked.output).missing)


def _print_panel_sheet(reader: Reader, request: ReportRequest, asked: Namespace) -> None:
    from village_ledger.reports.decisions.catalogue_decisions import print_panel_sheet

    say_missing(print_panel_sheet(reader, request, asked.output, wall=asked.paper == "A3").missing)

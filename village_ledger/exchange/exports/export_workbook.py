"""Every book and register as one workbook: what a ledger holds sheet by sheet, then what belongs to the whole village.

New reports come in by themselves: whatever the catalogue makes of a ledger or of the book is a sheet, but for papers of
one thing, forms to sign, and the wall. A report that has nothing to say is named in the list in front with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from village_ledger import __version__
from village_ledger.domain.chart import Account, Chart, LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.masking import Level, hide_identities
from village_ledger.domain.period import Span, months_of
from village_ledger.domain.statement import STATUTORY
from village_ledger.domain.voucher import STATE_NAMES, StoredVoucher
from village_ledger.exchange.exports.export_entries import hide, ledgers_of, span_of
from village_ledger.exchange.exports.export_formats import Exported, ExportRequest
from village_ledger.i18n import tr
from village_ledger.reports.bank.catalogue_bank import each_account
from village_ledger.reports.books.catalogue_volumes import chapters_of
from village_ledger.reports.catalogue import REPORTS, SPEAK_OF_ALL, ReportRequest, issuer_of, make
from village_ledger.reports.counting.catalogue_counting import DIFFERENCES, SET, whole_set
from village_ledger.reports.pens.render_xlsx import NAME_LENGTH
from village_ledger.reports.pens.workbook import Leaf, write_workbook
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import LedgerInfo

LEFT_OUT = frozenset(
    {
        *{"account-ledger", "multi-column", "quantity-ledger", "voucher", "certificate", "share-history"},
        *{"parcel", "asset-card", "decision", "panel-sheet", "panel-lots", "project-account", "handover"},
        *{"payment-approval", "disclosure", "year-end-preview", "close-checklist", "indicators", DIFFERENCES},
        *{"separation-list", "separation-signoff", "separation-opening"},
        *{"review-checks", "review-sample", "review-opinion"},
    }
)
"""Papers of one thing, forms to sign and what a reviewer writes; books of one account stand here in a form of their own."""
_WALL, _CALENDAR = "disclosure-", "disclosure-calendar"
PER_YEAR = frozenset(
    {
        *STATUTORY,
        *(
            "budget",
            "notes",
            "combined",
            "earmarked-funds",
            "pass-through",
            "voucher-summary",
            "dividend",
            _CALENDAR,
        ),
    }
)
"""Reports of one accounting year: a sheet for every year."""
_OF_ALL_TIME = "operation-log"
"""Told by when something was done, which is another time than the days of the books."""
_COUNTS = frozenset({SET})
_DAY_BEHIND = re.compile(r" \d{4}-\d{2}-\d{2}$")
"""A day a name ends with; half of one would be another day."""


class _Again:
    """Rows made anew each time they are asked for."""

    def __init__(self, make: Callable[[], Iterator[Row]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Row]:
        return self._make()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A sheet to be made: whose it is, what it is called (else as its table), of which year."""

    whose: str
    name: str
    make: Callable[[], Table]
    year: str = ""
    is_named: bool = True

    def tab(self, title: str = "") -> str:
        """Its name in the workbook."""
        called = title or self.name
        name = " ".join(filter(None, (self.whose, called, "" if self.year in called else self.year)))
        return name if len(name) <= NAME_LENGTH else _DAY_BEHIND.sub("", name)


def write_workbook_of(reader: Reader, request: ExportRequest, place: Path, progress: Progress) -> Exported:
    """Write the workbook of one ledger, or of the whole book."""
    wanted = list(_wanted(reader, request))
    level = request.level
    facts = [
        tr(
            "导出：村账 {version}；级别 {level} {words}",
            version=__version__,
            level=level.value,
            words=level.words,
        ),
        tr("金额单位：元。每张表第一行是列名，可以直接筛选；期间、核对和说明在最后一张“说明”里。"),
    ]
    title = tr("{village} 账簿和登记簿", village=reader.book().village)
    with place.open("wb") as stream:
        rows = write_workbook(_leaves(wanted, level, progress), title, facts, stream)
    return Exported(rows)


def _leaves(wanted: list[_Wanted], level: Level, progress: Progress) -> Iterator[Leaf]:
    for done, one in enumerate(wanted):
        progress.step(done, len(wanted), tr("写 {name}", name=one.tab()))
        try:
            table = one.make()
        except LedgerError as error:
            yield Leaf(one.tab(), None, error.what)
            continue
        name = one.tab("" if one.is_named else table.title)
        if next(iter(table.rows), None) is None:
            yield Leaf(name, None, tr("没有内容"))
        else:
            yield Leaf(name, masked(table, level))


def _identities(text: str, _level: Level) -> str:
    return hide_identities(text)


_HIDERS = {Kind.TEXT: hide, Kind.CODE: _identities}
"""What hides numbers in a column; among codes only identity numbers are people's, the others are of papers."""


def masked(table: Table, level: Level) -> Table:
    """The table with numbers of people in its texts hidden."""
    if level is Level.INTERNAL:
        return table
    hiders = [_HIDERS.get(column.kind) for column in table.columns]

    def shown(cells: Iterable[Cell]) -> tuple[Cell, ...]:
        return tuple(
            hider(cell, level) if isinstance(cell, str) and hider is not None else cell
            for cell, hider in zip(cells, hiders, strict=True)
        )

    def rows() -> Iterator[Row]:
        return (replace(row, cells=shown(row.cells)) for row in table.rows)

    return replace(
        table,
        rows=_Again(rows),
        heading=tuple(hide(text, level) for text in table.heading),
        notes=tuple(hide(text, level) for text in table.notes),
    )


def _wanted(reader: Reader, request: ExportRequest) -> Iterator[_Wanted]:
    for ledger in ledgers_of(reader, request):
        yield from _of_ledger(reader, ledger, request)
    if request.ledger:
        return
    spans = [span_of(reader, info.code, request.span) for info in reader.ledgers()]
    span = Span(min(one.first for one in spans), max(one.last for one in spans))
    for report in _reports(of_all=True):
        yield from _made(reader, "", "", report, span, request.level)


def _reports(*, of_all: bool) -> list[str]:
    return [
        name
        for name in REPORTS
        if name not in LEFT_OUT
        and (name == _CALENDAR or not name.startswith(_WALL))
        and (name in SPEAK_OF_ALL) is of_all
    ]


def _of_ledger(reader: Reader, ledger: str, request: ExportRequest) -> Iterator[_Wanted]:
    info, span, chart = reader.ledger(ledger), span_of(reader, ledger, request.span), reader.chart(ledger)
    short = _short(reader, info)
    yield _Wanted(short, tr("科目表"), lambda: _chart_table(reader, info, chart))
    yield _Wanted(short, tr("序时账"), lambda: _journal(reader, info, chart, span))
    yield _Wanted(short, tr("明细账"), lambda: _details(reader, info, chart, span))
    for volume, words in (("multi-column", "多栏账"), ("quantity-ledger", "数量金额账")):
        try:
            chapters = chapters_of(reader, volume, ledger, span)
        except LedgerError:
            continue
        yield from (_Wanted(short, f"{words} {one.code}", one.make) for one in chapters)
    for report in _reports(of_all=False):
        yield from _made(reader, ledger, short, report, span, request.level)


def _short(reader: Reader, info: LedgerInfo) -> str:
    """What a ledger is called on the tabs: its kind, where there is one of it, else its title."""
    alike = [one for one in reader.ledgers() if one.kind is info.kind]
    if len(alike) > 1:
        return info.title
    return "集体" if info.kind is LedgerKind.COLLECTIVE else "村委会"


def _made(
    reader: Reader, ledger: str, short: str, report: str, span: Span, level: Level
) -> Iterator[_Wanted]:
    """A report over the days, or one a year; its title is known once it is made."""
    for asked in _requests(reader, ledger, report, span, level):
        if report == SET and asked.span is not None:
            day = asked.span.last.isoformat()
            yield from (
                _Wanted(short, one.title, partial(_same, one), day) for one in whole_set(reader, asked)
            )
            continue
        year = str(asked.span.last.year) if report in PER_YEAR and asked.span else ""
        yield _Wanted(short, report, partial(make, reader, report, asked), year, is_named=False)


def _same(table: Table) -> Table:
    return table


def _requests(reader: Reader, ledger: str, report: str, span: Span, level: Level) -> list[ReportRequest]:
    """What a report is asked for: every year, every stock-take, every bank account, or once."""
    asked = ReportRequest(ledger, span, level=level.value)
    if report in PER_YEAR:
        return [replace(asked, span=year) for year in _years(span)]
    if report == _OF_ALL_TIME:
        return [replace(asked, span=None)]
    if report in _COUNTS:
        days = [take.day for take in reader.stock_takes(ledger) if take.day <= span.last]
        return [replace(asked, span=Span(day, day)) for day in days]
    if report == "bank-reconciliation" and reader.bank_accounts(ledger):
        return each_account(reader, asked)
    return [asked]


def _years(span: Span) -> list[Span]:
    first, last = span.first, span.last
    return [
        Span(max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    ]


def _table(reader: Reader, info: LedgerInfo, report: str, title: str, columns: tuple[Column, ...]) -> Table:
    issuer = issuer_of(reader, info.code)
    return Table(
        report, title, issuer.village, info.code, issuer.entity, columns, (), watermark=issuer.watermark
    )


_CHART = (
    Column("code", "科目编码", Kind.CODE, 24),
    Column("name", "科目名称", Kind.TEXT, 50),
    Column("path", "全称", Kind.TEXT, 80),
    Column("category", "类别", Kind.TEXT, 24),
    Column("side", "余额方向", Kind.SIDE, 16),
    Column("leaf", "末级", Kind.SIDE, 14),
    Column("active", "启用", Kind.SIDE, 14),
    Column("demands", "辅助核算", Kind.TEXT, 40),
    Column("unit", "计量单位", Kind.TEXT, 20),
)


def _chart_table(reader: Reader, info: LedgerInfo, chart: Chart) -> Table:
    def row(account: Account) -> Row:
        demands = "、".join(sorted(one.value for one in account.demands))
        yes, no = tr("是"), tr("否")
        return Row(
            Role.DETAIL,
            (
                account.code,
                account.name,
                chart.path(account.code),
                account.category,
                account.side.value,
                yes if account.is_leaf else no,
                yes if account.active else no,
                demands,
                account.unit,
            ),
        )

    table = _table(reader, info, "chart", tr("科目表"), _CHART)
    return replace(table, rows=[row(account) for account in chart])


_JOURNAL = (
    Column("date", "日期", Kind.DATE, 22),
    Column("voucher", "凭证", Kind.CODE, 32),
    Column("line", "行", Kind.COUNT, 10),
    Column("summary", "摘要", Kind.TEXT, 80),
    Column("account", "科目编码", Kind.CODE, 24),
    Column("path", "科目", Kind.TEXT, 60),
    Column("debit", "借方金额", Kind.MONEY, 30),
    Column("credit", "贷方金额", Kind.MONEY, 30),
    Column("counterparty", "往来单位", Kind.TEXT, 40),
    Column("project", "项目", Kind.TEXT, 40),
    Column("group", "村民小组", Kind.TEXT, 24),
    Column("quantity", "数量", Kind.QUANTITY, 24),
    Column("attachments", "附件张数", Kind.COUNT, 16),
    Column("prepared", "制单", Kind.TEXT, 24),
    Column("reviewed", "审核", Kind.TEXT, 24),
    Column("posted", "记账", Kind.TEXT, 24),
    Column("state", "状态", Kind.TEXT, 20),
)


def _journal(reader: Reader, info: LedgerInfo, chart: Chart, span: Span) -> Table:
    """Every line of every voucher, posted or not; its state says which."""

    def rows() -> Iterator[Row]:
        for month in months_of(span):
            ids = [
                one.id
                for one in reader.vouchers(info.code, month=month)
                if span.first <= one.day <= span.last
            ]
            for stored in reader.vouchers_by_id(ids):
                yield from _lines(stored, chart)

    return replace(_table(reader, info, "journal", tr("序时账"), _JOURNAL), rows=_Again(rows), span=span)


def _lines(stored: StoredVoucher, chart: Chart) -> Iterator[Row]:
    voucher = stored.voucher
    for place, line in enumerate(voucher.lines, 1):
        yield Row(
            Role.DETAIL,
            (
                voucher.day,
                str(stored.ref),
                place,
                line.summary,
                line.account,
                chart.path(line.account),
                line.debit or None,
                line.credit or None,
                line.counterparty,
                line.project,
                line.group,
                line.quantity or None,
                voucher.attachments if place == 1 else None,
                stored.prepared_by,
                stored.reviewed_by,
                stored.posted_by,
                STATE_NAMES[stored.state],
            ),
        )


_OF_ACCOUNT = (Column("code", "科目编码", Kind.CODE, 24), Column("path", "科目", Kind.TEXT, 60))


def _details(reader: Reader, info: LedgerInfo, chart: Chart, span: Span) -> Table:
    """The account ledgers of all leaves one after another, each row with its account, so that it can be filtered."""
    used = [one.account for one in reader.turnovers(info.code, span)]

    def of(code: str) -> Table:
        return make(reader, "account-ledger", ReportRequest(info.code, span, code))

    def rows() -> Iterator[Row]:
        for code in used:
            path = chart.path(code)
            for row in of(code).rows:
                yield replace(row, cells=(code, path, *row.cells))

    first = of(used[0] if used else next(one.code for one in chart if one.is_leaf))
    columns = (*_OF_ACCOUNT, *first.columns)
    title = _table(reader, info, "account-ledgers", tr("明细账"), columns)
    return replace(title, rows=_Again(rows), span=span, warnings=first.warnings)

"""Files of another bookkeeping program into one ``OldRecords``: told apart by their headings, held to each other.

Where the flat export and the printed journal hold the same voucher, the flat one speaks and both must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.domain.masking import hide_identities
from village_ledger.domain.old_program import (
    OldAccount,
    OldBalance,
    OldProgram,
    OldRecords,
    OldVoucher,
    faults_of,
)
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.oldbooks.old_book_balances import OldBalanceSheet, heading_of, read_balances
from village_ledger.exchange.oldbooks.old_book_journal import (
    OldJournal,
    journal_heading,
    lacking_of,
    read_journal,
)
from village_ledger.exchange.reading.file_kind import FileKind, kind_of
from village_ledger.exchange.reading.raw_sheet import MOST_RAW_ROWS, RawSheet, read_raw
from village_ledger.i18n import tr

MOST_FILES = 40
"""A balance sheet and a journal a month for a year, and some to spare."""


def read_old_book(paths: Sequence[Path]) -> OldRecords:
    """Everything the files say.

    Raises UnreadableError for a file that is neither kind or cannot be read, ImportRefused naming every fault in them.
    """
    if len(paths) > MOST_FILES:
        raise UnreadableError(
            tr("一次给了 {count} 个文件，太多", count=len(paths)),
            tr("请一次导入一年的科目余额表和序时账，至多 {most} 个文件。", most=MOST_FILES),
        )
    sheets: list[OldBalanceSheet] = []
    journals: list[OldJournal] = []
    faults: list[str] = []
    for path in paths:
        own = _read_one(path, sheets, journals)
        faults += (
            [tr("{name} {fault}", name=path.name, fault=fault) for fault in own] if len(paths) > 1 else own
        )
    _refuse(faults)
    if len(sheets) > 1:
        raise UnreadableError(
            tr("给了 {count} 张科目余额表，不知道以哪一张为准", count=len(sheets)),
            tr("请只给一张，期间和序时账相同。"),
        )
    records = _joined(sheets[0] if sheets else None, journals, paths)
    _refuse(faults_of(records))
    return records


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise ImportRefused([hide_identities(fault) for fault in faults])


def _read_one(path: Path, sheets: list[OldBalanceSheet], journals: list[OldJournal]) -> list[str]:
    """Every table of a file that is one; a workbook may hold both, and sheets that are neither."""
    faults: list[str] = []
    before = len(sheets) + len(journals)
    there = _sheets_of(path)
    for sheet in there:
        journal, heading = journal_heading(sheet), heading_of(sheet)
        if journal is not None:
            read, found = read_journal(sheet, journal)
            journals.append(read)
            faults += found
        elif heading is not None:
            balances, found = read_balances(sheet, heading)
            sheets.append(balances)
            faults += found
    if len(sheets) + len(journals) == before:
        raise _neither(path, there)
    return faults


def _sheets_of(path: Path) -> list[RawSheet]:
    if kind_of(path) is not FileKind.WORKBOOK:
        return [read_raw(path)]
    from village_ledger.exchange.reading.workbook import read_sheets

    return [
        RawSheet(path, name, tuple((row, tuple(cells)) for row, cells in rows))
        for name, rows in read_sheets(path, MOST_RAW_ROWS)
    ]


def _neither(path: Path, sheets: Sequence[RawSheet]) -> UnreadableError:
    """What a file lacks to be one of the two; a heading that is almost one is told what is missing in it."""
    lacking = min((x for sheet in sheets if (x := lacking_of(sheet))), key=len, default=())
    if lacking:
        return UnreadableError(
            tr("“{name}”的表头里没有这些列：{columns}", name=path.name, columns="、".join(lacking)),
            tr("请在原软件里把这些列显示出来，再导出一次；或在表格里改成这样的表头。"),
        )
    return UnreadableError(
        tr("“{name}”不像科目余额表，也不像序时账", name=path.name),
        tr(
            "请在原软件里导出“科目余额表”（期初、本期发生、期末的借方和贷方）"
            "和“序时账”（日期、凭证字号、摘要、科目、借方和贷方）。"
        ),
    )


def _joined(
    sheet: OldBalanceSheet | None, journals: Sequence[OldJournal], paths: Sequence[Path]
) -> OldRecords:
    entities = sorted({x.entity for x in [*([sheet] if sheet else []), *journals] if x.entity})
    if len(entities) > 1:
        raise UnreadableError(
            tr("这些文件不是同一个单位的：{names}", names="、".join(entities)),
            tr("请一次只导入一个单位的账。"),
        )
    notices: list[str] = []
    vouchers = _one_of_each(journals, notices)
    accounts = dict(sheet.accounts) if sheet else {}
    for journal in sorted(journals, key=lambda one: one.is_flat):
        for code, (shown, path) in journal.names.items():
            if code not in accounts:
                accounts[code] = OldAccount(code, shown, path or (shown,))
    _close_paths(accounts)
    if sheet is not None:
        strange = sorted({x.code for v in vouchers for x in v.lines} - sheet.accounts.keys())
        _refuse(
            [
                tr(
                    "序时账里的 {code} {name}，科目余额表里没有。",
                    code=accounts[code].shown,
                    name=accounts[code].words,
                )
                for code in strange
            ]
        )
        _refuse(_below(vouchers, sheet))
    dotted = (sheet.dotted if sheet else False) or any(j.dotted for j in journals)
    return OldRecords(
        OldProgram.KINGDEE if dotted or any(j.is_flat for j in journals) else OldProgram.YONYOU,
        entities[0] if entities else "",
        sheet.span if sheet else _span_of(vouchers),
        accounts,
        sheet.balances if sheet else list[OldBalance](),
        vouchers,
        [path.name for path in paths],
        _digest(paths),
        notices,
    )


def _one_of_each(journals: Sequence[OldJournal], notices: list[str]) -> list[OldVoucher]:
    """Every voucher once; two files that hold one voucher must say the same."""
    found: dict[object, OldVoucher] = {}
    faults: list[str] = []
    twice = 0
    for journal in sorted(journals, key=lambda one: not one.is_flat):
        for voucher in journal.vouchers:
            other = found.setdefault(voucher.key, voucher)
            if other is voucher:
                continue
            twice += 1
            if _said(other) != _said(voucher):
                faults.append(tr("凭证 {ref} 在两个文件里写得不一样。", ref=voucher.ref))
    _refuse(faults)
    if twice:
        notices.append(tr("{count} 张凭证两个文件里都有，内容相同，以标准格式的为准。", count=twice))
    return sorted(found.values(), key=lambda v: (v.day, v.word, v.number))


def _said(voucher: OldVoucher) -> tuple[date, list[tuple[str, int, int]]]:
    return voucher.day, [(x.code, x.debit, x.credit) for x in voucher.lines]


def _below(vouchers: Sequence[OldVoucher], sheet: OldBalanceSheet) -> list[str]:
    """Lines on an account that has others below it."""
    leaves = {x.code for x in sheet.balances}
    return [
        tr(
            "第{row}行：凭证 {ref} 记在 {code} 上，它在科目余额表里还有下级。",
            row=line.row,
            ref=voucher.ref,
            code=sheet.accounts[line.code].shown,
        )
        for voucher in vouchers
        for line in voucher.lines
        if line.code not in leaves
    ]


def _close_paths(accounts: dict[str, OldAccount]) -> None:
    """A flat export names leaves only; names above them that another row gives are put before."""
    for code, account in list(accounts.items()):
        above = max((x for x in accounts if x != code and code.startswith(x)), key=len, default="")
        if above and len(account.path) == 1:
            accounts[code] = OldAccount(code, account.shown, (*accounts[above].path, account.name))


def _span_of(vouchers: Sequence[OldVoucher]) -> Span:
    first, last = Month.of(vouchers[0].day), Month.of(vouchers[-1].day)
    return Span(first.first, last.last)


def _digest(paths: Sequence[Path]) -> str:
    """One digest over all files, whatever order they were given in."""
    each: list[str] = []
    for path in paths:
        with path.open("rb") as stream:
            each.append(sha256(stream.read()).hexdigest())
    return sha256("\n".join(sorted(each)).encode()).hexdigest()

"""Every report by its name in the contract: what is read for it and which builder makes it.

make          one report of one ledger
make_all      the reports a name stands for: a disclosure pack has a sheet per ledger
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.errors import ChartError, LedgerError
from village_ledger.domain.period import Month
from village_ledger.domain.statement import STATUTORY
from village_ledger.reports.assets.catalogue_assets import ASSET_MAKERS
from village_ledger.reports.attachments.catalogue_attachments import ATTACHMENT_MAKERS
from village_ledger.reports.books.catalogue_closing import CLOSING_MAKERS
from village_ledger.reports.catalogue_oversight import OVERSIGHT_MAKERS
from village_ledger.reports.claims.catalogue_templates import TEMPLATE_MAKERS
from village_ledger.reports.contracts.catalogue_contracts import CONTRACT_MAKERS
from village_ledger.reports.counting.catalogue_counting import COUNTING_MAKERS
from village_ledger.reports.decisions.catalogue_decisions import DECISION_MAKERS
from village_ledger.reports.disclosure.catalogue_pack import DISCLOSURE_MAKERS, pack
from village_ledger.reports.disclosure.version_list import VERSION_MAKERS
from village_ledger.reports.dividends.catalogue_dividends import DIVIDEND_MAKERS
from village_ledger.reports.handover.catalogue_handover import HANDOVER_MAKERS
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.limits.catalogue_limits import LIMIT_MAKERS
from village_ledger.reports.merger.catalogue_merger import MERGER_MAKERS
from village_ledger.reports.oldbooks.catalogue_oldbooks import OLDBOOK_MAKERS
from village_ledger.reports.parcels.catalogue_parcels import PARCEL_MAKERS
from village_ledger.reports.projects.catalogue_projects import PROJECT_MAKERS
from village_ledger.reports.request import (
    ReportRequest,
    issuer_of,
    span_of,
    vouchers_of,
    warnings_of,
    year_before,
)
from village_ledger.reports.separation.catalogue_separation import MAKERS as SEPARATION_MAKERS
from village_ledger.reports.separation.catalogue_separation import OVER_BOTH as SEPARATION_OVER_BOTH
from village_ledger.reports.shares.catalogue_shares import SHARE_MAKERS
from village_ledger.services.closing.own_statements import PREFIX

if TYPE_CHECKING:
    from village_ledger.reports.books.detail_ledger import Book
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def make(reader: Reader, name: str, request: ReportRequest) -> Table:
    """A report as a Table. A disclosure sheet carries its check code; take it off if it cannot be registered.

    Raises LedgerError for a name or ledger that does not exist, ChartError for an account.
    """
    maker = _statement(name) if name.startswith(PREFIX) else _MAKERS.get(name)
    if maker is None:
        raise LedgerError(f"没有叫“{name}”的报表", f"可以是：{'、'.join(_MAKERS)}。")
    if not request.ledger and name not in _OVER_BOTH:
        request = replace(request, ledger=_only_ledger(reader))
    return maker(reader, request)


def make_all(reader: Reader, name: str, request: ReportRequest) -> list[Table]:
    """One table, or for a disclosure the pack's sheets of each ledger."""
    if name == "disclosure":
        return pack(reader, request, request.sheets)
    if name == "stock-take":
        from village_ledger.reports.counting.catalogue_counting import whole_set

        return whole_set(reader, replace(request, ledger=request.ledger or _only_ledger(reader)))
    if name == "bank-reconciliation":
        from village_ledger.reports.bank.catalogue_bank import each_account

        asked = replace(request, ledger=request.ledger or _only_ledger(reader))
        return [make(reader, name, one) for one in each_account(reader, asked)]
    return [make(reader, name, request)]


def _only_ledger(reader: Reader) -> str:
    ledgers = reader.ledgers()
    if len(ledgers) == 1:
        return ledgers[0].code
    names = "、".join(f"{info.code}（{info.title}）" for info in ledgers)
    raise LedgerError("没有说是哪一本账", f"请指明：{names}。")


def _trial_balance(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.books.trial_balance import trial_balance

    info, span = reader.ledger(request.ledger), span_of(reader, request)
    turnovers = reader.turnovers(info.code, span)
    return trial_balance(
        issuer_of(reader, info.code),
        reader.chart(info.code),
        turnovers,
        span,
        warnings_of(reader, info, span),
    )


def _account_ledger(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.books.detail_ledger import account_ledger

    if not request.account:
        raise ChartError("没有说是哪个科目的明细账", "请指明科目编码。")
    return account_ledger(*_book(reader, request, request.account))


def _cash_journal(reader: Reader, request: ReportRequest) -> Table:
    return _journal(reader, request, "cash-journal", Money.CASH)


def _bank_journal(reader: Reader, request: ReportRequest) -> Table:
    return _journal(reader, request, "bank-journal", Money.BANK)


def _journal(reader: Reader, request: ReportRequest, report: str, kind: Money) -> Table:
    """A journal; beside money stands whom it came from or went to, which the vouchers' other lines say."""
    from village_ledger.reports.books.detail_ledger import journal
    from village_ledger.reports.books.journal_names import named_all

    code = request.account or _money_account(reader.chart(request.ledger), kind)
    issuer, book, warnings = _book(reader, request, code)
    entries = book.entries
    return journal(issuer, replace(book, entries=lambda: named_all(reader, entries())), report, warnings)


def _money_account(chart: Chart, kind: Money) -> str:
    """The first-level account of this kind of money: all of it in one journal."""
    for account in chart:
        if account.money is kind and account.level == 1:
            return account.code
    raise ChartError(f"本账没有{kind.value}科目", "请核对科目表。")


def _book(reader: Reader, request: ReportRequest, code: str) -> tuple[Issuer, Book, list[str]]:
    from village_ledger.reports.books.detail_ledger import Book

    info, span, chart = reader.ledger(request.ledger), span_of(reader, request), reader.chart(request.ledger)
    lines = reader.account_ledger(info.code, code, span)
    leaves = [account.code for account in chart if account.is_leaf and account.code.startswith(code)]
    days = reader.ledger_days(info.code, leaves, span) if leaves else []
    book = Book(
        account=lines.account,
        path=chart.path(code),
        span=span,
        opening=lines.opening,
        entries=lambda: iter(lines),
        lines=lines.count,
        months=list(dict.fromkeys(Month.of(month.last) for month, *_ in lines.months)),
        year_before=year_before(reader, info, code, span),
        is_new=span.first <= info.start.first,
        busy_days=sum(count > 1 for _, _, _, count in days),
    )
    return issuer_of(reader, info.code), book, warnings_of(reader, info, span)


def _voucher(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.vouchers.voucher_form import voucher_list

    issuer, chart = issuer_of(reader, request.ledger), reader.chart(request.ledger)
    span = None if request.voucher else span_of(reader, request)
    return voucher_list(issuer, chart, vouchers_of(reader, request), span)


def _whole_book(report: str) -> Callable[[Reader, ReportRequest], Table]:
    def made(reader: Reader, request: ReportRequest) -> Table:
        from village_ledger.reports.books.catalogue_book import WHOLE_BOOK

        return WHOLE_BOOK[report](reader, request)

    return made


def _statement(report: str) -> Callable[[Reader, ReportRequest], Table]:
    def made(reader: Reader, request: ReportRequest) -> Table:
        from village_ledger.reports.statements.catalogue_statements import statement_sheet

        return statement_sheet(reader, report, request).table

    return made


def _elsewhere(module: str, name: str) -> Callable[[Reader, ReportRequest], Table]:
    """A report whose figures are gathered in a module beside this one, imported when it is asked for."""

    def made(reader: Reader, request: ReportRequest) -> Table:
        maker: Callable[[Reader, ReportRequest], Table]
        maker = getattr(import_module(f"village_ledger.reports.{module}"), name)
        return maker(reader, request)

    return made


def sheet_differences(reader: Reader, code: str) -> list[str]:
    """What the book says today against the sheet posted under this check code: which figure, then and now.

    Empty when nothing changed; raises LedgerError when no sheet was registered under the code.
    """
    from village_ledger.reports.disclosure.sheet_check import Verdict, check_sheet

    found = check_sheet(reader, code)
    if found.verdict is Verdict.UNKNOWN:
        raise LedgerError(f"账里没有登记过校验码 {code}", "请核对校验码，也看看是不是另一个村的账。")
    return [one.difference.sentence for one in found.figures]


_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "trial-balance": _trial_balance,
    "opening": _elsewhere("staff.catalogue_setup", "opening_of"),
    **{name: _statement(name) for name in STATUTORY},
    "general-ledger": _elsewhere("statements.catalogue_statements", "general_ledger_of"),
    "account-ledger": _account_ledger,
    "cash-journal": _cash_journal,
    "bank-journal": _bank_journal,
    "quantity-ledger": _elsewhere("books.catalogue_quantity", "quantity_ledger_of"),
    "multi-column": _elsewhere("statements.catalogue_statements", "multi_column_of"),
    "voucher": _voucher,
    "voucher-summary": _elsewhere("statements.catalogue_statements", "voucher_summary_of"),
    "close-checklist": _elsewhere("statements.catalogue_statements", "close_checklist_of"),
    **{name: _whole_book(name) for name in ("number-gaps", "operation-log", "staff-list")},
    **DISCLOSURE_MAKERS,
    **TEMPLATE_MAKERS,
    **CLOSING_MAKERS,
    **DIVIDEND_MAKERS,
    "member-register": _elsewhere("people.catalogue_members", "member_register_of"),
    "register-filing": _elsewhere("people.catalogue_members", "register_filing_of"),
    **SEPARATION_MAKERS,
    "inter-ledger": _elsewhere("transfers.catalogue_interledger", "inter_ledger_of"),
    "earmarked-funds": _elsewhere("claims.catalogue_funds", "earmarked_funds"),
    "pass-through": _elsewhere("claims.catalogue_funds", "pass_through"),
    "combined": _elsewhere("statements.catalogue_combined", "combined_of"),
    "notes": _elsewhere("statements.catalogue_notes", "notes_of"),
    "claim-register": _elsewhere("claims.catalogue_claims", "claims_of"),
    "advances": _elsewhere("claims.catalogue_claims", "advances_of"),
    "receipt-books": _elsewhere("claims.catalogue_claims", "receipts_of"),
    "cash-count": _elsewhere("bank.catalogue_cash_count", "cash_count_of"),
    "bank-reconciliation": _elsewhere("bank.catalogue_bank", "bank_reconciliation_of"),
    **SHARE_MAKERS,
    **ASSET_MAKERS,
    **PARCEL_MAKERS,
    **CONTRACT_MAKERS,
    **DECISION_MAKERS,
    **LIMIT_MAKERS,
    **PROJECT_MAKERS,
    **ATTACHMENT_MAKERS,
    **COUNTING_MAKERS,
    **HANDOVER_MAKERS,
    **MERGER_MAKERS,
    **OLDBOOK_MAKERS,
    **OVERSIGHT_MAKERS,
    **VERSION_MAKERS,
}
_SPEAK_OF_ALL = (
    "inter-ledger number-gaps member-register register-filing operation-log staff-list earmarked-funds pass-through "
    "combined small-powers handover disclosure-calendar disclosure-unmasked sheet-versions "
    "review-checks review-sample review-opinion"
)
_WHOLLY = (SHARE_MAKERS, DIVIDEND_MAKERS, DECISION_MAKERS, CONTRACT_MAKERS, MERGER_MAKERS)
_OVER_BOTH = {*SEPARATION_OVER_BOTH, *_SPEAK_OF_ALL.split(), *(name for area in _WHOLLY for name in area)}
REPORTS = tuple(_MAKERS)
SPEAK_OF_ALL = frozenset(_OVER_BOTH)
"""Reports that speak of the whole book when no ledger is named."""

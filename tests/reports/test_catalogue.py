"""Every report by its name, from a real book."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import made
from village_ledger.domain.errors import ChartError, LedgerError, PeriodError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherRef
from village_ledger.reports.catalogue import (
    REPORTS,
    ReportRequest,
    make,
    make_all,
    sheet_differences,
    span_of,
)
from village_ledger.reports.pens.check_code import figures_json
from village_ledger.reports.pens.render_text import json_text
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.printing import print_report
from village_ledger.reports.table import LazyRows, Role
from village_ledger.services.disclosure.registering import register
from village_ledger.storage.file.book_file import Access, open_book

NOVEMBER, DECEMBER = Span.of_month(Month(2025, 11)), Span.of_month(Month(2025, 12))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = made.demo(tmp_path_factory.mktemp("book"), closed=False)
    with open_book(path, Access.WRITE, "王秀英") as opened:
        yield opened


@pytest.fixture
def reader(book):
    return book.reader()


def request(name: str) -> ReportRequest:
    account = {"account-ledger": "102", "multi-column": "513", "quantity-ledger": "12102"}.get(name, "")
    span = DECEMBER if name == "share-equality" else NOVEMBER  # certificates are renewed on 10 December
    household = "019" if name == "share-history" else ""
    return ReportRequest(
        "committee" if name == "surplus" else "collective", span, account, household=household
    )


WANTING = {
    "separation-list",
    "separation-signoff",
    "separation-opening",
    "bank-reconciliation",
    "parcel",
    "decision",
    "panel-sheet",
    "panel-lots",
    "payment-approval",
    "project-account",
    "stock-take",
    "stock-take-differences",
    "handover",
    "posting-record",
    "disclosure-lines",
    "asset-card",
    "creditor-notices",
    "merger-origin",
    "merger-comparison",
    "merger-matters",
    "merger-codes",
    "merger-shares",
    "old-comparison",
}
"""Reports of one named thing, and those this book has nothing for: it was never split or merged and has no bank accounts."""


@pytest.mark.parametrize("name", [name for name in REPORTS if name not in WANTING])
def test_every_report_is_made_counted_and_printed(reader, name, tmp_path):
    wanted = ReportRequest() if name in {"number-gaps", "operation-log"} else request(name)
    table = make(reader, name, wanted)
    rows = list(table.rows)
    assert table.report == name
    assert isinstance(table.rows, (tuple, LazyRows))
    assert len(rows) == len(table.rows)
    assert all(len(row.cells) == len(table.columns) for row in rows)
    assert all(check.ok for check in table.checks)
    made = json.loads("".join(json_text(table)))
    assert len(made["sheets"][0]["rows"] if name == "disclosure" else made["rows"]) == len(rows)
    assert print_report(reader, name, wanted, tmp_path / "a.pdf", WallSize.DESK).missing == ()


def test_a_month_without_vouchers_is_not_printed_on_voucher_paper(reader, tmp_path):
    """A file without a page is one that nobody can read."""
    empty = ReportRequest("collective", Span.of_month(Month(2031, 7)))
    with pytest.raises(PeriodError, match="2031年7月没有凭证"):
        print_report(reader, "voucher", empty, tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())


def test_names_and_ledgers_that_do_not_exist_are_refused(reader):
    with pytest.raises(LedgerError, match="没有叫“balance”的报表"):
        make(reader, "balance", ReportRequest("collective"))
    with pytest.raises(LedgerError):
        make(reader, "trial-balance", ReportRequest("nowhere"))
    with pytest.raises(LedgerError, match="哪一本账"):
        make(reader, "trial-balance", ReportRequest())
    with pytest.raises(ChartError):
        make(reader, "account-ledger", ReportRequest("collective"))
    with pytest.raises(ChartError):
        make(reader, "account-ledger", ReportRequest("collective", account="999"))


def test_ledger_and_trial_balance_tell_the_same(reader):
    balance = {row.cells[0]: row for row in make(reader, "trial-balance", request("trial-balance")).rows}[
        "102"
    ]
    *_, last = make(reader, "account-ledger", request("account-ledger")).rows
    assert (last.cells[2], last.cells[4], last.cells[5]) == ("本年累计", balance.cells[6], balance.cells[7])
    assert last.cells[7] == balance.cells[8]


def test_a_journal_names_whom_the_money_went_to(reader):
    rows = [
        row for row in make(reader, "bank-journal", request("bank-journal")).rows if row.role is Role.DETAIL
    ]
    assert sum(bool(row.cells[3]) for row in rows) > len(rows) / 2


def test_without_days_the_last_open_year_is_meant(reader):
    assert span_of(reader, ReportRequest("collective")) == Span.of_year(2025)


def test_an_open_month_is_said_on_the_sheet(reader):
    table = make(reader, "disclosure", request("disclosure"))
    assert table.warnings[0] == "未结账：2025年11月还没有结账，数字可能变动。"


def test_a_pack_has_a_sheet_for_each_ledger_with_its_own_code(reader):
    sheets = make_all(reader, "disclosure", ReportRequest(span=NOVEMBER))
    assert [sheet.ledger for sheet in sheets if sheet.report == "disclosure"] == ["collective", "committee"]
    assert len({sheet.check_code for sheet in sheets}) == len(sheets)
    again = make_all(reader, "disclosure", ReportRequest(span=NOVEMBER))
    assert [sheet.check_code for sheet in again] == [sheet.check_code for sheet in sheets]


def test_a_registered_sheet_still_agrees_with_the_book(book):
    table = make(book.reader(), "disclosure", request("disclosure"))
    with book.unit_of_work("王秀英") as uow:
        register(uow, str(table.check_code), "collective", "disclosure", NOVEMBER, figures_json(table))
        uow.commit()
    assert sheet_differences(book.reader(), str(table.check_code)) == []
    with pytest.raises(LedgerError, match="没有登记过校验码"):
        sheet_differences(book.reader(), "NOSUCHCODE22")


def test_one_voucher_or_a_months_vouchers(reader):
    ref = VoucherRef(Month(2025, 11), "记", 4)
    one = make(reader, "voucher", ReportRequest("collective", voucher=ref))
    assert {row.cells[1] for row in one.rows} == {"记-0004"}
    month = make(reader, "voucher", request("voucher"))
    assert len({row.cells[1] for row in month.rows}) == int(month.heading[0].split()[1])


def test_a_span_inside_a_month_has_its_own_opening(reader):
    span = Span(date(2025, 11, 10), date(2025, 11, 20))
    whole, part = (
        make(reader, "account-ledger", ReportRequest("collective", days, "102")) for days in (NOVEMBER, span)
    )
    before = [row for row in whole.rows if row.role is Role.DETAIL and str(row.cells[0]) < str(span.first)]
    first = next(iter(part.rows))
    assert first.cells[7] == before[-1].cells[7]

"""Which pages there are: a name, and where its class is; a page's module is loaded on the first visit only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from village_ledger.ui.page import Page

_HOMES = {
    "home": "home_page.HomePage",
    "voucher": "voucher_page.VoucherPage",
    "voucher_list": "voucher_list_page.VoucherListPage",
    "work": "work_page.WorkPage",
    "posting_event": "posting_event_page.PostingEventPage",
    "copy_across": "copy_across_page.CopyAcrossPage",
    "templates": "templates_page.TemplatesPage",
    "recurring": "recurring_page.RecurringPage",
    "prepaid": "prepaid_page.PrepaidPage",
    "project_funds": "project_funds_page.ProjectFundsPage",
    "budget": "budget_page.BudgetPage",
    "bank": "bank_page.BankPage",
    "bank_import": "bank_import_page.BankImportPage",
    "bank_accounts": "bank_accounts_page.BankAccountsPage",
    "trial_balance": "trial_balance_page.TrialBalancePage",
    "ledger": "ledger_page.LedgerPage",
    "claims": "claims_page.ClaimsPage",
    "claim": "claim_page.ClaimPage",
    "advances": "advances_page.AdvancesPage",
    "cash_count": "cash_count_page.CashCountPage",
    "receipt_books": "receipts_page.ReceiptsPage",
    "preview": "preview_page.PreviewPage",
    "calibration": "calibration_page.CalibrationPage",
    "reports": "reports_page.ReportsPage",
    "report_table": "report_table_page.ReportTablePage",
    "notes": "notes_page.NotesPage",
    "own_statements": "own_statements_page.OwnStatementsPage",
    "statement": "statement_page.StatementPage",
    "statement_figure": "statement_figure_page.StatementFigurePage",
    "closing": "closing_page.ClosingPage",
    "reopen_month": "month_forms.ReopenPage",
    "seal_month": "month_forms.SealPage",
    "year_end": "year_end_page.YearEndPage",
    "distribution": "distribution_page.DistributionPage",
    "transfers": "transfers_page.TransfersPage",
    "transfer": "transfer_page.TransferPage",
    "resolutions": "resolutions_page.ResolutionsPage",
    "disclosure": "disclosure_page.DisclosurePage",
    "members": "members_page.MembersPage",
    "member_import": "member_import_page.MemberImportPage",
    "household": "household_page.HouseholdPage",
    "certificates": "certificates_page.CertificatesPage",
    "share_register": "share_register_page.ShareRegisterPage",
    "share_event": "share_event_page.ShareEventPage",
    "share_cases": "share_cases_page.ShareCasesPage",
    "charter": "charter_page.CharterPage",
    "dividend_run": "dividend_run_page.DividendRunPage",
    "dividend_payments": "dividend_payments_page.DividendPaymentsPage",
    "person_form": "person_form_page.PersonFormPage",
    "backup": "backup_page.BackupPage",
    "settings": "settings_page.SettingsPage",
    "staff": "staff_page.StaffPage",
    "operation_log": "log_page.LogPage",
    "start": "start_page.StartPage",
    "new_book": "setup_page.SetupPage",
    "opening": "opening_page.OpeningPage",
    "last_year": "last_year_page.LastYearPage",
    "ledgers": "ledgers_page.LedgersPage",
    "separation": "separation_page.SeparationPage",
}
"""Module of this room and class, by the name ``Navigator.open`` takes."""


def _load(home: str) -> type[Page]:
    module, _, name = home.rpartition(".")
    return cast("type[Page]", getattr(import_module(f"village_ledger.ui.{module}"), name))


FACTORIES: dict[str, Callable[[], type[Page]]] = {name: partial(_load, home) for name, home in _HOMES.items()}
"""Pages by name. What the shell itself passes: ``voucher`` takes ``draft_id`` to go on with a found draft and nothing for
a new voucher; the others take nothing."""

NAV_UPPER = (
    ("home", "首页", "home"),
    ("voucher_list", "凭证", "voucher"),
    ("work", "办事", "work"),
    ("trial_balance", "账簿", "book"),
    ("reports", "报表", "reports"),
    ("closing", "结账", "lock"),
    ("disclosure", "公开", "board"),
    ("members", "成员", "member"),
)
"""Entries of the left bar: page, word, icon."""
NAV_LOWER = (("backup", "备份", "backup"), ("settings", "设置", "settings"))

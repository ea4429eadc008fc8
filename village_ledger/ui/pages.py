"""Which pages there are: a name, and where its class is; a page's module is loaded on the first visit only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from village_ledger.ui.page import Page

_HOMES = {
    "home": "desk.home_page.HomePage",
    "voucher": "voucher.voucher_page.VoucherPage",
    "voucher_list": "voucher.voucher_list_page.VoucherListPage",
    "work": "desk.work_page.WorkPage",
    "works": "desk.works_page.WorksPage",
    "posting_event": "voucher.posting_event_page.PostingEventPage",
    "copy_across": "transfers.copy_across_page.CopyAcrossPage",
    "templates": "voucher.templates_page.TemplatesPage",
    "recurring": "voucher.recurring_page.RecurringPage",
    "prepaid": "planning.prepaid_page.PrepaidPage",
    "project_funds": "planning.project_funds_page.ProjectFundsPage",
    "budget": "planning.budget_page.BudgetPage",
    "bank": "bank.bank_page.BankPage",
    "bank_import": "bank.bank_import_page.BankImportPage",
    "bank_accounts": "bank.bank_accounts_page.BankAccountsPage",
    "trial_balance": "sheets.trial_balance_page.TrialBalancePage",
    "ledger": "sheets.ledger_page.LedgerPage",
    "claims": "claims.claims_page.ClaimsPage",
    "claim": "claims.claim_page.ClaimPage",
    "advances": "claims.advances_page.AdvancesPage",
    "cash_count": "bank.cash_count_page.CashCountPage",
    "receipt_books": "claims.receipts_page.ReceiptsPage",
    "preview": "sheets.preview_page.PreviewPage",
    "calibration": "sheets.calibration_page.CalibrationPage",
    "reports": "desk.reports_page.ReportsPage",
    "report_table": "sheets.report_table_page.ReportTablePage",
    "notes": "sheets.notes_page.NotesPage",
    "own_statements": "sheets.own_statements_page.OwnStatementsPage",
    "statement": "sheets.statement_page.StatementPage",
    "statement_figure": "sheets.statement_figure_page.StatementFigurePage",
    "closing": "closing.closing_page.ClosingPage",
    "reopen_month": "closing.month_forms.ReopenPage",
    "seal_month": "closing.month_forms.SealPage",
    "year_end": "closing.year_end_page.YearEndPage",
    "distribution": "closing.distribution_page.DistributionPage",
    "transfers": "transfers.transfers_page.TransfersPage",
    "transfer": "transfers.transfer_page.TransferPage",
    "resolutions": "transfers.resolutions_page.ResolutionsPage",
    "disclosure": "disclosure.disclosure_page.DisclosurePage",
    "first_page": "disclosure.first_page.FirstPage",
    "disclosure_lines": "disclosure.public_table.LinesPage",
    "sheet_rows": "disclosure.sheet_rows_page.SheetRowsPage",
    "unmasked": "disclosure.public_table.UnmaskedPage",
    "sheet_check": "disclosure.sheet_check_page.SheetCheckPage",
    "disclosure_calendar": "disclosure.calendar_page.CalendarPage",
    "disclosure_rules": "disclosure.calendar_rules_page.CalendarRulesPage",
    "disclosure_matters": "disclosure.matters_page.MattersPage",
    "postings": "disclosure.postings_page.PostingsPage",
    "posting": "disclosure.posting_page.PostingPage",
    "members": "people.members_page.MembersPage",
    "member_import": "people.member_import_page.MemberImportPage",
    "household": "people.household_page.HouseholdPage",
    "certificates": "shares.certificates_page.CertificatesPage",
    "share_register": "shares.share_register_page.ShareRegisterPage",
    "share_event": "shares.share_event_page.ShareEventPage",
    "share_cases": "shares.share_cases_page.ShareCasesPage",
    "charter": "shares.charter_page.CharterPage",
    "dividend_run": "dividends.dividend_run_page.DividendRunPage",
    "dividend_payments": "dividends.dividend_payments_page.DividendPaymentsPage",
    "person_form": "people.person_form_page.PersonFormPage",
    "export": "exports.export_page.ExportPage",
    "backup": "desk.backup_page.BackupPage",
    "settings": "desk.settings_page.SettingsPage",
    "staff": "staff.staff_page.StaffPage",
    "operation_log": "staff.log_page.LogPage",
    "start": "beginning.start_page.StartPage",
    "new_book": "beginning.setup_page.SetupPage",
    "opening": "beginning.opening_page.OpeningPage",
    "last_year": "beginning.last_year_page.LastYearPage",
    "ledgers": "transfers.ledgers_page.LedgersPage",
    "due": "contracts.due_page.DuePage",
    "contracts": "contracts.contracts_page.ContractsPage",
    "contract": "contracts.contract_page.ContractPage",
    "contract_form": "contracts.contract_form_page.ContractFormPage",
    "contract_act": "contracts.contract_act_page.ContractActPage",
    "contract_import": "contracts.contract_import_page.ContractImportPage",
    "limits": "limits.limits_page.LimitsPage",
    "small_powers": "limits.small_powers_page.SmallPowersPage",
    "incomplete_papers": "limits.incomplete_page.IncompletePage",
    "payment": "limits.payment_page.PaymentPage",
    "projects": "projects.projects_page.ProjectsPage",
    "project": "projects.project_page.ProjectPage",
    "separation": "separation.separation_page.SeparationPage",
    "indicators": "indicators.indicators_page.IndicatorsPage",
    "evidence": "attachments.evidence_page.EvidencePage",
    "invoice_intake": "attachments.invoice_intake_page.InvoiceIntakePage",
    "merger": "merger.merger_page.MergerPage",
    "merger_follow": "merger.merger_follow_page.MergerFollowPage",
    "old_import": "oldbooks.old_import_page.OldImportPage",
    "assets": "assets.assets_page.AssetsPage",
    "asset_card": "assets.asset_card_page.AssetCardPage",
    "asset_form": "assets.asset_form_page.AssetFormPage",
    "asset_import": "assets.asset_import_page.AssetImportPage",
    "depreciation": "assets.depreciation_page.DepreciationPage",
    "desk": "review.desk_page.DeskPage",
    "agency": "agency.agency_page.AgencyPage",
    "agency_review": "agency.agency_review_page.AgencyReviewPage",
    "agency_staff": "agency.agency_staff_page.AgencyStaffPage",
    "agency_new": "agency.new_workspace_page.NewWorkspacePage",
    "agency_batch": "agency.agency_batch_page.AgencyBatchPage",
    "desk_list": "review.desk_list_page.DeskListPage",
    "desk_sample": "review.desk_sample_page.DeskSamplePage",
    "review_sample": "review.sample_page.SamplePage",
    "agency_summary": "agency.agency_summary_page.AgencySummaryPage",
    "agency_log": "agency.agency_log_page.AgencyLogPage",
    "pinned": "review.pinned_page.PinnedPage",
    "second_reviews": "review.second_reviews_page.SecondReviewsPage",
    "packages": "review.packages_page.PackagesPage",
    "remarks": "review.remarks_page.RemarksPage",
    "review_checks": "review.found_pages.ChecksPage",
    "package_proof": "review.found_pages.ProofPage",
    "stock_takes": "counting.stock_takes_page.StockTakesPage",
    "stock_take": "counting.stock_take_page.StockTakePage",
    "handovers": "handover.handovers_page.HandoversPage",
    "handover": "handover.handover_page.HandoverPage",
    "old_matters": "handover.old_matters_page.OldMattersPage",
    "parcels": "parcels.parcels_page.ParcelsPage",
    "parcel": "parcels.parcel_page.ParcelPage",
    "parcel_form": "parcels.parcel_form_page.ParcelFormPage",
    "decisions": "decisions.decisions_page.DecisionsPage",
    "decision": "decisions.decision_page.DecisionPage",
    "decision_form": "decisions.decision_form_page.DecisionFormPage",
    "panel_draw": "decisions.panel_draw_page.PanelDrawPage",
    "panel": "decisions.panel_page.PanelPage",
}
"""Module of this room and class, by the name ``Navigator.open`` takes."""


def _load(home: str) -> type[Page]:
    module, _, name = home.rpartition(".")
    return cast("type[Page]", getattr(import_module(f"village_ledger.ui.{module}"), name))


_FRONT = ("start", "new_book", "desk", "desk_list", "desk_sample")
_AGENCY = (
    *("agency", "agency_review", "agency_staff", "agency_new", "agency_batch", "agency_summary"),
    "agency_log",
)
_ACTS = (
    *("posting_event", "copy_across", "transfer", "invoice_intake", "bank_import", "old_import", "backup"),
    *("reopen_month", "seal_month", "distribution", "separation", "merger"),
    *("member_import", "person_form", "share_event", "decision_form"),
    *("contract_form", "contract_act", "contract_import"),
    *("asset_form", "asset_import", "parcel_form"),
)
_ONLY_ACTS = frozenset((*_FRONT, *_AGENCY, *_ACTS))
_NEW_WITHOUT = {"voucher": "voucher_id", "claim": "claim_id"}
"""Pages that show one thing, and begin a new one where they are not told which."""


def only_acts(name: str, where: Mapping[str, object] | None = None) -> bool:
    """Whether there is nothing to read on a page at a place: it is not offered nor opened while a package is."""
    return name in _ONLY_ACTS or (name in _NEW_WITHOUT and _NEW_WITHOUT[name] not in (where or {}))


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
    ("works", "资产", "asset"),
)
"""Entries of the left bar: page, word, icon."""
NAV_LOWER = (("backup", "备份", "backup"), ("settings", "设置", "settings"))

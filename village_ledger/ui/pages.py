"""Which pages there are: a name, and a factory that loads the page's module on the first visit only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.ui.page import Page


def _home() -> type[Page]:
    from village_ledger.ui.home_page import HomePage

    return HomePage


def _voucher() -> type[Page]:
    from village_ledger.ui.voucher_page import VoucherPage

    return VoucherPage


def _voucher_list() -> type[Page]:
    from village_ledger.ui.voucher_list_page import VoucherListPage

    return VoucherListPage


def _trial_balance() -> type[Page]:
    from village_ledger.ui.trial_balance_page import TrialBalancePage

    return TrialBalancePage


def _ledger() -> type[Page]:
    from village_ledger.ui.ledger_page import LedgerPage

    return LedgerPage


def _preview() -> type[Page]:
    from village_ledger.ui.preview_page import PreviewPage

    return PreviewPage


def _disclosure() -> type[Page]:
    from village_ledger.ui.disclosure_page import DisclosurePage

    return DisclosurePage


def _reports() -> type[Page]:
    from village_ledger.ui.reports_page import ReportsPage

    return ReportsPage


def _settings() -> type[Page]:
    from village_ledger.ui.settings_page import SettingsPage

    return SettingsPage


def _start() -> type[Page]:
    from village_ledger.ui.start_page import StartPage

    return StartPage


def _new_book() -> type[Page]:
    from village_ledger.ui.new_book_page import NewBookPage

    return NewBookPage


FACTORIES = {
    "home": _home,
    "voucher": _voucher,
    "voucher_list": _voucher_list,
    "trial_balance": _trial_balance,
    "ledger": _ledger,
    "preview": _preview,
    "reports": _reports,
    "disclosure": _disclosure,
    "settings": _settings,
    "start": _start,
    "new_book": _new_book,
}
"""Pages by name, as ``Navigator.open`` takes it. What the shell itself passes: ``voucher`` takes ``draft_id`` to go on
with a found draft and nothing for a new voucher; the others take nothing."""

NAV_UPPER = (
    ("home", "首页", "home"),
    ("voucher_list", "凭证", "voucher"),
    ("trial_balance", "账簿", "book"),
    ("reports", "报表", "reports"),
    ("disclosure", "公开", "board"),
)
"""Entries of the left bar: page, word, icon."""
NAV_LOWER = (("settings", "设置", "settings"),)

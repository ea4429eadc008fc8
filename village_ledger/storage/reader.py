"""Everything that can be read from a book, as domain values and records."""

from __future__ import annotations

from village_ledger.storage.assets.queries import AssetQueries
from village_ledger.storage.attachments.queries import AttachmentQueries
from village_ledger.storage.bank.queries import BankQueries
from village_ledger.storage.calendar.queries import CalendarQueries
from village_ledger.storage.cash_counts.queries import CashCountQueries
from village_ledger.storage.certificates.queries import CertificateQueries
from village_ledger.storage.claims.queries import ClaimQueries
from village_ledger.storage.closing.queries import ClosingQueries
from village_ledger.storage.contracts.queries import ContractQueries
from village_ledger.storage.counting.queries import CountingQueries
from village_ledger.storage.decisions.queries import DecisionQueries
from village_ledger.storage.disclosure.queries import DisclosureQueries
from village_ledger.storage.disclosure.queries_postings import PostingQueries
from village_ledger.storage.disclosure.queries_versions import VersionQueries
from village_ledger.storage.dividends.queries import DividendQueries
from village_ledger.storage.handover.queries import HandoverQueries
from village_ledger.storage.limits.queries import LimitQueries
from village_ledger.storage.merger.queries import MergerQueries
from village_ledger.storage.oldbooks.queries import OldBookQueries
from village_ledger.storage.parcels.queries import ParcelQueries
from village_ledger.storage.people.queries import PeopleQueries
from village_ledger.storage.projects.queries import ProjectQueries
from village_ledger.storage.quantity.queries import QuantityQueries
from village_ledger.storage.review.queries import ReviewQueries
from village_ledger.storage.review.queries_scan import ScanQueries
from village_ledger.storage.separation.queries import SeparationQueries
from village_ledger.storage.setup.queries import SetupQueries
from village_ledger.storage.shares.queries import ShareQueries
from village_ledger.storage.staff.queries import StaffQueries
from village_ledger.storage.statements.queries import StatementQueries
from village_ledger.storage.statements.queries_own import OwnQueries
from village_ledger.storage.templates.queries import TemplateQueries
from village_ledger.storage.vouchers.queries import VoucherQueries
from village_ledger.storage.vouchers.queries_waiting import WaitingQueries


class Reader(
    SetupQueries,
    VoucherQueries,
    StatementQueries,
    StaffQueries,
    OwnQueries,
    BankQueries,
    ClosingQueries,
    ClaimQueries,
    CashCountQueries,
    TemplateQueries,
    SeparationQueries,
    QuantityQueries,
    DisclosureQueries,
    VersionQueries,
    PostingQueries,
    CalendarQueries,
    ReviewQueries,
    ScanQueries,
    DividendQueries,
    CertificateQueries,
    ShareQueries,
    PeopleQueries,
    AssetQueries,
    ParcelQueries,
    ContractQueries,
    DecisionQueries,
    LimitQueries,
    ProjectQueries,
    AttachmentQueries,
    CountingQueries,
    HandoverQueries,
    MergerQueries,
    OldBookQueries,
    WaitingQueries,
):
    """Reads a book through the calling thread's connection; cheap to make."""

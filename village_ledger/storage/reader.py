"""Everything that can be read from a book, as domain values and records."""

from __future__ import annotations

from village_ledger.storage.queries_bank import BankQueries
from village_ledger.storage.queries_cash_counts import CashCountQueries
from village_ledger.storage.queries_certificates import CertificateQueries
from village_ledger.storage.queries_claims import ClaimQueries
from village_ledger.storage.queries_closing import ClosingQueries
from village_ledger.storage.queries_dividends import DividendQueries
from village_ledger.storage.queries_own import OwnQueries
from village_ledger.storage.queries_people import PeopleQueries
from village_ledger.storage.queries_quantity import QuantityQueries
from village_ledger.storage.queries_separation import SeparationQueries
from village_ledger.storage.queries_setup import SetupQueries
from village_ledger.storage.queries_shares import ShareQueries
from village_ledger.storage.queries_staff import StaffQueries
from village_ledger.storage.queries_statements import StatementQueries
from village_ledger.storage.queries_templates import TemplateQueries
from village_ledger.storage.queries_vouchers import VoucherQueries


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
    DividendQueries,
    CertificateQueries,
    ShareQueries,
    PeopleQueries,
):
    """Reads a book through the calling thread's connection; cheap to make."""

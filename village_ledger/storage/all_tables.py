"""Every table of the present format: the core's and those of each area, gathered on one metadata.

A new area is a module ``<area>/tables`` below this one, its triggers in ``<area>/triggers`` (listed in ``triggers``) and its
``migrations/versions/v0005_<area>.sql``, which ``python -m tests.old_books.ddl <area>`` prints.
"""

from __future__ import annotations

from village_ledger.storage.assets import tables as tables_assets
from village_ledger.storage.attachments import tables as tables_attachments
from village_ledger.storage.bank import tables as tables_bank
from village_ledger.storage.calendar import tables as tables_calendar
from village_ledger.storage.cash_counts import tables as tables_cash_counts
from village_ledger.storage.certificates import tables as tables_certificates
from village_ledger.storage.claims import tables as tables_claims
from village_ledger.storage.closing import tables as tables_closing
from village_ledger.storage.contracts import tables as tables_contracts
from village_ledger.storage.counting import tables as tables_counting
from village_ledger.storage.decisions import tables as tables_decisions
from village_ledger.storage.disclosure import tables as tables_disclosure
from village_ledger.storage.dividends import tables as tables_dividends
from village_ledger.storage.handover import tables as tables_handover
from village_ledger.storage.interledger import tables as tables_interledger
from village_ledger.storage.limits import tables as tables_limits
from village_ledger.storage.merger import tables as tables_merger
from village_ledger.storage.oldbooks import tables as tables_oldbooks
from village_ledger.storage.parcels import tables as tables_parcels
from village_ledger.storage.people import tables as tables_people
from village_ledger.storage.projects import tables as tables_projects
from village_ledger.storage.quantity import tables as tables_quantity
from village_ledger.storage.review import tables as tables_review
from village_ledger.storage.separation import tables as tables_separation
from village_ledger.storage.setup import tables as tables_setup
from village_ledger.storage.shares import tables as tables_shares
from village_ledger.storage.staff import tables as tables_staff
from village_ledger.storage.statements import tables as tables_statements
from village_ledger.storage.tables import Base
from village_ledger.storage.templates import tables as tables_templates
from village_ledger.storage.vouchers import tables_sides

__all__ = [
    "Base",
    "tables_assets",
    "tables_attachments",
    "tables_bank",
    "tables_calendar",
    "tables_cash_counts",
    "tables_certificates",
    "tables_claims",
    "tables_closing",
    "tables_contracts",
    "tables_counting",
    "tables_decisions",
    "tables_disclosure",
    "tables_dividends",
    "tables_handover",
    "tables_interledger",
    "tables_limits",
    "tables_merger",
    "tables_oldbooks",
    "tables_parcels",
    "tables_people",
    "tables_projects",
    "tables_quantity",
    "tables_review",
    "tables_separation",
    "tables_setup",
    "tables_shares",
    "tables_sides",
    "tables_staff",
    "tables_statements",
    "tables_templates",
]

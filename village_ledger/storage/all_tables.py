"""Every table of the present format: the core's and those of each area, gathered on one metadata.

A new area is a module ``tables_<area>`` beside this one, its triggers in ``triggers_<area>`` (listed in ``triggers``) and its
``migrations/versions/v0003_<area>.sql``, which ``python -m tests.old_books.ddl <area>`` prints.
"""

from __future__ import annotations

from village_ledger.storage import (
    tables_bank,
    tables_cash_counts,
    tables_certificates,
    tables_claims,
    tables_closing,
    tables_dividends,
    tables_interledger,
    tables_people,
    tables_quantity,
    tables_separation,
    tables_setup,
    tables_shares,
    tables_sides,
    tables_staff,
    tables_statements,
    tables_templates,
)
from village_ledger.storage.tables import Base

__all__ = [
    "Base",
    "tables_bank",
    "tables_cash_counts",
    "tables_certificates",
    "tables_claims",
    "tables_closing",
    "tables_dividends",
    "tables_interledger",
    "tables_people",
    "tables_quantity",
    "tables_separation",
    "tables_setup",
    "tables_shares",
    "tables_sides",
    "tables_staff",
    "tables_statements",
    "tables_templates",
]

"""Attachments kept by digest, and the electronic invoices among them: reading."""

from __future__ import annotations

from village_ledger.storage.queries import Queries


class AttachmentQueries(Queries):
    """Attachments kept by digest, and the electronic invoices among them."""

"""Attachments kept by digest, and the electronic invoices among them: what must hold against raw SQL."""

from __future__ import annotations

ATTACHMENTS: tuple[str, ...] = ()

"""Attachments kept by digest, and the electronic invoices among them: tables."""

from __future__ import annotations

"""Projects: budget, tender, contract, payments, acceptance, final account: tables."""

from __future__ import annotations

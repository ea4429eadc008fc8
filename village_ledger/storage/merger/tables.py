"""Mergers of villages: where each opening came from: tables."""

from __future__ import annotations

"""Handovers of the books and the list of old matters: tables."""

from __future__ import annotations

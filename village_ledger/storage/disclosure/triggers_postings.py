"""Postings, opinions and objections: steps in order, nothing changed afterwards."""

from __future__ import annotations

POSTINGS: tuple[str, ...] = ()

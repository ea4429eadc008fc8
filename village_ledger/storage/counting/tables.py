"""Stock-takes (清产核资): sheets, counted values, differences: tables."""

from __future__ import annotations

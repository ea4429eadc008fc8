"""Versions of a registered sheet rest as they were written."""

from __future__ import annotations

VERSIONS: tuple[str, ...] = ()

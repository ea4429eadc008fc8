"""Where the data files (charts, rules, demo, icons) lie: beside the package, or inside it once installed."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Path of a data file below ``resources/``."""
    beside = _HERE.parent / "resources"
    root = beside if beside.is_dir() else _HERE / "_resources"
    return root.joinpath(*parts)

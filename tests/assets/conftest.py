"""A village that keeps cards, and the command line on its book."""

from __future__ import annotations

from tests.assets.asset_village import village
from tests.cli.conftest import run

__all__ = ["run", "village"]

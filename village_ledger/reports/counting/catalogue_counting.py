"""Stock-takes (清产核资): sheets, counted values, differences: reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

COUNTING_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {}

"""Decision files (四议两公开) and their panels (六手印记): reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

DECISION_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {}

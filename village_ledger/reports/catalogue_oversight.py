"""Reports of oversight by name: what is due to be published, what hung, what the indicators say, what a review finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from village_ledger.reports.disclosure.catalogue_calendar import CALENDAR_MAKERS
from village_ledger.reports.disclosure.catalogue_postings import POSTING_MAKERS
from village_ledger.reports.disclosure.catalogue_unmasked import UNMASKED_MAKERS
from village_ledger.reports.disclosure.lines import LINES_MAKERS
from village_ledger.reports.indicators.catalogue_indicators import INDICATOR_MAKERS
from village_ledger.reports.review.catalogue_review import REVIEW_MAKERS

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

OVERSIGHT_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    **CALENDAR_MAKERS,
    **UNMASKED_MAKERS,
    **LINES_MAKERS,
    **POSTING_MAKERS,
    **INDICATOR_MAKERS,
    **REVIEW_MAKERS,
}

"""Where a remark is pinned: what the page in view stands on when F8 is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village_ledger.domain.review_check import Severity
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.ui.page import Page


@dataclass(frozen=True, slots=True)
class Pin:
    """A voucher, or a ledger as a whole; what the page already knows of severity, rule and words."""

    ledger: str
    place: str = ""
    """``2025-03/记-0012`` of a voucher, empty for the ledger."""
    text: str = ""
    rule: str = ""
    severity: Severity = Severity.PLAIN


def pin_on(page: Page) -> Pin:
    """Where a remark begun on a page is pinned: what it stands on, the voucher it shows, else the ledger in view."""
    said = page.pinned_at()
    if said is not None:
        return said
    where, session = page.where(), page.session
    voucher = where.get("voucher_id") or where.get("voucher")
    if isinstance(voucher, int) and voucher:
        (stored,) = session.reader.vouchers_by_id([voucher])
        return Pin(stored.ledger, str(stored.ref))
    return Pin(session.ledger_code, text=tr("《{title}》：", title=page.title()))

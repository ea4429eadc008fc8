"""K38: attachments are there and unaltered, and a village that keeps scans keeps all of them."""

from __future__ import annotations

from village_ledger.domain.period import Month, Span
from village_ledger.services.attachments.evidence import Lack, Missing, missing
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.storage.reader import Reader

RULE = "K38"
_OF_MONTH = (Lack.FILE, Lack.SHEETS, Lack.INVOICE)


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Nothing in a book without attachments; payments are asked for their invoices where the month's vouchers have files."""
    if not reader.has_attachments():
        return []
    asked = _OF_MONTH if reader.attached_in(ledger, month) else (Lack.FILE,)
    found = [one for one in missing(reader, ledger, Span.of_month(month)) if one.lack in asked]
    if not found:
        return [CheckItem(RULE, Verdict.PASS, "电子附件都在，没有被改动。")]
    counted = [(lack, sum(1 for one in found if one.lack is lack)) for lack in asked]
    said = "，".join(f"{lack.value}的 {count} 处" for lack, count in counted if count)
    evidence = tuple(f"{one.name} {one.text}" for one in found)
    return [CheckItem(RULE, Verdict.WARN, f"{said}。", evidence, tuple(map(_lead, found)))]


def _lead(one: Missing) -> Lead:
    return Lead(Leads.PAGE, "evidence") if one.voucher_id is None else Lead(Leads.VOUCHER, one.name)

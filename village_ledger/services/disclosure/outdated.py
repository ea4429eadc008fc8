"""Sheets on the wall that a later entry of their days may have overtaken: they should be corrected (更正公开)."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.period import Month, Span
from village_ledger.domain.sheet_version import CORRECTED, SheetVersion
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.disclosure.registering import never_posted
from village_ledger.storage.reader import Reader

RULE = "K46"
REMINDER = f"已张贴的表和账不一致，应{CORRECTED}"
"""What is said of every sheet whose figures the ledger no longer gives."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A sheet and the vouchers of its days posted after it was made."""

    version: SheetVersion
    since: tuple[VoucherRef, ...]


def standing_sheets(reader: Reader, ledger: str) -> list[SheetVersion]:
    """The newest version of every sheet of a ledger that hangs, hung or may have hung."""
    newest = reader.latest_sheets(ledger)
    return [one for one in newest if one.code not in never_posted(reader, ledger, newest)]


def overtaken(reader: Reader, ledger: str) -> list[Overtaken]:
    """Sheets of closed months that vouchers came into since: which may differ from the ledger, or not touch it.

    Nothing comes into a closed month but by reopening it, so that a book without reopenings costs one look.
    """
    months = reader.months(ledger)
    reopened = reader.reopenings(ledger, months[0].month, months[-1].month) if months else []
    if not reopened:
        return []
    found = (
        (one, tuple(reader.posted_since(one)))
        for one in standing_sheets(reader, ledger)
        if one.closed and any(r.at >= one.at and r.month.first <= one.span.last for r in reopened)
    )
    return [Overtaken(one, since) for one, since in found if since]


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Before a month that was reopened closes again: the sheets of it that hang say what the books said before.

    Spans whose sheets were made again since are done with: which of theirs still differs is shown where sheets are proved.
    """
    came = overtaken(reader, ledger)
    if not came:
        return []
    spans = {one.version.span for one in came}
    standing = (one for one in standing_sheets(reader, ledger) if one.span in spans)
    again = {one.span for one in standing if not reader.posted_since(one)}
    touched = [
        one
        for one in came
        if _covers(one.version.span, month)
        and one.version.span not in again
        and any(ref.month == month for ref in one.since)
    ]
    if not touched:
        return []
    refs = sorted({str(ref) for one in touched for ref in one.since if ref.month == month})
    text = f"{month.year}年{month.month}月的公开表（{len(touched)} 张）公开以后又记了账：{REMINDER}。"
    leads = (*(Lead(Leads.VOUCHER, ref) for ref in refs), Lead(Leads.PAGE, "sheet_check"))
    return [CheckItem(RULE, Verdict.WARN, text, (*refs, "核对公开表"), leads)]


def reopening_warnings(reader: Reader, ledger: str, month: Month) -> tuple[str, ...]:
    """What whoever reopens a month is told: sheets of it are on the wall."""
    there = [one for one in standing_sheets(reader, ledger) if _covers(one.span, month) and one.closed]
    if not there:
        return ()
    spans = "、".join(dict.fromkeys(one.span.words() for one in there))
    return (f"{spans}的公开表已经公开 {len(there)} 张；改了账，{REMINDER.replace('，应', '的应')}。",)


def _covers(span: Span, month: Month) -> bool:
    return span.first <= month.last and month.first <= span.last

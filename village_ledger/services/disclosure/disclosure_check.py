"""What the check list before a month closes says of publishing (K45)."""

from __future__ import annotations

from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.disclosure.disclosure_calendar import calendar_of
from village_ledger.storage.reader import Reader

RULE = "K45"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """What should have hung on the board by the end of the month; nothing in a book that keeps no record of postings."""
    if not (reader.calendar_rules(ledger) or reader.postings(ledger)):
        return []
    late = calendar_of(reader, ledger, month.last).late
    if not late:
        return [CheckItem(RULE, Verdict.PASS, "该公开的都已张贴，或写明了原因")]
    return [
        CheckItem(
            RULE,
            Verdict.WARN,
            f"截至 {month.last} 有 {len(late)} 件公开晚了",
            tuple(f"{line.due.title}（{line.how}）" for line in late),
            tuple(Lead(Leads.PAGE, "disclosure_calendar") for _ in late),
        )
    ]

"""K39: matters where nothing has happened for long, and notices that are still up, before a month closes."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.period import Month, Span
from village_ledger.domain.voting import decision_data
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.storage.decisions.records import Decision
from village_ledger.storage.reader import Reader

RULE = "K39"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """How the ledger's matters stand at the end of a month; nothing where there are none."""
    last = Span.of_month(month).last
    open_ones = [one for one in reader.decisions(ledger) if one.opened <= last and not _ended(one, last)]
    if not open_ones:
        return []
    quiet = decision_data()["closing"]["quiet_days"]
    late = [one for one in open_ones if (last - _touched(one, last)).days > quiet]
    up = [words for one in open_ones if (words := _notice(one, last))]
    page = Lead(Leads.PAGE, "decisions", ledger)
    if late:
        evidence = tuple(f"{one.number} {one.subject}，{_touched(one, last)} 以后没有往下办" for one in late)
        text = f"{len(late)} 件事超过 {quiet} 天没有往下办，请接着办，或写明原因终止。"
        return [CheckItem(RULE, Verdict.WARN, text, evidence, (page,) * len(evidence))]
    text = f"{len(open_ones)} 件事在办" + (f"，{len(up)} 件在公示。" if up else "。")
    return [CheckItem(RULE, Verdict.PASS, text, tuple(up), (page,) * len(up))]


def _ended(decision: Decision, day: date) -> bool:
    return any(entry.step.ends and entry.day <= day for entry in decision.progress.entries)


def _touched(decision: Decision, day: date) -> date:
    """The day something last happened, a notice counting up to its end."""
    days = [entry.until or entry.day for entry in decision.progress.entries if entry.day <= day]
    return max(days, default=decision.opened)


def _notice(decision: Decision, day: date) -> str:
    """The notice that is up on a day, empty for none."""
    for entry in decision.progress.entries:
        if entry.until is not None and entry.day <= day < entry.until:
            return f"{decision.number} {entry.step.words}到 {entry.until}"
    return ""

"""K36 of the check list before closing: rent due and not booked, late rent, contracts past their end and still in use."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.contracts.standing import wholes
from village_ledger.storage.reader import Reader

RULE = "K36"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """What this area has to say before the month closes."""
    if not reader.has_contracts(ledger):
        return []
    unbooked, late, expired = list[str](), list[str](), list[str]()
    for one in wholes(reader, reader.contracts(ledger)):
        stored = one.stored
        name = f"合同 {stored.number} {stored.now.party_on(month.last)[0]}"
        due = sum(row.to_accrue for row in one.rows if row.row.due <= month.last)
        if due > 0:
            unbooked.append(f"{name} {format_fen(due)}")
        owed = sum(row.open for row in one.rows if row.row.due < month.first)
        if owed > 0:
            late.append(f"{name} {format_fen(owed)}")
        if not stored.status.over and one.rows and stored.now.end < month.first:
            expired.append(f"{name} {stored.now.end}")
    return [
        _item(f"到期的租金有 {len(unbooked)} 份合同没有记应收或收入。", "到期的租金都记了账。", unbooked),
        _item(f"有 {len(late)} 份合同欠租。", "没有欠租。", late),
        _item(f"有 {len(expired)} 份合同过期没有续签、收回或登记终止。", "没有过期未办的合同。", expired),
    ]


def _item(bad: str, good: str, evidence: list[str]) -> CheckItem:
    if not evidence:
        return CheckItem(RULE, Verdict.PASS, good)
    leads = tuple(Lead(Leads.PAGE, "due") for _ in evidence)
    return CheckItem(RULE, Verdict.WARN, bad, tuple(evidence), leads)

"""What the books owe each holder of a dividend beside what its lines still owe (K32)."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.storage.people.records import Dividend
from village_ledger.storage.reader import Reader

_MOST_NAMED = 6


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K32: what the books still owe each holder is what the lines still owe. Nothing where no dividend was booked."""
    given = [one for one in reader.dividends(ledger) if one.day <= month.last]
    if not given:
        return []
    leaves = _leaves(reader, given)
    owed = reader.unpaid_by_party(ledger, month.last)
    booked = reader.party_moves(ledger, sorted(set(leaves.values())), month.last)
    off: list[tuple[str, str]] = []
    for (part, party), fen in sorted(owed.items()):
        leaf = leaves.get(part, "")
        found = booked.get((leaf, party), 0)
        if found != fen:
            off.append((leaf, f"{leaf} {party}：账上 {format_fen(found)}，名册 {format_fen(fen)}"))
    if off:
        named = tuple(words for _, words in off[:_MOST_NAMED])
        leads = tuple(Lead(Leads.ACCOUNT, leaf) for leaf, _ in off[:_MOST_NAMED])
        text = f"分红的账面余额和没有发放的名册有 {len(off)} 户人对不上。"
        return [CheckItem("K32", Verdict.WARN, text, named, leads)]
    left = sum(owed.values())
    return [CheckItem("K32", Verdict.PASS, f"还没有发放的分红 {format_fen(left)}，和账面余额一致。")]


def _leaves(reader: Reader, given: list[Dividend]) -> dict[str, str]:
    """Part → leaf the newest dividend was booked to."""
    found: dict[str, str] = {}
    for dividend in given:
        for one in reader.bookings(dividend.id):
            if one.part in {"members", "outsiders"}:
                lines = reader.voucher(one.voucher_id).voucher.lines
                found[one.part] = next(line.account for line in lines if line.credit)
    return found

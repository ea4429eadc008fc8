"""K16: what a split left to be done at the bank, until it is done."""

from __future__ import annotations

from datetime import timedelta

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.storage.reader import Reader


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """A reminder while the other body's money still lies in the old account; nothing in a book that was not split."""
    del ledger  # both ledgers are reminded
    mirror = reader.separation_mirror()
    ledgers = {info.kind: info for info in reader.ledgers()}
    if not mirror or len(ledgers) < len(LedgerKind):
        return []
    collective, committee = ledgers[LedgerKind.COLLECTIVE], ledgers[LedgerKind.COMMITTEE]
    account, kind, whose = ("211", "T7", "村委会") if mirror > 0 else ("112", "T6", "集体")
    after = month.last + timedelta(days=1)
    left = abs(reader.party_balance_before(collective.code, account, committee.entity, after))
    if not left:
        return [CheckItem("K16", Verdict.PASS, "分账时的两账往来已经结清。")]
    return [
        CheckItem(
            "K16",
            Verdict.WARN,
            f"分账时{whose}的 {format_fen(abs(mirror))} 在对方账户里，现在还差 {format_fen(left)}："
            f"开好账户以后请用两账往来 {kind} 转清。",
        )
    ]

"""K31: the share register held against itself: what was granted is what is held, and pledges lie in their bucket."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.period import Month
from village_ledger.domain.share import Balance
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.storage.reader import Reader


def register_faults(reader: Reader, ledger: str, day: date) -> list[str]:
    """What does not agree in the register at the end of a day, each in words; empty when everything does (I2, I5)."""
    totals = reader.share_totals(day)
    faults: list[str] = []
    for one in reader.share_classes(ledger):
        whole, held = reader.class_total(one.id, day), totals.get(one.id, Balance()).total
        if whole != held:
            faults.append(f"{one.name}量化减注销 {one.text(whole)}，账户合计 {one.text(held)}")
    kinds = {one.id: one for one in reader.share_classes(ledger)}
    pledged: dict[int, int] = {}
    for pledge in reader.open_pledges(day):
        pledged[pledge.account_id] = pledged.get(pledge.account_id, 0) + pledge.open
    texts = reader.holder_texts(day)
    for holding in reader.holdings(day):
        kind = kinds.get(holding.class_id)
        open_ = pledged.get(holding.account_id, 0)
        if kind is not None and open_ != holding.balance.pledged:
            who = texts.get(holding.person_id, "")
            faults.append(
                f"{who} {kind.name}未解除的质押 {kind.text(open_)}，质押栏 {kind.text(holding.balance.pledged)}"
            )
    return faults


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K31 for a month's end; nothing in a ledger whose organisation has no shares."""
    classes = reader.share_classes(ledger)
    if not classes:
        return []
    faults = register_faults(reader, ledger, month.last)
    if faults:
        return [CheckItem("K31", Verdict.FAIL, f"股权登记簿有 {len(faults)} 处对不上。", tuple(faults))]
    totals = reader.share_totals(month.last)
    words = "、".join(f"{one.name} {one.text(totals.get(one.id, Balance()).total)}" for one in classes)
    return [CheckItem("K31", Verdict.PASS, f"登记簿合计等于量化减注销，质押逐户相符：{words}。")]

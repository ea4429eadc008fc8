"""The resource register before a month closes (K43): land used without a contract, after one, or let beyond its area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from village_ledger.domain.area import words
from village_ledger.domain.parcel import Parcel, Standing
from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.parcels.parcel_use import ParcelUse, let_area, parcel_uses
from village_ledger.storage.reader import Reader

_PAGE = "parcels"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """What the register says at the month's end; nothing where there is no register."""
    parcels = reader.parcels(ledger, month.last)
    if not parcels:
        return []
    uses = parcel_uses(reader, ledger)
    found = [
        f"{one.code} {one.card.name}：{said}"
        for one in parcels
        for said in _wrong(one, uses.get(one.code, ()), month.last)
    ]
    if found:
        leads = tuple(Lead(Leads.PAGE, _PAGE) for _ in found)
        text = f"资源台账有 {len(found)} 处要看：没有合同在用、合同到期还在用，或发包超过面积。"
        return [CheckItem("K43", Verdict.WARN, text, tuple(found), leads)]
    area = words(sum(one.card.area for one in parcels))
    return [CheckItem("K43", Verdict.PASS, f"资源台账 {len(parcels)} 块 {area}，用地都有合同。")]


def remarks(parcels: Sequence[Parcel], uses: Mapping[str, Sequence[ParcelUse]], day: date) -> dict[str, str]:
    """What to look at in a list, by code."""
    found: dict[str, str] = {}
    for one in parcels:
        said = _wrong(one, uses.get(one.code, ()), day)
        if one.card.disputed:
            said.append("有争议")
        if said:
            found[one.code] = "，".join(said)
    return found


def _wrong(parcel: Parcel, uses: Sequence[ParcelUse], day: date) -> list[str]:
    """What is wrong with the use of a parcel on a day."""
    let = let_area(parcel, uses, day)
    if let > parcel.card.area:
        return [f"发包 {words(let)}，超过地块 {words(parcel.card.area)}"]
    used = bool(parcel.card.used_by) or parcel.card.standing is Standing.LET
    if let or not used:
        return []
    ended = [use.end for use in uses if use.end < day]
    if ended:
        return [f"合同 {max(ended)} 到期，还在用"]
    return ["没有合同在用"]

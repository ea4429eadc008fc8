"""Share certificates of the old organisations: listed, to be called in and issued anew under the new one's name."""

from __future__ import annotations

from village_ledger.domain.merger import Option
from village_ledger.services.merger.merging import Merging


def list_certificates(merging: Merging) -> None:
    """Every certificate that still holds, with the household as it is numbered now."""
    if merging.request.option is not Option.MERGE:
        return
    for one in merging.books:
        valid = one.reader.certificates(valid_only=True)
        for old in valid:
            household = one.source.households.get(old.household, old.household)
            merging.code(one, "certificate", old.ledger, old.number, "作废换发", household)
        if valid:
            text = f"{len(valid)} 张股权证是原单位发的，请收回作废，按新的份额换发；清单见“新旧编号对照”。"
            merging.matter(one, "股权证", f"{valid[0].number} 等", text)

"""K44: creditors of a merger who were not told in time, and differences it left; nothing in a book that was not merged."""

from __future__ import annotations

from village_ledger.domain.period import Month
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.storage.reader import Reader

_GRAVE = ("往来差额", "两账往来", "重复成员")
"""Kinds of open matters a closed month should not pass over."""


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """A reminder until everybody is told and what differs is settled."""
    if reader.merger() is None:
        return []
    late = [
        one.party
        for one in reader.creditors()
        if one.ledger == ledger
        and one.told_on is None
        and one.due_on is not None
        and one.due_on <= month.last
    ]
    open_ = [one.subject for one in reader.open_matters() if one.kind in _GRAVE and one.settled_on is None]
    items: list[CheckItem] = []
    if late:
        text = f"合并批准后十日内要通知债权人，还有 {len(late)} 户没有登记通知。"
        items.append(CheckItem("K44", Verdict.WARN, text, tuple(late)))
    if open_:
        items.append(
            CheckItem("K44", Verdict.WARN, f"合并的未决事项还有 {len(open_)} 件没有办结。", tuple(open_))
        )
    return items or [CheckItem("K44", Verdict.PASS, "合并的债权人都通知了，差额都办结了。")]

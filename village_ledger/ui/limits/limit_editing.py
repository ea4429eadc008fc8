"""Changing one band of a rule set in view: the next band of its kind begins where it ends, so that no gap can appear."""

from __future__ import annotations

from dataclasses import replace

from village_ledger.domain.errors import LimitError
from village_ledger.domain.limit import ApprovalRule, Vocabulary
from village_ledger.domain.money import plain_fen

UP_TO, BELOW, NO_END = "upto", "below", "none"


def end_of(band: ApprovalRule) -> tuple[str, str]:
    """How a band's end is written: (amount in yuan, ``upto``, ``below`` or ``none``)."""
    if band.last is None:
        return "", NO_END
    if band.last % 100 == 99:
        return plain_fen(band.last + 1), BELOW
    return plain_fen(band.last), UP_TO


def changed(
    bands: tuple[ApprovalRule, ...],
    place: int,
    amount: int,
    how: str,
    said: dict[str, str],
    words: Vocabulary,
) -> tuple[ApprovalRule, ...]:
    """The bands with one changed; raises LimitError for an end that cannot be or an unknown word."""
    band = bands[place]
    last = None if how == NO_END else amount if how == UP_TO else amount - 1
    later = next((i for i, b in enumerate(bands) if b.kind == band.kind and b.first > band.first), None)
    if (last is None) != (later is None):
        raise LimitError("只有最后一档没有上限", "中间的档要写到多少为止，最后一档不写。")
    if last is not None and later is not None:
        end = bands[later].last
        if last < band.first or (end is not None and last >= end):
            raise LimitError("这一档的止点不在上一档和下一档之间", "请核对金额。")
    signers = {name: place.id for place in words.signers.values() for name in place.names.values()}
    papers = {name: paper for paper, name in words.papers.items()}
    made = replace(
        band,
        last=last,
        signers=_ids(said["signers"], signers, "签字人"),
        meetings=tuple(filter(None, (part.strip() for part in said["meetings"].split("、")))),
        stage=said["stage"],
        papers=_ids(said["papers"], papers, "附件"),
    )
    found = [made if i == place else one for i, one in enumerate(bands)]
    if later is not None and last is not None:
        found[later] = replace(found[later], first=last + 1)
    return tuple(found)


def _ids(text: str, known: dict[str, str], what: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in filter(None, (one.strip() for one in text.split("、"))):
        if part not in known:
            raise LimitError(f"没有“{part}”这种{what}", f"可以是：{'、'.join(known)}。")
        found.append(known[part])
    return tuple(dict.fromkeys(found))

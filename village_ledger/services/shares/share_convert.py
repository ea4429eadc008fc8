"""Closing an old class of shares into a new one by ratio (折换): every account's part, largest remainder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from village_ledger.domain.share import ShareClass, allocate
from village_ledger.domain.share_rules import ratio_of
from village_ledger.storage.people.records import Holding


class Converted(NamedTuple):
    """New quanta per account of the old class, and what fell below one quantum of the whole."""

    parts: tuple[tuple[Holding, int], ...]
    whole: int
    rest: str


def converted(
    held: Sequence[Holding], texts: Mapping[int | None, str], old: ShareClass, new: ShareClass, asked: str
) -> Converted:
    """What each holder gets, ties in the order of account texts; raises ShareError for a ratio that is none."""
    ratio = ratio_of(asked)
    ordered = sorted((one for one in held if one.balance.total), key=lambda one: texts[one.person_id])
    weights = [one.balance.free for one in ordered]
    scale = 10**new.decimals
    exact = sum(weights) * ratio * scale / 10**old.decimals
    whole = int(exact)
    parts = allocate(whole, weights) if any(weights) else [0] * len(weights)
    return Converted(
        tuple(zip(ordered, parts, strict=True)),
        whole,
        "" if exact == whole else f"{float(exact - whole):.4f}",
    )

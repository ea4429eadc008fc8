"""Amounts as they are read out over the loudspeaker: 103万4418元2角, never a row of seven digits."""

from __future__ import annotations

_YI, _WAN = 100_000_000, 10_000


def spoken(fen: int) -> str:
    """An amount in words a voice can read; red figures begin with 负."""
    if fen < 0:
        return f"负{spoken(-fen)}"
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    tail = f"{jiao}角" if jiao else ("零" if cents and yuan else "")
    tail += f"{cents}分" if cents else ""
    return f"{_whole(yuan)}元{tail}" if yuan or not fen else tail


def _whole(yuan: int) -> str:
    parts: list[str] = []
    rest = yuan
    for unit, word in ((_YI, "亿"), (_WAN, "万")):
        count, rest = divmod(rest, unit)
        if count:
            parts.append(_joined(parts, count) + word)
    if rest or not parts:
        parts.append(_joined(parts, rest))
    return "".join(parts)


def _joined(before: list[str], count: int) -> str:
    """零 stands where a place of a thousand is empty: 10万零613."""
    return f"零{count}" if before and count < 1000 else str(count)

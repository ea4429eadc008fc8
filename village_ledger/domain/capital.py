"""Upper-case amounts (大写金额) as vouchers and receipts carry them, and quantities of shares as certificates do.

会计基础工作规范 art. 52: digits 零壹贰叁肆伍陆柒捌玖, units 拾佰仟万亿元角分, after 人民币 without a gap;
整 after 元 or 角, none after 分; zeros inside the figure are read once. Where the yuan end in 0 and 角 follow,
零 may be written or left out; it is written here.
"""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIAD = 10_000


def capital(fen: int, negative: str = "负") -> str:
    """The amount in fen in words, such as 人民币壹仟肆佰零玖元伍角整; nothing is 人民币零元整.

    ``negative`` stands after 人民币 for amounts below zero. On screen that is 负; a red print, which
    shows the figures themselves in red or with a minus, passes what it wants to read there.
    """
    sign = negative if fen < 0 else ""
    yuan, cents = divmod(abs(fen), 100)
    return f"人民币{sign}{_yuan_words(yuan)}{_cents_words(yuan, cents)}"


def capital_shares(quanta: int, decimals: int) -> str:
    """A quantity of shares in words, such as 叁拾捌点叁肆份; the parts after the point are read digit by digit."""
    whole, part = divmod(quanta, 10**decimals)
    digits = f"{part:0{decimals}d}".rstrip("0") if decimals else ""
    words = (_number_words(whole) if whole else "零") + ("点" if digits else "")
    return f"{words}{''.join(_DIGITS[int(digit)] for digit in digits)}份"


def _yuan_words(yuan: int) -> str:
    return f"{_number_words(yuan)}元" if yuan else ""


def _cents_words(yuan: int, cents: int) -> str:
    """What follows 元: 角 and 分 with their zeros, or 整."""
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整" if yuan else "零元整"
    gap = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    jiao_words = f"{_DIGITS[jiao]}角" if jiao else ""
    return f"{gap}{jiao_words}{_DIGITS[fen]}分" if fen else f"{gap}{jiao_words}整"


def _number_words(number: int) -> str:
    """A positive whole number. 亿 carries its own 万 (壹万亿), so both levels read the same way."""
    for unit, word in ((_MYRIAD * _MYRIAD, "亿"), (_MYRIAD, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if low and low < unit // 10 else ""
            return f"{_number_words(high)}{word}{gap}{_number_words(low) if low else ''}"
    return _group_words(number)


def _group_words(number: int) -> str:
    """One to four digits; zeros inside are read once, zeros at the end not at all."""
    words = ""
    gap = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += f"{gap}{_DIGITS[digit]}{_PLACES[place]}"
            gap = ""
        elif words:
            gap = "零"
    return words

"""Resident identity numbers (GB 11643): tidied, checked, read for birth and sex, 15 digits turned into 18.

A number is a person's, never an amount: nothing here rounds, guesses or completes one. What a spreadsheet has cut to fifteen
digits is lost and said to be so.
"""

from __future__ import annotations

from datetime import date

from village_ledger.domain.half_width import half_width

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LONG, _SHORT = 18, 15
_OLD_CENTURY = "19"
_OLDEST_LIKELY = 130
_OLDEST_POSSIBLE = 200
_MARKS = "'’‘`"
"""Signs typed before a number so that a spreadsheet keeps it as text."""


def tidy_number(text: str) -> str:
    """A number as typed, in plain digits without blanks and marks, its last letter large."""
    plain = "".join(half_width(text).split()).lstrip(_MARKS).upper()
    return "".join(char for char in plain if char.isprintable())


def check_character(first: str) -> str:
    """The eighteenth character for seventeen digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def in_eighteen(number: str) -> str:
    """The 18-digit form of a tidy number; one of 15 digits gets its century and its check character."""
    if len(number) != _SHORT:
        return number
    first = f"{number[:6]}{_OLD_CENTURY}{number[6:]}"
    return first + check_character(first)


def is_old_form(number: str) -> bool:
    """Whether a tidy number is of the fifteen digits issued before October 1999."""
    return len(number) == _SHORT


def fault_of(number: str, today: date) -> str:
    """Why a tidy number cannot be anybody's, as a sentence without its end; empty for a sound one."""
    digits = number if is_old_form(number) else number[:-1]
    if len(number) not in (_LONG, _SHORT):
        return f"身份证号有 {len(number)} 位，应是 18 位"
    if not (digits.isascii() and digits.isdigit()) or number[-1] not in "0123456789X":
        return "身份证号里有不该有的字符，只能是数字，最后一位可以是 X"
    whole = in_eighteen(number)
    written = whole[6:14]
    born = _day(written)
    if born is None:
        return f"身份证号里的出生日期 {written[:4]}-{written[4:6]}-{written[6:]} 不存在"
    if born > today:
        return f"身份证号里的出生日期 {born} 还没有到"
    if today.year - born.year > _OLDEST_POSSIBLE:
        return f"身份证号里的出生日期 {born} 太早"
    if whole[-1] != check_character(whole[:17]):
        return "身份证号的校验码不对"
    return ""


def cautions_of(number: str, sex: str, today: date) -> list[str]:
    """What is odd about a sound number and is only said: a great age, the other sex, the old form."""
    said: list[str] = []
    born = birth_of(number)
    if today.year - born.year > _OLDEST_LIKELY:
        said.append(f"出生于 {born}，年龄超过 {_OLDEST_LIKELY} 岁，请核对")
    if sex and sex != sex_of(number):
        said.append(f"性别写的是{sex}，身份证号是{sex_of(number)}，请核对")
    if is_old_form(number):
        said.append("身份证号是 15 位的旧号，按 18 位登记")
    return said


def birth_of(number: str) -> date:
    """Day of birth in a sound number."""
    written = in_eighteen(number)[6:14]
    return date(int(written[:4]), int(written[4:6]), int(written[6:]))


def sex_of(number: str) -> str:
    """男 or 女 by a sound number."""
    return "男" if int(in_eighteen(number)[16]) % 2 else "女"


def _day(written: str) -> date | None:
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None

"""What of a person leaves the program, by level (个人信息保护法; domain/identifiers §6).

L0 inside the office, L1 for the township, L2 on the public board, L3 for statistics. Masking acts on the data a report is made
of, so that nothing hidden travels along.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from enum import Enum

ADULT_LINE = 14
"""Under this age nobody has a line of their own on a public sheet (art. 28)."""
HIDDEN = "*"
COMPOUND = [
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "长孙",
    "宇文",
    "司徒",
    "司空",
    "夏侯",
    "轩辕",
    "端木",
    "百里",
    "东郭",
    "南宫",
    "西门",
    "独孤",
    "公羊",
    "澹台",
    "濮阳",
    "淳于",
    "单于",
    "太史",
    "申屠",
    "钟离",
    "闻人",
    "赫连",
    "呼延",
    "万俟",
    "鲜于",
    "闾丘",
    "仲孙",
    "亓官",
]
_IDENTITY = re.compile(
    r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])", re.ASCII
)
DOTS = "·•・‧"


class Level(Enum):
    """How much of a person is shown."""

    INTERNAL = "L0"
    TOWNSHIP = "L1"
    PUBLIC = "L2"
    ANONYMOUS = "L3"

    @property
    def words(self) -> str:
        """What the level is for."""
        return {"L0": "内部使用", "L1": "报送乡镇", "L2": "张榜公布", "L3": "统计"}[self.value]


def mask_name(name: str, level: Level, place: int = 0) -> str:
    """A name as the level shows it: whole to L1, ``李*明`` in public, ``成员001`` (by ``place``) for statistics."""
    if level in (Level.INTERNAL, Level.TOWNSHIP):
        return name
    return f"成员{place:03d}" if level is Level.ANONYMOUS else _half_hidden(name)


def _half_hidden(name: str) -> str:
    for dot in DOTS:
        if dot in name:
            return f"{name.split(dot, maxsplit=1)[0]}{dot}{HIDDEN}"
    if len(name) < 2:
        return name
    if name[:2] in COMPOUND and len(name) > 2:
        return name[:2] + HIDDEN * (len(name) - 2)
    if len(name) == 2:
        return name[0] + HIDDEN
    return name[0] + HIDDEN * (len(name) - 2) + name[-1]


def mask_number(number: str, level: Level) -> str:
    """An identity number: whole inside, ``510903********001X`` for the township, nothing in public."""
    if level is Level.INTERNAL:
        return number
    if level is not Level.TOWNSHIP or len(number) < 10:
        return ""
    tail = 3 if len(number) == 15 else 4
    return f"{number[:6]}{HIDDEN * (len(number) - 6 - tail)}{number[-tail:]}"


def hide_identities(text: str) -> str:
    """A sentence in which whatever reads like an identity number is masked: typed into the wrong column, say."""
    return _IDENTITY.sub(lambda found: mask_number(found.group(), Level.TOWNSHIP), text)


def mask_account(account: str, level: Level) -> str:
    """A bank account: whole inside, its last four digits for the township, nothing in public."""
    if level is Level.INTERNAL:
        return account
    if level is not Level.TOWNSHIP or len(account) <= 4:
        return ""
    return HIDDEN * 4 + account[-4:]


def mask_phone(phone: str, level: Level) -> str:
    """A telephone number never leaves the office."""
    return phone if level is Level.INTERNAL else ""


def told_apart(people: list[tuple[str, str]]) -> list[str]:
    """Masked names of (household, name) on one public sheet; equal ones carry their household number."""
    masked = [_half_hidden(name) for _, name in people]
    often = Counter(masked)
    return [
        f"{text}（{household}）" if often[text] > 1 and household else text
        for (household, _), text in zip(people, masked, strict=True)
    ]


def is_child(birth: date | None, day: date) -> bool:
    """Whether somebody is under 14 on a day; nobody whose day of birth is unknown."""
    if birth is None:
        return False
    age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    return age < ADULT_LINE

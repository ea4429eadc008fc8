"""What a share certificate (股权证) says: a household's people and their shares on the day of issue, and its check code.

It never carries an identity number: the masked one is put in on paper only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from village_ledger.domain.check_code import code_for
from village_ledger.domain.errors import BookFileError

ISSUED = "发股权证"
"""How issuing stands in the operation log; its detail ends with the check code."""
ENDED = "收回股权证"
"""How the end of a certificate stands in the operation log."""
REASONS = {"replaced": "换发", "lost": "遗失", "void": "作废", "returned": "交回"}
"""Why a certificate is valid no more."""
_FORMAT = 1
_NUMERALS = {
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
    "十": "10",
}


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of shares as the certificate names it, with the household's total."""

    name: str
    decimals: int
    total: int


@dataclass(frozen=True, slots=True)
class Certified:
    """A person of the household with what the person has of each class, in the order of the classes."""

    person: int
    name: str
    relation: str
    quanta: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """Everything a certificate certifies."""

    number: str
    entity: str
    household: str
    group: str
    head: str
    day: str
    classes: tuple[ClassLine, ...]
    people: tuple[Certified, ...]

    def to_json(self) -> str:
        """One canonical text: sorted keys, no blanks."""
        return json.dumps(
            {"format": _FORMAT, **asdict(self)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> CertificateContent:
        """As stored; raises BookFileError for a text that is none, which somebody must have rewritten."""
        try:
            said: dict[str, Any] = json.loads(text)
            return cls(
                said["number"],
                said["entity"],
                said["household"],
                said["group"],
                said["head"],
                said["day"],
                tuple(ClassLine(**one) for one in said["classes"]),
                tuple(
                    Certified(one["person"], one["name"], one["relation"], tuple(one["quanta"]))
                    for one in said["people"]
                ),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BookFileError(
                "有一本股权证的内容读不出来，可能在别的程序里被改过", "请校验账簿，看是哪一本，再换发。"
            ) from error

    @property
    def holdings(self) -> dict[str, dict[int, int]]:
        """Per class who has how much; nobody with nothing."""
        return {
            line.name: {one.person: one.quanta[place] for one in self.people if one.quanta[place]}
            for place, line in enumerate(self.classes)
        }

    def code(self, book_id: str) -> str:
        """The check code of this certificate of this book."""
        return content_code(self.to_json(), book_id)


def content_code(content: str, book_id: str) -> str:
    """The check code over a certificate's text as stored."""
    return code_for(f"{book_id}\n{content}")


def certificate_number(village: str, group: str, household: str, earlier: Iterable[str]) -> str:
    """The next number of a household: ``青股 2017-03`` is the third of household 017 in group 2."""
    place = f"{village[:1]}股 {group_digits(group)}{household.rjust(3, '0')}-"
    taken = {int(number.removeprefix(place)) for number in earlier if number.startswith(place)}
    return f"{place}{max(taken, default=0) + 1:02d}"


def group_digits(group: str) -> str:
    """The number of a village group (组), from 2组, 二组 or 第二村民小组; nothing where it has none."""
    digits = "".join(char for char in group if char.isascii() and char.isdigit())
    if digits:
        return digits
    words = "".join(char for char in group if char in _NUMERALS)
    if not words:
        return ""
    tens, ten, ones = words.partition("十")
    if not ten:
        return _NUMERALS[words[0]]
    return str(int(_NUMERALS.get(tens, "1")) * 10 + int(_NUMERALS.get(ones, "0")))


def day_words(day: date) -> str:
    """2025 年 4 月 1 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"

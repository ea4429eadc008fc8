"""Find an account from whatever a person types: code, characters, pinyin, or a nickname learned before.

    102 01  102.01       the code or its beginning
    银行  费用水电         characters of the name or the path, separators left out
    yhck  yinhang  yinhck  pinyin: each character by its initial or its full reading, every reading of a
                         polyphone (行 is hang and xing), the last one unfinished; characters may mix in
    电费                  a learned alias, typed or in pinyin

pypinyin is imported when the first letters are typed, and each character is looked up once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache, cached_property, lru_cache

from village_ledger.domain.half_width import half_width

_LONGEST_QUERY = 200
_UPPER_TO_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """An account as the list shows it: code, own name, full path such as 管理费用—水电费."""

    code: str
    name: str
    path: str


class MatchKind(Enum):
    """By which way an account was found; the list heads itself with the word."""

    CODE = "编码"
    ALIAS = "简称"
    NAME = "名称"
    PINYIN = "拼音"
    RECENT = "最近用过"


@dataclass(frozen=True, slots=True)
class Match:
    """A found account; ``start`` and ``length`` mark what to underline.

    The span lies in the path, for CODE in the code. It is empty when nothing typed stands there.
    """

    entry: SearchEntry
    kind: MatchKind
    start: int = 0
    length: int = 0


class _Rank(IntEnum):
    """How good a match is, best first; equals go by last use, then by code."""

    CODE = 0
    ALIAS = 1
    ALIAS_START = 2
    CODE_START = 3
    NAME = 4
    NAME_START = 5
    PINYIN_START = 6
    INSIDE = 7
    PINYIN_INSIDE = 8


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text reduced to its letters, digits and characters, and where each of them stood."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """(start, length) in the original of the letters from ``start`` up to ``end``."""
        if start >= end:
            return 0, 0
        first, last = self.places[start], self.places[end - 1]
        return first, last - first + 1


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: SearchEntry
    path: _Letters
    own: int
    """Where the account's own name begins among the letters of the path."""


def _fold(text: str) -> str:
    """Half-width and lower case, character for character."""
    return half_width(text).translate(_UPPER_TO_LOWER)


def _is_private(char: str) -> bool:
    """A private-use character, as old systems stored rare names (生僻字) with."""
    return "\ue000" <= char <= "\uf8ff"


def _letters(text: str) -> _Letters:
    folded = _fold(text)
    places = tuple(place for place, char in enumerate(folded) if char.isalnum() or _is_private(char))
    return _Letters("".join(folded[place] for place in places), places)


@cache
def _readings(char: str) -> tuple[str, ...]:
    """Everything that may be typed in full for a character: itself and each reading without its tone."""
    if char.isascii():
        return (char,)
    from pypinyin import Style, pinyin  # 0.15 s that only typing letters should cost

    found = {char, *pinyin(char, style=Style.NORMAL, heteronym=True)[0]}
    found |= {reading.replace("v", "u") for reading in found}
    return tuple(sorted(found))


@cache
def _beginnings(char: str) -> tuple[str, ...]:
    """What may stand for a whole character inside a query: a reading, its initial letter, or zh, ch, sh."""
    readings = _readings(char)
    initials = {reading[0] for reading in readings}
    doubles = {reading[:2] for reading in readings if reading[:2] in {"zh", "ch", "sh"}}
    return tuple({*readings, *initials, *doubles})


@cache
def _first_letters(char: str) -> str:
    return "".join({reading[0] for reading in _readings(char)})


_BEGUN = frozenset({0})


def _typed_end(query: str, text: str, start: int) -> int:
    """Where the query ends when typed from ``start`` on in pinyin, 0 if it cannot be typed there.

    Follows all readings at once: ``reached`` holds how much of the query may be used up so far.
    """
    reached = _BEGUN
    for place in range(start, len(text)):
        after = _after(query, reached, text[place])
        if after is None:
            return place + 1
        if not after:
            return 0
        reached = after
    return 0


@lru_cache(maxsize=1 << 15)
def _after(query: str, reached: frozenset[int], char: str) -> frozenset[int] | None:
    """How much of the query may be used up after one more character, None when it can end within it.

    Remembered, since the names of a village begin with few characters and thousands of names ask the same.
    """
    found: set[int] = set()
    for used in reached:
        rest = query[used:]
        if any(reading.startswith(rest) for reading in _readings(char)):
            return None
        found.update(used + len(part) for part in _beginnings(char) if rest.startswith(part))
    return frozenset(found)


class AccountIndex:
    """The accounts of one ledger, ready to be searched at every keystroke.

    ``aliases`` maps a learned nickname to a code; ``last_used`` a code to a number that is larger the
    more recently (or often) the account was used. Aliases of unknown codes are ignored.
    """

    def __init__(
        self,
        entries: Iterable[SearchEntry],
        aliases: Mapping[str, str] | None = None,
        last_used: Mapping[str, int] | None = None,
    ) -> None:
        self._entries = tuple(entries)
        self._aliases = dict(aliases or {})
        self._last_used = dict(last_used or {})
        self._starters_of: dict[str, re.Pattern[str]] = {}

    def search(self, text: str, limit: int = 20) -> list[Match]:
        """The accounts meant by the text, best first; for an empty text those used last."""
        if not text.strip():
            recent = sorted(self._entries, key=lambda entry: self._use_key(entry.code))
            return [Match(entry, MatchKind.RECENT) for entry in recent[:limit]]
        query = _letters(text).text
        if not query or len(query) > _LONGEST_QUERY:
            return []
        found: dict[str, tuple[_Rank, Match]] = {}
        for rank, match in (*self._by_code(query), *self._by_alias(query), *self._by_path(query)):
            known = found.get(match.entry.code)
            if known is None or rank < known[0]:
                found[match.entry.code] = (rank, match)
        ranked = sorted(found.values(), key=lambda item: (item[0], *self._use_key(item[1].entry.code)))
        return [match for _, match in ranked[:limit]]

    def _use_key(self, code: str) -> tuple[int, str]:
        return -self._last_used.get(code, 0), code

    @cached_property
    def _indexed(self) -> tuple[_Indexed, ...]:
        return tuple(self._index(entry) for entry in self._entries)

    @staticmethod
    def _index(entry: SearchEntry) -> _Indexed:
        path, name = _letters(entry.path), _letters(entry.name).text
        own = len(path.text) - len(name) if path.text.endswith(name) else 0
        return _Indexed(entry, path, own)

    @cached_property
    def _indexed_aliases(self) -> tuple[tuple[str, _Indexed], ...]:
        by_code = {indexed.entry.code: indexed for indexed in self._indexed}
        return tuple(
            (_letters(alias).text, by_code[code]) for alias, code in self._aliases.items() if code in by_code
        )

    def _by_code(self, query: str) -> Sequence[tuple[_Rank, Match]]:
        if not query.isdigit():
            return ()
        return [
            (
                _Rank.CODE if entry.code == query else _Rank.CODE_START,
                Match(entry, MatchKind.CODE, 0, len(query)),
            )
            for entry in self._entries
            if entry.code.startswith(query)
        ]

    def _by_alias(self, query: str) -> Iterable[tuple[_Rank, Match]]:
        """A nickname, whole or begun; the account's own name is underlined."""
        for alias, indexed in self._indexed_aliases:
            if alias.startswith(query) or (_has_latin(query) and _typed_end(query, alias, 0)):
                start, length = indexed.path.span(indexed.own, len(indexed.path.text))
                rank = _Rank.ALIAS if alias == query else _Rank.ALIAS_START
                yield rank, Match(indexed.entry, MatchKind.ALIAS, start, length)

    def _by_path(self, query: str) -> Iterable[tuple[_Rank, Match]]:
        starters = self._starters(query[0]) if _has_latin(query) else None
        for indexed in self._indexed:
            hit = _name_hit(query, indexed) or (starters and _pinyin_hit(query, indexed, starters))
            if hit:
                rank, kind, start, end = hit
                yield rank, Match(indexed.entry, kind, *indexed.path.span(start, end))

    def _starters(self, first: str) -> re.Pattern[str]:
        """Any character of these accounts that may be typed beginning with this letter."""
        if first not in self._starters_of:
            chars = {char for indexed in self._indexed for char in indexed.path.text}
            usable = "".join(sorted(char for char in chars if first in _first_letters(char)))
            self._starters_of[first] = re.compile(f"[{usable}]" if usable else r"(?!)")
        return self._starters_of[first]


_Hit = tuple[_Rank, MatchKind, int, int]


def _has_latin(query: str) -> bool:
    return any("a" <= char <= "z" for char in query)


def _name_hit(query: str, indexed: _Indexed) -> _Hit | None:
    """The query as it stands, in the own name if possible."""
    text, own = indexed.path.text, indexed.own
    start = text.find(query, own)
    if start < 0:
        start = text.find(query)
    if start < 0:
        return None
    rank = _Rank.INSIDE
    if start in (0, own):
        rank = _Rank.NAME if start + len(query) == len(text) else _Rank.NAME_START
    return rank, MatchKind.NAME, start, start + len(query)


def _pinyin_hit(query: str, indexed: _Indexed, starters: re.Pattern[str]) -> _Hit | None:
    """The query typed in pinyin: at the own name's beginning, the path's, else anywhere."""
    text, own = indexed.path.text, indexed.own
    inside: _Hit | None = None
    for match in starters.finditer(text):
        start = match.start()
        if inside is not None and start != own:
            continue
        if end := _typed_end(query, text, start):
            if start == own:
                return _Rank.PINYIN_START, MatchKind.PINYIN, start, end
            rank = _Rank.PINYIN_INSIDE if start else _Rank.PINYIN_START
            inside = (rank, MatchKind.PINYIN, start, end)
    return inside
